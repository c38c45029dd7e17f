//! What is being typed: sealed under a name of its own and on disk within a second, so that a crash loses no more.

use std::rc::Rc;

use journal::{
    Attachment, Content, Record, RecordId, Revision, Summary, export,
    json::{self, Json},
};
use vault::{Body, ObjectId, Place};

use super::{
    Worker, browser,
    store::{Batch, Table, key},
    unlocked::{KeptDraft, SealedDraft, Unlocked},
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
        let (store, batch, before) = self.room.with(|open| {
            open.may_write()?;
            if let Ok((live, _)) = open.shelf.live(of)
                && matches!(&live.record.content, Content::Capture(capture) if capture.finished.is_some())
            {
                return Err(Trouble::new(Why::Finished, "this capture is finished and stays as it is"));
            }
            let mut batch = Batch::default();
            let before = open.drafts.get(&of).cloned();
            set_aside(open, of, &record, &mut batch)?;
            // Its own name, so that it can never be taken for a revision of the thing.
            let name =
                open.drafts.get(&of).map_or_else(|| ObjectId::random(&mut browser::Random), |kept| kept.name);
            // Noted before it is flushed, so that the next one takes the same name.
            put(open, of, KeptDraft { name, parent, record, unread: false }, &mut batch)?;
            Ok((Rc::clone(&open.store), batch, before))
        })?;
        let written = self.commit(&store, batch).await;
        if matches!(&written, Err(trouble) if trouble.why == Why::ReadOnly) {
            // What stands is read anew, and is this tab's own where it is what this tab has written.
            self.room.with(|open| {
                match before {
                    Some(before) => drop(open.drafts.insert(of, before)),
                    None => drop(open.drafts.remove(&of)),
                }
                Ok(())
            })?;
        }
        written.map(|()| of)
    }

    /// Lets go of a draft.
    pub async fn discard_draft(self: &Rc<Self>, id: RecordId) -> Result<(), Trouble> {
        let (store, name) = self.room.with(|open| {
            open.may_write()?;
            // What another tab has typed is not what is let go of here.
            let draft = open.drafts.get(&id).filter(|draft| !draft.unread);
            Ok((Rc::clone(&open.store), draft.map(|draft| draft.name)))
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
                .map(|(id, kept)| {
                    let cut = |one: &&Attachment| one.bytes == 0 && !open.sealers.contains_key(&one.id);
                    let cut = export::attachments(&kept.record).iter().any(cut);
                    DraftLine { summary: Summary::of(*id, &kept.record), parent: kept.parent, cut }
                })
                .collect();
            order::sort_by(&mut lines, |one, other| other.summary.changed.cmp(&one.summary.changed));
            Ok(lines)
        })
    }
}

/// Puts a draft that another tab has typed, and that nobody has read here, beside the one that is about to take its place: as a
/// new thing, so that both are kept until a person decides.
///
/// # Errors
/// None that can happen with a record that was read.
fn set_aside(open: &mut Unlocked, of: RecordId, instead: &Record, batch: &mut Batch) -> Result<(), Trouble> {
    let other = |kept: &KeptDraft| kept.unread && kept.record.content != instead.content;
    let Some(kept) = open.drafts.get(&of).filter(|kept| other(kept)).cloned() else { return Ok(()) };
    open.drafts.remove(&of);
    put(open, Worker::new_id(), KeptDraft { parent: 0, unread: false, ..kept }, batch)
}

fn put(open: &mut Unlocked, of: RecordId, kept: KeptDraft, batch: &mut Batch) -> Result<(), Trouble> {
    let draft = SealedDraft { of, parent: kept.parent, record: kept.record };
    let body = Body::Content(json::write(&draft.to_value()).into_bytes().into());
    let sealed = open.vault.seal_record(Place::first(kept.name), &body, &mut browser::Random)?;
    batch.put(Table::Drafts, key(kept.name), sealed.into_bytes());
    open.drafts.insert(of, KeptDraft { record: draft.record, ..kept });
    Ok(())
}
