//! Own wording.

use super::{Lower, View};
use crate::model::noun::Label;
use crate::model::packs::{fields, word};
use crate::model::{Clause, Context};
use crate::syntax::ast::{Declaration, Field};
use crate::syntax::vocabulary::Kind;

/// What a clause may speak about.
const COVERED: &[Kind] = &[
    Kind::Data,
    Kind::Purpose,
    Kind::Basis,
    Kind::Recipient,
    Kind::Source,
    Kind::Right,
    Kind::Measure,
    Kind::Duty,
    Kind::Channel,
    Kind::Subject,
    Kind::Controller,
    Kind::Fact,
    Kind::Term,
];

impl Lower<'_> {
    /// Reads a clause; gives its index.
    pub(super) fn clause(&mut self, declaration: &Declaration) -> usize {
        let view = View::project(Context::Declaration);
        if let Some(label) = &declaration.label {
            self.prose(label.span, &view);
        }
        let mut clause = Clause {
            name: declaration.name.as_ref().map(|name| name.text()),
            label: declaration.label.clone(),
            text: Vec::new(),
            covers: Vec::new(),
            older_number: None,
            span: declaration.span,
        };
        for field in fields(declaration) {
            match field.word.value.as_str() {
                "text" => clause.text.extend(self.texts(field, &view)),
                "covers" => clause.covers.extend(self.any_names(field, COVERED, &view)),
                "ref" => clause.older_number = older_number(field),
                _ => {}
            }
        }
        self.model.clauses.push(clause);
        self.model.clauses.len() - 1
    }
}

/// The number in an older text.
pub(super) fn older_number(field: &Field) -> Option<Label> {
    word(field)
}
