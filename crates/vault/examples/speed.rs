//! How long the vault takes on this machine, natively.
//!
//!     cargo run --release -p vault --example speed

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "whoever runs this looks on")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Instant;
use support::*;
use vault::*;

fn timed(name: &str, times: u32, mut act: impl FnMut()) {
    act();
    let start = Instant::now();
    (0..times).for_each(|_| act());
    let each = start.elapsed().as_secs_f64() / f64::from(times);
    println!("{name:<58} {:>10.3} ms", each * 1000.0);
}

fn main() {
    let vault = vault("speed");
    let rng = &mut chance("speed");
    for (name, cost) in [("19 MiB, 2 passes", Cost::FLOOR), ("64 MiB, 3 passes", Cost::USUAL)] {
        let way = passphrase("correct horse");
        let slot = Slot::create(&vault, NewSlot::Passphrase(&way, cost), rng).unwrap();
        timed(&format!("open a passphrase slot, {name}"), 5, || drop(slot.open(WayIn::Passphrase(&way))));
    }
    let slot = recovery_slot(&vault, "words");
    let words = recovery("words");
    timed("open a recovery slot", 1000, || drop(slot.open(WayIn::Recovery(&words))));
    let short = content(&"word ".repeat(180));
    timed("seal a record of 900 characters", 5000, || {
        drop(vault.seal_record(Place::first(id(1)), &short, rng));
    });
    let sealed = vault.seal_record(Place::first(id(1)), &short, rng).unwrap().into_bytes();
    timed("parse and open it", 5000, || {
        vault.open_record(&Sealed::parse(sealed.clone()).unwrap()).unwrap();
    });
    let long = Body::content(&vec![7; 1 << 20]);
    timed("seal a record of 1 MiB", 50, || drop(vault.seal_record(Place::first(id(1)), &long, rng)));

    let one = record(&vault, id(1), "one");
    let lines: Vec<Change> = (0..10_000_u32)
        .map(|number| {
            let mut id = [0; 16];
            id[..4].copy_from_slice(&number.to_be_bytes());
            (Listed::Record, ObjectId(id), Entry::of(&one, State::Live))
        })
        .collect();
    let mut manifest = Manifest::new(&vault);
    manifest.seal_change(&vault, &lines, rng).unwrap();
    timed("manifest of 10,000: seal one change", 1000, || drop(manifest.seal_change(&vault, &[], rng)));
    timed("manifest of 10,000: seal the whole", 20, || drop(manifest.seal_whole(&vault, rng)));
    let whole = manifest.seal_whole(&vault, rng).unwrap();
    timed("manifest of 10,000: open the whole", 20, || drop(Manifest::open(&vault, &whole)));
    timed("manifest of 10,000: its six words", 20, || {
        assert_eq!(manifest.fingerprint(&vault).words.len(), 6)
    });
}
