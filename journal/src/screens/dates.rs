//! Days and times as the keeper's own browser writes them. What is formatted never leaves the browser; the formats hold nothing.

use std::cell::RefCell;

use journal::{Day, Moment, Weekday};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use super::now;

/// How much of a day or moment is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Thursday, 26 November 2026
    Full,
    /// 26 November 2026
    Date,
    /// November 2026
    Month,
    /// Thursday
    Weekday,
    /// Thu
    ShortWeekday,
    /// 22:15
    Time,
}

impl Style {
    fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Full => &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")],
            Self::Date => &[("day", "numeric"), ("month", "long"), ("year", "numeric")],
            Self::Month => &[("month", "long"), ("year", "numeric")],
            Self::Weekday => &[("weekday", "long")],
            Self::ShortWeekday => &[("weekday", "short")],
            Self::Time => &[("hour", "numeric"), ("minute", "2-digit")],
        }
    }

    /// The browser's formatter. It writes in UTC, because what it is given is shifted: a day has no zone, and a moment is shown
    /// as the clock on the wall showed it where it was written.
    fn format(self) -> Function {
        let options = Object::new();
        for (name, value) in self.options().iter().chain(&[("timeZone", "UTC")]) {
            Reflect::set(&options, &(*name).into(), &(*value).into()).ok();
        }
        // No locale named: the browser's own.
        Intl::DateTimeFormat::new(&Array::new(), &options).format()
    }

    fn write(self, milliseconds: f64) -> String {
        thread_local! {
            static FORMATS: RefCell<Vec<(Style, Function)>> = const { RefCell::new(Vec::new()) };
        }
        FORMATS.with_borrow_mut(|formats| {
            let at = formats.iter().position(|(style, _)| *style == self).unwrap_or_else(|| {
                formats.push((self, self.format()));
                formats.len() - 1
            });
            let date = Date::new(&JsValue::from_f64(milliseconds));
            let written = formats[at].1.call1(&JsValue::UNDEFINED, &date);
            written.ok().and_then(|written| written.as_string()).unwrap_or_default()
        })
    }

    fn day(self, day: Day) -> String {
        self.write(day.since_epoch() as f64 * 86_400_000.0)
    }
}

/// A day in full: "Thursday, 26 November 2026".
pub fn full(day: Day) -> String {
    Style::Full.day(day)
}

/// A day without its weekday: "26 November 2026".
pub fn date(day: Day) -> String {
    Style::Date.day(day)
}

/// The month of a day: "November 2026".
pub fn month(day: Day) -> String {
    Style::Month.day(day)
}

/// A day as one speaks of it: today and yesterday by these words, all others in full.
pub fn spoken(day: Day) -> String {
    match now::today().days_after(day) {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ => full(day),
    }
}

/// The time that the clock on the wall showed.
pub fn time(moment: Moment) -> String {
    let minutes = f64::from(moment.offset());
    Style::Time.write(moment.milliseconds() as f64 + minutes * 60_000.0)
}

/// Day and time: "26 November 2026, 22:15".
pub fn moment(moment: Moment) -> String {
    [date(moment.day()), time(moment)].join(", ")
}

/// The day of a point in time in milliseconds since 1970, where the device is now: "26 November 2026".
pub fn date_of(milliseconds: u64) -> String {
    let offset = Date::new(&JsValue::from_f64(milliseconds as f64)).get_timezone_offset();
    Style::Date.write(milliseconds as f64 - offset * 60_000.0)
}

/// The seven days of a week, short and long, where weeks start on `starts`.
pub fn weekdays(starts: Weekday) -> Vec<(String, String)> {
    // 1 January 1970 was a Thursday; which week is looked at does not matter.
    let first = Day::EPOCH.week_start(starts);
    (0..7)
        .map(|day| (Style::ShortWeekday.day(first.plus(day)), Style::Weekday.day(first.plus(day))))
        .collect()
}
