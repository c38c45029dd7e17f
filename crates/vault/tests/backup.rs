//! The backup file: what was written comes back, and nothing else passes.

#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

mod support;

use support::*;
use vault::*;

fn made() -> (Vault, Vec<u8>) {
    let vault = vault("a");
    let (store, manifest) = small_store(&vault);
    let file = backup(&vault, &[recovery_slot(&vault, "words")], &manifest, &store);
    (vault, file)
}

#[test]
fn a_backup_is_whole_in_whatever_pieces_it_is_read() {
    let (vault, file) = made();
    for size in [1, 7, 4096, 65_537, file.len()] {
        let report = checked(&vault, &file, size).unwrap();
        assert_eq!(report.findings, []);
        assert_eq!((report.records, report.attachments, report.ending.made_at), ((2, 4), 1, 1_000));
        assert_eq!(report.ending.frames, 1 + 1 + 4 + 3);
    }
}

/// T40: whoever has the file can only guess at what was chosen for it.
#[test]
fn t40_a_backup_with_a_passphrase_of_its_own_opens_by_that_and_not_by_the_vaults() {
    let vault = vault("a");
    let (store, manifest) = small_store(&vault);
    let slot = |text| {
        let way = NewSlot::Passphrase(&passphrase(text), Cost::FLOOR);
        Slot::create(&vault, way, &mut chance(text)).unwrap()
    };
    let ways = Ways::of(&vault, vec![slot("of the vault"), recovery_slot(&vault, "words")]).unwrap();
    let slots = ways_for_backup(&ways, Some(slot("of the file")));
    let file = backup(&vault, &slots, &manifest, &store);
    let mut reader = BackupReader::new();
    reader.push(&file);
    let mut opened = Vec::new();
    while let Some(frame) = reader.frame().unwrap() {
        if let Frame::Slot(slot) = frame {
            opened.push((slot.kind(), slot.open(WayIn::Passphrase(&passphrase("of the file")))));
            let vaults = slot.open(WayIn::Passphrase(&passphrase("of the vault")));
            assert!(vaults.is_err(), "a file with its own passphrase does not open by the vault's");
        }
    }
    assert_eq!(opened.len(), 2);
    assert_eq!(opened[1], (SlotKind::Passphrase, Ok(vault.clone())));
    assert_eq!(checked(opened[1].1.as_ref().unwrap(), &file, 4096).unwrap().findings, []);
    assert_eq!(ways_for_backup(&ways, None), ways.slots());
}

#[test]
fn t5_a_backup_flipped_cut_or_extended_is_refused() {
    let vault = vault("a");
    let first = record(&vault, id(1), "first");
    let mut manifest = Manifest::new(&vault);
    manifest.seal_change(&vault, &[line(&first, State::Live)], &mut chance("m")).unwrap();
    let file = backup(&vault, &[recovery_slot(&vault, "words")], &manifest, &[first]);
    let refused = |bytes: &[u8]| checked(&vault, bytes, bytes.len().max(1)).is_err();
    assert!(!refused(&file));
    for at in 0..file.len() {
        let mut bytes = file.clone();
        bytes[at] ^= 0x20;
        assert!(refused(&bytes), "flipped at {at}");
        assert!(refused(&file[..at]), "cut to {at}");
    }
    for more in [&[0][..], &[5, 0, 0, 0, 0], &file] {
        assert!(refused(&[&file, more].concat()));
    }
}

#[test]
fn t9_a_backup_whose_records_are_older_than_its_manifest_is_not_whole() {
    let vault = vault("a");
    let (store, manifest) = small_store(&vault);
    let slots = [recovery_slot(&vault, "words")];
    let findings = |store: &[Sealed]| {
        let report = checked(&vault, &backup(&vault, &slots, &manifest, store), 4096).unwrap();
        report.findings.iter().map(|finding| (finding.id.0[0], finding.what)).collect::<Vec<_>>()
    };
    let without = |at: usize| [&store[..at], &store[at + 1..]].concat();
    assert_eq!(findings(&without(1)), [(1, Error::RolledBack)]);
    assert_eq!(findings(&without(3)), [(2, Error::DeletionWithheld)]);
    assert_eq!(findings(&without(0)), [], "an older revision may have been let go");
    assert_eq!(findings(&store[2..]), [(1, Error::Missing)]);
    assert_eq!(findings(&without(5)), [(3, Error::OutOfOrder)]);
    assert_eq!(findings(&without(6)), [(3, Error::Unfinished), (3, Error::Unfinished)]);
    let planted = record(&vault, id(2), "other");
    let mut with = store.clone();
    with[2] = planted;
    assert_eq!(findings(&with), [(2, Error::Forked)]);
}

#[test]
fn what_no_longer_opens_is_kept_in_a_backup_and_reported() {
    let vault = vault("a");
    let (mut store, manifest) = small_store(&vault);
    let mut bytes = store[1].as_bytes().to_vec();
    bytes[300] ^= 1;
    store[1] = Sealed::parse(bytes).unwrap();
    let file = backup(&vault, &[recovery_slot(&vault, "words")], &manifest, &store);
    let report = checked(&vault, &file, 4096).unwrap();
    assert!(report.findings.iter().all(|finding| finding.id == id(1)));
    assert_eq!(report.findings[0].what, Error::Damaged);
}

#[test]
fn t7_a_backup_of_another_vault_or_key_is_refused_at_its_first_bytes() {
    let (vault, file) = made();
    assert_eq!(checked(&support::vault("other"), &file, 4096), Err(Error::OtherVault));
    let rekeyed = vault.with_new_key(&mut chance("new")).unwrap();
    assert_eq!(checked(&rekeyed, &file, 4096), Err(Error::OtherKey));
}

/// T20: a length that the file promises and nobody has.
#[test]
fn t20_a_hostile_backup_is_refused_before_it_is_waited_for() {
    let (_, file) = made();
    let read = |bytes: &[u8]| {
        let mut reader = BackupReader::new();
        reader.push(bytes);
        while reader.frame()?.is_some() {}
        reader.end()
    };
    let with = |at: usize, bytes: &[u8]| {
        let mut file = file.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        read(&file)
    };
    let length = PROLOGUE_BYTES + 1;
    assert_eq!(with(length, &[255; 4]), Err(Error::TooLarge("a frame of the backup")));
    assert_eq!(with(PROLOGUE_BYTES, &[9]), Err(Error::Malformed("a frame of the backup is unknown")));
    assert_eq!(with(0, b"PK\x03\x04"), Err(Error::NotOurs), "nothing is unpacked");
    assert_eq!(with(4, &[2]), Err(Error::Newer(2)));
    assert_eq!(with(4, &[0]), Err(Error::Older(0)));
    assert_eq!(with(6, &[9]), Err(Error::Suite(9)));
    assert_eq!(read(b"<script>"), Err(Error::NotOurs));
    assert_eq!(read(b"DWV"), Err(Error::Unfinished));
    assert_eq!(read(b""), Err(Error::Unfinished));
}

#[test]
fn t20_more_slots_than_a_vault_has_are_refused() {
    let (vault, file) = made();
    let slots: Vec<_> = (0..17).map(|number| recovery_slot(&vault, &number.to_string())).collect();
    let frames = slots.iter().flat_map(|slot| {
        let length = (slot.as_bytes().len() as u32).to_le_bytes();
        [&[1][..], &length, slot.as_bytes()].concat()
    });
    let hostile: Vec<u8> = file[..PROLOGUE_BYTES].iter().copied().chain(frames).collect();
    assert_eq!(checked(&vault, &hostile, 4096), Err(Error::TooLarge("the number of slots")));
}

/// T4: a slot that hands the key to somebody else can't ride along in a file without breaking its seal.
#[test]
fn t4_a_way_in_that_was_added_to_a_backup_breaks_its_seal() {
    let (vault, file) = made();
    let (own, escrow) = (recovery_slot(&vault, "words"), recovery_slot(&vault, "escrow"));
    let at = PROLOGUE_BYTES + 5 + own.as_bytes().len();
    let length = (escrow.as_bytes().len() as u32).to_le_bytes();
    let mixed = [&file[..at], &[1], &length, escrow.as_bytes(), &file[at..]].concat();
    assert_eq!(checked(&vault, &mixed, 4096), Err(Error::Damaged));
}

#[test]
fn frames_out_of_their_order_are_refused_when_written_and_when_read() {
    let vault = vault("a");
    let (store, manifest) = small_store(&vault);
    let mut rng = chance("x");
    let whole = manifest.clone().seal_whole(&vault, &mut rng).unwrap();
    let slots = [recovery_slot(&vault, "words")];
    let (mut writer, _) = BackupWriter::begin(&vault, &slots, &whole, &mut rng).unwrap();
    writer.add(&store[1]).unwrap();
    assert_eq!(writer.add(&store[0]), Err(Error::OutOfOrder));
    assert_eq!(writer.add(&store[1]), Err(Error::OutOfOrder));
    assert_eq!(writer.add(&whole), Err(Error::OutOfOrder));
    assert_eq!(writer.add(&record(&support::vault("other"), id(9), "x")), Err(Error::OtherVault));
    assert_eq!(BackupWriter::begin(&vault, &[], &whole, &mut rng).err(), Some(Error::LastSlot));
    let file = backup(&vault, &slots, &manifest, &store[..2]);
    let frame = 5 + store[0].as_bytes().len();
    let start = file.len() - 2 * frame - (5 + HEADER_BYTES + 72 + FLOOR);
    let (one, two) = (start..start + frame, start + frame..start + 2 * frame);
    let swapped = [&file[..start], &file[two], &file[one], &file[start + 2 * frame..]].concat();
    assert_eq!(checked(&vault, &swapped, 4096), Err(Error::OutOfOrder));
}
