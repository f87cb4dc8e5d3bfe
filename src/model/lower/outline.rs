//! The project in the order written: chapters, nouns, blocks, promises, clauses.

use std::collections::HashMap;
use std::sync::Arc;

use super::ban::Standing;
use super::clause::older_number;
use super::{Lower, View};
use crate::model::noun::AnyNoun;
use crate::model::packs::fields;
use crate::model::{Context, Member, Section};
use crate::source::{Origin, Span};
use crate::syntax::ast::{Declaration, File, Item, Node};
use crate::syntax::vocabulary::Kind;

impl Lower<'_> {
    /// Reads blocks, promises and clauses of the project, and notes the order of everything.
    pub(super) fn outline_of(&mut self, files: &[(Arc<File>, Origin)]) {
        let nouns: HashMap<Span, AnyNoun> = self
            .declared
            .iter()
            .map(|declared| (declared.declaration.span, declared.noun))
            .collect();
        let mut outline = Vec::new();
        for (file, _) in files.iter().filter(|(_, origin)| *origin == Origin::Project) {
            outline.extend(self.members(&file.items, &nouns));
        }
        self.model.outline = outline;
    }

    fn members(&mut self, items: &[Item], nouns: &HashMap<Span, AnyNoun>) -> Vec<Member> {
        let mut all = Vec::new();
        for item in items {
            match &item.node {
                Node::Declaration(declaration) => all.extend(self.member(item, declaration, nouns)),
                // Statements outside a block and `each` outside a rule have been reported by the syntax.
                Node::Sentence(sentence) if sentence.never.is_some() || sentence.only.is_some() => {
                    all.extend(self.ban(item, sentence, &Standing::project()).map(Member::Ban));
                }
                Node::Each(_) | Node::Sentence(_) | Node::Field(_) | Node::Expectation(_) | Node::Error => {}
            }
        }
        all
    }

    fn member(&mut self, item: &Item, declaration: &Declaration, nouns: &HashMap<Span, AnyNoun>) -> Option<Member> {
        match declaration.kind {
            Kind::Section => {
                if let Some(label) = &declaration.label {
                    self.prose(label.span, &View::project(Context::Declaration));
                }
                let number = fields(declaration).find(|field| field.word.value == "ref");
                Some(Member::Section(Section {
                    name: declaration.name.as_ref().map(|name| name.text()),
                    title: declaration.label.clone(),
                    older_number: number.and_then(older_number),
                    members: self.members(&declaration.items, nouns),
                    span: declaration.span,
                }))
            }
            Kind::Processing => Some(Member::Block(self.block(item, declaration))),
            Kind::Clause => Some(Member::Clause(self.clause(declaration))),
            _ => nouns.get(&declaration.span).copied().map(Member::Noun),
        }
    }
}
