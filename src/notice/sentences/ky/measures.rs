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
        let (one, head) = if by.is_empty() {
            (
                "Жеке маалыматтарды коргоо чарасы:".to_owned(),
                "Жеке маалыматтарды коргоо үчүн төмөнкү чаралар көрүлөт:".to_owned(),
            )
        } else {
            let by = words::and(&by);
            (
                format!("{by} көргөн коргоо чарасы:"),
                format!("{by} жеке маалыматтарды коргоо үчүн төмөнкү чараларды көрөт:"),
            )
        };
        match items.as_mut_slice() {
            [only] if only.items.is_empty() => {
                Said::text(words::sentence(&format!("{one} {}", only.text))).with(std::mem::take(&mut only.units))
            }
            _ => Said::list(words::sentence(&head), items),
        }
    }

    fn measure_item(&self, id: Id<Measure>) -> Item {
        let it = &self.model.measures[id].detail;
        let name = self.name(id);
        let against: Vec<String> = it
            .against
            .iter()
            .map(|danger| words::ablative(&self.inner(&danger.value)))
            .collect();
        let data: Vec<String> = it
            .protects
            .iter()
            .map(|data| words::accusative(&self.name(*data)))
            .collect();
        let text = match (data.is_empty(), against.is_empty()) {
            (true, true) => name.clone(),
            (false, true) => format!("{name} – {} коргоо үчүн", words::and(&data)),
            (true, false) => format!("{name} – маалыматтарды {} коргоо үчүн", words::and(&against)),
            (false, false) => format!("{name} – {} {} коргоо үчүн", words::and(&data), words::and(&against)),
        };
        let alone = format!("Жеке маалыматтарды коргоо үчүн төмөнкү чара көрүлөт: {text}");
        let mut said = item(&text, vec![self.noun_unit(id, &alone)]);
        said.items = children(&self.model.measures, id)
            .map(|child| self.measure_item(child))
            .collect();
        folded(said)
    }
}
