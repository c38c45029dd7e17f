//! The frozen vectors, made anew: the same randomness gives the same bytes, or the format has changed.

use super::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub const PASSPHRASE: &str = "Löwenzahn, sieben Türen";
pub const FILE_PASSPHRASE: &str = "a passphrase of the file";
pub const FIRST: &str = "First words. 初めての言葉 🌱";
pub const SECOND: &str = "First words, with more after them.";
pub const MADE_AT: u64 = 1_795_000_000_000;
pub const DELETED_AT: u64 = 1_794_999_000_000;

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of the attachment: each is its place times 7, of 251.
pub fn photo() -> Vec<u8> {
    (0..66_000_u32).map(|at| (at * 7 % 251) as u8).collect()
}

/// All files of `vectors/`, by name.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let rng = &mut chance("doorway vault vectors, format 1");
    let vault = Vault::create(rng).unwrap();
    let phrase = RecoveryPhrase::create(rng).unwrap();
    let output: Vec<u8> = (1..33).collect();
    let prf = PrfOutput::new(&output).unwrap();
    let slot = |way: NewSlot<'_>, rng: &mut Chance| Slot::create(&vault, way, rng).unwrap();
    let by_passphrase = slot(NewSlot::Passphrase(&passphrase(PASSPHRASE), Cost::FLOOR), rng);
    let by_words = slot(NewSlot::Recovery(&phrase), rng);
    let by_passkey = slot(NewSlot::Passkey(b"credential", [0x42; 32], &prf), rng);
    let by_file = slot(NewSlot::Passphrase(&passphrase(FILE_PASSPHRASE), Cost::FLOOR), rng);

    let (a, b) = (id(0xa1), id(0xb2));
    let first = vault.seal_record(Place::first(a), &content(FIRST), rng).unwrap();
    let second = vault.seal_record(first.next(), &content(SECOND), rng).unwrap();
    let gone = vault.seal_record(Place::first(b), &content(&"long ".repeat(1000)), rng).unwrap();
    let body = Body::Tombstone(Tombstone { deleted_at: DELETED_AT });
    let tombstone = vault.seal_record(gone.next(), &body, rng).unwrap();
    let mut sealer = AttachmentSealer::new(id(0xc3));
    sealer.push(&photo()).unwrap();
    sealer.end();
    let parts: Vec<_> = std::iter::from_fn(|| sealer.part(&vault, rng)).collect();

    let mut manifest = Manifest::new(&vault);
    let whole = manifest.seal_whole(&vault, rng).unwrap();
    let lines = [
        line(&second, State::Live),
        line(&tombstone, State::Deleted),
        (Listed::Attachment, id(0xc3), Entry::of(parts.last().unwrap(), State::Live)),
        (Listed::Slot, by_words.id(), Entry::slot(&by_words, State::Live)),
    ];
    let change = manifest.seal_change(&vault, &lines, rng).unwrap();
    let mut marks = Marks::default();
    marks.raise(&manifest).unwrap();
    let marks = marks.seal(&vault, rng);
    let fingerprint = manifest.fingerprint(&vault);

    let listed = manifest.seal_whole(&vault, rng).unwrap();
    let ways = Ways::of(&vault, vec![by_passphrase.clone(), by_words.clone()]).unwrap();
    let slots = ways_for_backup(&ways, Some(by_file));
    let (mut writer, mut file) = BackupWriter::begin(&vault, &slots, &listed, rng).unwrap();
    let store = [&first, &second, &gone, &tombstone];
    store.into_iter().chain(&parts).for_each(|sealed| file.extend(writer.add(sealed).unwrap()));
    file.extend(writer.end(&vault, MADE_AT, rng).unwrap());

    let mut files = BTreeMap::new();
    let mut put = |name: &str, bytes: &[u8]| drop(files.insert(name.to_owned(), bytes.to_vec()));
    put("slot-passphrase.bin", by_passphrase.as_bytes());
    put("slot-recovery.bin", by_words.as_bytes());
    put("slot-passkey.bin", by_passkey.as_bytes());
    put("record-a-1.bin", first.as_bytes());
    put("record-a-2.bin", second.as_bytes());
    put("record-b-1.bin", gone.as_bytes());
    put("record-b-2.bin", tombstone.as_bytes());
    put("manifest-1.bin", whole.as_bytes());
    put("manifest-2.bin", change.as_bytes());
    put("marks.bin", marks.as_bytes());
    put("backup.bin", &file);
    let refused = refused(&vault, &first, &by_passphrase);
    refused.iter().for_each(|(name, _, bytes)| put(name, bytes));

    let revision = |file: &str, sealed: &Sealed, body: Value| {
        let Place { id, revision, previous } = sealed.header().place;
        json!({ "file": file, "id": hex(&id.0), "revision": revision, "previous": hex(&previous.0),
            "sha256": hex(&sealed.hash().0), "body": body })
    };
    let lengths = [0, 1, 4096, 4097, 5000, 70_000, 1_000_000, 4_194_304];
    let lengths = lengths.map(|length| [length, padded(length)]);
    let index = json!({
        "format": 1,
        "vault_id": hex(&vault.id().0),
        "key_id": hex(&vault.key_id().0),
        "slots": [
            { "file": "slot-passphrase.bin", "passphrase": PASSPHRASE },
            { "file": "slot-recovery.bin", "words": phrase.words().join(" ") },
            { "file": "slot-passkey.bin", "prf_output": hex(&output), "prf_input": hex(&[0x42; 32]),
              "credential": hex(b"credential") },
        ],
        "records": [
            revision("record-a-1.bin", &first, json!({ "content": FIRST })),
            revision("record-a-2.bin", &second, json!({ "content": SECOND })),
            revision("record-b-1.bin", &gone, json!({ "content": "long ".repeat(1000) })),
            revision("record-b-2.bin", &tombstone, json!({ "deleted_at": DELETED_AT })),
        ],
        "manifest": { "files": ["manifest-1.bin", "manifest-2.bin"], "version": fingerprint.version,
            "words": fingerprint.words.join(" "), "entries": 4 },
        "marks": { "file": "marks.bin", "sequence": 2 },
        "backup": { "file": "backup.bin", "passphrase": FILE_PASSPHRASE, "made_at": MADE_AT, "records": 2,
            "revisions": 4, "attachments": { hex(&[0xc3; 16]): hex(&Hash::of(&photo()).0) } },
        "padded": lengths,
        "refused": refused.iter().map(|(file, why, _)| json!({ "file": file, "why": why })).collect::<Vec<_>>(),
    });
    let index = serde_json::to_string_pretty(&index).unwrap() + "\n";
    put("vectors.json", index.as_bytes());
    files
}

/// Files that must be refused: name, the name of the error, bytes.
fn refused(vault: &Vault, first: &Sealed, slot: &Slot) -> Vec<(String, &'static str, Vec<u8>)> {
    let other = Vault::create(&mut chance("another vault")).unwrap();
    let flip = |bytes: &[u8], at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 1;
        bytes
    };
    let sealed = first.as_bytes();
    let mut newer = sealed.to_vec();
    newer[8] = 2;
    let mut suite = sealed.to_vec();
    suite[12] = 2;
    let mut lowered = slot.as_bytes().to_vec();
    let memory = HEADER_BYTES + 36;
    lowered[memory..memory + 4].copy_from_slice(&1024_u32.to_le_bytes());
    let mut huge = slot.as_bytes().to_vec();
    huge[memory..memory + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    let rekeyed = vault.with_new_key(&mut chance("another key")).unwrap();
    let mut manifest = Manifest::new(vault);
    manifest.seal_change(vault, &[line(first, State::Live)], &mut chance("small")).unwrap();
    let backup = &backup(vault, std::slice::from_ref(slot), &manifest, std::slice::from_ref(first));
    [
        ("record-content", "Damaged", flip(sealed, 400)),
        ("record-tag", "Damaged", flip(sealed, sealed.len() - 1)),
        ("record-revision", "Malformed", flip(sealed, 54)),
        ("record-id", "Commitment", flip(sealed, 40)),
        ("record-nonce", "Commitment", flip(sealed, HEADER_BYTES)),
        ("record-commitment", "Commitment", flip(sealed, HEADER_BYTES + 24)),
        ("record-short", "Malformed", sealed[..sealed.len() - 1].to_vec()),
        ("record-long", "Malformed", [sealed, &[0]].concat()),
        ("record-newer", "Newer", newer),
        ("record-suite", "Suite", suite),
        ("record-other-vault", "OtherVault", record(&other, id(1), "x").into_bytes()),
        ("record-other-key", "OtherKey", record(&rekeyed, id(1), "x").into_bytes()),
        ("slot-lowered", "Parameters", lowered),
        ("slot-huge", "Parameters", huge),
        ("slot-damaged", "DamagedSlot", flip(slot.as_bytes(), HEADER_BYTES + 60)),
        ("backup-short", "Unfinished", backup[..backup.len() - 1].to_vec()),
        ("backup-long", "Malformed", [backup.as_slice(), &[0]].concat()),
        ("backup-flipped", "Damaged", flip(backup, backup.len() / 2)),
    ]
    .map(|(name, why, bytes)| (format!("refused-{name}.bin"), why, bytes))
    .into()
}
