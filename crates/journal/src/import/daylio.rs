//! Daylio's CSV. A row becomes a check-in. Its mood is one of five words, which become the middles of five equal stretches of our
//! scale: 1, 3, 5, 7, 9. Words that the keeper chose are not guessed at: they become a tag.

use super::sheet::{labels, name_of};
use super::*;
use crate::{CheckIn, Content, Day, Score, day::number};

const MOODS: [(&str, u8); 5] = [("awful", 1), ("bad", 3), ("meh", 5), ("good", 7), ("rad", 9)];

/// Reads a CSV, if its first row is Daylio's. `None` if it is not.
pub(super) fn read(
    path: &str,
    text: &str,
    here: &Here<'_>,
    sheet: &mut Sheet,
) -> Result<Option<Format>, ImportError> {
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let Ok(head) = rows.headers().cloned() else { return Ok(None) };
    let column = |name: &str| head.iter().position(|column| column.trim() == name);
    let (Some(mood), Some(time)) = (column("mood"), column("time")) else { return Ok(None) };
    let (full, year, date) = (column("full_date"), column("year"), column("date"));
    if full.is_none() && (year.is_none() || date.is_none()) {
        return Ok(None);
    }
    let (activities, scales) = (column("activities"), column("scales"));
    let (title, note) = (column("note_title"), column("note"));
    for (at, row) in rows.into_records().enumerate() {
        let place = format!("{}, row {}", name_of(path), at + 2);
        let Ok(row) = row else {
            sheet.tell(&place, "left out: it is damaged");
            continue;
        };
        let field = |column: Option<usize>| column.and_then(|at| row.get(at)).unwrap_or_default().trim();
        let day = field(full).parse().ok().or_else(|| old_day(field(year), field(date)));
        let Some(day) = day else {
            sheet.tell(&place, "left out: it has no date");
            continue;
        };
        let wall = clock(field(Some(time))).unwrap_or_else(|| {
            sheet.tell(&place, "its time is not known; noon is taken");
            12 * 60
        });
        let Some(written) = here.local((day.since_epoch() * 24 * 60 + wall) * 60_000, None) else {
            sheet.tell(&place, "left out: it has no date");
            continue;
        };
        let mut tags: Vec<String> = field(activities).split('|').map(str::to_owned).collect();
        let mut check_in = CheckIn::new(day);
        let word = field(Some(mood));
        match MOODS.iter().find(|(known, _)| word.eq_ignore_ascii_case(known)) {
            Some((_, number)) => check_in.mood = Score::new(*number).ok(),
            None if word.is_empty() => {}
            None => {
                tags.push(format!("mood: {word}"));
                sheet.leave_out("moods in words of your own, kept as tags");
            }
        }
        let lines = [field(title), field(note)].map(markup::to_plain);
        let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
        check_in.note = lines.join("\n");
        if !field(scales).is_empty() {
            sheet.leave_out("scales");
        }
        let mut record = Record::new(Content::CheckIn(check_in), written);
        record.tags = labels(tags);
        sheet.add(&place, record)?;
    }
    Ok(Some(Format::Daylio))
}

/// Minutes since midnight: `23:54`, `11:54 pm`, `11:54 p.m.`; whatever space stands between.
fn clock(text: &str) -> Option<i64> {
    let (hour, rest) = text.split_once([':', '.'])?;
    let minute: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let half: String = rest[minute.len()..].chars().filter(|c| c.is_ascii_alphabetic()).collect();
    let (hour, minute) = (number(hour.as_bytes())?, number(minute.as_bytes())?);
    let hour = match half.to_ascii_lowercase().as_str() {
        "" => hour,
        "am" if (1..=12).contains(&hour) => hour % 12,
        "pm" if (1..=12).contains(&hour) => hour % 12 + 12,
        _ => return None,
    };
    (hour < 24 && minute < 60).then_some(i64::from(hour * 60 + minute))
}

/// The day of an old export: a year, and `18 May` or `May 18`.
fn old_day(year: &str, date: &str) -> Option<Day> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (one, other) = date.split_once(' ')?;
    let (day, month) =
        if one.starts_with(|c: char| c.is_ascii_digit()) { (one, other) } else { (other, one) };
    let month = month.trim().to_lowercase();
    let month = MONTHS.iter().position(|name| month.starts_with(name))? as u8 + 1;
    Day::new(
        u16::try_from(number(year.as_bytes())?).ok()?,
        month,
        u8::try_from(number(day.trim().as_bytes())?).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_phones_write_them() {
        for (text, minutes) in [
            ("23:54", 1434),
            ("00:00", 0),
            ("12:05 am", 5),
            ("12:05 pm", 725),
            ("11:54\u{202f}PM", 1434),
            ("9:05 p.m.", 1265),
            ("9.05", 545),
        ] {
            assert_eq!(clock(text), Some(minutes), "{text}");
        }
        for wrong in ["", "24:00", "13:00 pm", "9", "9:60", "x:10", "9:10 uhr"] {
            assert_eq!(clock(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_of_old_exports_are_read() {
        assert_eq!(old_day("2018", "18 May"), Day::new(2018, 5, 18).ok());
        assert_eq!(old_day("2018", "September 3"), Day::new(2018, 9, 3).ok());
        assert_eq!(old_day("2018", "31 Feb"), None);
    }
}
