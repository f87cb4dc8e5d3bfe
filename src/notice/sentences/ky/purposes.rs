//! Purposes: verbal nouns in the nominative, with any depth.

use super::{Said, Writer, folded, words};
use crate::model::noun::{Id, Purpose};
use crate::notice::document::Item;
use crate::notice::plan::children;

impl Writer<'_> {
    /// «Жеке маалыматтар төмөнкү максаттарда иштетилет: …»
    pub(super) fn purposes(&self, ids: &[Id<Purpose>]) -> Said {
        let mut items: Vec<Item> = ids.iter().map(|id| self.purpose_item(*id)).collect();
        if let [one] = items.as_mut_slice()
            && one.items.is_empty()
        {
            let units = std::mem::take(&mut one.units);
            return Said::text(words::sentence(&format!(
                "Жеке маалыматтарды иштетүүнүн максаты – {}",
                one.text
            )))
            .with(units);
        }
        Said::list("Жеке маалыматтар төмөнкү максаттарда иштетилет:".to_owned(), items)
    }

    fn purpose_item(&self, id: Id<Purpose>) -> Item {
        let noun = &self.model.purposes[id];
        let name = self.name(id);
        let alone = format!("Жеке маалыматтар {name} үчүн иштетилет");
        let below: Vec<Id<Purpose>> = children(&self.model.purposes, id).collect();
        let mut text = name;
        if let Some(definition) = &noun.detail.definition {
            text = format!("{text} – {}", self.inner(&definition.value));
        }
        if let Some(examples) = self.examples(&noun.detail.examples) {
            text = format!("{text} ({examples})");
        }
        let mut said = Item {
            text: String::new(),
            items: Vec::new(),
            units: vec![self.noun_unit(id, &alone)],
        };
        said.items = below.iter().map(|child| self.purpose_item(*child)).collect();
        if !below.is_empty() {
            text.push_str(if noun.open {
                ", анын ичинде, бирок булар менен чектелбестен"
            } else {
                ", анын ичинде"
            });
        } else if noun.open {
            text.push_str(" ж.б.");
        }
        said.text = words::item(&text);
        folded(said)
    }
}
