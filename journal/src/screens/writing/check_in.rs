//! How a day was, in under twenty seconds: five scales that say nothing until they are touched, what was practised, and the rest
//! folded away.

use journal::{CheckIn, Content, Dose, Record, templates};

use super::{
    super::{
        dates, now,
        place::{Place, Start},
        widgets::{Field, chips, scale},
    },
    bar,
    sheet::Sheet,
    vitals,
};
use crate::screens::view::prelude::*;

fn change(sheet: Sheet, change: impl FnOnce(&mut CheckIn)) {
    sheet.write(|record: &mut Record| {
        if let Content::CheckIn(check_in) = &mut record.content {
            change(check_in);
        }
    });
}

/// The form.
pub fn view(sheet: Sheet) -> View {
    let said = sheet.read(|record| match &record.content {
        Content::CheckIn(check_in) => check_in.clone(),
        _ => CheckIn::new(record.day()),
    });
    let day = said.day;
    let desk = sheet.desk;
    let heading = if day == now::today() { "Today".to_owned() } else { dates::full(day) };
    let daily = scales(sheet, &said, &templates::SCALES);
    let lifestyle = scales(sheet, &said, &templates::LIFESTYLE);
    let hours = said.lifestyle.sleep_minutes.map(hours).unwrap_or_default();
    view! {
        <h1>{heading}</h1>
        {bar::draft_notice(sheet)}
        <fieldset class="page check-in" disabled=move || !desk.may_write()>
            {daily}
            {chips("What you did", practices(&said), &said.practices, move |key, done| change(sheet, |day| {
                day.practices.retain(|other| other != key);
                if done {
                    day.practices.push(key.to_owned());
                }
            }))}
            {Field::new("A line, if you like", said.note)
                .kind("area")
                .told(move |typed| change(sheet, |day| day.note = typed))}
            <details class="more">
                <summary>"Sleep, movement, food, people"</summary>
                {slept(sheet, hours)}
                {lifestyle}
            </details>
            <details class="more">
                <summary>"Another day"</summary>
                {Field::new("Which day", day.to_string()).kind("date").told(move |typed| {
                    if let Some(other) = typed.parse().ok().filter(|other| *other != day && *other <= now::today()) {
                        desk.go(Place::Write(Start::Day(other)));
                    }
                })}
                <p class="hint">"What you have filled in for this day is kept with this day."</p>
            </details>
        </fieldset>
        {bar::foot(sheet, "Save and close", false, |_| Place::Home)}
    }
}

/// How long the night was.
fn slept(sheet: Sheet, hours: String) -> View {
    let odd = RwSignal::new(false);
    let field = Field::new("Hours of sleep", hours).keys("decimal").told(move |typed| {
        let minutes = minutes(&typed);
        odd.set(!typed.trim().is_empty() && minutes.is_none());
        change(sheet, |day| day.lifestyle.sleep_minutes = minutes);
    });
    vitals::hinted(field, odd, "A number from 0 to 24, such as 7.5 or 7:30".to_owned())
}

fn scales(sheet: Sheet, said: &CheckIn, scales: &'static [templates::Scale]) -> Vec<View> {
    let each = |shown: &'static templates::Scale| {
        scale(shown.name, shown.low, shown.high, shown.score(said), move |score| {
            change(sheet, |day| *(shown.place.of_mut)(day) = score)
        })
    };
    scales.iter().map(each).collect()
}

/// The practices of the articles, and what the keeper has noted in words of their own.
fn practices(said: &CheckIn) -> Vec<(String, String)> {
    let known =
        templates::PRACTICES.iter().map(|practice| (practice.key.to_owned(), practice.name.to_owned()));
    let own =
        said.practices.iter().filter(|key| templates::PRACTICES.iter().all(|practice| practice.key != **key));
    known.chain(own.map(|key| (key.clone(), key.clone()))).collect()
}

/// Hours as they are typed, such as `7,5`, `7:30`, `7h30` or `7 hours`, in minutes of a day.
fn minutes(typed: &str) -> Option<u16> {
    let typed = typed.trim().to_ascii_lowercase();
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let (hours, rest) = typed.split_once([':', 'h']).unwrap_or((&typed, ""));
    let after = rest.trim_start_matches(is_letter);
    let (of_hours, of_minutes) =
        (&rest[..rest.len() - after.len()], after.trim_start_matches(|c: char| !is_letter(c)));
    // A word that is being typed is one already.
    if !["ours", "rs"].iter().any(|word| word.starts_with(of_hours))
        || !["minutes", "mins"].iter().any(|word| word.starts_with(of_minutes))
    {
        return None;
    }
    let hours = Dose::amount_of(hours)?;
    let more = match after[..after.len() - of_minutes.len()].trim() {
        "" => 0.0,
        digits => {
            let whole: u16 = digits.parse().ok()?;
            (whole < 60 && hours.fract() == 0.0).then_some(f64::from(whole))?
        }
    };
    let minutes = (hours * 60.0).round() + more;
    (0.0..=1440.0).contains(&minutes).then_some(minutes as u16)
}

/// Minutes as hours, to the hundredth: `7.5`.
fn hours(minutes: u16) -> String {
    let text = format!("{}.{:02}", minutes / 60, (minutes % 60 * 100 + 30) / 60);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_they_are_typed_and_written_short() {
        for (typed, whole, written) in [
            ("7,5", 450, "7.5"),
            ("8", 480, "8"),
            (" 10 ", 600, "10"),
            ("0.25", 15, "0.25"),
            ("7.33", 440, "7.33"),
            ("7:30", 450, "7.5"),
            ("7h30", 450, "7.5"),
            ("7 h", 420, "7"),
            ("7,5 Hours", 450, "7.5"),
            ("7 hrs 15 min", 435, "7.25"),
            ("24:00", 1440, "24"),
        ] {
            assert_eq!(minutes(typed), Some(whole), "{typed}");
            assert_eq!(hours(whole), written, "{typed}");
        }
        for typed in [
            "", "24.1", "-1", "long", "7:60", "7.5:30", "24:01", "7:30 am", "7 nights", "7-8", ":30", "7::30",
        ] {
            assert_eq!(minutes(typed), None, "{typed}");
        }
    }
}
