//! The frozen examples of format 1: whatever this crate becomes, these are read and written back unchanged.
#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

use journal::{Content, Record};
use serde_json::Value;

fn examples() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/examples");
    let mut examples: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap()))
        .collect();
    examples.sort();
    assert_eq!(examples.len(), 11);
    examples
}

#[test]
fn every_example_is_read_and_written_back_unchanged() {
    for (name, json) in examples() {
        let record = Record::from_json(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = record.to_json().unwrap_or_else(|error| panic!("{name}: {error}"));
        let (before, after): (Value, Value) =
            (serde_json::from_slice(&json).unwrap(), serde_json::from_slice(&again).unwrap());
        assert_eq!(before, after, "{name}");
        assert_eq!(Record::from_json(&again).unwrap(), record, "{name}");
    }
}

#[test]
fn no_field_of_a_known_kind_is_taken_for_a_newer_one() {
    for (name, json) in examples() {
        let record = Record::from_json(&json).unwrap();
        if !matches!(record.content, Content::Other(_)) {
            let shown = format!("{record:?}");
            assert_eq!(
                shown.matches("more: More(").count(),
                shown.matches("more: More({})").count(),
                "{name}"
            );
        }
    }
}
