//! Values in words of the language.

use kupuya::syntax::ast::{Date, Period, Unit};

/// `30 days`.
#[must_use]
pub fn period(period: Period) -> String {
    let unit = match period.unit {
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::WorkingDay => "working day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    };
    let many = if period.count == 1 { "" } else { "s" };
    format!("{} {unit}{many}", period.count)
}

/// `2025-09-01`.
#[must_use]
pub fn date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
