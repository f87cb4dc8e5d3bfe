//! On what ground and how long: bases and ends of two versions compared.

use kupuya_runtime::wire::{Basis, End, Giver, Grant, Retention};
use kupuya_runtime::{Day, Period, Unit};

use super::both::{Both, NEW, OLD};
use crate::bundle::reading::Sort;

impl Both<'_> {
    /// Whether the bases of a new way hold only where those of an old one do; `keeps`: of a keep, in each version.
    pub(super) fn way_holds(&self, new: &[u32], old: &[u32], keeps: [bool; 2]) -> bool {
        old.iter().all(|old| {
            let same = |new: &&u32| self.across(NEW, Sort::Basis, **new) == Some(*old);
            self.always(*old) || new.iter().find(same).is_some_and(|new| self.holds(*new, *old, keeps))
        })
    }

    /// Whether an old basis held whatever was so.
    fn always(&self, old: u32) -> bool {
        let basis = self.sides[OLD].bases.get(old as usize);
        basis.is_some_and(|basis| !basis.consent && !basis.objectable && basis.when.is_none())
    }

    fn holds(&self, new: u32, old: u32, keeps: [bool; 2]) -> bool {
        let basis = |side: usize, number: u32| self.sides[side].bases.get(number as usize);
        let Some((ours, theirs)) = basis(NEW, new).zip(basis(OLD, old)) else {
            return false;
        };
        let when = match (ours.when, theirs.when) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(ours), Some(theirs)) => self.implies(NEW, ours, theirs),
        };
        let lives_on = |side: usize, basis: &Basis| keeps[side] && basis.survives_keep;
        let consent = || {
            (theirs.giver == Giver::Either || ours.giver == theirs.giver)
                && theirs.since.is_none_or(|old| ours.since.is_some_and(|new| new >= old))
                && theirs
                    .term
                    .is_none_or(|old| ours.term.is_some_and(|new| shorter(new, old)))
                && (lives_on(OLD, theirs) || !lives_on(NEW, ours))
        };
        // Withdrawals and objections say the bases above.
        when && ours.consent == theirs.consent
            && self.under_the_same(Sort::Basis, new, old)
            && if theirs.consent {
                consent()
            } else {
                ours.objectable || !theirs.objectable
            }
    }

    /// Whether what is stored by a new sentence goes no later than by an old one.
    pub(super) fn no_later(&self, new: &Grant, old: &Grant) -> bool {
        match (&new.keep, &old.keep) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(new), Some(old)) => self.keeps_no_longer(new, old),
        }
    }

    /// Whether one keep of a version surely ends no later than another of the other or the same version.
    fn keeps_no_longer(&self, new: &Retention, old: &Retention) -> bool {
        self.ends_by(&whole(new), &whole(old))
    }

    /// Whether what is kept goes within a period.
    pub(super) fn ends_within(&self, keep: &Retention, period: Period) -> bool {
        self.ends_by(&whole(keep), &End::After(period, None))
    }

    /// Whether an end of the new version surely comes no later than one of the old version.
    fn ends_by(&self, new: &End, old: &End) -> bool {
        if !self.step() {
            return false;
        }
        let some = |ends: &[End], of: &dyn Fn(&End) -> bool| ends.iter().any(of);
        let every = |ends: &[End], of: &dyn Fn(&End) -> bool| ends.iter().all(of);
        let apart = match (new, old) {
            (End::Or(ends), _) if some(ends, &|one| self.ends_by(one, old)) => true,
            (_, End::And(ends)) if some(ends, &|one| self.ends_by(new, one)) => true,
            (End::And(ends), _) => every(ends, &|one| self.ends_by(one, old)),
            (_, End::Or(ends)) => every(ends, &|one| self.ends_by(new, one)),
            _ => false,
        };
        apart
            || match (new, old) {
                (End::Event(new), End::Event(old)) => self.across(NEW, Sort::Fact, *new) == Some(*old),
                (End::Date(new), End::Date(old)) => new <= old,
                (End::After(new, None), End::After(old, None)) => shorter(*new, *old),
                (End::After(new, Some(from)), End::After(old, Some(other))) => {
                    shorter(*new, *old) && self.ends_by(from, other)
                }
                _ => false,
            }
    }
}

/// A keep as one end (M12).
fn whole(keep: &Retention) -> End {
    let after = |period: Period| End::After(period, None);
    let end = match (&keep.end, keep.at_most, keep.at_least) {
        (Some(end), _, Some(least)) => End::And(vec![end.clone(), after(least)]),
        (Some(end), _, None) => end.clone(),
        (None, Some(most), _) => return after(most),
        (None, None, Some(least)) => after(least),
        (None, None, None) => End::Date(Day::FIRST),
    };
    match keep.at_most {
        Some(most) => End::Or(vec![end, after(most)]),
        None => end,
    }
}

/// Whether a period is surely no longer than another: months have no one length.
pub(super) fn shorter(new: Period, old: Period) -> bool {
    let months = |period: Period| match period.unit {
        Unit::Month => Some(u64::from(period.count)),
        Unit::Year => Some(u64::from(period.count) * 12),
        _ => None,
    };
    // The least and the most hours.
    let hours = |period: Period| {
        let (least, most) = match period.unit {
            Unit::Hour => (1, 1),
            Unit::Day | Unit::WorkingDay => (24, 24),
            Unit::Week => (7 * 24, 7 * 24),
            Unit::Month => (28 * 24, 31 * 24),
            Unit::Year => (365 * 24, 366 * 24),
        };
        (u64::from(period.count) * least, u64::from(period.count) * most)
    };
    match months(new).zip(months(old)) {
        Some((new, old)) => new <= old,
        None => hours(new).1 <= hours(old).0,
    }
}
