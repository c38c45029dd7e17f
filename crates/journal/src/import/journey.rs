//! Journey: a JSON file an entry, its photos and sound beside it. A place or a temperature that is not known is written there as
//! the largest number that there is.

use super::sheet::{labels, name_of, text_of, texts_of};
use super::*;
use crate::{Content, Entry};

const LEFT_OUT: [(&str, &str); 7] = [
    ("lat", "places"),
    ("address", "addresses"),
    ("music_title", "music"),
    ("mood", "moods"),
    ("sentiment", "sentiments"),
    ("label", "labels"),
    ("favourite", "stars"),
];

pub(super) fn read(path: &str, value: Value, here: &Here<'_>, sheet: &mut Sheet) -> Result<(), ImportError> {
    let entries = match value {
        Value::Array(entries) => entries,
        one => vec![one],
    };
    let folder = &path[..path.len() - name_of(path).len()];
    for (at, entry) in entries.iter().enumerate() {
        let place = format!("{}, entry {}", name_of(path), at + 1);
        let zone = entry.get("timezone").and_then(Value::as_str).filter(|zone| !zone.is_empty());
        let moment = |field: &str| here.moment(entry.get(field).and_then(Value::as_i64)?, zone);
        let Some(written) = moment("date_journal") else {
            sheet.tell(&place, "left out: it has no date");
            continue;
        };
        let text = text_of(entry, "text");
        let is_html = text_of(entry, "type") == "html" || text.trim_start().starts_with("<p");
        let mut content = Entry {
            text: if is_html { markup::to_markdown(text) } else { text.to_owned() },
            ..Entry::default()
        };
        day_one::take_title(&mut content);
        for name in texts_of(entry, "photos") {
            match sheet.attach(&format!("{folder}{name}")) {
                Some(attachment) => content.attachments.push(attachment),
                None => sheet.tell(&place, "a file of it is not in the archive"),
            }
        }
        sheet.leave_out_fields(entry, &LEFT_OUT);
        if entry.get("weather").is_some_and(|weather| !text_of(weather, "description").is_empty()) {
            sheet.leave_out("weather");
        }
        let mut record = Record::new(Content::Entry(content), written);
        record.changed = moment("date_modified").unwrap_or(written);
        record.tags = labels(texts_of(entry, "tags"));
        sheet.add(&place, record)?;
    }
    Ok(())
}
