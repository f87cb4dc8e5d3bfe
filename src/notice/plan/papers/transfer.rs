//! The notice that data are given to a third party.

use super::super::pieces::Pieces;
use super::super::{Plan, Says};
use super::{Answer, Blank, Part, Question, chapters, clause_parts, controllers, parties, people, rights, said};
use crate::model::Model;
use crate::model::noun::{Id, Recipient};

/// The statements that give data to a recipient, or to a part of it.
pub fn given(model: &Model, recipient: Id<Recipient>) -> impl Fn(usize) -> bool + '_ {
    let parts = model.recipients.denotation(recipient);
    move |at| {
        let to = model.permissions[at].recipient.as_ref();
        to.is_some_and(|to| to.atoms.iter().any(|atom| parts.contains(atom)))
    }
}

/// The chapters of the notice of a transfer.
#[must_use]
pub fn transfer(model: &Model, plan: &Plan, recipient: Id<Recipient>) -> Vec<Answer> {
    let clauses = plan.statements(given(model, recipient));
    let statements = said(model, &clauses);
    let (controllers, about) = (controllers(&statements), people(&statements));
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
        (Question::Rights, rights(model, plan, &about, false)),
        (
            Question::When,
            vec![Part::Blanks(&[Blank::TransferDay, Blank::NoticeDay])],
        ),
    ];
    chapters(answers)
}
