//! What the formatting bar and the Enter key do to a text: plain Markdown, put where the keeper is.

/// What can be done to what is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Something before and after it.
    Around(&'static str),
    /// Something at the start of each of its lines.
    Lines(&'static str),
}

/// The bar's buttons, in their order.
pub const MARKS: [(&str, Mark); 6] = [
    ("Heading", Mark::Lines("## ")),
    ("List", Mark::Lines("- ")),
    ("To tick", Mark::Lines("- [ ] ")),
    ("Quote", Mark::Lines("> ")),
    ("Bold", Mark::Around("**")),
    ("Italic", Mark::Around("*")),
];

/// A change of a text: what stands in `from..to` becomes `with`, and then `selected` is selected. Places count UTF-16 units, as
/// the browser's controls do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What stands there afterwards.
    pub with: String,
    /// What is selected afterwards.
    pub selected: (usize, usize),
}

/// The change that a mark makes to a selection. Marks that are there already are taken away.
pub fn change(text: &str, selection: (usize, usize), mark: Mark) -> Change {
    let text: Vec<u16> = text.encode_utf16().collect();
    let (from, to) = (selection.0.min(text.len()), selection.1.min(text.len()));
    let read = |from: usize, to: usize| String::from_utf16_lossy(&text[from..to]);
    match mark {
        Mark::Around(sign) => {
            let inside = read(from, to);
            let bare = inside.strip_prefix(sign).and_then(|rest| rest.strip_suffix(sign));
            let (with, start, end) = match bare {
                Some(bare) => (bare.to_owned(), from, from + length(bare)),
                None => {
                    let start = from + sign.len();
                    (format!("{sign}{inside}{sign}"), start, start + length(&inside))
                }
            };
            Change { from, to, with, selected: (start, end) }
        }
        Mark::Lines(sign) => {
            let start = line_start(&text, from);
            let lines = read(start, to);
            // What was typed to ask for the bar is no part of the text.
            let lines = if lines == "/" { String::new() } else { lines };
            let marked = lines.split('\n').all(|line| line.starts_with(sign));
            let each = |line: &str| match line.strip_prefix(sign) {
                Some(bare) if marked => bare.to_owned(),
                _ => format!("{sign}{line}"),
            };
            let with = lines.split('\n').map(each).collect::<Vec<_>>().join("\n");
            let end = start + length(&with);
            let selected = if selection.0 == selection.1 { (end, end) } else { (start, end) };
            Change { from: start, to, with, selected }
        }
    }
}

/// Whether `/` was just typed at the start of a line.
pub fn asks_for_bar(text: &str, at: usize) -> bool {
    let text: Vec<u16> = text.encode_utf16().collect();
    let at = at.min(text.len());
    text[line_start(&text, at)..at] == [u16::from(b'/')]
}

/// What Enter does within a list or a quote: begins the next item, or ends the list where the item is empty. None elsewhere.
pub fn enter(text: &str, at: usize) -> Option<Change> {
    let text: Vec<u16> = text.encode_utf16().collect();
    let at = at.min(text.len());
    let start = line_start(&text, at);
    let line = String::from_utf16_lossy(&text[start..at]);
    let sign = ["- [ ] ", "- [x] ", "- ", "* ", "> "].into_iter().find(|sign| line.starts_with(sign))?;
    if line.len() == sign.len() {
        return Some(Change { from: start, to: at, with: String::new(), selected: (start, start) });
    }
    let next = if sign == "- [x] " { "- [ ] " } else { sign };
    let end = at + 1 + next.len();
    Some(Change { from: at, to: at, with: format!("\n{next}"), selected: (end, end) })
}

fn line_start(text: &[u16], at: usize) -> usize {
    text[..at].iter().rposition(|unit| *unit == u16::from(b'\n')).map_or(0, |before| before + 1)
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text after a change, with what is selected in brackets.
    fn after(text: &str, change: &Change) -> String {
        let mut units: Vec<u16> = text.encode_utf16().collect();
        units.splice(change.from..change.to, change.with.encode_utf16());
        let (from, to) = change.selected;
        let part = |from: usize, to: usize| String::from_utf16(&units[from..to]).unwrap();
        format!("{}[{}]{}", part(0, from), part(from, to), part(to, units.len()))
    }

    #[test]
    fn a_mark_is_put_around_what_is_selected_and_taken_away_again() {
        let bold = change("a 🙂 c", (2, 4), Mark::Around("**"));
        assert_eq!(after("a 🙂 c", &bold), "a **[🙂]** c");
        let back = change("a **🙂** c", (2, 8), Mark::Around("**"));
        assert_eq!(after("a **🙂** c", &back), "a [🙂] c");
    }

    #[test]
    fn lines_are_marked_whole_and_unmarked_when_all_are() {
        let list = change("one\ntwo\nthree", (1, 6), Mark::Lines("- "));
        assert_eq!(after("one\ntwo\nthree", &list), "[- one\n- tw]o\nthree");
        let back = change("- one\n- two", (0, 11), Mark::Lines("- "));
        assert_eq!(after("- one\n- two", &back), "[one\ntwo]");
        let mixed = change("- one\ntwo", (0, 9), Mark::Lines("> "));
        assert_eq!(after("- one\ntwo", &mixed), "[> - one\n> two]");
    }

    #[test]
    fn a_slash_at_the_start_of_a_line_asks_for_the_bar_and_goes_when_it_answers() {
        assert!(asks_for_bar("/", 1) && asks_for_bar("größer\n/", 8) && asks_for_bar("/ more", 1));
        assert!(
            !asks_for_bar("a/", 2)
                && !asks_for_bar("//", 2)
                && !asks_for_bar("", 0)
                && !asks_for_bar("/", 9 - 9)
        );
        let heading = change("one\n/", (5, 5), Mark::Lines("## "));
        assert_eq!(after("one\n/", &heading), "one\n## []");
    }

    #[test]
    fn enter_goes_on_with_a_list_and_ends_it_at_an_empty_item() {
        let next = enter("- [x] ä", 7).unwrap();
        assert_eq!(after("- [x] ä", &next), "- [x] ä\n- [ ] []");
        let end = enter("- a\n- ", 6).unwrap();
        assert_eq!(after("- a\n- ", &end), "- a\n[]");
        assert_eq!(enter("plain", 5), None);
        assert_eq!(enter("- a", 1), None);
    }
}
