//! How the composer looks, as HTML: the chosen passages, what can be added, and what is handed over. Made of strings as the
//! search's results are; what the buttons do is in [`compose`](super::compose).

use ::html::Html;
use ::pack::{Depth, Error, Hint, Kind, LONGEST_NOTE};
use ::search::{Found, Place};

/// A chosen item, as it is shown.
pub(crate) struct Line {
    /// What the library calls it; `None` where it has no such article any more.
    pub title: Option<String>,
    pub depth: Depth,
    /// How many of its parts are chosen; none for the whole article.
    pub chosen: usize,
    /// Whether its parts are unfolded.
    pub open: bool,
    pub parts: Parts,
}

/// The parts of an article, as far as they are here.
pub(crate) enum Parts {
    Coming,
    Unreachable,
    /// Title, kind, level, key and whether it is chosen.
    Here(Vec<Choice>),
}

/// One part that can be chosen.
pub(crate) struct Choice {
    pub key: String,
    pub title: String,
    pub kind: String,
    pub level: u8,
    pub chosen: bool,
}

impl Line {
    /// What a person knows it by.
    pub(crate) fn name(&self) -> &str {
        self.title.as_deref().unwrap_or("Not in this library")
    }
}

/// The chosen passages.
pub(crate) fn chosen(lines: &[Line]) -> String {
    let mut html = Html::new();
    if lines.is_empty() {
        html.open("div", &[("class", "empty")]);
        html.element(
            "p",
            &[],
            "Nothing is chosen yet. Add something below, or press Share beside a heading while you read.",
        );
        html.close("div");
        return html.finish();
    }
    html.open("ol", &[("class", "chosen")]);
    for (at, line) in lines.iter().enumerate() {
        item(at, line, lines.len(), &mut html);
    }
    html.close("ol");
    html.finish()
}

fn item(at: usize, line: &Line, of: usize, html: &mut Html) {
    let (number, name) = (at.to_string(), line.name());
    html.open("li", &[("data-at", &number)]);
    html.open("div", &[("class", "head")]);
    if of > 1 {
        // For a finger or a mouse; the buttons below do the same for everybody.
        html.open("span", &[("class", "handle"), ("aria-hidden", "true")]).close("span");
    }
    html.element("h3", &[], name).close("div");
    if line.title.is_none() {
        html.element(
            "p",
            &[("class", "notice")],
            "The article may have been withdrawn. Your reader will be told that it is missing.",
        );
    } else {
        html.open("fieldset", &[("class", "how-much")]);
        html.element("legend", &[("class", "unseen")], &format!("How much of “{name}”"));
        for (depth, value, label) in
            [(Depth::Full, "full", "Full"), (Depth::Short, "short", "Short: what to do and what to ask")]
        {
            let (id, group) = (format!("{value}-{at}"), format!("depth-{at}"));
            let mut attributes =
                vec![("type", "radio"), ("name", group.as_str()), ("id", id.as_str()), ("data-depth", value)];
            attributes.extend((line.depth == depth).then_some(("checked", "")));
            html.open("label", &[]).open("input", &attributes).text(" ").text(label).close("label");
        }
        html.close("fieldset");
        parts(at, line, html);
    }
    html.open("p", &[("class", "moves")]);
    let mut button = |id: &str, act: &str, label: &str, spoken: String, off: bool| {
        let id = format!("{id}-{at}");
        let mut attributes =
            vec![("type", "button"), ("id", id.as_str()), ("data-do", act), ("aria-label", spoken.as_str())];
        attributes.extend(off.then_some(("aria-disabled", "true")));
        html.element("button", &attributes, label);
    };
    if of > 1 {
        button("up", "up", "Earlier", format!("Move “{name}” earlier"), at == 0);
        button("down", "down", "Later", format!("Move “{name}” later"), at + 1 == of);
    }
    button("out", "remove", "Remove", format!("Remove “{name}”"), false);
    html.close("p").close("li");
}

fn parts(at: usize, line: &Line, html: &mut Html) {
    let mut attributes = vec![("class", "parts")];
    attributes.extend(line.open.then_some(("open", "")));
    let summary = match line.chosen {
        0 => "The whole article".to_owned(),
        1 => "1 part of it".to_owned(),
        parts => format!("{parts} parts of it"),
    };
    html.open("details", &attributes);
    html.element("summary", &[("id", &format!("parts-{at}")), ("data-do", "parts")], &summary);
    match &line.parts {
        _ if !line.open => {}
        Parts::Coming => {
            html.element("p", &[("class", "facts")], "One moment: its sections are on their way.");
        }
        Parts::Unreachable => {
            html.element(
                "p",
                &[("class", "facts")],
                "Its sections could not be loaded. You may be offline; what is chosen stays chosen.",
            );
            html.element("button", &[("type", "button"), ("data-do", "again")], "Try again");
        }
        Parts::Here(choices) => {
            html.open("ul", &[("class", "choices")]);
            let mut box_of = |key: &str, level: &str, chosen: bool, title: &str, kind: &str| {
                let id = format!("part-{at}-{key}");
                let mut attributes = vec![("type", "checkbox"), ("id", id.as_str()), ("data-part", key)];
                attributes.extend(chosen.then_some(("checked", "")));
                html.open("li", &[("data-level", level)]).open("label", &[]).open("input", &attributes);
                html.text(" ").open("span", &[]).text(title);
                if !kind.is_empty() && kind != title {
                    html.text(" ").element("span", &[("class", "kind")], kind);
                }
                html.close("span").close("label").close("li");
            };
            box_of("all", "2", line.chosen == 0, "The whole article", "");
            for choice in choices {
                box_of(&choice.key, &choice.level.to_string(), choice.chosen, &choice.title, &choice.kind);
            }
            html.close("ul");
        }
    }
    html.close("details");
}

/// Something that can be added: an article, with some of its places.
pub(crate) struct Offer<'a> {
    pub slug: &'a str,
    pub title: String,
    pub added: bool,
    /// Anchor, heading, kind, and whether it is in the pack.
    pub places: Vec<(&'a str, String, String, bool)>,
}

impl<'a> Offer<'a> {
    /// What a search has found; `added` says what is in the pack.
    pub(crate) fn found(found: &'a Found, added: impl Fn(&str, Option<&str>) -> bool) -> Vec<Self> {
        let plain =
            |pieces: &[::search::Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
        let offer = |hit: &'a ::search::Hit| {
            let place = |place: &'a Place| {
                let kind = crate::search::kind(place).unwrap_or_default();
                (place.anchor.as_str(), plain(&place.heading), kind, added(&hit.slug, Some(&place.anchor)))
            };
            let places = hit.places.iter().filter(|place| !place.heading.is_empty()).map(place).collect();
            Self { slug: &hit.slug, title: plain(&hit.title), added: added(&hit.slug, None), places }
        };
        found.hits.iter().map(offer).collect()
    }
}

/// What can be added. `asked` says whether somebody asked for something; else these are all articles.
pub(crate) fn offers(offers: &[Offer<'_>], asked: bool) -> String {
    let mut html = Html::new();
    if offers.is_empty() && asked {
        html.element("p", &[("class", "facts")], "Nothing here has these words. Try one word of the title.");
    }
    if !asked {
        html.open("details", &[]);
        html.element("summary", &[], &format!("All {} articles by title", offers.len()));
    }
    html.open("ul", &[("class", "offers")]);
    for offer in offers {
        html.open("li", &[]).open("p", &[("class", "of")]).open("span", &[]).text(&offer.title).close("span");
        add(offer.slug, None, &offer.title, offer.added, &mut html);
        html.close("p");
        for (anchor, heading, kind, added) in &offer.places {
            html.open("p", &[("class", "place")]).open("span", &[]).text(heading);
            if !kind.is_empty() {
                html.text(" ").element("span", &[("class", "kind")], kind);
            }
            html.close("span");
            add(offer.slug, Some(anchor), heading, *added, &mut html);
            html.close("p");
        }
        html.close("li");
    }
    html.close("ul");
    if !asked {
        html.close("details");
    }
    html.finish()
}

fn add(slug: &str, anchor: Option<&str>, title: &str, added: bool, html: &mut Html) {
    let id = format!("add-{slug}-{}", anchor.unwrap_or_default());
    let spoken = if added { format!("“{title}” is in the pack") } else { format!("Add “{title}”") };
    let mut attributes =
        vec![("type", "button"), ("id", id.as_str()), ("data-do", "add"), ("data-slug", slug)];
    attributes.extend(anchor.map(|anchor| ("data-anchor", anchor)));
    attributes.extend([("data-title", title), ("aria-label", spoken.as_str())]);
    attributes.extend(added.then_some(("aria-disabled", "true")));
    html.element("button", &attributes, if added { "Added" } else { "Add" });
}

/// What is handed over: the link, its code, and the ways out.
pub(crate) struct Hand<'a> {
    pub link: &'a str,
    /// The code as SVG and its modules on a side, without the quiet zone; `None` where the link is too long for one.
    pub code: Option<(String, i32)>,
    pub can_share: bool,
}

/// How it can be handed over.
pub(crate) fn hand(hand: &Hand<'_>) -> String {
    let mut html = Html::new();
    html.open("p", &[]).element("label", &[("for", "link")], "The link");
    html.open("input", &[("type", "text"), ("id", "link"), ("readonly", ""), ("value", hand.link)])
        .close("p");
    let length = hand.link.len();
    let size = match &hand.code {
        Some((_, side)) if *side > 77 => format!(
            "{length} characters. The code is fine ({side} × {side}): print it 5 cm wide or more, or shorten the note."
        ),
        Some((_, side)) => {
            format!("{length} characters. The code has {side} × {side} modules: 3 cm on paper is enough.")
        }
        None => {
            format!("{length} characters: too long for a QR code. Shorten the note, or hand over the link.")
        }
    };
    html.element("p", &[("class", "facts"), ("id", "link-length")], &size);
    if let Some((svg, _)) = &hand.code {
        html.open("div", &[("class", "code")]).made(svg).close("div");
    }
    html.open("p", &[("class", "doors")]);
    html.element("button", &[("type", "button"), ("id", "copy"), ("data-do", "copy")], "Copy the link");
    if hand.can_share {
        html.element(
            "button",
            &[("type", "button"), ("id", "sheet"), ("data-do", "sheet")],
            "More ways to send it",
        );
    }
    html.element("button", &[("type", "button"), ("id", "print"), ("data-do", "print")], "Print it");
    html.element(
        "a",
        &[("class", "button"), ("id", "preview"), ("target", "_blank"), ("href", hand.link)],
        "See it as your reader will",
    );
    html.close("p");
    html.finish()
}

/// Why there is nothing to hand over.
pub(crate) fn nothing(error: Error, over: usize) -> String {
    let says = match error {
        Error::Empty => "When something is chosen, its link and QR code are here.".to_owned(),
        Error::TooLarge(_) if over > 0 => format!("The note is {over} characters too long for a link. Shorten it, and the link is here again. Nothing is lost."),
        _ => "That is more than a link can hold. Take something out, or take the whole article instead of its parts. Nothing is lost.".to_owned(),
    };
    let mut html = Html::new();
    html.element("p", &[("class", if error == Error::Empty { "facts" } else { "notice" })], &says);
    html.finish()
}

/// "212 of 500 characters"
pub(crate) fn length(note: &str) -> String {
    format!("{} of {LONGEST_NOTE} characters", note.chars().count())
}

/// What in a note should be looked at again.
pub(crate) fn hints(hints: &[Hint]) -> String {
    let mut html = Html::new();
    if hints.is_empty() {
        return String::new();
    }
    html.open("div", &[("class", "notice warm")]);
    html.element("p", &[], "Whoever holds the link can read this. Is it meant to be there?");
    html.open("ul", &[]);
    for hint in hints {
        let looks = match hint.kind {
            Kind::Name => "looks like a name",
            Kind::Date => "looks like a date of birth",
            Kind::Number => "looks like a telephone or record number",
            Kind::Mail => "looks like an e-mail address",
        };
        html.element("li", &[], &format!("“{}” {looks}", hint.words));
    }
    html.close("ul").close("div");
    html.finish()
}

/// What can be taken back.
pub(crate) fn changes(last: Option<&str>, empty: bool) -> String {
    let mut html = Html::new();
    if let Some(last) = last {
        html.element(
            "button",
            &[("type", "button"), ("id", "undo"), ("data-do", "undo")],
            &format!("Undo {last}"),
        );
    }
    if !empty {
        html.element(
            "button",
            &[("type", "button"), ("id", "empty"), ("data-do", "empty")],
            "Empty the pack",
        );
    }
    html.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(title: &str) -> Line {
        Line {
            title: Some(title.to_owned()),
            depth: Depth::Short,
            chosen: 1,
            open: true,
            parts: Parts::Here(vec![Choice {
                key: "0a0b0c".to_owned(),
                title: "Sleep <b>".to_owned(),
                kind: "Questions".to_owned(),
                level: 0,
                chosen: true,
            }]),
        }
    }

    #[test]
    fn every_control_of_an_item_says_which_item_it_is_about() {
        let html = chosen(&[line("Rest"), line("Night")]);
        for part in [
            "Move “Rest” later",
            "Move “Night” earlier",
            "Remove “Rest”",
            "How much of “Night”",
            "Sleep &lt;b&gt;",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        // The first cannot go earlier, the last not later; they keep the focus all the same.
        assert_eq!(html.matches("aria-disabled=\"true\"").count(), 2);
        assert!(!chosen(&[line("Rest")]).contains("Earlier"));
    }

    #[test]
    fn what_is_not_there_yet_is_named() {
        assert!(chosen(&[]).contains("Nothing is chosen yet"));
        assert!(nothing(Error::Empty, 0).contains("its link and QR code are here"));
        assert!(nothing(Error::TooLarge("x"), 12).contains("12 characters too long"));
        assert!(offers(&[], true).contains("Nothing here has these words"));
    }

    #[test]
    fn a_code_stays_as_coarse_as_the_format_says() {
        let sides = [63, 106, 181, 298].map(|length| crate::share::qr::Qr::of(&"x".repeat(length)).unwrap().side() - 8);
        assert_eq!(sides, [37, 41, 57, 69], "as docs/PACK-FORMAT.md says");
    }

    #[test]
    fn a_warning_quotes_what_it_means_and_forbids_nothing() {
        let html = hints(&::pack::hints("Mrs Miller, call 555 123 4567"));
        assert!(html.contains("“Mrs Miller” looks like a name") && html.contains("“555 123 4567”"), "{html}");
        assert_eq!(hints(&[]), "");
        assert_eq!(length("né"), "2 of 500 characters");
    }
}
