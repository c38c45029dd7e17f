//! The door: looking, making, unlocking, locking, wiping.

use std::rc::Rc;

use journal::RecordId;
use vault::{Entry, Error, Listed, Manifest, NewSlot, RecoveryPhrase, Slot, State, Vault, Ways};
use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroizing;

use super::{
    Worker,
    browser::{self, Random},
    keys::{opened_by, passphrase_slot},
    plan, reading,
    store::{ALL, Batch, Disk, Memory, Store, Table, key, version_key},
    tabs::Told,
    unlocked::Unlocked,
    ways::way,
};
use crate::protocol::{Door, Event, Inside, Key, LockedDoor, Role, Stage, Trouble, Why, WhyLocked};

/// How long a page has to put its last words away once another tab has locked, in milliseconds. It takes no longer itself.
const LONGEST_LOCKING: i32 = 4_000;
/// How long a tab that could not take over waits before it tries again, in milliseconds.
const TRY_AGAIN: i32 = 3_000;

impl Worker {
    /// What is behind the door.
    pub async fn look(self: &Rc<Self>, remembered: bool) -> Result<Door, Trouble> {
        if let Ok(inside) = self.room.with(|open| Ok(open.inside())) {
            return Ok(Door::Open(Box::new(inside)));
        }
        Ok(self.look_outside(remembered).await.unwrap_or_else(Door::Shut))
    }

    async fn look_outside(self: &Rc<Self>, remembered: bool) -> Result<Door, Trouble> {
        let gone = |was_here| if was_here { Door::Evicted } else { Door::Nothing };
        let there = Disk::presence().await?;
        if !there.vault {
            return Ok(gone(remembered || there.marks));
        }
        let store = self.disk().await?;
        let (slots, wrong) = reading::slots(&store).await?;
        if slots.is_empty() {
            return match wrong {
                Some(error) => Err(error.into()),
                None => {
                    let marked = store.get(Table::Marks, reading::MARKS.to_vec()).await?.is_some();
                    Ok(gone(remembered || marked))
                }
            };
        }
        let plan = match store.as_ref() {
            Store::Disk(disk) => plan::while_locked(disk).await,
            Store::Memory(_) => None,
        };
        Ok(Door::Locked(Box::new(LockedDoor { ways: slots.iter().map(way).collect(), plan })))
    }

    /// The browser's store, opened once.
    pub async fn disk(self: &Rc<Self>) -> Result<Rc<Store>, Trouble> {
        if let Some(store) = self.store.borrow().as_ref() {
            return Ok(Rc::clone(store));
        }
        let worker = Rc::downgrade(self);
        let disk = Disk::open(Rc::new(move |trouble| {
            if let Some(worker) = worker.upgrade() {
                worker.store.borrow_mut().take();
                worker.happened(&Event::Trouble(trouble));
            }
        }));
        let store = Rc::new(Store::Disk(disk.await?));
        *self.store.borrow_mut() = Some(Rc::clone(&store));
        Ok(store)
    }

    /// Makes a journal.
    pub async fn create(
        self: &Rc<Self>,
        ask: u32,
        keep: bool,
        passphrase: Option<Zeroizing<Vec<u8>>>,
    ) -> Result<Inside, Trouble> {
        self.must_be_locked()?;
        let made = self.make(ask, keep, passphrase).await;
        self.or_stay_out(made)
    }

    async fn make(
        self: &Rc<Self>,
        ask: u32,
        keep: bool,
        passphrase: Option<Zeroizing<Vec<u8>>>,
    ) -> Result<Inside, Trouble> {
        let store = if keep { self.disk().await? } else { Rc::new(Store::Memory(Memory::default())) };
        if keep {
            self.must_be_nothing(&store).await?;
        }
        let vault = Vault::create(&mut Random)?;
        let mut phrase = None;
        let slot = match passphrase {
            Some(bytes) => {
                self.progress(ask, Stage::Deriving, 0, 0);
                passphrase_slot(&vault, &bytes)?
            }
            // What is not kept needs no way back in; a way there must be all the same, for a backup.
            None if !keep => {
                let phrase = phrase.insert(RecoveryPhrase::create(&mut Random)?);
                Slot::create(&vault, NewSlot::Recovery(phrase), &mut Random)?
            }
            None => return Err(Error::Passphrase.into()),
        };
        let mut manifest = Manifest::new(&vault);
        // The change is not stored: the whole manifest after it says the same.
        let lines = [(Listed::Slot, slot.id(), Entry::slot(&slot, State::Live))];
        manifest.seal_change(&vault, &lines, &mut Random)?;
        let whole = manifest.seal_whole(&vault, &mut Random)?;
        let mut batch = Batch::default();
        clear(&mut batch);
        batch.put(Table::Slots, key(slot.id()), slot.as_bytes().to_vec());
        batch.put(Table::Manifest, version_key(manifest.sequence()), whole.into_bytes());
        self.commit(&store, batch).await?;
        let mut marks = Batch::default();
        marks.delete_all(Table::Marks, ALL);
        self.commit(&store, marks).await?;
        let ways = Ways::of(&vault, vec![slot])?;
        let mut unlocked = Unlocked::new(store, vault, manifest, ways);
        unlocked.phrase = phrase;
        let inside = self.enter(unlocked)?;
        // At once, so that marks that are not there later are marks that were lost.
        self.raise_marks(&self.turn().await).await?;
        Ok(inside)
    }

    /// Opens the journal.
    pub async fn unlock(
        self: &Rc<Self>,
        ask: u32,
        with: Key,
        secret: &Zeroizing<Vec<u8>>,
    ) -> Result<Inside, Trouble> {
        self.must_be_locked()?;
        let store = self.disk().await?;
        let (slots, wrong) = reading::slots(&store).await?;
        self.progress(ask, Stage::Deriving, 0, 0);
        let (vault, by) = opened_by(&slots, &with, secret).map_err(|error| match (error, wrong) {
            // The way that was meant may be the one that is damaged.
            (Error::Missing, Some(wrong)) => wrong,
            (error, _) => error,
        })?;
        self.come_in(ask, store, vault, Some((by, &with, secret.as_slice()))).await
    }

    /// Reads everything, and is inside. `by` is what it was opened by, if it was.
    pub async fn come_in(
        self: &Rc<Self>,
        ask: u32,
        store: Rc<Store>,
        vault: Vault,
        by: Option<reading::By<'_>>,
    ) -> Result<Inside, Trouble> {
        let read = self.read_and_enter(ask, store, vault, by).await;
        self.or_stay_out(read)
    }

    async fn read_and_enter(
        self: &Rc<Self>,
        ask: u32,
        store: Rc<Store>,
        vault: Vault,
        by: Option<reading::By<'_>>,
    ) -> Result<Inside, Trouble> {
        let role = if self.tabs.try_to_write().await { Role::Writer } else { Role::Reader };
        // Before anything is read that this tab may write over.
        store.see().await?;
        let (slots, _) = reading::slots(&store).await?;
        let mut unlocked =
            reading::open(store, vault, slots, by, |done, of| self.progress(ask, Stage::Opening, done, of))
                .await?;
        unlocked.role = role;
        unlocked.refused = self.tabs.are_refused();
        let inside = self.enter(unlocked)?;
        if role == Role::Reader {
            self.wait_to_write(None);
        }
        Ok(inside)
    }

    /// A tab that has not come in is in no other's way.
    pub fn or_stay_out<T>(&self, came: Result<T, Trouble>) -> Result<T, Trouble> {
        if came.is_err() && !self.room.is_open() {
            self.tabs.let_go();
        }
        came
    }

    /// Has this tab write once the one that writes has gone. `told` is why it could not when that was tried last.
    fn wait_to_write(self: &Rc<Self>, told: Option<Trouble>) {
        let (worker, why) = (Rc::downgrade(self), told.clone());
        self.tabs.wait(move || {
            if let Some(worker) = worker.upgrade() {
                spawn_local(worker.take_over(why.clone()));
            }
        });
        let worker = Rc::clone(self);
        spawn_local(async move {
            if worker.tabs.writer_has_gone(|| worker.room.is_open() && !worker.writes()).await {
                worker.take_over(told).await;
            }
        });
    }

    fn enter(self: &Rc<Self>, mut unlocked: Unlocked) -> Result<Inside, Trouble> {
        unlocked.finder.begin(unlocked.shelf.newest_first().map(|live| live.summary.id).collect::<Vec<_>>());
        let inside = unlocked.inside();
        self.room.enter(unlocked);
        self.raise_marks_soon();
        self.refresh_index();
        let worker = Rc::clone(self);
        // If it cannot be done now, it is done when the journal is opened next.
        spawn_local(async move { drop(worker.end_cut_off().await) });
        Ok(inside)
    }

    /// The writing tab has gone, and this one writes from now on.
    async fn take_over(self: Rc<Self>, told: Option<Trouble>) {
        let turn = self.turn().await;
        if !self.room.is_open() {
            self.tabs.let_go();
            return;
        }
        let changed = self.take_what_stands().await;
        drop(turn);
        match changed {
            Ok(changed) => {
                self.happened(&Event::Role(Role::Writer));
                self.happened(&Event::Changed(changed));
                self.refresh_index();
            }
            // What could not be read is not written over. Another tab may be able to; and a little later this one, if none was.
            Err(trouble) => {
                self.tabs.let_go();
                if told.as_ref() != Some(&trouble) {
                    self.happened(&Event::Trouble(trouble.clone()));
                }
                browser::sleep(TRY_AGAIN).await;
                if self.room.is_open() && !self.writes() {
                    self.wait_to_write(Some(trouble));
                }
            }
        }
    }

    /// Takes over all that stands, to write on it.
    async fn take_what_stands(&self) -> Result<Vec<RecordId>, Trouble> {
        let store = self.room.with(|open| Ok(Rc::clone(&open.store)))?;
        store.see().await?;
        let known = self.room.with(|open| Ok(open.manifest.sequence()))?;
        let changed = reading::renew_all(&self.room).await?;
        self.room.with(|open| {
            // Readers know only what was stored, so an older state is one that was put back.
            if open.manifest.sequence() < known {
                return Err(Error::RolledBack.into());
            }
            open.role = Role::Writer;
            Ok(changed)
        })
    }

    /// Another tab writes, though this one thought that it does. From now on this one reads, and takes over what stands. What is
    /// on its screen stays there.
    pub fn stand_back(self: &Rc<Self>) {
        let stood = self.room.with(|open| {
            // What an attachment had so far may have been ended by the other tab.
            open.sealers.clear();
            Ok(std::mem::replace(&mut open.role, Role::Reader))
        });
        if stood != Ok(Role::Writer) {
            return;
        }
        self.happened(&Event::Role(Role::Reader));
        let worker = Rc::clone(self);
        spawn_local(async move {
            let turn = worker.turn().await;
            let changed = reading::renew_all(&worker.room).await.unwrap_or_default();
            drop(turn);
            worker.happened(&Event::Changed(changed));
            worker.refresh_index();
            worker.tabs.let_go();
            worker.wait_to_write(None);
        });
    }

    /// Locks this tab and tells the others.
    pub async fn lock(self: &Rc<Self>) -> Result<(), Trouble> {
        let turn = self.turn().await;
        // The marks may stay behind: they are still true.
        self.raise_marks(&turn).await.ok();
        let kept = self.room.with(|open| Ok(open.store.is_kept())).unwrap_or_default();
        self.leave();
        if kept {
            self.tabs.tell(Told::Lock);
        }
        Ok(())
    }

    /// Forgets everything.
    pub fn leave(&self) {
        self.room.leave();
        self.backup.borrow_mut().take();
        if let Some(store) = self.store.borrow_mut().take()
            && let Store::Disk(disk) = store.as_ref()
        {
            disk.close();
        }
        self.tabs.let_go();
    }

    /// Removes the journal from this browser.
    pub async fn wipe(&self) -> Result<(), Trouble> {
        let turn = self.turn().await;
        self.leave();
        self.tabs.tell(Told::Wiped);
        Disk::remove().await?;
        drop(turn);
        Ok(())
    }

    /// What another tab has told.
    pub fn heard(self: &Rc<Self>, told: Told) {
        let open = self.room.is_open();
        match told {
            Told::Lock if open => {
                self.happened(&Event::Locked(WhyLocked::OtherTab));
                // The page puts its last words away and ends this worker. One that cannot is not waited for.
                let worker = Rc::clone(self);
                spawn_local(async move {
                    browser::sleep(LONGEST_LOCKING).await;
                    worker.leave();
                });
            }
            Told::Lock => self.leave(),
            Told::Wiped => {
                self.leave();
                self.happened(&Event::Locked(WhyLocked::Wiped));
            }
            Told::Changed | Told::IWrite if self.writes() => {
                let worker = Rc::clone(self);
                spawn_local(async move {
                    let store = worker.room.with(|open| Ok(Rc::clone(&open.store)));
                    let Ok(store) = store else { return };
                    // A change may be one that was told before this tab took over: the store knows.
                    let overtaken = store.is_as_seen().await == Ok(false);
                    if overtaken || told == Told::IWrite && worker.tabs.may_yield() {
                        worker.stand_back();
                    }
                });
            }
            Told::Changed if open => {
                let worker = Rc::clone(self);
                spawn_local(async move {
                    let turn = worker.turn().await;
                    let changed = reading::refresh(&worker.room).await.unwrap_or_default();
                    drop(turn);
                    if !changed.is_empty() {
                        worker.happened(&Event::Changed(changed));
                        worker.refresh_index();
                    }
                });
            }
            Told::WhoWrites if self.writes() => self.tabs.tell(Told::IWrite),
            Told::Changed | Told::WhoWrites | Told::IWrite => {}
        }
    }

    /// Whether this tab writes what is kept.
    fn writes(&self) -> bool {
        self.room.with(|open| open.may_write().map(|()| open.store.is_kept())).unwrap_or_default()
    }

    fn must_be_locked(&self) -> Result<(), Trouble> {
        match self.room.is_open() {
            true => Err(Trouble::new(Why::Open, "the journal is open already")),
            false => Ok(()),
        }
    }

    /// Takes the lock, and refuses where a journal is: making one must never cover another up.
    pub async fn must_be_nothing(self: &Rc<Self>, store: &Store) -> Result<(), Trouble> {
        let writes = self.tabs.try_to_write().await;
        store.see().await?;
        if !store.keys(Table::Slots, ALL).await?.is_empty() {
            return Err(Trouble::new(Why::Here, "there is a journal here already"));
        }
        match writes {
            true => Ok(()),
            false => Err(Trouble::only_reads(self.tabs.are_refused())),
        }
    }
}

/// Removes what is left of a restore that was cut off, or planted.
pub fn clear(batch: &mut Batch) {
    for table in
        [Table::Slots, Table::Heads, Table::Past, Table::Parts, Table::Manifest, Table::Drafts, Table::Device]
    {
        batch.delete_all(table, ALL);
    }
}
