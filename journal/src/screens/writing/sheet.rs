//! One thing while it is written: what it says now, and how much of that is on disk.
//!
//! Every burst of typing is a draft on disk within a second. *Save* makes a revision of it, and so does leaving. What comes of it
//! is told as it is: [`Kept`].

use std::{
    cell::{Cell, RefCell},
    future::Future,
    rc::Rc,
};

use futures_util::lock::{Mutex, MutexLockFuture};
use journal::{Content, Record, RecordId, Revision};
use wasm_bindgen_futures::spawn_local;

use super::{
    super::{
        desk::Desk,
        dom, now,
        place::{Place, Start},
        soon::Soon,
    },
    additions::Additions,
    begin, steps_back,
};
use crate::{
    protocol::{DiscardDraft, Opened, Save, SaveDraft, Saved, Trouble, Why},
    screens::view::prelude::*,
};

/// After so much quiet a draft is put on disk, in milliseconds.
const QUIET: i32 = 400;
/// And at the latest so long after the first key, in milliseconds: the rest of the second is for the disk.
const LATEST: f64 = 700.0;

/// How much of what is on the screen is on disk.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// Nothing was typed.
    Untouched,
    /// Something was typed and is not yet on disk.
    NotYet,
    /// It is on disk as a draft.
    Draft,
    /// It is being saved.
    Saving,
    /// It is saved.
    Saved,
    /// It could not be kept.
    Not(Trouble),
}

/// What writing starts from: a new thing, or one that was opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Its name, if it has one.
    pub id: Option<RecordId>,
    /// The revision that is being changed; 0 for a new thing.
    pub parent: Revision,
    /// What it says.
    pub record: Record,
    /// What stands, if the words are those of a draft.
    pub stands: Option<Box<Opened>>,
}

impl Opening {
    /// A new thing.
    pub fn new(record: Record) -> Self {
        Self { id: None, parent: 0, record, stands: None }
    }

    /// One that was opened: with its draft, if it has one.
    pub fn again(opened: Opened) -> Self {
        let (id, revision) = (Some(opened.id), opened.revision);
        match opened.draft.clone() {
            Some(draft) => {
                Self { id, parent: draft.parent, record: draft.record, stands: Some(Box::new(opened)) }
            }
            // What was never saved is a draft itself.
            None if revision == 0 => {
                let record = opened.record.clone();
                Self { id, parent: 0, record, stands: Some(Box::new(opened)) }
            }
            None => Self { id, parent: revision, record: opened.record, stands: None },
        }
    }
}

/// What was written here and what stands where it was to be saved are not of one line.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// What stands.
    pub theirs: Box<Opened>,
    /// Both merged, where no field was changed on both sides.
    pub merged: Option<Record>,
}

/// One thing that is being written. Copies are the same.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The desk that it lies on.
    pub desk: Desk,
    /// How much of it is on disk.
    pub kept: RwSignal<Kept>,
    /// Counts changes of its parts, so that lists are drawn anew; typing alone does not count.
    pub parts: RwSignal<u32>,
    /// Whether it was changed elsewhere meanwhile, and how.
    pub conflict: RwSignal<Option<Conflict>>,
    /// Whether it was opened with words that were not saved.
    pub from_draft: bool,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

struct Inner {
    record: RefCell<Record>,
    /// What it said when nothing was typed yet, for what was never saved.
    begun: Option<Content>,
    id: Cell<Option<RecordId>>,
    parent: Cell<Revision>,
    /// Counts changes; and which of them is on disk, and which is saved.
    change: Cell<u32>,
    drafted: Cell<u32>,
    saved: Cell<u32>,
    soon: Soon,
    /// One at a time, or a new thing would get two names.
    turn: Mutex<()>,
    additions: Rc<Additions>,
    /// Whether what leaving does is already done.
    left: Cell<bool>,
}

/// A hold on a sheet that outlasts its screen: for what is still being made when the keeper leaves.
#[derive(Clone)]
pub struct Held {
    sheet: Sheet,
    inner: Rc<Inner>,
}

impl Held {
    /// Its name, if it has one.
    pub fn id(&self) -> Option<RecordId> {
        self.inner.id.get()
    }

    /// Waits for its turn among what is being added, for what needs much memory.
    pub fn turn(&self) -> MutexLockFuture<'_, ()> {
        self.inner.additions.turn()
    }

    /// Changes what it says. What is on the screen shows it already.
    pub fn write(&self, change: impl FnOnce(&mut Record)) {
        change(&mut self.inner.record.borrow_mut());
        self.inner.change.set(self.inner.change.get() + 1);
        // Once it was left, leaving sees to the rest.
        if !self.inner.left.get() {
            self.sheet.kept.set(Kept::NotYet);
            self.sheet.keep_soon();
        }
    }

    /// Changes its parts: lists on the screen are drawn anew.
    pub fn rearrange(&self, change: impl FnOnce(&mut Record)) {
        self.write(change);
        self.sheet.parts.try_update(|parts| *parts += 1);
    }
}

impl Sheet {
    /// Lays a thing on the desk for as long as the screen that calls this is there.
    pub fn new(desk: Desk, opening: Opening) -> Self {
        let unsaved = opening.stands.is_some();
        let begun = match &opening.record.content {
            _ if opening.parent > 0 => None,
            content if unsaved => begin::begun(content),
            content => Some(content.clone()),
        };
        let stands = opening.stands.filter(|stands| stands.revision != opening.parent);
        let conflict = stands.map(|theirs| Conflict { theirs, merged: None });
        let inner = Rc::new(Inner {
            record: RefCell::new(opening.record),
            begun,
            id: Cell::new(opening.id),
            parent: Cell::new(opening.parent),
            change: Cell::new(u32::from(unsaved)),
            drafted: Cell::new(u32::from(unsaved)),
            saved: Cell::new(0),
            soon: Soon::default(),
            turn: Mutex::new(()),
            additions: Rc::default(),
            left: Cell::new(false),
        });
        let sheet = Self {
            desk,
            kept: RwSignal::new(if unsaved { Kept::Draft } else { Kept::Untouched }),
            parts: RwSignal::new(0),
            conflict: RwSignal::new(conflict),
            from_draft: unsaved,
            inner: StoredValue::new_local(inner),
        };
        desk.save_before_locking(move || {
            Box::pin(async move {
                // The words first: locking waits for a while only.
                sheet.keep().await.ok();
                sheet.complete().await;
                sheet.keep().await.ok();
            })
        });
        dom::when_hidden(move || spawn_local(async move { drop(sheet.keep().await) }));
        // What another tab was in the way of is kept as soon as this one writes again.
        effect(move || {
            let refused = |kept: &Kept| matches!(kept, Kept::Not(trouble) if trouble.why == Why::ReadOnly);
            if desk.may_write() && sheet.kept.with_untracked(refused) {
                sheet.keep_soon();
            }
        });
        on_cleanup(move || sheet.leave());
        sheet
    }

    /// Its name, if it has one.
    pub fn id(self) -> Option<RecordId> {
        self.inner.with_value(|inner| inner.id.get())
    }

    /// Whether it was ever saved.
    pub fn is_new(self) -> bool {
        self.inner.with_value(|inner| inner.parent.get() == 0)
    }

    /// Looks at what it says.
    pub fn read<T>(self, read: impl FnOnce(&Record) -> T) -> T {
        self.inner.with_value(|inner| read(&inner.record.borrow()))
    }

    /// A hold on it that outlasts its screen.
    pub fn hold(self) -> Held {
        Held { sheet: self, inner: self.inner.get_value() }
    }

    /// Changes what it says. What is on the screen shows it already.
    pub fn write(self, change: impl FnOnce(&mut Record)) {
        self.hold().write(change);
    }

    /// Changes its parts: lists on the screen are drawn anew.
    pub fn rearrange(self, change: impl FnOnce(&mut Record)) {
        self.hold().rearrange(change);
    }

    /// Sets something going that adds to it. Saving and leaving wait for it. It answers whether
    /// all of it went well, and outlasts the screen: what it writes, it writes by a [hold](Self::hold).
    pub fn add(self, work: impl Future<Output = bool> + 'static) {
        self.inner.with_value(|inner| inner.additions.add(Box::pin(work)));
    }

    /// Waits until all is there that is on its way. Answers whether it went well.
    pub async fn complete(self) -> bool {
        match self.inner.try_get_value() {
            Some(inner) => inner.additions.complete().await,
            None => true,
        }
    }

    fn keep_soon(self) {
        let keep = move || spawn_local(async move { drop(self.keep().await) });
        self.inner.with_value(|inner| inner.soon.act(QUIET, LATEST, keep));
    }

    /// Puts what was typed on disk, as a draft.
    ///
    /// # Errors
    /// What the worker says; it is told on the screen too.
    pub async fn keep(self) -> Result<(), Trouble> {
        // The screen may be gone, and with it this sheet: then leaving has seen to it.
        let Some(inner) = self.inner.try_get_value() else { return Ok(()) };
        let kept = inner.keep(self.desk).await;
        let on_disk = inner.drafted.get() == inner.change.get();
        match &kept {
            Ok(Some(id)) => {
                if !inner.left.get() {
                    self.desk.named(Place::Write(Start::Again(*id)));
                }
                self.kept.try_set(if on_disk { Kept::Draft } else { Kept::NotYet });
            }
            Ok(None) => {}
            Err(trouble) => drop(self.kept.try_set(Kept::Not(trouble.clone()))),
        }
        kept.map(drop)
    }

    /// Saves it. Answers whether it is saved; if not, the screen says why.
    pub async fn save(self) -> bool {
        let Some(inner) = self.inner.try_get_value() else { return false };
        self.kept.set(Kept::Saving);
        inner.additions.complete().await;
        if inner.is_blank() && !inner.may_be_blank() {
            let gone = inner.let_go_or_keep(self.desk).await;
            self.kept.try_set(match &gone {
                Ok(true) => Kept::Draft,
                Ok(false) => Kept::Untouched,
                Err(trouble) => Kept::Not(trouble.clone()),
            });
            return gone.is_ok();
        }
        self.kept.try_set(Kept::Saving);
        let (kept, conflict) = match inner.save(self.desk).await {
            Ok(None) => (Kept::Saved, None),
            Ok(Some(conflict)) => (Kept::Draft, Some(conflict)),
            Err(trouble) => (Kept::Not(trouble), None),
        };
        let saved = kept == Kept::Saved;
        if let Kept::Not(trouble) = &kept {
            dom::announce(&trouble.told());
        } else if saved {
            dom::announce(if self.desk.keeps() { "Saved" } else { "Only in this tab" });
        }
        self.kept.try_set(kept);
        if conflict.is_some() {
            self.conflict.try_set(conflict);
        }
        saved
    }

    /// Saves it and goes elsewhere once it is saved. If something was on its way and did not come, it stays, so that it is seen what.
    pub fn save_and_go(self, to: impl FnOnce(Option<RecordId>) -> Place + 'static) {
        let inner = self.inner.get_value();
        let since = inner.additions.since();
        spawn_local(async move {
            if self.save().await && inner.additions.well(since) && !inner.left.get() {
                self.desk.go(to(inner.id.get()));
            }
        });
    }

    /// Saves a capture that was just finished, and shows it. A finished capture takes no draft, so if saving fails it is
    /// unfinished again.
    pub fn finish(self) {
        self.inner.with_value(|inner| {
            inner.soon.over();
            inner.drafted.set(inner.change.get());
        });
        spawn_local(async move {
            if self.save().await {
                self.desk.go(self.id().map_or(Place::Home, Place::Read));
            } else {
                self.rearrange(|record| {
                    if let Content::Capture(capture) = &mut record.content {
                        capture.finished = None;
                    }
                });
            }
        });
    }

    /// Settles a conflict: saves `chosen` in the place of what stands.
    pub fn settle(self, chosen: Record, over: Revision) {
        self.inner.with_value(|inner| inner.parent.set(over));
        self.rearrange(|record| *record = chosen);
        self.conflict.set(None);
        self.save_and_go(|id| id.map_or(Place::Home, Place::Read));
    }

    /// Lets go of what was typed and goes elsewhere.
    pub fn discard(self, to: Place) {
        let inner = self.inner.get_value();
        inner.left.set(true);
        let desk = self.desk;
        spawn_local(async move {
            match inner.let_go(desk).await {
                Ok(()) => desk.go(to),
                Err(trouble) => {
                    inner.left.set(false);
                    desk.trouble.set(Some(trouble));
                }
            }
        });
    }

    /// The screen goes: what is unsaved is saved, and what was begun and left empty is let go of.
    fn leave(self) {
        let inner = self.inner.get_value();
        inner.soon.over();
        let all_saved = || inner.saved.get() == inner.change.get();
        let desk = self.desk;
        if inner.left.replace(true) || !desk.is_inside() || (all_saved() && !inner.additions.any()) {
            return;
        }
        desk.end_before_locking(async move {
            if inner.additions.any() {
                // The words first.
                inner.keep(desk).await.ok();
                inner.additions.complete().await;
            }
            if !desk.is_inside() {
                return;
            }
            let saved = if inner.is_blank() {
                inner.let_go_or_keep(desk).await.map(|_| false)
            } else {
                inner.save(desk).await.map(|conflict| conflict.is_none())
            };
            // Home asked for the drafts when this began. Of what is saved it hears; of a draft that went or stayed it does not.
            if !matches!(saved, Ok(true)) {
                desk.changes.update(|changes| *changes += 1);
            }
            if let Err(trouble) = saved {
                desk.trouble.set(Some(trouble));
            }
        });
    }
}

impl Inner {
    /// Whether it says no more than when it was begun.
    fn is_blank(&self) -> bool {
        let content = begin::bare(self.record.borrow().content.clone());
        self.parent.get() == 0 && self.begun.as_ref().is_some_and(|begun| *begun == content)
    }

    /// Whether it is worth something with nothing in it: a session or a course, which others belong to, and what leads back to an
    /// article or a pack.
    fn may_be_blank(&self) -> bool {
        match &self.record.borrow().content {
            Content::Session(_) | Content::Course(_) => true,
            Content::Entry(entry) => entry.origin.is_some(),
            _ => false,
        }
    }

    fn said(&self) -> Record {
        let mut record = self.record.borrow().clone();
        record.changed = now::now();
        record
    }

    /// Answers its name, if a draft was written.
    async fn keep(&self, desk: Desk) -> Result<Option<RecordId>, Trouble> {
        let _turn = self.turn.lock().await;
        let change = self.change.get();
        self.soon.over();
        if change == self.drafted.get() || change == self.saved.get() {
            return Ok(None);
        }
        let draft = SaveDraft { id: self.id.get(), parent: self.parent.get(), record: self.said() };
        let id = desk.ask(draft).await?;
        self.id.set(Some(id));
        self.drafted.set(change);
        Ok(Some(id))
    }

    /// Answers a conflict, if what stands is not what was changed here.
    async fn save(&self, desk: Desk) -> Result<Option<Conflict>, Trouble> {
        // First what is certain: whatever saving says, the words are on disk.
        self.keep(desk).await?;
        let _turn = self.turn.lock().await;
        let change = self.change.get();
        if change == self.saved.get() && self.parent.get() > 0 {
            return Ok(None);
        }
        let mut record = self.said();
        record.content = steps_back::without(record.content);
        let save = Save { id: self.id.get(), parent: self.parent.get(), record };
        match desk.ask(save).await? {
            Saved::Yes { id, revision } => {
                self.id.set(Some(id));
                self.parent.set(revision);
                self.saved.set(change);
                self.drafted.set(change);
                Ok(None)
            }
            Saved::Conflict { theirs, merged } => {
                let merged = merged.filter(|(_, both)| both.is_empty()).map(|(merged, _)| merged);
                Ok(Some(Conflict { theirs, merged }))
            }
        }
    }

    /// Lets go of what is blank, unless all its words were only taken back: then it stays a draft. Answers whether it does.
    async fn let_go_or_keep(&self, desk: Desk) -> Result<bool, Trouble> {
        let keeps =
            matches!(&self.record.borrow().content, Content::Entry(entry) if steps_back::has_ahead(entry));
        if keeps {
            self.keep(desk).await?;
        } else {
            self.let_go(desk).await?;
        }
        Ok(keeps)
    }

    /// Removes the draft. What still waits for its turn then finds nothing to write; what is typed later is another draft.
    async fn let_go(&self, desk: Desk) -> Result<(), Trouble> {
        let _turn = self.turn.lock().await;
        let change = self.change.get();
        if let Some(id) = self.id.get() {
            desk.ask(DiscardDraft { id }).await?;
            if self.parent.get() == 0 {
                self.id.set(None);
            }
        }
        self.drafted.set(change);
        self.saved.set(change);
        Ok(())
    }
}
