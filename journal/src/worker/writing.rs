//! Writing: one transaction for a record's new revision, the one before it, and the manifest's change. Acknowledged only after
//! the browser has flushed it. One write at a time.

use std::{ops::Bound, rc::Rc};

use journal::{AttachmentId, RecordId};
use vault::{Body, Change, Entry, Hash, Listed, Place, Sealed, State};
use wasm_bindgen_futures::spawn_local;

use super::{
    Worker, browser,
    reading::{self, MARKS},
    store::{Batch, Store, Table, key, key_of, overtaken, version_key},
    unlocked::Unlocked,
};
use crate::protocol::{Event, Trouble, Why};

/// After so many changes a whole manifest is written in their place, so that opening stays fast.
const FOLD_AFTER: u64 = 256;
/// How long the marks may be behind what is written, in milliseconds. A mark that is behind misses a rollback of that little.
const MARKS_WITHIN: i32 = 2000;

/// What is to be written together.
#[derive(Default)]
pub struct Writing {
    /// New revisions of records.
    pub records: Vec<(RecordId, Body)>,
    /// Other lines of the manifest.
    pub changes: Vec<Change>,
    /// Other things to write or remove.
    pub batch: Batch,
}

/// Held while writing. Whoever compares before setting takes it before comparing.
pub type Turn<'w> = futures_util::lock::MutexGuard<'w, ()>;

impl Worker {
    /// Waits for the turn to write.
    pub async fn turn(&self) -> Turn<'_> {
        self.turn.lock().await
    }

    /// Writes all of it or nothing. Afterwards memory is as the disk is, also where writing failed.
    ///
    /// # Errors
    /// `ReadOnly`, `Locked`, `Full`, `Store`; `Damaged` for a new revision of what cannot even be read as something sealed.
    pub async fn write(self: &Rc<Self>, _turn: &Turn<'_>, mut writing: Writing) -> Result<(), Trouble> {
        let store = self.room.with(|open| open.may_write().map(|()| Rc::clone(&open.store)))?;
        let mut sealed = Vec::new();
        for (id, body) in std::mem::take(&mut writing.records) {
            let before = store.get(Table::Heads, key(id.0)).await?;
            sealed.push(self.room.with(|open| revision(open, id, &body, before, &mut writing.batch))?);
        }
        for one in &sealed {
            let state = if one.deletion { State::Deleted } else { State::Live };
            writing.changes.push((
                Listed::Record,
                one.sealed.header().place.id,
                Entry::of(&one.sealed, state),
            ));
        }
        self.room.with(|open| note(open, &writing.changes, &mut writing.batch))?;
        if let Err(trouble) = self.commit(&store, writing.batch).await {
            // The manifest in memory is ahead of the disk, or the answer was lost: the disk says which.
            self.resync().await;
            return Err(trouble);
        }
        let ids: Vec<_> = sealed.iter().map(|one| RecordId(one.sealed.header().place.id)).collect();
        // Whoever has locked in the meantime: it is on the disk.
        let shown = self.room.with(|open| {
            for one in &sealed {
                let id = RecordId(one.sealed.header().place.id);
                let thing = open.thing(&one.sealed);
                open.finder.put(id, &thing);
                open.shelf.put(id, thing);
            }
            open.marks_behind = true;
            Ok(())
        });
        self.tabs.tell_changed();
        if shown.is_err() {
            return Ok(());
        }
        self.raise_marks_soon();
        if !ids.is_empty() {
            self.happened(&Event::Changed(ids));
        }
        self.refresh_index();
        Ok(())
    }

    /// Writes a batch. Every write of the journal comes through here: where another tab has written since, it is refused, and
    /// this tab only reads from then on.
    ///
    /// # Errors
    /// `ReadOnly`, `Full`, `Store`.
    pub async fn commit(self: &Rc<Self>, store: &Store, batch: Batch) -> Result<(), Trouble> {
        let written = store.commit(batch).await;
        self.refused(&written);
        if written.is_ok() && store.is_kept() {
            self.tabs.has_written();
        }
        written
    }

    /// Has this tab only read if what it wrote was refused because another writes.
    pub fn refused<T>(self: &Rc<Self>, written: &Result<T, Trouble>) {
        if matches!(written, Err(trouble) if trouble.why == Why::ReadOnly) {
            self.stand_back();
        }
    }

    /// What is on the disk and does not fit what this tab knows is what another has written since, if another has: then that is the
    /// trouble, and this tab only reads from then on.
    pub async fn or_overtaken(self: &Rc<Self>, trouble: Trouble) -> Trouble {
        if !matches!(trouble.why, Why::Damaged | Why::NotThere | Why::RolledBack) {
            return trouble;
        }
        let store = self.room.with(|open| open.may_write().map(|()| Rc::clone(&open.store)));
        let Ok(store) = store else { return trouble };
        if store.is_as_seen().await != Ok(false) {
            return trouble;
        }
        self.stand_back();
        overtaken()
    }

    /// Takes the manifest from the disk again after a write has failed. Where it cannot be read, nothing is written on top of
    /// what is not known: this tab only reads until it can.
    pub async fn resync(self: &Rc<Self>) {
        if reading::renew(&self.room).await.is_err() {
            self.stand_back();
        }
    }

    /// Has the marks raised a little later, once for many writes.
    pub fn raise_marks_soon(self: &Rc<Self>) {
        if self.marks_wait.replace(true) {
            return;
        }
        let worker = Rc::clone(self);
        spawn_local(async move {
            browser::sleep(MARKS_WITHIN).await;
            worker.marks_wait.set(false);
            let turn = worker.turn().await;
            // If it fails, the next write tries again; the marks on disk stay true, only lower.
            worker.raise_marks(&turn).await.ok();
        });
    }

    /// Raises the marks on disk to what is written, in a transaction of their own and after it.
    ///
    /// # Errors
    /// `Store`, `Full`, `Locked`.
    pub async fn raise_marks(self: &Rc<Self>, _turn: &Turn<'_>) -> Result<(), Trouble> {
        let due = self.room.with(|open| {
            let due = open.marks_behind && open.may_write().is_ok();
            let Unlocked { marks, manifest, vault, .. } = open;
            let Some(marks) = marks.as_mut().filter(|_| due) else { return Ok(None) };
            marks.raise(manifest)?;
            let mut batch = Batch::default();
            batch.put(Table::Marks, MARKS.to_vec(), marks.seal(vault, &mut browser::Random).into_bytes());
            Ok(Some((Rc::clone(&open.store), batch)))
        })?;
        let Some((store, batch)) = due else { return Ok(()) };
        self.commit(&store, batch).await?;
        self.room.with(|open| {
            open.marks_behind = false;
            Ok(())
        })
    }
}

struct NewRevision {
    sealed: Sealed,
    deletion: bool,
}

/// Seals the next revision of a record and moves the one before it to the past, as it is.
fn revision(
    open: &mut Unlocked,
    id: RecordId,
    body: &Body,
    before: Option<Vec<u8>>,
    batch: &mut Batch,
) -> Result<NewRevision, Trouble> {
    let place = match (open.shelf.get(id), before) {
        (None, None) => Place::first(id.0),
        (Some(thing), Some(before)) => {
            let place = thing.next.ok_or(vault::Error::Damaged)?;
            // What is there must be what the next revision will name.
            if Hash::of(&before) != place.previous {
                return Err(vault::Error::Conflict.into());
            }
            batch.put(Table::Past, key_of(id.0, thing.revision), before);
            place
        }
        _ => return Err(vault::Error::Missing.into()),
    };
    let sealed = open.vault.seal_record(place, body, &mut browser::Random)?;
    batch.put(Table::Heads, key(id.0), sealed.as_bytes().to_vec());
    Ok(NewRevision { sealed, deletion: matches!(body, Body::Tombstone(_)) })
}

/// Notes changes in the manifest, and now and then writes all of it anew.
fn note(open: &mut Unlocked, changes: &[Change], batch: &mut Batch) -> Result<(), Trouble> {
    if changes.is_empty() {
        return Ok(());
    }
    let change = open.manifest.seal_change(&open.vault, changes, &mut browser::Random)?;
    if open.manifest.sequence() - open.whole < FOLD_AFTER {
        batch.put(Table::Manifest, version_key(open.manifest.sequence()), change.into_bytes());
        return Ok(());
    }
    fold(open, batch)
}

/// Writes the manifest whole, in the place of what was there of it.
///
/// # Errors
/// None that can happen with a manifest of this vault.
pub fn fold(open: &mut Unlocked, batch: &mut Batch) -> Result<(), Trouble> {
    let whole = open.manifest.seal_whole(&open.vault, &mut browser::Random)?;
    let version = open.manifest.sequence();
    batch.delete_all(Table::Manifest, (Bound::Unbounded, Bound::Excluded(version_key(version))));
    batch.put(Table::Manifest, version_key(version), whole.into_bytes());
    open.whole = version;
    Ok(())
}

/// The line of an attachment that is gone for good.
pub fn purged(id: AttachmentId, entry: Entry) -> Change {
    (Listed::Attachment, id.0, Entry { state: State::Purged, ..entry })
}
