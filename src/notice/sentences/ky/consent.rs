//! The list of legal bases, and for each consent: how it is given, how withdrawn, with what effect.

use kyrgyz::Case;

use super::bases::Class;
use super::{Said, Writer, folded, item, words};
use crate::model::noun::{Basis, Giver, Id, Means};
use crate::notice::document::Item;
use crate::notice::plan::{Says, children};

impl Writer<'_> {
    /// «Иштетүүнүн укуктук негиздери: …»
    pub(super) fn bases_clause(&self, ids: &[Id<Basis>]) -> Said {
        let mut items: Vec<Item> = ids.iter().map(|id| self.basis_item(*id)).collect();
        match items.as_mut_slice() {
            [one] if one.items.is_empty() => {
                let what = match words::is_plural(&one.text) {
                    true => "негиздери",
                    false => "негизи",
                };
                let text = format!("Жеке маалыматтарды иштетүүнүн укуктук {what} – {}", one.text);
                Said::text(words::sentence(&text)).with(std::mem::take(&mut one.units))
            }
            _ => Said::list(
                "Жеке маалыматтар төмөнкү укуктук негиздерде иштетилет:".to_owned(),
                items,
            ),
        }
    }

    fn basis_item(&self, id: Id<Basis>) -> Item {
        let noun = &self.model.bases[id];
        let label = self.name(id);
        let mut text = label.clone();
        if let Some(cites) = &noun.detail.cites {
            text = words::remark(&text, &self.resolve(&cites.value));
        }
        let (class, class_noun) = self.basis_class(id);
        // A label that says itself what kind of basis it is needs no name of the kind.
        let kind = class_noun.map(|class| self.name(class)).unwrap_or_default();
        let says_itself = kind
            .split_whitespace()
            .last()
            .is_some_and(|head| label.contains(words::stem(head)));
        if matches!(class, Class::Vital | Class::PublicTask | Class::Interest) && !says_itself {
            text = format!("{kind} – {text}");
        }
        if let Some(condition) = noun.detail.when.as_ref().and_then(|when| self.condition(when)) {
            text = format!("{text} – {condition}");
        }
        let numbers = self
            .plan
            .numbers(|says| matches!(says, Says::ConsentGiven(at) | Says::ConsentWithdrawn(at) if *at == id));
        if let Some(at) = words::numbered(&numbers, "пункт") {
            let given = self.plan.numbers(|says| *says == Says::ConsentGiven(id)).len();
            let what = match (given > 0, numbers.len() > given) {
                (true, true) => "аны берүү жана кайтарып алуу",
                (true, false) => "аны берүү",
                (false, _) => "аны кайтарып алуу",
            };
            text = words::remark(&text, &format!("{what} тартиби – {at}"));
        }
        let alone = format!("Жеке маалыматтар {} иштетилет", self.basis(id));
        let mut said = item(&text, vec![self.noun_unit(id, &alone)]);
        said.items = children(&self.model.bases, id)
            .map(|child| self.basis_item(child))
            .collect();
        folded(said)
    }

    /// A head with its ways: in the line if they are few and something must stand behind them, else as a list.
    fn ways_said(
        &self,
        means: &[Means],
        one: impl Fn(&str) -> String,
        head: &str,
        followed: bool,
    ) -> (String, Vec<Item>) {
        match self.ways(means).as_slice() {
            [] => (String::new(), Vec::new()),
            ways if ways.len() < 3 || followed => (one(&self.ways_joined(means, words::either)), Vec::new()),
            // The head says «төмөнкүлөрдүн бири аркылуу» for all of them.
            ways => {
                let bare = ways.iter().map(|way| way.strip_suffix(" аркылуу").unwrap_or(way));
                (head.to_owned(), bare.map(|way| item(way, Vec::new())).collect())
            }
        }
    }

    /// How a consent is given.
    pub(super) fn consent_given(&self, id: Id<Basis>) -> Said {
        let basis = &self.model.bases[id].detail;
        let label = self.name(id);
        let text = self.prose(basis.text.as_ref());
        let (head, items) = self.ways_said(
            &basis.given,
            |way| format!("{label} {way} берилет"),
            &format!("{label} төмөнкүлөрдүн бири аркылуу берилет:"),
            false,
        );
        Said::list(words::sentences([text, head]), items)
    }

    /// How it is withdrawn, and what follows.
    pub(super) fn consent_withdrawn(&self, id: Id<Basis>) -> Said {
        let basis = &self.model.bases[id].detail;
        let label = words::accusative(&self.name(id));
        let effect = self.prose(basis.effect.as_ref());
        let deadline = basis.deadline.map_or_else(String::new, |period| {
            format!("Макулдукту кайтарып алуу {} аткарылат", words::within(period.value))
        });
        let (head, items) = self.ways_said(
            &basis.withdraw,
            |way| format!("{label} каалаган убакта {way} кайтарып алууга болот"),
            &format!("{label} каалаган убакта төмөнкүлөрдүн бири аркылуу кайтарып алууга болот:"),
            !effect.is_empty() || !deadline.is_empty(),
        );
        Said::list(words::sentences([head, deadline, effect]), items)
    }

    /// Who gives it, from when, for how long, what a refusal means, whether one may object.
    pub(super) fn basis_terms(&self, id: Id<Basis>) -> Said {
        let basis = &self.model.bases[id].detail;
        let label = self.name(id);
        let mut parts = Vec::new();
        // The first sentence names the consent, those after it say «макулдук».
        let named = |parts: &Vec<String>, case: Case| {
            words::case(
                if parts.is_empty() {
                    label.as_str()
                } else {
                    "макулдук"
                },
                case,
            )
        };
        match basis.giver {
            Giver::Itself => {}
            // «Ата-эненин макулдугу» says it.
            Giver::Guardian
                if ["ата-эне", "камкорчу", "өкүл"]
                    .iter()
                    .any(|who| label.to_lowercase().contains(who)) => {}
            Giver::Guardian => parts.push(format!(
                "{} адамдын мыйзамдуу өкүлү берет",
                named(&parts, Case::Accusative)
            )),
            Giver::Either => parts.push(format!(
                "{} адамдын өзү же анын мыйзамдуу өкүлү берет",
                named(&parts, Case::Accusative)
            )),
        }
        match basis.separate {
            Some(true) => parts.push(format!(
                "{} башка шарттардан өзүнчө суралат",
                named(&parts, Case::Nominative)
            )),
            Some(false) => parts.push(format!(
                "{} бардык максаттарга бирге, өзүнчө бөлүнбөй берилет",
                named(&parts, Case::Nominative)
            )),
            None => {}
        }
        if let Some(date) = basis.from {
            parts.push(format!(
                "{} чейин берилген макулдук эске алынбайт",
                words::date(date.value, Case::Dative)
            ));
        }
        if let Some(period) = basis.term {
            let period = words::period(period.value).words();
            parts.push(format!(
                "{} берилген күндөн тартып {period} бою күчүндө болот",
                named(&parts, Case::Nominative)
            ));
        }
        if basis.survives_keep {
            let name = named(&parts, Case::Nominative);
            parts.push(format!(
                "{name} кайтарылып алынгандан кийин да маалыматтар белгиленген мөөнөт бүткөнгө чейин сакталат"
            ));
        }
        if basis.objectable {
            let can = if self.polite() {
                "маалыматтарыңыздын"
            } else {
                "өз маалыматтарынын"
            };
            let end = if self.polite() { "аласыз" } else { "алат" };
            parts.push(format!(
                "{} {can} {} иштетилишине каршы чыга {end}",
                self.person(),
                self.basis(id)
            ));
        }
        parts.push(self.prose(basis.refusal.as_ref()));
        Said::text(words::sentences(parts))
    }
}
