//! What is handed over, what goes with it, and what can be taken back.

use ::html::Html;
use ::pack::{Error, Hint, Kind, LONGEST_NOTE};

/// What is handed over: the link, its code, and the ways out.
pub(crate) struct Hand<'a> {
    pub link: &'a str,
    /// What stands behind `#` in it.
    pub fragment: &'a str,
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
    // Here, by whatever name this site was opened.
    let here = format!("/pack#{}", hand.fragment);
    html.element(
        "a",
        &[("class", "button"), ("id", "preview"), ("target", "_blank"), ("href", &here)],
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
            Kind::Date => "looks like a date or year of birth",
            Kind::Number => "looks like a telephone or record number",
            Kind::Mail => "looks like an e-mail address",
        };
        html.element("li", &[], &format!("“{}” {looks}", hint.words));
    }
    html.close("ul").close("div");
    html.finish()
}

/// What there is to be emptied.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    Nothing,
    /// Of the passages none any more, and yet the note, the visit or the size of type that went with them.
    Words,
    Something,
}

/// Whether the browser keeps what is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    All,
    /// It keeps an earlier state and has no room for this one.
    Earlier,
    Nothing,
}

impl Kept {
    /// What is said where it does not.
    pub(crate) fn says(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Earlier => Some("This browser has no room for more, and keeps the pack as it was before."),
            Self::Nothing => Some("This browser keeps nothing for this site."),
        }
    }
}

/// What can be taken back, and whether all of it would be lost with the tab.
pub(crate) fn changes(last: Option<&str>, left: Left, kept: Kept) -> String {
    let mut html = Html::new();
    if left == Left::Words {
        let says = "What you set for the reader is still here. Is the next pack for somebody else?";
        html.element("span", &[("class", "facts")], says);
    }
    if let Some(why) = kept.says() {
        let lost = if kept == Kept::Earlier { "what you changed since" } else { "the pack" };
        let says = format!("{why} Copy the link before you leave this site, or {lost} is lost.");
        html.element("span", &[("class", "facts"), ("role", "status")], &says);
    }
    let mut button = |act: &str, label: &str| {
        html.element("button", &[("type", "button"), ("id", act), ("data-do", act)], label);
    };
    if let Some(last) = last {
        button("undo", &format!("Undo {last}"));
    }
    match left {
        Left::Nothing => {}
        Left::Words => button("empty", "Start a new pack"),
        Left::Something => button("empty", "Empty the pack"),
    }
    html.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_yet_is_named() {
        assert!(nothing(Error::Empty, 0).contains("its link and QR code are here"));
        assert!(nothing(Error::TooLarge("x"), 12).contains("12 characters too long"));
    }

    #[test]
    fn a_browser_that_keeps_nothing_is_told_of_before_it_matters() {
        assert!(
            changes(Some("adding “Rest”"), Left::Something, Kept::Nothing)
                .contains("Copy the link before you leave")
        );
        let full = changes(None, Left::Something, Kept::Earlier);
        assert!(full.contains("no room for more") && !full.contains("keeps nothing"), "{full}");
        let html = changes(Some("adding “Rest”"), Left::Nothing, Kept::All);
        assert!(
            html.contains("Undo adding “Rest”") && !html.contains("Empty") && !html.contains("keeps nothing"),
            "{html}"
        );
    }

    #[test]
    fn what_was_written_for_one_reader_is_not_left_for_the_next_unseen() {
        let html = changes(None, Left::Words, Kept::All);
        assert!(html.contains("still here") && html.contains("Start a new pack"), "{html}");
    }

    #[test]
    fn a_code_stays_as_coarse_as_the_format_says() {
        let sides = [63, 106, 181, 298]
            .map(|length| crate::share::qr::Qr::of(&"x".repeat(length)).unwrap().side() - 8);
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
