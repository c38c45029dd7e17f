//! Photos, drawings, recordings: sealed part by part as they come. What does not fill a part yet lies sealed among the drafts, so
//! that a recording that is cut off loses no more than was not pushed.

use std::rc::Rc;

use journal::AttachmentId;
use js_sys::Uint8Array;
use vault::{
    AttachmentOpener, AttachmentSealer, Body, Entry, Listed, MAX_ATTACHMENT, ObjectId, PART_BYTES, Place,
    Sealed, State,
};
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use super::{
    Worker,
    browser::Random,
    store::{ALL, Batch, Key, Table, all_of, key, key_of},
    unlocked::{Attaching, Unlocked},
    writing::Writing,
};
use crate::protocol::{ReadPart, Trouble, Why};

/// How the content of a tail among the drafts begins; a draft of a record is JSON and begins otherwise.
pub const TAIL: &[u8] = b"tail";
/// Parts read for one answer: 1 MiB.
const PARTS_AT_ONCE: u32 = 16;

impl Worker {
    /// Begins an attachment.
    pub fn begin_attachment(&self) -> Result<AttachmentId, Trouble> {
        self.room.with(|open| {
            open.may_write()?;
            let id = AttachmentId(ObjectId::random(&mut Random));
            let sealer = AttachmentSealer::new(id.0);
            let name = ObjectId::random(&mut Random);
            open.sealers.insert(id, Attaching { sealer, tail: Zeroizing::default(), parts: 0, name });
            Ok(id)
        })
    }

    /// Adds bytes. Answered once they are on disk, also those that do not fill a part yet. Where they cannot be written nothing is
    /// added any more, or there would be a hole: what is on disk by then is all that it has, and can be ended.
    pub async fn push_attachment(self: &Rc<Self>, id: AttachmentId, bytes: &[u8]) -> Result<(), Trouble> {
        let _turn = self.turn().await;
        let pushed = self.push(id, bytes).await;
        if pushed.is_err() {
            self.room.with(|open| Ok(open.sealers.remove(&id))).ok();
        }
        pushed
    }

    async fn push(self: &Rc<Self>, id: AttachmentId, bytes: &[u8]) -> Result<(), Trouble> {
        let (store, batch) = self.room.with(|open| {
            open.may_write()?;
            let Unlocked { sealers, vault, store, .. } = open;
            let attaching = sealers.get_mut(&id).ok_or_else(not_begun)?;
            let mut batch = Batch::default();
            for piece in bytes.chunks(PART_BYTES) {
                attaching.sealer.push(piece)?;
                attaching.tail.extend_from_slice(piece);
                while let Some(part) = attaching.sealer.part(vault, &mut Random) {
                    attaching.tail.drain(..PART_BYTES);
                    batch.put(Table::Parts, part_key(&part), part.into_bytes());
                    attaching.parts += 1;
                }
            }
            let mut tail = Zeroizing::new(TAIL.to_vec());
            tail.extend_from_slice(&id.0.0);
            tail.extend_from_slice(&attaching.parts.to_le_bytes());
            tail.extend_from_slice(&attaching.tail);
            let sealed =
                vault.seal_record(Place::first(attaching.name), &Body::Content(tail), &mut Random)?;
            batch.put(Table::Drafts, key(attaching.name), sealed.into_bytes());
            Ok((Rc::clone(store), batch))
        })?;
        self.commit(&store, batch).await
    }

    /// Ends an attachment: how many bytes it has. One that could not go on, or be ended, ends with what is on disk of it.
    pub async fn end_attachment(self: &Rc<Self>, id: AttachmentId) -> Result<u64, Trouble> {
        let turn = self.turn().await;
        let ended = self.room.with(|open| {
            let attaching = open.sealers.remove(&id);
            open.may_write()?;
            Ok(attaching.map(|Attaching { sealer, tail, parts, name }| {
                (ending(open, id, sealer, name), parts * PART_BYTES as u64 + tail.len() as u64)
            }))
        })?;
        let (writing, length) = match ended {
            Some(ended) => ended,
            None => self.ending_of_what_is_there(id).await?,
        };
        self.write(&turn, writing).await?;
        Ok(length)
    }

    /// Reads on in an attachment, from its beginning or from where the last answer ended.
    pub async fn read_attachment(
        &self,
        id: AttachmentId,
        part: u32,
    ) -> Result<(ReadPart, Vec<JsValue>), Trouble> {
        let (store, opener, from) = self.room.with(|open| {
            let begun = match part {
                0 => Some((id, AttachmentOpener::new(id.0), 0)),
                reading => open.openers.remove(&reading),
            };
            match begun {
                Some((of, opener, from)) if of == id => Ok((Rc::clone(&open.store), opener, from)),
                _ => Err(Trouble::new(Why::Order, "an attachment is read from its beginning")),
            }
        })?;
        let stretch = (std::ops::Bound::Included(key_of(id.0, from.into())), all_of(id.0).1);
        let parts = store.page(Table::Parts, stretch, PARTS_AT_ONCE).await?;
        let (read, bytes, whole) = self.room.with(|open| open_parts(open, id, opener, from, parts))?;
        let mut bytes = bytes;
        if read.next.is_none() && !whole {
            let tail = tails(&store, self).await?.into_iter().find(|tail| tail.id == id);
            match tail {
                Some(tail) => bytes.extend_from_slice(&tail.bytes),
                None if part == 0 && bytes.is_empty() => return Err(vault::Error::Missing.into()),
                None => {}
            }
        }
        let read = ReadPart { unfinished: read.next.is_none() && !whole, ..read };
        Ok((read, vec![Uint8Array::from(bytes.as_slice()).into()]))
    }
}

impl Worker {
    /// Ends the attachments that were cut off, as by a crash, with the bytes that were pushed: from then on they are listed,
    /// checked and backed up like any other. One that cannot be ended stays as it is and can be read.
    pub async fn end_cut_off(self: &Rc<Self>) -> Result<(), Trouble> {
        let store = self.room.with(|open| open.may_write().map(|()| Rc::clone(&open.store)))?;
        for Tail { id, .. } in tails(&store, self).await? {
            let turn = self.turn().await;
            if self.room.with(|open| Ok(open.sealers.contains_key(&id)))? {
                continue;
            }
            if let Ok((writing, _)) = self.ending_of_what_is_there(id).await {
                self.write(&turn, writing).await?;
            }
        }
        Ok(())
    }

    /// What ends an attachment with what is on disk of it, and how many bytes that is.
    async fn ending_of_what_is_there(&self, id: AttachmentId) -> Result<(Writing, u64), Trouble> {
        let store = self.room.with(|open| Ok(Rc::clone(&open.store)))?;
        let tail = tails(&store, self).await?.into_iter().find(|tail| tail.id == id).ok_or_else(not_begun)?;
        let parts = store.page(Table::Parts, all_of(id.0), u32::MAX).await?;
        if parts.len() as u64 != tail.parts {
            return Err(vault::Error::Missing.into());
        }
        self.room.with(|open| {
            let mut opener = AttachmentOpener::new(id.0);
            for (_, part) in parts {
                opener.part(&open.vault, &Sealed::parse(part)?)?;
            }
            let mut sealer = AttachmentSealer::resume(&opener)?;
            sealer.push(&tail.bytes)?;
            let length = tail.parts * PART_BYTES as u64 + tail.bytes.len() as u64;
            Ok((ending(open, id, sealer, tail.name), length))
        })
    }
}

/// What ends an attachment: its last parts, its line, and the end of its tail.
fn ending(open: &Unlocked, id: AttachmentId, mut sealer: AttachmentSealer, tail: ObjectId) -> Writing {
    sealer.end();
    let mut writing = Writing::default();
    while let Some(part) = sealer.part(&open.vault, &mut Random) {
        writing.changes = vec![(Listed::Attachment, id.0, Entry::of(&part, State::Live))];
        writing.batch.put(Table::Parts, part_key(&part), part.into_bytes());
    }
    writing.batch.delete(Table::Drafts, key(tail));
    writing
}

/// Opens parts one after another, `from` the one that comes next on.
fn open_parts(
    open: &mut Unlocked,
    id: AttachmentId,
    mut opener: AttachmentOpener,
    from: u32,
    parts: Vec<(Key, Vec<u8>)>,
) -> Result<(ReadPart, Zeroizing<Vec<u8>>, bool), Trouble> {
    let more = parts.len() as u32 == PARTS_AT_ONCE;
    let mut bytes = Zeroizing::new(Vec::with_capacity(parts.len() * PART_BYTES));
    let count = parts.len() as u32;
    for (_, part) in parts {
        let sealed = Sealed::parse(part)?;
        bytes.extend_from_slice(&opener.part(&open.vault, &sealed)?);
    }
    let ended = opener.end();
    // What is listed must be there to its end, and be what was listed.
    match (&ended, open.manifest.get(Listed::Attachment, id.0)) {
        (Ok(attached), Some(entry)) if attached.last != entry.hash => return Err(vault::Error::Forked.into()),
        (Err(_), Some(_)) if !more => return Err(vault::Error::Missing.into()),
        _ => {}
    }
    let next = (more && ended.is_err()).then(|| open.read_on(id, opener, from + count));
    Ok((ReadPart { next, unfinished: false }, bytes, ended.is_ok()))
}

/// The end of an attachment that was cut off.
pub struct Tail {
    /// Of which.
    pub id: AttachmentId,
    /// After how many parts.
    pub parts: u64,
    /// Its name among the drafts.
    pub name: ObjectId,
    /// Its bytes.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// All tails. What does not open was told as a damaged draft already.
pub async fn tails(store: &super::store::Store, worker: &Worker) -> Result<Vec<Tail>, Trouble> {
    let rows = store.page(Table::Drafts, ALL, u32::MAX).await?;
    worker.room.with(|open| {
        let tail = |bytes: Vec<u8>| {
            let sealed = Sealed::parse(bytes).ok()?;
            let Ok(Body::Content(content)) = open.vault.open_record(&sealed) else { return None };
            let rest = content.strip_prefix(TAIL)?;
            let (id, rest) = rest.split_first_chunk::<16>()?;
            let (parts, bytes) = rest.split_first_chunk::<8>()?;
            Some(Tail {
                id: AttachmentId(ObjectId(*id)),
                parts: u64::from_le_bytes(*parts),
                name: sealed.header().place.id,
                bytes: Zeroizing::new(bytes.to_vec()),
            })
        };
        Ok(rows.into_iter().filter_map(|(_, bytes)| tail(bytes)).collect())
    })
}

fn part_key(part: &Sealed) -> Key {
    key_of(part.header().place.id, part.header().part.index.into())
}

fn not_begun() -> Trouble {
    Trouble::new(Why::Order, "this attachment was not begun here, or has ended")
}

const _: () = assert!(MAX_ATTACHMENT / (PART_BYTES as u64) < u32::MAX as u64, "an index of parts fits");
