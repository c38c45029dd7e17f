//! What a backup says, once it is open.

use journal::{Record, RecordId, export};
use order::Map;
use vault::{AttachmentOpener, BackupCheck, BackupReader, Body, Frame, ObjectId, Sealed, Slot, Vault};

use crate::{
    protocol::{Finding, Key, Trouble},
    worker::{finding, open_with},
};

/// A backup, open.
pub struct Book {
    /// What was written, newest first.
    pub records: Vec<(RecordId, Record)>,
    /// What in it is not as it must be.
    pub findings: Vec<Finding>,
    /// When the backup was made, in milliseconds since 1970 UTC.
    pub made: u64,
    vault: Vault,
    parts: Map<ObjectId, Vec<Sealed>>,
}

impl Book {
    /// Opens a backup and reads all of it.
    ///
    /// # Errors
    /// `WrongSecret`, `NotAPhrase`, `NotABackup`, `Newer`, `Damaged` if the file as a whole is not what was sealed.
    pub fn read(file: &[u8], key: &Key, secret: &[u8]) -> Result<Self, Trouble> {
        let mut reader = BackupReader::new();
        reader.push(file);
        let (mut slots, mut frames) = (Vec::<Slot>::new(), Vec::new());
        while let Some(frame) = reader.frame()? {
            if let Frame::Slot(slot) = &frame {
                slots.push((**slot).clone());
            }
            frames.push(frame);
        }
        reader.end()?;
        let vault = open_with(&slots, key, secret)?;
        let mut check = BackupCheck::new(&vault);
        // Revisions stand in their order: the last of a record is the one that counts.
        let (mut newest, mut parts) = (Map::default(), Map::<ObjectId, Vec<Sealed>>::default());
        for frame in frames {
            check.frame(&frame)?;
            match frame {
                Frame::Record(sealed) => {
                    newest.insert(sealed.header().place.id, sealed);
                }
                Frame::Attachment(sealed) => parts.or_default(sealed.header().place.id).push(sealed),
                _ => {}
            }
        }
        let report = check.end()?;
        let seen = report.findings.into_iter();
        let mut findings: Vec<_> = seen.map(|seen| finding(seen.listed, seen.id, seen.what)).collect();
        let mut records = Vec::new();
        for (id, sealed) in newest.iter() {
            let id = RecordId(*id);
            // What does not open is among the findings already.
            let Ok(Body::Content(content)) = vault.open_record(sealed) else { continue };
            match Record::from_json(&content) {
                Ok(record) if export::parts(id, &record).is_some() => records.push((id, record)),
                Ok(_) => {}
                Err(error) => findings.push(Finding {
                    what: "record".to_owned(),
                    id: id.to_string(),
                    words: error.to_string(),
                }),
            }
        }
        order::sort_by(&mut records, |(id, record), (other, later)| {
            (later.written, *other).cmp(&(record.written, *id))
        });
        Ok(Self { records, findings, made: report.ending.made_at, vault, parts })
    }

    /// What is attached: its bytes, if they open.
    pub fn bytes(&self, id: ObjectId) -> Option<Vec<u8>> {
        let mut opener = AttachmentOpener::new(id);
        let mut bytes = Vec::new();
        for part in self.parts.get(&id)? {
            bytes.extend_from_slice(&opener.part(&self.vault, part).ok()?);
        }
        Some(bytes)
    }
}
