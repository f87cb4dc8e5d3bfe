//! Controllers: what they are, whose agents, under which licence, and their requisites.

use super::{Said, Writer, item, words};
use crate::model::noun::{Controller, Id, Label};

impl Writer<'_> {
    /// One controller. Its name and alias stand in the opening.
    pub(super) fn controller_clause(&self, id: Id<Controller>) -> Said {
        let noun = &self.model.controllers[id];
        let it = &noun.detail;
        let name = self.controller(id);
        let mut parts = Vec::new();
        if !it.role.is_empty() {
            let roles: Vec<String> = it.role.iter().map(|role| self.inner(&role.value)).collect();
            parts.push(format!("{name} – {}", words::and(&roles)));
        }
        if !it.agent_of.is_empty() {
            let of: Vec<String> = it
                .agent_of
                .iter()
                .map(|of| words::genitive(&self.controller(*of)))
                .collect();
            parts.push(format!("{name} {} агенти катары иштейт", words::and(&of)));
        }
        if let Some(parent) = it.parent_body {
            parts.push(format!("{name} {} караштуу", words::dative(&self.controller(parent))));
        }
        if let Some(licence) = &it.licence {
            parts.push(format!(
                "{name} {} негизинде иштейт",
                words::genitive(&self.inner(&licence.value))
            ));
        }
        if let Some(country) = it.country {
            parts.push(format!("{name} {} катталган", words::locative(&self.name(country))));
        }
        let alone = match parts.as_slice() {
            [] => format!("{name} жеке маалыматтарды иштетет"),
            parts => words::sentences(parts.iter().cloned()),
        };
        let unit = self.noun_unit(id, &alone);
        let requisites = self.requisites(it);
        match requisites.as_slice() {
            [] => Said::text(words::sentence(&alone)).with(vec![unit]),
            [one] => {
                parts.push(format!("{} {one}", words::genitive(&name)));
                Said::text(words::sentences(parts)).with(vec![unit])
            }
            all => {
                let what = match it {
                    it if it.address.is_some() => "дареги жана реквизиттери",
                    it if it.inn.is_some() || it.okpo.is_some() => "реквизиттери",
                    _ => "байланыш маалыматтары",
                };
                parts.push(format!("{} {what}:", words::genitive(&name)));
                let items = all.iter().map(|line| item(line, Vec::new())).collect();
                Said::list(words::sentences(parts), items).with(vec![unit])
            }
        }
    }

    /// A controller where it is named first: «… ЖЧК (мындан ары – Компания)».
    pub(super) fn introduced(&self, id: Id<Controller>) -> String {
        let noun = &self.model.controllers[id];
        match (&noun.detail.alias, &noun.label) {
            (Some(alias), Some(label)) if alias.value != label.value => {
                words::remark(&self.name(id), &format!("мындан ары – {}", alias.value))
            }
            _ => self.controller(id),
        }
    }

    /// A controller in a paper of its own: who it is and how it is reached.
    pub(super) fn controller_in_brief(&self, id: Id<Controller>) -> Said {
        let it = &self.model.controllers[id].detail;
        let brief = Controller {
            address: it.address.clone(),
            phone: it.phone.clone(),
            email: it.email.clone(),
            responsible: it.responsible.clone(),
            contact: it.contact.clone(),
            ..Controller::default()
        };
        let name = self.introduced(id);
        let unit = self.noun_unit(id, &format!("{} жеке маалыматтарды иштетет", self.controller(id)));
        let lines = self.requisites(&brief);
        let said = match lines.as_slice() {
            [] => Said::text(words::sentence(&name)),
            lines => Said::list(
                words::sentence(&format!("{name}:")),
                lines.iter().map(|line| item(line, Vec::new())).collect(),
            ),
        };
        said.with(vec![unit])
    }

    fn requisites(&self, it: &Controller) -> Vec<String> {
        let one =
            |name: &str, value: &Option<Label>| value.iter().map(|value| format!("{name}: {}", value.value)).collect();
        let several = |name: &str, values: &[Label]| -> Vec<String> {
            let values: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
            if values.is_empty() {
                Vec::new()
            } else {
                vec![format!("{name}: {}", values.join(", "))]
            }
        };
        let lines: [Vec<String>; 9] = [
            one("дареги", &it.address),
            several("телефону", &it.phone),
            several("электрондук почтасы", &it.email),
            several("сайты", &it.site),
            one("ИНН", &it.inn),
            one("ОКПО", &it.okpo),
            one("жеке маалыматтар үчүн жооптуу адам", &it.responsible),
            one("жооптуу адам менен байланыш", &it.contact),
            it.employees
                .iter()
                .map(|count| format!("кызматкерлеринин саны: {}", count.value))
                .collect(),
        ];
        lines.concat()
    }
}
