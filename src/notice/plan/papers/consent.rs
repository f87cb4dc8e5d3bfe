//! The request for a consent: what it carries, to whom, for how long, and what is ticked.

use std::collections::BTreeSet;

use super::super::{Plan, Says};
use super::{Answer, Blank, Part, Question, Tick, chapters, clause_parts, controllers, parties, people, rights, said};
use crate::model::Model;
use crate::model::kinded::Kinded;
use crate::model::noun::{Basis, Giver, Id, Location};
use crate::model::sentence::{Act, Keep, Permission, Slot};
use crate::source::{Origin, Spanned};

const PERSON: &[Blank] = &[
    Blank::Name,
    Blank::PersonalNumber,
    Blank::Document,
    Blank::Registered,
    Blank::Address,
    Blank::Contact,
];

/// The statements that a consent carries, alone or with other bases.
pub fn carried(model: &Model, basis: Id<Basis>) -> impl Fn(usize) -> bool + '_ {
    move |at| rests(model, &model.permissions[at].bases, basis)
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
    let about = people(&statements);
    let rights = rights(model, plan, &about, detail.giver == Giver::Guardian);
    let ward = (detail.giver == Giver::Guardian).then(|| about.clone());
    let mut asked = vec![Part::Request {
        by: controllers.clone(),
        about,
        giver: detail.giver,
        written,
    }];
    let kept = !keeps.is_empty();
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
        decision.push(Part::Ticks(operations(model, &statements, kept), ward));
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
        (Question::Rights, rights),
        (Question::Decision, decision),
    ];
    chapters(answers)
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
fn operations(model: &Model, statements: &[&Permission], kept: bool) -> Vec<Tick> {
    let (given, done): (Vec<Act>, Vec<Act>) = statements
        .iter()
        .flat_map(|said| said.acts.iter().copied())
        .chain(kept.then_some(Act::Store))
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
