//! Changing the vault key: everything is opened under the old key and sealed under a new one, beside the old store, and the
//! new one counts only when nothing is missing. A change of keys over half a store has cost others everything. No program of ours
//! offers it yet; sync will, for a device that was lost.

use order::Map;
use rand_core::CryptoRng;

use crate::attachment::{AttachmentOpener, AttachmentSealer};
use crate::error::Error;
use crate::header::Place;
use crate::id::ObjectId;
use crate::manifest::{Entry, Listed, Manifest, State};
use crate::sealed::Sealed;
use crate::vault::Vault;
use crate::verify::verify_history;

/// A change of keys under way.
#[derive(Debug)]
pub struct Rotation<'a> {
    old: &'a Vault,
    new: Vault,
    manifest: &'a Manifest,
    done: Map<(Listed, ObjectId), Entry>,
}

impl<'a> Rotation<'a> {
    /// Makes the new key. `manifest` is the newest of the old key, checked against the marks.
    ///
    /// # Errors
    /// `Randomness`.
    pub fn begin(old: &'a Vault, manifest: &'a Manifest, rng: &mut dyn CryptoRng) -> Result<Self, Error> {
        Ok(Self { old, new: old.with_new_key(rng)?, manifest, done: Map::default() })
    }

    fn expected(&self, listed: Listed, newest: &Sealed) -> Result<Entry, Error> {
        let id = newest.header().place.id;
        let entry = self.manifest.get(listed, id).ok_or(Error::Planted)?;
        if entry.state == State::Purged {
            Err(Error::DeletionWithheld)
        } else if entry.hash != newest.hash() {
            Err(Error::RolledBack)
        } else {
            Ok(entry)
        }
    }

    /// Seals a record anew, from its oldest kept revision to its newest. Revisions keep their numbers; the first that is kept
    /// keeps what it names as the one before.
    ///
    /// # Errors
    /// `Missing` for none; `Planted`, `RolledBack`, `DeletionWithheld` if the newest is not the manifest's; `Forked` for a gap;
    /// those of opening.
    pub fn record(&mut self, revisions: &[Sealed], rng: &mut dyn CryptoRng) -> Result<Vec<Sealed>, Error> {
        let newest = revisions.last().ok_or(Error::Missing)?;
        let entry = self.expected(Listed::Record, newest)?;
        verify_history(self.old, newest, revisions.iter().rev().skip(1))?;
        let mut out: Vec<Sealed> = Vec::with_capacity(revisions.len());
        for sealed in revisions {
            let place = out.last().map_or(sealed.header().place, Sealed::next);
            out.push(self.new.seal_record(place, &self.old.open_record(sealed)?, rng)?);
        }
        if let Some(newest) = out.last() {
            let line = (Listed::Record, newest.header().place.id);
            self.done.insert(line, Entry::of(newest, entry.state));
        }
        Ok(out)
    }

    /// Starts to seal an attachment anew.
    pub fn attachment(&self, id: ObjectId) -> Moving {
        Moving { opener: AttachmentOpener::new(id), sealer: AttachmentSealer::new(id), last: None }
    }

    /// Takes the next part of it, and gives those that are ready.
    ///
    /// # Errors
    /// Those of [`AttachmentOpener::part`].
    pub fn part(
        &self,
        moving: &mut Moving,
        sealed: &Sealed,
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<Sealed>, Error> {
        let bytes = moving.opener.part(self.old, sealed)?;
        moving.sealer.push(&bytes)?;
        moving.last = Some(sealed.clone());
        Ok(std::iter::from_fn(|| moving.sealer.part(&self.new, rng)).collect())
    }

    /// Ends it, and gives the parts that are left.
    ///
    /// # Errors
    /// `Unfinished`; those of [`Rotation::record`].
    pub fn attached(&mut self, mut moving: Moving, rng: &mut dyn CryptoRng) -> Result<Vec<Sealed>, Error> {
        moving.opener.end()?;
        let entry = self.expected(Listed::Attachment, &moving.last.ok_or(Error::Unfinished)?)?;
        moving.sealer.end();
        let out: Vec<_> = std::iter::from_fn(|| moving.sealer.part(&self.new, rng)).collect();
        let last = out.last().expect("an attachment has one part at least, held back until its end");
        let Place { id, .. } = last.header().place;
        self.done.insert((Listed::Attachment, id), Entry::of(last, entry.state));
        Ok(out)
    }

    /// Ends the change: the vault under its new key, its manifest, and that sealed. Only now may the old store go, after the
    /// new one was written and new slots were made. The old slots are noted as gone.
    ///
    /// # Errors
    /// `Missing` if anything that the old manifest lists was not sealed anew.
    pub fn finish(mut self, rng: &mut dyn CryptoRng) -> Result<(Vault, Manifest, Sealed), Error> {
        for (listed, id, entry) in self.manifest.entries() {
            if listed == Listed::Slot || entry.state == State::Purged {
                self.done.insert((listed, id), Entry { state: State::Purged, ..entry });
            } else if !self.done.contains_key(&(listed, id)) {
                return Err(Error::Missing);
            }
        }
        let mut manifest = self.manifest.rekeyed(self.done);
        let sealed = manifest.seal_whole(&self.new, rng)?;
        Ok((self.new, manifest, sealed))
    }
}

/// An attachment between two keys.
#[derive(Debug)]
pub struct Moving {
    opener: AttachmentOpener,
    sealer: AttachmentSealer,
    last: Option<Sealed>,
}
