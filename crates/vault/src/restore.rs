//! Reading a backup that anyone may have made: its frames, without a key. Whether they are true is `check`'s business.

use sha2::{Digest, Sha256};

use crate::backup::{BACKUP_MAGIC, FRAME_BYTES, FrameType, MAX_FRAMES, PROLOGUE_BYTES, check_order};
use crate::bytes::Reader;
use crate::error::Error;
use crate::header::{FORMAT, Kind, Place, SUITE};
use crate::id::{KeyId, ObjectId, VaultId};
use crate::sealed::Sealed;
use crate::slot::Slot;
use crate::ways::MAX_SLOTS;

/// The next thing in a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Whose it is.
    Begin(VaultId, KeyId, ObjectId),
    /// A way in. All of them come first.
    Slot(Box<Slot>),
    /// What there must be.
    Manifest(Sealed),
    /// A revision of a record.
    Record(Sealed),
    /// A part of an attachment.
    Attachment(Sealed),
    /// The seal at the end, and what was counted up to it.
    End(Sealed, Counted),
}

/// What a reader counted before the end of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub(crate) frames: u64,
    pub(crate) bytes: u64,
    pub(crate) digest: [u8; 32],
}

/// Takes bytes as they come and gives frames. Holds at most one frame and what was pushed last.
#[derive(Debug, Default)]
pub struct BackupReader {
    buffer: Vec<u8>,
    /// How much of the buffer was taken already. It is let go when more is pushed, so that a large push is moved once.
    taken: usize,
    begun: bool,
    ended: bool,
    slots: usize,
    last: Option<(FrameType, Place, u32)>,
    frames: u64,
    bytes: u64,
    digest: Sha256,
}

impl BackupReader {
    /// Before the first byte.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives it the next bytes of the file. Take all frames before pushing again.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.taken);
        self.taken = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next frame, or none until more bytes come.
    ///
    /// # Errors
    /// `NotOurs`, `Older`, `Newer`, `Suite`; `TooLarge` before a frame that is larger than its type allows is waited for;
    /// `OutOfOrder`; `Malformed`; those of parsing a slot or something sealed.
    pub fn frame(&mut self) -> Result<Option<Frame>, Error> {
        if self.ended {
            return if self.rest().is_empty() {
                Ok(None)
            } else {
                Err(Error::Malformed("something follows its end"))
            };
        }
        if !self.begun {
            return self.begin();
        }
        let Some((head, rest)) = self.rest().split_first_chunk::<FRAME_BYTES>() else { return Ok(None) };
        let frame = FrameType::read(head[0])?;
        let length = u32::from_le_bytes([head[1], head[2], head[3], head[4]]) as usize;
        if length > frame.max() || self.frames > MAX_FRAMES {
            return Err(Error::TooLarge("a frame of the backup"));
        }
        let Some(bytes) = rest.get(..length) else { return Ok(None) };
        let bytes = bytes.to_vec();
        if frame == FrameType::Slot { self.slot(bytes, length) } else { self.sealed(frame, bytes, length) }
    }

    /// Whether the file may end here.
    ///
    /// # Errors
    /// `Unfinished` before its end.
    pub fn end(&self) -> Result<(), Error> {
        if self.ended && self.rest().is_empty() { Ok(()) } else { Err(Error::Unfinished) }
    }

    fn begin(&mut self) -> Result<Option<Frame>, Error> {
        let start = self.rest();
        if !BACKUP_MAGIC.starts_with(start.get(..4).unwrap_or(start)) {
            return Err(Error::NotOurs);
        }
        let Some(prologue) = start.get(4..PROLOGUE_BYTES) else { return Ok(None) };
        let mut reader = Reader::new(prologue);
        match reader.u16()? {
            FORMAT => {}
            format if format < FORMAT => return Err(Error::Older(format)),
            format => return Err(Error::Newer(format)),
        }
        match reader.u16()? {
            SUITE => {}
            suite => return Err(Error::Suite(suite)),
        }
        let frame = Frame::Begin(VaultId(reader.array()?), KeyId(reader.array()?), ObjectId(reader.array()?));
        self.begun = true;
        self.take(PROLOGUE_BYTES);
        Ok(Some(frame))
    }

    fn slot(&mut self, bytes: Vec<u8>, length: usize) -> Result<Option<Frame>, Error> {
        if self.last.is_some() {
            return Err(Error::OutOfOrder);
        }
        if self.slots >= MAX_SLOTS {
            return Err(Error::TooLarge("the number of slots"));
        }
        let slot = Slot::parse(bytes)?;
        self.slots += 1;
        self.frames += 1;
        self.take(FRAME_BYTES + length);
        Ok(Some(Frame::Slot(Box::new(slot))))
    }

    fn sealed(&mut self, frame: FrameType, bytes: Vec<u8>, length: usize) -> Result<Option<Frame>, Error> {
        let sealed = Sealed::parse(bytes)?;
        let header = *sealed.header();
        let kind = match frame {
            FrameType::Manifest => Kind::Manifest,
            FrameType::Record => Kind::Record,
            FrameType::Attachment => Kind::Attachment,
            FrameType::End | FrameType::Slot => Kind::Backup,
        };
        if header.kind != kind {
            return Err(Error::OtherObject);
        }
        if self.slots == 0 || (frame == FrameType::Manifest) != self.last.is_none() {
            return Err(Error::OutOfOrder);
        }
        let place = (frame, header.place, header.part.index);
        check_order(self.last, place)?;
        self.last = Some(place);
        if frame == FrameType::End {
            let digest = self.digest.clone().finalize().into();
            let counted = Counted { frames: self.frames, bytes: self.bytes, digest };
            self.ended = true;
            self.take(FRAME_BYTES + length);
            return Ok(Some(Frame::End(sealed, counted)));
        }
        self.frames += 1;
        self.take(FRAME_BYTES + length);
        Ok(Some(match frame {
            FrameType::Manifest => Frame::Manifest(sealed),
            FrameType::Record => Frame::Record(sealed),
            _ => Frame::Attachment(sealed),
        }))
    }

    fn rest(&self) -> &[u8] {
        &self.buffer[self.taken..]
    }

    fn take(&mut self, length: usize) {
        self.digest.update(&self.buffer[self.taken..self.taken + length]);
        self.bytes += length as u64;
        self.taken += length;
    }
}
