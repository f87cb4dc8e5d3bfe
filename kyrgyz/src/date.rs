//! Dates in running text: «2026-жылдын 15-январынан тартып».

use std::fmt;
use std::str::FromStr;

use crate::features::{Case, Possessor};
use crate::stem::Stem;

const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// A day of the calendar. It always exists: [`Date::new`] refuses 30 February.
///
/// With the year the month is the head of an izafet (жылдын … январы); without it, it is not
/// (15-январда). Source: usage of the state's documents; month names CLDR 48.
///
/// ```
/// use kyrgyz::{Case, Date};
/// let date: Date = "2026-01-15".parse().unwrap();
/// assert_eq!(date.case(Case::Ablative), "2026-жылдын 15-январынан");
/// assert_eq!(date.without_year(Case::Ablative), "15-январдан");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A date, if there is such a day.
    ///
    /// ```
    /// use kyrgyz::Date;
    /// assert!(Date::new(2024, 2, 29).is_some());
    /// assert!(Date::new(2025, 2, 29).is_none());
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Date { year, month, day })
    }

    /// The year.
    ///
    /// ```
    /// use kyrgyz::Date;
    /// assert_eq!(Date::new(2026, 1, 15).unwrap().year(), 2026);
    /// ```
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    ///
    /// ```
    /// use kyrgyz::Date;
    /// assert_eq!(Date::new(2026, 1, 15).unwrap().month(), 1);
    /// ```
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month.
    ///
    /// ```
    /// use kyrgyz::Date;
    /// assert_eq!(Date::new(2026, 1, 15).unwrap().day(), 15);
    /// ```
    pub fn day(self) -> u8 {
        self.day
    }

    /// The date in a case, with the year.
    ///
    /// ```
    /// use kyrgyz::{Case, Date};
    /// let date = Date::new(2024, 7, 3).unwrap();
    /// assert_eq!(date.case(Case::Nominative), "2024-жылдын 3-июлу");
    /// assert_eq!(date.case(Case::Dative), "2024-жылдын 3-июлуна");
    /// ```
    pub fn case(self, case: Case) -> String {
        let mut stem = self.with_year();
        stem.case(case, true);
        stem.written
    }

    /// The attributive form: «2024-жылдын 3-июлундагы» (буйрук).
    ///
    /// ```
    /// use kyrgyz::Date;
    /// assert_eq!(Date::new(2025, 10, 9).unwrap().attributive(), "2025-жылдын 9-октябрындагы");
    /// ```
    pub fn attributive(self) -> String {
        let mut stem = self.with_year();
        stem.case(Case::Locative, true);
        stem.attributive();
        stem.written
    }

    /// The date in a case, without the year and so without the possessive.
    ///
    /// ```
    /// use kyrgyz::{Case, Date};
    /// assert_eq!(Date::new(2024, 9, 1).unwrap().without_year(Case::Locative), "1-сентябрда");
    /// ```
    pub fn without_year(self, case: Case) -> String {
        let mut stem = self.day_and_month();
        stem.case(case, false);
        stem.written
    }

    /// The attributive form without the year: «1-сентябрдагы».
    ///
    /// ```
    /// use kyrgyz::Date;
    /// assert_eq!(Date::new(2024, 9, 1).unwrap().attributive_without_year(), "1-сентябрдагы");
    /// ```
    pub fn attributive_without_year(self) -> String {
        let mut stem = self.day_and_month();
        stem.case(Case::Locative, false);
        stem.attributive();
        stem.written
    }

    fn with_year(self) -> Stem {
        let mut stem = Stem::word(&format!("{}-жылдын {}", self.year, self.day_and_month().written));
        stem.possessive(Possessor::Third);
        stem
    }

    fn day_and_month(self) -> Stem {
        let month = MONTHS
            .get(usize::from(self.month).wrapping_sub(1))
            .copied()
            .unwrap_or_default();
        Stem::word(&format!("{}-{month}", self.day))
    }
}

/// The text is not a date `YYYY-MM-DD` of the calendar.
///
/// ```
/// use kyrgyz::Date;
/// assert!("2026-13-01".parse::<Date>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotADate(pub String);

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a date of the form 2026-01-15", self.0)
    }
}

impl std::error::Error for NotADate {}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Date, NotADate> {
        let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
                match (year.parse(), month.parse(), day.parse()) {
                    (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day),
                    _ => None,
                }
            }
            _ => None,
        }
        .ok_or_else(|| NotADate(text.to_owned()))
    }
}
