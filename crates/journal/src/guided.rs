//! From a block of an article, or from a pack, to an entry. The reading page hands it over in the fragment of the journal's
//! address, `#write=` and base64url without padding of this JSON, so that no server sees what is written about:
//!
//! ```json
//! { "v": 1, "article": "the-first-three-days", "title": "…", "anchor": "…", "section": "…", "kind": "questions",
//!   "label": "What stood out", "items": ["Which moment comes to mind first?"], "text": "…" }
//! { "v": 1, "pack": "v1.…", "title": "A pack of reading", "items": ["The first three days — Sleep"], "text": "…" }
//! ```
//! A pack says what stands behind `#` in its link, its passages and its note, and nothing of an article. A journal that knows no
//! packs misses the article and refuses it, so the version is the same.
//!
//! Anyone can make such a link. It is plain text within hard limits, it only ever fills a new entry, and nothing is saved
//! before the keeper does.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    Entry, Item, Origin, Prompt,
    json::{self, Fields},
    limits,
};

/// Characters that a payload may have in the address.
pub const MAX_PAYLOAD: usize = 16 * 1024;
/// Items that a block or a pack may have.
pub const MAX_ITEMS: usize = 100;
/// Bytes of one item, of a title, of a label.
pub const MAX_LINE: usize = 1_000;
/// Bytes of a block's whole text, or of a pack's note.
pub const MAX_TEXT: usize = 12_000;

/// Why a payload is not opened. What it holds is in no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Longer than a block or a pack is.
    #[error("this is longer than the journal can take over")]
    TooLong,
    /// Not base64url, or not the JSON that is expected.
    #[error("this is neither a passage of an article nor a pack, or it was damaged on the way")]
    Damaged,
    /// Made by a newer version of the site.
    #[error("this was made by a newer version of the site")]
    Newer,
}

/// A block of an article, or a pack, as a reading page handed it over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Slug of the article.
    pub article: String,
    /// The title of the article or of the pack.
    pub title: String,
    /// Anchor of the block.
    pub anchor: String,
    /// The heading of the section.
    pub section: String,
    /// What kind of block it is: `questions`, `checklist` …
    pub kind: String,
    /// Its label.
    pub label: String,
    /// Its items; of a pack its passages.
    pub items: Vec<String>,
    /// All its words; of a pack its note.
    pub text: String,
    /// What stands behind `#` in the link of the pack; empty where it is no pack.
    pub pack: String,
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
    pack: String,
}

impl Payload {
    fn take(mut fields: Fields) -> Option<Self> {
        Some(Self {
            article: fields.take_or_default("article")?,
            anchor: fields.take_or_default("anchor")?,
            title: fields.take_or_default("title")?,
            section: fields.take_or_default("section")?,
            kind: fields.take_or_default("kind")?,
            label: fields.take_or_default("label")?,
            items: fields.take_or_default("items")?,
            text: fields.take_or_default("text")?,
            pack: fields.take_or_default("pack")?,
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
        if payload.pack.len() > limits::PACK {
            return Err(Refused::TooLong);
        }
        let is_whole = if payload.pack.is_empty() {
            is_slug(&payload.article) && is_anchor(&payload.anchor)
        } else {
            is_pack(&payload.pack) && payload.article.is_empty()
        };
        if version != 1 || !is_whole {
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
            pack: payload.pack,
        })
    }

    /// Makes the entry. What the block said, or the note of the pack, is kept with it.
    pub fn into_entry(self) -> Entry {
        if self.pack.is_empty() { from_block(self) } else { from_pack(self) }
    }
}

fn tick(text: String) -> Item {
    Item { text, ..Item::default() }
}

/// The passages become things to tick, and the link is the way back to them.
fn from_pack(asked: Asked) -> Entry {
    let Asked { title, items, text: quoted, pack, .. } = asked;
    let origin = Origin { title: title.clone(), quoted, pack, ..Origin::default() };
    Entry { title, origin: Some(origin), items: items.into_iter().map(tick).collect(), ..Entry::default() }
}

/// Questions become prompts, things to do become things to tick, and what is neither is quoted with a question of ours: warning
/// signs above all, which are nobody's tasks.
fn from_block(asked: Asked) -> Entry {
    let Asked { article, title, anchor, section, kind, label, items, text, .. } = asked;
    let mut prompts: Vec<Prompt> = Vec::new();
    let mut ticks: Vec<Item> = Vec::new();
    let prompt = |question: &str| Prompt { question: question.to_owned(), ..Prompt::default() };
    match kind.as_str() {
        "questions" => prompts.extend(items.iter().map(|item| prompt(item))),
        "checklist" | "steps" | "practice" => ticks.extend(items.iter().cloned().map(tick)),
        "red-flags" => {
            prompts.push(prompt("Which of these do I want to notice early, and whom would I tell?"));
        }
        "places" => prompts.push(prompt("Which of these would I try first?")),
        "takeaways" => prompts.push(prompt("Which of these do I want to remember?")),
        "phase" => prompts.push(prompt("How does this fit where I am now?")),
        "challenge" => {
            prompts.push(prompt("How does this show up for me?"));
            ticks.extend(items.iter().cloned().map(tick));
        }
        "approach" => {
            prompts.extend(["What in this speaks to me?", "What would I want to ask about it?"].map(prompt))
        }
        "factors" => prompts.extend(items.iter().map(|item| match item.trim_end_matches([':', '.']) {
            asked if asked.ends_with('?') => prompt(asked),
            named => prompt(&format!("{named}: how is it for me now?")),
        })),
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

/// As a pack's link has it (`docs/PACK-FORMAT.md`). Whether it is whole its own page finds out.
fn is_pack(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let letters = text.strip_prefix("v1.").filter(|_| text.len() <= limits::PACK);
    letters.is_some_and(|letters| !letters.is_empty() && letters.bytes().all(letter))
}

impl Origin {
    /// Where it stands in the library. Only what looks like an address of ours becomes one.
    pub fn address(&self) -> Option<String> {
        let Self { article, anchor, pack, .. } = self;
        match is_slug(article) {
            true if anchor.is_empty() || !is_anchor(anchor) => Some(format!("/articles/{article}")),
            true => Some(format!("/articles/{article}#{anchor}")),
            false => is_pack(pack).then(|| format!("/pack#{pack}")),
        }
    }
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
        let entry = block("questions", &["Which moment?", "What was quiet?"]).into_entry();
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
        for kind in ["checklist", "steps", "practice"] {
            let entry = block(kind, &["Drink water"]).into_entry();
            assert_eq!(
                (entry.items.len(), entry.prompts.len(), entry.items[0].done),
                (1, 0, false),
                "{kind}"
            );
        }
        for kind in ["red-flags", "places", "takeaways", "phase"] {
            let entry = block(kind, &["You might act on it"]).into_entry();
            assert_eq!((entry.items.len(), entry.prompts.len()), (0, 1), "{kind}");
            assert_eq!(entry.origin.unwrap().quoted, "All of\nit");
        }
        let challenge = block("challenge", &["Set one alarm"]).into_entry();
        assert_eq!((challenge.prompts.len(), challenge.items.len()), (1, 1));
        assert_eq!(block("approach", &["Breath"]).into_entry().prompts.len(), 2);
        let factors = block("factors", &["Sleep", "People."]).into_entry();
        assert_eq!(
            factors.prompts.iter().map(|prompt| prompt.question.as_str()).collect::<Vec<_>>(),
            ["Sleep: how is it for me now?", "People: how is it for me now?"]
        );
        let note = block("of-a-newer-site", &["Is it so?", "It is so."]).into_entry();
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

    /// One whole article, as frozen in `crates/pack/vectors`.
    const PACK: &str = "v1.c4yUcQcAASDrhyVV";

    fn pack(value: serde_json::Value) -> Result<Asked, Refused> {
        let mut whole = json!({ "v": 1, "pack": PACK, "title": "A pack of reading", "items": ["Rest"] });
        whole.as_object_mut().unwrap().extend(value.as_object().unwrap().clone());
        Asked::read(&payload(&whole))
    }

    #[test]
    fn a_pack_becomes_its_note_its_passages_to_tick_and_the_way_back() {
        let title = "Pack for 3 December 2026";
        let asked = pack(
            json!({ "title": title, "items": ["Rest", "Sleep — A · B"], "text": "Quietly.\n\nOne a day." }),
        );
        let entry = asked.unwrap().into_entry();
        assert_eq!(entry.title, title);
        assert_eq!(
            entry.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(),
            ["Rest", "Sleep — A · B"]
        );
        assert!(
            entry.items.iter().all(|item| !item.done) && entry.prompts.is_empty() && entry.text.is_empty()
        );
        let origin = entry.origin.unwrap();
        assert_eq!(origin.quoted, "Quietly.\n\nOne a day.");
        assert_eq!(origin.address().unwrap(), format!("/pack#{PACK}"));
    }

    #[test]
    fn the_longest_pack_fits_and_what_is_longer_is_refused_whole() {
        let longest = format!("v1.{}", "A".repeat(limits::PACK - 3));
        let items = vec!["x".repeat(120); 24];
        let most = json!({ "pack": longest, "items": items, "text": "x".repeat(2_000) });
        let entry = pack(most).unwrap().into_entry();
        let record = crate::Record::new(crate::Content::Entry(entry), crate::Moment::new(0, 0).unwrap());
        assert_eq!(crate::Record::from_json(&record.to_json().unwrap()).unwrap(), record);
        for value in [
            json!({ "pack": format!("{longest}A") }),
            json!({ "items": vec!["x"; MAX_ITEMS + 1] }),
            json!({ "items": ["x".repeat(MAX_LINE + 1)] }),
            json!({ "text": "x".repeat(MAX_TEXT + 1) }),
            json!({ "text": "x".repeat(MAX_PAYLOAD) }),
        ] {
            assert_eq!(pack(value), Err(Refused::TooLong));
        }
    }

    #[test]
    fn what_is_no_link_of_a_pack_is_refused() {
        for wrong in [
            "v1.",
            "v2.AAAA",
            "v01.AAAA",
            "V1.AAAA",
            "v1.AA AA",
            "v1.AA\nAA",
            "v1.AA%41",
            "v1.AA=",
            "v1.ÄÄ",
            "#v1.AAAA",
            "v1.AA#b",
            "v1.AA\" onclick=\"alert(1)",
            "v1.<script>alert(1)</script>",
            "javascript:alert(1)",
            "//evil.example/v1.AAAA",
        ] {
            assert_eq!(pack(json!({ "pack": wrong })), Err(Refused::Damaged), "{wrong}");
        }
        for value in
            [json!({ "article": "a" }), json!({ "v": 0 }), json!({ "pack": 1 }), json!({ "items": "x" })]
        {
            assert_eq!(pack(value.clone()), Err(Refused::Damaged), "{value}");
        }
        assert_eq!(pack(json!({ "v": 2 })), Err(Refused::Newer));
    }

    #[test]
    fn a_packs_words_stay_words() {
        let asked = pack(json!({
            "title": "<script>alert(1)</script>", "items": ["<img src=x>", "\u{202e}", "a\u{202e}b\nc"], "text": "<b>\u{200b}\n\n\n\nc",
        }));
        let asked = asked.unwrap();
        assert_eq!((asked.title.as_str(), asked.text.as_str()), ("<script>alert(1)</script>", "<b>\n\nc"));
        assert_eq!(asked.items, ["<img src=x>", "ab c"]);
    }

    #[test]
    fn only_what_looks_like_a_place_in_the_library_becomes_an_address() {
        let of = |article: &str, anchor: &str, pack: &str| {
            let [article, anchor, pack] = [article, anchor, pack].map(str::to_owned);
            Origin { article, anchor, pack, ..Origin::default() }.address()
        };
        assert_eq!(of("rest", "", "").unwrap(), "/articles/rest");
        assert_eq!(of("rest", "a-b", "").unwrap(), "/articles/rest#a-b");
        assert_eq!(of("rest", "\"><script>", "").unwrap(), "/articles/rest");
        for (article, pack) in
            [("", ""), ("../rest", ""), ("", "javascript:alert(1)"), ("", "v1.\"><script>")]
        {
            assert_eq!(of(article, "", pack), None);
        }
    }

    proptest! {
        #[test]
        fn whatever_a_link_holds_makes_a_record_within_bounds_or_none(payload in "[A-Za-z0-9_-]{0,200}", items in prop::collection::vec(".*", 0..5), text in ".*") {
            Asked::read(&payload).ok();
            let value = json!({ "v": 1, "article": "a", "anchor": "b", "kind": "questions", "items": items, "text": text });
            let asked = Asked::read(&URL_SAFE_NO_PAD.encode(value.to_string()));
            if let Ok(asked) = asked {
                let record = crate::Record::new(crate::Content::Entry(asked.into_entry()), crate::Moment::new(0, 0).unwrap());
                prop_assert!(record.to_json().is_ok());
            }
        }

        #[test]
        fn whatever_stands_for_a_pack_leads_to_the_packs_page_or_nowhere(link in "(v1\\.)?\\PC{0,60}", items in prop::collection::vec(".*", 0..5), text in ".*") {
            if let Ok(asked) = pack(json!({ "pack": link, "items": items, "text": text })) {
                let entry = asked.into_entry();
                let address = entry.origin.as_ref().and_then(Origin::address).unwrap_or_default();
                prop_assert!(address.starts_with("/pack#v1.") && address.is_ascii());
                let record = crate::Record::new(crate::Content::Entry(entry), crate::Moment::new(0, 0).unwrap());
                prop_assert!(record.to_json().is_ok());
            }
        }
    }
}
