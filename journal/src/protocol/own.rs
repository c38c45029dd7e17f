//! What makes the journal the keeper's own: backup, restore, records as JSON, and how safe this copy is.

use journal::{Moment, RecordId, json};

/// Writes a backup and reads it back, all of it, before it answers. Beside the answer: a `Blob`, to be given to the keeper as
/// a file. *Beside* the command, if the backup shall have a passphrase of its own: that, as UTF-8 of its NFKC; the journal's
/// own passphrase then does not open it.
#[derive(Clone, Debug)]
pub struct Backup;

/// What a backup holds, after all of it was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct BackupFacts {
    /// Bytes of the file.
    pub bytes: u64,
    /// When it was made, in milliseconds since 1970 UTC.
    pub made: u64,
    /// How many records it holds: settings and deleted ones too.
    pub records: u64,
    /// In how many revisions.
    pub revisions: u64,
    /// How many things the keeper has in it: neither settings nor what was deleted.
    pub things: u64,
    /// In how many revisions.
    pub versions: u64,
    /// How many attachments it holds.
    pub attachments: u64,
    /// What in it is not as it must be. Empty is good; only then say "saved".
    pub findings: Vec<Finding>,
    /// What restoring it would do here; none where no journal is open to compare with.
    pub verdicts: Option<Verdicts>,
}

json::fields!(BackupFacts {
    bytes,
    made,
    records,
    revisions,
    things,
    versions,
    attachments,
    findings,
    verdicts
});

/// Reads a backup and says what it holds and what restoring it would do. Changes nothing. *Beside*: the file (a `Blob`), then
/// its secret as `key` says, or nothing if the open journal's key is to be tried.
#[derive(Clone, Debug)]
pub struct ReadBackup {
    /// What kind of secret is beside; none for the open journal's own key.
    pub key: Option<crate::protocol::Key>,
}

json::fields!(ReadBackup { key });

/// Restores the backup that was read last. Into nothing: it becomes the journal, opened by the backup's ways in. Into the open
/// journal: what it has more is taken, what both changed is kept twice, nothing is deleted.
#[derive(Clone, Debug)]
pub struct RestoreBackup;

/// How the things of a backup relate to what is here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// The same on both sides.
    pub same: usize,
    /// New here, or newer in the backup.
    pub take: usize,
    /// Newer here.
    pub keep: usize,
    /// Changed on both sides: both will be kept, side by side.
    pub both: usize,
    /// Removed here for good. Stays removed.
    pub gone: usize,
    /// Whether its settings are newer than those here, and would come along.
    pub settings: bool,
}

json::fields!(Verdicts { same, take, keep, both, gone, settings });

/// What came of a restore.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// What was done.
    pub verdicts: Verdicts,
    /// Things of the backup that were changed on both sides, under the new names of the second copies.
    pub beside: Vec<RecordId>,
    /// The journal as it is now.
    pub inside: crate::protocol::Inside,
}

json::fields!(Restored { verdicts, beside, inside });

/// Everything as JSON, to be exported. Beside the answer: a JSON array of `{"id", "revision", "record"}`.
#[derive(Clone, Debug)]
pub struct RecordsAsJson {
    /// How many to leave out, in the order of their names.
    pub from: usize,
    /// How many to give; at most 500 are given. Fewer come at the end.
    pub count: usize,
}

json::fields!(RecordsAsJson { from, count });

/// Adds records that were imported, as new things. *Beside*: for each its JSON. All are saved or none. Answers their names.
#[derive(Clone, Debug)]
pub struct AddRecords;

/// How safe is this copy?
#[derive(Clone, Debug)]
pub struct ReadMeter;

/// How safe this copy is, as far as a worker can know. The page adds whether the site is installed, and asks for persistence
/// (`navigator.storage.persist` exists only there).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meter {
    /// Whether it is on disk at all.
    pub kept: bool,
    /// Whether the browser has promised not to evict it; none where it does not say.
    pub persisted: Option<bool>,
    /// Bytes that this site uses, as the browser estimates.
    pub used: Option<f64>,
    /// Bytes that the browser would let it use.
    pub quota: Option<f64>,
    /// When the 24 words were last proved to be known.
    pub recovery_confirmed: Option<Moment>,
    /// When the last backup was made and read back.
    pub last_backup: Option<Moment>,
    /// Whether anything was saved since.
    pub changed_since: bool,
    /// How many things there are.
    pub things: usize,
    /// How many of them have words that are not saved.
    pub drafts: usize,
}

json::fields!(Meter {
    kept,
    persisted,
    used,
    quota,
    recovery_confirmed,
    last_backup,
    changed_since,
    things,
    drafts
});

/// What tells two states of a journal apart: to be compared with another device or a sheet of paper. Not a secret.
#[derive(Clone, Debug)]
pub struct Fingerprint;

/// Six words and a version number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SixWords {
    /// The words.
    pub words: Vec<String>,
    /// The version, which grows with each change.
    pub version: u64,
}

json::fields!(SixWords { words, version });

/// Removes what may go: things deleted more than 30 days ago, and attachments that nothing names. What cannot be read is
/// never removed, nor is any attachment while a thing that might name it cannot be read.
#[derive(Clone, Debug)]
pub struct Tidy;

/// What was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Things deleted more than 30 days ago.
    pub records: usize,
    /// Attachments that nothing named.
    pub attachments: usize,
    /// Attachments that were kept because something could not be read.
    pub kept: usize,
}

json::fields!(Tidied { records, attachments, kept });

/// One thing that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about: `record`, `attachment`, `slot`, `draft`, or `journal` for all of it.
    pub what: String,
    /// Its name.
    pub id: String,
    /// What is the matter, in words.
    pub words: String,
}

json::fields!(Finding { what, id, words });

json::nothing!(Backup, RestoreBackup, AddRecords, ReadMeter, Fingerprint, Tidy);
