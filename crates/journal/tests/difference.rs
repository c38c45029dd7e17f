//! What differs between two texts, against the textbook's way, which fills the whole grid.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

use std::ops::Range;

use journal::difference;
use proptest::{collection::vec, prelude::*};

/// The words that are not marked.
fn left<'t>(text: &'t str, marks: &[Range<usize>]) -> Vec<&'t str> {
    let (mut left, mut from) = (Vec::new(), 0);
    let end = text.len()..text.len();
    for mark in marks.iter().chain([&end]) {
        left.extend(text[from..mark.start].split_whitespace());
        from = mark.end;
    }
    left
}

/// The most words that two texts can have in common, in their order.
fn most_in_common(one: &[&str], other: &[&str]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (at, with) in other.iter().enumerate() {
            let here = if word == with { before + 1 } else { row[at].max(row[at + 1]) };
            before = std::mem::replace(&mut row[at + 1], here);
        }
    }
    row[other.len()]
}

proptest! {
    #[test]
    fn what_is_not_marked_is_the_same_in_both_and_as_much_as_can_be(
        one in vec("[a-d]", 0..60),
        other in vec("[a-d]", 0..60),
    ) {
        let (one, other) = (one.join(" "), other.join("\n "));
        let [then, now] = difference::words(&one, &other);
        let (kept, kept_too) = (left(&one, &then), left(&other, &now));
        prop_assert_eq!(&kept, &kept_too);
        let words = [&one, &other].map(|text| text.split_whitespace().collect::<Vec<_>>());
        prop_assert_eq!(kept.len(), most_in_common(&words[0], &words[1]));
    }

    #[test]
    fn whatever_the_texts_marks_are_in_order_at_letters_and_hold_words(one in any::<String>(), other in any::<String>()) {
        let marks = difference::words(&one, &other);
        for (text, marks) in [(&one, &marks[0]), (&other, &marks[1])] {
            let mut from = 0;
            for mark in marks {
                prop_assert!(from <= mark.start && !text[mark.clone()].trim().is_empty());
                from = mark.end;
            }
        }
        let [none, nothing] = difference::words(&one, &one);
        prop_assert!(none.is_empty() && nothing.is_empty());
    }
}
