//! What the tests of this crate share.
#![allow(dead_code, reason = "each test file takes what it needs")]

#[path = "../../src/testing.rs"]
mod chance;
pub use chance::Chance;

use vault::*;

/// Randomness that is the same each time.
pub fn chance(seed: &str) -> Chance {
    Chance::new(seed)
}

/// A vault made of the seed.
pub fn vault(seed: &str) -> Vault {
    Vault::create(&mut chance(seed)).unwrap()
}

pub fn passphrase(text: &str) -> Passphrase {
    Passphrase::from_nfkc(text.as_bytes().to_vec()).unwrap()
}

pub fn id(byte: u8) -> ObjectId {
    ObjectId([byte; 16])
}

pub fn content(text: &str) -> Body {
    Body::content(text.as_bytes())
}

/// The first revision of a record.
pub fn record(vault: &Vault, id: ObjectId, text: &str) -> Sealed {
    vault.seal_record(Place::first(id), &content(text), &mut chance(text)).unwrap()
}

/// The next revision of a record.
pub fn edit(vault: &Vault, before: &Sealed, text: &str) -> Sealed {
    vault.seal_record(before.next(), &content(text), &mut chance(text)).unwrap()
}

/// The deletion of a record, at a time in milliseconds.
pub fn delete(vault: &Vault, before: &Sealed, at: u64) -> Sealed {
    let body = Body::Tombstone(Tombstone { deleted_at: at });
    vault.seal_record(before.next(), &body, &mut chance("delete")).unwrap()
}

/// Every way to change bytes a little: each byte flipped in one bit, the bytes cut at each length, and extended.
pub fn changed(bytes: &[u8]) -> impl Iterator<Item = (String, Vec<u8>)> + '_ {
    let flipped = (0..bytes.len()).map(|at| {
        let mut changed = bytes.to_vec();
        changed[at] ^= 1 << (at % 8);
        (format!("flipped at {at}"), changed)
    });
    let cut = (0..bytes.len()).map(|length| (format!("cut to {length}"), bytes[..length].to_vec()));
    let longer = [&[0][..], &[255], &[0; 4096], bytes]
        .map(|more| (format!("extended by {}", more.len()), [bytes, more].concat()));
    flipped.chain(cut).chain(longer)
}
