//! Bringing two copies of one vault together: which revision stands, and where only a person can say. Decided by who
//! descends from whom, never by a clock; what is not there deletes nothing; what cannot be decided is kept twice.

use order::Map;

use crate::error::Error;
use crate::header::Kind;
use crate::id::{Hash, KeyId, ObjectId, VaultId};
use crate::manifest::{Listed, Manifest, State};
use crate::sealed::Sealed;
use crate::vault::Vault;

/// What one copy has: of each record, the revisions; of each attachment, its last part. Built from what was opened and
/// verified.
#[derive(Clone, Debug)]
pub struct Side {
    vault: VaultId,
    key: KeyId,
    things: Map<(Listed, ObjectId), History>,
    purged: Map<(Listed, ObjectId), Hash>,
}

/// What is known of one thing's past.
#[derive(Clone, Debug, Default)]
struct History {
    newest: Option<(u64, Hash)>,
    /// Each revision's hash, and what the oldest names as the one before it.
    known: Map<u64, Hash>,
}

impl Side {
    /// A copy with nothing in it yet; what its manifest knows to be gone for good is noted.
    pub fn new(vault: &Vault, manifest: &Manifest) -> Self {
        let purged = manifest
            .entries()
            .filter(|(_, _, entry)| entry.state == State::Purged)
            .map(|(listed, id, entry)| ((listed, id), entry.hash))
            .collect();
        Self { vault: vault.id(), key: vault.key_id(), things: Map::default(), purged }
    }

    /// Notes a revision of a record, or the last part of an attachment, in any order.
    ///
    /// # Errors
    /// `OtherVault`, `OtherKey`; `OtherObject` for anything else; `Forked` if two revisions of one copy contradict each other.
    pub fn add(&mut self, sealed: &Sealed) -> Result<(), Error> {
        let header = sealed.header();
        if header.vault != self.vault {
            return Err(Error::OtherVault);
        }
        if header.key != self.key {
            return Err(Error::OtherKey);
        }
        let listed = match header.kind {
            Kind::Record => Listed::Record,
            Kind::Attachment if header.part.last => Listed::Attachment,
            _ => return Err(Error::OtherObject),
        };
        let place = header.place;
        let history = self.things.or_default((listed, place.id));
        let mut note = |revision, hash| match history.known.insert(revision, hash) {
            Some(before) if before != hash => Err(Error::Forked),
            _ => Ok(()),
        };
        note(place.revision, sealed.hash())?;
        if listed == Listed::Record && place.revision > 1 {
            note(place.revision - 1, place.previous)?;
        }
        history.newest = history.newest.max(Some((place.revision, sealed.hash())));
        Ok(())
    }
}

/// What is to be done with one thing that the other copy has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both have the same. Nothing to do.
    Same,
    /// Theirs is new to us, or comes after ours: take its revisions.
    Take,
    /// Ours comes after theirs: keep it.
    Keep,
    /// Both changed: keep ours, keep theirs beside it, and let the keeper decide. The newest revision that both share, if
    /// any is known, is where three-way merging starts.
    Both(Option<(u64, Hash)>),
    /// We removed it for good, and theirs is not known to come later. It stays gone unless the keeper asks for it.
    Gone,
}

/// What to do, thing by thing. What only we have is not in it, since nothing happens to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan(pub Vec<(Listed, ObjectId, Verdict)>);

impl Plan {
    /// Decides, before anything is written.
    ///
    /// # Errors
    /// `OtherVault`, `OtherKey`: copies of different vaults or under different keys are never mixed.
    pub fn new(ours: &Side, theirs: &Side) -> Result<Self, Error> {
        if ours.vault != theirs.vault {
            return Err(Error::OtherVault);
        }
        if ours.key != theirs.key {
            return Err(Error::OtherKey);
        }
        let verdict = |(&(listed, id), their): (&(Listed, ObjectId), &History)| {
            let verdict = match (ours.things.get(&(listed, id)), ours.purged.get(&(listed, id))) {
                (Some(our), _) => judge(our, their),
                // An attachment has one revision: nothing of it comes later.
                (None, Some(_)) if listed == Listed::Attachment => Verdict::Gone,
                (None, Some(gone)) => {
                    let later = their.newest.is_some_and(|(_, newest)| newest != *gone)
                        && their.known.values().any(|hash| hash == gone);
                    if later { Verdict::Both(None) } else { Verdict::Gone }
                }
                (None, None) => Verdict::Take,
            };
            (listed, id, verdict)
        };
        Ok(Self(theirs.things.iter().map(verdict).collect()))
    }
}

fn judge(our: &History, their: &History) -> Verdict {
    let has = |history: &History, newest: Option<(u64, Hash)>| {
        newest.is_some_and(|(revision, hash)| history.known.get(&revision) == Some(&hash))
    };
    if our.newest == their.newest {
        Verdict::Same
    } else if has(their, our.newest) {
        Verdict::Take
    } else if has(our, their.newest) {
        Verdict::Keep
    } else {
        let shared = our.known.iter().rev().find(|(revision, hash)| their.known.get(revision) == Some(hash));
        Verdict::Both(shared.map(|(revision, hash)| (*revision, *hash)))
    }
}
