//! What is being typed: sealed under a name of its own and on disk within a second, so that a crash loses no more.

use std::rc::Rc;

use journal::{
    Content, Record, RecordId, Revision, Summary,
    json::{self, Json},
};
use vault::{Body, ObjectId, Place};

use super::{
    Worker, browser,
    store::{Batch, Table, key},
    unlocked::{KeptDraft, SealedDraft},
};
use crate::protocol::{DraftLine, Trouble, Why};

impl Worker {
    /// Puts a draft on disk.
    pub async fn save_draft(
        self: &Rc<Self>,
        id: Option<RecordId>,
        parent: Revision,
        record: Record,
    ) -> Result<RecordId, Trouble> {
        let of = id.unwrap_or_else(Self::new_id);
        let (store, batch) = self.room.with(|open| {
            open.may_write()?;
            if let Ok((live, _)) = open.shelf.live(of)
                && matches!(&live.record.content, Content::Capture(capture) if capture.finished.is_some())
            {
                return Err(Trouble::new(Why::Finished, "this capture is finished and stays as it is"));
            }
            // Its own name, so that it can never be taken for a revision of the thing.
            let name =
                open.drafts.get(&of).map_or_else(|| ObjectId::random(&mut browser::Random), |kept| kept.name);
            let draft = SealedDraft { of, parent, record };
            let body = Body::Content(json::write(&draft.to_value()).into_bytes().into());
            let sealed = open.vault.seal_record(Place::first(name), &body, &mut browser::Random)?;
            let mut batch = Batch::default();
            batch.put(Table::Drafts, key(name), sealed.into_bytes());
            // Noted before it is flushed, so that the next one takes the same name.
            open.drafts.insert(of, KeptDraft { name, parent, record: draft.record });
            Ok((Rc::clone(&open.store), batch))
        })?;
        self.commit(&store, batch).await?;
        Ok(of)
    }

    /// Lets go of a draft.
    pub async fn discard_draft(self: &Rc<Self>, id: RecordId) -> Result<(), Trouble> {
        let (store, name) = self.room.with(|open| {
            open.may_write()?;
            Ok((Rc::clone(&open.store), open.drafts.get(&id).map(|draft| draft.name)))
        })?;
        let Some(name) = name else { return Ok(()) };
        let mut batch = Batch::default();
        batch.delete(Table::Drafts, key(name));
        self.commit(&store, batch).await?;
        self.room.with(|open| {
            open.drafts.remove(&id);
            Ok(())
        })
    }

    /// All drafts, the last typed first.
    pub fn drafts(&self) -> Result<Vec<DraftLine>, Trouble> {
        self.room.with(|open| {
            let mut lines: Vec<_> = open
                .drafts
                .iter()
                .map(|(id, kept)| DraftLine { summary: Summary::of(*id, &kept.record), parent: kept.parent })
                .collect();
            order::sort_by(&mut lines, |one, other| other.summary.changed.cmp(&one.summary.changed));
            Ok(lines)
        })
    }
}
