//! What differs between two states of one thing: the words that only one of them has, and the names of the fields.

use std::ops::Range;

use crate::{
    Record,
    json::{Json, Value},
};

/// The most words, or lines, that may be in one text only for the texts to be compared word by word, or line by line.
const MOST: usize = 300;

/// Where two texts have words that the other has not, in the order of the text: bytes of the first, bytes of the second. Where very
/// much differs whole lines are named, and where that is very much as well, all between the lines that are the same at the
/// beginning and at the end: the work for texts of `n` words is at most in the order of 300 `n`.
pub fn words(one: &str, other: &str) -> [Vec<Range<usize>>; 2] {
    compare(one, other, false)
}

/// The fields that differ, by their names in JSON. When it was changed is none of them.
pub fn fields(one: &Record, other: &Record) -> Vec<String> {
    let (Value::Object(one), Value::Object(other)) = (one.to_value(), other.to_value()) else {
        return Vec::new();
    };
    let differs = |name: &&String| *name != "changed" && one.get(*name) != other.get(*name);
    let new = other.keys().filter(|name| !one.contains_key(*name));
    one.keys().chain(new).filter(differs).cloned().collect()
}

type Pieces = Vec<Range<usize>>;

/// Lines; or words with what stands directly at them, and of scripts that part no words each letter.
fn split(text: &str, lines: bool) -> Pieces {
    let mut pieces = Pieces::new();
    let mut joins = false;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let between = if lines { letter == '\n' } else { letter.is_whitespace() };
        // From here on are the scripts of China, Japan and Korea.
        let alone = !lines && letter >= '\u{2e80}';
        match pieces.last_mut() {
            _ if between => {}
            Some(last) if joins && !alone => last.end = end,
            _ => pieces.push(at..end),
        }
        joins = !between && !alone;
    }
    pieces
}

/// The pieces that are in one text only, as few as possible; lines in the place of words where there are more than [`MOST`]. By E. Myers,
/// "An O(ND) Difference Algorithm and Its Variations" (1986).
fn compare(one: &str, other: &str, lines: bool) -> [Pieces; 2] {
    let (first, second) = (split(one, lines), split(other, lines));
    let (mut first, mut second) = (first.as_slice(), second.as_slice());
    let same = |x: &Range<usize>, y: &Range<usize>| one[x.clone()] == other[y.clone()];
    while let ([x, first_rest @ ..], [y, second_rest @ ..]) = (first, second)
        && same(x, y)
    {
        (first, second) = (first_rest, second_rest);
    }
    while let ([first_rest @ .., x], [second_rest @ .., y]) = (first, second)
        && same(x, y)
    {
        (first, second) = (first_rest, second_rest);
    }
    // For each number of pieces left out: by how many of them are of the first text, how far one comes in the first text. In the
    // second one is then as far, less those of the first text and more those of the second.
    let mut ways: Vec<Vec<usize>> = Vec::new();
    let mut of_first = 'found: loop {
        let left_out = ways.len();
        if left_out > MOST {
            return match lines {
                false => compare(one, other, true),
                true => [joined(one, first), joined(other, second)],
            };
        }
        let mut reached = Vec::with_capacity(left_out + 1);
        for of_first in 0..=left_out {
            let mut x = ways.last().map_or(0, |before| farthest(before, of_first).0);
            let mut y = x + left_out - 2 * of_first;
            while x < first.len() && y < second.len() && same(&first[x], &second[y]) {
                (x, y) = (x + 1, y + 1);
            }
            if x >= first.len() && y >= second.len() {
                break 'found of_first;
            }
            reached.push(x);
        }
        ways.push(reached);
    };
    let (mut only_first, mut only_second) = (Pieces::new(), Pieces::new());
    for (left_out, before) in ways.iter().enumerate().rev() {
        let (x, is_of_first) = farthest(before, of_first);
        if is_of_first {
            only_first.push(first[x - 1].clone());
            of_first -= 1;
        } else {
            only_second.push(second[x + left_out - 2 * of_first].clone());
        }
    }
    only_first.reverse();
    only_second.reverse();
    [joined(one, &only_first), joined(other, &only_second)]
}

/// How far one comes in the first text by leaving out one piece more, `of_first` in it; and whether that one is of the first text.
fn farthest(before: &[usize], of_first: usize) -> (usize, bool) {
    let in_first = of_first.checked_sub(1).map(|fewer| before[fewer] + 1);
    match before.get(of_first) {
        Some(&in_second) if in_first.is_none_or(|in_first| in_second >= in_first) => (in_second, false),
        _ => (in_first.unwrap_or_default(), true),
    }
}

/// Pieces with nothing but space between them as one.
fn joined(text: &str, pieces: &[Range<usize>]) -> Pieces {
    let mut out = Pieces::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last) if text[last.end..piece.start].trim().is_empty() => last.end = piece.end,
            _ => out.push(piece.clone()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Content, Entry};

    /// Both texts with what is marked in brackets.
    fn marked(one: &str, other: &str) -> [String; 2] {
        let [first, second] = words(one, other);
        [(one, first), (other, second)].map(|(text, marks)| {
            let mut out = text.to_owned();
            marks
                .iter()
                .rev()
                .for_each(|mark| out.replace_range(mark.clone(), &format!("[{}]", &text[mark.clone()])));
            out
        })
    }

    #[test]
    fn words_that_only_one_text_has_are_marked_and_neighbours_as_one() {
        for (one, other, then, now) in [
            ("", "", "", ""),
            ("the same", "the same", "the same", "the same"),
            ("the  same", "the\nsame", "the  same", "the\nsame"),
            ("", "all new", "", "[all new]"),
            ("all gone", " ", "[all gone]", " "),
            ("It was warm.", "It was very warm.", "It was warm.", "It was [very] warm."),
            ("a b c d", "a x y d", "a [b c] d", "a [x y] d"),
            ("one two three", "two three one", "[one] two three", "two three [one]"),
            ("a b a b a", "b a b", "[a] b a b [a]", "b a b"),
            ("rain, sun", "rain; sun", "[rain,] sun", "[rain;] sun"),
            (
                "\u{4eca}\u{65e5}\u{6674}",
                "\u{4eca}\u{65e5}\u{96e8}",
                "\u{4eca}\u{65e5}[\u{6674}]",
                "\u{4eca}\u{65e5}[\u{96e8}]",
            ),
        ] {
            assert_eq!(marked(one, other), [then, now], "{one:?} and {other:?}");
        }
    }

    #[test]
    fn where_very_much_differs_whole_lines_are_marked_and_then_all_between_the_same_ends() {
        let many = |word: &str| (0..400).map(|at| format!("{word}{at} ")).collect::<String>();
        let one = format!("begin here\n{}\nas before\nthe end", many("a"));
        let other = format!("begin here\n{}\nas before\nthe end", many("b"));
        let [then, now] = words(&one, &other);
        assert_eq!(then.iter().chain(&now).count(), 2);
        assert_eq!(one[then[0].clone()].trim(), many("a").trim());
        let lines = |word: &str| (0..400).map(|at| format!("{word}{at}\nsame\n")).collect::<String>();
        let (one, other) = (lines("a"), lines("b"));
        let [then, _] = words(&one, &other);
        assert_eq!(&one[then[0].clone()], one.trim_end().strip_suffix("\nsame").unwrap());
    }

    #[test]
    fn of_texts_as_long_as_a_record_may_be_all_is_marked_that_would_take_too_long_to_compare() {
        let long = |word: &str| format!("{word} w ").repeat(60_000);
        let [then, now] = words(&long("a"), &long("b"));
        assert_eq!((then.len(), now.len()), (1, 1));
    }

    #[test]
    fn fields_are_named_that_differ_and_not_when_they_were_changed() {
        let at = |at: &str| format!("2026-11-{at}T12:00:00Z").parse().unwrap();
        let entry = Entry { text: "one".to_owned(), ..Entry::default() };
        let one = Record::new(Content::Entry(entry), at("20"));
        let mut other = one.clone();
        other.changed = at("21");
        assert_eq!(fields(&one, &other), [""; 0]);
        other.tags.push("calm".to_owned());
        other.written = at("19");
        assert_eq!(fields(&one, &other), ["written", "tags"]);
        assert_eq!(fields(&other, &one), ["tags", "written"]);
    }
}
