//! Recipients: a list for each role, and for each one what protects the data with it.

use super::slots::joined;
use super::{Said, Writer, folded, item, words};
use crate::model::noun::{Id, Location, Recipient};
use crate::notice::document::Item;
use crate::notice::plan::children;

impl Writer<'_> {
    /// The recipients of one role.
    pub(super) fn recipients(&self, role: Option<Id<Recipient>>, ids: &[Id<Recipient>]) -> Said {
        let mut items: Vec<Item> = ids.iter().map(|id| self.recipient_item(*id)).collect();
        let role = role.map(|role| self.model.recipients[role].path.as_str());
        let by = self.controllers_in(kyrgyz::Case::Genitive);
        let single = match items.as_slice() {
            [only] if only.items.is_empty() => only.text.clone(),
            _ => String::new(),
        };
        let (head, one) = match role {
            Some("processor") => (
                format!("{by} тапшырмасы боюнча жеке маалыматтарды төмөнкүлөр иштетет:"),
                format!("{by} тапшырмасы боюнча жеке маалыматтарды {single} иштетет"),
            ),
            Some("joint_controller") => (
                format!(
                    "Жеке маалыматтарды {} менен бирге төмөнкүлөр иштетет:",
                    self.controllers_together()
                ),
                format!(
                    "Жеке маалыматтарды {} менен бирге {single} иштетет",
                    self.controllers_together()
                ),
            ),
            Some("state_body") => (
                "Жеке маалыматтар төмөнкү бийлик органдарына берилиши мүмкүн:".to_owned(),
                format!("Жеке маалыматтар {} берилиши мүмкүн", words::dative(&single)),
            ),
            Some("public") => (
                "Жеке маалыматтар төмөнкүлөр үчүн ачык болушу мүмкүн:".to_owned(),
                format!("Жеке маалыматтар {single} үчүн ачык болушу мүмкүн"),
            ),
            _ => (
                "Жеке маалыматтар төмөнкү үчүнчү жактарга өткөрүлүп берилиши мүмкүн:".to_owned(),
                format!("Жеке маалыматтар {} өткөрүлүп берилиши мүмкүн", words::dative(&single)),
            ),
        };
        match items.as_mut_slice() {
            [only] if only.items.is_empty() => Said::text(words::sentence(&one)).with(std::mem::take(&mut only.units)),
            _ => Said::list(words::sentence(&head), items),
        }
    }

    fn recipient_item(&self, id: Id<Recipient>) -> Item {
        let noun = &self.model.recipients[id];
        let name = self.name(id);
        let mut text = name.clone();
        let alias = noun.detail.alias.as_ref().filter(|alias| alias.value != name);
        if let Some(alias) = alias.filter(|alias| !self.defines(&alias.value)) {
            text = words::remark(&text, &format!("мындан ары – {}", alias.value));
        }
        let mut remarks: Vec<String> = Vec::new();
        let countries = noun.detail.locations.iter().map(|place| match place {
            Location::In(country) => self.name(*country),
            Location::Abroad => "чет мамлекеттерде".to_owned(),
        });
        let countries: Vec<String> = countries.collect();
        let said = noun
            .parent
            .is_some_and(|above| self.model.recipients[above].detail.locations == noun.detail.locations);
        if !countries.is_empty() && !said {
            remarks.push(words::and(&countries));
        }
        remarks.extend(self.examples(&noun.detail.examples));
        remarks.extend(noun.detail.site.iter().map(|site| site.value.clone()));
        if !remarks.is_empty() {
            text = words::remark(&text, &remarks.join("; "));
        }
        let below: Vec<Id<Recipient>> = children(&self.model.recipients, id).collect();
        if !below.is_empty() {
            text.push_str(", анын ичинде");
        }
        let alone = format!("Жеке маалыматтар {} өткөрүлүп берилиши мүмкүн", words::dative(&name));
        let mut said = item(&text, vec![self.noun_unit(id, &alone)]);
        said.items = below.into_iter().map(|child| self.recipient_item(child)).collect();
        if noun.open {
            words::leave_open(&mut said.text, &mut said.items, "башка алуучулар");
        }
        folded(said)
    }

    /// Contract, safeguard, onward sharing and how long it keeps the data.
    pub(super) fn recipient_terms(&self, id: Id<Recipient>) -> Said {
        let it = &self.model.recipients[id].detail;
        let name = self.recipient(id);
        let contract = it.contract.as_ref().map(|contract| {
            format!(
                "{name} {} негизинде жеке маалыматтарды алат",
                words::genitive(&self.inner(&contract.value))
            )
        });
        let safeguard = it.safeguard.as_ref().map(|safeguard| {
            format!(
                "{} өткөрүлүп берилген маалыматтар {} менен корголот",
                words::dative(&name),
                self.inner(&safeguard.value)
            )
        });
        let onward = it.onward.iter().map(|onward| {
            let purposes = self.for_purposes(&self.names(&onward.purposes));
            let to = Some(words::dative(&self.recipient(onward.to)));
            joined([
                Some(format!("{name} бул маалыматтарды")),
                purposes,
                to,
                Some("өткөрүп бериши мүмкүн".to_owned()),
            ])
        });
        let keeps = it.keeps.map(|keeps| {
            let period = words::period(keeps.value).words();
            format!("{name} алынган маалыматтарды {period} бою сактайт")
        });
        Said::text(words::sentences(
            contract.into_iter().chain(safeguard).chain(onward).chain(keeps),
        ))
    }

    /// What it must do.
    pub(super) fn recipient_duties(&self, id: Id<Recipient>) -> Said {
        let name = self.recipient(id);
        let duties = self.model.recipients[id].detail.duties.iter();
        let duties: Vec<String> = duties.map(|duty| words::dative(&self.inner(&duty.value))).collect();
        match duties.as_slice() {
            [one] => Said::text(words::sentence(&format!("{name} {one} милдеттүү"))),
            all => Said::list(
                words::sentence(&format!("{name} төмөнкүлөргө милдеттүү:")),
                all.iter().map(|duty| item(duty, Vec::new())).collect(),
            ),
        }
    }
}
