//! Taking back what was typed, also after the page was loaded again. A few earlier states of an entry's text stand in its draft and
//! are left out when it is saved: from then on the revisions are its history. For the last keys there is the browser's own undo.

use journal::{Content, Entry};
use serde_json::Value;

/// The field of a draft in which they stand, the oldest first.
const FIELD: &str = "before";
/// How many there are at most, and of how many bytes in all.
const MOST: usize = 20;
const BYTES: usize = 48 * 1024;
/// Typing without a pause is one step for so long, in milliseconds.
const ONE_STEP: f64 = 4_000.0;

/// Puts a new text in the place of the present one. `noted` is when a state was last kept, in milliseconds.
pub fn change(entry: &mut Entry, text: String, noted: &mut f64, now: f64) {
    let much = entry.text.len() > text.len() + 20;
    if now - *noted > ONE_STEP || now < *noted || much {
        *noted = now;
        let mut states = states(entry);
        states.push(entry.text.clone());
        let mut bytes = 0;
        let kept = states.iter().rev().take(MOST).take_while(|state| {
            bytes += state.len();
            bytes <= BYTES
        });
        let kept: Vec<Value> = kept.cloned().map(Value::from).collect();
        entry.more.0.insert(FIELD.to_owned(), kept.into_iter().rev().collect());
    }
    entry.text = text;
}

/// Goes back to the state before; how many there are left.
pub fn back(entry: &mut Entry) -> usize {
    let mut states = states(entry);
    if let Some(text) = states.pop() {
        entry.text = text;
    }
    let left = states.len();
    if left == 0 {
        entry.more.0.remove(FIELD);
    } else {
        entry.more.0.insert(FIELD.to_owned(), states.into_iter().map(Value::from).collect());
    }
    left
}

/// How many steps can be taken back.
pub fn count(entry: &Entry) -> usize {
    entry.more.0.get(FIELD).and_then(Value::as_array).map_or(0, Vec::len)
}

fn states(entry: &Entry) -> Vec<String> {
    let states = entry.more.0.get(FIELD).and_then(Value::as_array);
    states.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The content as it is saved: without earlier states.
pub fn without(mut content: Content) -> Content {
    if let Content::Entry(entry) = &mut content {
        entry.more.0.remove(FIELD);
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_taken_back_one_by_one_and_are_not_saved() {
        let (mut entry, mut noted) = (Entry::default(), f64::NEG_INFINITY);
        change(&mut entry, "a".into(), &mut noted, 0.0);
        change(&mut entry, "ab".into(), &mut noted, 100.0);
        change(&mut entry, "abc".into(), &mut noted, 5_000.0);
        assert_eq!(count(&entry), 2);
        let saved = without(Content::Entry(entry.clone()));
        assert_eq!(saved, Content::Entry(Entry { text: "abc".into(), ..Entry::default() }));
        assert_eq!((back(&mut entry), entry.text.as_str()), (1, "ab"));
        assert_eq!((back(&mut entry), entry.text.as_str()), (0, ""));
        assert_eq!(entry, Entry::default());
    }

    #[test]
    fn a_large_deletion_is_a_step_at_once_and_old_states_give_way() {
        let (mut entry, mut noted) = (Entry { text: "x".repeat(30_000), ..Entry::default() }, 0.0);
        change(&mut entry, String::new(), &mut noted, 1.0);
        assert_eq!((back(&mut entry), entry.text.len()), (0, 30_000));
        for step in 0..50 {
            change(&mut entry, "y".repeat(30_000), &mut noted, f64::from(step) * 10_000.0);
        }
        assert_eq!(count(&entry), 1);
    }
}
