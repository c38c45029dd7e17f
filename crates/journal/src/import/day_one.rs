//! Day One's JSON: a file a journal with `entries`, beside it `photos`, `audios`, `videos` and `pdfs`, whose files are named by
//! the MD5 that the entry gives for what its text calls `dayone-moment://IDENTIFIER`.

use super::sheet::{labels, name_of, text_of, texts_of};
use super::*;
use crate::{Content, Entry};

/// Fields that have no place here.
const LEFT_OUT: [(&str, &str); 6] = [
    ("location", "places"),
    ("weather", "weather"),
    ("music", "music"),
    ("userActivity", "activity"),
    ("starred", "stars"),
    ("isPinned", "pins"),
];

/// Kinds of media: the entry's list, the field with the file's ending, and the folder.
const MEDIA: [(&str, &str, &str); 4] = [
    ("photos", "type", "photos"),
    ("audios", "format", "audios"),
    ("videos", "type", "videos"),
    ("pdfAttachments", "type", "pdfs"),
];

pub(super) fn read(
    path: &str,
    mut value: Value,
    here: &Here<'_>,
    sheet: &mut Sheet,
) -> Result<(), ImportError> {
    let Some(Value::Array(entries)) = value.get_mut("entries").map(Value::take) else { return Ok(()) };
    let folder = &path[..path.len() - name_of(path).len()];
    for (at, entry) in entries.iter().enumerate() {
        let place = format!("{}, entry {}", name_of(path), at + 1);
        let zone = entry.get("timeZone").and_then(Value::as_str);
        let moment = |field: &str| {
            let moment = text_of(entry, field).parse::<Moment>().ok()?;
            here.moment(moment.milliseconds(), zone)
        };
        let Some(written) = moment("creationDate") else {
            sheet.tell(&place, "left out: it has no date");
            continue;
        };
        let mut content = Entry { text: unescaped(text_of(entry, "text")), ..Entry::default() };
        take_media(entry, folder, &place, &mut content, sheet);
        take_title(&mut content);
        sheet.leave_out_fields(entry, &LEFT_OUT);
        let mut record = Record::new(Content::Entry(content), written);
        record.changed = moment("modifiedDate").unwrap_or(written);
        record.tags = labels(texts_of(entry, "tags"));
        sheet.add(&place, record)?;
    }
    Ok(())
}

/// Attaches what the entry lists, and takes its marks out of the text.
fn take_media(entry: &Value, folder: &str, place: &str, content: &mut Entry, sheet: &mut Sheet) {
    for (list, ending, files) in MEDIA {
        let all = entry.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for one in all {
            let md5 = text_of(one, "md5");
            // An audio's format is given as a coding; its file ends in m4a.
            let endings = [text_of(one, ending), "jpeg", "jpg", "png", "m4a", "mp4", "mov", "pdf"];
            let found = endings
                .iter()
                .filter(|_| !md5.is_empty())
                .find_map(|ending| sheet.attach(&format!("{folder}{files}/{md5}.{ending}")));
            match found {
                Some(attachment) => content.attachments.push(attachment),
                None => sheet.tell(place, &format!("a file of its {list} is not in the archive")),
            }
        }
    }
    let mut text = String::with_capacity(content.text.len());
    let mut rest = content.text.as_str();
    let mut first = None;
    while let Some(at) = rest.find("![](dayone-moment:") {
        text.push_str(&rest[..at]);
        first = first.or(Some(text.len()));
        rest = &rest[at..];
        rest = rest.find(')').map_or("", |end| &rest[end + 1..]);
    }
    text.push_str(rest);
    sheet.moved(&text, first);
    content.text = text.trim().to_owned();
}

/// A first line that is a heading is the title.
pub(super) fn take_title(entry: &mut Entry) {
    let (first, rest) = entry.text.split_once('\n').unwrap_or((&entry.text, ""));
    let Some(title) = first.strip_prefix("# ") else { return };
    if title.len() <= limits::LINE {
        (entry.title, entry.text) = (title.trim().to_owned(), rest.trim().to_owned());
    }
}

/// Day One puts a backslash before much that needs none. One that keeps a line from becoming a list or heading stays.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let mut rest = line;
        let mut begins = true;
        while let Some(at) = rest.find('\\') {
            out.push_str(&rest[..at]);
            begins &= rest[..at].chars().all(|c| c.is_ascii_digit() || c.is_whitespace());
            let next = rest[at + 1..].chars().next();
            let needless =
                matches!(next, Some('.' | '!' | '(' | ')' | '-' | '+' | '#' | ',' | '?' | '{' | '}'));
            if begins || !needless {
                out.push('\\');
            }
            // What is escaped is passed over, so that a second backslash is not taken for a first.
            out.extend(next);
            begins = false;
            rest = &rest[at + 1 + next.map_or(0, char::len_utf8)..];
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backslashes_go_where_they_are_not_needed() {
        assert_eq!(unescaped(r"Well\. Is it\? \(yes\)"), "Well. Is it? (yes)");
        assert_eq!(unescaped("1\\. no list\n\\- no list\n\\# none"), "1\\. no list\n\\- no list\n\\# none");
        assert_eq!(unescaped(r"a \* b \\. c\"), r"a \* b \\. c\");
    }
}
