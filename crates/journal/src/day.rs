//! Days of the calendar without time or place. Gregorian throughout, years 1 to 9999.

use std::{fmt, str::FromStr};

use crate::{Error, json};

/// A day of the calendar. In JSON `2026-11-26`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

json::words! {
    /// A day of the week.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    #[expect(missing_docs, reason = "they are the days of the week")]
    pub enum Weekday {
        #[default]
        Monday = "monday",
        Tuesday = "tuesday",
        Wednesday = "wednesday",
        Thursday = "thursday",
        Friday = "friday",
        Saturday = "saturday",
        Sunday = "sunday",
    }
}

json::text!(Day);

impl Weekday {
    /// From Monday on.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

/// Days from 1 January of the year 1 to 1 January 1970.
const BEFORE_1970: i64 = 719_162;
/// Days of the years 1 to 9999.
const ALL_DAYS: i64 = 3_652_059;

impl Day {
    /// 1 January 1970.
    pub const EPOCH: Self = Self { year: 1970, month: 1, day: 1 };

    /// A day; months and days count from 1.
    ///
    /// # Errors
    /// `NotADay` if the calendar does not have it.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, Error> {
        let fits = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        if fits { Ok(Self { year, month, day }) } else { Err(Error::NotADay) }
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1 January 1970; negative before.
    pub fn since_epoch(self) -> i64 {
        let before = i64::from(self.year) - 1;
        let months: i64 = (1..self.month).map(|month| i64::from(days_in_month(self.year, month))).sum();
        before * 365 + before / 4 - before / 100 + before / 400 + months + i64::from(self.day)
            - 1
            - BEFORE_1970
    }

    /// The day so many days after 1 January 1970.
    ///
    /// # Errors
    /// `NotADay` outside the years 1 to 9999.
    pub fn from_epoch(days: i64) -> Result<Self, Error> {
        let days = days.checked_add(BEFORE_1970).ok_or(Error::NotADay)?;
        if !(0..ALL_DAYS).contains(&days) {
            return Err(Error::NotADay);
        }
        // Eras of 400 years have 146,097 days each; within one the last day of each period must not spill over.
        let (era, days) = (days / 146_097, days % 146_097);
        let century = (days / 36_524).min(3);
        let days = days - century * 36_524;
        let (four, days) = (days / 1461, days % 1461);
        let single = (days / 365).min(3);
        let mut left = days - single * 365;
        let year = (era * 400 + century * 100 + four * 4 + single + 1) as u16;
        let mut month = 1;
        while left >= i64::from(days_in_month(year, month)) {
            left -= i64::from(days_in_month(year, month));
            month += 1;
        }
        Ok(Self { year, month, day: left as u8 + 1 })
    }

    /// The day so many days later, or earlier where `days` is negative. Stays within the years 1 to 9999.
    pub fn plus(self, days: i64) -> Self {
        let first = -BEFORE_1970;
        let last = ALL_DAYS - 1 - BEFORE_1970;
        let day = self.since_epoch().saturating_add(days).clamp(first, last);
        Self::from_epoch(day).expect("a day between the first and the last is one")
    }

    /// How many days this is after `other`; negative before it.
    pub fn days_after(self, other: Self) -> i64 {
        self.since_epoch() - other.since_epoch()
    }

    /// Its day of the week.
    pub fn weekday(self) -> Weekday {
        // 1 January 1970 was a Thursday.
        Weekday::ALL[(self.since_epoch() + 3).rem_euclid(7) as usize]
    }

    /// The first day of its week, where weeks start on `starts`.
    pub fn week_start(self, starts: Weekday) -> Self {
        let into = (self.weekday() as i64 - starts as i64).rem_euclid(7);
        self.plus(-into)
    }

    /// The first day of its month.
    pub fn month_start(self) -> Self {
        Self { day: 1, ..self }
    }

    /// How many days its month has.
    pub fn days_in_month(self) -> u8 {
        days_in_month(self.year, self.month)
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Day {
    type Err = Error;

    /// # Errors
    /// `NotADay` for all but `YYYY-MM-DD` of a day that there is.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(Error::NotADay);
        }
        let number = |from: usize, to: usize| number(&bytes[from..to]).ok_or(Error::NotADay);
        Self::new(number(0, 4)? as u16, number(5, 7)? as u8, number(8, 10)? as u8)
    }
}

/// A few decimal digits as a number; nothing else counts.
pub(crate) fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn every_day_of_the_calendar_follows_the_one_before() {
        let mut before = day("0001-01-01");
        let mut weekday = before.weekday() as usize;
        for number in before.since_epoch() + 1..=day("9999-12-31").since_epoch() {
            let next = Day::from_epoch(number).unwrap();
            assert_eq!(next.since_epoch(), number);
            weekday = (weekday + 1) % 7;
            assert_eq!(next.weekday() as usize, weekday);
            let expected = if before.day < before.days_in_month() {
                (before.year, before.month, before.day + 1)
            } else if before.month < 12 {
                (before.year, before.month + 1, 1)
            } else {
                (before.year + 1, 1, 1)
            };
            assert_eq!((next.year, next.month, next.day), expected);
            before = next;
        }
        assert_eq!(Day::from_epoch(before.since_epoch() + 1), Err(Error::NotADay));
        assert_eq!(Day::from_epoch(day("0001-01-01").since_epoch() - 1), Err(Error::NotADay));
        assert_eq!(Day::from_epoch(i64::MAX), Err(Error::NotADay));
    }

    #[test]
    fn known_days_have_their_number_and_weekday() {
        assert_eq!(Day::EPOCH.since_epoch(), 0);
        assert_eq!(day("2000-02-29").since_epoch(), 11_016);
        assert_eq!(day("2026-11-26").weekday(), Weekday::Thursday);
        assert_eq!(day("1969-07-20").weekday(), Weekday::Sunday);
    }

    #[test]
    fn leap_years_follow_the_gregorian_rule() {
        for leap in ["2024-02-29", "2000-02-29", "0004-02-29"] {
            assert_eq!(day(leap).plus(1).month(), 3);
        }
        for not in ["2023-02-29", "1900-02-29", "2100-02-29"] {
            assert_eq!(not.parse::<Day>(), Err(Error::NotADay));
        }
    }

    #[test]
    fn a_week_starts_where_the_keeper_says() {
        let thursday = day("2026-11-26");
        assert_eq!(thursday.week_start(Weekday::Monday), day("2026-11-23"));
        assert_eq!(thursday.week_start(Weekday::Sunday), day("2026-11-22"));
        assert_eq!(thursday.week_start(Weekday::Thursday), thursday);
        assert_eq!(thursday.week_start(Weekday::Friday), day("2026-11-20"));
        assert_eq!(day("2027-01-01").week_start(Weekday::Monday), day("2026-12-28"));
    }

    #[test]
    fn a_day_has_one_spelling() {
        assert_eq!(day("2026-01-02").to_string(), "2026-01-02");
        for wrong in [
            "",
            "2026-1-2",
            "26-01-02",
            "2026-13-01",
            "2026-00-01",
            "2026-01-32",
            "0000-01-01",
            "2026/01/02",
            "+026-01-02",
            "2026-01-0é",
            "２026-01-2",
        ] {
            assert_eq!(wrong.parse::<Day>(), Err(Error::NotADay), "{wrong}");
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_not_passed() {
        assert_eq!(day("9999-12-31").plus(i64::MAX), day("9999-12-31"));
        assert_eq!(day("0001-01-01").plus(i64::MIN), day("0001-01-01"));
        assert_eq!(day("2026-03-01").days_after(day("2026-02-28")), 1);
    }
}
