//! Taking back what was typed and putting it there again, also after the page was loaded again. A few other states of an entry's
//! text stand in its draft and are left out when it is saved: from then on the revisions are its history. For the last keys there is
//! the browser's own undo.

use journal::{Content, Entry};
use serde_json::Value;

/// The fields of a draft in which they stand: the states before the present one, the oldest first, and those that were left by going
/// back, the newest first.
const BEFORE: &str = "before";
const AHEAD: &str = "ahead";
/// How many there are at most before, and of how many bytes in all. Going back and forth makes none.
const MOST: usize = 20;
const BYTES: usize = 48 * 1024;
/// Typing without a pause is one step for so long, in milliseconds.
const ONE_STEP: f64 = 4_000.0;

/// Puts a new text in the place of the present one. `noted` is when a state was last kept, in milliseconds.
pub fn change(entry: &mut Entry, text: String, noted: &mut f64, now: f64) {
    let much = entry.text.len() > text.len() + 20;
    // Who types on after going back finds what was left behind by going back again.
    let left = states(entry, AHEAD).into_iter().next();
    if now - *noted > ONE_STEP || now < *noted || much || left.is_some() {
        *noted = now;
        let mut states = states(entry, BEFORE);
        states.extend(left);
        states.push(entry.text.clone());
        let mut bytes = 0;
        let kept = states.iter().rev().take(MOST).take_while(|state| {
            bytes += state.len();
            bytes <= BYTES
        });
        let kept: Vec<String> = kept.cloned().collect();
        put(entry, BEFORE, kept.into_iter().rev().collect());
        put(entry, AHEAD, Vec::new());
    }
    entry.text = text;
}

/// Goes back to the state before.
pub fn back(entry: &mut Entry) {
    step(entry, BEFORE, AHEAD);
}

/// Puts there again what going back took away.
pub fn forth(entry: &mut Entry) {
    step(entry, AHEAD, BEFORE);
}

fn step(entry: &mut Entry, from: &str, to: &str) {
    let (mut states, mut others) = (states(entry, from), states(entry, to));
    if let Some(text) = states.pop() {
        others.push(std::mem::replace(&mut entry.text, text));
        put(entry, from, states);
        put(entry, to, others);
    }
}

/// Whether there is a step back.
pub fn has_before(entry: &Entry) -> bool {
    entry.more.0.contains_key(BEFORE)
}

/// Whether something was taken back that can be put there again.
pub fn has_ahead(entry: &Entry) -> bool {
    entry.more.0.contains_key(AHEAD)
}

fn states(entry: &Entry, field: &str) -> Vec<String> {
    let states = entry.more.0.get(field).and_then(Value::as_array);
    states.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn put(entry: &mut Entry, field: &str, states: Vec<String>) {
    if states.is_empty() {
        entry.more.0.remove(field);
    } else {
        entry.more.0.insert(field.to_owned(), states.into_iter().map(Value::from).collect());
    }
}

/// The content as it is saved: without other states.
pub fn without(mut content: Content) -> Content {
    if let Content::Entry(entry) = &mut content {
        entry.more.0.remove(BEFORE);
        entry.more.0.remove(AHEAD);
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(entry: &Entry) -> (usize, usize) {
        (states(entry, BEFORE).len(), states(entry, AHEAD).len())
    }

    #[test]
    fn steps_are_taken_back_one_by_one_put_there_again_and_not_saved() {
        let (mut entry, mut noted) = (Entry::default(), f64::NEG_INFINITY);
        change(&mut entry, "a".into(), &mut noted, 0.0);
        change(&mut entry, "ab".into(), &mut noted, 100.0);
        change(&mut entry, "abc".into(), &mut noted, 5_000.0);
        let saved = Content::Entry(Entry { text: "abc".into(), ..Entry::default() });
        for _ in 0..2 {
            assert_eq!(count(&entry), (2, 0));
            assert_eq!(without(Content::Entry(entry.clone())), saved);
            back(&mut entry);
            assert_eq!((count(&entry), entry.text.as_str()), ((1, 1), "ab"));
            for _ in 0..2 {
                back(&mut entry);
                assert_eq!((count(&entry), entry.text.as_str()), ((0, 2), ""));
            }
            assert_eq!(without(Content::Entry(entry.clone())), Content::Entry(Entry::default()));
            for _ in 0..3 {
                forth(&mut entry);
            }
            assert_eq!(entry.text, "abc");
        }
    }

    #[test]
    fn what_was_left_by_going_back_is_a_step_once_one_types_on() {
        let (mut entry, mut noted) = (Entry::default(), f64::NEG_INFINITY);
        for (text, now) in [("one", 0.0), ("one two", 5_000.0), ("one two three", 10_000.0)] {
            change(&mut entry, text.into(), &mut noted, now);
        }
        for _ in 0..3 {
            back(&mut entry);
        }
        change(&mut entry, "x".into(), &mut noted, 10_001.0);
        assert!(!has_ahead(&entry));
        back(&mut entry);
        assert_eq!(entry.text, "");
        back(&mut entry);
        assert_eq!(entry.text, "one two three");
    }

    #[test]
    fn a_large_deletion_is_a_step_at_once_and_old_states_give_way() {
        let (mut entry, mut noted) = (Entry { text: "x".repeat(30_000), ..Entry::default() }, 0.0);
        change(&mut entry, String::new(), &mut noted, 1.0);
        back(&mut entry);
        assert_eq!((count(&entry), entry.text.len()), ((0, 1), 30_000));
        for step in 0..50 {
            change(&mut entry, "y".repeat(30_000), &mut noted, f64::from(step) * 10_000.0);
        }
        assert_eq!(count(&entry), (1, 0));
    }
}
