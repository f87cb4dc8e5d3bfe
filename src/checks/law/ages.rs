//! Classes of people by age: which of the project's classes lie inside a class of the law, whatever they are called.

use crate::model::Model;
use crate::model::noun::{Id, Subject};
use crate::model::sentence::{Guard, Literal};
use crate::syntax::ast::Comparison;

/// Ages in completed years, both ends included.
type Range = (u32, u32);

/// How the people of a class stand to a class of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// All of them belong to it.
    Inside,
    /// Some may.
    Perhaps,
    /// None does.
    Outside,
}

/// How the people of one class stand to those of another by their ages; `None` if the other has no range of ages.
#[must_use]
pub fn standing(model: &Model, people: Id<Subject>, class: Id<Subject>) -> Option<Standing> {
    model.subjects[class].detail.when.as_ref()?;
    let (low, high) = range(model, people);
    let (least, most) = range(model, class);
    Some(if least <= low && high <= most {
        Standing::Inside
    } else if high < least || most < low {
        Standing::Outside
    } else {
        Standing::Perhaps
    })
}

/// The ages that a class and all it `is` leave open.
fn range(model: &Model, people: Id<Subject>) -> Range {
    let subjects = &model.subjects;
    let above = subjects.ids().filter(|high| subjects.below(people, *high));
    let guards = above.filter_map(|high| subjects[high].detail.when.as_ref());
    guards.map(of_guard).fold((0, u32::MAX), meet)
}

fn of_guard(guard: &Guard) -> Range {
    let join = |one: Range, other: Range| (one.0.min(other.0), one.1.max(other.1));
    let each = guard
        .any
        .iter()
        .map(|all| all.iter().map(of_literal).fold((0, u32::MAX), meet));
    each.reduce(join).unwrap_or((0, u32::MAX))
}

fn of_literal((literal, holds): &(Literal, bool)) -> Range {
    let Literal::Age(sign, age) = literal else {
        return (0, u32::MAX);
    };
    match (sign, holds) {
        (Comparison::Less, true) | (Comparison::AtLeast, false) => (0, age.saturating_sub(1)),
        (Comparison::AtMost, true) | (Comparison::Greater, false) => (0, *age),
        (Comparison::AtLeast, true) | (Comparison::Less, false) => (*age, u32::MAX),
        (Comparison::Greater, true) | (Comparison::AtMost, false) => (age.saturating_add(1), u32::MAX),
        (Comparison::Equal, true) => (*age, *age),
        _ => (0, u32::MAX),
    }
}

fn meet(one: Range, other: Range) -> Range {
    (one.0.max(other.0), one.1.min(other.1))
}
