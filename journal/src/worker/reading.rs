//! Opening: from the stored bytes to what is in memory, held to the manifest and to the marks. What does not open is kept and
//! told, never dropped.

use std::{ops::Bound, rc::Rc};

use futures_util::future::join;
use journal::{
    RecordId,
    json::{self, Json},
};
use order::Map;
use vault::{
    Body, Entry, Error, Finding as Seen, Kind, Listed, Manifest, Marks, ObjectId, Sealed, Slot, State, Vault,
    Verifier, Ways,
};

use super::{
    keys::open_with,
    shelf::{Thing, What},
    store::{ALL, Key, Store, Table, key, number_of, version_key},
    unlocked::{KeptDraft, Room, SealedDraft, Unlocked, finding},
};
use crate::protocol::{Finding, Key as With, Trouble, Why};

/// Records read at once: some 2 MB.
const AT_ONCE: u32 = 512;
/// The key of the marks.
pub const MARKS: &[u8] = b"marks";

/// Reads the slots. One that is damaged is left out; why is told beside.
pub async fn slots(store: &Store) -> Result<(Vec<Slot>, Option<Error>), Trouble> {
    let (mut slots, mut wrong) = (Vec::new(), None);
    for (_, bytes) in store.page(Table::Slots, ALL, 64).await? {
        match Slot::parse(bytes) {
            Ok(slot) => slots.push(slot),
            Err(error) => wrong = Some(error),
        }
    }
    Ok((slots, wrong))
}

/// Reads the manifest: the last whole one and the changes after it, and the version of the whole one.
pub async fn manifest(store: &Store, vault: &Vault) -> Result<(Manifest, u64), Trouble> {
    let mut rows =
        store.page(Table::Manifest, ALL, u32::MAX).await?.into_iter().map(|(_, bytes)| Sealed::parse(bytes));
    let first = rows.next().ok_or(Error::Missing)??;
    let mut manifest = Manifest::open(vault, &first)?;
    let whole = manifest.sequence();
    for sealed in rows {
        manifest.follow(vault, &sealed?)?;
    }
    Ok((manifest, whole))
}

/// What somebody came in by: the slot, and the secret that it opened with.
pub type By<'a> = (&'a Slot, &'a With, &'a [u8]);

/// Reads everything. `by` is what it was opened by, if it was; `progress` is told how many records are open, of how many.
///
/// # Errors
/// `WrongSecret` if that slot was taken away and is put back, and none that stands opens with the same secret; those of reading.
pub async fn open(
    store: Rc<Store>,
    vault: Vault,
    slots: Vec<Slot>,
    by: Option<By<'_>>,
    mut progress: impl FnMut(usize, usize),
) -> Result<Unlocked, Trouble> {
    let (manifest, whole) = manifest(&store, &vault).await?;
    let mut verifier = Verifier::default();
    slots.iter().for_each(|slot| verifier.slot(&manifest, slot));
    // One that the manifest does not know, or no longer, is told and is no way in of this journal, in a backup least of all.
    let ways = Ways::known(&vault, &manifest, slots)?;
    if let Some((slot, with, secret)) = by
        && manifest.get(Listed::Slot, slot.id()).is_some_and(|entry| entry.state == State::Purged)
    {
        open_with(ways.slots(), with, secret).map_err(|_| Error::WrongSecret(slot.kind()))?;
    }
    let mut unlocked = Unlocked::new(Rc::clone(&store), vault, manifest, ways);
    unlocked.whole = whole;
    marks(&mut unlocked).await?;

    let listed = unlocked.manifest.entries().filter(|(listed, ..)| *listed == Listed::Record).count();
    let mut done = 0;
    let mut page = store.page(Table::Heads, ALL, AT_ONCE).await?;
    while let Some((last, _)) = page.last() {
        let rest = (Bound::Excluded(last.clone()), Bound::Unbounded);
        done += page.len();
        // The disk looks for the next ones while these are opened.
        let opened = async {
            for (key, bytes) in page {
                take(&mut unlocked, &mut verifier, &key, bytes);
            }
        };
        let (next, ()) = join(store.page(Table::Heads, rest, AT_ONCE), opened).await;
        page = next?;
        progress(done, listed.max(done));
    }
    let mut seen = verifier.end(&unlocked.manifest);
    seen.retain(|seen| seen.listed != Listed::Attachment);
    seen.extend(missing_attachments(&unlocked).await?);
    let seen = look_again(&mut unlocked, seen).await?;
    unlocked.findings.extend(seen.into_iter().map(|seen| finding(seen.listed, seen.id, seen.what)));
    let rows = store.page(Table::Drafts, ALL, u32::MAX).await?;
    take_drafts(&mut unlocked, rows);
    Ok(unlocked)
}

/// One newest revision.
fn take(unlocked: &mut Unlocked, verifier: &mut Verifier, key: &Key, bytes: Vec<u8>) {
    match Sealed::parse(bytes) {
        Ok(sealed) => {
            let as_listed = verifier.newest(&unlocked.vault, &unlocked.manifest, &sealed);
            let thing = unlocked.thing(&sealed);
            let id = RecordId(sealed.header().place.id);
            // What is not as it is listed is told already; of what is not listed at all it is told that it is there.
            if let What::Damaged(trouble) = &thing.what
                && (as_listed || unlocked.listed(id).is_none())
            {
                unlocked.findings.push(Finding {
                    what: "record".to_owned(),
                    id: id.to_string(),
                    words: trouble.words.clone(),
                });
            }
            unlocked.shelf.put(id, thing);
        }
        // The key alone says which it was.
        Err(error) => {
            let Ok(id) = key.as_slice().try_into().map(ObjectId) else { return };
            verifier.unread(Listed::Record, id, error);
            let revision = unlocked.listed(RecordId(id)).map_or(0, |entry| entry.revision);
            let thing = Thing { revision, next: None, what: What::Damaged(error.into()) };
            unlocked.shelf.put(RecordId(id), thing);
        }
    }
}

/// Holds the manifest to what this device has seen, and remembers whether it had seen anything.
async fn marks(unlocked: &mut Unlocked) -> Result<(), Trouble> {
    let stored = unlocked.store.get(Table::Marks, MARKS.to_vec()).await?;
    let Some(bytes) = stored else {
        unlocked.marks_gone = unlocked.store.is_kept();
        return Ok(());
    };
    let checked = Sealed::parse(bytes).and_then(|sealed| {
        let marks = Marks::open(&unlocked.vault, &sealed)?;
        marks.check(&unlocked.manifest)?;
        Ok(marks)
    });
    match checked {
        Ok(marks) => {
            unlocked.marks = Some(marks);
            unlocked.marks_behind = false;
        }
        // They are left as they are, so that it is found again until the keeper has said that it is well.
        Err(error) => {
            unlocked.marks = None;
            unlocked.findings.push(Finding {
                what: "journal".to_owned(),
                id: RecordId(ObjectId::ONLY).to_string(),
                words: error.to_string(),
            });
        }
    }
    Ok(())
}

/// Attachments of which nothing is there. What is there of the others is held to the manifest when it is read.
async fn missing_attachments(unlocked: &Unlocked) -> Result<Vec<Seen>, Trouble> {
    let keys = unlocked.store.keys(Table::Parts, ALL).await?;
    let there: Map<ObjectId, ()> = keys.iter().filter_map(|key| Some((number_of(key)?.0, ()))).collect();
    let missing = unlocked.attachments().filter(|(id, _)| !there.contains_key(&id.0));
    Ok(missing.map(|(id, _)| Seen { listed: Listed::Attachment, id: id.0, what: Error::Missing }).collect())
}

/// Another tab may have written while this one was reading. What was found is looked at once more against the newest state,
/// and only what is still wrong is told.
async fn look_again(unlocked: &mut Unlocked, seen: Vec<Seen>) -> Result<Vec<Seen>, Trouble> {
    if seen.is_empty() {
        return Ok(seen);
    }
    let (manifest, whole) = manifest(&unlocked.store, &unlocked.vault).await?;
    if manifest.head() == unlocked.manifest.head() {
        return Ok(seen);
    }
    (unlocked.manifest, unlocked.whole) = (manifest, whole);
    let mut left = Vec::new();
    for seen in seen {
        if seen.listed != Listed::Record {
            left.push(seen);
            continue;
        }
        let Some(bytes) = unlocked.store.get(Table::Heads, key(seen.id)).await? else {
            left.push(seen);
            continue;
        };
        let mut verifier = Verifier::default();
        take(unlocked, &mut verifier, &key(seen.id), bytes);
        left.extend(verifier.end(&unlocked.manifest).into_iter().filter(|again| again.id == seen.id));
    }
    Ok(left)
}

/// Opens what was typed and not saved.
fn take_drafts(unlocked: &mut Unlocked, rows: Vec<(Key, Vec<u8>)>) {
    for (key, bytes) in rows {
        let opened = Sealed::parse(bytes)
            .and_then(|sealed| Ok((sealed.header().place.id, unlocked.vault.open_record(&sealed)?)))
            .map_err(Trouble::from)
            .and_then(|(name, body)| match body {
                Body::Content(content) => Ok((name, content)),
                Body::Tombstone(_) => Err(Error::OtherObject.into()),
            });
        let read = opened.and_then(|(name, content)| {
            if content.starts_with(super::attachments::TAIL) {
                return Ok(None);
            }
            let draft = json::read(&content).ok().and_then(SealedDraft::from_value);
            let draft = draft.ok_or_else(|| {
                Trouble::new(Why::Damaged, "a draft does not say anything that can be read")
            })?;
            Ok(Some((
                draft.of,
                KeptDraft { name, parent: draft.parent, record: draft.record, unread: false },
            )))
        });
        match read {
            Ok(Some((of, draft))) => drop(unlocked.drafts.insert(of, draft)),
            Ok(None) => {}
            Err(trouble) => {
                let id = key.as_slice().try_into().map_or(ObjectId::ONLY, ObjectId);
                let id = RecordId(id).to_string();
                unlocked.findings.push(Finding {
                    what: "draft".to_owned(),
                    id,
                    words: trouble.words.clone(),
                });
            }
        }
    }
}

/// Takes over what another tab has written since: the names of what is different now.
pub async fn refresh(room: &Room) -> Result<Vec<RecordId>, Trouble> {
    let (store, sequence) = room.with(|open| Ok((Rc::clone(&open.store), open.manifest.sequence())))?;
    let news =
        store.page(Table::Manifest, (Bound::Excluded(version_key(sequence)), Bound::Unbounded), 1).await?;
    if news.is_empty() {
        return Ok(Vec::new());
    }
    renew(room).await
}

/// Takes over what stands on disk, whatever this tab thinks that stands there: the names of what is different now.
pub async fn renew(room: &Room) -> Result<Vec<RecordId>, Trouble> {
    let (store, vault) = room.with(|open| Ok((Rc::clone(&open.store), open.vault.clone())))?;
    let (newest, whole) = manifest(&store, &vault).await?;
    let changed = room.with(|open| {
        // The manifest in memory may be ahead of what is shown, and what is shown behind the disk.
        let same = |listed, id, entry: Entry| {
            let shown = open.shelf.get(RecordId(id)).map(|thing| thing.revision);
            let purged = entry.state == State::Purged;
            open.manifest.get(listed, id) == Some(entry)
                && if purged { shown.is_none() } else { shown == Some(entry.revision) }
        };
        let changed: Vec<_> = newest
            .entries()
            .filter(|&(listed, id, entry)| listed == Listed::Record && !same(listed, id, entry))
            .map(|(_, id, entry)| (id, entry))
            .collect();
        (open.manifest, open.whole, open.marks_behind) = (newest, whole, true);
        Ok(changed)
    })?;
    let mut names = Vec::new();
    for (id, entry) in changed {
        let bytes = store.get(Table::Heads, key(id)).await?;
        names.push(RecordId(id));
        room.with(|open| {
            match bytes.map(Sealed::parse) {
                Some(Ok(sealed)) if sealed.header().kind == Kind::Record => {
                    let thing = open.thing(&sealed);
                    open.finder.put(RecordId(id), &thing);
                    open.shelf.put(RecordId(id), thing);
                }
                _ if entry.state == State::Purged => open.shelf.remove(RecordId(id)),
                // Told when it is opened next; here it is merely not there.
                _ => open.shelf.remove(RecordId(id)),
            }
            Ok(())
        })?;
    }
    Ok(names)
}

/// Takes over all that another tab may have written: things, drafts, ways in.
pub async fn renew_all(room: &Room) -> Result<Vec<RecordId>, Trouble> {
    let changed = renew(room).await?;
    let (store, vault) = room.with(|open| Ok((Rc::clone(&open.store), open.vault.clone())))?;
    let (slots, _) = slots(&store).await?;
    let rows = store.page(Table::Drafts, ALL, u32::MAX).await?;
    room.with(|open| {
        open.ways = Ways::known(&vault, &open.manifest, slots)?;
        let before = std::mem::take(&mut open.drafts);
        open.findings.retain(|finding| finding.what != "draft");
        take_drafts(open, rows);
        let unread = |(of, draft): &(&RecordId, &KeptDraft)| {
            before.get(of).is_none_or(|before| before.unread || before.record != draft.record)
        };
        for of in open.drafts.iter().filter(unread).map(|(of, _)| *of).collect::<Vec<_>>() {
            if let Some(draft) = open.drafts.get_mut(&of) {
                draft.unread = true;
            }
        }
        Ok(changed)
    })
}
