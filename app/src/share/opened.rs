//! How an opened pack looks, as HTML: the passages in their order, or why there are none.

use ::html::Html;
use ::pack::{Day, Depth, Error};

/// An opened pack, with what was found of it.
pub(crate) struct Opened<'a> {
    /// What stands above and below it on paper, as the server made it.
    pub head: String,
    pub foot: String,
    pub note: &'a str,
    pub large: bool,
    pub visit: Option<Day>,
    /// Whether the visit is over, as far as this device knows the day.
    pub is_over: bool,
    pub passages: &'a [Passage],
    /// The journal's address with the pack in it; none where it is too long for one.
    pub journal: Option<String>,
}

/// What was found for an item.
pub(crate) enum Passage {
    /// The passage itself.
    Found {
        slug: String,
        title: String,
        depth: Depth,
        /// Key of the one phase that the article is for.
        phase: Option<String>,
        /// The passage as HTML, its ids begun with the number of the item.
        html: String,
        /// What its chosen sections and blocks are called; none for the whole article.
        parts: Vec<String>,
        /// How many chosen parts are not there any more.
        missing: usize,
    },
    /// The library has no such article.
    Unknown,
    /// The article is there and could not be fetched.
    Unfetched { slug: String, title: String },
}

impl Passage {
    pub(crate) fn title(&self) -> &str {
        match self {
            Self::Found { title, .. } | Self::Unfetched { title, .. } => title,
            Self::Unknown => "Not here any more",
        }
    }
}

/// What an entry about a pack is called: short enough for a field of a phone.
pub(crate) fn entry_title(visit: Option<Day>) -> String {
    visit.map_or_else(|| "A pack of reading".to_owned(), |visit| format!("Pack for {visit}"))
}

/// The passages as things to tick, as far as there is something to read.
pub(crate) fn to_tick(passages: &[Passage]) -> Vec<String> {
    let words = |passage: &Passage| match passage {
        Passage::Found { title, parts, .. } if !parts.is_empty() => {
            Some(format!("{title} — {}", parts.join(" · ")))
        }
        Passage::Found { title, .. } | Passage::Unfetched { title, .. } => Some(title.clone()),
        Passage::Unknown => None,
    };
    passages.iter().filter_map(words).collect()
}

/// The whole of an opened pack.
pub(crate) fn opened(pack: &Opened<'_>, minutes: usize) -> String {
    let mut html = Html::new();
    let mut attributes = vec![("class", "reading pack")];
    attributes.extend(pack.large.then_some(("data-type", "large")));
    html.open("article", &attributes).made(&pack.head);
    head(pack, minutes, &mut html);
    contents(pack.passages, &mut html);
    html.open("p", &[("class", "doors")]);
    let mut button = |act: &str, label: &str| {
        html.element("button", &[("type", "button"), ("data-pack", act)], label);
    };
    if pack.passages.len() > 1 {
        button("step", "Read one at a time");
    }
    button("print", "Print");
    button("copy", "Copy the link");
    if let Some(href) = &pack.journal {
        html.element("a", &[("class", "button"), ("href", href)], "Save to my journal");
    }
    html.close("p");
    if pack.journal.is_none() {
        let says =
            "This pack is too long to be saved to a journal from here. Its link can be copied and kept.";
        html.element("p", &[("class", "facts doors")], says);
    }
    html.element("p", &[("class", "facts"), ("role", "status"), ("id", "pack-said")], "");
    html.open("div", &[("class", "body")]);
    for (at, passage) in pack.passages.iter().enumerate() {
        section(at, passage, pack.passages, &mut html);
    }
    html.close("div");
    html.open("nav", &[("class", "steps-through"), ("aria-label", "One at a time")]);
    let mut button = |act: &str, label: &str| {
        html.element("button", &[("type", "button"), ("data-pack", act)], label);
    };
    button("back", "Back");
    button("next", "Next");
    button("all", "Show everything");
    html.close("nav");
    html.open("p", &[("class", "disclaimer"), ("role", "note")]);
    html.text(
        "This is general education, not medical advice. In danger, or with thoughts of ending your life: ",
    );
    html.element("a", &[("href", "/crisis")], "crisis help").text(".").close("p");
    html.open("section", &[("class", "hand-over"), ("aria-label", "Hand this pack on")])
        .made(&pack.foot)
        .close("section");
    html.close("article");
    html.finish()
}

fn head(pack: &Opened<'_>, minutes: usize, html: &mut Html) {
    html.open("header", &[("class", "title")]).element("h1", &[("tabindex", "-1")], "A pack for you");
    let count = match pack.passages.len() {
        1 => "One passage".to_owned(),
        count => format!("{count} passages, in the order in which they are meant to be read"),
    };
    let minutes = if minutes < 2 { "about a minute".to_owned() } else { format!("about {minutes} minutes") };
    html.element("p", &[("class", "excerpt")], &format!("{count}: {minutes}."));
    if let Some(visit) = pack.visit {
        let over = if pack.is_over { " That day has passed, so ask whether it still fits." } else { "" };
        html.element("p", &[("class", "facts")], &format!("For your visit on {visit}.{over}"));
    }
    if !pack.note.is_empty() {
        html.open("div", &[("class", "from-giver")]).element("p", &[("class", "kind")], "A note for you");
        html.element("p", &[("class", "words")], pack.note).close("div");
    }
    html.close("header");
}

fn contents(passages: &[Passage], html: &mut Html) {
    if passages.len() < 2 {
        return;
    }
    html.open("nav", &[("aria-label", "In this pack")]).open("ol", &[("class", "steps")]);
    for (at, passage) in passages.iter().enumerate() {
        match passage {
            Passage::Found { phase: Some(phase), .. } => html.open("li", &[("data-phase", phase)]),
            _ => html.open("li", &[]),
        };
        html.element("a", &[("href", &format!("#pack-{}", at + 1))], passage.title()).close("li");
    }
    html.close("ol").close("nav");
}

fn section(at: usize, passage: &Passage, all: &[Passage], html: &mut Html) {
    let (number, id) = (at + 1, format!("pack-{}", at + 1));
    html.open("section", &[("class", "passage"), ("aria-labelledby", &id)]);
    let short = matches!(passage, Passage::Found { depth: Depth::Short, .. });
    let of = if all.len() > 1 { format!("{number} of {}", all.len()) } else { String::new() };
    let place = [of.as_str(), if short { "in short" } else { "" }];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    if !place.is_empty() {
        html.element("p", &[("class", "facts")], &place.join(" · "));
    }
    let heading = [("id", id.as_str()), ("tabindex", "-1")];
    match passage {
        Passage::Found { slug, title, html: body, missing, .. } => {
            let href = format!("/articles/{slug}");
            html.open("h2", &heading).element("a", &[("href", &href)], title).close("h2");
            if *missing > 0 {
                let parts = match missing {
                    1 => "One part that was chosen is".to_owned(),
                    more => format!("{more} parts that were chosen are"),
                };
                let says = format!(
                    "{parts} not in this article any more. The whole article may say it in other words."
                );
                html.element("p", &[("class", "notice")], &says);
            }
            html.open("div", &[]).made(body).close("div");
            html.open("p", &[("class", "facts whole")]);
            html.element("a", &[("href", &href)], "The whole article, with its sources").close("p");
        }
        Passage::Unknown => {
            html.element("h2", &heading, passage.title());
            let says = "This library has no such article any more, or the link was made for another library. The rest of your \
                        pack is here. Whoever gave it to you can say what this was.";
            html.element("p", &[("class", "notice")], says);
        }
        Passage::Unfetched { slug, title } => {
            html.open("h2", &heading)
                .element("a", &[("href", &format!("/articles/{slug}"))], title)
                .close("h2");
            html.open("div", &[("class", "notice")]);
            html.element("p", &[], "This one could not be loaded. You seem to be offline, and it is not on this device yet. Your pack is safe here.");
            html.element("button", &[("type", "button"), ("data-pack", "again")], "Try again").close("div");
        }
    }
    if let Some(next) = all.get(number) {
        let href = format!("#pack-{}", number + 1);
        html.open("p", &[("class", "onward")]).text("Next: ");
        html.element("a", &[("href", &href)], next.title()).close("p");
    }
    html.close("section");
}

/// Why there is no pack to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The fragment is not a pack.
    Link(Error),
    /// There is no fragment.
    Missing,
    /// The list of the library could not be fetched.
    Offline,
}

/// What happened, and what to do: a heading and a text.
pub(crate) fn explained(trouble: Trouble) -> (&'static str, &'static str) {
    match trouble {
        Trouble::Link(Error::Newer(_)) => (
            "This pack is newer than this page",
            "Nothing is wrong with your link. Load the page again; if that does not help, ask whoever gave you the link for the \
             same on paper.",
        ),
        Trouble::Link(Error::Truncated) => (
            "The end of your link is missing",
            "Long links are sometimes cut off on the way. Copy the whole link, from its start to its very end, and open it again. \
             If you have a QR code, scan that.",
        ),
        Trouble::Link(Error::Garbled(_) | Error::TooLarge(_) | Error::Empty) => (
            "Your link was changed on the way",
            "Some of its letters are not as they were made, so it cannot be trusted to show what was meant. Open it again as you \
             were given it, or scan the QR code. If that does not help, ask for a new one.",
        ),
        Trouble::Link(_) => (
            "This link is not a pack",
            "What stands behind # in it was not made by this library. Look whether all of the link was copied, or ask whoever \
             gave it to you.",
        ),
        Trouble::Missing => (
            "There is no pack in this address",
            "The link of a pack is longer: its passages stand behind a # in it. Open it again as you were given it, or scan the \
             QR code.",
        ),
        Trouble::Offline => (
            "Your pack could not be opened yet",
            "You seem to be offline, and this library is not on this device yet. The link is whole and nothing is lost.",
        ),
    }
}

/// The same as HTML, to stand above the library.
pub(crate) fn trouble(trouble: Trouble) -> String {
    let (heading, says) = explained(trouble);
    let mut html = Html::new();
    html.open("header", &[("class", "title")]).element("h1", &[("tabindex", "-1")], heading).close("header");
    html.open("div", &[("class", "notice")]).element("p", &[], says);
    if trouble == Trouble::Offline {
        html.element("button", &[("type", "button"), ("data-pack", "again")], "Try again");
    }
    html.close("div");
    html.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(title: &str, missing: usize) -> Passage {
        Passage::Found {
            slug: "rest".to_owned(),
            title: title.to_owned(),
            depth: Depth::Short,
            phase: Some("first".to_owned()),
            html: "<p>Words</p>".to_owned(),
            parts: Vec::new(),
            missing,
        }
    }

    fn shown(note: &str, passages: &[Passage]) -> String {
        let visit = Day::new(2026, 12, 3);
        let (head, foot) = ("<p>A clinic</p>".to_owned(), String::new());
        let journal = Some("/journal#write=eyJ2IjoxfQ".to_owned());
        opened(&Opened { head, foot, note, large: true, visit, is_over: false, passages, journal }, 3)
    }

    #[test]
    fn a_pack_shows_its_note_its_visit_and_its_passages_in_their_order() {
        let html = shown("Read <this>", &[found("Rest", 0), Passage::Unknown, found("Night", 2)]);
        for part in [
            "Read &lt;this&gt;",
            "For your visit on 3 December 2026.",
            "3 passages",
            "about 3 minutes",
            "data-type=\"large\"",
            "1 of 3 · in short",
            "Not here any more",
            "2 parts that were chosen are not in this article any more",
            "Next: <a href=\"#pack-2\">",
            "crisis help",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(html.find("id=\"pack-1\"").unwrap() < html.find("id=\"pack-3\"").unwrap());
        assert!(html.contains("href=\"/journal#write=eyJ2IjoxfQ\">Save to my journal</a>"), "{html}");
        assert!(!html.contains("too long"), "{html}");
    }

    #[test]
    fn a_pack_that_is_too_long_for_a_journal_says_so_and_offers_no_button() {
        let (head, foot, note) = (String::new(), String::new(), "");
        let passages = &[found("Rest", 0)];
        let pack =
            Opened { head, foot, note, large: false, visit: None, is_over: false, passages, journal: None };
        let html = opened(&pack, 3);
        assert!(html.contains("too long to be saved to a journal") && !html.contains("Save to my"), "{html}");
    }

    #[test]
    fn passages_become_things_to_tick_with_their_article_and_their_sections() {
        let mut some = found("Rest", 1);
        if let Passage::Found { parts, .. } = &mut some {
            *parts = vec!["Sleep".to_owned(), "What stood out".to_owned()];
        }
        let unfetched = Passage::Unfetched { slug: "night".to_owned(), title: "Night".to_owned() };
        let all = [some, Passage::Unknown, found("Grounding", 0), unfetched];
        assert_eq!(to_tick(&all), ["Rest — Sleep · What stood out", "Grounding", "Night"]);
        assert_eq!(entry_title(None), "A pack of reading");
        assert_eq!(entry_title(Day::new(2026, 12, 3)), "Pack for 3 December 2026");
    }

    #[test]
    fn one_passage_needs_no_contents_and_no_order() {
        let html = shown("", &[found("Rest", 0)]);
        assert!(
            html.contains("One passage") && !html.contains("In this pack") && !html.contains("1 of 1"),
            "{html}"
        );
        assert!(!html.contains("data-pack=\"step\"") && !html.contains("from-giver"), "{html}");
    }

    #[test]
    fn every_trouble_has_words_of_its_own_that_say_what_to_do() {
        let troubles = [
            Trouble::Link(Error::Foreign),
            Trouble::Link(Error::Newer(2)),
            Trouble::Link(Error::Truncated),
            Trouble::Link(Error::Garbled("x")),
            Trouble::Missing,
            Trouble::Offline,
        ];
        let mut headings: Vec<&str> = troubles.map(|trouble| explained(trouble).0).into();
        headings.sort_unstable();
        headings.dedup();
        assert_eq!(headings.len(), troubles.len());
        assert!(trouble(Trouble::Offline).contains("data-pack=\"again\""));
        assert!(!trouble(Trouble::Missing).contains("button"));
    }
}
