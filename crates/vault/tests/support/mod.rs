//! What the tests of this crate share.
#![allow(dead_code, reason = "each test file takes what it needs")]

#[path = "../../src/testing.rs"]
mod chance;
pub mod frozen;
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

/// The line of a manifest for a record.
pub fn line(sealed: &Sealed, state: State) -> Change {
    (Listed::Record, sealed.header().place.id, Entry::of(sealed, state))
}

pub fn recovery(seed: &str) -> RecoveryPhrase {
    RecoveryPhrase::create(&mut chance(seed)).unwrap()
}

pub fn recovery_slot(vault: &Vault, seed: &str) -> Slot {
    Slot::create(vault, NewSlot::Recovery(&recovery(seed)), &mut chance(seed)).unwrap()
}

/// All parts of an attachment.
pub fn attachment(vault: &Vault, id: ObjectId, bytes: &[u8], seed: &str) -> Vec<Sealed> {
    let mut sealer = AttachmentSealer::new(id);
    let mut rng = chance(seed);
    let mut parts = Vec::new();
    for bytes in bytes.chunks(10_007) {
        sealer.push(bytes).unwrap();
        parts.extend(std::iter::from_fn(|| sealer.part(vault, &mut rng)));
    }
    sealer.end();
    parts.extend(std::iter::from_fn(|| sealer.part(vault, &mut rng)));
    parts
}

/// Two records, one of them deleted, with all their revisions, and an attachment of three parts; and the manifest of them.
pub fn small_store(vault: &Vault) -> (Vec<Sealed>, Manifest) {
    let first = record(vault, id(1), "first");
    let second = edit(vault, &first, "second");
    let gone = record(vault, id(2), "gone");
    let tombstone = delete(vault, &gone, 77);
    let parts = attachment(vault, id(3), &[5; 150_000], "photo");
    let last = parts.last().unwrap();
    let lines = [
        line(&second, State::Live),
        line(&tombstone, State::Deleted),
        (Listed::Attachment, id(3), Entry::of(last, State::Live)),
    ];
    let mut manifest = Manifest::new(vault);
    manifest.seal_change(vault, &lines, &mut chance("lines")).unwrap();
    ([vec![first, second, gone, tombstone], parts].concat(), manifest)
}

/// A backup of these, in this order.
pub fn backup(vault: &Vault, slots: &[Slot], manifest: &Manifest, store: &[Sealed]) -> Vec<u8> {
    let mut rng = chance("backup");
    let whole = manifest.clone().seal_whole(vault, &mut rng).unwrap();
    let (mut writer, mut file) = BackupWriter::begin(vault, slots, &whole, &mut rng).unwrap();
    store.iter().for_each(|sealed| file.extend(writer.add(sealed).unwrap()));
    file.extend(writer.end(vault, 1_000, &mut rng).unwrap());
    file
}

/// Reads a backup in pieces of a size and checks it.
pub fn checked(vault: &Vault, file: &[u8], size: usize) -> Result<Report, Error> {
    let mut reader = BackupReader::new();
    let mut check = BackupCheck::new(vault);
    for piece in file.chunks(size) {
        reader.push(piece);
        while let Some(frame) = reader.frame()? {
            check.frame(&frame)?;
        }
    }
    reader.end()?;
    check.end()
}
