//! Bringing a backup into the open journal: what it has more is taken, what both sides changed is merged or kept twice, and
//! nothing is deleted.

use std::rc::Rc;

use journal::{Record, RecordId};
use order::Map;
use vault::{Body, Change, Entry, Frame, Hash, Listed, ObjectId, Place, Plan, Sealed, State, Verdict};

use super::{
    Worker,
    backup::Frames,
    restore::{AT_ONCE, BackupInHand, put_part},
    store::{Table, key, key_of},
    writing::{Turn, Writing},
};
use crate::protocol::{Event, Stage, Trouble};

impl Worker {
    /// Takes what the plan says, record by record.
    pub async fn restore_into_open(
        self: &Rc<Self>,
        ask: u32,
        backup: &BackupInHand,
        plan: &Plan,
    ) -> Result<Vec<RecordId>, Trouble> {
        let verdicts: Map<(Listed, ObjectId), Verdict> =
            plan.0.iter().map(|(listed, id, verdict)| ((*listed, *id), *verdict)).collect();
        let mut beside = Vec::new();
        let mut frames = Frames::new(&backup.file);
        let mut history: Vec<Sealed> = Vec::new();
        let mut writing = Writing::default();
        let mut turn = None;
        loop {
            let frame = frames.next().await?;
            // Held from comparing to writing, so that nothing is written in between.
            let held = match &mut turn {
                Some(held) => held,
                none => none.insert(self.turn().await),
            };
            let same = match (&frame, history.first()) {
                (Some(Frame::Record(sealed)), Some(first)) => {
                    sealed.header().place.id == first.header().place.id
                }
                _ => false,
            };
            if !same && let Some(newest) = history.last() {
                let id = newest.header().place.id;
                match verdicts.get(&(Listed::Record, id)) {
                    Some(Verdict::Take) if self.is_followed_by(&history).await? => {
                        self.take_history(&mut writing, std::mem::take(&mut history)).await?;
                    }
                    // Ours was changed after the backup was read.
                    Some(Verdict::Take) => beside.extend(self.keep_both(held, None, newest).await?),
                    Some(Verdict::Both(base)) => {
                        let base = base.map(|(revision, _)| revision);
                        beside.extend(self.keep_both(held, base, newest).await?);
                    }
                    _ => {}
                }
                history.clear();
            }
            match frame {
                Some(Frame::Record(sealed)) => history.push(sealed),
                Some(Frame::Attachment(sealed))
                    if verdicts.get(&(Listed::Attachment, sealed.header().place.id))
                        == Some(&Verdict::Take)
                        && !self.is_gone(sealed.header().place.id)? =>
                {
                    if sealed.header().part.last {
                        let line =
                            (Listed::Attachment, sealed.header().place.id, Entry::of(&sealed, State::Live));
                        writing.changes.push(line);
                    }
                    put_part(&mut writing.batch, sealed);
                }
                Some(_) => {}
                None => {
                    self.write_taken(held, writing).await?;
                    break;
                }
            }
            if writing.batch.bytes() >= AT_ONCE {
                self.write_taken(held, std::mem::take(&mut writing)).await?;
                turn = None;
                self.progress(ask, Stage::Restoring, frames.at as usize, backup.file.size() as usize);
            }
        }
        drop(turn);
        self.put_plan_where_it_belongs().await;
        Ok(beside)
    }

    /// Whether what stands here is one of these revisions, or there is nothing: it was so when the backup was read. Where the
    /// manifest knows something newer, or that it is gone for good, they follow nothing.
    async fn is_followed_by(&self, history: &[Sealed]) -> Result<bool, Trouble> {
        let Some(newest) = history.last() else { return Ok(false) };
        let Place { id, revision, .. } = newest.header().place;
        let (store, listed) =
            self.room.with(|open| Ok((Rc::clone(&open.store), open.listed(RecordId(id)))))?;
        Ok(match store.get(Table::Heads, key(id)).await? {
            Some(bytes) => {
                let stands = Hash::of(&bytes);
                history
                    .iter()
                    .any(|sealed| sealed.hash() == stands || sealed.header().place.previous == stands)
            }
            None => listed.is_none_or(|entry| {
                entry.state != State::Purged && (revision > entry.revision || newest.hash() == entry.hash)
            }),
        })
    }

    /// Whether an attachment was removed for good, as can happen after the backup was read.
    fn is_gone(&self, id: ObjectId) -> Result<bool, Trouble> {
        self.room.with(|open| {
            let entry = open.manifest.get(Listed::Attachment, id);
            Ok(entry.is_some_and(|entry| entry.state == State::Purged))
        })
    }

    /// Revisions that come after ours, or are of something that we do not have.
    async fn take_history(
        self: &Rc<Self>,
        writing: &mut Writing,
        history: Vec<Sealed>,
    ) -> Result<(), Trouble> {
        let Some(newest) = history.last() else { return Ok(()) };
        let id = newest.header().place.id;
        let deletion =
            self.room.with(|open| Ok(matches!(open.vault.open_record(newest)?, Body::Tombstone(_))))?;
        let state = if deletion { State::Deleted } else { State::Live };
        writing.changes.push((Listed::Record, id, Entry::of(newest, state)));
        let last = history.len() - 1;
        for (at, sealed) in history.into_iter().enumerate() {
            let revision = sealed.header().place.revision;
            match at == last {
                true => writing.batch.put(Table::Heads, key(id), sealed.into_bytes()),
                false => writing.batch.put(Table::Past, key_of(id, revision), sealed.into_bytes()),
            }
        }
        Ok(())
    }

    async fn write_taken(self: &Rc<Self>, turn: &Turn<'_>, writing: Writing) -> Result<(), Trouble> {
        let taken: Vec<Change> = writing.changes.clone();
        self.write(turn, writing).await?;
        let store = self.room.with(|open| Ok(Rc::clone(&open.store)))?;
        let mut changed = Vec::new();
        for (_, id, _) in taken.into_iter().filter(|(listed, ..)| *listed == Listed::Record) {
            let Some(bytes) = store.get(Table::Heads, key(id)).await? else { continue };
            let sealed = Sealed::parse(bytes)?;
            self.room.with(|open| {
                let thing = open.thing(&sealed);
                open.finder.put(RecordId(id), &thing);
                open.shelf.put(RecordId(id), thing);
                Ok(())
            })?;
            changed.push(RecordId(id));
        }
        if !changed.is_empty() {
            self.happened(&Event::Changed(changed));
        }
        Ok(())
    }

    /// What both sides changed: fields that only one side touched are merged; if any was touched by both, theirs is kept beside
    /// ours as a thing of its own.
    async fn keep_both(
        self: &Rc<Self>,
        turn: &Turn<'_>,
        base: Option<u64>,
        theirs: &Sealed,
    ) -> Result<Option<RecordId>, Trouble> {
        let id = RecordId(theirs.header().place.id);
        let body = self.room.with(|open| Ok(open.vault.open_record(theirs)?))?;
        // They deleted what we changed: what we have stays.
        let Body::Content(content) = body else { return Ok(None) };
        let their_record = Record::from_json(&content)?;
        let base = match base {
            Some(revision) => self.read_revision(id, revision).await.ok(),
            None => None,
        };
        let ours =
            self.room.with(|open| Ok(open.shelf.live(id).ok().map(|(live, _)| live.record.clone())))?;
        let merged = match (&base, &ours) {
            (Some(base), Some(ours)) => journal::merge::three_way(Some(base), ours, &their_record).ok(),
            _ => None,
        };
        let mut writing = Writing::default();
        let beside = match merged.filter(|merged| merged.both.is_empty()) {
            // It was merged before, by a restore that was cut off.
            Some(merged) if ours.as_ref() == Some(&merged.record) => return Ok(None),
            Some(merged) => {
                writing.records.push((id, Body::Content(merged.record.to_json()?.into())));
                None
            }
            // And here it stands beside ours already.
            None if self
                .room
                .with(|open| Ok(open.shelf.all_live().any(|(_, live)| live.record == their_record)))? =>
            {
                return Ok(None);
            }
            None => {
                let beside = Self::new_id();
                writing.records.push((beside, Body::Content(content)));
                Some(beside)
            }
        };
        self.write(turn, writing).await?;
        Ok(beside)
    }
}
