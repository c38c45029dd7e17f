//! Removing what may go, and nothing that could not be read first.

use std::rc::Rc;

use journal::{
    AttachmentId, RecordId, export,
    json::{self, Json},
};
use order::Map;
use vault::{Body, Entry, Listed, Sealed, State};

use super::{
    Worker,
    records::sealed_revisions,
    shelf::{Live, Shelf, What},
    store::{ALL, Table, all_of, key},
    writing::{Writing, purged},
};
use crate::protocol::{Tidied, Trouble};

/// How far the clock may be ahead of the last change, in milliseconds: two days. A clock that runs ahead must not end the 30
/// days early; where nothing is written any more, deleted things stay a little longer.
const AHEAD: u64 = 2 * 24 * 60 * 60 * 1000;

/// When something was written or deleted last, in milliseconds since 1970 UTC.
fn last_change(shelf: &Shelf) -> u64 {
    let changes = shelf.all().map(|(_, thing)| match &thing.what {
        What::Live(live) => u64::try_from(live.record.changed.milliseconds()).unwrap_or_default(),
        What::Deleted(tombstone) => tombstone.deleted_at,
        What::Damaged(_) => 0,
    });
    changes.max().unwrap_or_default()
}

impl Worker {
    /// Removes things deleted more than 30 days ago over which nothing is typed, and attachments that nothing names.
    pub async fn tidy(self: &Rc<Self>) -> Result<Tidied, Trouble> {
        let turn = self.turn().await;
        let clock = self.clock.milliseconds();
        let mut tidied = Tidied::default();
        let mut writing = Writing::default();
        let gone: Vec<(RecordId, Entry)> = self.room.with(|open| {
            open.may_write()?;
            let now = clock.min(last_change(&open.shelf).saturating_add(AHEAD));
            let gone = open.shelf.all().filter_map(|(id, thing)| match thing.what {
                // Words that were typed over it are words about it: it stays as long as they are not saved.
                What::Deleted(tombstone)
                    if tombstone.may_purge(now).is_ok() && !open.drafts.contains_key(&id) =>
                {
                    Some((id, open.listed(id)?))
                }
                _ => None,
            });
            Ok(gone.collect())
        })?;
        for (id, entry) in &gone {
            writing.changes.push((Listed::Record, id.0, Entry { state: State::Purged, ..*entry }));
            writing.batch.delete(Table::Heads, key(id.0));
            writing.batch.delete_all(Table::Past, all_of(id.0));
        }
        tidied.records = gone.len();
        let going: Map<RecordId, Entry> = gone.into_iter().collect();
        let (attachments, staying) = self.room.with(|open| {
            let staying = open.shelf.all().map(|(id, _)| id).filter(|id| !going.contains_key(id)).collect();
            Ok((open.attachments().collect::<Map<_, _>>(), staying))
        })?;
        match self.unnamed(attachments, staying).await? {
            Some(unnamed) => {
                for (id, entry) in unnamed {
                    remove(&mut writing, id, entry);
                    tidied.attachments += 1;
                }
            }
            None => tidied.kept = self.room.with(|open| Ok(open.attachments().count()))?,
        }
        if !writing.changes.is_empty() {
            self.write(&turn, writing).await?;
            self.room.with(|open| {
                going.keys().for_each(|id| open.shelf.remove(*id));
                Ok(())
            })?;
        }
        Ok(tidied)
    }

    /// Removes an attachment that was made while a thing was written and that another has taken the place of. One that a draft names
    /// on disk or in memory, or a thing as it stands, or any revision of that thing, stays.
    pub async fn discard_attachment(self: &Rc<Self>, id: AttachmentId, of: RecordId) -> Result<(), Trouble> {
        let turn = self.turn().await;
        let (store, entry) = self.room.with(|open| {
            open.may_write()?;
            let named = |live: &Live| export::attachments(&live.record).iter().any(|one| one.id == id);
            let stands = open.shelf.all_live().any(|(_, live)| named(live));
            let entry = open.attachments().find(|(one, _)| *one == id).filter(|_| !stands);
            Ok((Rc::clone(&open.store), entry))
        })?;
        let Some((_, entry)) = entry else { return Ok(()) };
        let mut unnamed: Map<_, _> = [(id, entry)].into_iter().collect();
        for (_, bytes) in store.page(Table::Drafts, ALL, u32::MAX).await? {
            let body = self
                .room
                .with(|open| Ok(Sealed::parse(bytes).and_then(|sealed| open.vault.open_record(&sealed))))?;
            let Ok(Body::Content(content)) = body else { return Ok(()) };
            take_names(&content, &mut unnamed);
        }
        let mut writing = Writing::default();
        for (id, entry) in self.unnamed(unnamed, vec![of]).await?.into_iter().flatten() {
            remove(&mut writing, id, entry);
        }
        if !writing.changes.is_empty() {
            self.write(&turn, writing).await?;
        }
        Ok(())
    }

    /// Those of some attachments that no revision of some things and no draft names; none at all if something could not be read,
    /// since it might name any. A name counts wherever it stands, so that fields of a newer version count too.
    async fn unnamed(
        &self,
        mut unnamed: Map<AttachmentId, Entry>,
        things: Vec<RecordId>,
    ) -> Result<Option<Map<AttachmentId, Entry>>, Trouble> {
        let (store, drafts, all_drafts_read) = self.room.with(|open| {
            let drafts: Vec<_> =
                open.drafts.values().map(|draft| json::write(&draft.record.to_value())).collect();
            let read = !open.findings.iter().any(|finding| finding.what == "draft");
            Ok((Rc::clone(&open.store), drafts, read))
        })?;
        if !all_drafts_read {
            return Ok(None);
        }
        drafts.iter().for_each(|draft| take_names(draft.as_bytes(), &mut unnamed));
        for id in things {
            if unnamed.is_empty() {
                break;
            }
            for (_, bytes) in sealed_revisions(&store, id).await? {
                let body = self.room.with(|open| {
                    Ok(Sealed::parse(bytes).and_then(|sealed| open.vault.open_record(&sealed)))
                })?;
                match body {
                    Ok(Body::Content(content)) => take_names(&content, &mut unnamed),
                    Ok(Body::Tombstone(_)) => {}
                    Err(_) => return Ok(None),
                }
            }
        }
        Ok(Some(unnamed))
    }
}

/// Has an attachment removed for good.
fn remove(writing: &mut Writing, id: AttachmentId, entry: Entry) {
    writing.changes.push(purged(id, entry));
    writing.batch.delete_all(Table::Parts, all_of(id.0));
}

/// Takes out the ids that stand anywhere in a text: runs of exactly 32 hexadecimal digits.
fn take_names<T>(text: &[u8], ids: &mut Map<AttachmentId, T>) {
    for run in text.split(|byte| !byte.is_ascii_hexdigit()).filter(|run| run.len() == 32) {
        if let Some(id) = std::str::from_utf8(run).ok().and_then(|run| run.parse().ok()) {
            ids.remove(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vault::ObjectId;

    #[test]
    fn an_attachment_is_named_wherever_its_name_stands() {
        let ids = [1, 2, 3].map(|number| AttachmentId(ObjectId([number; 16])));
        let mut left: Map<_, _> = ids.into_iter().map(|id| (id, ())).collect();
        let text = format!(
            r#"{{"attachments":[{{"id":"{}"}}],"unknown":["x","{}"],"note":"{}0"}}"#,
            ids[0], ids[1], ids[2]
        );
        take_names(text.as_bytes(), &mut left);
        assert!(left.keys().eq([&ids[2]]));
    }
}
