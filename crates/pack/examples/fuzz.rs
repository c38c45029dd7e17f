//! Damages links at random and opens what is still accepted: `cargo run --release -p pack --example fuzz -- CASES [SEED]`. Any
//! panic is a fault of the reader, and so is a pack that is accepted and not written again as it was read.

#![allow(clippy::print_stdout)]

use fastrand::Rng;
use pack::{ArticleId, Day, Depth, Item, Pack, SectionId, decode, encode, hints};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const WORDS: [&str; 12] = [
    "call",
    "us",
    "Mrs",
    "Miller",
    "12/03/1980",
    "the",
    "evening",
    "a@b.example",
    "555 1234567",
    "\n",
    "é",
    "👩‍⚕️",
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let cases: u64 = arguments.next().and_then(|cases| cases.parse().ok()).unwrap_or(100_000);
    let mut dice = Rng::with_seed(arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1));
    let (mut opened, mut refused) = (0u64, 0u64);
    for case in 0..cases {
        let pack = pack(&mut dice);
        let fragment = encode(&pack).expect("a pack within its limits is written");
        assert_eq!(decode(&fragment).as_ref(), Ok(&pack));
        // Half of the damage comes with a checksum that fits, or nothing behind it would ever be reached.
        let text = if case % 2 == 0 {
            damaged(fragment.into_bytes(), &mut dice)
        } else {
            forged(&fragment, &mut dice)
        };
        match decode(&text) {
            Ok(pack) => {
                opened += 1;
                hints(&pack.note);
                let again = encode(&pack).expect("what was read is within the limits");
                assert_eq!(decode(&again), Ok(pack));
            }
            Err(_) => refused += 1,
        }
    }
    println!("{cases} cases: {opened} opened, {refused} refused, no panic");
}

fn pack(dice: &mut Rng) -> Pack {
    let item = |dice: &mut Rng| Item {
        article: ArticleId(dice.u32(..).to_be_bytes()),
        sections: (0..dice.usize(..5)).map(|at| SectionId([at as u8, dice.u8(..), 0])).collect(),
        depth: if dice.bool() { Depth::Short } else { Depth::Full },
    };
    let words: Vec<&str> = (0..dice.usize(..40)).map(|_| WORDS[dice.usize(..WORDS.len())]).collect();
    Pack {
        items: (0..=dice.usize(..6)).map(|_| item(dice)).collect(),
        note: pack::tidy(&words.join(" ")),
        large: dice.bool(),
        visit: Day::new(2020 + dice.usize(..140) as u16, dice.usize(..14) as u8, dice.usize(..33) as u8),
    }
}

/// The letters with one to four faults: one replaced, a stretch left out, doubled or cut off.
fn damaged(mut text: Vec<u8>, dice: &mut Rng) -> String {
    for _ in 0..=dice.usize(..4) {
        let at = dice.usize(..text.len().max(1));
        let end = (at + 1 + dice.usize(..12)).min(text.len());
        match dice.usize(..5) {
            _ if text.is_empty() => {}
            0 | 1 => text[at] = LETTERS[dice.usize(..64)],
            2 => drop(text.drain(at..end)),
            3 => {
                let stretch = text[at..end].to_vec();
                text.splice(at..at, stretch);
            }
            _ => text.truncate(at),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// The bytes with faults behind a length and a checksum that fit.
fn forged(fragment: &str, dice: &mut Rng) -> String {
    let mut bytes = from_letters(&fragment[3..]);
    let head = if bytes[4] < 0x80 { 5 } else { 6 };
    let mut data = bytes.split_off(head);
    for _ in 0..=dice.usize(..3) {
        let at = dice.usize(..data.len().max(1));
        match dice.usize(..4) {
            _ if data.is_empty() => {}
            0 => data[at] ^= 1 << dice.usize(..8),
            1 => data[at] = dice.u8(..),
            2 => drop(data.remove(at)),
            _ => data.insert(at, [0, 1, 0x7f, 0x80, 0xff][dice.usize(..5)]),
        }
    }
    let mut rest = match data.len() {
        length @ ..0x80 => vec![length as u8],
        length => vec![(length & 0x7f) as u8 | 0x80, (length >> 7) as u8],
    };
    rest.extend(data);
    let mut whole = crc32(&rest).to_be_bytes().to_vec();
    whole.extend(rest);
    format!("v1.{}", to_letters(&whole))
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

fn from_letters(text: &str) -> Vec<u8> {
    let mut bits = 0u32;
    let mut bytes = Vec::new();
    for (at, letter) in text.bytes().enumerate() {
        let value =
            LETTERS.iter().position(|known| *known == letter).expect("what we wrote is of the alphabet");
        bits = (bits << 6 | value as u32) & 0xff_ffff;
        if at % 4 > 0 {
            bytes.push((bits >> (6 - 2 * (at % 4))) as u8);
        }
    }
    bytes
}

fn to_letters(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..=three.len() {
            text.push(char::from(LETTERS[(bits >> (18 - 6 * at) & 63) as usize]));
        }
    }
    text
}
