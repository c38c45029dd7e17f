//! Feeds the parser with broken files: `cargo run --release -p article --example fuzz -- 1000000 [SEED]`.
//!
//! Half of the cases are mutations of the fixtures (bytes changed, cut, repeated, spliced), half are bytes of any
//! kind behind sound front matter. A panic ends the run and shows the case's number; the same seed finds it again.

#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};

use article::{Reader, Sources};

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

/// xorshift64*: small, seeded, good enough to shake a parser.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % below.max(1)
    }

    fn case(&mut self) -> Vec<u8> {
        if self.roll(2) == 0 {
            let mut bytes = if self.roll(2) == 0 { HEAD.as_bytes().to_vec() } else { Vec::new() };
            for _ in 0..self.roll(120) {
                if self.roll(3) == 0 {
                    bytes.extend_from_slice(PIECES[self.roll(PIECES.len())].as_bytes());
                } else {
                    bytes.push(self.roll(256) as u8);
                }
            }
            return bytes;
        }
        let seed = SEEDS[self.roll(SEEDS.len())].as_bytes();
        // A window, so that most of the time goes into cases and not into the same long text.
        let start = if self.roll(2) == 0 { 0 } else { self.roll(seed.len()) };
        let end = (start + 200 + self.roll(1500)).min(seed.len());
        let mut bytes = if start > 0 { HEAD.as_bytes().to_vec() } else { Vec::new() };
        bytes.extend_from_slice(&seed[start..end]);
        for _ in 0..=self.roll(8) {
            let at = self.roll(bytes.len());
            match self.roll(5) {
                0 => bytes[at] = self.roll(256) as u8,
                1 => bytes.truncate(at.max(1)),
                2 => {
                    let to = (at + self.roll(40)).min(bytes.len());
                    let copy = bytes[at..to].to_vec();
                    let into = self.roll(bytes.len());
                    bytes.splice(into..into, copy);
                }
                3 => {
                    let to = (at + self.roll(20)).min(bytes.len());
                    bytes.drain(at..to);
                }
                _ => {
                    let piece = PIECES[self.roll(PIECES.len())];
                    bytes.splice(at..at, piece.bytes());
                }
            }
            if bytes.is_empty() {
                bytes.push(b'-');
            }
        }
        bytes
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().ok());
    let cases = arguments.next().flatten().unwrap_or(10_000);
    let seed = arguments.next().flatten().unwrap_or(0x0d00_12a7);
    let reader = Reader::new(&Sources::default());
    let today = "2026-06-01".parse().expect("a day of the calendar");
    let mut dice = Dice(seed | 1);
    let start = Instant::now();
    let (mut served, mut problems, mut slowest) = (0_u64, 0_usize, Duration::ZERO);
    for number in 0..cases {
        let bytes = dice.case();
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
