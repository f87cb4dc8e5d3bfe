//! Waivers: what each stands above, and who the other party is. And the end of the work.

use std::sync::Arc;

use super::problem::At;
use super::{Lower, View};
use crate::diagnostic::{Diagnostic, Text, sorted};
use crate::model::kinded::NOUN_KINDS;
use crate::model::noun::AnyNoun;
use crate::model::{Context, Model, Waiver, codes};
use crate::source::{Origin, Span, Spanned};
use crate::syntax::ast::{self, File, Item, Node, Other};
use crate::syntax::vocabulary::Kind;

impl Lower<'_> {
    /// Reads the waivers of the project. Runs last: the other party is all places where a noun is spoken of.
    pub(super) fn waivers(&mut self, files: &[(Arc<File>, Origin)]) {
        for (file, _) in files.iter().filter(|(_, origin)| *origin == Origin::Project) {
            self.waivers_in(&file.items);
        }
    }

    fn waivers_in(&mut self, items: &[Item]) {
        for item in items {
            let (covers, policy) = match &item.node {
                Node::Declaration(declaration) => (declaration.span, declaration.kind == Kind::Policy),
                Node::Sentence(sentence) => (sentence.span, false),
                Node::Field(field) => (field.span, false),
                Node::Each(each) => (each.span, false),
                Node::Expectation(line) => (line.span, false),
                Node::Error => (item.span, false),
            };
            for waiver in &item.waivers {
                let with = waiver.with.as_ref().map(|other| self.other_party(other));
                let read = Waiver {
                    span: waiver.span,
                    code: waiver.code.clone(),
                    covers,
                    whole_project: policy,
                    with,
                    until: waiver.until.map(|day| day.value),
                    reason: reason(waiver),
                };
                self.model.waivers.push(read);
            }
            if let Node::Declaration(declaration) = &item.node {
                self.waivers_in(&declaration.items);
            }
        }
    }

    fn other_party(&mut self, other: &Other) -> Vec<Span> {
        match other {
            Other::Name(path) => {
                let view = View::project(Context::Waiver);
                let noun = self.resolve(path, NOUN_KINDS, At::After("with"), &view);
                noun.map_or_else(Vec::new, |noun| self.places_of(noun))
            }
            Other::Id(id) => self.sentence_of(id),
        }
    }

    /// The declaration of a noun and every use of it.
    fn places_of(&self, noun: AnyNoun) -> Vec<Span> {
        let uses = self.model.uses.iter();
        let uses = uses.filter(|used| used.noun == noun && used.context != Context::Waiver);
        let declared = self.model.noun(noun).map(|common| common.span);
        declared.into_iter().chain(uses.map(|used| used.span)).collect()
    }

    fn sentence_of(&mut self, id: &Spanned<String>) -> Vec<Span> {
        let named = self.named_sentences();
        let found: Vec<Span> = named
            .filter(|(own, _)| own.value == id.value)
            .map(|(_, span)| span)
            .collect();
        if found.is_empty() {
            let message = Text::new("no sentence is called `@{name}`").with("name", &id.value);
            self.error(codes::UNKNOWN_NAME, message, id.span, "this id is nowhere")
                .help = Some("write the id before the sentence that is meant: `@name never …`".into());
        }
        found
    }

    /// The sentences that have an id, with it.
    pub(super) fn named_sentences(&self) -> impl Iterator<Item = (&Spanned<String>, Span)> {
        let permissions = self.model.permissions.iter().map(|permission| &permission.stated);
        let keeps = self.model.keeps.iter().map(|keep| &keep.stated);
        let stated = permissions.chain(keeps).map(|stated| (&stated.id, stated.span));
        let bans = self.model.bans.iter().map(|ban| (&ban.id, ban.span));
        stated.chain(bans).filter_map(|(id, span)| Some((id.as_ref()?, span)))
    }

    /// Hands over the model and what was found.
    pub(super) fn finish(mut self) -> (Model, Vec<Diagnostic>) {
        self.tell_problems();
        self.model.unread = self.torn.all_lost().cloned().collect();
        self.model.uses.sort_by_key(|used| (used.span, used.noun));
        self.model.uses.dedup();
        (self.model, sorted(self.diagnostics))
    }
}

/// A waiver without a reason has been reported by the syntax.
fn reason(waiver: &ast::Waiver) -> String {
    waiver
        .reason
        .as_ref()
        .map_or_else(String::new, |reason| reason.value.clone())
}
