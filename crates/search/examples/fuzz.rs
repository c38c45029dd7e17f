//! Damages an index and its texts at random and searches what is still accepted:
//! `cargo run --release -p search --example fuzz -- CASES [SEED]`. Any panic is a fault of the reader.

#![allow(clippy::print_stdout)]

#[path = "../tests/all/example.rs"]
mod example;

use fastrand::Rng;
use search::{Filter, Index, Texts};

const QUERIES: [&str; 6] =
    ["remember session", "\"red flags\" -cure", "thera", "tag:red-flags", "phq 9 zzz", "ünknown 5-HT2A"];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let cases: u64 = arguments.next().and_then(|cases| cases.parse().ok()).unwrap_or(100_000);
    let mut dice = Rng::with_seed(arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1));
    let built = example::built();
    let (mut opened, mut refused) = (0u64, 0u64);
    for _ in 0..cases {
        let (index, texts) = (damaged(&built.index, &mut dice), damaged(&built.texts, &mut dice));
        let texts = Texts::open(&texts).ok();
        match Index::open(&index) {
            Ok(index) => {
                opened += 1;
                let query = QUERIES[dice.usize(..QUERIES.len())];
                index.search(texts.as_ref(), query, &Filter::default(), 10);
            }
            Err(_) => refused += 1,
        }
    }
    println!("{cases} cases: {opened} opened and searched, {refused} refused, no panic");
}

/// The bytes with one to four faults: a bit turned, a byte replaced, a stretch left out, doubled or cut off.
fn damaged(whole: &[u8], dice: &mut Rng) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.usize(..4) {
        let at = dice.usize(..bytes.len().max(1));
        let end = (at + 1 + dice.usize(..12)).min(bytes.len());
        match dice.usize(..6) {
            _ if bytes.is_empty() => {}
            0 => bytes[at] ^= 1 << dice.usize(..8),
            1 => bytes[at] = dice.u8(..),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let stretch = bytes[at..end].to_vec();
                bytes.splice(at..at, stretch);
            }
            4 if dice.usize(..8) == 0 => bytes.truncate(at),
            _ => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][dice.usize(..5)],
        }
    }
    bytes
}
