//! Damages an index and its texts at random and searches what is still accepted:
//! `cargo run --release -p search --example fuzz -- CASES [SEED]`. Any panic is a fault of the reader.

#![allow(clippy::print_stdout)]

#[path = "../tests/all/example.rs"]
mod example;

use search::{Filter, Index, Texts};

/// A generator of numbers that is small and the same everywhere (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }
}

const QUERIES: [&str; 6] =
    ["remember session", "\"red flags\" -cure", "thera", "tag:red-flags", "phq 9 zzz", "ünknown 5-HT2A"];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let cases: u64 = arguments.next().and_then(|cases| cases.parse().ok()).unwrap_or(100_000);
    let mut dice = Dice(arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1));
    let built = example::built();
    let (mut opened, mut refused) = (0u64, 0u64);
    for _ in 0..cases {
        let (index, texts) = (damaged(&built.index, &mut dice), damaged(&built.texts, &mut dice));
        let texts = Texts::open(&texts).ok();
        match Index::open(&index) {
            Ok(index) => {
                opened += 1;
                let query = QUERIES[dice.below(QUERIES.len())];
                index.search(texts.as_ref(), query, &Filter::default(), 10);
            }
            Err(_) => refused += 1,
        }
    }
    println!("{cases} cases: {opened} opened and searched, {refused} refused, no panic");
}

/// The bytes with one to four faults: a bit turned, a byte replaced, a stretch left out, doubled or cut off.
fn damaged(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(12)).min(bytes.len());
        match dice.below(6) {
            _ if bytes.is_empty() => {}
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.roll() as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let stretch = bytes[at..end].to_vec();
                bytes.splice(at..at, stretch);
            }
            4 if dice.below(8) == 0 => bytes.truncate(at),
            _ => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][dice.below(5)],
        }
    }
    bytes
}
