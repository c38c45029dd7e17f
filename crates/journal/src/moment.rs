//! Points in time as the device saw them: to the millisecond, with the offset from UTC that held there and then.

use std::{fmt, str::FromStr};

use crate::{Day, Error, day::number, json};

/// A point in time and the offset of the device's clock. Ordered by time. In JSON `2026-11-26T22:15:00.000+01:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    milliseconds: i64,
    offset: i16,
}

const DAY: i64 = 86_400_000;
const MINUTE: i64 = 60_000;

impl Moment {
    /// A moment from milliseconds since 1970 UTC, and minutes that local time is ahead of UTC (60 in Berlin in winter; the
    /// browser's `getTimezoneOffset` has the other sign).
    ///
    /// # Errors
    /// `NotAMoment` outside the years 1 to 9999, in UTC or local, and for offsets of a day or more.
    pub fn new(milliseconds: i64, offset: i16) -> Result<Self, Error> {
        let moment = Self { milliseconds, offset };
        let fits = offset.unsigned_abs() < 24 * 60
            && Day::from_epoch(milliseconds.div_euclid(DAY)).is_ok()
            && Day::from_epoch(moment.local().div_euclid(DAY)).is_ok();
        if fits { Ok(moment) } else { Err(Error::NotAMoment) }
    }

    /// A day and a time of the clock on the wall.
    ///
    /// # Errors
    /// `NotAMoment` if there is no such time.
    pub fn of(day: Day, hour: u8, minute: u8, offset: i16) -> Result<Self, Error> {
        if hour > 23 || minute > 59 {
            return Err(Error::NotAMoment);
        }
        let local = day.since_epoch() * DAY + (i64::from(hour) * 60 + i64::from(minute)) * MINUTE;
        Self::new(local - i64::from(offset) * MINUTE, offset)
    }

    /// Milliseconds since 1970 UTC.
    pub fn milliseconds(self) -> i64 {
        self.milliseconds
    }

    /// Minutes that local time was ahead of UTC.
    pub fn offset(self) -> i16 {
        self.offset
    }

    /// The day on the wall calendar.
    pub fn day(self) -> Day {
        Day::from_epoch(self.local().div_euclid(DAY))
            .expect("new() has checked that the calendar has this day")
    }

    /// Hour (0 to 23) and minute of the clock on the wall.
    pub fn time(self) -> (u8, u8) {
        let minutes = self.local().rem_euclid(DAY) / MINUTE;
        ((minutes / 60) as u8, (minutes % 60) as u8)
    }

    fn local(self) -> i64 {
        self.milliseconds.saturating_add(i64::from(self.offset) * MINUTE)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.time();
        let rest = self.local().rem_euclid(MINUTE);
        let sign = if self.offset < 0 { '-' } else { '+' };
        let offset = self.offset.unsigned_abs();
        let (second, milli) = (rest / 1000, rest % 1000);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}.{milli:03}", self.day())?;
        write!(f, "{sign}{:02}:{:02}", offset / 60, offset % 60)
    }
}

impl FromStr for Moment {
    type Err = Error;

    /// Reads RFC 3339, which others write too: seconds with or without a fraction (cut to milliseconds), an offset or `Z`.
    ///
    /// # Errors
    /// `NotAMoment`.
    fn from_str(text: &str) -> Result<Self, Error> {
        read(text).ok_or(Error::NotAMoment)
    }
}

fn read(text: &str) -> Option<Moment> {
    let (day, rest) = text.split_at_checked(10)?;
    let day: Day = day.parse().ok()?;
    let rest = rest.as_bytes();
    if rest.len() < 10 || !matches!(rest[0], b'T' | b't' | b' ') || rest[3] != b':' || rest[6] != b':' {
        return None;
    }
    let (hour, minute, second) = (number(&rest[1..3])?, number(&rest[4..6])?, number(&rest[7..9])?);
    // A leap second is the last of its minute.
    let second = if second == 60 { 59 } else { second };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut rest = &rest[9..];
    let mut milli = 0;
    if let Some(fraction) = rest.strip_prefix(b".") {
        let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits > 18 {
            return None;
        }
        for at in 0..3 {
            milli = milli * 10
                + fraction.get(at).filter(|_| at < digits).map_or(0, |byte| i64::from(byte - b'0'));
        }
        rest = &fraction[digits..];
    }
    let offset = match rest {
        b"Z" | b"z" => 0,
        [sign @ (b'+' | b'-'), hours @ .., b':', tens, ones] if hours.len() == 2 => {
            let (hours, minutes) = (number(hours)? as i16, number(&[*tens, *ones])? as i16);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let offset = hours * 60 + minutes;
            if *sign == b'-' { -offset } else { offset }
        }
        _ => return None,
    };
    let minutes = i64::from(hour) * 60 + i64::from(minute) - i64::from(offset);
    let local = day.since_epoch() * DAY + minutes * MINUTE + i64::from(second) * 1000 + milli;
    Moment::new(local, offset).ok()
}

json::text!(Moment);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_moment_belongs_to_the_day_on_the_wall() {
        let moment = Moment::new(1_795_731_300_000, 60).unwrap();
        assert_eq!(moment.to_string(), "2026-11-26T23:15:00.000+01:00");
        assert_eq!(moment.day().to_string(), "2026-11-26");
        assert_eq!(Moment::new(1_795_731_300_000, 120).unwrap().day().to_string(), "2026-11-27");
        assert_eq!(Moment::new(-1, 0).unwrap().to_string(), "1969-12-31T23:59:59.999+00:00");
        assert_eq!(Moment::new(0, -210).unwrap().to_string(), "1969-12-31T20:30:00.000-03:30");
    }

    #[test]
    fn what_others_write_is_read() {
        for (text, expected) in [
            ("2020-04-04T09:15:00Z", "2020-04-04T09:15:00.000+00:00"),
            ("2020-04-04t09:15:00.1234567-07:00", "2020-04-04T09:15:00.123-07:00"),
            ("2020-04-04 09:15:60.5+05:45", "2020-04-04T09:15:59.500+05:45"),
        ] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), expected);
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for wrong in [
            "",
            "2020-04-04",
            "2020-04-04T09:15Z",
            "2020-04-04T24:00:00Z",
            "2020-04-04T09:15:00",
            "2020-04-04T09:15:00.Z",
            "2020-04-04T09:15:00+1:00",
            "2020-04-04T09:15:00+24:00",
            "0001-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00",
            "2020-04-0é09:15:00Z",
            "2020-04-04T09:15:00Zé",
        ] {
            assert_eq!(wrong.parse::<Moment>(), Err(Error::NotAMoment), "{wrong}");
        }
        assert_eq!(Moment::new(i64::MAX, 0), Err(Error::NotAMoment));
        assert_eq!(Moment::new(0, 1440), Err(Error::NotAMoment));
        assert_eq!(Moment::new(0, i16::MIN), Err(Error::NotAMoment));
    }

    proptest! {
        #[test]
        fn a_moment_is_read_as_it_was_written(milliseconds in -60_000_000_000_000i64..250_000_000_000_000, offset in -1439i16..1440) {
            if let Ok(moment) = Moment::new(milliseconds, offset) {
                prop_assert_eq!(moment.to_string().parse(), Ok(moment));
            }
        }
    }
}
