//! The open journal: its key, its list of what there must be, and what is in memory of it.

use std::{cell::RefCell, rc::Rc};

use journal::{AttachmentId, Record, RecordId, Revision, json};
use order::Map;
use vault::{
    AttachmentOpener, AttachmentSealer, Body, Entry, Listed, Manifest, Marks, ObjectId, RecoveryPhrase,
    Sealed, State, Vault, Ways,
};

use super::{
    finder::Finder,
    shelf::{Shelf, Thing, What},
    store::Store,
};
use crate::protocol::{Finding, Inside, Role, Trouble, Why};

/// So many steps of reading later, one that was not gone on with is given up.
const READINGS: u32 = 1000;

/// Everything that is known while the journal is open, and forgotten when it is locked: keys wipe themselves on drop.
pub struct Unlocked {
    /// Where it lies.
    pub store: Rc<Store>,
    /// Its key.
    pub vault: Vault,
    /// Its ways in.
    pub ways: Ways,
    /// What there must be, as it is on disk.
    pub manifest: Manifest,
    /// The version of the last whole manifest on disk.
    pub whole: u64,
    /// What this device has seen at least. None while they cannot be believed: then they are not raised.
    pub marks: Option<Marks>,
    /// Whether the marks on disk are behind the manifest.
    pub marks_behind: bool,
    /// Whether there were none when it was opened.
    pub marks_gone: bool,
    /// What is written.
    pub shelf: Shelf,
    /// What was typed and not saved.
    pub drafts: Map<RecordId, KeptDraft>,
    /// The index.
    pub finder: Finder,
    /// Whether this tab may write.
    pub role: Role,
    /// Whether it may not because the browser refuses what would make sure that no other tab writes.
    pub refused: bool,
    /// What is not as it must be.
    pub findings: Vec<Finding>,
    /// The recovery phrase that was just made, to check words of it.
    pub phrase: Option<RecoveryPhrase>,
    /// Attachments that are being written.
    pub sealers: Map<AttachmentId, Attaching>,
    /// Attachments that are being read, each reading under a number of its own, and the part that comes next.
    pub openers: Map<u32, (AttachmentId, AttachmentOpener, u32)>,
    /// How often one was read on.
    pub readings: u32,
}

/// An attachment that is being written.
pub struct Attaching {
    /// What seals it.
    pub sealer: AttachmentSealer,
    /// The bytes that do not fill a part yet.
    pub tail: zeroize::Zeroizing<Vec<u8>>,
    /// The parts written so far.
    pub parts: u64,
    /// The name of its tail among the drafts.
    pub name: ObjectId,
}

/// A draft as it is in memory.
#[derive(Clone, Debug)]
pub struct KeptDraft {
    /// Its own name on disk.
    pub name: ObjectId,
    /// The revision that is being changed.
    pub parent: Revision,
    /// What was typed.
    pub record: Record,
    /// Whether another tab has typed it and it was not opened in this one since: then what is typed here does not take its
    /// place.
    pub unread: bool,
}

/// A draft as it is sealed.
pub struct SealedDraft {
    /// Of which thing.
    pub of: RecordId,
    /// The revision that is being changed.
    pub parent: Revision,
    /// What was typed.
    pub record: Record,
}

json::fields!(SealedDraft { of, parent, record });

impl Unlocked {
    /// A journal that was just made, or is about to be read.
    pub fn new(store: Rc<Store>, vault: Vault, manifest: Manifest, ways: Ways) -> Self {
        Self {
            store,
            vault,
            ways,
            whole: manifest.sequence(),
            manifest,
            marks: Some(Marks::default()),
            marks_behind: true,
            marks_gone: false,
            shelf: Shelf::default(),
            drafts: Map::default(),
            finder: Finder::default(),
            role: Role::Writer,
            refused: false,
            findings: Vec::new(),
            phrase: None,
            sealers: Map::default(),
            openers: Map::default(),
            readings: 0,
        }
    }

    /// Notes how far an attachment is read: the number under which it is read on. Of readings that nobody goes on with, the
    /// oldest are forgotten.
    pub fn read_on(&mut self, id: AttachmentId, opener: AttachmentOpener, next: u32) -> u32 {
        self.readings += 1;
        self.openers.insert(self.readings, (id, opener, next));
        self.openers.retain(|reading, _| reading + READINGS > self.readings);
        self.readings
    }

    /// What the screens need to know of it.
    pub fn inside(&self) -> Inside {
        Inside {
            role: self.role,
            refused: self.refused,
            kept: self.store.is_kept(),
            things: self.shelf.count(),
            drafts: self.drafts.len(),
            findings: self.findings.clone(),
            marks_gone: self.marks_gone,
            recovery_confirmed: self.shelf.settings().1.recovery_confirmed,
        }
    }

    /// Refuses what only the writing tab may do.
    ///
    /// # Errors
    /// `ReadOnly`.
    pub fn may_write(&self) -> Result<(), Trouble> {
        match self.role {
            Role::Writer => Ok(()),
            Role::Reader => Err(Trouble::only_reads(self.refused)),
        }
    }

    /// Opens a newest revision into what it is. What does not open is damaged, and kept.
    pub fn thing(&self, sealed: &Sealed) -> Thing {
        let what = match self.vault.open_record(sealed) {
            Ok(Body::Tombstone(tombstone)) => What::Deleted(tombstone),
            Ok(Body::Content(content)) => match Record::from_json(&content) {
                Ok(record) => What::live(RecordId(sealed.header().place.id), record),
                Err(error) => What::Damaged(error.into()),
            },
            Err(error) => What::Damaged(error.into()),
        };
        Thing { revision: sealed.header().place.revision, next: Some(sealed.next()), what }
    }

    /// What the manifest knows of a record.
    pub fn listed(&self, id: RecordId) -> Option<Entry> {
        self.manifest.get(Listed::Record, id.0)
    }

    /// All attachments that the manifest knows to be there.
    pub fn attachments(&self) -> impl Iterator<Item = (AttachmentId, Entry)> {
        self.manifest
            .entries()
            .filter(|(listed, _, entry)| *listed == Listed::Attachment && entry.state == State::Live)
            .map(|(_, id, entry)| (AttachmentId(id), entry))
    }
}

/// The journal of this worker, open or not.
#[derive(Default)]
pub struct Room(RefCell<Option<Unlocked>>);

impl Room {
    /// Does something with the open journal. Never wait in the middle of it.
    ///
    /// # Errors
    /// `Locked`, and what it says itself.
    pub fn with<T>(&self, act: impl FnOnce(&mut Unlocked) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let mut open = self.0.borrow_mut();
        act(open.as_mut().ok_or_else(|| Trouble::new(Why::Locked, "the journal is locked"))?)
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Opens it.
    pub fn enter(&self, unlocked: Unlocked) {
        *self.0.borrow_mut() = Some(unlocked);
    }

    /// Forgets it: keys, text, index.
    pub fn leave(&self) -> Option<Rc<Store>> {
        self.0.borrow_mut().take().map(|unlocked| Rc::clone(&unlocked.store))
    }
}

/// A finding in the keeper's words.
pub fn finding(listed: Listed, id: ObjectId, what: vault::Error) -> Finding {
    let name = match listed {
        Listed::Record => "record",
        Listed::Attachment => "attachment",
        Listed::Slot => "slot",
    };
    Finding { what: name.to_owned(), id: RecordId(id).to_string(), words: what.to_string() }
}
