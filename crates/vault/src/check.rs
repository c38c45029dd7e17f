//! Whether a backup is true. "Saved" is said after a backup was read back through here, and not before.

use crate::attachment::AttachmentOpener;
use crate::backup::Ending;
use crate::error::Error;
use crate::id::ObjectId;
use crate::manifest::{Listed, Manifest};
use crate::restore::{Counted, Frame};
use crate::sealed::Sealed;
use crate::vault::Vault;
use crate::verify::{Finding, Verifier};

/// What a backup holds, after all of it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// When it was made, in milliseconds since 1970 UTC, and how large it is without its end.
    pub ending: Ending,
    /// What it holds, by its own manifest.
    pub manifest: Manifest,
    /// How many records it holds, in how many revisions.
    pub records: (u64, u64),
    /// How many attachments it holds.
    pub attachments: u64,
    /// What in it is not as its manifest says. Empty is good: then a backup may be called saved.
    pub findings: Vec<Finding>,
}

/// Checks a backup with the key: opens every record and every part, and holds them to the manifest and to the seal at the
/// end. Give it each frame in turn.
#[derive(Debug)]
pub struct BackupCheck<'v> {
    vault: &'v Vault,
    id: Option<ObjectId>,
    manifest: Option<Manifest>,
    newest: Option<(Listed, Sealed)>,
    opener: Option<AttachmentOpener>,
    ending: Option<Ending>,
    records: (u64, u64),
    attachments: u64,
    verifier: Verifier,
}

impl<'v> BackupCheck<'v> {
    /// With the key that one of the backup's slots gave.
    pub fn new(vault: &'v Vault) -> Self {
        Self {
            vault,
            id: None,
            manifest: None,
            newest: None,
            opener: None,
            ending: None,
            records: (0, 0),
            attachments: 0,
            verifier: Verifier::default(),
        }
    }

    /// Takes the next frame.
    ///
    /// # Errors
    /// `OtherVault`, `OtherKey`; those of opening the manifest and the seal; `Damaged` if the file is not the one that was
    /// sealed. What is wrong with one record is no error but a finding.
    pub fn frame(&mut self, frame: &Frame) -> Result<(), Error> {
        match frame {
            Frame::Begin(vault, key, id) => {
                self.vault.same_as(*vault, *key)?;
                self.id = Some(*id);
            }
            Frame::Slot(slot) => self.vault.same_as(slot.vault(), slot.key_id())?,
            Frame::Manifest(sealed) => self.manifest = Some(Manifest::open(self.vault, sealed)?),
            Frame::Record(sealed) => self.record(sealed),
            Frame::Attachment(sealed) => self.attachment(sealed),
            Frame::End(sealed, counted) => {
                self.close();
                let ending = Ending::open(self.vault, self.id.ok_or(Error::OutOfOrder)?, sealed)?;
                let Counted { frames, bytes, digest } = *counted;
                if (ending.frames, ending.bytes, ending.digest) != (frames, bytes, digest) {
                    return Err(Error::Damaged);
                }
                self.ending = Some(ending);
            }
        }
        Ok(())
    }

    /// What it holds.
    ///
    /// # Errors
    /// `Unfinished` before the end was seen.
    pub fn end(self) -> Result<Report, Error> {
        let (Some(ending), Some(manifest)) = (self.ending, self.manifest) else {
            return Err(Error::Unfinished);
        };
        // A backup holds the ways in that were chosen for it, and they prove themselves by opening it.
        let mut findings = self.verifier.end(&manifest);
        findings.retain(|finding| finding.listed != Listed::Slot);
        let (records, attachments) = (self.records, self.attachments);
        Ok(Report { ending, manifest, records, attachments, findings })
    }

    fn record(&mut self, sealed: &Sealed) {
        let id = sealed.header().place.id;
        if let Err(what) = self.vault.open_record(sealed) {
            self.verifier.find(Listed::Record, id, what);
        }
        match &self.newest {
            Some((Listed::Record, before)) if before.header().place.id == id => {
                if before.next() != sealed.header().place {
                    self.verifier.find(Listed::Record, id, Error::Forked);
                }
            }
            _ => {
                self.close();
                self.records.0 += 1;
            }
        }
        self.records.1 += 1;
        self.newest = Some((Listed::Record, sealed.clone()));
    }

    fn attachment(&mut self, sealed: &Sealed) {
        let id = sealed.header().place.id;
        if !matches!(&self.newest, Some((Listed::Attachment, before)) if before.header().place.id == id) {
            self.close();
            self.attachments += 1;
            self.opener = Some(AttachmentOpener::new(id));
        }
        // One finding is enough: after a part that does not open, the others can't be in order.
        if let Some(Err(what)) = self.opener.as_mut().map(|opener| opener.part(self.vault, sealed)) {
            self.verifier.find(Listed::Attachment, id, what);
            self.opener = None;
        }
        self.newest = Some((Listed::Attachment, sealed.clone()));
    }

    /// After the last revision or part of something.
    fn close(&mut self) {
        let opener = self.opener.take();
        let (Some((listed, sealed)), Some(manifest)) = (self.newest.take(), &self.manifest) else { return };
        if let Some(Err(what)) = opener.map(|opener| opener.end()) {
            self.verifier.find(listed, sealed.header().place.id, what);
        }
        self.verifier.newest(self.vault, manifest, &sealed);
    }
}
