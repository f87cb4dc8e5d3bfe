//! Data categories with what belongs to them.

use kyrgyz::Case;

use super::{Said, Writer, folded, item, words};
use crate::model::noun::{Data, Id, Label};
use crate::notice::document::Item;
use crate::notice::plan::children;
use crate::source::Origin;

impl Writer<'_> {
    /// A category with its parts.
    pub(super) fn data_tree(&self, id: Id<Data>) -> Said {
        let noun = &self.model.data[id];
        let label = self.name(id);
        let remarks = self.remarks(id);
        let remarks = if remarks.is_empty() {
            String::new()
        } else {
            format!(" ({})", remarks.join("; "))
        };
        let items: Vec<Item> = self.parts(id, &label);
        let mut parts = Vec::new();
        if let Some(definition) = &noun.detail.definition {
            parts.push(format!("{label} – {}", self.inner(&definition.value)));
        }
        match items.as_slice() {
            [one] => {
                let end = if one.items.is_empty() {
                    ""
                } else {
                    ", анын ичинде:"
                };
                parts.push(format!("{}{remarks} {} кирет{end}", words::dative(&label), one.text));
                let mut units = vec![self.noun_unit(id, &self.in_general(id))];
                units.extend(one.units.iter().cloned());
                Said::list(words::sentences(parts), one.items.clone()).with(units)
            }
            _ => {
                parts.push(format!("{}{remarks} төмөнкүлөр кирет:", words::dative(&label)));
                Said::list(words::sentences(parts), items).with(vec![self.noun_unit(id, &self.in_general(id))])
            }
        }
    }

    /// Categories without parts.
    pub(super) fn data_list(&self, ids: &[Id<Data>]) -> Said {
        let units = |id: Id<Data>| vec![self.noun_unit(id, &self.in_general(id))];
        match ids {
            [id] => {
                let text = format!("Иштетилүүчү маалыматтарга {} да кирет", self.data_text(*id));
                Said::text(words::sentence(&text)).with(units(*id))
            }
            ids => {
                let items = ids.iter().map(|id| item(&self.data_text(*id), units(*id))).collect();
                Said::list("Иштетилүүчү маалыматтарга төмөнкүлөр да кирет:".to_owned(), items)
            }
        }
    }

    /// What the law protects specially; a view of items that have their units above.
    pub(super) fn special_data(&self, ids: &[Id<Data>]) -> Said {
        let case = if ids.len() == 1 { Case::Dative } else { Case::Nominative };
        let class = |id: Id<Data>| {
            let is = self.model.data[id].is.iter();
            let classes = is.filter(|class| self.model.data[**class].origin != Origin::Project);
            words::and(
                &classes
                    .map(|class| words::case(&self.name(*class), case))
                    .collect::<Vec<_>>(),
            )
        };
        match ids {
            [id] => Said::text(words::sentence(&format!(
                "{} өзгөчө корголуучу {} кирет",
                self.name(*id),
                class(*id)
            ))),
            ids => {
                let items = ids
                    .iter()
                    .map(|id| item(&format!("{} – {}", self.name(*id), class(*id)), Vec::new()));
                Said::list(
                    "Төмөнкү маалыматтар мыйзам боюнча өзгөчө корголот:".to_owned(),
                    items.collect(),
                )
            }
        }
    }

    /// The parts of a category as items, with any depth; an open list ends in «ж.б.».
    fn parts(&self, id: Id<Data>, whole: &str) -> Vec<Item> {
        let below: Vec<Id<Data>> = children(&self.model.data, id).collect();
        let mut items: Vec<Item> = below
            .iter()
            .map(|child| {
                let alone = format!("{} {} кирет", words::dative(whole), self.name(*child));
                let mut said = item(&self.data_text(*child), vec![self.noun_unit(*child, &alone)]);
                said.items = self.parts(*child, &self.name(*child));
                folded(said)
            })
            .collect();
        if self.model.data[id].open
            && let Some(last) = items.last_mut()
            && last.items.is_empty()
        {
            last.text.push_str(" ж.б.");
        }
        items
    }

    /// A category with its remarks.
    fn data_text(&self, id: Id<Data>) -> String {
        let noun = &self.model.data[id];
        let mut text = self.name(id);
        let mut remarks = self.remarks(id);
        if noun.open && children(&self.model.data, id).next().is_none() {
            text.push_str(" ж.б.");
        }
        if let Some(definition) = &noun.detail.definition {
            remarks.insert(0, self.inner(&definition.value));
        }
        if !remarks.is_empty() {
            text = format!("{text} ({})", remarks.join("; "));
        }
        text
    }

    fn remarks(&self, id: Id<Data>) -> Vec<String> {
        let noun = &self.model.data[id];
        let mut remarks: Vec<String> = noun.detail.form.iter().map(|form| self.inner(&form.value)).collect();
        remarks.extend(self.examples(&noun.detail.examples));
        if noun.optional {
            remarks.push("каалоо боюнча берилет".to_owned());
        }
        remarks
    }

    /// «мисалы, A жана B».
    pub(super) fn examples(&self, examples: &[Label]) -> Option<String> {
        let examples: Vec<String> = examples.iter().map(|example| self.inner(&example.value)).collect();
        (!examples.is_empty()).then(|| format!("мисалы, {}", words::or(&examples)))
    }

    fn in_general(&self, id: Id<Data>) -> String {
        format!("Иштетилүүчү маалыматтарга {} кирет", self.name(id))
    }
}
