//! The extract for one person: everything that is done with the data of a class of people.

use super::super::Plan;
use super::{Answer, Blank, Part, Question, chapters, clause_parts, controllers, parties, rights, said};
use crate::model::Model;
use crate::model::noun::{Id, Subject};
use crate::source::Spanned;

/// Whether what is said about some classes concerns one of them; nothing said concerns everyone.
fn concerns(model: &Model, about: &[Spanned<Id<Subject>>], subject: Id<Subject>) -> bool {
    about.is_empty() || about.iter().any(|named| model.subjects.below(subject, named.value))
}

/// The chapters of the extract.
#[must_use]
pub fn extract(model: &Model, plan: &Plan, subject: Id<Subject>) -> Vec<Answer> {
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
