//! The backup file: written as sealed bytes, read back whole, and only then called saved.

use std::rc::Rc;

use journal::{Kind, Record, RecordId};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use vault::{
    BackupCheck, BackupReader, BackupWriter, Body, Entry, Frame, Listed, ObjectId, Report, Sealed, State,
    Vault, ways_for_backup,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;
use zeroize::Zeroizing;

use super::{
    Worker,
    browser::Random,
    keys::passphrase_slot,
    records::sealed_revisions,
    store::{Batch, Store, Table, all_of, version_key},
    unlocked::finding,
    writing::fold,
};
use crate::protocol::{BackupFacts, Stage, Trouble, Why};

/// Bytes that are gathered before they become a part of the file, which the browser may then keep on its disk.
const GATHERED: usize = 4 << 20;
/// Bytes of a file that are read at once.
const READ: f64 = 1_048_576.0;
/// Parts of an attachment that are read at once.
const PARTS: u32 = 64;

impl Worker {
    /// Writes a backup and reads it back.
    pub async fn backup(
        self: &Rc<Self>,
        ask: u32,
        own: Option<Zeroizing<Vec<u8>>>,
    ) -> Result<(BackupFacts, Blob), Trouble> {
        let own = match own {
            Some(passphrase) => {
                self.progress(ask, Stage::Deriving, 0, 0);
                let vault = self.room.with(|open| Ok(open.vault.clone()))?;
                Some(passphrase_slot(&vault, &passphrase)?)
            }
            None => None,
        };
        let (vault, store, slots, whole, things, state) = {
            let turn = self.turn().await;
            // What is in the file is what this manifest lists; what is written after it waits for the next backup.
            let (store, batch) = self.room.with(|open| {
                let mut batch = Batch::default();
                if open.whole != open.manifest.sequence() {
                    // Only who writes can write the list whole, and what is not on it has no place in the file.
                    open.may_write()?;
                    fold(open, &mut batch)?;
                    open.marks_behind = true;
                }
                Ok((Rc::clone(&open.store), batch))
            })?;
            if let Err(trouble) = self.commit(&store, batch).await {
                self.resync().await;
                return Err(trouble);
            }
            drop(turn);
            self.raise_marks_soon();
            let (vault, slots, version, things, state) = self.room.with(|open| {
                let there = |(_, _, entry): &(Listed, ObjectId, Entry)| entry.state != State::Purged;
                let things: Vec<_> = open.manifest.entries().filter(there).collect();
                let slots = ways_for_backup(&open.ways, own);
                Ok((open.vault.clone(), slots, open.whole, things, open.shelf.state()))
            })?;
            let whole =
                store.get(Table::Manifest, version_key(version)).await?.ok_or(vault::Error::Missing)?;
            (vault, store, slots, Sealed::parse(whole)?, things, state)
        };
        let (mut writer, begin) = BackupWriter::begin(&vault, &slots, &whole, &mut Random)?;
        let mut file = File::default();
        file.push(&begin)?;
        let of = things.len();
        for (done, (listed, id, entry)) in things.into_iter().enumerate() {
            if done % 64 == 0 {
                self.go_on(ask)?;
                self.progress(ask, Stage::Backup, done, of);
            }
            match listed {
                Listed::Record => {
                    for (revision, bytes) in sealed_revisions(&store, RecordId(id)).await? {
                        // Saved while the backup was being written.
                        if revision > entry.revision && revision != u64::MAX {
                            continue;
                        }
                        // What is not even sealed cannot stand in a backup; the check says that it is missing.
                        if let Ok(sealed) = Sealed::parse(bytes) {
                            file.push(&writer.add(&sealed)?)?;
                        }
                    }
                }
                Listed::Attachment => attachment(&store, id, &mut writer, &mut file).await?,
                Listed::Slot => {}
            }
        }
        file.push(&writer.end(&vault, self.clock.milliseconds(), &mut Random)?)?;
        let file = file.end()?;
        let (report, seen) = self.check(ask, &file, &vault, |_| Ok(())).await?;
        let facts = facts(report, &seen, &file);
        if facts.findings.is_empty() && self.room.with(|open| open.may_write()).is_ok() {
            let now = self.clock.now();
            self.change_settings(|settings| {
                settings.backed_up = Some(now);
                settings.backed_up_state = state;
            })
            .await?;
        }
        Ok((facts, file))
    }

    /// Reads a backup front to back and checks all of it; `each` is shown every frame. Gives the report, and what of it is the
    /// keeper's.
    pub async fn check(
        &self,
        ask: u32,
        file: &Blob,
        vault: &Vault,
        mut each: impl FnMut(&Frame) -> Result<(), Trouble>,
    ) -> Result<(Report, Seen), Trouble> {
        let (mut check, mut seen) = (BackupCheck::new(vault), Seen::default());
        let mut frames = Frames::new(file);
        while let Some(frame) = frames.next().await? {
            check.frame(&frame)?;
            each(&frame)?;
            if let Frame::Record(sealed) = frame {
                seen.add(vault, sealed);
            }
            if frames.turned_page() {
                self.go_on(ask)?;
                self.progress(ask, Stage::Checking, frames.at as usize, file.size() as usize);
            }
        }
        seen.turn(vault);
        Ok((check.end()?, seen))
    }
}

/// What of a backup is the keeper's. The revisions of a record stand in their order: what the last one says counts.
#[derive(Default)]
pub struct Seen {
    last: Option<Sealed>,
    revisions: u64,
    things: u64,
    versions: u64,
    /// Settings, which are no things.
    pub settings: Vec<ObjectId>,
}

impl Seen {
    fn add(&mut self, vault: &Vault, sealed: Sealed) {
        if self.last.as_ref().is_some_and(|last| last.header().place.id != sealed.header().place.id) {
            self.turn(vault);
        }
        self.revisions += 1;
        self.last = Some(sealed);
    }

    /// Looks at a record whose revisions have all been seen.
    fn turn(&mut self, vault: &Vault) {
        let revisions = std::mem::take(&mut self.revisions);
        let Some(sealed) = self.last.take() else { return };
        match vault.open_record(&sealed) {
            Ok(Body::Tombstone(_)) => {}
            Ok(Body::Content(content))
                if Record::from_json(&content).is_ok_and(|record| record.kind() == Kind::Settings) =>
            {
                self.settings.push(sealed.header().place.id);
            }
            // What does not open is a thing all the same, and is among the findings.
            _ => {
                self.things += 1;
                self.versions += revisions;
            }
        }
    }
}

async fn attachment(
    store: &Store,
    id: ObjectId,
    writer: &mut BackupWriter,
    file: &mut File,
) -> Result<(), Trouble> {
    let (mut from, to) = all_of(id);
    loop {
        let page = store.page(Table::Parts, (from, to.clone()), PARTS).await?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        from = std::ops::Bound::Excluded(last.clone());
        for (_, bytes) in page {
            if let Ok(sealed) = Sealed::parse(bytes) {
                file.push(&writer.add(&sealed)?)?;
            }
        }
    }
}

/// What a report says, for the screen.
pub fn facts(report: Report, seen: &Seen, file: &Blob) -> BackupFacts {
    BackupFacts {
        bytes: file.size() as u64,
        made: report.ending.made_at,
        records: report.records.0,
        revisions: report.records.1,
        things: seen.things,
        versions: seen.versions,
        attachments: report.attachments,
        findings: report.findings.into_iter().map(|seen| finding(seen.listed, seen.id, seen.what)).collect(),
        verdicts: None,
    }
}

/// A file that is being written, in parts that the browser may keep outside of memory.
#[derive(Default)]
struct File {
    parts: Array,
    gathered: Vec<u8>,
}

impl File {
    fn push(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() >= GATHERED { self.turn() } else { Ok(()) }
    }

    fn turn(&mut self) -> Result<(), Trouble> {
        let bytes = Array::of1(&Uint8Array::from(self.gathered.as_slice()));
        self.gathered.clear();
        let part = Blob::new_with_u8_array_sequence(&bytes).map_err(|_| full())?;
        self.parts.push(&part);
        Ok(())
    }

    fn end(mut self) -> Result<Blob, Trouble> {
        self.turn()?;
        Blob::new_with_blob_sequence(&self.parts).map_err(|_| full())
    }
}

fn full() -> Trouble {
    Trouble::new(Why::Full, "the browser has no room for the file")
}

/// A file that is being read, frame by frame.
pub struct Frames<'f> {
    file: &'f Blob,
    reader: BackupReader,
    /// Bytes read so far.
    pub at: f64,
    turned: bool,
}

impl<'f> Frames<'f> {
    /// From the file's beginning.
    pub fn new(file: &'f Blob) -> Self {
        Self { file, reader: BackupReader::new(), at: 0.0, turned: false }
    }

    /// The next frame, or none at the end of a whole file.
    ///
    /// # Errors
    /// Those of reading a backup; `Store` if the browser cannot read the file.
    pub async fn next(&mut self) -> Result<Option<Frame>, Trouble> {
        loop {
            if let Some(frame) = self.reader.frame()? {
                return Ok(Some(frame));
            }
            if self.at >= self.file.size() {
                self.reader.end()?;
                return Ok(None);
            }
            let to = (self.at + READ).min(self.file.size());
            let unreadable = |_: JsValue| Trouble::new(Why::Store, "the browser cannot read the file");
            let piece = self.file.slice_with_f64_and_f64(self.at, to).map_err(unreadable)?;
            let bytes = JsFuture::from(piece.array_buffer()).await.map_err(unreadable)?;
            self.reader.push(&Uint8Array::new(&bytes.unchecked_into::<ArrayBuffer>()).to_vec());
            self.at = to;
            self.turned = true;
        }
    }

    /// Whether bytes were read since this was asked last: a good moment to look around.
    pub fn turned_page(&mut self) -> bool {
        std::mem::take(&mut self.turned)
    }
}

/// The slots of a backup and its vault's name: what stands before the manifest.
pub async fn slots(file: &Blob) -> Result<Vec<vault::Slot>, Trouble> {
    let mut frames = Frames::new(file);
    let mut slots = Vec::new();
    while let Some(frame) = frames.next().await? {
        match frame {
            Frame::Begin(..) => {}
            Frame::Slot(slot) => slots.push(*slot),
            _ => break,
        }
    }
    Ok(slots)
}
