//! Guards in normal form, and what stands in them.

use kupuya::model::Model;
use kupuya::model::noun::Location;
use kupuya::model::sentence::{Guard, Literal};
use kupuya::syntax::ast::{Comparison, Date, Period, Unit};

use super::Tape;
use super::slots::ids;

/// A random guard in normal form that is neither true nor false.
pub(super) fn guard(tape: &mut Tape<'_>, m: &Model) -> Guard {
    let mut any = Vec::new();
    for _ in 0..=tape.below(2) {
        any.push((0..=tape.below(2)).map(|_| literal(tape, m)).collect());
    }
    let guard = normal(any);
    if guard.any.is_empty() { Guard::always() } else { guard }
}

pub(super) fn literal(tape: &mut Tape<'_>, m: &Model) -> (Literal, bool) {
    let sign = !tape.once_in(3);
    match tape.below(9) {
        0..=3 => (Literal::Fact(tape.one(&ids(&m.facts))), sign),
        4 | 5 => (Literal::Class(tape.one(&ids(&m.subjects))), sign),
        6 => age(tape),
        7 => (Literal::Date(tape.one(&COMPARISONS), day(tape)), sign),
        _ => (Literal::Place(place(tape, m)), sign),
    }
}

pub(super) const COMPARISONS: [Comparison; 5] = [
    Comparison::Less,
    Comparison::AtLeast,
    Comparison::AtMost,
    Comparison::Greater,
    Comparison::Equal,
];

pub(super) fn age(tape: &mut Tape<'_>) -> (Literal, bool) {
    let literal = Literal::Age(tape.one(&COMPARISONS), tape.one(&[18, 14, 0, 65]));
    (literal, !tape.once_in(4))
}

/// The normal form (M4): impossible and absorbed conjunctions dropped, sorted.
pub fn normal(any: Vec<Vec<(Literal, bool)>>) -> Guard {
    let mut kept: Vec<Vec<(Literal, bool)>> = Vec::new();
    for mut all in any {
        all.sort_unstable();
        all.dedup();
        let opposite = all.iter().any(|(literal, sign)| all.contains(&(*literal, !sign)));
        let ages = (0..=200_u32).any(|age| {
            all.iter()
                .all(|(literal, sign)| of_age(*literal, age) == Some(*sign) || of_age(*literal, age).is_none())
        });
        if !opposite && ages {
            kept.push(all);
        }
    }
    kept.sort();
    kept.dedup();
    let absorbed = |all: &Vec<(Literal, bool)>| {
        kept.iter()
            .any(|other| other != all && other.iter().all(|literal| all.contains(literal)))
    };
    Guard {
        any: kept.iter().filter(|all| !absorbed(all)).cloned().collect(),
    }
}

pub(super) fn of_age(literal: Literal, age: u32) -> Option<bool> {
    let Literal::Age(is, years) = literal else { return None };
    Some(match is {
        Comparison::Less => age < years,
        Comparison::AtMost => age <= years,
        Comparison::Equal => age == years,
        Comparison::AtLeast => age >= years,
        Comparison::Greater => age > years,
        Comparison::In => false,
    })
}

pub(super) fn place(tape: &mut Tape<'_>, m: &Model) -> Location {
    if tape.once_in(3) {
        Location::Abroad
    } else {
        Location::In(tape.one(&ids(&m.countries)))
    }
}

pub fn day(tape: &mut Tape<'_>) -> Date {
    tape.one(
        &[(2026, 1, 1), (2024, 2, 29), (2025, 6, 15), (2026, 1, 31), (2027, 3, 1)].map(|(year, month, day)| Date {
            year,
            month,
            day,
        }),
    )
}

pub(super) fn period(tape: &mut Tape<'_>) -> Period {
    Period {
        count: tape.one(&[1, 3, 30]),
        unit: tape.one(&[Unit::Year, Unit::Month, Unit::Day, Unit::Week, Unit::Hour]),
    }
}
