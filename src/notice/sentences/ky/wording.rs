//! Own wording of the author, and `[name]suffix` in any text of his.

use kyrgyz::Features;

use super::lexicon::phrase;
use super::{Said, Writer, words};
use crate::model::kinded::Kinded;
use crate::model::noun::{AnyNoun, Controller, Recipient, Subject};
use crate::notice::document::{Stated, Unit};
use crate::syntax::prose::{ProsePart, references};

/// References in labels that references name: so deep they are followed, cycles end there.
const DEPTH: usize = 4;

impl Writer<'_> {
    /// A clause: its heading runs in, its lines are one paragraph.
    pub(super) fn wording(&self, clause: usize) -> Said {
        let said = &self.model.clauses[clause];
        let label = said
            .label
            .as_ref()
            .map(|label| self.resolve(&label.value))
            .unwrap_or_default();
        let lines = said.text.iter().map(|line| words::prose(&self.resolve(&line.value)));
        let text = words::sentences(std::iter::once(label).chain(lines));
        let name = said.name.clone().unwrap_or_else(|| (clause + 1).to_string());
        let unit = Unit {
            id: format!("clause.{name}"),
            states: Stated::Clause(clause),
            sentence: text.clone(),
            older_number: said.older_number.as_ref().map(|number| number.value.clone()),
        };
        Said::text(text).with(vec![unit])
    }

    /// The text with `[name]suffix` replaced by the noun in that form.
    pub(super) fn resolve(&self, text: &str) -> String {
        self.resolve_at(text, 0)
    }

    fn resolve_at(&self, text: &str, depth: usize) -> String {
        if !text.contains('[') {
            return text.to_owned();
        }
        let part = |part| match part {
            ProsePart::Text { text, .. } => text,
            ProsePart::Reference { path, suffix, .. } => match self.referred(&path).filter(|_| depth < DEPTH) {
                None => format!("{path}{suffix}"),
                Some(noun) => {
                    let called = self
                        .called(noun)
                        .map_or(path, |label| self.lower(&self.resolve_at(label, depth + 1)));
                    match Features::recognise(&suffix) {
                        Some(features) => phrase(&called).with(features).text,
                        None => format!("{called}{suffix}"),
                    }
                }
            },
        };
        references(text).into_iter().map(part).collect()
    }

    /// The alias of a party, else the label of any noun.
    fn called(&self, noun: AnyNoun) -> Option<&str> {
        if noun.id().is_some_and(|id| self.reader() == Some(id)) {
            return Some("Сиз");
        }
        let alias = match noun.kind {
            Controller::KIND => noun
                .id()
                .and_then(|id| self.model.controllers[id].detail.alias.as_ref()),
            Subject::KIND => noun.id().and_then(|id| self.model.subjects[id].detail.alias.as_ref()),
            Recipient::KIND => noun.id().and_then(|id| self.model.recipients[id].detail.alias.as_ref()),
            _ => None,
        };
        let label = alias.or_else(|| self.model.noun(noun).and_then(|common| common.label));
        label.map(|label| label.value.as_str())
    }

    /// The noun that a reference means: by path, else by the end of its path; innermost first.
    fn referred(&self, path: &str) -> Option<AnyNoun> {
        let end = format!(".{path}");
        let found = self
            .model
            .nouns()
            .filter(|(_, common)| common.path == path || common.path.ends_with(&end));
        let found = found.min_by_key(|(_, common)| (common.origin, common.path != path));
        found.map(|(noun, _)| noun)
    }
}
