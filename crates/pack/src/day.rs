//! A day of the calendar in two bytes.

use std::fmt;

/// A day from 1 January 2020 to 31 December 2147.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

const FIRST_YEAR: u16 = 2020;
const LAST_YEAR: u16 = FIRST_YEAR + 127;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Day {
    /// The day of this year, month (from 1) and day of the month; `None` where there is none in the range.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let fits = (FIRST_YEAR..=LAST_YEAR).contains(&year)
            && (1..=12).contains(&month)
            && (1..=last).contains(&day);
        fits.then_some(Self { year, month, day })
    }

    /// Reads `2026-12-03`, as a date field gives it.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let day =
            Self::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)?;
        (day.iso() == text).then_some(day)
    }

    /// `2026-12-03`
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// 7 bits of the year since 2020, 4 of the month, 5 of the day.
    pub(crate) fn bits(self) -> u16 {
        (self.year - FIRST_YEAR) << 9 | u16::from(self.month) << 5 | u16::from(self.day)
    }

    pub(crate) fn from_bits(bits: u16) -> Option<Self> {
        Self::new(FIRST_YEAR + (bits >> 9), (bits >> 5 & 0xf) as u8, (bits & 0x1f) as u8)
    }
}

/// `3 December 2026`
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = MONTHS[usize::from(self.month) - 1];
        write!(f, "{} {month} {}", self.day, self.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_keeps_its_two_bytes_and_no_other_bytes_are_a_day() {
        let days = (0..=u16::MAX).filter_map(|bits| Some((bits, Day::from_bits(bits)?)));
        let mut count = 0;
        for (bits, day) in days {
            assert_eq!(day.bits(), bits);
            assert_eq!(Day::from_iso(&day.iso()), Some(day));
            count += 1;
        }
        // 128 years, 31 of them leap: 2100 is none.
        assert_eq!(count, 128 * 365 + 31);
    }

    #[test]
    fn a_day_is_written_with_the_month_in_words() {
        assert_eq!(Day::new(2026, 12, 3).unwrap().to_string(), "3 December 2026");
        for wrong in ["2026-2-3", "2026-02-29", "2019-12-31", "2026-13-01", "+2026-01-01", "soon", ""] {
            assert_eq!(Day::from_iso(wrong), None, "{wrong}");
        }
    }
}
