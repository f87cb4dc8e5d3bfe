//! Under what condition and how long: guards and ends of two versions, in names so that they can be compared.

use std::collections::BTreeSet;

use kupuya_runtime::wire::{BundleContent, End, Grant, Literal, Noun, Origin, Place};
use kupuya_runtime::{Day, Period, Unit};

/// How deep guards of classes hang on each other.
const DEPTH: u32 = 8;

/// Whether an old sentence held whenever a new one holds, and kept as long: where that cannot be seen, it did not.
pub(super) fn as_wide(before: &BundleContent, old: &Grant, now: &BundleContent, new: &Grant) -> bool {
    let (ours, theirs) = (guard(now, new.guard, DEPTH), guard(before, old.guard, DEPTH));
    let always = theirs.iter().any(BTreeSet::is_empty);
    let kept = match (&new.keep, &old.keep) {
        (Some(new), Some(old)) => {
            let terms = |content: &BundleContent, keep: &kupuya_runtime::wire::Retention| {
                (keep.end.as_ref().map(|end| self::end(content, end)), keep.at_least)
            };
            let no_longer = |new: Option<Period>, old: Option<Period>| match (new, old) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(new), Some(old)) => shorter(new, old),
            };
            terms(now, new) == terms(before, old) && no_longer(new.at_most, old.at_most)
                || simple(&new.end)
                    .zip(simple(&old.end))
                    .is_some_and(|(new, old)| shorter(new, old))
                    && (new.at_most, new.at_least) == (old.at_most, old.at_least)
        }
        (None, None) => true,
        _ => false,
    };
    kept && (always || ours == theirs)
}

/// A literal in names, so that those of two versions can be compared.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    Fact(Named),
    Class(Named, Option<Asking>),
    /// A class that hangs on others deeper than anyone looks: of no other version the same.
    Deep(String),
    Place(Named),
    Other(Literal),
}

type Named = Option<(Origin, String)>;
type Asking = BTreeSet<BTreeSet<(Asked, bool)>>;

fn guard(content: &BundleContent, number: u32, depth: u32) -> Asking {
    let one = |(literal, sign): &(u32, bool)| {
        let asked = match content.literals.get(*literal as usize) {
            Some(Literal::Fact(fact)) => Asked::Fact(named(content.facts.get(*fact as usize))),
            Some(Literal::Class(class)) => {
                let class = content.subjects.get(*class as usize);
                match (class.and_then(|class| class.when), depth.checked_sub(1)) {
                    (Some(_), None) => Asked::Deep(content.meaning.clone()),
                    (when, depth) => Asked::Class(
                        named(class.map(|class| &class.noun)),
                        when.zip(depth).map(|(when, depth)| guard(content, when, depth)),
                    ),
                }
            }
            Some(Literal::Place(Place::In(country))) => Asked::Place(named(content.countries.get(*country as usize))),
            Some(Literal::Place(Place::Abroad)) | None => Asked::Place(None),
            Some(other) => Asked::Other(*other),
        };
        (asked, *sign)
    };
    let all = content.guards.get(number as usize);
    all.into_iter()
        .flatten()
        .map(|all| all.iter().map(one).collect())
        .collect()
}

/// When a keep ends, in names.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ends {
    Event(Named),
    Date(Day),
    After(Period, Option<Box<Ends>>),
    Or(BTreeSet<Ends>),
    And(BTreeSet<Ends>),
}

fn end(content: &BundleContent, of: &End) -> Ends {
    let all = |ends: &[End]| ends.iter().map(|one| end(content, one)).collect();
    match of {
        End::Event(event) => Ends::Event(named(content.facts.get(*event as usize))),
        End::Date(day) => Ends::Date(*day),
        End::After(period, after) => Ends::After(*period, after.as_ref().map(|one| Box::new(end(content, one)))),
        End::Or(ends) => Ends::Or(all(ends)),
        End::And(ends) => Ends::And(all(ends)),
    }
}

/// An end that is nothing but a period after collection.
fn simple(end: &Option<End>) -> Option<Period> {
    match end {
        Some(End::After(period, None)) => Some(*period),
        _ => None,
    }
}

/// Whether a period is surely no longer than another: of one unit, since months have no one length.
fn shorter(new: Period, old: Period) -> bool {
    let months = |period: Period| match period.unit {
        Unit::Month => Some(u64::from(period.count)),
        Unit::Year => Some(u64::from(period.count) * 12),
        _ => None,
    };
    let days = |period: Period| match period.unit {
        Unit::Day => Some(u64::from(period.count)),
        Unit::Week => Some(u64::from(period.count) * 7),
        _ => None,
    };
    let less = |count: fn(u64, u64) -> bool, of: &dyn Fn(Period) -> Option<u64>| {
        of(new).zip(of(old)).is_some_and(|(new, old)| count(new, old))
    };
    new == old || less(|new, old| new <= old, &months) || less(|new, old| new <= old, &days)
}

fn named(noun: Option<&Noun>) -> Named {
    noun.map(|noun| (noun.origin, noun.path.clone()))
}
