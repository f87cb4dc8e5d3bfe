//! The extract for one person: everything that is done with the data of a class of people.

use std::collections::BTreeSet;

use super::super::{Plan, Says};
use super::{Answer, Blank, Part, Question, chapters, clause_parts, controllers, parties, rights, said};
use crate::model::Model;
use crate::model::noun::{Id, Right, Subject};
use crate::source::Spanned;

/// Whether what is said about some classes concerns one of them; nothing said concerns everyone.
fn concerns(model: &Model, about: &[Spanned<Id<Subject>>], subject: Id<Subject>) -> bool {
    about.is_empty() || about.iter().any(|named| model.subjects.below(subject, named.value))
}

/// Classes of people below one whose data are processed.
#[must_use]
pub fn processed_below(model: &Model, subject: Id<Subject>) -> Vec<Id<Subject>> {
    let below = |named: &Id<Subject>| *named != subject && model.subjects.below(*named, subject);
    let all = model
        .permissions
        .iter()
        .map(|said| &said.about)
        .chain(model.keeps.iter().map(|keep| &keep.about))
        .flatten();
    let below: BTreeSet<Id<Subject>> = all.map(|named| named.value).filter(below).collect();
    below.into_iter().collect()
}

/// Whether a statement or keep concerns a class of people.
#[must_use]
pub fn processed(model: &Model, subject: Id<Subject>) -> bool {
    let mut statements = model.permissions.iter().map(|said| &said.about);
    let mut kept = model.keeps.iter().map(|keep| &keep.about);
    statements.any(|about| concerns(model, about, subject)) || kept.any(|about| concerns(model, about, subject))
}

/// The chapters of the extract.
#[must_use]
pub fn extract(model: &Model, plan: &Plan, subject: Id<Subject>) -> Vec<Answer> {
    if !processed(model, subject) {
        return nothing(model, plan, subject);
    }
    let clauses = plan.statements(|at| concerns(model, &model.permissions[at].about, subject));
    let kept = plan.kept(|at| concerns(model, &model.keeps[at].about, subject));
    let controllers = controllers(&said(model, &clauses));
    chapters([
        (Question::Asker, parties(plan, &controllers)),
        (Question::WhatDone, clause_parts(clauses)),
        (Question::HowLong, clause_parts(kept)),
        (Question::Rights, rights(model, plan, &[subject], false)),
        (Question::When, vec![Part::Blanks(&[Blank::Day])]),
    ])
}

/// Where nothing is done with the data of such people, that is said, with the promises about them and the clause by which
/// nothing else is done. Of the rights only their own are cited: those of others would tell that there are data.
fn nothing(model: &Model, plan: &Plan, subject: Id<Subject>) -> Vec<Answer> {
    let promises = plan.narrowed(|says| {
        let Says::Bans(bans) = says else { return None };
        let about = |at: &usize| {
            let about = &model.bans[*at].scope.about;
            !about.is_empty() && concerns(model, about, subject)
        };
        let bans: Vec<usize> = bans.iter().copied().filter(about).collect();
        (!bans.is_empty()).then_some(Says::Bans(bans))
    });
    let closing = plan.clauses(|says| *says == Says::Closing);
    let controllers: Vec<_> = model.controllers.of_project().map(|(id, _)| id).collect();
    let own = |right: &Id<Right>| {
        let of = &model.rights[*right].detail.of;
        of.iter().any(|class| model.subjects.below(subject, *class))
    };
    let has_rights = model.rights.of_project().any(|(id, _)| own(&id));
    let rights = match has_rights {
        true => rights(model, plan, &[subject], false),
        false => Vec::new(),
    };
    chapters([
        (Question::Asker, parties(plan, &controllers)),
        (
            Question::WhatDone,
            std::iter::once(Part::Nothing(subject))
                .chain(clause_parts(promises))
                .chain(clause_parts(closing))
                .collect(),
        ),
        (Question::Rights, rights),
        (Question::When, vec![Part::Blanks(&[Blank::Day])]),
    ])
}
