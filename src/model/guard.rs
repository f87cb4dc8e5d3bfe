//! Guards in normal form (M4): any of several conjunctions of literals.
//!
//! Ages and dates are kept as half-open intervals: `<= 17` becomes `< 18`, `= 15` becomes `>= 15` and `< 16`, so that
//! guards that mean the same are the same.

use std::collections::BTreeMap;

use super::sentence::{Guard, Literal};
use crate::syntax::ast::{Comparison, Date};

type Conjunction = Vec<(Literal, bool)>;

impl Guard {
    /// Always true, or always false.
    #[must_use]
    pub fn constant(value: bool) -> Guard {
        Guard {
            any: if value { vec![Vec::new()] } else { Vec::new() },
        }
    }

    /// True whatever the facts are.
    #[must_use]
    pub fn is_always(&self) -> bool {
        self.any.iter().any(Vec::is_empty)
    }

    /// False whatever the facts are.
    #[must_use]
    pub fn is_never(&self) -> bool {
        self.any.is_empty()
    }

    /// One literal that must hold (`true`) or must not (`false`).
    #[must_use]
    pub fn literal(literal: Literal, holds: bool) -> Guard {
        match literal {
            Literal::Age(sign, bound) => compare(sign, bound, bound.checked_add(1), &Literal::Age, holds),
            Literal::Date(sign, day) => compare(sign, day, next_day(day), &Literal::Date, holds),
            other => Guard {
                any: vec![vec![(other, holds)]],
            },
        }
    }

    /// Both hold.
    #[must_use]
    pub fn and(&self, other: &Guard) -> Guard {
        let pairs = self.any.iter().flat_map(|a| other.any.iter().map(move |b| (a, b)));
        normal(pairs.filter_map(|(a, b)| conjunction(a.iter().chain(b).copied())))
    }

    /// At least one holds.
    #[must_use]
    pub fn or(&self, other: &Guard) -> Guard {
        let both = self.any.iter().chain(&other.any);
        normal(both.filter_map(|a| conjunction(a.iter().copied())))
    }

    /// It does not hold.
    #[must_use]
    pub fn not(&self) -> Guard {
        self.any.iter().fold(Guard::constant(true), |guard, conjunction| {
            let negated = conjunction
                .iter()
                .fold(Guard::constant(false), |any, (literal, holds)| {
                    any.or(&Guard::literal(*literal, !holds))
                });
            guard.and(&negated)
        })
    }

    /// The same guard in normal form; what this module gives already is.
    #[must_use]
    pub fn normalised(&self) -> Guard {
        self.any.iter().fold(Guard::constant(false), |any, literals| {
            let all = literals.iter().fold(Guard::constant(true), |all, (literal, holds)| {
                all.and(&Guard::literal(*literal, *holds))
            });
            any.or(&all)
        })
    }
}

/// A comparison as half-open intervals. `next` is what follows `bound`; `None` if nothing does.
fn compare<T: Copy>(
    sign: Comparison,
    bound: T,
    next: Option<T>,
    literal: &dyn Fn(Comparison, T) -> Literal,
    holds: bool,
) -> Guard {
    let from = |start: Option<T>| match start {
        Some(start) => Guard {
            any: vec![vec![(literal(Comparison::AtLeast, start), true)]],
        },
        None => Guard::constant(false),
    };
    let before = |end: Option<T>| match end {
        Some(end) => Guard {
            any: vec![vec![(literal(Comparison::Less, end), true)]],
        },
        None => Guard::constant(true),
    };
    match (sign, holds) {
        (Comparison::Less, true) | (Comparison::AtLeast, false) => normal_of(before(Some(bound))),
        (Comparison::AtLeast, true) | (Comparison::Less, false) => normal_of(from(Some(bound))),
        (Comparison::AtMost, true) | (Comparison::Greater, false) => normal_of(before(next)),
        (Comparison::Greater, true) | (Comparison::AtMost, false) => normal_of(from(next)),
        // `in` compares nouns, never numbers: the syntax keeps it out of guards.
        (Comparison::Equal | Comparison::In, true) => from(Some(bound)).and(&before(next)),
        (Comparison::Equal | Comparison::In, false) => before(Some(bound)).or(&from(next)),
    }
}

fn normal_of(guard: Guard) -> Guard {
    normal(guard.any.iter().filter_map(|a| conjunction(a.iter().copied())))
}

/// What the literals of one conjunction say, merged: polarity for the plain ones, one interval each for age and date.
#[derive(Default)]
struct Bounds {
    plain: BTreeMap<Literal, bool>,
    age: (Option<u32>, Option<u32>),
    date: (Option<Date>, Option<Date>),
}

/// One conjunction, sorted and merged; `None` if it is impossible by itself.
fn conjunction(literals: impl Iterator<Item = (Literal, bool)>) -> Option<Conjunction> {
    let mut bounds = Bounds::default();
    for (literal, holds) in literals {
        match literal {
            Literal::Age(Comparison::AtLeast, bound) => bounds.age.0 = bounds.age.0.max(Some(bound)),
            Literal::Age(_, bound) => bounds.age.1 = least(bounds.age.1, bound),
            Literal::Date(Comparison::AtLeast, day) => bounds.date.0 = bounds.date.0.max(Some(day)),
            Literal::Date(_, day) => bounds.date.1 = least(bounds.date.1, day),
            plain => {
                if *bounds.plain.entry(plain).or_insert(holds) != holds {
                    return None;
                }
            }
        }
    }
    // Nobody is younger than nothing.
    let (age_from, age_to) = (bounds.age.0.filter(|from| *from > 0), bounds.age.1);
    let (date_from, date_to) = bounds.date;
    if age_to.is_some_and(|end| end <= age_from.unwrap_or(0)) || date_to.is_some_and(|end| Some(end) <= date_from) {
        return None;
    }
    let mut all: Conjunction = bounds.plain.into_iter().collect();
    all.extend(age_from.map(|bound| (Literal::Age(Comparison::AtLeast, bound), true)));
    all.extend(age_to.map(|bound| (Literal::Age(Comparison::Less, bound), true)));
    all.extend(date_from.map(|day| (Literal::Date(Comparison::AtLeast, day), true)));
    all.extend(date_to.map(|day| (Literal::Date(Comparison::Less, day), true)));
    all.sort_unstable();
    Some(all)
}

fn least<T: Ord>(known: Option<T>, new: T) -> Option<T> {
    match known {
        Some(known) if known < new => Some(known),
        _ => Some(new),
    }
}

/// Conjunctions sorted, each kept only if no other is weaker.
fn normal(conjunctions: impl Iterator<Item = Conjunction>) -> Guard {
    let mut all: Vec<Conjunction> = conjunctions.collect();
    all.sort_unstable();
    all.dedup();
    let kept = all
        .iter()
        .filter(|strong| !all.iter().any(|weak| weak != *strong && entails(strong, weak)));
    Guard {
        any: kept.cloned().collect(),
    }
}

/// Whether each literal of `weak` follows from one of `strong`.
fn entails(strong: &Conjunction, weak: &Conjunction) -> bool {
    weak.iter().all(|(literal, holds)| {
        strong.iter().any(|(known, known_holds)| match (literal, known) {
            (Literal::Age(Comparison::AtLeast, low), Literal::Age(Comparison::AtLeast, high)) => low <= high,
            (Literal::Age(Comparison::Less, high), Literal::Age(Comparison::Less, low)) => low <= high,
            (Literal::Date(Comparison::AtLeast, low), Literal::Date(Comparison::AtLeast, high)) => low <= high,
            (Literal::Date(Comparison::Less, high), Literal::Date(Comparison::Less, low)) => low <= high,
            _ => literal == known && holds == known_holds,
        })
    })
}

/// The day after; `None` after the last day of the year 9999.
fn next_day(day: Date) -> Option<Date> {
    let leap = day.year.is_multiple_of(4) && (!day.year.is_multiple_of(100) || day.year.is_multiple_of(400));
    let length = match day.month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    match (day.day < length, day.month < 12) {
        (true, _) => Some(Date {
            day: day.day + 1,
            ..day
        }),
        (false, true) => Some(Date {
            day: 1,
            month: day.month + 1,
            ..day
        }),
        (false, false) => (day.year < 9999).then(|| Date {
            year: day.year + 1,
            month: 1,
            day: 1,
        }),
    }
}
