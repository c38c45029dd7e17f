//! What stands in the clear before everything sealed, and is authenticated with it: ten fields in a fixed order, each
//! behind its length. The stored bytes *are* the associated data, so that no second spelling can exist.

use crate::bytes::{Reader, put_field};
use crate::error::Error;
use crate::id::{Hash, KeyId, ObjectId, VaultId};
use crate::label::Label;

/// The first bytes of everything sealed.
pub const MAGIC: [u8; 4] = *b"DWV\0";
/// The format that this program writes, and the only one it reads.
pub const FORMAT: u16 = 1;
/// XChaCha20-Poly1305, HKDF-SHA-256, Argon2id. There is no other and nothing to negotiate.
pub const SUITE: u16 = 1;
/// How many bytes a header takes.
pub const HEADER_BYTES: usize = 125;

/// What kind of thing is sealed. What kind of *entry* a record is stands inside, where nobody sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A record of the journal, or its tombstone: from outside they are alike.
    Record = 1,
    /// One part of an attachment.
    Attachment = 2,
    /// The list of what there is.
    Manifest = 3,
    /// What this device has seen at least.
    Marks = 4,
    /// The seal at a backup's end.
    Backup = 5,
    /// The vault key under a passphrase.
    PassphraseSlot = 16,
    /// The vault key under the recovery phrase.
    RecoverySlot = 17,
    /// The vault key under a passkey.
    PasskeySlot = 18,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Record,
        Self::Attachment,
        Self::Manifest,
        Self::Marks,
        Self::Backup,
        Self::PassphraseSlot,
        Self::RecoverySlot,
        Self::PasskeySlot,
    ];

    pub(crate) fn read(byte: u8) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|&kind| kind as u8 == byte).ok_or(Error::Malformed("its kind is unknown"))
    }

    pub(crate) fn is_slot(self) -> bool {
        self as u8 >= Self::PassphraseSlot as u8
    }

    /// The label of the key that seals this kind.
    pub(crate) fn label(self) -> Label {
        match self {
            Self::Record => Label::Record,
            Self::Attachment => Label::Attachment,
            Self::Manifest => Label::Manifest,
            Self::Marks => Label::Marks,
            Self::Backup => Label::Backup,
            Self::PassphraseSlot => Label::PassphraseSlot,
            Self::RecoverySlot => Label::RecoverySlot,
            Self::PasskeySlot => Label::PasskeySlot,
        }
    }
}

/// Where a part stands in its attachment. Everything else is one part, the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Counted from 0.
    pub index: u32,
    /// Whether no other follows.
    pub last: bool,
}

impl Part {
    /// Of what is not cut into parts.
    pub const WHOLE: Self = Self { index: 0, last: true };

    const LAST: u64 = 1 << 32;

    fn bits(self) -> u64 {
        u64::from(self.index) | if self.last { Self::LAST } else { 0 }
    }
}

/// Where a revision stands in the history of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The object.
    pub id: ObjectId,
    /// Counted from 1.
    pub revision: u64,
    /// The hash of the sealed revision before; [`Hash::NONE`] for the first.
    pub previous: Hash,
}

impl Place {
    /// The beginning of an object's history.
    pub fn first(id: ObjectId) -> Self {
        Self { id, revision: 1, previous: Hash::NONE }
    }
}

/// The ten fields, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Whose it is.
    pub vault: VaultId,
    /// What it is.
    pub kind: Kind,
    /// Which it is, and after what.
    pub place: Place,
    /// The key it is sealed under.
    pub key: KeyId,
    /// Which part of it.
    pub part: Part,
}

impl Header {
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER_BYTES);
        put_field(&mut out, &MAGIC);
        put_field(&mut out, &FORMAT.to_le_bytes());
        put_field(&mut out, &SUITE.to_le_bytes());
        put_field(&mut out, &self.vault.0);
        put_field(&mut out, &[self.kind as u8]);
        put_field(&mut out, &self.place.id.0);
        put_field(&mut out, &self.place.revision.to_le_bytes());
        put_field(&mut out, &self.place.previous.0);
        put_field(&mut out, &self.key.0);
        put_field(&mut out, &self.part.bits().to_le_bytes());
        out
    }

    /// Reads a header and holds it to the rules that need no key.
    ///
    /// # Errors
    /// `NotOurs`, `Older`, `Newer`, `Suite`, or `Malformed` with the rule that was broken.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        if reader.exact().map_err(|_| Error::NotOurs)? != MAGIC {
            return Err(Error::NotOurs);
        }
        match u16::from_le_bytes(reader.exact()?) {
            FORMAT => {}
            format if format < FORMAT => return Err(Error::Older(format)),
            format => return Err(Error::Newer(format)),
        }
        match u16::from_le_bytes(reader.exact()?) {
            SUITE => {}
            suite => return Err(Error::Suite(suite)),
        }
        let vault = VaultId(reader.exact()?);
        let kind = Kind::read(reader.exact::<1>()?[0])?;
        let place = Place {
            id: ObjectId(reader.exact()?),
            revision: u64::from_le_bytes(reader.exact()?),
            previous: Hash(reader.exact()?),
        };
        let key = KeyId(reader.exact()?);
        let bits = u64::from_le_bytes(reader.exact()?);
        let part = Part { index: bits as u32, last: bits & Part::LAST != 0 };
        if part.bits() != bits {
            return Err(Error::Malformed("a flag is unknown"));
        }
        if kind != Kind::Attachment {
            if part != Part::WHOLE {
                return Err(Error::Malformed("only attachments have parts"));
            }
            if place.revision == 0 || (place.revision == 1) != (place.previous == Hash::NONE) {
                return Err(Error::Malformed("a first revision and only that has none before it"));
            }
        } else if place.revision != 1 || (part.index == 0) != (place.previous == Hash::NONE) {
            return Err(Error::Malformed(
                "an attachment has one revision, and each part names the one before",
            ));
        }
        Ok(Self { vault, kind, place, key, part })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            vault: VaultId([1; 16]),
            kind: Kind::Record,
            place: Place { id: ObjectId([2; 16]), revision: 9, previous: Hash([3; 32]) },
            key: KeyId([4; 16]),
            part: Part::WHOLE,
        }
    }

    #[test]
    fn a_header_comes_back_and_has_one_length() {
        let bytes = header().write();
        assert_eq!(bytes.len(), HEADER_BYTES);
        assert_eq!(Header::read(&mut Reader::new(&bytes)), Ok(header()));
    }

    #[test]
    fn t3_an_older_or_newer_format_or_another_suite_is_refused_by_name() {
        let read = |at: usize, byte: u8| {
            let mut bytes = header().write();
            bytes[at] = byte;
            Header::read(&mut Reader::new(&bytes)).unwrap_err()
        };
        assert_eq!(read(2, b'X'), Error::NotOurs);
        assert_eq!(read(8, 0), Error::Older(0));
        assert_eq!(read(8, 2), Error::Newer(2));
        assert_eq!(read(12, 0), Error::Suite(0));
        assert_eq!(read(12, 2), Error::Suite(2));
    }

    /// T4: there is no kind and no flag by which a file could ask for a new key or a copy of one.
    #[test]
    fn t4_a_kind_or_flag_that_the_format_does_not_have_is_refused() {
        let written = header().write();
        let kind_at = 4 + 2 + 4 + 4 + 18 + 2;
        assert_eq!(written[kind_at], Kind::Record as u8);
        for kind in (0..=255).filter(|kind| Kind::ALL.iter().all(|known| *known as u8 != *kind)) {
            let mut bytes = written.clone();
            bytes[kind_at] = kind;
            assert!(Header::read(&mut Reader::new(&bytes)).is_err(), "{kind}");
        }
        for bit in 0..64 {
            let mut bytes = written.clone();
            bytes[HEADER_BYTES - 8 + bit / 8] ^= 1 << (bit % 8);
            assert!(Header::read(&mut Reader::new(&bytes)).is_err(), "flag {bit}");
        }
    }

    #[test]
    fn a_history_starts_with_nothing_before_it_and_goes_on_with_something() {
        for (revision, previous) in [(0, Hash::NONE), (1, Hash([3; 32])), (2, Hash::NONE)] {
            let mut broken = header();
            broken.place.revision = revision;
            broken.place.previous = previous;
            assert!(Header::read(&mut Reader::new(&broken.write())).is_err());
        }
    }
}
