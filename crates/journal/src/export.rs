//! What a keeper can take along: everything as JSON, which can be brought back without loss, and everything as Markdown, which
//! can be read with anything. `docs/JOURNAL-JSON.md` describes both.

mod page;

use crate::{
    Attachment, Content, Moment, Record, RecordId,
    archive::{ArchiveError, Writer},
    json::{self, Json},
    media,
};

pub use page::{Part, name_of};

/// The format of an export as a whole; records have their own ([`crate::FORMAT`]).
pub const EXPORT_FORMAT: u64 = 1;
/// The file of an archive that holds the records.
pub const RECORDS_FILE: &str = "journal.json";

/// All records as one JSON text, in the order of their ids, so that the same journal gives the same text.
pub fn json(records: &[(RecordId, Record)], exported: Moment) -> Vec<u8> {
    let mut records: Vec<&(RecordId, Record)> = records.iter().collect();
    order::sort_by(&mut records, |one, other| one.0.cmp(&other.0));
    let mut text = format!(
        "{{\n  \"doorway\": \"journal\",\n  \"format\": {EXPORT_FORMAT},\n  \"exported\": \"{exported}\",\n  \"records\": ["
    );
    for (at, (id, record)) in records.iter().enumerate() {
        let record = json::write_pretty(&record.to_value(), 3);
        let comma = if at == 0 { "" } else { "," };
        text += &format!("{comma}\n    {{\n      \"id\": \"{id}\",\n      \"record\": {record}\n    }}");
    }
    text += if records.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" };
    text.into_bytes()
}

/// Where an archive keeps an attachment's bytes: beside the records, under its id.
pub fn attachment_path(attachment: &Attachment) -> String {
    format!("attachments/{}.{}", attachment.id, media::ending_of(&attachment.media_type))
}

/// All attachments that a record names.
pub fn attachments(record: &Record) -> Vec<&Attachment> {
    match &record.content {
        Content::Entry(entry) => entry.attachments.iter().collect(),
        Content::Capture(capture) => {
            capture.pieces.iter().filter_map(|piece| piece.attachment.as_ref()).collect()
        }
        _ => Vec::new(),
    }
}

/// Begins an archive of JSON: the records are in it. Attachments are added one by one with [`add_attachment`], as they are
/// read from the vault.
///
/// # Errors
/// `NotWritten`.
pub fn json_archive(records: &[(RecordId, Record)], exported: Moment) -> Result<Writer, ArchiveError> {
    let mut writer = Writer::default();
    writer.add_text(RECORDS_FILE, &json(records, exported))?;
    Ok(writer)
}

/// Begins an archive of Markdown, a file a record in a folder a year. Settings are not in it.
///
/// # Errors
/// `NotWritten`.
pub fn markdown_archive(records: &[(RecordId, Record)]) -> Result<Writer, ArchiveError> {
    let mut writer = Writer::default();
    for (id, record) in records {
        if let Some((path, text)) = page::file(*id, record) {
            writer.add_text(&path, text.as_bytes())?;
        }
    }
    Ok(writer)
}

/// Adds an attachment's bytes to either archive.
///
/// # Errors
/// `NotWritten`.
pub fn add_attachment(
    writer: &mut Writer,
    attachment: &Attachment,
    bytes: &[u8],
) -> Result<(), ArchiveError> {
    writer.add_media(&attachment_path(attachment), bytes)
}

/// One record as a Markdown page with its path in the archive; `None` for settings and kinds of a newer version.
pub fn markdown_page(id: RecordId, record: &Record) -> Option<(String, String)> {
    page::file(id, record)
}

/// One record as people read it, on paper or in the reading page, with its tags and themes; `None` as for [`markdown_page`].
pub fn parts(id: RecordId, record: &Record) -> Option<Vec<Part<'_>>> {
    page::parts(id, record)
}

/// What a record is called: its title, its first words, or what kind of thing it is.
pub fn title(id: RecordId, record: &Record) -> String {
    page::title(id, record)
}

#[cfg(test)]
mod tests;
