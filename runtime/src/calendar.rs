//! Civil days, instants and periods (M3). The calendar is the proleptic Gregorian one; a zone is a fixed offset.

use serde::{Deserialize, Serialize};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A civil day: days since 1970-01-01. Written `2026-01-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(i32);

impl Day {
    /// The first day that can be written: 0001-01-01.
    pub const FIRST: Day = Day(-719_162);

    /// The last: 9999-12-31.
    pub const LAST: Day = Day(2_932_896);

    /// The day so many days after 1970-01-01.
    pub(crate) const fn from_number(days: i32) -> Day {
        Day(days)
    }

    /// The day of year 1 to 9999, month 1 to 12 and day; `None` if there is none.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Day> {
        let valid = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=month_length(year.into(), month)).contains(&day);
        valid.then(|| Day(days_from_civil(year.into(), month.into(), day.into())))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    /// Year, month and day.
    #[must_use]
    pub fn civil(self) -> (i32, u8, u8) {
        civil_from_days(self.0)
    }

    /// The instant at which the day begins, `offset` seconds east of Greenwich.
    #[must_use]
    #[inline]
    pub fn begin(self, offset: i32) -> Instant {
        Instant(i64::from(self.0) * DAY - i64::from(offset))
    }

    /// The next day.
    #[must_use]
    pub fn next(self) -> Day {
        Day(self.0.saturating_add(1))
    }

    /// So many months later, clamped to the month's end.
    fn plus_months(self, months: i64) -> Day {
        let (year, month, day) = self.civil();
        let total = i64::from(year) * 12 + i64::from(month) - 1 + months;
        let year = i32::try_from(total.div_euclid(12)).unwrap_or(i32::MAX).min(1_000_000);
        let month = u8::try_from(total.rem_euclid(12) + 1).unwrap_or(12);
        let day = day.min(month_length(year, month));
        Day(days_from_civil(year, month.into(), day.into()))
    }

    /// So many days later, or earlier.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Day {
        let sum = i64::from(self.0).saturating_add(days);
        Day(i32::try_from(sum).unwrap_or(i32::MAX).min(365_000_000))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl std::str::FromStr for Day {
    type Err = NotATime;
    fn from_str(text: &str) -> Result<Day, NotATime> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return Err(NotATime);
        }
        let year = digits(text, 0, 4).ok_or(NotATime)?;
        let month = digits(text, 5, 7).ok_or(NotATime)?;
        let day = digits(text, 8, 10).ok_or(NotATime)?;
        let year = u16::try_from(year).map_err(|_| NotATime)?;
        let month = u8::try_from(month).map_err(|_| NotATime)?;
        let day = u8::try_from(day).map_err(|_| NotATime)?;
        Day::new(year, month, day).ok_or(NotATime)
    }
}

impl TryFrom<String> for Day {
    type Error = NotATime;
    fn try_from(text: String) -> Result<Day, NotATime> {
        text.parse()
    }
}

/// An instant: seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// The clock of this machine.
    #[must_use]
    pub fn now() -> Instant {
        let seconds = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |passed| passed.as_secs());
        Instant(i64::try_from(seconds).unwrap_or(i64::MAX / 4))
    }

    /// The civil day in a zone `offset` seconds east of Greenwich.
    #[must_use]
    #[inline]
    pub fn day(self, offset: i32) -> Day {
        let days = self.0.saturating_add(i64::from(offset)).div_euclid(DAY);
        Day(i32::try_from(days).unwrap_or(if days < 0 { -719_162 } else { 365_000_000 }))
    }

    /// So much later: months and years by the calendar of the zone, clamped to the month's end, the time of day kept.
    /// Working days count as days: there is no table of holidays here, and this is the earlier end.
    #[must_use]
    pub fn plus(self, period: Period, offset: i32) -> Instant {
        let count = i64::from(period.count);
        let day = self.day(offset);
        let later = match period.unit {
            Unit::Hour => return Instant(self.0.saturating_add(count * 3600)),
            Unit::Day | Unit::WorkingDay => day.plus_days(count),
            Unit::Week => day.plus_days(count * 7),
            Unit::Month => day.plus_months(count),
            Unit::Year => day.plus_months(count * 12),
        };
        let of_day = self.0 - day.begin(offset).0;
        Instant(later.begin(offset).0.saturating_add(of_day))
    }
}

/// A time as written: a civil day, or an instant. A day stands for the instant at which it begins in the policy's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Time {
    /// `2026-01-31`
    Day(Day),
    /// `2026-01-31T12:00:00+06:00`, `2026-01-31T06:00:00Z`
    Instant(Instant),
}

impl Time {
    /// The instant meant, in a zone `offset` seconds east of Greenwich.
    #[must_use]
    #[inline]
    pub fn instant(self, offset: i32) -> Instant {
        match self {
            Time::Day(day) => day.begin(offset),
            Time::Instant(instant) => instant,
        }
    }
}

impl std::str::FromStr for Time {
    type Err = NotATime;
    /// A day, or date and time with an offset (`Z`, `+06:00`); fractions of a second are dropped.
    fn from_str(text: &str) -> Result<Time, NotATime> {
        let Some((date, rest)) = text.split_once(['T', 't']) else {
            return text.parse().map(Time::Day);
        };
        let day: Day = date.parse()?;
        let at = rest.find(['Z', 'z', '+', '-']).ok_or(NotATime)?;
        let (clock, zone) = rest.split_at_checked(at).ok_or(NotATime)?;
        let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(c, f)| (c, Some(f)));
        if fraction.is_some_and(|f| f.is_empty() || !f.bytes().all(|b| b.is_ascii_digit())) {
            return Err(NotATime);
        }
        let seconds = match clock.len() {
            5 => 0,
            8 if clock.as_bytes().get(5) == Some(&b':') => digits(clock, 6, 8).ok_or(NotATime)?,
            _ => return Err(NotATime),
        };
        let (hour, minute) = hour_minute(clock.get(..5).ok_or(NotATime)?)?;
        if hour > 23 || minute > 59 || seconds > 60 {
            return Err(NotATime);
        }
        let offset = match zone {
            "Z" | "z" => 0,
            _ => {
                let (hours, minutes) = hour_minute(zone.get(1..).ok_or(NotATime)?)?;
                if hours > 23 || minutes > 59 {
                    return Err(NotATime);
                }
                let seconds = i64::from(hours) * 3600 + i64::from(minutes) * 60;
                if zone.starts_with('-') { -seconds } else { seconds }
            }
        };
        let of_day = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(seconds);
        Ok(Time::Instant(Instant(day.begin(0).0 + of_day - offset)))
    }
}

impl TryFrom<String> for Time {
    type Error = NotATime;
    fn try_from(text: String) -> Result<Time, NotATime> {
        text.parse()
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Time::Day(day) => day.fmt(f),
            Time::Instant(instant) => {
                let day = instant.day(0);
                let rest = instant.0 - day.begin(0).0;
                write!(f, "{day}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
            }
        }
    }
}

impl From<Time> for String {
    fn from(time: Time) -> String {
        time.to_string()
    }
}

/// A text that is no day and no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATime;

impl std::fmt::Display for NotATime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a time: write 2026-01-31 or 2026-01-31T12:00:00+06:00")
    }
}

impl std::error::Error for NotATime {}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Working days.
    WorkingDay,
    /// Weeks.
    Week,
    /// Months of the calendar.
    Month,
    /// Years of the calendar.
    Year,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

fn hour_minute(text: &str) -> Result<(u32, u32), NotATime> {
    if text.len() != 5 || text.as_bytes().get(2) != Some(&b':') {
        return Err(NotATime);
    }
    let hour = digits(text, 0, 2).ok_or(NotATime)?;
    Ok((hour, digits(text, 3, 5).ok_or(NotATime)?))
}

/// The number made by the digits in `from..to`; nothing but digits may stand there.
fn digits(text: &str, from: usize, to: usize) -> Option<u32> {
    let part = text.get(from..to)?;
    part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
}

fn month_length(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01; years are counted from March, so that the leap day is the last of its year.
fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil_from_days(days: i32) -> (i32, u8, u8) {
    let days = i64::from(days) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let years = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * years + years / 4 - years / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = years + era * 400 + i64::from(month <= 2);
    let small = |n: i64| u8::try_from(n).unwrap_or(1);
    (i32::try_from(year).unwrap_or(i32::MAX), small(month), small(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn days_and_back() {
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(day("2000-03-01").number(), 11_017);
        for number in (-700_000..2_900_000).step_by(97) {
            let there = Day(number);
            assert_eq!(there.to_string().parse(), Ok(there));
        }
        for bad in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-1",
            "0000-01-01",
            "2026-01-00",
            "+026-01-01",
            "2026-01-01x",
        ] {
            assert_eq!(bad.parse::<Day>(), Err(NotATime), "{bad}");
        }
    }

    #[test]
    fn months_are_clamped() {
        let at = |text: &str, count, unit| {
            day(text)
                .begin(21_600)
                .plus(Period { count, unit }, 21_600)
                .day(21_600)
                .to_string()
        };
        assert_eq!(at("2024-01-31", 1, Unit::Month), "2024-02-29");
        assert_eq!(at("2024-02-29", 1, Unit::Year), "2025-02-28");
        assert_eq!(at("2023-12-31", 2, Unit::Month), "2024-02-29");
        assert!(at("2024-01-01", 4_000_000_000, Unit::Year).len() > 4);
    }

    #[test]
    fn instants_are_converted() {
        let time: Time = "2026-01-01T02:00:00+06:00".parse().unwrap();
        assert_eq!(time.to_string(), "2025-12-31T20:00:00Z");
        assert_eq!(time.instant(0).day(21_600).to_string(), "2026-01-01");
        for bad in [
            "2026-01-01T",
            "2026-01-01T10:00",
            "2026-01-01T25:00:00Z",
            "2026-01-01T10:00:00+6",
            "2026-01-01T1é:00:00Z",
        ] {
            assert!(bad.parse::<Time>().is_err(), "{bad}");
        }
    }
}
