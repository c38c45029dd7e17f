//! Feeds the parser with broken files: `cargo run --release -p article --example fuzz -- 1000000 [SEED]`.
//!
//! Half of the cases are mutations of the fixtures (bytes changed, cut, repeated, spliced), half are bytes of any
//! kind behind sound front matter. A panic ends the run and shows the case's number; the same seed finds it again.

#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};

use article::{Reader, Sources};
use fastrand::Rng;

const SEEDS: [&str; 3] = [
    include_str!("../tests/all/fixtures/look-alike.md"),
    include_str!("../tests/all/broken/body.md"),
    include_str!("../tests/all/broken/fields.md"),
];
const HEAD: &str = "---\ntitle: T\nslug: t\nexcerpt: E.\ncategory: SAFETY\nauthor: A\npublishedAt: 2026-01-01\ntags: [x]\n---\n";
const PIECES: [&str; 24] = [
    "\n:::",
    "\n:::help\n",
    "[[",
    "]]",
    "[@",
    "**a:** ",
    "\n- ",
    "\n# ",
    "\n###### ",
    "[^1]",
    "\n[^1]: ",
    "|",
    "\n|-|\n",
    "\u{202e}",
    "\u{feff}",
    "é",
    "🙂",
    "<!--",
    "](",
    "&#0;",
    "\r",
    "\n---\n",
    "```",
    "\0",
];

fn case(dice: &mut Rng) -> Vec<u8> {
    if dice.bool() {
        let mut bytes = if dice.bool() { HEAD.as_bytes().to_vec() } else { Vec::new() };
        for _ in 0..dice.usize(..120) {
            if dice.usize(..3) == 0 {
                bytes.extend_from_slice(PIECES[dice.usize(..PIECES.len())].as_bytes());
            } else {
                bytes.push(dice.u8(..));
            }
        }
        return bytes;
    }
    let seed = SEEDS[dice.usize(..SEEDS.len())].as_bytes();
    // A window, so that most of the time goes into cases and not into the same long text.
    let start = if dice.bool() { 0 } else { dice.usize(..seed.len()) };
    let end = (start + 200 + dice.usize(..1500)).min(seed.len());
    let mut bytes = if start > 0 { HEAD.as_bytes().to_vec() } else { Vec::new() };
    bytes.extend_from_slice(&seed[start..end]);
    for _ in 0..=dice.usize(..8) {
        let at = dice.usize(..bytes.len());
        match dice.usize(..5) {
            0 => bytes[at] = dice.u8(..),
            1 => bytes.truncate(at.max(1)),
            2 => {
                let to = (at + dice.usize(..40)).min(bytes.len());
                let copy = bytes[at..to].to_vec();
                let into = dice.usize(..bytes.len());
                bytes.splice(into..into, copy);
            }
            3 => {
                let to = (at + dice.usize(..20)).min(bytes.len());
                bytes.drain(at..to);
            }
            _ => {
                let piece = PIECES[dice.usize(..PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
        }
        if bytes.is_empty() {
            bytes.push(b'-');
        }
    }
    bytes
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().ok());
    let cases = arguments.next().flatten().unwrap_or(10_000);
    let seed = arguments.next().flatten().unwrap_or(0x0d00_12a7);
    let reader = Reader::new(&Sources::default());
    let today = "2026-06-01".parse().expect("a day of the calendar");
    let mut dice = Rng::with_seed(seed);
    let start = Instant::now();
    let (mut served, mut problems, mut slowest) = (0_u64, 0_usize, Duration::ZERO);
    for number in 0..cases {
        let bytes = case(&mut dice);
        let text = String::from_utf8_lossy(&bytes);
        let before = Instant::now();
        let found = std::panic::catch_unwind(|| {
            let (library, diagnostics) = reader.assemble(vec![reader.read("case.md", &text)], today);
            // Showing a problem must not panic either.
            let shown: usize = diagnostics.iter().take(3).map(|one| one.to_string().len()).sum();
            (library.articles().len(), diagnostics.len(), shown)
        });
        let Ok((articles, told, _)) = found else {
            println!("case {number} of seed {seed} panics:\n{text:?}");
            std::process::exit(1);
        };
        slowest = slowest.max(before.elapsed());
        served += articles as u64;
        problems += told;
    }
    println!("{cases} cases in {:.1?}, seed {seed}: no panic", start.elapsed());
    println!("{served} were served, {problems} problems were told, the slowest case took {slowest:.1?}");
}
