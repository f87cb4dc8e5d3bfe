//! Purposes: verbal nouns in the nominative, with any depth. Those that statements tell are only pointed to.

use super::{Said, Writer, folded, words};
use crate::model::noun::{Id, Purpose};
use crate::notice::document::{Item, Unit};
use crate::notice::plan::{self, Says, children};

impl Writer<'_> {
    /// «Жеке маалыматтар төмөнкү максаттарда иштетилет: …»
    pub(super) fn purposes(&self, ids: &[Id<Purpose>]) -> Said {
        let remain = ids.iter().filter(|id| self.remains(**id));
        let mut items: Vec<Item> = remain.map(|id| self.purpose_item(*id)).collect();
        let elsewhere = self.purposes_at(ids, true);
        let aims = match ids {
            [id] if children(&self.model.purposes, *id).next().is_none() => "максаты",
            _ => "максаттары",
        };
        let pointed = elsewhere.map(|at| format!("Жеке маалыматтарды иштетүүнүн {aims} {at} көрсөтүлгөн"));
        match (items.as_mut_slice(), pointed) {
            ([], pointed) => Said::text(words::sentence(&pointed.unwrap_or_default())),
            ([one], pointed) if one.items.is_empty() => {
                let units = std::mem::take(&mut one.units);
                let text = match pointed {
                    Some(pointed) => format!("{pointed}; аларга {} да кирет", one.text),
                    None => format!("Жеке маалыматтарды иштетүүнүн максаты – {}", one.text),
                };
                Said::text(words::sentence(&text)).with(units)
            }
            (_, Some(pointed)) => Said::list(format!("{pointed}. Аларга төмөнкүлөр да кирет:"), items),
            (_, None) => {
                let head = match self.purposes_before(ids) {
                    Some(at) => format!(
                        "Жеке маалыматтар {at} көрсөтүлгөн максаттардан тышкары төмөнкү максаттарда да иштетилет:"
                    ),
                    None => "Жеке маалыматтар төмөнкү максаттарда иштетилет:".to_owned(),
                };
                Said::list(head, items)
            }
        }
    }

    /// The paragraph of an earlier list of purposes.
    fn purposes_before(&self, ids: &[Id<Purpose>]) -> Option<String> {
        let lists = self.plan.paragraphs().filter_map(|paragraph| match &paragraph.says {
            Says::Purposes(listed) => Some((paragraph.number.as_str(), listed)),
            _ => None,
        });
        let first = lists.take_while(|(_, listed)| listed.as_slice() != ids).next();
        words::numbered(&[first?.0], "пункт")
    }

    pub(super) fn remains(&self, id: Id<Purpose>) -> bool {
        plan::remains(self.model, &self.told, id)
    }

    /// The unit of a purpose.
    pub(super) fn purpose_unit(&self, id: Id<Purpose>) -> Unit {
        self.noun_unit(id, &format!("Жеке маалыматтар {} үчүн иштетилет", self.name(id)))
    }

    /// A purpose with what explains it.
    pub(super) fn purpose_said(&self, id: Id<Purpose>) -> String {
        let it = &self.model.purposes[id].detail;
        let mut text = self.name(id);
        let definition = it.definition.as_ref().map(|text| self.inner(&text.value));
        let ends = it.ends.as_ref().map(|fact| self.reached_when(fact.value));
        for remark in definition.into_iter().chain(self.examples(&it.examples)).chain(ends) {
            text = words::remark(&text, &remark);
        }
        text
    }

    fn purpose_item(&self, id: Id<Purpose>) -> Item {
        let noun = &self.model.purposes[id];
        let below: Vec<Id<Purpose>> = children(&self.model.purposes, id).collect();
        let mut text = self.purpose_said(id);
        let mut said = Item {
            text: String::new(),
            items: Vec::new(),
            units: vec![self.purpose_unit(id)],
        };
        said.items = below
            .iter()
            .filter(|child| !self.told.contains(child) || self.remains(**child))
            .map(|child| self.purpose_item(*child))
            .collect();
        match (self.purposes_at(&below, false), said.items.is_empty()) {
            (None, true) => {}
            (None, false) => text.push_str(", анын ичинде"),
            (Some(at), true) => text.push_str(&format!(", анын ичинде {at} көрсөтүлгөндөр")),
            (Some(at), false) => text.push_str(&format!(", анын ичинде {at} көрсөтүлгөндөр, ошондой эле")),
        }
        if noun.open {
            words::leave_open(&mut text, &mut said.items, "ушул сыяктуу башка максаттар");
        }
        said.text = words::item(&text);
        folded(said)
    }
}
