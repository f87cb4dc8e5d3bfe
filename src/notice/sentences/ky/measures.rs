//! Security measures: what is done, to protect what against what.

use super::{Said, Writer, folded, item, words};
use crate::model::noun::{Id, Measure};
use crate::notice::document::Item;
use crate::notice::plan::children;

impl Writer<'_> {
    /// Measures that the same parties take.
    pub(super) fn measures(&self, ids: &[Id<Measure>]) -> Said {
        let Some(first) = ids.first() else {
            return Said::default();
        };
        let by: Vec<String> = self.model.measures[*first]
            .detail
            .by
            .iter()
            .map(|by| self.party(*by))
            .collect();
        let mut items: Vec<Item> = ids.iter().map(|id| self.measure_item(*id)).collect();
        match items.as_mut_slice() {
            [only] => {
                let (units, parts) = (std::mem::take(&mut only.units), std::mem::take(&mut only.items));
                let colon = if parts.is_empty() {
                    ""
                } else {
                    ", анын ичинде:"
                };
                let text = format!("{}{colon}", self.measure_sentence(*first, &by));
                Said::list(words::sentence(&text), parts).with(units)
            }
            _ if by.is_empty() => Said::list(
                "Жеке маалыматтарды коргоо үчүн төмөнкү чаралар көрүлөт:".to_owned(),
                items,
            ),
            _ => {
                let by = words::and(&by);
                let head = format!("{by} жеке маалыматтарды коргоо үчүн төмөнкү чараларды көрөт:");
                Said::list(words::sentence(&head), items)
            }
        }
    }

    /// One measure: «паролду жоготуудан коргоо үчүн шифрлөө колдонулат».
    fn measure_sentence(&self, id: Id<Measure>, by: &[String]) -> String {
        let name = self.name(id);
        let aim = self.measure_aim(id).unwrap_or_else(|| "жеке маалыматтарды".to_owned());
        let taken = name.ends_with("чаралар") || name.ends_with("чара");
        if words::is_action(&name) && name.contains(' ') {
            return match by {
                [] => format!("{aim} коргоо үчүн төмөнкү чара көрүлөт: {name}"),
                by => format!("{} {aim} коргоо үчүн төмөнкү чараны көрөт: {name}", words::and(by)),
            };
        }
        match (by, taken) {
            ([], true) => format!("{aim} коргоо үчүн {name} көрүлөт"),
            ([], false) => format!("{aim} коргоо үчүн {name} колдонулат"),
            (by, true) => format!(
                "{} {aim} коргоо үчүн {} көрөт",
                words::and(by),
                words::accusative(&name)
            ),
            (by, false) => format!(
                "{} {aim} коргоо үчүн {} колдонот",
                words::and(by),
                words::accusative(&name)
            ),
        }
    }

    /// What it protects, and against what; `None` if neither is said.
    fn measure_aim(&self, id: Id<Measure>) -> Option<String> {
        let it = &self.model.measures[id].detail;
        let against: Vec<String> = it
            .against
            .iter()
            .map(|danger| words::ablative(&self.inner(&danger.value)))
            .collect();
        // «жашырын сөздөрдү шифрлөө» says itself what is protected.
        let name = self.name(id);
        let unnamed = |label: &String| !name.contains(label.trim_end_matches(['ы', 'и', 'у', 'ү']));
        let data = it.protects.iter().map(|data| self.name(*data)).filter(unnamed);
        let data: Vec<String> = data.map(|label| words::accusative(&label)).collect();
        match (data.is_empty(), against.is_empty()) {
            (true, true) => None,
            (false, true) => Some(words::and(&data)),
            (true, false) => Some(format!("маалыматтарды {}", words::and(&against))),
            (false, false) => Some(format!("{} {}", words::and(&data), words::and(&against))),
        }
    }

    fn measure_item(&self, id: Id<Measure>) -> Item {
        let it = &self.model.measures[id].detail;
        let name = self.name(id);
        let text = match self.measure_aim(id) {
            Some(aim) => format!("{name} – {aim} коргоо үчүн"),
            None => name,
        };
        let by: Vec<String> = it.by.iter().map(|by| self.party(*by)).collect();
        let mut said = item(&text, vec![self.noun_unit(id, &self.measure_sentence(id, &by))]);
        said.items = children(&self.model.measures, id)
            .map(|child| self.measure_item(child))
            .collect();
        folded(said)
    }
}
