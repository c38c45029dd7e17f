//! The device's clock and calendar, for what is written now and for days and times that a keeper chooses.

use journal::{Day, Moment};
use js_sys::Date;

/// This moment, as the device shows it.
pub fn now() -> Moment {
    let offset = -Date::new_0().get_timezone_offset();
    Moment::new(Date::now() as i64, offset as i16)
        .unwrap_or_else(|_| Moment::of(Day::EPOCH, 0, 0, 0).expect("the first day of 1970 has a midnight"))
}

/// Today.
pub fn today() -> Day {
    now().day()
}

/// A moment from what a `datetime-local` control holds: `2026-11-26T22:15`. None where it holds nothing whole.
pub fn moment(typed: &str) -> Option<Moment> {
    let (day, time) = typed.split_once('T')?;
    let day: Day = day.parse().ok()?;
    let mut parts = time.split(':').map(|part| part.parse::<u8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let date = Date::new_with_year_month_day_hr_min(
        day.year().into(),
        i32::from(day.month()) - 1,
        day.day().into(),
        hour.into(),
        minute.into(),
    );
    Moment::of(day, hour, minute, -date.get_timezone_offset() as i16).ok()
}

/// A moment as such a control wants it.
pub fn typed(moment: Moment) -> String {
    let (hour, minute) = moment.time();
    format!("{}T{hour:02}:{minute:02}", moment.day())
}

/// The time of the clock, `22:15`, as a `time` control wants it.
pub fn clock(moment: Moment) -> String {
    typed(moment).split_off(11)
}
