//! From a block of an article to an entry. The reading page hands the block over in the fragment of the journal's address,
//! `#write=` and base64url without padding of this JSON, so that no server sees what is written about:
//!
//! ```json
//! { "v": 1, "article": "the-first-three-days", "title": "…", "anchor": "…", "section": "…", "kind": "questions",
//!   "label": "What stood out", "items": ["Which moment comes to mind first?"], "text": "…" }
//! ```
//! Anyone can make such a link. It is plain text within hard limits, it only ever fills a new entry, and nothing is saved
//! before the keeper does.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    Entry, Item, Origin, Prompt,
    json::{self, Fields},
};

/// Characters that a payload may have in the address.
pub const MAX_PAYLOAD: usize = 16 * 1024;
/// Items that a block may have.
pub const MAX_ITEMS: usize = 100;
/// Bytes of one item, of a title, of a label.
pub const MAX_LINE: usize = 1_000;
/// Bytes of the block's whole text.
pub const MAX_TEXT: usize = 12_000;

/// Why a payload is not opened. What it holds is in no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Longer than a block is.
    #[error("this is longer than a passage of an article")]
    TooLong,
    /// Not base64url, or not the JSON that is expected.
    #[error("this is not a passage of an article, or it was damaged on the way")]
    Damaged,
    /// Made by a newer version of the site.
    #[error("this was made by a newer version of the site")]
    Newer,
}

/// A block of an article, as a reading page handed it over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Slug of the article.
    pub article: String,
    /// The article's title.
    pub title: String,
    /// Anchor of the block.
    pub anchor: String,
    /// The heading of the section.
    pub section: String,
    /// What kind of block it is: `questions`, `checklist` …
    pub kind: String,
    /// Its label.
    pub label: String,
    /// Its items.
    pub items: Vec<String>,
    /// All its words.
    pub text: String,
}

struct Payload {
    article: String,
    anchor: String,
    title: String,
    section: String,
    kind: String,
    label: String,
    items: Vec<String>,
    text: String,
}

impl Payload {
    fn take(mut fields: Fields) -> Option<Self> {
        Some(Self {
            article: fields.take("article")?,
            anchor: fields.take("anchor")?,
            title: fields.take_or_default("title")?,
            section: fields.take_or_default("section")?,
            kind: fields.take_or_default("kind")?,
            label: fields.take_or_default("label")?,
            items: fields.take_or_default("items")?,
            text: fields.take_or_default("text")?,
        })
    }
}

impl Asked {
    /// Reads what stands behind `#write=`.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn read(payload: &str) -> Result<Self, Refused> {
        if payload.len() > MAX_PAYLOAD {
            return Err(Refused::TooLong);
        }
        let json = URL_SAFE_NO_PAD.decode(payload).map_err(|_| Refused::Damaged)?;
        let mut fields = json::read(&json).ok().and_then(Fields::of).ok_or(Refused::Damaged)?;
        let version: u64 = fields.take("v").ok_or(Refused::Damaged)?;
        if version > 1 {
            return Err(Refused::Newer);
        }
        let payload = Payload::take(fields).ok_or(Refused::Damaged)?;
        if version != 1 || !is_slug(&payload.article) || !is_anchor(&payload.anchor) {
            return Err(Refused::Damaged);
        }
        let line = |text: String| within(plain_line(&text), MAX_LINE);
        let items = payload.items.into_iter().map(line).collect::<Result<Vec<_>, _>>()?;
        if items.len() > MAX_ITEMS {
            return Err(Refused::TooLong);
        }
        let known = |kind: &String| {
            kind.len() <= 40 && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        };
        Ok(Self {
            article: payload.article,
            anchor: payload.anchor,
            title: line(payload.title)?,
            section: line(payload.section)?,
            kind: Some(payload.kind).filter(known).unwrap_or_default(),
            label: line(payload.label)?,
            items: items.into_iter().filter(|item| !item.is_empty()).collect(),
            text: within(plain_text(&payload.text), MAX_TEXT)?,
        })
    }
}

/// Makes the entry: questions become prompts, things to do or to watch for become things to tick, a challenge or an approach
/// is quoted with a question of ours. What the block said is kept with it.
pub fn from_block(asked: Asked) -> Entry {
    let Asked { article, title, anchor, section, kind, label, items, text } = asked;
    let mut prompts: Vec<Prompt> = Vec::new();
    let mut ticks: Vec<Item> = Vec::new();
    let prompt = |question: &str| Prompt { question: question.to_owned(), ..Prompt::default() };
    let tick = |text: &str| Item { text: text.to_owned(), ..Item::default() };
    match kind.as_str() {
        "questions" => prompts.extend(items.iter().map(|item| prompt(item))),
        "checklist" | "steps" | "practice" | "red-flags" | "places" => {
            ticks.extend(items.iter().map(|item| tick(item)))
        }
        "challenge" => {
            prompts.push(prompt("How does this show up for me?"));
            ticks.extend(items.iter().map(|item| tick(item)));
        }
        "approach" => {
            prompts.extend(["What in this speaks to me?", "What would I want to ask about it?"].map(prompt))
        }
        "factors" => prompts.extend(items.iter().map(|item| prompt(item))),
        _ => prompts.extend(items.iter().filter(|item| item.ends_with('?')).map(|item| prompt(item))),
    }
    let quoted = if text.is_empty() { items.join("\n") } else { text };
    let name =
        [&label, &section, &title].into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
    let origin = Origin { article, anchor, title, section, kind, label, quoted, ..Origin::default() };
    Entry { title: name, origin: Some(origin), prompts, items: ticks, ..Entry::default() }
}

/// As the library has it: lower-case letters, digits and single hyphens.
fn is_slug(text: &str) -> bool {
    let within = (1..=100).contains(&text.len());
    let bytes = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    within && bytes && !text.starts_with('-') && !text.ends_with('-') && !text.contains("--")
}

fn is_anchor(text: &str) -> bool {
    let mark = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    text.len() <= 400 && text.chars().all(mark)
}

fn within(text: String, most: usize) -> Result<String, Refused> {
    if text.len() > most { Err(Refused::TooLong) } else { Ok(text) }
}

/// One line without what nobody sees.
fn plain_line(text: &str) -> String {
    let seen: String = text.chars().filter(|&c| !html::is_invisible(c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines without what nobody sees, no more than one of them empty at a time.
fn plain_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.lines().map(plain_line) {
        if line.is_empty() {
            gap = !out.is_empty();
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(&line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn payload(value: &serde_json::Value) -> String {
        URL_SAFE_NO_PAD.encode(value.to_string())
    }

    fn block(kind: &str, items: &[&str]) -> Asked {
        Asked::read(&payload(&json!({
            "v": 1, "article": "the-first-three-days", "title": "The first three days", "anchor": "look-back-what-stood-out",
            "section": "Look back", "kind": kind, "label": "What stood out", "items": items, "text": "All of\nit",
        })))
        .unwrap()
    }

    #[test]
    fn questions_become_prompts_and_the_article_is_kept() {
        let entry = from_block(block("questions", &["Which moment?", "What was quiet?"]));
        assert_eq!(entry.title, "What stood out");
        assert_eq!(
            entry.prompts.iter().map(|prompt| prompt.question.as_str()).collect::<Vec<_>>(),
            ["Which moment?", "What was quiet?"]
        );
        assert!(
            entry.prompts.iter().all(|prompt| prompt.answer.is_empty() && !prompt.skipped)
                && entry.items.is_empty()
        );
        let origin = entry.origin.unwrap();
        assert_eq!(
            (origin.article.as_str(), origin.anchor.as_str()),
            ("the-first-three-days", "look-back-what-stood-out")
        );
        assert_eq!(origin.quoted, "All of\nit");
    }

    #[test]
    fn every_kind_of_block_becomes_something_to_write_in() {
        for kind in ["checklist", "steps", "practice", "red-flags", "places"] {
            let entry = from_block(block(kind, &["Drink water"]));
            assert_eq!(
                (entry.items.len(), entry.prompts.len(), entry.items[0].done),
                (1, 0, false),
                "{kind}"
            );
        }
        let challenge = from_block(block("challenge", &["Set one alarm"]));
        assert_eq!((challenge.prompts.len(), challenge.items.len()), (1, 1));
        assert_eq!(from_block(block("approach", &["Breath"])).prompts.len(), 2);
        let note = from_block(block("of-a-newer-site", &["Is it so?", "It is so."]));
        assert_eq!(note.prompts.len(), 1);
        assert_eq!(note.origin.unwrap().quoted, "All of\nit");
    }

    #[test]
    fn markup_stays_text_and_what_nobody_sees_is_left_out() {
        let asked = Asked::read(&payload(&json!({
            "v": 1, "article": "a", "anchor": "", "kind": "<script>", "label": "a\u{202e}b\n\tc",
            "items": ["<img src=x>", "\u{200b}"], "text": "\n\na \n\n\n\n b\n",
        })))
        .unwrap();
        assert_eq!((asked.kind.as_str(), asked.label.as_str()), ("", "ab c"));
        assert_eq!(asked.items, ["<img src=x>"]);
        assert_eq!(asked.text, "a\n\nb");
    }

    #[test]
    fn what_is_no_block_is_refused() {
        let read = |value: serde_json::Value| Asked::read(&payload(&value)).unwrap_err();
        assert_eq!(read(json!({ "v": 2, "other": true })), Refused::Newer);
        for value in [
            json!({ "v": 1 }),
            json!({ "v": 0, "article": "a", "anchor": "" }),
            json!([]),
            json!({ "v": 1, "article": "../a", "anchor": "" }),
            json!({ "v": 1, "article": "A", "anchor": "" }),
            json!({ "v": 1, "article": "a", "anchor": "x\" onclick=" }),
            json!({ "v": 1, "article": "a", "anchor": "", "items": "x" }),
        ] {
            assert_eq!(read(value), Refused::Damaged);
        }
        for value in [
            json!({ "v": 1, "article": "a", "anchor": "", "items": vec!["x"; MAX_ITEMS + 1] }),
            json!({ "v": 1, "article": "a", "anchor": "", "label": "x".repeat(MAX_LINE + 1) }),
            json!({ "v": 1, "article": "a", "anchor": "", "text": "x".repeat(MAX_TEXT + 1) }),
            json!({ "v": 1, "article": "a", "anchor": "", "text": "x".repeat(MAX_TEXT * 3) }),
        ] {
            assert_eq!(read(value), Refused::TooLong);
        }
        for wrong in ["", "!", "eyJ2IjoxfQ==", "eyJ2IjoxfR", &"A".repeat(MAX_PAYLOAD + 1)] {
            assert!(Asked::read(wrong).is_err(), "{}", wrong.len());
        }
    }

    proptest! {
        #[test]
        fn whatever_a_link_holds_makes_a_record_within_bounds_or_none(payload in "[A-Za-z0-9_-]{0,200}", items in prop::collection::vec(".*", 0..5), text in ".*") {
            Asked::read(&payload).ok();
            let value = json!({ "v": 1, "article": "a", "anchor": "b", "kind": "questions", "items": items, "text": text });
            let asked = Asked::read(&URL_SAFE_NO_PAD.encode(value.to_string()));
            if let Ok(asked) = asked {
                let record = crate::Record::new(crate::Content::Entry(from_block(asked)), crate::Moment::new(0, 0).unwrap());
                prop_assert!(record.to_json().is_ok());
            }
        }
    }
}
