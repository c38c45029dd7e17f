//! Records: what a keeper wrote, sealed one by one, each with its history.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::header::{Kind, Part, Place};
use crate::padding::{pad, padded, unpad};
use crate::sealed::{MAX_RECORD, Sealed};
use crate::vault::Vault;

/// How long a deletion can be undone: 30 days, in milliseconds.
pub const UNDO_MILLISECONDS: u64 = 30 * 24 * 60 * 60 * 1000;

const CONTENT: u8 = 0;
const TOMBSTONE: u8 = 1;

/// What is inside a record. From outside, short content and a tombstone look the same.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// Bytes whose meaning is the journal's: kind, date, title, tags and text are all in here.
    Content(Zeroizing<Vec<u8>>),
    /// The record was deleted. What it said is in the revision before, as long as that is kept.
    Tombstone(Tombstone),
}

impl Body {
    /// Content from bytes, which are copied.
    pub fn content(bytes: &[u8]) -> Self {
        Self::Content(Zeroizing::new(bytes.to_vec()))
    }
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Content(_) => f.write_str("Content(…)"),
            Self::Tombstone(_) => f.write_str("Tombstone(…)"),
        }
    }
}

/// A deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// When, in milliseconds since 1970 UTC, by the clock of the device that deleted.
    pub deleted_at: u64,
}

impl Tombstone {
    /// Until when it can be undone, in milliseconds since 1970 UTC.
    pub fn undo_until(self) -> u64 {
        self.deleted_at.saturating_add(UNDO_MILLISECONDS)
    }

    /// Whether what was deleted may go for good. A clock that was set back only keeps things longer.
    ///
    /// # Errors
    /// `StillKept` before [`Tombstone::undo_until`].
    pub fn may_purge(self, now: u64) -> Result<(), Error> {
        if now >= self.undo_until() { Ok(()) } else { Err(Error::StillKept) }
    }
}

impl Vault {
    /// Seals one revision of a record.
    ///
    /// # Errors
    /// `TooLarge` above [`MAX_RECORD`] bytes.
    pub fn seal_record(&self, place: Place, body: &Body, rng: &mut dyn CryptoRng) -> Result<Sealed, Error> {
        let padded = match body {
            Body::Content(content) if content.len() > MAX_RECORD => return Err(Error::TooLarge("a record")),
            Body::Content(content) => pad(CONTENT, content),
            Body::Tombstone(tombstone) => pad(TOMBSTONE, &tombstone.deleted_at.to_le_bytes()),
        };
        Ok(self.seal(Kind::Record, place, Part::WHOLE, &padded, rng))
    }

    /// Opens one revision of a record.
    ///
    /// # Errors
    /// `OtherVault`, `OtherKey`, `OtherObject`, `Commitment`, `Damaged`, or `Malformed` for content that we did not write.
    pub fn open_record(&self, sealed: &Sealed) -> Result<Body, Error> {
        let plain = self.open(Kind::Record, sealed)?;
        match content(&plain)? {
            (CONTENT, content) if content.len() > MAX_RECORD => Err(Error::TooLarge("a record")),
            (CONTENT, content) => Ok(Body::content(content)),
            (TOMBSTONE, content) => {
                let deleted_at =
                    content.try_into().map_err(|_| Error::Malformed("a tombstone has 8 bytes"))?;
                Ok(Body::Tombstone(Tombstone { deleted_at: u64::from_le_bytes(deleted_at) }))
            }
            _ => Err(Error::Malformed("the type of a record is unknown")),
        }
    }
}

/// Type and content of what was padded on its own, if it was padded to the right size.
pub(crate) fn content(plain: &[u8]) -> Result<(u8, &[u8]), Error> {
    let (kind, content) = unpad(plain)?;
    if padded(crate::padding::PREFIX + content.len()) == plain.len() {
        Ok((kind, content))
    } else {
        Err(Error::Malformed("the padding is not as it must be"))
    }
}
