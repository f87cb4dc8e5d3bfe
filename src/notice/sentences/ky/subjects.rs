//! Classes of people.

use super::{Said, Writer, folded, item, words};
use crate::model::noun::{Id, Subject};
use crate::notice::document::Item;
use crate::notice::plan::children;

impl Writer<'_> {
    /// «Саясат төмөнкү адамдардын жеке маалыматтарына тиешелүү: …»
    pub(super) fn subjects(&self, ids: &[Id<Subject>]) -> Said {
        let mut items: Vec<Item> = ids.iter().map(|id| self.subject_item(*id)).collect();
        if let [one] = items.as_mut_slice()
            && one.items.is_empty()
        {
            let units = std::mem::take(&mut one.units);
            let text = match one.text.contains(" – ") {
                true => one.text.clone(),
                false => format!(
                    "{} {} жеке маалыматтарына тиешелүү",
                    self.policy,
                    words::genitive(&one.text)
                ),
            };
            return Said::text(words::sentence(&text)).with(units);
        }
        Said::list(
            format!("{} төмөнкү адамдардын жеке маалыматтарына тиешелүү:", self.policy),
            items,
        )
    }

    fn subject_item(&self, id: Id<Subject>) -> Item {
        let noun = &self.model.subjects[id];
        let mut name = self.name(id);
        if let Some(alias) = noun
            .detail
            .alias
            .as_ref()
            .filter(|alias| alias.value.to_lowercase() != name.to_lowercase())
        {
            name = format!("{name} (мындан ары – {})", alias.value);
        }
        let age = noun.detail.when.as_ref().and_then(|when| self.age_of(when));
        let condition = noun
            .detail
            .when
            .as_ref()
            .filter(|_| age.is_none())
            .and_then(|when| self.condition(when));
        let definition = noun.detail.definition.as_ref().map(|text| self.inner(&text.value));
        let mut text = match (age, definition) {
            (Some(age), Some(definition)) => format!("{name} – {age} {definition}"),
            (Some(age), None) => format!("{name} – {age} адам"),
            (None, Some(definition)) => format!("{name} – {definition}"),
            (None, None) => name,
        };
        if let Some(by) = noun.detail.entered_by.filter(|_| !text.contains(" – ")) {
            text = format!("{text} – маалыматтарын {} берген адам", self.subject(by));
        } else if let Some(by) = noun.detail.entered_by {
            text = format!("{text}; анын маалыматтарын {} берет", self.subject(by));
        }
        if let Some(condition) = condition {
            text = format!("{text} ({condition})");
        }
        let alone = if text.contains(" – ") {
            text.clone()
        } else {
            format!(
                "{} {} жеке маалыматтарына тиешелүү",
                self.policy,
                words::genitive(&text)
            )
        };
        let mut said = item(&text, vec![self.noun_unit(id, &alone)]);
        said.items = children(&self.model.subjects, id)
            .map(|child| self.subject_item(child))
            .collect();
        folded(said)
    }
}
