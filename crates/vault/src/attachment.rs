//! Attachments: photos, drawings, recordings. Cut into parts that are sealed one after another, each naming the one before, so
//! that parts can be stored while a recording still goes on, and none can be moved, doubled, left out or mixed in.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::header::{Kind, Part, Place};
use crate::id::{Hash, ObjectId};
use crate::padding::{PREFIX, pad_to, padded, unpad};
use crate::sealed::{PART_BYTES, Sealed};
use crate::vault::Vault;

/// The largest attachment: 1 GiB.
pub const MAX_ATTACHMENT: u64 = 1 << 30;

const BYTES: u8 = 0;

/// Seals an attachment part by part: push bytes, take parts; at the end say so and take the rest.
#[derive(Debug)]
pub struct AttachmentSealer {
    next: Place,
    index: u32,
    waiting: Waiting,
    /// Bytes pushed so far.
    length: u64,
    /// Once the end was said: how many bytes of parts are still to come, padding included.
    left: Option<u64>,
}

struct Waiting(Zeroizing<Vec<u8>>);

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl AttachmentSealer {
    /// A new attachment. An attachment is never changed: another content gets another id.
    pub fn new(id: ObjectId) -> Self {
        let waiting = Waiting(Zeroizing::new(Vec::with_capacity(2 * PART_BYTES)));
        Self { next: Place::first(id), index: 0, waiting, length: 0, left: None }
    }

    /// Goes on with an attachment that was cut off, after the parts that `opener` has opened.
    ///
    /// # Errors
    /// `OutOfOrder` if they have ended, or if one of them was not full: then nothing but padding may follow.
    pub fn resume(opener: &AttachmentOpener) -> Result<Self, Error> {
        if opener.ended || opener.padding {
            return Err(Error::OutOfOrder);
        }
        Ok(Self {
            next: opener.next,
            index: opener.index,
            length: opener.length,
            ..Self::new(opener.next.id)
        })
    }

    /// Adds bytes at the end: at most [`PART_BYTES`] at a time, with all ready parts taken in between. So memory stays small, and
    /// the buffer never moves and leaves a copy behind.
    ///
    /// # Errors
    /// `TooLarge` beyond [`MAX_ATTACHMENT`], or for more than two parts waiting; `OutOfOrder` after the end.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if self.left.is_some() {
            return Err(Error::OutOfOrder);
        }
        if self.waiting.0.len() + bytes.len() > 2 * PART_BYTES {
            return Err(Error::TooLarge("what was given of an attachment at once"));
        }
        let length = self.length + bytes.len() as u64;
        if length > MAX_ATTACHMENT {
            return Err(Error::TooLarge("an attachment"));
        }
        self.length = length;
        self.waiting.0.extend_from_slice(bytes);
        Ok(())
    }

    /// Says that no more bytes come. The parts that are left then hold the rest and the padding.
    pub fn end(&mut self) {
        if self.left.is_none() {
            let given = u64::from(self.index) * PART_BYTES as u64;
            self.left = Some(padded(self.length as usize) as u64 - given);
        }
    }

    /// The next part, if there is enough for one. After [`AttachmentSealer::end`] take parts until there is none.
    pub fn part(&mut self, vault: &Vault, rng: &mut dyn CryptoRng) -> Option<Sealed> {
        let size = match self.left {
            // A full part waits until more comes: it could be the last.
            None if self.waiting.0.len() > PART_BYTES => PART_BYTES,
            None | Some(0) => return None,
            Some(left) => left.min(PART_BYTES as u64) as usize,
        };
        let take = size.min(self.waiting.0.len());
        let plain = pad_to(BYTES, &self.waiting.0[..take], PREFIX + size);
        self.waiting.0.drain(..take);
        if let Some(left) = &mut self.left {
            *left -= size as u64;
        }
        let part = Part { index: self.index, last: self.left == Some(0) };
        let sealed = vault.seal(Kind::Attachment, self.next, part, &plain, rng);
        self.next.previous = sealed.hash();
        self.index += 1;
        Some(sealed)
    }
}

/// Opens an attachment part by part.
#[derive(Debug)]
pub struct AttachmentOpener {
    next: Place,
    index: u32,
    length: u64,
    capacity: u64,
    /// Whether a part was not full: nothing but padding may follow.
    padding: bool,
    ended: bool,
}

impl AttachmentOpener {
    /// For the attachment of this id.
    pub fn new(id: ObjectId) -> Self {
        let next = Place::first(id);
        Self { next, index: 0, length: 0, capacity: 0, padding: false, ended: false }
    }

    /// Opens the next part and gives its bytes. They are authentic, in order and of one sealing; whether they are all shows
    /// only at the end.
    ///
    /// # Errors
    /// `OutOfOrder` for any part but the next; those of opening.
    pub fn part(&mut self, vault: &Vault, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, Error> {
        let header = sealed.header();
        vault.same_as(header.vault, header.key)?;
        if header.kind != Kind::Attachment || header.place.id != self.next.id {
            return Err(Error::OtherObject);
        }
        if self.ended || header.part.index != self.index || header.place != self.next {
            return Err(Error::OutOfOrder);
        }
        let plain = vault.open(Kind::Attachment, sealed)?;
        let (kind, bytes) = unpad(&plain)?;
        let size = plain.len() - PREFIX;
        if kind != BYTES || (self.padding && !bytes.is_empty()) || size > PART_BYTES {
            return Err(Error::Malformed("a part of an attachment holds what it must not"));
        }
        self.length += bytes.len() as u64;
        self.capacity += size as u64;
        if self.length > MAX_ATTACHMENT {
            return Err(Error::TooLarge("an attachment"));
        }
        if header.part.last && padded(self.length as usize) as u64 != self.capacity {
            return Err(Error::Malformed("the padding is not as it must be"));
        }
        self.padding |= bytes.len() < size;
        self.ended = header.part.last;
        self.next.previous = sealed.hash();
        self.index += 1;
        Ok(Zeroizing::new(bytes.to_vec()))
    }

    /// Says that no more parts come.
    ///
    /// # Errors
    /// `Unfinished` if the last part was not there, as when a recording was cut; what came so far is authentic all the same.
    pub fn end(&self) -> Result<Attached, Error> {
        if self.ended {
            Ok(Attached { length: self.length, parts: self.index, last: self.next.previous })
        } else {
            Err(Error::Unfinished)
        }
    }
}

/// A whole attachment, opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attached {
    /// How many bytes it has.
    pub length: u64,
    /// In how many parts.
    pub parts: u32,
    /// The hash of the last part, which stands for all of them.
    pub last: Hash,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Chance;

    #[test]
    fn an_attachment_beyond_the_limit_is_refused() {
        let mut sealer = AttachmentSealer::new(ObjectId([1; 16]));
        sealer.length = MAX_ATTACHMENT - 1;
        assert_eq!(sealer.push(b"1"), Ok(()));
        assert_eq!(sealer.push(b"2"), Err(Error::TooLarge("an attachment")));
    }

    fn taken(sealer: &mut AttachmentSealer, vault: &Vault, rng: &mut Chance) -> Vec<Sealed> {
        std::iter::from_fn(|| sealer.part(vault, rng)).collect()
    }

    #[test]
    fn an_attachment_that_was_cut_off_goes_on_where_it_stopped() {
        let rng = &mut Chance::new("cut off");
        let vault = Vault::create(rng).unwrap();
        let bytes: Vec<u8> = (0..3 * PART_BYTES + 77).map(|at| at as u8).collect();
        let mut sealer = AttachmentSealer::new(ObjectId([1; 16]));
        let mut parts = Vec::new();
        for piece in bytes[..2 * PART_BYTES + 5].chunks(PART_BYTES) {
            sealer.push(piece).unwrap();
            parts.extend(taken(&mut sealer, &vault, rng));
        }
        assert_eq!(parts.len(), 2);

        let mut opener = AttachmentOpener::new(ObjectId([1; 16]));
        parts.iter().for_each(|part| drop(opener.part(&vault, part).unwrap()));
        let mut sealer = AttachmentSealer::resume(&opener).unwrap();
        for piece in bytes[2 * PART_BYTES..].chunks(PART_BYTES) {
            sealer.push(piece).unwrap();
            parts.extend(taken(&mut sealer, &vault, rng));
        }
        sealer.end();
        parts.extend(taken(&mut sealer, &vault, rng));

        let mut opener = AttachmentOpener::new(ObjectId([1; 16]));
        let opened: Vec<u8> =
            parts.iter().flat_map(|part| opener.part(&vault, part).unwrap().to_vec()).collect();
        assert_eq!(opened, bytes);
        assert_eq!(opener.end().unwrap().length, bytes.len() as u64);
        assert_eq!(AttachmentSealer::resume(&opener).unwrap_err(), Error::OutOfOrder);
    }
}
