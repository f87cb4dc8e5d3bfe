//! Channels: how the controllers are reached.

use super::{Said, Writer, folded, item, words};
use crate::model::noun::{Channel, Controller, Id, Label};
use crate::notice::document::Item;
use crate::notice::plan::{Says, children};

impl Writer<'_> {
    /// «… менен төмөнкү каналдар аркылуу байланышууга болот: …»
    pub(super) fn channels(&self, ids: &[Id<Channel>]) -> Said {
        let with = self.controllers_together();
        let mut items: Vec<Item> = ids.iter().map(|id| self.channel_item(*id)).collect();
        if let [one] = items.as_mut_slice()
            && one.items.is_empty()
        {
            let units = std::mem::take(&mut one.units);
            return Said::text(words::sentence(&format!(
                "{with} менен байланышуу каналы: {}",
                one.text
            )))
            .with(units);
        }
        Said::list(
            format!("{with} менен төмөнкү каналдар аркылуу байланышууга болот:"),
            items,
        )
    }

    fn channel_item(&self, id: Id<Channel>) -> Item {
        let it = &self.model.channels[id].detail;
        let name = self.name(id);
        let alone = format!(
            "{} менен {name} аркылуу байланышууга болот",
            self.controllers_together()
        );
        let one =
            |name: &str, value: &Option<Label>| value.iter().map(|value| format!("{name}{}", value.value)).collect();
        let several = |name: &str, values: &[Label]| -> Vec<String> {
            let values: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
            if values.is_empty() {
                Vec::new()
            } else {
                vec![format!("{name}{}", values.join(", "))]
            }
        };
        // What stands among the requisites of the controllers is not said again.
        let known = |values: &[Label], own: fn(&Controller) -> &Vec<Label>| {
            let controllers: Vec<_> = self.model.controllers.of_project().collect();
            let has = |value: &Label| {
                let same = |known: &Label| known.value == value.value;
                controllers.iter().any(|(_, noun)| own(&noun.detail).iter().any(same))
            };
            values.iter().all(has)
        };
        let at = self.plan.numbers(|says| matches!(says, Says::Controller(_)));
        let requisites =
            it.phone.len() + it.email.len() > 1 && known(&it.phone, |it| &it.phone) && known(&it.email, |it| &it.email);
        if let Some(at) = words::numbered(&at, "пункт").filter(|_| requisites) {
            return item(&format!("{name} ({at})"), vec![self.noun_unit(id, &alone)]);
        }
        // A single detail needs no name: «электрондук почта – info@…».
        let kinds = [it.address.is_some(), !it.phone.is_empty(), !it.email.is_empty()];
        let single = kinds.into_iter().filter(|there| *there).count() == 1 && it.hours.is_none();
        let said = |there: bool, word: &'static str| if there && single { "" } else { word };
        let lines: [Vec<String>; 6] = [
            one("", &it.place),
            one(
                said(it.address.is_some(), "дареги: "),
                &it.address.clone().filter(|at| !name.contains(&at.value)),
            ),
            one("", &it.url.clone().filter(|url| !name.contains(&url.value))),
            several(said(!it.phone.is_empty(), "телефону: "), &it.phone),
            several(said(!it.email.is_empty(), "электрондук почтасы: "), &it.email),
            one("иш убактысы: ", &it.hours),
        ];
        let details = lines.concat();
        let text = if details.is_empty() {
            name
        } else {
            format!("{name} – {}", details.join("; "))
        };
        let mut said = item(&text, vec![self.noun_unit(id, &alone)]);
        said.items = children(&self.model.channels, id)
            .map(|child| self.channel_item(child))
            .collect();
        folded(said)
    }
}
