//! Papers beside the policy: the short notice, the request for one consent, the notice of a transfer. Each takes its clauses
//! from the plan of the policy, whole or narrowed to what the paper is about, with their numbers and anchors.

use std::collections::BTreeSet;

use super::pieces::Pieces;
use super::{Numbered, Plan, Says};
use crate::model::Model;
use crate::model::kinded::Kinded;
use crate::model::noun::{Basis, Controller, Data, Giver, Id, Location, Purpose, Recipient, Subject};
use crate::model::sentence::{Act, Keep, Permission, Slot};
use crate::source::{Origin, Spanned};

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
    /// Where the policy tells the rights: numbers of clauses.
    Rights(Vec<String>),
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

const PERSON: &[Blank] = &[
    Blank::Name,
    Blank::PersonalNumber,
    Blank::Document,
    Blank::Registered,
    Blank::Address,
    Blank::Contact,
];

impl Plan {
    /// Statements that pass a test, in their clauses.
    #[must_use]
    pub fn statements(&self, test: impl Fn(usize) -> bool) -> Vec<Numbered> {
        self.narrowed(|says| {
            let Says::Flows(flows) = says else { return None };
            let mut flows = flows.clone();
            for row in &mut flows.rows {
                row.permissions.retain(|at| test(*at));
            }
            flows.rows.retain(|row| !row.permissions.is_empty());
            (flows.lead, flows.with_text) = (None, false);
            (!flows.rows.is_empty()).then_some(Says::Flows(flows))
        })
    }

    /// Keeps that pass a test, in their clauses.
    #[must_use]
    pub fn kept(&self, test: impl Fn(usize) -> bool) -> Vec<Numbered> {
        self.narrowed(|says| {
            let Says::Keeps { block, keeps } = says else {
                return None;
            };
            let keeps: Vec<usize> = keeps.iter().copied().filter(|at| test(*at)).collect();
            (!keeps.is_empty()).then_some(Says::Keeps { block: *block, keeps })
        })
    }

    /// Whole clauses that pass a test.
    #[must_use]
    pub fn clauses(&self, test: impl Fn(&Says) -> bool) -> Vec<Numbered> {
        self.narrowed(|says| test(says).then(|| says.clone()))
    }

    fn narrowed(&self, narrow: impl Fn(&Says) -> Option<Says>) -> Vec<Numbered> {
        let narrowed = self.paragraphs().filter_map(|paragraph| {
            let says = narrow(&paragraph.says)?;
            Some(Numbered {
                says,
                ..paragraph.clone()
            })
        });
        narrowed.collect()
    }
}

/// The statements that a consent carries, alone or with other bases.
pub fn carried(model: &Model, basis: Id<Basis>) -> impl Fn(usize) -> bool + '_ {
    move |at| rests(model, &model.permissions[at].bases, basis)
}

/// The statements that give data to a recipient, or to a part of it.
pub fn given(model: &Model, recipient: Id<Recipient>) -> impl Fn(usize) -> bool + '_ {
    let parts = model.recipients.denotation(recipient);
    move |at| {
        let to = model.permissions[at].recipient.as_ref();
        to.is_some_and(|to| to.atoms.iter().any(|atom| parts.contains(atom)))
    }
}

fn rests(model: &Model, ways: &[Vec<Spanned<Id<Basis>>>], basis: Id<Basis>) -> bool {
    let mut named = ways.iter().flatten();
    named.any(|named| model.bases.below(named.value, basis))
}

/// The chapters of the request for a consent.
#[must_use]
pub fn consent(model: &Model, plan: &Plan, basis: Id<Basis>) -> Vec<Answer> {
    let clauses = plan.statements(carried(model, basis));
    let statements: Vec<&Permission> = said(model, &clauses);
    let controllers = controllers(&statements);
    let written = model.packs.iter().any(|pack| pack.written_consent);
    let keeps = plan.kept(|at| {
        let keep: &Keep = &model.keeps[at];
        rests(model, &keep.bases, basis)
    });
    let consent = plan.clauses(|says| {
        matches!(says, Says::ConsentGiven(id) | Says::ConsentWithdrawn(id) | Says::BasisTerms(id) if *id == basis)
    });
    let detail = &model.bases[basis].detail;
    let about: BTreeSet<Id<Subject>> = statements
        .iter()
        .flat_map(|said| said.about.iter().map(|name| name.value))
        .collect();
    let about: Vec<Id<Subject>> = about.into_iter().collect();
    let ward = (detail.giver == Giver::Guardian).then(|| about.clone());
    let mut asked = vec![Part::Request {
        by: controllers.clone(),
        about,
        giver: detail.giver,
        written,
    }];
    let mut how_long = clause_parts(keeps);
    let mut decision = Vec::new();
    if written {
        let numbers = clauses.iter().map(|clause| clause.number.clone()).collect();
        asked.push(Part::Covered(
            named(model, statements.iter().map(|said| &said.data)),
            named(model, statements.iter().filter_map(|said| said.purpose.as_ref())),
            numbers,
        ));
        if how_long.is_empty() && detail.term.is_none() {
            how_long.push(Part::Blanks(&[Blank::Term]));
        }
        decision.push(Part::Ticks(operations(model, &statements), ward));
        decision.push(Part::Blanks(&[Blank::Day, Blank::Signature]));
    } else {
        let purposes = named(model, statements.iter().filter_map(|said| said.purpose.as_ref()));
        asked.extend(clause_parts(clauses));
        decision.push(Part::Ticks(purposes.into_iter().map(Tick::Purpose).collect(), ward));
        decision.push(Part::Blanks(&[Blank::Day]));
    }
    let person = if written {
        vec![Part::Blanks(PERSON)]
    } else {
        Vec::new()
    };
    let answers = [
        (Question::Person, person),
        (Question::Asker, parties(plan, &controllers)),
        (Question::Asked, asked),
        (Question::HowLong, how_long),
        (Question::Given, clause_parts(consent)),
        (Question::Rights, rights(plan)),
        (Question::Decision, decision),
    ];
    chapters(answers)
}

/// The chapters of the notice of a transfer.
#[must_use]
pub fn transfer(model: &Model, plan: &Plan, recipient: Id<Recipient>) -> Vec<Answer> {
    let clauses = plan.statements(given(model, recipient));
    let controllers = controllers(&said(model, &clauses));
    let pieces = Pieces {
        model,
        drafts: Vec::new(),
    };
    let role = pieces.role(recipient);
    let up = model.recipients.up(recipient);
    let mut to = plan.narrowed(|says| match says {
        Says::Recipients(_, ids) if ids.iter().any(|id| up.contains(id)) => {
            Some(Says::Recipients(role, vec![recipient]))
        }
        _ => None,
    });
    to.extend(plan.clauses(|says| {
        match says {
            Says::RecipientTerms(id) | Says::RecipientDuties(id) => up.contains(id),
            Says::Duties(ids) => ids
                .iter()
                .all(|id| model.duties[*id].detail.of.contains(&recipient.any())),
            _ => false,
        }
    }));
    let answers = [
        (Question::Giver, parties(plan, &controllers)),
        (Question::Receiver, clause_parts(to)),
        (Question::WhatGiven, clause_parts(clauses)),
        (Question::Rights, rights(plan)),
        (
            Question::When,
            vec![Part::Blanks(&[Blank::TransferDay, Blank::NoticeDay])],
        ),
    ];
    chapters(answers)
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

fn rights(plan: &Plan) -> Vec<Part> {
    let numbers = plan.numbers(|says| matches!(says, Says::Rights(_) | Says::Right(_)));
    match numbers.is_empty() {
        true => Vec::new(),
        false => vec![Part::Rights(numbers.into_iter().map(str::to_owned).collect())],
    }
}

/// The nouns of the project that slots name, each once and none below another; what `any` and `except` leave is spelled out.
fn named<'m, D: Kinded + 'm>(model: &'m Model, slots: impl Iterator<Item = &'m Slot<D>>) -> Vec<Id<D>> {
    let table = D::table(model);
    let mut found: Vec<Id<D>> = Vec::new();
    for slot in slots {
        if !slot.any && slot.except.is_empty() {
            found.extend(slot.names.iter().map(|name| name.value));
            continue;
        }
        let whole = |id: &Id<D>| {
            let parts = table.denotation(*id);
            parts.iter().all(|part| slot.atoms.contains(part))
        };
        let of_project = slot.atoms.iter().filter(|id| table[**id].origin == Origin::Project);
        found.extend(of_project.copied().filter(whole));
    }
    let all: BTreeSet<Id<D>> = found.iter().copied().collect();
    let below = |id: &Id<D>| {
        table
            .up(*id)
            .into_iter()
            .any(|above| above != *id && all.contains(&above))
    };
    let mut said = BTreeSet::new();
    found.retain(|id| !below(id) && said.insert(*id));
    found
}

/// What a written consent ticks one by one.
fn operations(model: &Model, statements: &[&Permission]) -> Vec<Tick> {
    let (given, done): (Vec<Act>, Vec<Act>) = statements
        .iter()
        .flat_map(|said| said.acts.iter().copied())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .partition(|act| matches!(act, Act::Share | Act::Publish));
    let parties = statements.iter().filter_map(|said| said.recipient.as_ref());
    let abroad = parties.flat_map(|to| &to.atoms).any(|id| {
        let noun = &model.recipients[*id];
        let places = noun.detail.locations.iter();
        noun.origin == Origin::Project && places.into_iter().any(|place| is_abroad(model, *place))
    });
    let mut ticks = Vec::new();
    if !done.is_empty() {
        ticks.push(Tick::Acts(done));
    }
    ticks.extend((!given.is_empty()).then_some(Tick::ThirdParties));
    ticks.extend(abroad.then_some(Tick::Abroad));
    ticks
}

fn is_abroad(model: &Model, place: Location) -> bool {
    match place {
        Location::Abroad => true,
        Location::In(country) => model.home.is_none_or(|home| !model.countries.below(country, home)),
    }
}
