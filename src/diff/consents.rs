//! What counts of a consent, and which bases and purposes are meant (M6, M8).

use kupuya_runtime::Day;
use kupuya_runtime::wire::{Basis, Giver, Under};

use super::reading::Sort;
use super::side::Side;
use super::worlds::Recorded;

/// Whether a formula of bases speaks about some bases (M8).
pub fn relates(side: &Side, under: &Under, bases: &[u32]) -> bool {
    match under {
        Under::Basis(high) => bases.iter().any(|low| side.orders.is_below(Sort::Basis, *low, *high)),
        Under::Not(one) => !relates(side, one, bases),
        Under::And(every) => every.iter().all(|one| relates(side, one, bases)),
        Under::Or(some) => some.iter().any(|one| relates(side, one, bases)),
    }
}

/// Whether somebody who gives a consent is admitted.
pub fn admits(giver: Giver, guardian: bool) -> bool {
    match giver {
        Giver::Person => !guardian,
        Giver::Guardian => guardian,
        Giver::Either => true,
    }
}

/// Whether a consent that was given counts at all, where those before `since` do not.
pub fn counts(side: &Side, basis: &Basis, recorded: &Recorded, since: Option<Day>) -> bool {
    recorded.given.is_some_and(|(at, guardian)| {
        let offset = side.content.zone_offset;
        admits(basis.giver, guardian) && since.is_none_or(|since| at.instant(offset).day(offset) >= since)
    })
}

/// Whether the time of a consent has not run out.
pub fn lasts(side: &Side, basis: &Basis, recorded: &Recorded, day: Day) -> bool {
    let offset = side.content.zone_offset;
    let term = recorded.given.zip(basis.term);
    term.is_none_or(|((at, _), term)| day.begin(offset) < at.instant(offset).plus(term, offset))
}

/// How a purpose stands to the one in focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It is that.
    Itself,
    /// It lies below.
    Below,
    /// Neither, or there is none.
    Other,
}

/// How a purpose stands to the one in focus.
pub fn reach(side: &Side, focus: Option<u32>, purpose: Option<u32>) -> Reach {
    match focus.zip(purpose) {
        Some((focus, purpose)) if focus == purpose => Reach::Itself,
        Some((focus, purpose)) if side.orders.is_below(Sort::Purpose, purpose, focus) => Reach::Below,
        _ => Reach::Other,
    }
}
