//! Where data come from: permissions of a device, registers, what is gathered by itself.

use super::{Said, Writer, folded, item, words};
use crate::model::noun::{Id, Source};
use crate::notice::document::{Item, Unit};
use crate::notice::plan::{self, children};

impl Writer<'_> {
    /// What the application may reach on the device.
    pub(super) fn device_permissions(&self, ids: &[Id<Source>]) -> Said {
        let leave = self.leave();
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
        let program = self.program();
        if let [one] = items.as_mut_slice() {
            units.append(&mut one.units);
            let (name, refuse) = match one.text.split_once(" – ") {
                Some((name, refuse)) => (name, format!("; {refuse}")),
                None => (one.text.as_str(), String::new()),
            };
            let name = words::dative(name);
            let text = format!("{program} {name} {leave} менен гана жетки алат{refuse}");
            return Said::text(words::sentence(&text)).with(units);
        }
        let head = format!("{program} {leave} менен гана түзмөктөгү төмөнкүлөргө жетки алат:");
        Said::list(head, items).with(units)
    }

    /// What asks for access: the application, or each of them.
    fn program(&self) -> &'static str {
        let channels = self.model.channels.of_project();
        match channels.filter(|(id, _)| self.channel_is(*id, "app")).count() {
            0 | 1 => "Мобилдик тиркеме",
            _ => "Мобилдик тиркемелер",
        }
    }

    /// «Колдонуучунун уруксаты».
    fn leave(&self) -> String {
        let leave = if self.polite() {
            "уруксатыңыз"
        } else {
            "уруксаты"
        };
        format!("{} {leave}", self.person_in(kyrgyz::Case::Genitive))
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
            "{} {} {} менен гана жетки алат",
            self.program(),
            words::dative(&name),
            self.leave()
        );
        let mut said = item(&text, vec![self.noun_unit(id, &alone)]);
        said.items = children(&self.model.sources, id)
            .map(|child| self.permission_item(child))
            .collect();
        folded(said)
    }

    /// Other sources.
    pub(super) fn sources(&self, ids: &[Id<Source>]) -> Said {
        let remains = |id: &Id<Source>| plan::source_remains(self.model, &self.told_sources, *id);
        let (left, out): (Vec<Id<Source>>, Vec<Id<Source>>) = ids.iter().partition(|id| remains(id));
        let mut items: Vec<Item> = left.iter().map(|id| self.source_item(*id)).collect();
        let pointed = self.sources_at(ids, &out);
        let pointed = pointed.map(|at| format!("Маалыматтардын булактары {at} көрсөтүлгөн"));
        match (items.as_mut_slice(), pointed) {
            ([], pointed) => Said::text(words::sentence(&pointed.unwrap_or_default())),
            ([one], pointed) if one.items.is_empty() => {
                let units = std::mem::take(&mut one.units);
                let text = match pointed {
                    Some(pointed) => format!("{pointed}. Алардын бири – {}", one.text.replace(" – ", "; ")),
                    None if self.model.sources[left[0]].detail.refuse.is_none() => {
                        format!("Маалыматтар {} да алынат", self.from(left[0], false))
                    }
                    None => format!("Маалыматтардын булагы – {}", one.text),
                };
                Said::text(words::sentence(&text)).with(units)
            }
            (_, Some(pointed)) => {
                let among = match left.iter().all(|id| self.told_sources.contains(id)) {
                    true => "Алардын айрымдары:",
                    false => "Аларга төмөнкүлөр да кирет:",
                };
                Said::list(format!("{pointed}. {among}"), items)
            }
            (_, None) => Said::list("Маалыматтар төмөнкү булактардан да алынат:".to_owned(), items),
        }
    }

    /// The unit of a source.
    pub(super) fn source_unit(&self, id: Id<Source>) -> Unit {
        self.noun_unit(id, &format!("Маалыматтардын булактарынын бири – {}", self.name(id)))
    }

    fn source_item(&self, id: Id<Source>) -> Item {
        let it = &self.model.sources[id].detail;
        let mut text = self.name(id);
        if let Some(refuse) = &it.refuse {
            text = format!(
                "{text} – маалымат чогултууну {} аркылуу токтотууга болот",
                self.inner(&refuse.value)
            );
        }
        if let Some(period) = it.notify {
            let person = self.person_in(kyrgyz::Case::Dative);
            text = format!(
                "{text}; андан маалымат алынганы жөнүндө {person} {} билдирилет",
                words::within(period.value)
            );
        }
        let mut said = item(&text, vec![self.source_unit(id)]);
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
        let name = self.name(id);
        let is_used = self.source_is(id, "device_permission");
        match (is_used, self.source_is(id, "automatic"), words::is_action(&name)) {
            (true, ..) | (false, false, true) => format!("{name} аркылуу"),
            (false, true, true) => words::locative(&name),
            (false, _, false) => words::ablative(&name),
        }
    }

    /// Whether a source lies below a class of the taxonomy.
    pub(super) fn source_is(&self, id: Id<Source>, path: &str) -> bool {
        let class = self.model.sources.iter().find(|(_, noun)| noun.path == path);
        class.is_some_and(|(class, _)| self.model.sources.below(id, class))
    }
}
