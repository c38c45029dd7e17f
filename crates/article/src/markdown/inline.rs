//! What stands inside running text: `[[term]]`, `[[words|term]]`, `[@key]`, `[@key, evidence]`, `[@a; @b]`.

use std::ops::Range;

use super::{
    Body,
    tree::{Cited, Inline, Mark, Target},
};
use crate::{
    Reference,
    source::{Report, did_you_mean},
    vocabulary::Vocabulary,
};

/// Longest marked passage in bytes; an opening bracket that is not closed within it is just a bracket.
const LONGEST: usize = 300;

/// Neighbouring pieces of text, put together again with where each came from.
#[derive(Default)]
pub(super) struct Pending {
    text: String,
    /// Where in `text` a piece starts, and where in the file.
    pieces: Vec<(usize, usize)>,
    /// Offsets in `text` of brackets that a backslash has made plain.
    escaped: Vec<usize>,
    /// Where an opening was seen whose end is not yet there.
    open: Option<usize>,
}

impl Pending {
    pub fn push(&mut self, text: &str, range: Range<usize>, source: &str, base: usize) {
        let at = self.text.len();
        if text.starts_with(['[', '@', ']'])
            && range.start > base
            && source.as_bytes()[range.start - base - 1] == b'\\'
        {
            self.escaped.push(at);
        }
        self.pieces.push((at, range.start));
        self.text.push_str(text);
        let from = at.saturating_sub(1);
        let from = (0..=from).rev().find(|&i| self.text.is_char_boundary(i)).unwrap_or(0);
        let tail = &self.text[from..];
        if let Some(opening) = tail.rfind("[[").max(tail.rfind("[@")) {
            self.open = Some(from + opening);
        }
        if self.open.is_some() && tail.contains(']') {
            self.open = self.open.filter(|&open| !self.text[open..].contains(']'));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether something was opened that may end on the next line.
    pub fn is_open(&self) -> bool {
        self.open.is_some_and(|open| self.text.len() - open < LONGEST)
    }

    /// Range in the file of a range of the text.
    fn range(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let piece = self.pieces.partition_point(|&(start, _)| start <= at).saturating_sub(1);
            let (start, source) = self.pieces.get(piece).copied().unwrap_or_default();
            source + (at - start)
        };
        place(range.start)..place(range.end.saturating_sub(1)) + 1
    }
}

/// Turns text into inlines. `linked` says that it stands inside a link, where no other link may be.
pub(super) fn read(
    pending: Pending,
    linked: bool,
    words: &Vocabulary,
    report: &mut Report<'_>,
    body: &mut Body,
    out: &mut Vec<Inline>,
) {
    let text = pending.text.as_str();
    let mut done = 0;
    let mut from = 0;
    while let Some(found) = text[from..].find('[') {
        let start = from + found;
        from = start + 1;
        let rest = &text[start..];
        if pending.escaped.binary_search(&start).is_ok()
            || pending.escaped.binary_search(&(start + 1)).is_ok()
        {
            continue;
        }
        let (end, is_term) = if rest.starts_with("[[") {
            (find(rest, "]]"), true)
        } else if rest.starts_with("[@") {
            (find(rest, "]"), false)
        } else {
            continue;
        };
        let Some(end) = end else { continue };
        let range = pending.range(start..start + end);
        let made = if is_term {
            term(&rest[2..end - 2], linked, range, words, report, body)
        } else {
            cite(&rest[1..end - 1], linked, range, words, report, body)
        };
        let Some(made) = made else { continue };
        let mut before = &text[done..start];
        if matches!(made, Inline::Cite(_)) {
            // The number belongs to the word before it.
            before = before.trim_end_matches([' ', '\n']);
        }
        push_text(before, out);
        out.push(made);
        done = start + end;
        from = done;
    }
    push_text(&text[done..], out);
}

/// Byte behind the first `end` that is near enough.
fn find(text: &str, end: &str) -> Option<usize> {
    let mut near = text.len().min(LONGEST);
    while !text.is_char_boundary(near) {
        near -= 1;
    }
    text[..near].find(end).map(|at| at + end.len())
}

fn push_text(text: &str, out: &mut Vec<Inline>) {
    if !text.is_empty() {
        out.push(Inline::Text(text.to_owned()));
    }
}

fn term(
    inner: &str,
    linked: bool,
    range: Range<usize>,
    words: &Vocabulary,
    report: &mut Report<'_>,
    body: &mut Body,
) -> Option<Inline> {
    let (shown, name) = inner.split_once('|').unwrap_or((inner, inner));
    let (shown, name) = (shown.trim(), name.trim());
    if shown.is_empty() || name.is_empty() {
        return None;
    }
    let text = vec![Inline::Text(shown.to_owned())];
    let slug = match words.term(name) {
        Some(slug) => slug,
        None => {
            unknown_term(name, range, words, report);
            return Some(Inline::Text(shown.to_owned()));
        }
    };
    note_term(&slug, body);
    Some(if linked {
        Inline::Text(shown.to_owned())
    } else {
        Inline::Link { to: Target::Term(slug), words: text }
    })
}

/// Reports a term that the glossary does not have.
pub(super) fn unknown_term(name: &str, range: Range<usize>, words: &Vocabulary, report: &mut Report<'_>) {
    let help = did_you_mean(name, words.terms(), || Some("add it to glossary.yaml".to_owned()));
    report.error(range, "body", format!("the glossary has no term `{name}`"), help);
}

/// Keeps the slug of a term that the page explains.
pub(super) fn note_term(slug: &str, body: &mut Body) {
    if body.known_terms.insert(slug.to_owned()) {
        body.terms.push(slug.to_owned());
    }
}

fn cite(
    inner: &str,
    linked: bool,
    range: Range<usize>,
    words: &Vocabulary,
    report: &mut Report<'_>,
    body: &mut Body,
) -> Option<Inline> {
    let mut cited = Vec::new();
    for one in inner.split(';') {
        let (key, with_evidence) = match one.split_once(',') {
            None => (one, false),
            Some((key, mark)) if mark.trim() == "evidence" => (key, true),
            Some((_, other)) => {
                let other = other.trim();
                let help = Some("write `[@key]` or `[@key, evidence]`".to_owned());
                report.error(range.clone(), "body", format!("`{other}` cannot stand in a citation"), help);
                return None;
            }
        };
        let key = key.trim();
        let name = key.strip_prefix('@').filter(|name| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-:./+".contains(c))
        });
        let Some(name) = name else {
            let help = Some("write `[@key]`, or `[@one; @other]` for several".to_owned());
            report.error(range.clone(), "body", format!("`{key}` is not a citation"), help);
            return None;
        };
        if !words.knows_reference(name) {
            let help =
                did_you_mean(name, words.reference_keys(), || Some("add it to references.bib".to_owned()));
            report.error(range.clone(), "body", format!("unknown reference `{name}`"), help);
            continue;
        }
        let mark = if with_evidence { mark(name, range.clone(), words, report) } else { None };
        let number = match body.numbers.get(name) {
            Some(&number) => number,
            None => {
                body.cited.push(name.to_owned());
                body.numbers.insert(name.to_owned(), body.cited.len());
                body.cited.len()
            }
        };
        cited.push(Cited { key: name.to_owned(), number, mark });
    }
    if linked && !cited.is_empty() {
        let help = Some("put it behind the link".to_owned());
        report.error(range, "body", "a citation cannot stand inside a link", help);
        return None;
    }
    (!cited.is_empty()).then_some(Inline::Cite(cited))
}

fn mark(key: &str, range: Range<usize>, words: &Vocabulary, report: &mut Report<'_>) -> Option<Mark> {
    let mark = evidence(words.reference(key)?);
    if mark.is_none() {
        let help =
            Some(format!("add `evidence = {{…}}` to `{key}` in references.bib, or take `, evidence` away"));
        report.error(
            range,
            "body",
            format!("the reference `{key}` does not say what kind of study it is"),
            help,
        );
    }
    mark
}

/// The words of an evidence mark: kind of study, how many people, main limit.
pub(crate) fn evidence(reference: &Reference) -> Option<Mark> {
    let mut parts = vec![reference.evidence.clone()?];
    match reference.people {
        Some(1) => parts.push("1 person".to_owned()),
        Some(people) => parts.push(format!("{people} people")),
        None => {}
    }
    if reference.animals {
        parts.push("in animals".to_owned());
    }
    parts.extend(reference.limit.clone());
    Some(Mark { words: parts.join(" · "), animals: reference.animals })
}
