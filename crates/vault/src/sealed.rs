//! Sealed bytes whose header was read: all that storage, sync and backup ever handle.

use crate::bytes::Reader;
use crate::error::Error;
use crate::header::{HEADER_BYTES, Header, Kind, Place};
use crate::id::Hash;
use crate::padding::{FLOOR, padded};
use crate::suite::SEAL_BYTES;

/// The largest content of a record, in bytes. What is larger is an attachment.
pub const MAX_RECORD: usize = 4 << 20;
/// The largest content of a manifest: 2^20 entries fit, and no more are read.
pub const MAX_MANIFEST: usize = 64 << 20;
/// The most bytes that one part of an attachment holds, padding included.
pub const PART_BYTES: usize = 64 << 10;

/// Something sealed. Made by sealing or by [`Sealed::parse`], so its header is well-formed and its size allowed; whether it
/// is authentic shows only on opening.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    header: Header,
    hash: Hash,
    bytes: Vec<u8>,
}

impl Sealed {
    pub(crate) fn made(header: Header, bytes: Vec<u8>) -> Self {
        Self { header, hash: Hash::of(&bytes), bytes }
    }

    /// Reads the header of bytes that anyone may have made.
    ///
    /// # Errors
    /// Those of a header; `TooLarge`; `OtherObject` for a slot, which is read elsewhere; `Malformed` for a size that padding
    /// cannot give.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, Error> {
        let header = Header::read(&mut Reader::new(&bytes))?;
        if header.kind.is_slot() {
            return Err(Error::OtherObject);
        }
        if bytes.len() > Self::max(header.kind) {
            return Err(Error::TooLarge("it"));
        }
        let content = bytes.len().saturating_sub(HEADER_BYTES + SEAL_BYTES);
        let fits = match header.kind {
            // The last part is cut where the padding of the whole ends.
            Kind::Attachment if header.part.last => content > crate::padding::PREFIX,
            Kind::Attachment => content == crate::padding::PREFIX + PART_BYTES,
            _ => content >= FLOOR && padded(content) == content,
        };
        if fits {
            Ok(Self::made(header, bytes))
        } else {
            Err(Error::Malformed("its size is not a padded one"))
        }
    }

    /// The most bytes that something of this kind takes, sealed.
    pub fn max(kind: Kind) -> usize {
        HEADER_BYTES
            + SEAL_BYTES
            + match kind {
                Kind::Attachment => crate::padding::PREFIX + PART_BYTES,
                Kind::Manifest | Kind::Marks => padded(MAX_MANIFEST + crate::padding::PREFIX),
                _ => padded(MAX_RECORD + crate::padding::PREFIX),
            }
    }

    /// What stands before it in the clear. Not to be believed before it was opened.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The hash over all its bytes: the next revision names it, and so does the manifest.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Where the revision after this one stands.
    pub fn next(&self) -> Place {
        let Place { id, revision, .. } = self.header.place;
        Place { id, revision: revision.saturating_add(1), previous: self.hash }
    }

    /// All its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All its bytes, to be stored.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({:?}, {} bytes)", self.header, self.bytes.len())
    }
}
