//! Classes of people.

use super::{Said, Writer, folded, item, words};
use crate::model::noun::{Id, Subject};
use crate::notice::document::Item;
use crate::notice::plan::children;

impl Writer<'_> {
    /// «Саясат төмөнкү адамдардын жеке маалыматтарына тиешелүү: …»
    pub(super) fn subjects(&self, ids: &[Id<Subject>]) -> Said {
        let mut items: Vec<Item> = ids.iter().map(|id| self.subject_item(*id)).collect();
        if let [one] = items.as_mut_slice() {
            let (units, parts) = (std::mem::take(&mut one.units), std::mem::take(&mut one.items));
            let text = units.first().map(|unit| unit.sentence.clone()).unwrap_or_default();
            let text = match parts.is_empty() {
                true => text,
                false => format!("{}, анын ичинде:", text.trim_end_matches('.')),
            };
            return Said::list(text, parts).with(units);
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
        if self.reader() == Some(id) {
            name = format!("{name} (мындан ары – Сиз)");
        }
        let age = noun.detail.when.as_ref().and_then(|when| self.age_of(when));
        let condition = noun
            .detail
            .when
            .as_ref()
            .filter(|_| age.is_none())
            .and_then(|when| self.condition(when));
        let definition = noun.detail.definition.as_ref().map(|text| self.inner(&text.value));
        let entered_by = noun.detail.entered_by.map(|by| self.subject(by));
        let (defined, mut text) = match (age, definition, &entered_by) {
            (Some(age), Some(definition), _) => (true, format!("{name} – {age} {definition}")),
            (Some(age), None, _) => (true, format!("{name} – {age} адам")),
            (None, Some(definition), _) => (true, format!("{name} – {definition}")),
            (None, None, Some(by)) => (true, format!("{name} – маалыматтарын {by} берген адам")),
            (None, None, None) => (false, name),
        };
        if let Some(condition) = condition {
            text = format!("{text} ({condition})");
        }
        if let Some(by) = entered_by.filter(|_| noun.detail.definition.is_some() || noun.detail.when.is_some()) {
            text = format!("{text}, анын маалыматтарын {by} берет");
        }
        let alone = if defined {
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
