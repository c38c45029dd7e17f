//! Every label that a key is derived with, in one table. A label is dated by the day it was introduced and is never used for
//! anything else; a changed use gets a new line with a new date.

/// What a derived value is for. On the wire: one byte of length, then the ASCII text of [`Label::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// Argon2id's output → the key that wraps the vault key.
    PassphraseSlot,
    /// The 32 bytes behind 24 words → the key that wraps the vault key.
    RecoverySlot,
    /// A passkey's PRF output → the key that wraps the vault key.
    PasskeySlot,
    /// Vault key, record id → the record's key.
    Record,
    /// Vault key, attachment id → the attachment's key.
    Attachment,
    /// Vault key → the manifest's key.
    Manifest,
    /// Vault key → the key of the high-water marks.
    Marks,
    /// Vault key, backup id → the key of the seal at a backup's end.
    Backup,
    /// Object key → the cipher's key.
    Encryption,
    /// Object key, nonce, hash of the associated data → the commitment.
    Commitment,
    /// Object key → the key that mixes the nonce.
    Nonce,
    /// Vault key → the public name of the key.
    KeyId,
    /// Vault key, state of the manifest → the six words.
    Fingerprint,
}

/// The table.
pub(crate) const LABELS: [(Label, &str); 13] = [
    (Label::PassphraseSlot, "doorway vault 2026-11-22 slot passphrase"),
    (Label::RecoverySlot, "doorway vault 2026-11-22 slot recovery"),
    (Label::PasskeySlot, "doorway vault 2026-11-22 slot passkey"),
    (Label::Record, "doorway vault 2026-11-22 record"),
    (Label::Attachment, "doorway vault 2026-11-22 attachment"),
    (Label::Manifest, "doorway vault 2026-11-22 manifest"),
    (Label::Marks, "doorway vault 2026-11-22 marks"),
    (Label::Backup, "doorway vault 2026-11-22 backup"),
    (Label::Encryption, "doorway vault 2026-11-22 encryption"),
    (Label::Commitment, "doorway vault 2026-11-22 commitment"),
    (Label::Nonce, "doorway vault 2026-11-22 nonce"),
    (Label::KeyId, "doorway vault 2026-11-22 key id"),
    (Label::Fingerprint, "doorway vault 2026-11-22 fingerprint"),
];

impl Label {
    /// The text of the label.
    pub(crate) fn text(self) -> &'static str {
        LABELS[self as usize].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn t16_labels_are_unique_dated_and_in_their_place() {
        let texts: BTreeSet<_> = LABELS.iter().map(|(_, text)| text).collect();
        assert_eq!(texts.len(), LABELS.len());
        for (at, (label, text)) in LABELS.iter().enumerate() {
            assert_eq!(*label as usize, at, "{text}");
            let rest = text.strip_prefix("doorway vault ").expect("a label names its house");
            let date: Vec<_> = rest[..10].split('-').map(str::len).collect();
            assert_eq!(date, [4, 2, 2], "{text} has a date");
            assert!(text.is_ascii() && text.len() < 256);
        }
    }

    #[test]
    fn t16_the_page_on_the_format_names_every_label_and_no_other() {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/VAULT-FORMAT.md");
        let page = std::fs::read_to_string(page).unwrap();
        let table = page.split("## Labels").nth(1).and_then(|rest| rest.split("##").next()).unwrap();
        let named: BTreeSet<_> =
            table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        let known: BTreeSet<_> =
            LABELS.iter().map(|(_, text)| text.strip_prefix("doorway vault 2026-11-22 ").unwrap()).collect();
        assert_eq!(named, known);
    }

    /// A label that is spelt anywhere else in the crate would be a label outside the table.
    #[test]
    fn t16_no_label_is_spelt_outside_the_table() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() && path.file_name().unwrap() != "label.rs" {
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(!text.contains("doorway vault 2"), "{}", path.display());
            }
        }
    }
}
