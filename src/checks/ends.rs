//! Ends of keeps, compared: which one is surely later, whatever happens (M12).

use std::collections::BTreeSet;

use super::worlds;
use crate::model::Model;
use crate::model::noun::{Fact, Id};
use crate::model::sentence::{End, Keep};
use crate::syntax::ast::{Date, Period, Unit};

/// When a keep ends, as the earliest and latest of instants.
pub enum Instant {
    /// So many hours after something, within bounds.
    After(Origin, i64, i64),
    /// The earliest.
    Min(Vec<Instant>),
    /// The latest.
    Max(Vec<Instant>),
}

/// What an end is counted from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The collection of the data.
    Collection,
    /// An event, which is no earlier than the collection.
    Event(Id<Fact>),
    /// A day.
    Day(Date),
}

/// The end of a keep with its bounds; `None` if it has none.
pub fn of_keep(keep: &Keep) -> Option<Instant> {
    let collected = |period| after_collection(period);
    let least = keep.at_least.map(|period| collected(period.value));
    let most = keep.at_most.map(|period| collected(period.value));
    let end = keep.end.as_ref().map(|end| instant(end, (0, 0)));
    let end = match (end, least) {
        (Some(end), Some(least)) => Some(Instant::Max(vec![end, least])),
        (end, least) => end.or(least),
    };
    match (end, most) {
        (Some(end), Some(most)) => Some(Instant::Min(vec![end, most])),
        (end, most) => end.or(most),
    }
}

/// So long after the collection.
pub fn after_collection(period: Period) -> Instant {
    let (low, high) = hours(period);
    Instant::After(Origin::Collection, low, high)
}

fn instant(end: &End, (low, high): (i64, i64)) -> Instant {
    match end {
        End::Event(fact) => Instant::After(Origin::Event(*fact), low, high),
        End::Date(date) => Instant::After(Origin::Day(*date), low, high),
        End::After(period, of) => {
            let (more_low, more_high) = hours(*period);
            let offset = (low + more_low, high + more_high);
            match of {
                Some(of) => instant(of, offset),
                None => Instant::After(Origin::Collection, offset.0, offset.1),
            }
        }
        End::Or(all) => Instant::Min(all.iter().map(|end| instant(end, (low, high))).collect()),
        End::And(all) => Instant::Max(all.iter().map(|end| instant(end, (low, high))).collect()),
    }
}

/// The least and the most hours of a period: months differ, and so do holidays.
fn hours(period: Period) -> (i64, i64) {
    let count = i64::from(period.count);
    // A month has 30.4 days on average; several together differ from that by less than three.
    let months = |count: i64| (count * 1461 / 2 - 72, count * 1461 / 2 + 72);
    match period.unit {
        Unit::Hour => (count, count),
        Unit::Day => (count * 24, count * 24),
        Unit::WorkingDay => (count * 24, (count * 2 + 14) * 24),
        Unit::Week => (count * 168, count * 168),
        Unit::Month => months(count),
        Unit::Year => months(count * 12),
    }
}

/// Whether the first is later than the second, whatever happens. `false` where it hangs on what happens.
pub fn surely_later(a: &Instant, b: &Instant) -> bool {
    match (a, b) {
        (Instant::Min(all), b) => all.iter().all(|a| surely_later(a, b)),
        (a, Instant::Max(all)) => all.iter().all(|b| surely_later(a, b)),
        (Instant::Max(any), b) => any.iter().any(|a| surely_later(a, b)),
        (a, Instant::Min(any)) => any.iter().any(|b| surely_later(a, b)),
        (Instant::After(from, low, _), Instant::After(to, _, high)) => match (from, to) {
            (Origin::Day(a), Origin::Day(b)) if a != b => a > b && low >= high,
            (_, Origin::Collection) if !matches!(from, Origin::Day(_)) => low > high,
            _ => from == to && low > high,
        },
    }
}

/// Whether two keeps may speak of the same item: the same keeper, purpose and person.
pub fn meet(model: &Model, a: &Keep, b: &Keep) -> bool {
    let purposes = match (&a.purpose, &b.purpose) {
        (Some(a), Some(b)) => a.atoms.iter().any(|atom| b.atoms.contains(atom)),
        _ => true,
    };
    let by = a.by.atoms.is_empty() || b.by.atoms.is_empty() || a.by.atoms.iter().any(|atom| b.by.atoms.contains(atom));
    purposes && by && worlds::find(model, &[&a.guard, &b.guard], &[], &[]).is_some()
}

/// The alternatives of `under` as sets.
pub fn ways(keep: &Keep) -> BTreeSet<BTreeSet<u32>> {
    let sets = keep.bases.iter();
    sets.map(|all| all.iter().map(|basis| basis.value.index).collect())
        .collect()
}
