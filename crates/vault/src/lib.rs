//! The vault: keys, slots, sealed records, manifest and backup file.
//!
//! What keeps a journal secret and whole, and nothing else: no clock, no storage, no browser. Randomness and time are passed
//! in; what comes out are bytes to be stored. `docs/VAULT-FORMAT.md` says what each byte means.
//!
//! ```text
//! passphrase ─Argon2id─┐
//! 24 words ────────────┼─HKDF→ wraps ─ vault key ─HKDF→ one key for each record, attachment, manifest …
//! passkey's PRF ───────┘   (slots)                        └─ XChaCha20-Poly1305 with a key commitment
//! ```
//! [`Slot`] opens a [`Vault`]; a vault makes and opens what is [`Sealed`]: records ([`Body`]), attachments
//! ([`AttachmentSealer`]) and the [`Manifest`], which says what there must be. [`Verifier`] holds a store to it, [`Marks`]
//! remember what was seen. Every failure has a name ([`Error`]), for the keeper alone.
//!
//! [`Rotation`] changes the key. No program offers that yet: it waits for sync, whose devices can be lost.
//!
//! In order of weight: hard to misuse, small, fast.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod attachment;
mod backup;
mod bytes;
mod check;
mod error;
mod header;
mod id;
mod kdf;
mod label;
mod manifest;
mod marks;
mod merge;
mod padding;
mod phrase;
mod record;
mod restore;
mod rotation;
mod sealed;
mod secret;
mod slot;
mod suite;
mod vault;
mod verify;
mod ways;

pub use attachment::{Attached, AttachmentOpener, AttachmentSealer, MAX_ATTACHMENT};
pub use backup::{BACKUP_MAGIC, BackupWriter, Ending, MAX_FRAMES, PROLOGUE_BYTES, ways_for_backup};
pub use check::{BackupCheck, Report};
pub use error::Error;
pub use header::{FORMAT, HEADER_BYTES, Header, Kind, MAGIC, Part, Place, SUITE};
pub use id::{Hash, KeyId, ObjectId, VaultId};
pub use kdf::{Cost, MAX_MEMORY, MAX_PASSES, MAX_PASSPHRASE, MIN_MEMORY, MIN_PASSES, Passphrase};
pub use manifest::{Change, Entry, Fingerprint, Listed, MAX_ENTRIES, Manifest, State, read_lines};
pub use marks::Marks;
pub use merge::{Plan, Side, Verdict};
pub use padding::{FLOOR, padded};
pub use phrase::{PHRASE_WORDS, RecoveryPhrase};
pub use record::{Body, Tombstone, UNDO_MILLISECONDS};
pub use restore::{BackupReader, Counted, Frame};
pub use rotation::{Moving, Rotation};
pub use sealed::{MAX_MANIFEST, MAX_RECORD, PART_BYTES, Sealed};
pub use secret::Secret;
pub use slot::{MAX_CREDENTIAL, MAX_SLOT, NewSlot, PrfOutput, Slot, SlotKind, WayIn};
pub use vault::Vault;
pub use verify::{Finding, Verifier, verify_history};
pub use ways::{MAX_SLOTS, Ways};

#[cfg(test)]
mod testing;
#[cfg(test)]
mod two_keys;
