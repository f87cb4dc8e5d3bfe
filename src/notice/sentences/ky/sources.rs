//! Where data come from: permissions of a device, registers, what is gathered by itself.

use super::{Said, Writer, folded, item, words};
use crate::model::noun::{Id, Source};
use crate::notice::document::Item;
use crate::notice::plan::children;

impl Writer<'_> {
    /// What the application may reach on the device.
    pub(super) fn device_permissions(&self, ids: &[Id<Source>]) -> Said {
        let owner = self.person_in(kyrgyz::Case::Genitive);
        // A group that only holds the permissions is named by the head sentence.
        let mut units = Vec::new();
        let mut items = Vec::new();
        for &id in ids {
            let below: Vec<Id<Source>> = children(&self.model.sources, id).collect();
            if below.is_empty() {
                items.push(self.permission_item(id));
            } else {
                units.push(self.noun_unit(
                    id,
                    &format!("Маалыматтардын айрымдары {} аркылуу алынат", self.name(id)),
                ));
                items.extend(below.into_iter().map(|child| self.permission_item(child)));
            }
        }
        if let [one] = items.as_mut_slice() {
            units.append(&mut one.units);
            let text = format!(
                "Мобилдик тиркеме {owner} уруксаты менен гана түзмөктөгү маалыматтарга жетки алат: {}",
                one.text
            );
            return Said::text(words::sentence(&text)).with(units);
        }
        let head =
            format!("Мобилдик тиркеме {owner} уруксаты менен гана түзмөктүн төмөнкү мүмкүнчүлүктөрүнө жетки алат:");
        Said::list(head, items).with(units)
    }

    fn permission_item(&self, id: Id<Source>) -> Item {
        let it = &self.model.sources[id].detail;
        let name = self.name(id);
        let mut text = name.clone();
        let systems = [("Android", &it.android), ("iOS", &it.ios)];
        let names = systems
            .iter()
            .filter_map(|(system, name)| Some(format!("{system}: {}", name.as_ref()?.value)));
        let names: Vec<String> = names.collect();
        if !names.is_empty() {
            text = format!("{text} ({})", names.join(", "));
        }
        if let Some(refuse) = &it.refuse {
            text = format!(
                "{text} – жеткини {} аркылуу токтотууга болот",
                self.inner(&refuse.value)
            );
        }
        let alone = format!(
            "Мобилдик тиркеме {} уруксаты менен гана жетки алат: {name}",
            self.person_in(kyrgyz::Case::Genitive)
        );
        let mut said = item(&text, vec![self.noun_unit(id, &alone)]);
        said.items = children(&self.model.sources, id)
            .map(|child| self.permission_item(child))
            .collect();
        folded(said)
    }

    /// Other sources.
    pub(super) fn sources(&self, ids: &[Id<Source>]) -> Said {
        let mut items: Vec<Item> = ids.iter().map(|id| self.source_item(*id)).collect();
        if let [one] = items.as_mut_slice()
            && one.items.is_empty()
        {
            let units = std::mem::take(&mut one.units);
            return Said::text(words::sentence(&format!("Маалыматтардын булагы – {}", one.text))).with(units);
        }
        Said::list("Маалыматтар төмөнкү булактардан да алынат:".to_owned(), items)
    }

    fn source_item(&self, id: Id<Source>) -> Item {
        let it = &self.model.sources[id].detail;
        let mut text = self.name(id);
        let alone = format!("Маалыматтардын булактарынын бири – {text}");
        if let Some(refuse) = &it.refuse {
            text = format!(
                "{text} – маалымат чогултууну {} аркылуу токтотууга болот",
                self.inner(&refuse.value)
            );
        }
        if let Some(period) = it.notify {
            let person = self.person_in(kyrgyz::Case::Dative);
            text = format!(
                "{text}, бул жөнүндө {person} {} билдирилет",
                words::period(period.value).within()
            );
        }
        let mut said = item(&text, vec![self.noun_unit(id, &alone)]);
        said.items = children(&self.model.sources, id)
            .map(|child| self.source_item(child))
            .collect();
        folded(said)
    }

    /// Where data are taken from, as an adverbial.
    pub(super) fn from(&self, id: Id<Source>, own: bool) -> String {
        let noun = &self.model.sources[id];
        if let Some(party) = noun.detail.stands_for {
            return if own {
                "өзүнүн булактарынан".to_owned()
            } else {
                words::ablative(&self.party(party))
            };
        }
        let is = |path: &str| {
            let class = self.model.sources.iter().find(|(_, noun)| noun.path == path);
            class.is_some_and(|(class, _)| self.model.sources.below(id, class))
        };
        let name = self.name(id);
        if is("device_permission") {
            return format!("{name} аркылуу");
        }
        match (is("automatic"), words::is_action(&name)) {
            (true, true) => format!("{} автоматтык түрдө", words::locative(&name)),
            (true, false) => format!("{} автоматтык түрдө", words::ablative(&name)),
            (false, true) => format!("{name} аркылуу"),
            (false, false) => words::ablative(&name),
        }
    }
}
