//! The manifest: what there is, in which revision. Without it a store could lose or bring back whole records and every one
//! that is left would still open.
//!
//! A whole manifest lists everything; a change lists what one write changed, so that saving one entry among ten thousand
//! writes 4 KiB. Both count on in one sequence and each names the hash of the one before.

use order::Map;
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};

use crate::bytes::Reader;
use crate::error::Error;
use crate::header::{Kind, Part, Place};
use crate::id::{Hash, ObjectId, VaultId};
use crate::label::Label;
use crate::padding::pad;
use crate::phrase::six_words;
use crate::record::content;
use crate::sealed::{MAX_MANIFEST, Sealed};
use crate::slot::Slot;
use crate::vault::Vault;

const WHOLE: u8 = 1;
const CHANGE: u8 = 2;
/// Bytes of an entry: what, id, revision, hash, state.
pub(crate) const ENTRY_BYTES: usize = 1 + 16 + 8 + 32 + 1;
/// The most entries of a manifest.
pub const MAX_ENTRIES: usize = 1 << 20;

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listed {
    /// A record.
    Record = 1,
    /// An attachment, by the hash of its last part.
    Attachment = 2,
    /// A way in.
    Slot = 3,
}

/// Whether it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is there.
    Live = 0,
    /// Its newest revision is a tombstone.
    Deleted = 1,
    /// It is gone for good. The entry stays, so that it can never be brought back unnoticed.
    Purged = 2,
}

/// What the manifest knows of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its newest revision.
    pub revision: u64,
    /// The hash of that.
    pub hash: Hash,
    /// Whether it is there.
    pub state: State,
}

impl Entry {
    /// Of a record's newest revision, or an attachment's last part.
    pub fn of(sealed: &Sealed, state: State) -> Self {
        Self { revision: sealed.header().place.revision, hash: sealed.hash(), state }
    }

    /// Of a slot.
    pub fn slot(slot: &Slot, state: State) -> Self {
        Self { revision: 1, hash: slot.hash(), state }
    }

    /// Whether this may come after `before`: revisions only grow, and what is gone stays gone.
    fn may_follow(self, before: Self) -> bool {
        self == before
            || before.state != State::Purged
                && (self.revision > before.revision
                    || self.revision == before.revision
                        && self.hash == before.hash
                        && self.state == State::Purged)
    }
}

/// What is known, in which order it became known, and the hash that stands for all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    vault: VaultId,
    sequence: u64,
    head: Hash,
    entries: Map<(Listed, ObjectId), Entry>,
}

/// One line of a change.
pub type Change = (Listed, ObjectId, Entry);

impl Manifest {
    /// Of a new vault, before its first write.
    pub fn new(vault: &Vault) -> Self {
        Self { vault: vault.id(), sequence: 0, head: Hash::NONE, entries: Map::default() }
    }

    /// How many manifests and changes there were: the version number that the keeper sees.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The hash of the newest of them.
    pub fn head(&self) -> Hash {
        self.head
    }

    /// What is known of one thing.
    pub fn get(&self, listed: Listed, id: ObjectId) -> Option<Entry> {
        self.entries.get(&(listed, id)).copied()
    }

    /// Everything, in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = Change> + '_ {
        self.entries.iter().map(|(&(listed, id), &entry)| (listed, id, entry))
    }

    /// The same history going on with other entries: those of a new key.
    pub(crate) fn rekeyed(&self, entries: Map<(Listed, ObjectId), Entry>) -> Self {
        Self { entries, ..*self }
    }

    /// Seals everything anew.
    ///
    /// # Errors
    /// `OtherVault`.
    pub fn seal_whole(&mut self, vault: &Vault, rng: &mut dyn CryptoRng) -> Result<Sealed, Error> {
        let lines: Vec<_> = self.entries().collect();
        self.seal(vault, WHOLE, &lines, rng)
    }

    /// Notes changes and seals them. Nothing is noted if one of them is refused.
    ///
    /// # Errors
    /// `RolledBack` for a change that goes backwards; `TooLarge` beyond [`MAX_ENTRIES`]; `OtherVault`.
    pub fn seal_change(
        &mut self,
        vault: &Vault,
        changes: &[Change],
        rng: &mut dyn CryptoRng,
    ) -> Result<Sealed, Error> {
        if vault.id() != self.vault {
            return Err(Error::OtherVault);
        }
        // In the order of the file, and each thing once.
        let lines: Map<_, _> = changes.iter().map(|&(listed, id, entry)| ((listed, id), entry)).collect();
        let lines: Vec<_> = lines.into_iter().map(|((listed, id), entry)| (listed, id, entry)).collect();
        self.note(&lines)?;
        self.seal(vault, CHANGE, &lines, rng)
    }

    /// Notes lines, each about another thing, all or none.
    fn note(&mut self, lines: &[Change]) -> Result<(), Error> {
        let mut new = 0;
        for &(listed, id, entry) in lines {
            match self.get(listed, id) {
                Some(before) if !entry.may_follow(before) => return Err(Error::RolledBack),
                Some(_) => {}
                None => new += 1,
            }
        }
        if self.entries.len() + new > MAX_ENTRIES {
            return Err(Error::TooLarge("the manifest"));
        }
        self.entries.extend(lines.iter().map(|&(listed, id, entry)| ((listed, id), entry)));
        Ok(())
    }

    fn seal(
        &mut self,
        vault: &Vault,
        kind: u8,
        lines: &[Change],
        rng: &mut dyn CryptoRng,
    ) -> Result<Sealed, Error> {
        if vault.id() != self.vault {
            return Err(Error::OtherVault);
        }
        let place = Place { id: ObjectId::ONLY, revision: self.sequence + 1, previous: self.head };
        let sealed = vault.seal(Kind::Manifest, place, Part::WHOLE, &pad(kind, &write(lines)), rng);
        (self.sequence, self.head) = (place.revision, sealed.hash());
        Ok(sealed)
    }

    /// Opens a whole manifest.
    ///
    /// # Errors
    /// Those of opening; `Malformed` if it is a change.
    pub fn open(vault: &Vault, sealed: &Sealed) -> Result<Self, Error> {
        let (kind, lines) = Self::lines(vault, sealed)?;
        if kind != WHOLE {
            return Err(Error::Malformed("a change was given for a whole manifest"));
        }
        let entries = lines.into_iter().map(|(listed, id, entry)| ((listed, id), entry)).collect();
        let place = sealed.header().place;
        Ok(Self { vault: vault.id(), sequence: place.revision, head: sealed.hash(), entries })
    }

    /// Takes the next change, or the next whole manifest, which must say the same.
    ///
    /// # Errors
    /// Those of opening; `Missing` if one before it was left out; `RolledBack` if it is an older one; `Forked` if it follows
    /// another history or contradicts this one.
    pub fn follow(&mut self, vault: &Vault, sealed: &Sealed) -> Result<(), Error> {
        let (kind, lines) = Self::lines(vault, sealed)?;
        let place = sealed.header().place;
        if place.revision <= self.sequence {
            return Err(Error::RolledBack);
        }
        if place.revision > self.sequence + 1 {
            return Err(Error::Missing);
        }
        if place.previous != self.head || kind == WHOLE && !self.entries().eq(lines.iter().copied()) {
            return Err(Error::Forked);
        }
        self.note(&lines)?;
        (self.sequence, self.head) = (place.revision, sealed.hash());
        Ok(())
    }

    fn lines(vault: &Vault, sealed: &Sealed) -> Result<(u8, Vec<Change>), Error> {
        if sealed.header().place.id != ObjectId::ONLY {
            return Err(Error::OtherObject);
        }
        let plain = vault.open(Kind::Manifest, sealed)?;
        match content(&plain)? {
            (kind @ (WHOLE | CHANGE), lines) if lines.len() <= MAX_MANIFEST => Ok((kind, read_lines(lines)?)),
            _ => Err(Error::Malformed("the type of a manifest is unknown")),
        }
    }

    /// Six words that stand for all that this vault is at this moment, to be compared by eye between two devices or with a
    /// sheet of paper. They are no secret, open nothing, and mean nothing to one without the key.
    pub fn fingerprint(&self, vault: &Vault) -> Fingerprint {
        let lines: Vec<_> = self.entries().collect();
        let state = Sha256::digest(write(&lines));
        let mixed = vault.derive(Label::Fingerprint, &[&self.sequence.to_le_bytes(), &state]);
        Fingerprint { words: six_words(mixed.expose()), version: self.sequence }
    }
}

/// What the keeper sees of a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Six words of the BIP39 list.
    pub words: [&'static str; 6],
    /// The sequence number.
    pub version: u64,
}

fn write(lines: &[Change]) -> Vec<u8> {
    let mut out = Vec::with_capacity(4 + lines.len() * ENTRY_BYTES);
    out.extend_from_slice(&(lines.len() as u32).to_le_bytes());
    for (listed, id, entry) in lines {
        out.push(*listed as u8);
        out.extend_from_slice(&id.0);
        out.extend_from_slice(&entry.revision.to_le_bytes());
        out.extend_from_slice(&entry.hash.0);
        out.push(entry.state as u8);
    }
    out
}

/// Reads the lines in a manifest's content: sorted, and each about another thing.
///
/// # Errors
/// `Malformed`, `TooLarge`.
pub fn read_lines(bytes: &[u8]) -> Result<Vec<Change>, Error> {
    let mut reader = Reader::new(bytes);
    let count = reader.count(ENTRY_BYTES)?;
    if count > MAX_ENTRIES {
        return Err(Error::TooLarge("the manifest"));
    }
    let mut lines: Vec<Change> = Vec::with_capacity(count);
    for _ in 0..count {
        let listed = match reader.u8()? {
            1 => Listed::Record,
            2 => Listed::Attachment,
            3 => Listed::Slot,
            _ => return Err(Error::Malformed("the manifest lists what this format does not have")),
        };
        let id = ObjectId(reader.array()?);
        let (revision, hash) = (reader.u64()?, Hash(reader.array()?));
        let state = match reader.u8()? {
            0 => State::Live,
            1 => State::Deleted,
            2 => State::Purged,
            _ => return Err(Error::Malformed("the manifest has a state that this format does not have")),
        };
        if revision == 0 || lines.last().is_some_and(|(before, other, _)| (*before, *other) >= (listed, id)) {
            return Err(Error::Malformed("the lines of the manifest are out of order"));
        }
        lines.push((listed, id, Entry { revision, hash, state }));
    }
    reader.end()?;
    Ok(lines)
}
