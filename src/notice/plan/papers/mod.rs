//! Papers beside the policy: the short notice, the request for one consent, the notice of a transfer. Each takes its clauses
//! from the plan of the policy, whole or narrowed to what the paper is about, with their numbers and anchors.

mod consent;
mod extract;
mod narrow;
mod transfer;

use std::collections::BTreeSet;

use super::{Numbered, Plan, Says};
use crate::model::Model;
use crate::model::noun::{Basis, Controller, Data, Giver, Id, Purpose, Recipient, Right, Subject};
use crate::model::sentence::{Act, Permission};

pub use consent::{carried, consent};
pub use extract::{extract, processed, processed_below};
pub use transfer::{given, transfer};

/// A paper that is written from a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paper {
    /// The policy itself.
    Policy,
    /// The policy in a dozen lines.
    Short,
    /// The request for a consent, apart from everything else.
    Consent(Id<Basis>),
    /// The notice that data are given to a third party.
    Transfer(Id<Recipient>),
    /// Everything that is done with the data of a class of people.
    Extract(Id<Subject>),
}

/// What a chapter of a paper answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Who gives the consent.
    Person,
    /// Who asks for it.
    Asker,
    /// To what consent is asked.
    Asked,
    /// How long the data are kept.
    HowLong,
    /// How consent is given, refused and withdrawn.
    Given,
    /// Who gives the data away.
    Giver,
    /// Who receives them.
    Receiver,
    /// Which data, for what, on what ground.
    WhatGiven,
    /// What is done with a person's data.
    WhatDone,
    /// Which rights there are.
    Rights,
    /// The decision, or what else is filled in.
    Decision,
    /// When it happened.
    When,
}

/// A chapter of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it answers.
    pub question: Question,
    /// With what.
    pub parts: Vec<Part>,
}

/// A piece of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A clause of the policy, perhaps narrowed.
    Clause(Numbered),
    /// A controller in a line; the number of its clause.
    Controller(Id<Controller>, Option<String>),
    /// Who asks whom for a consent: the controllers, whose data it is about, who gives it; in writing or not.
    Request {
        /// Who asks.
        by: Vec<Id<Controller>>,
        /// Whose data.
        about: Vec<Id<Subject>>,
        /// Who gives it.
        giver: Giver,
        /// It is a form that the person signs.
        written: bool,
    },
    /// Which data for which purposes, as lists; the numbers of the clauses that tell it.
    Covered(Vec<Id<Data>>, Vec<Id<Purpose>>, Vec<String>),
    /// Where the policy tells the rights.
    Rights {
        /// The numbers of its clauses.
        numbers: Vec<String>,
        /// Whose rights; nobody named: of those whom the policy is for.
        of: Vec<Id<Subject>>,
        /// Somebody acts for them, and has rights of the kind too.
        ward: bool,
    },
    /// That nothing is done with the data of such people.
    Nothing(Id<Subject>),
    /// Lines to write on.
    Blanks(&'static [Blank]),
    /// Boxes to tick; whose data, if somebody else ticks for them.
    Ticks(Vec<Tick>, Option<Vec<Id<Subject>>>),
}

/// What is written on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// The person's name.
    Name,
    /// The person's number.
    PersonalNumber,
    /// The document that proves who the person is.
    Document,
    /// Where the person is registered.
    Registered,
    /// Where the person lives.
    Address,
    /// How the person is reached.
    Contact,
    /// How long the consent lasts.
    Term,
    /// The day of the transfer.
    TransferDay,
    /// The day on which it is told.
    NoticeDay,
    /// The day.
    Day,
    /// The signature.
    Signature,
}

/// What is agreed to with one tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Processing for one purpose.
    Purpose(Id<Purpose>),
    /// What is done with the data, but giving them away.
    Acts(Vec<Act>),
    /// Giving them to others.
    ThirdParties,
    /// Giving them abroad.
    Abroad,
}

fn chapters<const N: usize>(answers: [(Question, Vec<Part>); N]) -> Vec<Answer> {
    let some = answers.into_iter().filter(|(_, parts)| !parts.is_empty());
    some.map(|(question, parts)| Answer { question, parts }).collect()
}

fn clause_parts(clauses: Vec<Numbered>) -> Vec<Part> {
    clauses.into_iter().map(Part::Clause).collect()
}

/// The statements of clauses, in their order.
fn said<'m>(model: &'m Model, clauses: &[Numbered]) -> Vec<&'m Permission> {
    let flows = clauses.iter().filter_map(|clause| match &clause.says {
        Says::Flows(flows) => Some(flows),
        _ => None,
    });
    let statements = flows.flat_map(super::Flows::permissions);
    statements.map(|at| &model.permissions[at]).collect()
}

/// Whom statements are about.
fn people(statements: &[&Permission]) -> Vec<Id<Subject>> {
    let all = statements
        .iter()
        .flat_map(|said| said.about.iter().map(|name| name.value));
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

fn controllers(statements: &[&Permission]) -> Vec<Id<Controller>> {
    let all = statements.iter().flat_map(|said| said.by.atoms.iter().copied());
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

fn parties(plan: &Plan, controllers: &[Id<Controller>]) -> Vec<Part> {
    let part = |id: &Id<Controller>| {
        let number = plan.numbers(|says| *says == Says::Controller(*id)).first().copied();
        Part::Controller(*id, number.map(str::to_owned))
    };
    controllers.iter().map(part).collect()
}

/// The rights of the people whom a paper is about; of whoever acts for them too, which a class of people is that no
/// statement is about. A policy that grants such people none is cited for all its rights.
fn rights(model: &Model, plan: &Plan, about: &[Id<Subject>], ward: bool) -> Vec<Part> {
    let acts_for_others = |class: Id<Subject>| {
        let mut about = model.permissions.iter().flat_map(|said| &said.about);
        !about.any(|named| model.subjects.below(named.value, class))
    };
    let theirs = |right: &Id<Right>| {
        let of = &model.rights[*right].detail.of;
        let has = |class: &Id<Subject>| {
            about.iter().any(|one| model.subjects.below(*one, *class)) || (ward && acts_for_others(*class))
        };
        of.is_empty() || of.iter().any(has)
    };
    let cited = |test: &dyn Fn(&Id<Right>) -> bool| -> Vec<String> {
        let numbers = plan.numbers(|says| match says {
            Says::Rights(rights) => rights.iter().any(test),
            Says::Right(right) => test(right),
            _ => false,
        });
        numbers.into_iter().map(str::to_owned).collect()
    };
    let (numbers, of, ward) = match cited(&theirs) {
        numbers if numbers.is_empty() || about.is_empty() => (cited(&|_| true), Vec::new(), false),
        numbers => (numbers, about.to_vec(), ward),
    };
    match numbers.is_empty() {
        true => Vec::new(),
        false => vec![Part::Rights { numbers, of, ward }],
    }
}
