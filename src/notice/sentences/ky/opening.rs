//! The opening: what the document is, whose, what it covers, where it is found.

use super::{Said, Writer, item, words};
use crate::model::Policy;
use crate::model::noun::Place;
use crate::model::sentence::Act;

impl Writer<'_> {
    /// «Бул Саясат … тартибин аныктайт.» Names are defined here, at their first mention.
    pub(super) fn opening(&self) -> Said {
        let controllers: Vec<_> = self
            .model
            .controllers
            .of_project()
            .filter(|(_, noun)| noun.label.is_some() || noun.detail.alias.is_some())
            .collect();
        let owners: Vec<String> = controllers
            .iter()
            .map(|(id, noun)| match (&noun.detail.alias, &noun.label) {
                (Some(alias), Some(_)) => {
                    let label = words::genitive(&self.name(*id));
                    words::remark(&label, &format!("мындан ары – {}", alias.value))
                }
                _ => words::genitive(&self.controller(*id)),
            })
            .collect();
        // Whom nobody names the text calls by the law's word: it is defined here like a name.
        let owners = match owners.is_empty() {
            true => "маалыматтарды кармоочунун (мындан ары – Кармоочу)".to_owned(),
            false => words::and(&owners),
        };
        let title = self.small(&self.title());
        let alias = if self.title() == self.policy {
            String::new()
        } else {
            format!(" (мындан ары – {})", self.policy)
        };
        Said::text(words::sentence(&format!(
            "Бул {title}{alias} {owners} жеке маалыматтарды {} тартибин аныктайт",
            words::and(&self.what_is_done())
        )))
    }

    /// What the policy speaks of, as verbal nouns.
    fn what_is_done(&self) -> Vec<String> {
        let collects = self
            .model
            .permissions
            .iter()
            .any(|said| said.acts.contains(&Act::Collect));
        let gives = self
            .model
            .permissions
            .iter()
            .any(|said| said.acts.contains(&Act::Share));
        let spoken = [
            (collects, "чогултуу"),
            (true, "иштетүү"),
            (gives, "өткөрүп берүү"),
            (!self.model.keeps.is_empty(), "сактоо"),
            (self.model.measures.of_project().next().is_some(), "коргоо"),
        ];
        let spoken = spoken.into_iter().filter(|(is, _)| *is);
        spoken.map(|(_, word)| word.to_owned()).collect()
    }

    fn policy_said(&self, say: impl Fn(&Policy) -> String) -> Said {
        Said::text(
            self.model
                .policy
                .as_ref()
                .map(|policy| words::sentence(&say(policy)))
                .unwrap_or_default(),
        )
    }

    /// What the document is for.
    pub(super) fn aim(&self) -> Said {
        let name = words::genitive(&self.policy);
        self.policy_said(|policy| {
            let aim = policy
                .purpose
                .as_ref()
                .map(|aim| self.inner(&aim.value))
                .unwrap_or_default();
            format!("{name} максаты – {aim}")
        })
    }

    /// What it covers.
    pub(super) fn coverage(&self) -> Said {
        self.policy_said(|policy| {
            let places: Vec<String> = policy
                .covers
                .iter()
                .map(|place| words::accusative(&self.place(place)))
                .collect();
            format!(
                "{} {} колдонууда алынган жеке маалыматтарга карата колдонулат",
                self.policy,
                words::and(&places)
            )
        })
    }

    /// The laws it was written under.
    pub(super) fn basis_documents(&self) -> Said {
        let laws = self.model.policy.iter().flat_map(|policy| &policy.basis_documents);
        let laws: Vec<String> = laws.map(|law| self.inner(&law.value)).collect();
        if words::is_long(&laws) {
            let head = format!("{} төмөнкү актыларга ылайык иштелип чыккан:", self.policy);
            return Said::list(
                words::sentence(&head),
                laws.iter().map(|law| item(law, Vec::new())).collect(),
            );
        }
        let laws: Vec<String> = laws.iter().map(|law| words::dative(law)).collect();
        Said::text(words::sentence(&format!(
            "{} {} ылайык иштелип чыккан",
            self.policy,
            words::and(&laws)
        )))
    }

    /// The documents it is part of.
    pub(super) fn belongs_to(&self) -> Said {
        let documents = self.model.policy.iter().flat_map(|policy| &policy.belongs_to);
        let documents: Vec<String> = documents.map(|document| self.resolve(&document.value)).collect();
        if words::is_long(&documents) {
            let head = format!(
                "{} төмөнкү документтердин ажырагыс бөлүгүн түзөт жана алар менен бирге колдонулат:",
                self.policy
            );
            return Said::list(
                words::sentence(&head),
                documents.iter().map(|document| item(document, Vec::new())).collect(),
            );
        }
        let several = documents.len() > 1 || documents.iter().any(|document| words::is_plural(document));
        let with = if several { "алар" } else { "аны" };
        let documents: Vec<String> = documents.iter().map(|document| words::genitive(document)).collect();
        let text = format!(
            "{} {} ажырагыс бөлүгүн түзөт жана {with} менен бирге колдонулат",
            self.policy,
            words::and(&documents)
        );
        Said::text(words::sentence(&text))
    }

    /// Where it can be read.
    pub(super) fn published(&self) -> Said {
        let name = words::genitive(&self.policy);
        self.policy_said(|policy| {
            let places: Vec<String> = policy
                .published
                .iter()
                .map(|place| words::locative(&self.place(place)))
                .collect();
            format!("{name} колдонуудагы редакциясы {} жеткиликтүү", words::and(&places))
        })
    }

    /// How it is accepted.
    pub(super) fn accepted(&self) -> Said {
        let name = words::accusative(&self.policy);
        self.policy_said(|policy| {
            let ways = self.ways_joined(&policy.accepted, words::either);
            format!(
                "{} {name} {ways} кабыл {}",
                self.person(),
                if self.polite() { "аласыз" } else { "алат" }
            )
        })
    }

    /// The language that decides.
    pub(super) fn prevails(&self) -> Said {
        let name = words::genitive(&self.policy);
        self.policy_said(|policy| {
            let language = match policy.prevails.as_ref().map(|word| word.value.as_str()) {
                Some("ru") => "орус",
                Some("en") => "англис",
                _ => "кыргыз",
            };
            format!("{name} ар башка тилдердеги тексттери айырмаланса, {language} тилиндеги текст артыкчылыкка ээ")
        })
    }

    /// «https://… веб-сайты», «MegaPay мобилдик тиркемеси».
    pub(super) fn place(&self, place: &Place) -> String {
        use kyrgyz::{Case, Number, Possessor};
        match place.kind {
            // A channel of the project may carry the address in its name.
            Some(kind) if self.name(kind).contains(&place.text.value) => self.name(kind),
            Some(kind) => {
                let kind = words::form(&self.name(kind), Number::Singular, Possessor::Third, Case::Nominative);
                format!("{} {kind}", place.text.value)
            }
            None => place.text.value.clone(),
        }
    }
}
