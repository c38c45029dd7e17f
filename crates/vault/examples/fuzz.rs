//! Throws damaged and random bytes at every parser of the vault: nothing may panic, nothing may be accepted that was not
//! made, and nothing may take long.
//!
//!     cargo run --release -p vault --example fuzz [cases of each]

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "whoever runs this looks on")]

#[path = "../tests/support/mod.rs"]
mod support;

use fastrand::Rng;
use std::collections::BTreeMap;
use std::time::Instant;
use support::*;
use vault::*;

/// A damaged copy. `heads` are places where a change goes deep: half of the changes are made near one of them.
fn damaged(sample: &[u8], heads: &[usize], numbers: &mut Rng) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for _ in 0..=numbers.usize(..4) {
        let at = match numbers.usize(..2) {
            0 => heads[numbers.usize(..heads.len())] + numbers.usize(..130),
            _ => numbers.usize(..bytes.len().max(1)),
        };
        let at = at.min(bytes.len().saturating_sub(1));
        match numbers.usize(..8) {
            _ if bytes.is_empty() => bytes.push(numbers.u8(..)),
            0 | 1 => bytes[at] ^= 1 << numbers.usize(..8),
            2 => bytes[at] = [0, 1, 2, 16, 17, 0x7f, 0x80, 0xff][numbers.usize(..8)],
            3 => bytes.truncate(at),
            4 => drop(bytes.splice(at..at, (0..numbers.usize(..40)).map(|byte| byte as u8))),
            5 => drop(bytes.drain(at..(at + 1 + numbers.usize(..40)).min(bytes.len()))),
            6 => {
                let from = numbers.usize(..bytes.len().max(1));
                let length = numbers.usize(..64).min(bytes.len() - from.max(at));
                bytes.copy_within(from..from + length, at);
            }
            _ => {
                let number = (numbers.u64(..) >> numbers.usize(..64)).to_le_bytes();
                let length = number.len().min(bytes.len() - at);
                bytes[at..at + length].copy_from_slice(&number[..length]);
            }
        }
    }
    if numbers.usize(..64) == 0 {
        bytes = (0..numbers.usize(..6000)).map(|_| numbers.u8(..)).collect();
    }
    bytes
}

fn run(
    name: &str,
    cases: u64,
    sample: &[u8],
    heads: &[usize],
    mut read: impl FnMut(&mut Vec<u8>, &mut Rng) -> Result<(), Error>,
) {
    let mut numbers = Rng::with_seed(name.len() as u64);
    let mut outcomes: BTreeMap<String, u64> = BTreeMap::new();
    let start = Instant::now();
    for _ in 0..cases {
        let mut bytes = damaged(sample, heads, &mut numbers);
        let outcome = match read(&mut bytes, &mut numbers) {
            Ok(()) => {
                assert!(bytes == sample || name == "lines", "{name}: accepted what nobody made");
                "accepted".to_owned()
            }
            Err(error) => {
                let name = format!("{error:?}");
                name.split(|c: char| c == '(' || c.is_ascii_digit()).next().unwrap().to_owned()
            }
        };
        *outcomes.entry(outcome).or_default() += 1;
    }
    println!("{name}: {cases} cases in {:.1} s", start.elapsed().as_secs_f64());
    outcomes.iter().for_each(|(outcome, count)| println!("    {count:>9} {outcome}"));
}

fn main() {
    let cases = std::env::args().nth(1).map_or(1_000_000, |cases| cases.parse().unwrap());
    let vault = vault("fuzz");
    let slot = recovery_slot(&vault, "words");
    let words = recovery("words");
    run("slot", cases, slot.as_bytes(), &[0, 120], |bytes, numbers| {
        if bytes.len() > 16 && numbers.bool() {
            let end = bytes.len() - 16;
            let sum = Hash::of(&bytes[..end]);
            bytes[end..].copy_from_slice(&sum.0[..16]);
        }
        Slot::parse(bytes.clone())?.open(WayIn::Recovery(&words)).map(|_| ())
    });

    let output = PrfOutput::new(&(0..32).collect::<Vec<_>>()).unwrap();
    let way = NewSlot::Passkey(&[7; 200], [9; 32], &output);
    let passkey = Slot::create(&vault, way, &mut chance("passkey")).unwrap();
    run("slot of a passkey", cases, passkey.as_bytes(), &[0, 120], |bytes, _| {
        Slot::parse(bytes.clone())?.open(WayIn::Passkey(&output)).map(|_| ())
    });

    let sealed = edit(&vault, &record(&vault, id(1), "first"), "second");
    run("record", cases, sealed.as_bytes(), &[0, HEADER_BYTES], |bytes, _| {
        vault.open_record(&Sealed::parse(bytes.clone())?).map(|_| ())
    });

    let (store, mut manifest) = small_store(&vault);
    let whole = manifest.seal_whole(&vault, &mut chance("whole")).unwrap();
    run("manifest", cases, whole.as_bytes(), &[0, HEADER_BYTES], |bytes, _| {
        Manifest::open(&vault, &Sealed::parse(bytes.clone())?).map(|_| ())
    });

    // What stands behind the seal is only as honest as the program that sealed it.
    let mut lines = 3_u32.to_le_bytes().to_vec();
    for thing in 1..=3 {
        lines.extend([thing].iter().chain(&[thing; 16]).chain(&[1, 0, 0, 0, 0, 0, 0, 0]).chain(&[7; 32]));
        lines.push(0);
    }
    assert_eq!(read_lines(&lines).map(|lines| lines.len()), Ok(3));
    run("lines", cases, &lines, &[0, 4, 62, 120], |bytes, _| {
        let lines = read_lines(bytes)?;
        assert_eq!(bytes.len(), 4 + 58 * lines.len());
        Ok(())
    });

    let mut marks = Marks::default();
    marks.raise(&manifest).unwrap();
    let marks = marks.seal(&vault, &mut chance("marks"));
    run("marks", cases, marks.as_bytes(), &[0, HEADER_BYTES], |bytes, _| {
        Marks::open(&vault, &Sealed::parse(bytes.clone())?).map(|_| ())
    });

    let file = backup(&vault, std::slice::from_ref(&slot), &manifest, &store[..2]);
    let first = PROLOGUE_BYTES + 5 + slot.as_bytes().len();
    let heads: Vec<_> = (0..4).map(|frame| first + frame * (5 + sealed.as_bytes().len())).collect();
    run("backup", cases, &file, &[&[0, PROLOGUE_BYTES][..], &heads].concat(), |bytes, numbers| {
        checked(&vault, bytes, 1 + numbers.usize(..(bytes.len() * 2).max(1))).map(|_| ())
    });
}
