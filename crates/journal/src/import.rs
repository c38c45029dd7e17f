//! Bringing a journal along: our own JSON and what Day One, Journey, Diarium, Daylio and folders of Markdown give. Nothing is
//! saved here: what comes out is a preview, with a report of all that did not fit. `docs/JOURNAL-JSON.md` says which fields are
//! taken from whom.
//!
//! A file may come from anybody, so it is bounded in every direction, nothing in it is run or fetched, and markup becomes
//! Markdown that shows no foreign picture.

mod day_one;
mod daylio;
mod diarium;
mod front;
mod journey;
mod markup;
mod notes;
mod own;
mod rename;
mod sheet;

use order::Map;
use vault::ObjectId;

use crate::{
    Attachment, AttachmentId, Error, Moment, Record, RecordId,
    archive::{ArchiveError, Reader},
    json::{self, Value},
    limits, media,
};

pub use rename::rename;
use sheet::Sheet;

/// Records that one import may have.
pub const MAX_RECORDS: usize = 100_000;
/// Bytes of one file of words: of JSON, CSV or Markdown.
pub const MAX_WORDS: u64 = 64 << 20;
/// Lines that a report may have; the last then says how many are missing.
pub const MAX_LINES: usize = 500;

/// Why a file is not brought along at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// None of the files that are known.
    #[error("this is not a file that the journal knows")]
    Unknown,
    /// It is one, and there is nothing in it.
    #[error("there is nothing in this file to bring along")]
    Empty,
    /// It should hold words and does not.
    #[error("{0} is not text in UTF-8")]
    NotText(String),
    /// It is damaged.
    #[error("{0} is damaged: it does not go on as it begins")]
    Damaged(String),
    /// Written by a newer version of this journal.
    #[error("this was written by a newer version of the journal")]
    Newer,
    /// More than can be taken at once.
    #[error("this has more than {MAX_RECORDS} entries")]
    TooMany,
    /// A file of words that is larger than can be taken.
    #[error("{0} is too large")]
    TooLarge(String),
    /// The archive around it.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// This journal's own JSON.
    Doorway,
    /// Day One, JSON.
    DayOne,
    /// Journey.
    Journey,
    /// Diarium, JSON.
    Diarium,
    /// Daylio, CSV.
    Daylio,
    /// Files of Markdown or plain text.
    Markdown,
}

/// What would be brought along.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Whose file it is.
    pub format: Format,
    /// The records, in the order of the file.
    pub records: Vec<NewRecord>,
    /// Attachments that records name. Their bytes come from [`Source::attachment`].
    pub attachments: Vec<Found>,
    /// What did not fit.
    pub report: Vec<Line>,
}

/// A record to be added.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord {
    /// Its name within the import, by which others of it refer to it. Our own JSON brings the record's former name; for all
    /// others it is made up and good for this import only.
    pub id: RecordId,
    /// The record.
    pub record: Record,
}

/// An attachment within the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The name under which records of the import refer to it; good for this import only.
    pub id: AttachmentId,
    /// Where in the archive it is.
    pub path: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Something that did not fit, to be read by the keeper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which file or entry; empty for the import as a whole.
    pub place: String,
    /// What about it.
    pub what: String,
}

/// What an import must be told about here and now.
pub struct Here<'z> {
    /// The time, for what has none.
    pub now: Moment,
    /// The offset from UTC in minutes at a time (milliseconds since 1970 UTC), in a time zone by its IANA name, or where the
    /// device is. A zone that is not known counts as the device's.
    pub offset: &'z dyn Fn(i64, Option<&str>) -> i16,
}

impl Here<'_> {
    /// A point in time with the offset that held there.
    fn moment(&self, milliseconds: i64, zone: Option<&str>) -> Option<Moment> {
        Moment::new(milliseconds, (self.offset)(milliseconds, zone)).ok()
    }

    /// The time on the wall: milliseconds that would be those since 1970 if the wall were in UTC.
    fn local(&self, milliseconds: i64, zone: Option<&str>) -> Option<Moment> {
        let guess = (self.offset)(milliseconds, zone);
        let offset = (self.offset)(milliseconds - i64::from(guess) * 60_000, zone);
        Moment::new(milliseconds - i64::from(offset) * 60_000, offset).ok()
    }
}

/// A file of another journal, opened.
pub struct Source<'b> {
    archive: Option<Reader<'b>>,
    name: String,
    bytes: &'b [u8],
}

impl<'b> Source<'b> {
    /// Opens a file. Its name matters for single files of Markdown only.
    ///
    /// # Errors
    /// `Archive` for an archive that is damaged or hostile; `TooLarge`.
    pub fn open(bytes: &'b [u8], name: &str) -> Result<Self, ImportError> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let archive = Reader::knows(bytes).then(|| Reader::open(bytes)).transpose()?;
        if archive.is_none() && bytes.len() as u64 > MAX_WORDS {
            return Err(ImportError::TooLarge(name));
        }
        Ok(Self { archive, name, bytes })
    }

    /// Reads it all and saves nothing.
    ///
    /// # Errors
    /// [`ImportError`], if there is nothing that could be taken. Single entries that do not fit are in the report.
    pub fn read(&mut self, here: &Here<'_>) -> Result<Import, ImportError> {
        let mut sheet = Sheet::new(self.paths());
        let files = self.word_files();
        let format = self.read_words(&files, here, &mut sheet)?;
        let import = sheet.finish(format);
        if import.records.is_empty() { Err(ImportError::Empty) } else { Ok(import) }
    }

    /// The bytes of an attachment.
    ///
    /// # Errors
    /// `Archive`.
    pub fn attachment(&mut self, found: &Found) -> Result<Vec<u8>, ImportError> {
        let archive = self.archive.as_mut().ok_or(ArchiveError::Missing)?;
        Ok(archive.read(&found.path)?)
    }

    /// All files with their sizes.
    fn paths(&self) -> Map<String, u64> {
        let files = self.archive.iter().flat_map(Reader::files);
        files.map(|file| (file.path.clone(), file.bytes)).collect()
    }

    /// The files that may hold words, by path.
    fn word_files(&self) -> Vec<String> {
        match &self.archive {
            None => vec![self.name.clone()],
            Some(archive) => {
                archive.files().iter().map(|file| file.path.clone()).filter(|path| words(path)).collect()
            }
        }
    }

    fn text(&mut self, path: &str) -> Result<String, ImportError> {
        let bytes = match &mut self.archive {
            None => self.bytes.to_vec(),
            Some(archive) => {
                let size = archive.files().iter().find(|file| file.path == path).map_or(0, |file| file.bytes);
                if size > MAX_WORDS {
                    return Err(ImportError::TooLarge(path.to_owned()));
                }
                archive.read(path)?
            }
        };
        let text = String::from_utf8(bytes).map_err(|_| ImportError::NotText(path.to_owned()))?;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// What is known by its fields comes first: an archive of ours or of Day One may hold other files beside. A file that
    /// cannot be read does not keep the others away; its fault is the answer only if there is nothing else.
    fn read_words(
        &mut self,
        files: &[String],
        here: &Here<'_>,
        sheet: &mut Sheet,
    ) -> Result<Format, ImportError> {
        let (notes, known): (Vec<&String>, Vec<&String>) = files.iter().partition(|path| is_note(path));
        let (mut format, mut fault) = (None, None);
        for path in known.into_iter().chain(notes) {
            if format.is_some_and(|format| format != Format::Markdown) && is_note(path) {
                break;
            }
            sheet.opened(path);
            match self.read_file(path, here, sheet) {
                Ok(Some(found)) => format = format.or(Some(found)),
                Ok(None) => sheet.tell(path, "left out: this file is not known"),
                Err(
                    error @ (ImportError::NotText(_) | ImportError::TooLarge(_) | ImportError::Damaged(_)),
                ) => {
                    sheet.tell(path, &format!("left out: {error}"));
                    fault = fault.or(Some(error));
                }
                Err(error) => return Err(error),
            }
        }
        format.ok_or(fault.unwrap_or(ImportError::Unknown))
    }

    /// Reads one file of words. `None` if it is of no known kind.
    fn read_file(
        &mut self,
        path: &str,
        here: &Here<'_>,
        sheet: &mut Sheet,
    ) -> Result<Option<Format>, ImportError> {
        let text = self.text(path)?;
        if is_note(path) {
            notes::read(path, &text, here, sheet)?;
            return Ok(Some(Format::Markdown));
        }
        if text.trim_start().starts_with(['{', '[']) {
            let value = json::read(text.as_bytes()).map_err(|_| ImportError::Damaged(path.to_owned()))?;
            return read_json(path, value, here, sheet);
        }
        daylio::read(path, &text, here, sheet)
    }
}

fn read_json(
    path: &str,
    value: Value,
    here: &Here<'_>,
    sheet: &mut Sheet,
) -> Result<Option<Format>, ImportError> {
    if value.get("doorway").is_some() {
        own::read(value, sheet)?;
        return Ok(Some(Format::Doorway));
    }
    if value.get("entries").is_some_and(Value::is_array) {
        day_one::read(path, value, here, sheet)?;
        return Ok(Some(Format::DayOne));
    }
    let first = value.as_array().and_then(|list| list.first()).unwrap_or(&value);
    if first.get("date_journal").is_some() {
        journey::read(path, value, here, sheet)?;
        return Ok(Some(Format::Journey));
    }
    if first.get("date").is_some() && (first.get("html").is_some() || first.get("heading").is_some()) {
        diarium::read(path, value, here, sheet)?;
        return Ok(Some(Format::Diarium));
    }
    Ok(None)
}

/// Whether a file may hold words, by its ending.
fn words(path: &str) -> bool {
    is_note(path) || ending(path) == "json" || ending(path) == "csv"
}

fn is_note(path: &str) -> bool {
    matches!(ending(path).as_str(), "md" | "markdown" | "txt")
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
