//! High-water marks: what this device has seen at least. They are kept apart from what they guard, so that a whole store that
//! was put back to an older, consistent state is noticed.

use order::Map;
use rand_core::CryptoRng;

use crate::bytes::Reader;
use crate::error::Error;
use crate::header::{Kind, Part, Place};
use crate::id::{Hash, ObjectId};
use crate::manifest::{MAX_ENTRIES, Manifest};
use crate::padding::pad;
use crate::record::content;
use crate::sealed::Sealed;
use crate::vault::Vault;

const TYPE: u8 = 1;
const MARK_BYTES: usize = 1 + 16 + 8;

/// The newest manifest that was seen, and the newest revision of everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    next: Place,
    sequence: u64,
    head: Hash,
    revisions: Map<(u8, ObjectId), u64>,
}

impl Default for Marks {
    fn default() -> Self {
        let next = Place::first(ObjectId::ONLY);
        Self { next, sequence: 0, head: Hash::NONE, revisions: Map::default() }
    }
}

impl Marks {
    /// Whether a manifest is at least what was seen. One that has less, or nothing, deletes nothing: it is refused.
    ///
    /// # Errors
    /// `RolledBack` if it or anything in it is older, or not there; `Forked` if it has the number that was seen and is another.
    pub fn check(&self, manifest: &Manifest) -> Result<(), Error> {
        if manifest.sequence() < self.sequence {
            return Err(Error::RolledBack);
        }
        if manifest.sequence() == self.sequence && manifest.head() != self.head {
            return Err(Error::Forked);
        }
        let mut there = Map::default();
        there.extend(manifest.entries().map(|(listed, id, entry)| ((listed as u8, id), entry.revision)));
        let below = |(thing, revision): (_, &u64)| there.get(thing).is_none_or(|found| found < revision);
        if self.revisions.iter().any(below) { Err(Error::RolledBack) } else { Ok(()) }
    }

    /// Raises the marks to a manifest that passed.
    ///
    /// # Errors
    /// Those of [`Marks::check`]; then nothing is raised.
    pub fn raise(&mut self, manifest: &Manifest) -> Result<(), Error> {
        self.check(manifest)?;
        (self.sequence, self.head) = (manifest.sequence(), manifest.head());
        self.revisions = manifest.entries().map(|(listed, id, e)| ((listed as u8, id), e.revision)).collect();
        Ok(())
    }

    /// Seals the marks.
    pub fn seal(&mut self, vault: &Vault, rng: &mut dyn CryptoRng) -> Sealed {
        let mut out = self.sequence.to_le_bytes().to_vec();
        out.extend_from_slice(&self.head.0);
        out.extend_from_slice(&(self.revisions.len() as u32).to_le_bytes());
        for ((listed, id), revision) in self.revisions.iter() {
            out.push(*listed);
            out.extend_from_slice(&id.0);
            out.extend_from_slice(&revision.to_le_bytes());
        }
        let sealed = vault.seal(Kind::Marks, self.next, Part::WHOLE, &pad(TYPE, &out), rng);
        self.next = sealed.next();
        sealed
    }

    /// Opens marks.
    ///
    /// # Errors
    /// Those of opening; `Malformed`.
    pub fn open(vault: &Vault, sealed: &Sealed) -> Result<Self, Error> {
        if sealed.header().place.id != ObjectId::ONLY {
            return Err(Error::OtherObject);
        }
        let plain = vault.open(Kind::Marks, sealed)?;
        let (TYPE, marks) = content(&plain)? else {
            return Err(Error::Malformed("the type of marks is unknown"));
        };
        let mut reader = Reader::new(marks);
        let (sequence, head) = (reader.u64()?, Hash(reader.array()?));
        let count = reader.count(MARK_BYTES)?;
        if count > MAX_ENTRIES {
            return Err(Error::TooLarge("the list of marks"));
        }
        let mut revisions = Map::default();
        let mut before = None;
        for _ in 0..count {
            let thing = (reader.u8()?, ObjectId(reader.array()?));
            if !(1..=3).contains(&thing.0) || before.is_some_and(|before| before >= thing) {
                return Err(Error::Malformed("the marks are out of order"));
            }
            before = Some(thing);
            revisions.insert(thing, reader.u64()?);
        }
        reader.end()?;
        Ok(Self { next: sealed.next(), sequence, head, revisions })
    }
}
