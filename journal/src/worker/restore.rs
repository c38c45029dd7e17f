//! Bringing a backup back: into nothing, or into the open journal. Decided by who descends from whom and never by a clock; what
//! both sides changed is kept twice, and nothing is deleted.

use std::{ops::Bound, rc::Rc};

use order::Map;
use vault::{
    Change, Entry, Frame, Kind, Listed, Manifest, ObjectId, Plan, Sealed, Side, Slot, State, Vault, Verdict,
};
use web_sys::Blob;

use super::{
    Worker,
    backup::{Frames, facts, slots},
    browser::Random,
    door::clear,
    keys::open_with,
    store::{ALL, Batch, Table, key, key_of, version_key},
};
use crate::protocol::{BackupFacts, Inside, Key, Restored, Stage, Trouble, Verdicts, Why};

/// Bytes that are written in one transaction.
pub const AT_ONCE: usize = 2 << 20;
/// Records that are read at once.
const PAGE: u32 = 512;

/// A backup that was read and found whole enough to be restored.
pub struct BackupInHand {
    /// The file, as the page gave it.
    pub file: Blob,
    vault: Vault,
    slots: Vec<Slot>,
    /// What to do with each thing, where there is a journal to bring it into.
    plan: Option<Plan>,
    verdicts: Verdicts,
}

impl Worker {
    /// Reads a backup and says what is in it and what restoring it would do.
    pub async fn read_backup(
        self: &Rc<Self>,
        ask: u32,
        file: Blob,
        with: Option<Key>,
        secret: &[u8],
    ) -> Result<BackupFacts, Trouble> {
        self.backup.borrow_mut().take();
        let slots = slots(&file).await?;
        let vault = match with {
            Some(with) => {
                self.progress(ask, Stage::Deriving, 0, 0);
                open_with(&slots, &with, secret)?
            }
            None => {
                let vault = self.room.with(|open| Ok(open.vault.clone()))?;
                let slot = slots.first().ok_or(vault::Error::LastSlot)?;
                vault.same_as(slot.vault(), slot.key_id())?;
                vault
            }
        };
        let ours = match self.room.is_open() {
            true => Some(self.our_side().await?),
            false => None,
        };
        if let Some((_, our_vault)) = &ours {
            our_vault.same_as(vault.id(), vault.key_id())?;
        }
        let mut theirs = None;
        let (report, seen) = self
            .check(ask, &file, &vault, |frame| {
                match frame {
                    Frame::Manifest(sealed) => {
                        theirs = Some(Side::new(&vault, &Manifest::open(&vault, sealed)?));
                    }
                    Frame::Record(sealed) => {
                        theirs.as_mut().map(|side| side.add(sealed)).transpose()?;
                    }
                    Frame::Attachment(sealed) if sealed.header().part.last => {
                        theirs.as_mut().map(|side| side.add(sealed)).transpose()?;
                    }
                    _ => {}
                }
                Ok(())
            })
            .await?;
        let plan = match (&ours, &theirs) {
            (Some((ours, _)), Some(theirs)) => Some(Plan::new(ours, theirs)?),
            _ => None,
        };
        let mut settings = seen.settings.clone();
        if plan.is_some() {
            settings.extend(self.room.with(|open| Ok(open.shelf.all_settings()))?);
        }
        let verdicts = plan.as_ref().map(|plan| count(plan, &settings));
        let facts = BackupFacts { verdicts: verdicts.clone(), ..facts(report, &seen, &file) };
        let verdicts = verdicts.unwrap_or_default();
        *self.backup.borrow_mut() = Some(BackupInHand { file, vault, slots, plan, verdicts });
        Ok(facts)
    }

    /// Everything that is here, as far as it decides what descends from what.
    async fn our_side(&self) -> Result<(Side, Vault), Trouble> {
        let (store, vault, mut side, attachments) = self.room.with(|open| {
            let side = Side::new(&open.vault, &open.manifest);
            let attachments: Vec<_> = open.attachments().map(|(id, _)| id).collect();
            Ok((Rc::clone(&open.store), open.vault.clone(), side, attachments))
        })?;
        for table in [Table::Heads, Table::Past] {
            let mut from = Bound::Unbounded;
            loop {
                let page = store.page(table, (from, Bound::Unbounded), PAGE).await?;
                let Some((last, _)) = page.last() else { break };
                from = Bound::Excluded(last.clone());
                for (_, bytes) in page {
                    // What is damaged here is no reason to refuse what is whole there.
                    if let Ok(sealed) = Sealed::parse(bytes) {
                        side.add(&sealed)?;
                    }
                }
            }
        }
        for id in attachments {
            let last = store.keys(Table::Parts, super::store::all_of(id.0)).await?.pop();
            let Some(last) = last else { continue };
            if let Some(Ok(sealed)) = store.get(Table::Parts, last).await?.map(Sealed::parse)
                && sealed.header().part.last
            {
                side.add(&sealed)?;
            }
        }
        Ok((side, vault))
    }

    /// Restores the backup that was read last.
    pub async fn restore_backup(self: &Rc<Self>, ask: u32) -> Result<Restored, Trouble> {
        let backup = self.backup.borrow_mut().take();
        let backup = backup.ok_or_else(|| Trouble::new(Why::Order, "no backup has been read yet"))?;
        let restored = self.restore(ask, &backup).await;
        if restored.is_err() {
            // What was cut off can be begun again.
            *self.backup.borrow_mut() = Some(backup);
        }
        restored
    }

    async fn restore(self: &Rc<Self>, ask: u32, backup: &BackupInHand) -> Result<Restored, Trouble> {
        let verdicts = backup.verdicts.clone();
        match &backup.plan {
            None => {
                let restored = self.restore_into_nothing(ask, backup).await;
                let inside = self.or_stay_out(restored)?;
                Ok(Restored { verdicts, beside: Vec::new(), inside })
            }
            Some(plan) => {
                let beside = self.restore_into_open(ask, backup, plan).await?;
                let inside = self.room.with(|open| Ok(open.inside()))?;
                Ok(Restored { verdicts, beside, inside })
            }
        }
    }

    /// The ways in and the manifest come last: until they are there, there is no journal, and a restore that was cut off
    /// can be begun again.
    async fn restore_into_nothing(
        self: &Rc<Self>,
        ask: u32,
        backup: &BackupInHand,
    ) -> Result<Inside, Trouble> {
        let store = self.disk().await?;
        self.must_be_nothing(&store).await?;
        let mut batch = Batch::default();
        clear(&mut batch);
        self.commit(&store, batch).await?;
        let mut marks = Batch::default();
        marks.delete_all(Table::Marks, ALL);
        self.commit(&store, marks).await?;

        let mut frames = Frames::new(&backup.file);
        let mut batch = Batch::default();
        let mut manifest = None;
        let mut newest: Option<Sealed> = None;
        while let Some(frame) = frames.next().await? {
            if !matches!(frame, Frame::Record(_)) {
                place(&mut batch, newest.take(), None);
            }
            match frame {
                Frame::Manifest(sealed) => manifest = Some(sealed),
                Frame::Record(sealed) => place(&mut batch, newest.replace(sealed), newest.as_ref()),
                Frame::Attachment(sealed) => put_part(&mut batch, sealed),
                Frame::Begin(..) | Frame::Slot(_) | Frame::End(..) => {}
            }
            if batch.bytes() >= AT_ONCE {
                self.commit(&store, std::mem::take(&mut batch)).await?;
                self.progress(ask, Stage::Restoring, frames.at as usize, backup.file.size() as usize);
            }
        }
        let manifest = manifest.ok_or(vault::Error::Unfinished)?;
        let ways = settled_ways(&backup.vault, &manifest, &backup.slots)?;
        batch.put(Table::Manifest, version_key(manifest.header().place.revision), manifest.into_bytes());
        if let Some(ways) = ways {
            batch.put(Table::Manifest, version_key(ways.header().place.revision), ways.into_bytes());
        }
        for slot in &backup.slots {
            batch.put(Table::Slots, key(slot.id()), slot.as_bytes().to_vec());
        }
        self.commit(&store, batch).await?;
        let inside = self.come_in(ask, store, backup.vault.clone(), None).await?;
        self.raise_marks(&self.turn().await).await?;
        self.put_plan_where_it_belongs().await;
        Ok(Inside { marks_gone: false, ..inside })
    }
}

/// A backup can hold fewer ways in than its manifest lists, and one of its own that the manifest does not list: from now on
/// those that came with it are the journal's. The change that says so, if one is needed.
fn settled_ways(vault: &Vault, whole: &Sealed, slots: &[Slot]) -> Result<Option<Sealed>, vault::Error> {
    let mut manifest = Manifest::open(vault, whole)?;
    let here: Map<ObjectId, Entry> =
        slots.iter().map(|slot| (slot.id(), Entry::slot(slot, State::Live))).collect();
    let new = here.iter().filter(|(id, _)| manifest.get(Listed::Slot, **id).is_none());
    let mut changes: Vec<Change> = new.map(|(id, entry)| (Listed::Slot, *id, *entry)).collect();
    let gone = manifest.entries().filter(|(listed, id, entry)| {
        *listed == Listed::Slot && entry.state == State::Live && !here.contains_key(id)
    });
    changes.extend(gone.map(|(listed, id, entry)| (listed, id, Entry { state: State::Purged, ..entry })));
    match changes.is_empty() {
        true => Ok(None),
        false => manifest.seal_change(vault, &changes, &mut Random).map(Some),
    }
}

/// Puts a revision where it belongs: to the past if one of the same record follows it.
fn place(batch: &mut Batch, sealed: Option<Sealed>, next: Option<&Sealed>) {
    let Some(sealed) = sealed else { return };
    let place = sealed.header().place;
    match next.is_some_and(|next| next.header().place.id == place.id) {
        true => batch.put(Table::Past, key_of(place.id, place.revision), sealed.into_bytes()),
        false => batch.put(Table::Heads, key(place.id), sealed.into_bytes()),
    }
}

/// Puts a part where it belongs.
pub fn put_part(batch: &mut Batch, sealed: Sealed) {
    let header = *sealed.header();
    debug_assert_eq!(header.kind, Kind::Attachment);
    batch.put(Table::Parts, key_of(header.place.id, header.part.index.into()), sealed.into_bytes());
}

/// How many things have which verdict. Settings are no things: they come along without being counted among them.
fn count(plan: &Plan, settings: &[ObjectId]) -> Verdicts {
    let mut counted = Verdicts::default();
    for (_, id, verdict) in plan.0.iter().filter(|(listed, ..)| *listed == Listed::Record) {
        if settings.contains(id) {
            counted.settings |= *verdict == Verdict::Take;
            continue;
        }
        match verdict {
            Verdict::Same => counted.same += 1,
            Verdict::Take => counted.take += 1,
            Verdict::Keep => counted.keep += 1,
            Verdict::Both(_) => counted.both += 1,
            Verdict::Gone => counted.gone += 1,
        }
    }
    counted
}
