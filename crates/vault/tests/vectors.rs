//! T39: the frozen vectors open to what was sealed, and are made again byte for byte.

#![allow(clippy::unwrap_used, reason = "a test says by failing what is wrong")]

mod support;

use serde_json::Value;
use std::path::Path;
use support::frozen::{files, hex, photo};
use support::*;
use vault::*;

fn read(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name)).unwrap()
}

fn index() -> Value {
    serde_json::from_slice(&read("vectors.json")).unwrap()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap()
}

/// The vault, opened by its recovery phrase.
fn opened(index: &Value) -> Vault {
    let words = RecoveryPhrase::parse(text(&index["slots"][1], "words")).unwrap();
    Slot::parse(read("slot-recovery.bin")).unwrap().open(WayIn::Recovery(&words)).unwrap()
}

fn sealed(name: &str) -> Sealed {
    Sealed::parse(read(name)).unwrap()
}

#[test]
fn t39_the_same_randomness_makes_the_frozen_files_again() {
    let files = files();
    for (name, bytes) in &files {
        assert!(read(name) == *bytes, "{name} is not what it was");
    }
    let folder = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")).unwrap();
    assert_eq!(folder.count(), files.len(), "no file that nobody makes");
}

#[test]
fn t39_each_frozen_slot_opens_the_frozen_vault() {
    let index = index();
    let vault = opened(&index);
    assert_eq!(hex(&vault.id().0), text(&index, "vault_id"));
    assert_eq!(hex(&vault.key_id().0), text(&index, "key_id"));
    let way = passphrase(text(&index["slots"][0], "passphrase"));
    let slot = Slot::parse(read("slot-passphrase.bin")).unwrap();
    assert_eq!(slot.open(WayIn::Passphrase(&way)).as_ref(), Ok(&vault));
    let output = PrfOutput::new(&(1..33).collect::<Vec<_>>()).unwrap();
    let slot = Slot::parse(read("slot-passkey.bin")).unwrap();
    assert_eq!(slot.open(WayIn::Passkey(&output)).as_ref(), Ok(&vault));
}

#[test]
fn t39_frozen_records_manifest_and_marks_say_what_they_said() {
    let index = index();
    let vault = opened(&index);
    for frozen in index["records"].as_array().unwrap() {
        let sealed = sealed(text(frozen, "file"));
        assert_eq!(hex(&sealed.hash().0), text(frozen, "sha256"));
        assert_eq!(Some(sealed.header().place.revision), frozen["revision"].as_u64());
        let body = &frozen["body"];
        let expected = match body["deleted_at"].as_u64() {
            Some(deleted_at) => Body::Tombstone(Tombstone { deleted_at }),
            None => content(text(body, "content")),
        };
        assert_eq!(vault.open_record(&sealed), Ok(expected));
    }
    let mut manifest = Manifest::open(&vault, &sealed("manifest-1.bin")).unwrap();
    manifest.follow(&vault, &sealed("manifest-2.bin")).unwrap();
    let fingerprint = manifest.fingerprint(&vault);
    assert_eq!(fingerprint.words.join(" "), text(&index["manifest"], "words"));
    assert_eq!(Some(fingerprint.version), index["manifest"]["version"].as_u64());
    let marks = Marks::open(&vault, &sealed("marks.bin")).unwrap();
    assert_eq!(marks.check(&manifest), Ok(()));
    for pair in index["padded"].as_array().unwrap() {
        assert_eq!(padded(pair[0].as_u64().unwrap() as usize) as u64, pair[1].as_u64().unwrap());
    }
}

#[test]
fn t39_the_frozen_backup_is_whole() {
    let index = index();
    let vault = opened(&index);
    let file = read("backup.bin");
    let report = checked(&vault, &file, 4096).unwrap();
    assert_eq!(report.findings, []);
    assert_eq!(Some(report.ending.made_at), index["backup"]["made_at"].as_u64());
    let mut reader = BackupReader::new();
    reader.push(&file);
    let mut opener = AttachmentOpener::new(id(0xc3));
    let mut bytes = Vec::new();
    while let Some(frame) = reader.frame().unwrap() {
        if let Frame::Attachment(sealed) = frame {
            bytes.extend_from_slice(&opener.part(&vault, &sealed).unwrap());
        }
    }
    assert_eq!(opener.end().map(|attached| attached.length), Ok(66_000));
    assert_eq!(bytes, photo());
}

#[test]
fn t5_each_frozen_file_that_must_be_refused_is_refused_for_its_reason() {
    let index = index();
    let vault = opened(&index);
    let refused = index["refused"].as_array().unwrap();
    assert!(refused.len() >= 18);
    for frozen in refused {
        let name = text(frozen, "file");
        let bytes = read(name);
        let error = if name.contains("-slot-") {
            Slot::parse(bytes).err()
        } else if name.contains("-backup-") {
            checked(&vault, &bytes, 4096).err()
        } else {
            Sealed::parse(bytes).and_then(|sealed| vault.open_record(&sealed)).err()
        };
        let error = format!("{:?}", error.unwrap());
        assert!(error.starts_with(text(frozen, "why")), "{name}: {error}");
    }
}
