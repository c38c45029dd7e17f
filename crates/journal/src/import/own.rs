//! Our own JSON, as [`crate::export`] writes it. Nothing is lost on the way there and back but the settings: a journal keeps its own.

use super::*;
use crate::Kind;
use crate::export::{EXPORT_FORMAT, attachments};

pub(super) fn read(mut value: Value, sheet: &mut Sheet) -> Result<(), ImportError> {
    let damaged = || ImportError::Damaged("the journal".to_owned());
    let format = value.get("format").and_then(Value::as_u64).ok_or_else(damaged)?;
    if value.get("doorway").and_then(Value::as_str) != Some("journal") || format == 0 {
        return Err(damaged());
    }
    if format > EXPORT_FORMAT {
        return Err(ImportError::Newer);
    }
    let Some(Value::Array(lines)) = value.get_mut("records").map(Value::take) else { return Err(damaged()) };
    let mut known = Map::default();
    for (at, mut line) in lines.into_iter().enumerate() {
        let place = format!("record {}", at + 1);
        let id = line.get("id").and_then(Value::as_str).and_then(|id| id.parse::<RecordId>().ok());
        let record = line.get_mut("record").map(Value::take).ok_or(Error::NOT_A_RECORD);
        match (id, record.and_then(Record::read)) {
            (Some(id), Ok(record)) => {
                if known.insert(id, ()).is_some() {
                    sheet.tell(&place, "left out: another record has the same name");
                    continue;
                }
                if record.kind() == Kind::Settings {
                    sheet.tell("", "settings: left out, this journal's own stay");
                    continue;
                }
                for attachment in attachments(&record) {
                    if !sheet.attach_own(attachment) {
                        sheet.tell(
                            &place,
                            "an attachment is not in this file; unless this journal has it already, its place stays empty",
                        );
                    }
                }
                sheet.add_named(&place, id, record)?;
            }
            (None, _) => sheet.tell(&place, "left out: it has no name"),
            (_, Err(error)) => sheet.tell(&place, &format!("left out: {error}")),
        }
    }
    Ok(())
}
