//! YAML with the place of every value, so that all problems of a file can be told at once.
//!
//! Deserializing into a struct stops at the first problem. Here the document becomes a tree of [`Node`]s with
//! byte ranges, and [`Fields`] asks it for what it should hold and reports everything else.

use std::{collections::HashSet, fmt, ops::Range};

use jiff::civil::Date;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::{DuplicateKeyPolicy, Location, MergeKeyPolicy, Spanned, UserMessageFormatter};

use crate::{
    Slug,
    source::{File, Report, did_you_mean},
};

/// A value and the bytes of the file in which it stands.
#[derive(Debug)]
pub(crate) struct Node {
    pub value: Value,
    pub range: Range<usize>,
}

#[derive(Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// As it is written: the reader knows better than we whether `1.10` is a number.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

/// Reads the YAML in a range of a file. The error is one syntax error with its place.
pub(crate) fn parse(file: &File<'_>, range: Range<usize>) -> Result<Node, (Range<usize>, String)> {
    let text = &file.text[range.clone()];
    if text.trim().is_empty() {
        return Ok(Node { value: Value::Null, range });
    }
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        budget: serde_saphyr::budget! { max_depth: 24, max_anchors: 0, max_aliases: 0, max_nodes: 200_000 },
    };
    match serde_saphyr::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(raw) => Ok(node(raw, text, range.start)),
        Err(error) => {
            let error = error.without_snippet();
            let at = error.location().map_or(0..0, |location| bytes(&location, text));
            let message = error.render_with_formatter(&UserMessageFormatter);
            // The place is told apart, and an editor reads one line.
            let message = message.lines().next().unwrap_or("cannot be read").to_owned();
            let message = match message.rfind(" at line ") {
                Some(cut) => message[..cut].to_owned(),
                None => message,
            };
            Err((range.start + at.start..range.start + at.end, message))
        }
    }
}

/// Byte range of a location. Block collections have no end worth speaking of: their first line stands for them.
fn bytes(location: &Location, text: &str) -> Range<usize> {
    let span = location.span();
    let start = span.byte_offset().map_or(0, |at| at as usize).min(text.len());
    let length = span.byte_len().map_or(0, |length| length as usize);
    start..(start + length).min(text.len())
}

fn node(raw: Spanned<Raw>, text: &str, base: usize) -> Node {
    let at = bytes(&raw.referenced, text);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Bool(value) => Value::Bool(value),
        Raw::Number(number) => {
            let written = text.get(at.clone()).map_or("", str::trim);
            Value::Number(if written.is_empty() { number } else { written.to_owned() })
        }
        Raw::Text(value) => Value::Text(value),
        Raw::List(items) => Value::List(items.into_iter().map(|item| node(item, text, base)).collect()),
        Raw::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| (node(key, text, base), node(value, text, base)))
                .collect(),
        ),
    };
    Node { value, range: base + at.start..base + at.end }
}

/// What serde sees.
enum Raw {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Raw;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
                Ok(Raw::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
                Ok(Raw::Number(value.to_string()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
                Ok(Raw::Number(value.to_string()))
            }
            fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
                Ok(Raw::Number(value.to_string()))
            }
            fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
                Ok(Raw::Number(value.to_string()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
                Ok(Raw::Number(value.to_string()))
            }
            fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
                Ok(Raw::Text(value.to_owned()))
            }
            fn visit_unit<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_none<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
                Raw::deserialize(deserializer)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = access.next_element()? {
                    items.push(item);
                }
                Ok(Raw::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = access.next_entry()? {
                    entries.push(entry);
                }
                Ok(Raw::Map(entries))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl Node {
    /// What kind of value it is, in words for an editor.
    fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "yes or no",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a set of fields",
        }
    }

    fn wrong(&self, field: &str, wanted: &str, help: Option<String>, report: &mut Report<'_>) {
        let message = format!("`{field}` should be {wanted}, but is {}", self.kind());
        report.error(self.range.clone(), field, message, help);
    }

    /// Text that is not blank, on one line.
    pub fn text(&self, field: &str, report: &mut Report<'_>) -> Option<String> {
        match &self.value {
            Value::Text(text) if text.trim().is_empty() => {
                report.error(self.range.clone(), field, format!("`{field}` is empty"), None);
                None
            }
            Value::Text(text) => Some(clean(text)),
            Value::Number(written) => {
                self.wrong(field, "text", Some(format!("put it in quotes: `\"{written}\"`")), report);
                None
            }
            _ => {
                self.wrong(field, "text", None, report);
                None
            }
        }
    }

    /// Text or a bare number, such as a code.
    pub fn code(&self, field: &str, report: &mut Report<'_>) -> Option<String> {
        match &self.value {
            Value::Number(written) => Some(written.clone()),
            _ => self.text(field, report),
        }
    }

    pub fn bool(&self, field: &str, report: &mut Report<'_>) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => {
                self.wrong(field, "`true` or `false`", Some("write it without quotes".to_owned()), report);
                None
            }
        }
    }

    pub fn number<N: std::str::FromStr>(&self, field: &str, report: &mut Report<'_>) -> Option<N> {
        match &self.value {
            Value::Number(written) if written.parse::<N>().is_ok() => written.parse().ok(),
            _ => {
                self.wrong(field, "a whole number", None, report);
                None
            }
        }
    }

    /// A day of the calendar, written `YYYY-MM-DD`.
    pub fn date(&self, field: &str, report: &mut Report<'_>) -> Option<Date> {
        let text = self.text(field, report)?;
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').collect();
        let well_formed = matches!(parts[..], [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2));
        if !well_formed {
            let help = Some("write year-month-day, such as `2026-01-08`".to_owned());
            report.error(self.range.clone(), field, format!("`{text}` is not a date"), help);
            return None;
        }
        match text.parse::<Date>() {
            Ok(date) => Some(date),
            Err(_) => {
                let message = format!("`{text}` is not a day of the calendar");
                report.error(self.range.clone(), field, message, None);
                None
            }
        }
    }

    pub fn slug(&self, field: &str, report: &mut Report<'_>) -> Option<Slug> {
        let text = self.text(field, report)?;
        match Slug::new(&text) {
            Ok(slug) => Some(slug),
            Err(wrong) => {
                let better = crate::text::address_form(&text);
                let help = (!better.is_empty()).then(|| format!("write `{better}`"));
                report.error(self.range.clone(), field, format!("`{field}` {wrong}"), help);
                None
            }
        }
    }

    /// The items of a list; a single value counts as a list of one. Nothing is an empty list.
    pub fn list(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// A list of texts, each not empty; what is wrong is reported and left out.
    pub fn texts(&self, field: &str, report: &mut Report<'_>) -> Vec<String> {
        if matches!(self.value, Value::Map(_)) {
            self.wrong(field, "a list", Some(format!("write `{field}: [\"one\", \"two\"]`")), report);
            return Vec::new();
        }
        self.list().iter().filter_map(|item| item.text(field, report)).collect()
    }
}

/// One line, without characters that nobody sees.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|&c| !crate::text::is_invisible(c)));
    }
    out
}

/// The fields of a mapping, with what is unknown or twice already reported.
pub(crate) struct Fields<'n> {
    entries: Vec<(&'n Node, &'n str, &'n Node)>,
    /// Where to say that something is missing.
    whole: Range<usize>,
}

impl<'n> Fields<'n> {
    /// `what` names the thing in the message for a value that is no mapping at all.
    pub fn of(
        node: &'n Node,
        whole: Range<usize>,
        what: &str,
        known: &[&'static str],
        report: &mut Report<'_>,
    ) -> Option<Self> {
        let Value::Map(map) = &node.value else {
            let message = format!("{what} should be a set of fields, but is {}", node.kind());
            report.error(
                whole,
                "front matter",
                message,
                Some("write one `name: value` on each line".to_owned()),
            );
            return None;
        };
        let mut entries: Vec<(&Node, &str, &Node)> = Vec::new();
        let mut names = HashSet::new();
        for (key, value) in map {
            let Value::Text(name) = &key.value else {
                let message = format!("a field's name should be text, but is {}", key.kind());
                report.error(key.range.clone(), what, message, None);
                continue;
            };
            if !known.is_empty() && !known.contains(&name.as_str()) {
                let help = did_you_mean(name, known.iter().copied(), || {
                    Some(format!("the fields are {}", known.join(", ")))
                });
                report.error(key.range.clone(), name, format!("unknown field `{name}`"), help);
            } else if !names.insert(name) {
                let help = Some("keep one of them".to_owned());
                report.error(key.range.clone(), name, format!("`{name}` stands here twice"), help);
            } else {
                entries.push((key, name, value));
            }
        }
        Some(Self { entries, whole })
    }

    /// The value of a field that may be left out. A field without a value counts as left out.
    pub fn optional(&self, name: &str) -> Option<&'n Node> {
        let node = self.entries.iter().find(|(_, other, _)| *other == name)?.2;
        (!matches!(node.value, Value::Null)).then_some(node)
    }

    /// The value of a field that must be there.
    pub fn required(&self, name: &str, report: &mut Report<'_>) -> Option<&'n Node> {
        match self.entries.iter().find(|(_, other, _)| *other == name) {
            None => {
                let help = Some(format!("add a line `{name}: …`"));
                report.error(self.whole.clone(), name, format!("field `{name}` is missing"), help);
                None
            }
            Some((key, _, node)) if matches!(node.value, Value::Null) => {
                report.error(key.range.clone(), name, format!("`{name}` is empty"), None);
                None
            }
            Some((_, _, node)) => Some(node),
        }
    }

    /// All fields, for mappings whose names are free.
    pub fn all(&self) -> impl Iterator<Item = (&'n str, &'n Node)> + '_ {
        self.entries.iter().map(|&(_, name, node)| (name, node))
    }
}
