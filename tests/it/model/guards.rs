//! Guards: normal form keeps the truth table, and there is one form for it.

use kupuya::model::noun::{Id, Location};
use kupuya::model::sentence::{Guard, Literal};
use kupuya::syntax::ast::{Comparison, Date};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Formula {
    Literal(Literal),
    Not(Box<Formula>),
    And(Box<Formula>, Box<Formula>),
    Or(Box<Formula>, Box<Formula>),
}

/// A world with two-valued facts.
#[derive(Clone, Debug)]
struct World {
    facts: [bool; 3],
    classes: [bool; 2],
    places: [bool; 2],
    age: u32,
    date: Date,
}

fn holds<T: Ord>(sign: Comparison, value: &T, bound: &T) -> bool {
    match sign {
        Comparison::Less => value < bound,
        Comparison::AtMost => value <= bound,
        Comparison::Equal => value == bound,
        Comparison::AtLeast => value >= bound,
        Comparison::Greater => value > bound,
        Comparison::In => false,
    }
}

fn literal_in(literal: Literal, world: &World) -> bool {
    match literal {
        Literal::Fact(id) => world.facts[id.index as usize],
        Literal::Class(id) => world.classes[id.index as usize],
        Literal::Age(sign, bound) => holds(sign, &world.age, &bound),
        Literal::Date(sign, bound) => holds(sign, &world.date, &bound),
        Literal::Place(Location::Abroad) => world.places[0],
        Literal::Place(Location::In(_)) => world.places[1],
    }
}

fn formula_in(formula: &Formula, world: &World) -> bool {
    match formula {
        Formula::Literal(literal) => literal_in(*literal, world),
        Formula::Not(inner) => !formula_in(inner, world),
        Formula::And(a, b) => formula_in(a, world) && formula_in(b, world),
        Formula::Or(a, b) => formula_in(a, world) || formula_in(b, world),
    }
}

fn guard_in(guard: &Guard, world: &World) -> bool {
    guard
        .any
        .iter()
        .any(|all| all.iter().all(|(literal, holds)| literal_in(*literal, world) == *holds))
}

fn normal(formula: &Formula) -> Guard {
    match formula {
        Formula::Literal(literal) => Guard::literal(*literal, true),
        Formula::Not(inner) => normal(inner).not(),
        Formula::And(a, b) => normal(a).and(&normal(b)),
        Formula::Or(a, b) => normal(a).or(&normal(b)),
    }
}

fn sign() -> impl Strategy<Value = Comparison> {
    prop_oneof![
        Just(Comparison::Less),
        Just(Comparison::AtMost),
        Just(Comparison::Equal),
        Just(Comparison::AtLeast),
        Just(Comparison::Greater),
    ]
}

/// Days around the ends of months and years, where counting goes wrong.
fn date() -> impl Strategy<Value = Date> {
    let date = |year, month, day| Just(Date { year, month, day });
    prop_oneof![
        date(2023, 2, 28),
        date(2023, 3, 1),
        date(2024, 2, 28),
        date(2024, 2, 29),
        date(2024, 3, 1),
        date(2024, 12, 31),
        date(2025, 1, 1),
        date(2025, 4, 30),
        date(2025, 5, 1),
        date(9999, 12, 31),
    ]
}

fn age() -> impl Strategy<Value = u32> {
    prop_oneof![0..4u32, Just(u32::MAX), Just(u32::MAX - 1)]
}

fn formula() -> impl Strategy<Value = Formula> {
    let literal = prop_oneof![
        (0..3u32).prop_map(|index| Literal::Fact(Id::new(index))),
        (0..2u32).prop_map(|index| Literal::Class(Id::new(index))),
        (sign(), age()).prop_map(|(sign, bound)| Literal::Age(sign, bound)),
        (sign(), date()).prop_map(|(sign, bound)| Literal::Date(sign, bound)),
        Just(Literal::Place(Location::Abroad)),
        Just(Literal::Place(Location::In(Id::new(0)))),
    ];
    literal.prop_map(Formula::Literal).prop_recursive(4, 10, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|a| Formula::Not(Box::new(a))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Formula::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner).prop_map(|(a, b)| Formula::Or(Box::new(a), Box::new(b))),
        ]
    })
}

fn world() -> impl Strategy<Value = World> {
    (
        any::<[bool; 3]>(),
        any::<[bool; 2]>(),
        any::<[bool; 2]>(),
        age(),
        date(),
    )
        .prop_map(|(facts, classes, places, age, date)| World {
            facts,
            classes,
            places,
            age,
            date,
        })
}

proptest! {
    #[test]
    fn same_truth_table(formula in formula(), worlds in prop::collection::vec(world(), 20)) {
        let guard = normal(&formula);
        for world in worlds {
            prop_assert_eq!(guard_in(&guard, &world), formula_in(&formula, &world), "{:?} in {:?}", guard, world);
        }
    }

    #[test]
    fn normal_form_is_its_own(a in formula(), b in formula()) {
        let (a, b) = (normal(&a), normal(&b));
        prop_assert_eq!(&a.normalised(), &a);
        prop_assert_eq!(&a.and(&a), &a);
        prop_assert_eq!(&a.or(&a), &a);
        prop_assert_eq!(a.and(&b), b.and(&a));
        prop_assert_eq!(a.or(&b), b.or(&a));
        prop_assert_eq!(&a.or(&a.and(&b)), &a);
        prop_assert!(a.any.is_sorted());
        prop_assert!(a.any.iter().all(|all| all.is_sorted()));
    }
}
