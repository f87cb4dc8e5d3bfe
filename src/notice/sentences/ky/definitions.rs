//! Defined terms.

use super::{Said, Writer, item, words};
use crate::model::noun::{Id, Term};

impl Writer<'_> {
    /// «Ушул Саясатта төмөнкү терминдер колдонулат: …»
    pub(super) fn terms(&self, ids: &[Id<Term>]) -> Said {
        let units = ids.iter().map(|id| {
            let text = self.term(*id);
            let unit = self.noun_unit(*id, &text);
            (text, unit)
        });
        let mut said: Vec<_> = units.collect();
        if said.len() == 1
            && let Some((text, unit)) = said.pop()
        {
            return Said::text(words::sentence(&text)).with(vec![unit]);
        }
        let head = format!("Ушул {} төмөнкү терминдер колдонулат:", words::locative(&self.policy));
        Said::list(
            head,
            said.into_iter().map(|(text, unit)| item(&text, vec![unit])).collect(),
        )
    }

    /// Whether a term of the policy says what a word means.
    pub(super) fn defines(&self, word: &str) -> bool {
        let labels = self
            .model
            .terms
            .of_project()
            .filter_map(|(_, noun)| noun.label.as_ref());
        labels.into_iter().any(|label| label.value == word)
    }

    fn term(&self, id: Id<Term>) -> String {
        let noun = &self.model.terms[id];
        let label = noun
            .label
            .as_ref()
            .map_or_else(|| noun.name.clone(), |label| self.resolve(&label.value));
        let means = match (&noun.detail.means, noun.detail.noun) {
            (Some(means), _) => self.inner(&means.value),
            (None, Some(noun)) => self.party(noun),
            (None, None) => return label,
        };
        format!("{label} – {means}")
    }
}
