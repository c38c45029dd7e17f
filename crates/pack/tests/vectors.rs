//! The frozen vectors: links that were handed out must open for ever, and what was refused stays refused. They were written by
//! another program than this one, after `docs/PACK-FORMAT.md`.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used)]

use pack::{ArticleId, Day, Depth, Error, Item, Pack, SectionId, decode, encode};
use serde_json::Value;

fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("../vectors/vectors.json")).unwrap()
}

fn hex<const N: usize>(value: &Value) -> [u8; N] {
    let text = value.as_str().unwrap();
    assert_eq!(text.len(), 2 * N);
    std::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
}

fn pack(value: &Value) -> Pack {
    let item = |item: &Value| Item {
        article: ArticleId(hex(&item["article"])),
        sections: item["sections"]
            .as_array()
            .unwrap()
            .iter()
            .map(|section| SectionId(hex(section)))
            .collect(),
        depth: if item["depth"] == "full" { Depth::Full } else { Depth::Short },
    };
    Pack {
        items: value["items"].as_array().unwrap().iter().map(item).collect(),
        note: value["note"].as_str().unwrap().to_owned(),
        large: value["large"].as_bool().unwrap(),
        visit: value["visit"].as_str().map(|day| Day::from_iso(day).unwrap()),
    }
}

fn cause(error: Error) -> &'static str {
    match error {
        Error::Foreign => "foreign",
        Error::Newer(_) => "newer",
        Error::Truncated => "truncated",
        Error::Garbled(_) => "garbled",
        Error::TooLarge(_) => "too large",
        Error::Empty => "empty",
        _ => "another",
    }
}

#[test]
fn every_link_that_was_written_opens_and_every_other_is_refused_for_its_reason() {
    let mut count = [0, 0];
    for vector in vectors() {
        let (name, fragment) = (vector["name"].as_str().unwrap(), vector["fragment"].as_str().unwrap());
        let found = decode(fragment);
        match vector["refused"].as_str() {
            Some(why) => {
                assert_eq!(found.map_err(cause), Err(why), "{name}");
                count[1] += 1;
            }
            None => {
                assert_eq!(found, Ok(pack(&vector["pack"])), "{name}");
                count[0] += 1;
            }
        }
    }
    assert!(count[0] >= 15 && count[1] >= 45, "{count:?}");
}

#[test]
fn what_is_not_deflated_is_written_the_same_by_everybody() {
    for vector in vectors().iter().filter(|vector| vector["written"] == true) {
        assert_eq!(
            encode(&pack(&vector["pack"])).unwrap(),
            vector["fragment"].as_str().unwrap(),
            "{}",
            vector["name"]
        );
    }
}
