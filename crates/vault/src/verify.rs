//! Holding a store to its manifest: every record opened on its own can be authentic while the store as a whole lies.

use order::Map;

use crate::error::Error;
use crate::header::Kind;
use crate::id::ObjectId;
use crate::manifest::{Entry, Listed, Manifest, State};
use crate::record::Body;
use crate::sealed::Sealed;
use crate::slot::Slot;
use crate::vault::Vault;

/// One thing that is not as the manifest says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub listed: Listed,
    /// Which.
    pub id: ObjectId,
    /// What is the matter.
    pub what: Error,
}

/// Holds a store to its manifest. What is as it should be costs a comparison; only what differs is opened, to say how.
#[derive(Debug, Default)]
pub struct Verifier {
    seen: Map<(Listed, ObjectId), ()>,
    findings: Vec<Finding>,
}

impl Verifier {
    pub(crate) fn find(&mut self, listed: Listed, id: ObjectId, what: Error) {
        self.findings.push(Finding { listed, id, what });
    }

    /// What the store has of something and what cannot even be read: it is there, and not missing.
    pub fn unread(&mut self, listed: Listed, id: ObjectId, what: Error) {
        self.seen.insert((listed, id), ());
        self.find(listed, id, what);
    }

    /// The newest revision that the store has of a record, or the last part that it has of an attachment. Answers whether it is as
    /// the manifest says.
    pub fn newest(&mut self, vault: &Vault, manifest: &Manifest, sealed: &Sealed) -> bool {
        let id = sealed.header().place.id;
        let listed = match sealed.header().kind {
            Kind::Record => Listed::Record,
            Kind::Attachment => Listed::Attachment,
            _ => {
                self.find(Listed::Record, id, Error::Planted);
                return false;
            }
        };
        // Newest is one. A second of the same name was put there.
        let what = if self.seen.insert((listed, id), ()).is_none() {
            judge(vault, manifest, (listed, id), sealed)
        } else {
            Err(Error::Planted)
        };
        match what {
            Ok(()) => true,
            Err(what) => {
                self.find(listed, id, what);
                false
            }
        }
    }

    /// A slot of the store.
    pub fn slot(&mut self, manifest: &Manifest, slot: &Slot) {
        let (listed, id) = (Listed::Slot, slot.id());
        let doubled = self.seen.insert((listed, id), ()).is_some();
        match manifest.get(listed, id) {
            _ if doubled => self.find(listed, id, Error::Planted),
            None => self.find(listed, id, Error::Planted),
            Some(Entry { state: State::Live, hash, .. }) if hash == slot.hash() => {}
            Some(Entry { state: State::Live, .. }) => self.find(listed, id, Error::Forked),
            Some(_) => self.find(listed, id, Error::DeletionWithheld),
        }
    }

    /// After all was shown: what is missing, and everything found before. Empty is good.
    pub fn end(mut self, manifest: &Manifest) -> Vec<Finding> {
        for (listed, id, entry) in manifest.entries() {
            if entry.state != State::Purged && !self.seen.contains_key(&(listed, id)) {
                self.findings.push(Finding { listed, id, what: Error::Missing });
            }
        }
        self.findings
    }
}

/// Whether one thing is as its line says.
fn judge(
    vault: &Vault,
    manifest: &Manifest,
    (listed, id): (Listed, ObjectId),
    sealed: &Sealed,
) -> Result<(), Error> {
    let entry = manifest.get(listed, id);
    if let Some(Entry { state, hash, .. }) = entry
        && hash == sealed.hash()
    {
        return if state == State::Purged { Err(Error::DeletionWithheld) } else { Ok(()) };
    }
    let opened = match listed {
        Listed::Record => vault.open_record(sealed).map(|body| matches!(body, Body::Tombstone(_))),
        _ => vault.open(Kind::Attachment, sealed).map(|_| false),
    };
    let Some(entry) = entry else {
        return Err(if opened.is_ok() { Error::Unlisted } else { Error::Planted });
    };
    let tombstone = opened?;
    let revision = sealed.header().place.revision;
    Err(if listed == Listed::Attachment {
        // One revision only: another last part is another sealing, or the true last part is gone.
        if sealed.header().part.last { Error::Forked } else { Error::Unfinished }
    } else if revision > entry.revision {
        Error::Unlisted
    } else if revision == entry.revision {
        Error::Forked
    } else if tombstone {
        Error::DeletionReplayed
    } else if entry.state != State::Live {
        Error::DeletionWithheld
    } else {
        Error::RolledBack
    })
}

/// Holds older revisions of one record to its newest: each must be named by the one after it. `older` goes from newest to
/// oldest and may end before the first, where a keeper let go of old revisions. A change of keys asks for it.
///
/// # Errors
/// `OtherObject`; `Forked` for a revision that the next one does not name; those of opening.
pub fn verify_history<'s>(
    vault: &Vault,
    newest: &'s Sealed,
    older: impl IntoIterator<Item = &'s Sealed>,
) -> Result<(), Error> {
    vault.open_record(newest)?;
    let mut after = newest;
    for sealed in older {
        if sealed.header().place.id != newest.header().place.id {
            return Err(Error::OtherObject);
        }
        if sealed.next() != after.header().place {
            return Err(Error::Forked);
        }
        vault.open_record(sealed)?;
        after = sealed;
    }
    Ok(())
}
