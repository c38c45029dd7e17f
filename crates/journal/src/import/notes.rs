//! Files of Markdown or plain text, one an entry, with or without front matter: what Obsidian and the like keep, what Day One and
//! others can export, and what this journal writes for reading elsewhere.

use super::sheet::{labels, name_of};
use super::*;
use crate::{Content, Day, Entry, day::number, templates};

const DATE: [&str; 5] = ["date", "created", "createdat", "creation-date", "day"];
const MODIFIED: [&str; 3] = ["modified", "updated", "updatedat"];
const TAGS: [&str; 3] = ["tags", "tag", "keywords"];
/// What the pages of this journal have for programs; what it says is in their words as well.
const OWN: [&str; 4] = ["id", "kind", "practices", "sleepminutes"];

pub(super) fn read(path: &str, text: &str, here: &Here<'_>, sheet: &mut Sheet) -> Result<(), ImportError> {
    let (fields, body) = front::split(text);
    if body.len() > limits::TEXT {
        sheet.tell(path, &format!("left out: it has {} bytes, and at most {} fit", body.len(), limits::TEXT));
        return Ok(());
    }
    let first = |keys: &[&str]| keys.iter().find_map(|key| fields.get(*key)?.first()).map(String::as_str);
    let own = first(&["id"]).is_some_and(|id| id.parse::<RecordId>().is_ok());
    if let Some(kind) = first(&["kind"]).filter(|_| own) {
        sheet.own_page(kind);
    }
    let (stem, named) = named_day(path);
    let mut given = |name: &str, keys: &[&str]| {
        let text = first(keys)?;
        let moment = moment(text, here);
        if moment.is_none() {
            sheet.leave_out(&format!("{name} (front matter)"));
        }
        moment
    };
    let (written, changed) = (given("date", &DATE), given("modified", &MODIFIED));
    let written = written.or_else(|| noon(named?, here)).unwrap_or_else(|| {
        sheet.tell(path, "it has no date; today is taken");
        here.now
    });

    let mut entry = Entry { text: body.trim().to_owned(), ..Entry::default() };
    take_media(path, &mut entry, sheet);
    day_one::take_title(&mut entry);
    let title = first(&["title"]).filter(|title| title.len() <= limits::LINE);
    if own && entry.title.is_empty() {
        // It had none: the page is called by its first words.
    } else if let Some(title) = title {
        // A heading that says something else than the title is part of the text.
        if !entry.title.is_empty() && entry.title != title {
            entry.text = format!("# {}\n\n{}", entry.title, entry.text);
        }
        entry.title = title.to_owned();
    } else if entry.title.is_empty() {
        entry.title = stem;
    }
    if entry.title.is_empty() && entry.text.is_empty() && entry.attachments.is_empty() {
        sheet.tell(path, "left out: it is empty");
        return Ok(());
    }
    let scales = || templates::SCALES.iter().chain(&templates::LIFESTYLE);
    for (key, _) in fields.iter().filter(|(_, values)| !values.is_empty()) {
        let known =
            [&DATE[..], &MODIFIED, &TAGS, &["themes"]].iter().any(|keys| keys.contains(&key.as_str()))
                || key == "title" && title.is_some()
                || own && (OWN.contains(&key.as_str()) || scales().any(|scale| scale.key == key));
        if !known {
            sheet.leave_out(&format!("{key} (front matter)"));
        }
    }
    let mut record = Record::new(Content::Entry(entry), written);
    record.changed = changed.unwrap_or(written);
    let tags = TAGS.into_iter().filter_map(|key| fields.get(key)).flatten();
    record.tags =
        labels(tags.flat_map(|tag| tag.split(',')).map(|tag| tag.trim().trim_start_matches('#').to_owned()));
    record.themes = labels(fields.get("themes").into_iter().flatten().cloned());
    sheet.add(path, record)
}

/// A date with or without a time, with or without an offset.
fn moment(text: &str, here: &Here<'_>) -> Option<Moment> {
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    let wall = |text: String| here.local(text.parse::<Moment>().ok()?.milliseconds(), None);
    wall(format!("{text}Z"))
        .or_else(|| wall(format!("{text}:00Z")))
        .or_else(|| noon(text.parse().ok()?, here))
}

/// A day without a time is taken for its noon, which is on that day in every time zone that a keeper may move to.
fn noon(day: Day, here: &Here<'_>) -> Option<Moment> {
    here.local(day.since_epoch() * 86_400_000 + 12 * 3_600_000, None)
}

/// The day that a file's name begins with, and what else the name says.
fn named_day(path: &str) -> (String, Option<Day>) {
    let name = name_of(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let whole = |text: &str| -> Option<Day> {
        let digits = |from: usize, to: usize| number(text.as_bytes().get(from..to)?);
        Day::new(digits(0, 4)? as u16, digits(4, 6)? as u8, digits(6, 8)? as u8).ok()
    };
    let hyphens = stem.get(..10).and_then(|text| Some((text.parse().ok()?, 10)));
    let found = hyphens.or_else(|| Some((whole(stem.get(..8)?)?, 8)));
    let rest = found.map_or(stem, |(_, length)| &stem[length..]);
    (rest.trim_matches([' ', '-', '_', '.']).to_owned(), found.map(|(day, _)| day))
}

/// Takes pictures and sounds that are in the archive out of the text and to the entry. Of a link within a sentence the words stay.
fn take_media(path: &str, entry: &mut Entry, sheet: &mut Sheet) {
    let folder = &path[..path.len() - name_of(path).len()];
    let mut out = String::with_capacity(entry.text.len());
    let (mut rest, mut first) = (entry.text.as_str(), None);
    while let Some(at) = rest.find('[') {
        let shown = rest[..at].ends_with('!');
        out.push_str(&rest[..at - usize::from(shown)]);
        let mark = &rest[at..];
        let found = reference(mark).filter(|(_, target, _)| shown || is_media(target));
        let length = found.map_or(1, |(_, _, length)| length);
        rest = &mark[length..];
        let attached = found.and_then(|(words, target, _)| Some((words, attach(folder, target, sheet)?)));
        if let Some((words, mut attachment)) = attached {
            attachment.alt = words[..words.floor_char_boundary(limits::LINE)].to_owned();
            entry.attachments.push(attachment);
            let within = |line: Option<&str>| line.is_some_and(|line| !line.trim().is_empty());
            if !shown && (within(out.rsplit('\n').next()) || within(rest.split('\n').next())) {
                out.push_str(words);
            } else {
                first = first.or(Some(out.len()));
            }
            continue;
        }
        if found.is_some_and(|(_, target, _)| !crate::markdown::leads_out(target)) {
            sheet.tell(path, "a file that its text names is not in the archive");
        }
        out.push_str(if shown { "!" } else { "" });
        out.push_str(&mark[..length]);
    }
    out.push_str(rest);
    sheet.moved(&out, first);
    entry.text = out.trim().to_owned();
}

/// Whether a link leads to a picture or a sound, by its ending.
fn is_media(target: &str) -> bool {
    let kind = media::type_of(target);
    kind.starts_with("image/") || kind.starts_with("audio/")
}

/// Bytes that a mark may have: no further is looked for its end.
const LONGEST_MARK: usize = 4_000;

/// `[words](target)` or `[[target|words]]`, and how long it is.
fn reference(mark: &str) -> Option<(&str, &str, usize)> {
    let mark = &mark[..mark.floor_char_boundary(LONGEST_MARK)];
    // Up to the next bracket and no further, so that brackets without an end are not looked through again and again.
    let end = |from: &str| from.find(['\n', '[', ']']);
    if let Some(from) = mark.strip_prefix("[[") {
        let inner = &from[..end(from).filter(|at| from[*at..].starts_with("]]"))?];
        let (target, words) = inner.split_once('|').unwrap_or((inner, ""));
        return Some((words, target, inner.len() + 4));
    }
    let from = mark.strip_prefix('[')?;
    let (words, after) = from.split_at(end(from)?);
    let (target, _) =
        after.strip_prefix("](")?.split_once(')').filter(|(target, _)| !target.contains('\n'))?;
    let length = 1 + words.len() + 2 + target.len() + 1;
    let target = target.split(" \"").next().unwrap_or_default().trim_matches(['<', '>', ' ']);
    Some((words, target, length))
}

/// Looks for a file where its path leads from the note's folder, and by its name alone.
fn attach(folder: &str, target: &str, sheet: &mut Sheet) -> Option<Attachment> {
    if target.contains("://") || target.is_empty() {
        return None;
    }
    let target = target.replace("%20", " ");
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    sheet.attach(&parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_day_and_what_follows() {
        let day = |text: &str| text.parse().ok();
        assert_eq!(named_day("a/2024-05-17 The sea.md"), ("The sea".to_owned(), day("2024-05-17")));
        assert_eq!(named_day("20240517_sea.txt"), ("sea".to_owned(), day("2024-05-17")));
        assert_eq!(named_day("2024-13-17.md"), ("2024-13-17".to_owned(), None));
        assert_eq!(named_day("Größe.md"), ("Größe".to_owned(), None));
    }

    #[test]
    fn references_are_known_in_both_forms() {
        assert_eq!(reference("[a](b c.png \"t\") x"), Some(("a", "b c.png", 16)));
        assert_eq!(reference("[[b.png|a]] x"), Some(("a", "b.png", 11)));
        for none in ["[a]", "[a](b", "[a\n](b)", "[[a", "[a] (b)", "[ ] c [a](b)", "[![a](b)](c)"] {
            assert_eq!(reference(none), None, "{none}");
        }
    }
}
