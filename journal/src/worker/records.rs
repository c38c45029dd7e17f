//! Saving, deleting, history.

use std::rc::Rc;

use journal::{Content, Record, RecordId, Revision};
use vault::{Body, ObjectId, Sealed, Tombstone, UNDO_MILLISECONDS};

use super::{
    Worker, browser,
    shelf::{Thing, What},
    store::{Store, Table, all_of, key, key_of, number_of},
    writing::{Turn, Writing},
};
use crate::protocol::{Draft, Opened, Past, Saved, Trashed, Trouble, Why};

impl Worker {
    /// A new name for a record.
    pub fn new_id() -> RecordId {
        RecordId(ObjectId::random(&mut browser::Random))
    }

    /// One thing, with what was typed and not saved.
    pub fn open_thing(&self, id: RecordId) -> Result<Opened, Trouble> {
        self.room.with(|open| {
            let draft = open.drafts.get_mut(&id).map(|kept| {
                kept.unread = false;
                Draft { parent: kept.parent, record: kept.record.clone() }
            });
            match (open.shelf.live(id), draft) {
                (Ok((live, revision)), draft) => {
                    Ok(Opened { id, revision, record: live.record.clone(), draft })
                }
                // Only typed so far, or removed elsewhere while it was being typed: the words are what there is, and they change
                // nothing that stands.
                (Err(trouble), Some(draft)) if trouble.why == Why::NotThere => {
                    let draft = Draft { parent: 0, ..draft };
                    Ok(Opened { id, revision: 0, record: draft.record.clone(), draft: Some(draft) })
                }
                (Err(trouble), _) => Err(trouble),
            }
        })
    }

    /// Saves, if what was changed is still what stands.
    pub async fn save(
        self: &Rc<Self>,
        id: Option<RecordId>,
        parent: Revision,
        mut record: Record,
    ) -> Result<Saved, Trouble> {
        let turn = self.turn().await;
        let id = id.unwrap_or_else(Self::new_id);
        record.changed = self.clock.now();
        enum Stands {
            Yes,
            Anew,
            Other(Box<Record>),
            Gone(Trouble),
        }
        let stands = self.room.with(|open| {
            open.may_write()?;
            let stands = match open.shelf.get(id) {
                // It was removed for good, or is missing, and its name is taken for ever: what was typed over it is a new thing.
                None if open.listed(id).is_some() => Stands::Anew,
                None if parent == 0 => Stands::Yes,
                None => return Err(Trouble::new(Why::NotThere, "there is no such thing in this journal")),
                Some(Thing { what: What::Live(live), revision, .. }) if *revision == parent => {
                    live.record.may_become(&record)?;
                    Stands::Yes
                }
                Some(Thing { what: What::Live(live), .. }) => Stands::Other(Box::new(live.record.clone())),
                Some(Thing { what: What::Deleted(_), .. }) => {
                    Stands::Gone(Trouble::new(Why::Deleted, "this was deleted in the meantime"))
                }
                Some(Thing { what: What::Damaged(trouble), .. }) => Stands::Gone(trouble.clone()),
            };
            Ok(stands)
        })?;
        let of = id;
        let id = if matches!(stands, Stands::Anew) { Self::new_id() } else { of };
        match stands {
            Stands::Yes | Stands::Anew => {}
            Stands::Other(theirs) => {
                drop(turn);
                self.save_draft(Some(id), parent, record.clone()).await?;
                let base = self.read_revision(id, parent).await.ok();
                let merged = journal::merge::three_way(base.as_ref(), &record, &theirs).ok();
                let merged = merged
                    .map(|merged| (merged.record, merged.both.into_iter().map(|both| both.field).collect()));
                return Ok(Saved::Conflict { theirs: Box::new(self.open_thing(id)?), merged });
            }
            Stands::Gone(trouble) => {
                drop(turn);
                self.save_draft(Some(id), parent, record).await?;
                return Err(trouble);
            }
        }
        let content = Body::Content(record.to_json()?.into());
        self.put_record(&turn, id, Some(of), content).await?;
        drop(turn);
        if let Content::SafetyPlan(_) = &record.content {
            self.put_plan_where_it_belongs().await;
        }
        let revision = self.room.with(|open| open.shelf.live(id).map(|(_, revision)| revision))?;
        Ok(Saved::Yes { id, revision })
    }

    /// Writes a record's next revision and lets go of the draft of `of`, if one is named.
    async fn put_record(
        self: &Rc<Self>,
        turn: &Turn<'_>,
        id: RecordId,
        of: Option<RecordId>,
        body: Body,
    ) -> Result<(), Trouble> {
        let mut writing = Writing { records: vec![(id, body)], ..Writing::default() };
        // What another tab has typed is not what is saved here: it stays, and shows itself as one of two.
        let draft = self.room.with(|open| {
            let draft = of.and_then(|of| Some((of, open.drafts.get(&of)?)));
            Ok(draft.filter(|(_, draft)| !draft.unread).map(|(of, draft)| (of, draft.name)))
        })?;
        if let Some((_, name)) = draft {
            writing.batch.delete(Table::Drafts, key(name));
        }
        self.write(turn, writing).await?;
        self.room.with(|open| {
            if let Some((of, _)) = draft {
                open.drafts.remove(&of);
            }
            Ok(())
        })
    }

    /// Deletes, so that it can be undone.
    pub async fn delete(self: &Rc<Self>, id: RecordId) -> Result<(), Trouble> {
        let turn = self.turn().await;
        let plan = self.room.with(|open| {
            let (live, _) = open.shelf.live(id)?;
            Ok(matches!(live.record.content, Content::SafetyPlan(_)))
        })?;
        let tombstone = Tombstone { deleted_at: self.clock.milliseconds() };
        self.put_record(&turn, id, Some(id), Body::Tombstone(tombstone)).await?;
        drop(turn);
        if plan {
            self.put_plan_where_it_belongs().await;
        }
        Ok(())
    }

    /// Brings a deleted thing back as it was. Words that were typed over it stay beside it.
    pub async fn undelete(self: &Rc<Self>, id: RecordId) -> Result<Opened, Trouble> {
        let revision = self.room.with(|open| match open.shelf.get(id) {
            Some(Thing { what: What::Deleted(_), revision, .. }) => Ok(revision - 1),
            Some(_) => Err(Trouble::new(Why::Order, "this is not deleted")),
            None => Err(Trouble::new(Why::NotThere, "there is no such thing in this journal")),
        })?;
        self.make_newest(id, revision, None).await
    }

    /// Makes what an earlier revision said the newest.
    pub async fn restore_revision(
        self: &Rc<Self>,
        id: RecordId,
        revision: Revision,
    ) -> Result<Opened, Trouble> {
        self.make_newest(id, revision, Some(id)).await
    }

    async fn make_newest(
        self: &Rc<Self>,
        id: RecordId,
        revision: Revision,
        of: Option<RecordId>,
    ) -> Result<Opened, Trouble> {
        let turn = self.turn().await;
        let record = self.read_revision(id, revision).await?;
        self.room.with(|open| match open.shelf.live(id) {
            Ok((live, _)) => live.record.may_become(&record).map_err(Trouble::from),
            Err(_) => Ok(()),
        })?;
        let content = Body::Content(record.to_json()?.into());
        self.put_record(&turn, id, of, content).await?;
        drop(turn);
        if matches!(record.content, Content::SafetyPlan(_)) {
            self.put_plan_where_it_belongs().await;
        }
        self.open_thing(id)
    }

    /// What can be brought back.
    pub async fn trash(&self) -> Result<Vec<Trashed>, Trouble> {
        let deleted: Vec<_> = self.room.with(|open| {
            let deleted = open.shelf.all().filter_map(|(id, thing)| match thing.what {
                What::Deleted(tombstone) => Some((id, thing.revision, tombstone)),
                _ => None,
            });
            Ok(deleted.collect())
        })?;
        let mut trash = Vec::new();
        for (id, revision, tombstone) in deleted {
            let before = self.read_revision(id, revision - 1).await.ok();
            trash.push(Trashed {
                summary: before.map(|record| journal::Summary::of(id, &record)),
                id,
                deleted: tombstone.deleted_at,
                until: tombstone.undo_until(),
            });
        }
        debug_assert!(trash.iter().all(|thing| thing.until - thing.deleted == UNDO_MILLISECONDS));
        order::sort_by(&mut trash, |one, other| other.deleted.cmp(&one.deleted));
        Ok(trash)
    }

    /// All revisions that are kept, newest first.
    pub async fn revisions(&self, id: RecordId) -> Result<Vec<Past>, Trouble> {
        let store = self.room.with(|open| {
            open.shelf
                .get(id)
                .ok_or_else(|| Trouble::new(Why::NotThere, "there is no such thing in this journal"))?;
            Ok(Rc::clone(&open.store))
        })?;
        let mut past = Vec::new();
        for (key, bytes) in sealed_revisions(&store, id).await? {
            let body = self.room.with(|open| {
                let body = Sealed::parse(bytes).and_then(|sealed| open.vault.open_record(&sealed));
                Ok(body.ok())
            })?;
            let record = match &body {
                Some(Body::Content(content)) => Record::from_json(content).ok(),
                _ => None,
            };
            past.push(Past {
                revision: key,
                summary: record.map(|record| journal::Summary::of(id, &record)),
                deletion: matches!(body, Some(Body::Tombstone(_))),
            });
        }
        past.reverse();
        Ok(past)
    }

    /// What a revision said.
    ///
    /// # Errors
    /// `NotThere`, `Deleted` for a deletion, or why it does not open.
    pub async fn read_revision(&self, id: RecordId, revision: Revision) -> Result<Record, Trouble> {
        let (store, newest) = self
            .room
            .with(|open| Ok((Rc::clone(&open.store), open.shelf.get(id).map(|thing| thing.revision))))?;
        let bytes = if newest == Some(revision) {
            store.get(Table::Heads, key(id.0)).await?
        } else {
            store.get(Table::Past, key_of(id.0, revision)).await?
        };
        let sealed = Sealed::parse(bytes.ok_or(vault::Error::Missing)?)?;
        let place = sealed.header().place;
        if (place.id, place.revision) != (id.0, revision) {
            return Err(vault::Error::OtherObject.into());
        }
        match self.room.with(|open| Ok(open.vault.open_record(&sealed)?))? {
            Body::Content(content) => Ok(Record::from_json(&content)?),
            Body::Tombstone(_) => Err(Trouble::new(Why::Deleted, "this revision is a deletion")),
        }
    }
}

/// Every kept revision of a record as it is stored, oldest first. The newest is read first: what is written meanwhile moves it to
/// the past, where it is found then, and nothing is missed.
pub async fn sealed_revisions(store: &Store, id: RecordId) -> Result<Vec<(Revision, Vec<u8>)>, Trouble> {
    let head = store.get(Table::Heads, key(id.0)).await?;
    let mut all: Vec<_> = store
        .page(Table::Past, all_of(id.0), u32::MAX)
        .await?
        .into_iter()
        .filter_map(|(key, bytes)| Some((number_of(&key)?.1, bytes)))
        .collect();
    if let Some(bytes) = head {
        let revision = Sealed::parse(bytes.clone()).map_or(u64::MAX, |sealed| sealed.header().place.revision);
        if all.iter().all(|(past, _)| *past != revision) {
            all.push((revision, bytes));
        }
    }
    Ok(all)
}
