//! The backup: one file that holds ways in, the manifest and everything it lists. It is written and read front to back, a
//! frame at a time, so that its size needs no memory. Nothing in it is compressed and nothing in it is a path.

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::header::{FORMAT, Kind, Part, Place, SUITE};
use crate::id::{KeyId, ObjectId, VaultId};
use crate::padding::pad;
use crate::record::content;
use crate::sealed::Sealed;
use crate::slot::{MAX_SLOT, Slot, SlotKind};
use crate::vault::Vault;
use crate::ways::{MAX_SLOTS, Ways};

/// The first bytes of a backup.
pub const BACKUP_MAGIC: [u8; 4] = *b"DWVB";
/// Bytes before the first frame: magic, format, suite, vault id, key id, backup id.
pub const PROLOGUE_BYTES: usize = 4 + 2 + 2 + 16 + 16 + 16;
/// Bytes before what a frame holds: its type and its length.
pub(crate) const FRAME_BYTES: usize = 1 + 4;
/// The most frames of a backup.
pub const MAX_FRAMES: u64 = 1 << 24;

const TYPE: u8 = 1;

/// What a frame holds. Frames stand in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FrameType {
    Slot = 1,
    Manifest = 2,
    Record = 3,
    Attachment = 4,
    End = 5,
}

impl FrameType {
    pub fn read(byte: u8) -> Result<Self, Error> {
        [Self::Slot, Self::Manifest, Self::Record, Self::Attachment, Self::End]
            .into_iter()
            .find(|&known| known as u8 == byte)
            .ok_or(Error::Malformed("a frame of the backup is unknown"))
    }

    /// The most bytes such a frame holds.
    pub fn max(self) -> usize {
        match self {
            Self::Slot => MAX_SLOT,
            Self::Manifest => Sealed::max(Kind::Manifest),
            Self::Record => Sealed::max(Kind::Record),
            Self::Attachment => Sealed::max(Kind::Attachment),
            Self::End => Sealed::max(Kind::Backup),
        }
    }

    fn of(kind: Kind) -> Result<Self, Error> {
        match kind {
            Kind::Manifest => Ok(Self::Manifest),
            Kind::Record => Ok(Self::Record),
            Kind::Attachment => Ok(Self::Attachment),
            _ => Err(Error::OtherObject),
        }
    }
}

/// What the seal at the end says about the file before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// When the backup was made, in milliseconds since 1970 UTC.
    pub made_at: u64,
    /// How many frames stand before the end.
    pub frames: u64,
    /// How many bytes stand before the end.
    pub bytes: u64,
    /// SHA-256 over those bytes.
    pub(crate) digest: [u8; 32],
}

impl Ending {
    fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        [self.made_at, self.frames, self.bytes]
            .iter()
            .for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
        out.extend_from_slice(&self.digest);
        out
    }

    /// Opens the seal.
    pub(crate) fn open(vault: &Vault, backup: ObjectId, sealed: &Sealed) -> Result<Self, Error> {
        if sealed.header().place.id != backup {
            return Err(Error::OtherObject);
        }
        let plain = vault.open(Kind::Backup, sealed)?;
        let (TYPE, ending) = content(&plain)? else {
            return Err(Error::Malformed("the type of a backup's end is unknown"));
        };
        let mut reader = crate::bytes::Reader::new(ending);
        let (made_at, frames, bytes) = (reader.u64()?, reader.u64()?, reader.u64()?);
        let digest = reader.array()?;
        reader.end()?;
        Ok(Self { made_at, frames, bytes, digest })
    }
}

/// Which ways in a backup gets. With a passphrase of its own, none that opens with the vault's: a file that lies in a cloud
/// is as strong as its weakest way in.
pub fn ways_for_backup(ways: &Ways, own: Option<Slot>) -> Vec<Slot> {
    let kept = |slot: &&Slot| own.is_none() || slot.kind() != SlotKind::Passphrase;
    let mut slots: Vec<_> = ways.slots().iter().filter(kept).cloned().collect();
    slots.truncate(MAX_SLOTS - usize::from(own.is_some()));
    slots.extend(own.clone());
    slots
}

/// Writes a backup. Each call gives the next bytes of the file.
#[derive(Debug)]
pub struct BackupWriter {
    id: ObjectId,
    vault: VaultId,
    key: KeyId,
    last: Option<(FrameType, Place, u32)>,
    frames: u64,
    bytes: u64,
    digest: Sha256,
}

impl BackupWriter {
    /// Starts a file with the ways in and a whole manifest.
    ///
    /// # Errors
    /// `OtherVault`, `OtherKey`, `OtherObject` for anything that is not of this vault; `TooLarge` for too many slots;
    /// `LastSlot` for none, since nobody could ever open it.
    pub fn begin(
        vault: &Vault,
        slots: &[Slot],
        manifest: &Sealed,
        rng: &mut dyn CryptoRng,
    ) -> Result<(Self, Vec<u8>), Error> {
        if slots.is_empty() {
            return Err(Error::LastSlot);
        }
        Ways::of(vault, slots.to_vec())?;
        let id = ObjectId::random(rng);
        let mut out = BACKUP_MAGIC.to_vec();
        out.extend_from_slice(&FORMAT.to_le_bytes());
        out.extend_from_slice(&SUITE.to_le_bytes());
        [vault.id().0, vault.key_id().0, id.0].iter().for_each(|name| out.extend_from_slice(name));
        let mut writer = Self {
            id,
            vault: vault.id(),
            key: vault.key_id(),
            last: None,
            frames: 0,
            bytes: out.len() as u64,
            digest: Sha256::new_with_prefix(&out),
        };
        slots.iter().for_each(|slot| out.extend(writer.frame(FrameType::Slot, slot.as_bytes())));
        if manifest.header().kind != Kind::Manifest {
            return Err(Error::OtherObject);
        }
        out.extend(writer.add(manifest)?);
        Ok((writer, out))
    }

    /// Adds a revision of a record or a part of an attachment, as it is stored: also one that no longer opens, which a later
    /// program may read. Records come before attachments; both by id, and each from its first to its last.
    ///
    /// # Errors
    /// `OutOfOrder`; `OtherVault`, `OtherKey`, `OtherObject`; `TooLarge` beyond [`MAX_FRAMES`].
    pub fn add(&mut self, sealed: &Sealed) -> Result<Vec<u8>, Error> {
        let header = sealed.header();
        let frame = FrameType::of(header.kind)?;
        if header.vault != self.vault {
            return Err(Error::OtherVault);
        }
        if header.key != self.key {
            return Err(Error::OtherKey);
        }
        if self.frames >= MAX_FRAMES {
            return Err(Error::TooLarge("a backup"));
        }
        check_order(self.last, (frame, header.place, header.part.index))?;
        self.last = Some((frame, header.place, header.part.index));
        Ok(self.frame(frame, sealed.as_bytes()))
    }

    /// Ends the file with a seal over all of it. `now` in milliseconds since 1970 UTC. It is not a backup before it was read
    /// back and checked.
    ///
    /// # Errors
    /// `OtherVault`, `OtherKey`.
    pub fn end(mut self, vault: &Vault, now: u64, rng: &mut dyn CryptoRng) -> Result<Vec<u8>, Error> {
        vault.same_as(self.vault, self.key)?;
        let digest = self.digest.clone().finalize().into();
        let ending = Ending { made_at: now, frames: self.frames, bytes: self.bytes, digest };
        let padded = pad(TYPE, &ending.write());
        let sealed = vault.seal(Kind::Backup, Place::first(self.id), Part::WHOLE, &padded, rng);
        Ok(self.frame(FrameType::End, sealed.as_bytes()))
    }

    fn frame(&mut self, frame: FrameType, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(FRAME_BYTES + bytes.len());
        out.push(frame as u8);
        out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        out.extend_from_slice(bytes);
        self.digest.update(&out);
        self.bytes += out.len() as u64;
        self.frames += 1;
        out
    }
}

/// Frames rise by type, then by id, then by revision and part. One manifest only.
pub(crate) fn check_order(
    last: Option<(FrameType, Place, u32)>,
    (frame, place, part): (FrameType, Place, u32),
) -> Result<(), Error> {
    let key = |frame, place: Place, part| (frame, place.id, place.revision, part);
    let rises = last.is_none_or(|(before, at, index)| {
        key(before, at, index) < key(frame, place, part)
            && !(before == FrameType::Manifest && frame == FrameType::Manifest)
    });
    if rises { Ok(()) } else { Err(Error::OutOfOrder) }
}
