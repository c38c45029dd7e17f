//! Holds the vault: keys, the browser's store, what is decrypted, the index. Answers the screens, and knows no page.
//!
//! ```text
//! letter → Worker::take → one of: door, ways, records, drafts, attachments, own, backup, restore, tidy
//!                            reading ← store → writing          (bytes on disk)
//!                            Unlocked: shelf, finder, manifest  (what is in memory while it is open)
//! ```
//! Commands run side by side; those that write wait for their turn. Ending the worker forgets everything.

mod attachments;
mod backup;
mod browser;
mod door;
mod drafts;
mod finder;
mod keys;
mod merging;
mod own;
mod plan;
mod reading;
mod records;
mod restore;
mod shelf;
mod store;
mod tabs;
mod tidy;
mod unlocked;
mod ways;
mod writing;

pub use self::{keys::open_with, unlocked::finding};

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, MessageEvent};
use zeroize::Zeroizing;

use self::{
    browser::Clock,
    restore::BackupInHand,
    store::Store,
    tabs::Tabs,
    unlocked::{Room, Unlocked},
};
use crate::{
    protocol::*,
    wire::{Letter, What},
};

/// What this worker is.
#[derive(Default)]
pub struct Worker {
    clock: Clock,
    /// The open journal.
    room: Room,
    /// The browser's store, once it was opened.
    store: RefCell<Option<Rc<Store>>>,
    /// One write at a time.
    turn: futures_util::lock::Mutex<()>,
    tabs: Tabs,
    /// The backup that was read last.
    backup: RefCell<Option<BackupInHand>>,
    /// Commands whose answer nobody waits for any more.
    cancelled: RefCell<Vec<u32>>,
    /// Whether the marks are to be raised soon.
    marks_wait: Cell<bool>,
    /// Whether the index is being made.
    indexing: Cell<bool>,
}

/// Listens to the screens.
pub fn run() {
    let worker = Rc::new(Worker::default());
    worker.tabs.listen({
        let worker = Rc::downgrade(&worker);
        move |told| {
            if let Some(worker) = worker.upgrade() {
                worker.heard(told);
            }
        }
    });
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let worker = Rc::clone(&worker);
        match Letter::from_message(&event.data()) {
            Ok(letter) => worker.take(letter),
            Err(trouble) => worker.happened(&Event::Trouble(trouble)),
        }
    });
    // The worker listens as long as it lives.
    browser::scope().set_onmessage(Some(heard.into_js_value().unchecked_ref()));
}

impl Worker {
    fn take(self: Rc<Self>, letter: Letter) {
        let ask = letter.ask;
        match letter.what {
            What::Ask => spawn_local(async move {
                let answer = match letter.read::<Ask>() {
                    Ok(what) => match self.answer(ask, what, Beside(letter.beside)).await {
                        Err(trouble) => Err(self.or_overtaken(trouble).await),
                        answer => answer,
                    },
                    Err(trouble) => Err(trouble),
                };
                self.cancelled.borrow_mut().retain(|cancelled| *cancelled != ask);
                browser::post(answer.unwrap_or_else(|trouble| Letter::new(What::Trouble, ask, &trouble)));
            }),
            What::Cancel => self.cancelled.borrow_mut().push(ask),
            What::Answer | What::Trouble | What::Event => {}
        }
    }

    /// Tells the screens what has happened.
    pub fn happened(&self, event: &Event) {
        browser::post(Letter::new(What::Event, 0, event));
    }

    /// Tells the screens how far a command is.
    pub fn progress(&self, ask: u32, stage: Stage, done: usize, of: usize) {
        self.happened(&Event::Progress { ask, stage, done, of });
    }

    /// Stops a command that nobody waits for. Asked between its steps.
    ///
    /// # Errors
    /// `Cancelled`.
    pub fn go_on(&self, ask: u32) -> Result<(), Trouble> {
        match self.cancelled.borrow().contains(&ask) {
            true => Err(Trouble::new(Why::Cancelled, "this was cancelled")),
            false => Ok(()),
        }
    }

    /// Indexes what is not indexed yet, a stretch at a time, and lets letters in between.
    pub fn refresh_index(self: &Rc<Self>) {
        if self.indexing.replace(true) {
            return;
        }
        let worker = Rc::clone(self);
        spawn_local(async move {
            // What was just asked is answered first.
            browser::sleep(0).await;
            while let Ok(true) = worker.room.with(|open| Ok(index(open))) {
                browser::sleep(0).await;
            }
            worker.indexing.set(false);
        });
    }

    async fn answer(self: &Rc<Self>, ask: u32, what: Ask, beside: Beside) -> Result<Letter, Trouble> {
        /// An answer of the type that the command promises.
        fn say<C: Command>(ask: u32, answer: &C::Answer) -> Letter {
            Letter::new(What::Answer, ask, answer)
        }
        Ok(match what {
            Ask::Look(look) => say::<Look>(ask, &self.look(look.remembered).await?),
            Ask::Create(create) => {
                say::<Create>(ask, &self.create(ask, create.keep, beside.secret(0).ok()).await?)
            }
            Ask::Unlock(unlock) => {
                say::<Unlock>(ask, &self.unlock(ask, unlock.key, &beside.secret(0)?).await?)
            }
            Ask::Lock(_) => say::<Lock>(ask, &self.lock().await?),
            Ask::Wipe(_) => say::<Wipe>(ask, &self.wipe().await?),
            Ask::Ways(_) => say::<Ways>(ask, &self.ways()?),
            Ask::SuggestPassphrase(_) => say::<SuggestPassphrase>(ask, &ways::six_words()?),
            Ask::ChangePassphrase(change) => {
                let (proof, new) = (beside.secret(0)?, beside.secret(1)?);
                say::<ChangePassphrase>(ask, &self.change_passphrase(&change.key, &proof, &new).await?)
            }
            Ask::NewRecovery(_) => say::<NewRecovery>(ask, &self.new_recovery().await?),
            Ask::ConfirmRecovery(confirm) => {
                say::<ConfirmRecovery>(ask, &self.confirm_recovery(&confirm.words).await?)
            }
            Ask::ProveRecovery(_) => {
                say::<ProveRecovery>(ask, &self.prove_recovery(&beside.secret(0)?).await?)
            }
            Ask::AskPasskey(_) => say::<AskPasskey>(ask, &self.ask_passkey()?),
            Ask::AddPasskey(_) => {
                let (credential, input, output) = (beside.secret(0)?, beside.secret(1)?, beside.secret(2)?);
                say::<AddPasskey>(ask, &self.add_passkey(&credential, &input, &output).await?)
            }
            Ask::RemoveWay(remove) => say::<RemoveWay>(ask, &self.remove_way(&remove.way).await?),
            Ask::Accept(_) => say::<Accept>(ask, &self.accept().await?),

            Ask::List(list) => {
                let page = self.room.with(|open| Ok(open.shelf.list(&list.filter, list.from, list.count)));
                say::<List>(ask, &page?)
            }
            Ask::Open(open) => say::<Open>(ask, &self.open_thing(open.id)?),
            Ask::SaveDraft(draft) => {
                say::<SaveDraft>(ask, &self.save_draft(draft.id, draft.parent, draft.record).await?)
            }
            Ask::DiscardDraft(draft) => say::<DiscardDraft>(ask, &self.discard_draft(draft.id).await?),
            Ask::Drafts(_) => say::<Drafts>(ask, &self.drafts()?),
            Ask::Save(save) => say::<Save>(ask, &self.save(save.id, save.parent, save.record).await?),
            Ask::Delete(delete) => say::<Delete>(ask, &self.delete(delete.id).await?),
            Ask::Undelete(undelete) => say::<Undelete>(ask, &self.undelete(undelete.id).await?),
            Ask::Trash(_) => say::<Trash>(ask, &self.trash().await?),
            Ask::Revisions(revisions) => say::<Revisions>(ask, &self.revisions(revisions.id).await?),
            Ask::OpenRevision(past) => {
                say::<OpenRevision>(ask, &self.read_revision(past.id, past.revision).await?)
            }
            Ask::RestoreRevision(past) => {
                say::<RestoreRevision>(ask, &self.restore_revision(past.id, past.revision).await?)
            }
            Ask::Calendar(calendar) => {
                let days = self.room.with(|open| Ok(open.shelf.calendar(calendar.from, calendar.to)));
                say::<Calendar>(ask, &days?)
            }
            Ask::GatherWeek(week) => {
                say::<GatherWeek>(ask, &self.room.with(|open| Ok(open.shelf.week(week.first)))?)
            }
            Ask::Labels(_) => say::<Labels>(ask, &self.room.with(|open| Ok(open.shelf.labels()))?),
            Ask::Search(search) => {
                // The keys that were pressed since are heard first: only the newest question is worth an answer.
                browser::sleep(0).await;
                self.go_on(ask)?;
                say::<Search>(ask, &self.search(&search)?)
            }
            Ask::ReadSettings(_) => {
                say::<ReadSettings>(ask, &self.room.with(|open| Ok(open.shelf.settings().1))?)
            }
            Ask::WriteSettings(write) => {
                say::<WriteSettings>(ask, &self.change_settings(|settings| *settings = write.settings).await?)
            }
            Ask::ReadPlan(_) => say::<ReadPlan>(ask, &self.room.with(|open| Ok(open.shelf.plan()))?),

            Ask::BeginAttachment(_) => say::<BeginAttachment>(ask, &self.begin_attachment()?),
            Ask::PushAttachment(push) => {
                say::<PushAttachment>(ask, &self.push_attachment(push.id, &beside.secret(0)?).await?)
            }
            Ask::EndAttachment(end) => say::<EndAttachment>(ask, &self.end_attachment(end.id).await?),
            Ask::DiscardAttachment(discard) => {
                say::<DiscardAttachment>(ask, &self.discard_attachment(discard.id, discard.of).await?)
            }
            Ask::ReadAttachment(read) => {
                let (part, bytes) = self.read_attachment(read.id, read.part).await?;
                say::<ReadAttachment>(ask, &part).with(bytes)
            }

            Ask::Backup(_) => {
                let (facts, file) = self.backup(ask, beside.secret(0).ok()).await?;
                say::<Backup>(ask, &facts).with(vec![file.into()])
            }
            Ask::ReadBackup(read) => {
                let secret = beside.secret(1).unwrap_or_default();
                say::<ReadBackup>(ask, &self.read_backup(ask, beside.file()?, read.key, &secret).await?)
            }
            Ask::RestoreBackup(_) => say::<RestoreBackup>(ask, &self.restore_backup(ask).await?),
            Ask::RecordsAsJson(records) => {
                let (count, json) = self.records_as_json(records.from, records.count)?;
                say::<RecordsAsJson>(ask, &count).with(vec![Uint8Array::from(json.as_slice()).into()])
            }
            Ask::AddRecords(_) => say::<AddRecords>(ask, &self.add_records(beside.all()?).await?),
            Ask::ReadMeter(_) => say::<ReadMeter>(ask, &self.meter().await?),
            Ask::Fingerprint(_) => say::<Fingerprint>(ask, &self.fingerprint()?),
            Ask::Tidy(_) => say::<Tidy>(ask, &self.tidy().await?),
        })
    }
}

/// Indexes the next stretch: whether there is more to do.
fn index(open: &mut Unlocked) -> bool {
    if open.finder.is_complete() {
        open.finder.catch_up();
        return false;
    }
    let Unlocked { finder, shelf, .. } = open;
    finder.step(|id| Some(journal::document(id, &shelf.live(id).ok()?.0.record)));
    if finder.is_complete() {
        browser::post(Letter::new(What::Event, 0, &Event::Ready));
    }
    true
}

/// What lies beside a command.
struct Beside(Vec<JsValue>);

impl Beside {
    /// Bytes, of which the browser's copy is wiped.
    fn secret(&self, at: usize) -> Result<Zeroizing<Vec<u8>>, Trouble> {
        let bytes =
            self.0.get(at).and_then(|beside| beside.dyn_ref::<Uint8Array>()).ok_or_else(nothing_beside)?;
        let copy = Zeroizing::new(bytes.to_vec());
        bytes.fill(0, 0, bytes.length());
        Ok(copy)
    }

    fn all(&self) -> Result<Vec<Zeroizing<Vec<u8>>>, Trouble> {
        (0..self.0.len()).map(|at| self.secret(at)).collect()
    }

    fn file(&self) -> Result<Blob, Trouble> {
        self.0.first().and_then(|beside| beside.dyn_ref::<Blob>()).cloned().ok_or_else(nothing_beside)
    }
}

fn nothing_beside() -> Trouble {
    Trouble::new(Why::Worker, "something that belongs to this command is not beside it")
}
