//! Diarium's JSON: a list of entries with `date`, `heading`, `html`, `tags`; media in `media/` and a folder that is named by the
//! date, as in `2024-05-17_214000000`.

use super::sheet::{labels, name_of, text_of, texts_of};
use super::*;
use crate::{Content, Entry};

const LEFT_OUT: [(&str, &str); 8] = [
    ("location", "places"),
    ("weather", "weather"),
    ("sun", "sunrise and sunset"),
    ("lunar", "the moon"),
    ("rating", "ratings"),
    ("people", "people"),
    ("trackers", "trackers"),
    ("fitness", "fitness"),
];

pub(super) fn read(path: &str, value: Value, here: &Here<'_>, sheet: &mut Sheet) -> Result<(), ImportError> {
    let entries = match value {
        Value::Array(entries) => entries,
        one => vec![one],
    };
    let folder = &path[..path.len() - name_of(path).len()];
    for (at, entry) in entries.iter().enumerate() {
        let place = format!("{}, entry {}", name_of(path), at + 1);
        let date = text_of(entry, "date");
        // A date without an offset is the time on the wall.
        let wall = format!("{date}Z").parse::<Moment>().ok();
        let written = date.parse().ok().or_else(|| here.local(wall?.milliseconds(), None));
        let Some(written) = written else {
            sheet.tell(&place, "left out: it has no date");
            continue;
        };
        let html = [text_of(entry, "html"), text_of(entry, "text")].into_iter().find(|text| !text.is_empty());
        let mut content = Entry { text: markup::to_markdown(html.unwrap_or_default()), ..Entry::default() };
        let heading = text_of(entry, "heading").trim();
        if heading.len() <= limits::LINE {
            content.title = heading.to_owned();
        } else {
            content.text = format!("{heading}\n\n{}", content.text);
        }
        for file in sheet.under(&media_folder(folder, date)) {
            content.attachments.extend(sheet.attach(&file));
        }
        sheet.leave_out_fields(entry, &LEFT_OUT);
        let mut record = Record::new(Content::Entry(content), written);
        record.tags = labels(texts_of(entry, "tags"));
        sheet.add(&place, record)?;
    }
    Ok(())
}

/// Where an entry's media are: day and time to the second; what follows are fractions and differs.
fn media_folder(folder: &str, date: &str) -> String {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).take(6).collect::<String>();
    let (day, time) = date.split_once(['T', ' ']).unwrap_or((date, ""));
    format!("{folder}media/{day}_{}", digits(time))
}
