//! The slots of a sentence in words: which data and whose, from whom, to whom, for what, and what follows.

use kyrgyz::{Case, Number, Possessor};

use super::{Writer, words};
use crate::model::noun::{Data, Id, Purpose, Recipient, Source, Subject};
use crate::model::sentence::{Obligation, ObligationKind, Slot};
use crate::source::Spanned;
use crate::syntax::vocabulary::{Kind, Verb};

/// The data of a sentence in the forms that it needs.
pub(super) struct DataWords {
    /// Whose: «Колдонуучунун» or «Колдонуучуга тиешелүү»; empty if not said.
    pub(super) owner: String,
    /// Accusatives.
    pub(super) objects: Vec<String>,
    /// Nominatives, for a list behind a head.
    pub(super) names: Vec<String>,
    /// «маалыматтарды», or «маалыматтарын» after an owner in the genitive.
    pub(super) any: &'static str,
}

impl Writer<'_> {
    /// «төлөмдөрдү жүргүзүү үчүн».
    pub(super) fn for_purposes(&self, purposes: &[String]) -> Option<String> {
        (!purposes.is_empty()).then(|| format!("{} үчүн", words::and(purposes)))
    }

    /// Where data are taken from; `own` if the only controller takes them.
    pub(super) fn sources_of(&self, verb: Verb, slot: &Slot<Source>, own: bool) -> Option<String> {
        let takes = matches!(verb, Verb::Collect | Verb::Process);
        let names: Vec<String> = slot
            .names
            .iter()
            .map(|name| self.from(name.value, own && self.is_controller(name.value)))
            .collect();
        (takes && !slot.any && !names.is_empty()).then(|| words::and(&names))
    }

    fn is_controller(&self, source: Id<Source>) -> bool {
        self.model.sources[source]
            .detail
            .stands_for
            .is_some_and(|party| party.kind == Kind::Controller)
    }

    /// Recipients in the nominative.
    pub(super) fn recipients_of(&self, slot: &Slot<Recipient>) -> Vec<String> {
        let names = slot.names.iter().map(|name| self.recipient(name.value)).collect();
        let except: Vec<String> = slot
            .except
            .iter()
            .map(|name| words::ablative(&self.recipient(name.value)))
            .collect();
        match (slot.any, except.is_empty()) {
            (false, true) => names,
            (true, true) => vec!["бардык алуучулар".to_owned()],
            (_, false) => vec![format!("{} башка алуучулар", words::and(&except))],
        }
    }

    /// Purposes in the nominative.
    pub(super) fn purposes_of(&self, slot: &Slot<Purpose>) -> Vec<String> {
        let except: Vec<String> = slot
            .except
            .iter()
            .map(|name| words::ablative(&self.name(name.value)))
            .collect();
        let names: Vec<String> = slot.names.iter().map(|name| self.name(name.value)).collect();
        match (slot.any, except.is_empty()) {
            (false, true) => names,
            (true, true) => vec![format!(
                "ушул {} көрсөтүлгөн бардык максаттар",
                words::locative(&self.policy)
            )],
            (_, false) => vec![format!("{} башка максаттар", words::and(&except))],
        }
    }

    /// The data of a sentence, with whose they are.
    pub(super) fn data_words(&self, slot: &Slot<Data>, about: &[Spanned<Id<Subject>>]) -> DataWords {
        let except: Vec<String> = slot
            .except
            .iter()
            .map(|name| words::ablative(&self.name(name.value)))
            .collect();
        let labels: Vec<String> = if slot.any {
            let rest = if except.is_empty() {
                String::new()
            } else {
                format!("{} башка бардык ", words::and(&except))
            };
            vec![format!("{rest}жеке маалыматтар")]
        } else {
            slot.names.iter().map(|name| self.name(name.value)).collect()
        };
        let owners: Vec<String> = about.iter().map(|name| self.subject(name.value)).collect();
        let mentions = |label: &String| owners.iter().any(|owner| label.contains(owner.as_str()));
        // «Абоненттин эсеби» says itself whose it is.
        let names_all = |label: &String| {
            owners
                .iter()
                .all(|owner| label.contains(words::genitive(owner).as_str()))
        };
        let named = !slot.any && !owners.is_empty() && labels.iter().all(names_all);
        let owned = slot.any || !labels.iter().any(|label| words::has_owner(label) || mentions(label));
        let (owner, possessor) = match self.whose(about) {
            None => (String::new(), Possessor::None),
            Some(_) if named => (String::new(), Possessor::None),
            Some(owner) if owned && about.len() == 1 && self.reader() == Some(about[0].value) => {
                (owner, Possessor::SecondPolite)
            }
            Some(owner) if owned => (owner, Possessor::Third),
            Some(_) => {
                let owners: Vec<String> = owners.iter().map(|name| words::dative(name)).collect();
                (format!("{} тиешелүү", words::and(&owners)), Possessor::None)
            }
        };
        let form = |label: &String| {
            let text = words::form(label, Number::Singular, possessor, Case::Accusative);
            match slot.any || except.is_empty() {
                true => text,
                false => {
                    let except: Vec<String> = slot
                        .except
                        .iter()
                        .map(|name| words::accusative(&self.name(name.value)))
                        .collect();
                    format!("{text} ({} кошпогондо)", words::and(&except))
                }
            }
        };
        DataWords {
            objects: labels.iter().map(form).collect(),
            names: match slot.any || except.is_empty() {
                true => labels,
                false => {
                    let except: Vec<String> = slot
                        .except
                        .iter()
                        .map(|name| words::accusative(&self.name(name.value)))
                        .collect();
                    labels
                        .iter()
                        .map(|label| format!("{label} ({} кошпогондо)", words::and(&except)))
                        .collect()
                }
            },
            any: if possessor == Possessor::None {
                "маалыматтарды"
            } else {
                self.data_of(about)
            },
            owner,
        }
    }

    /// «паспорттук маалыматтарды», with the owner before it.
    pub(super) fn object(&self, slot: &Slot<Data>, about: &[Spanned<Id<Subject>>]) -> String {
        let data = self.data_words(slot, about);
        joined([
            Some(data.owner).filter(|owner| !owner.is_empty()),
            Some(words::and(&data.objects)),
        ])
    }

    /// What must be done afterwards, as further clauses of the sentence.
    pub(super) fn then(&self, then: &[Obligation]) -> String {
        let clauses = then.iter().map(|obligation| {
            let to: Vec<String> = obligation
                .to
                .iter()
                .map(|party| words::dative(&self.party(*party)))
                .collect();
            let to = (!to.is_empty()).then(|| words::and(&to));
            let within = obligation.within.map(|period| words::period(period).within());
            match obligation.what {
                ObligationKind::Notify => {
                    joined([Some("бул жөнүндө".to_owned()), to, within, Some("билдирет".to_owned())])
                }
                ObligationKind::Duty(duty) => {
                    let what = format!("{} милдеттүү", words::dative(&self.name(duty)));
                    joined([Some("андан кийин".to_owned()), within, to, Some(what)])
                }
                ObligationKind::Erase => joined([
                    Some("андан кийин аларды".to_owned()),
                    within,
                    Some("жок кылат".to_owned()),
                ]),
                ObligationKind::Anonymise => joined([
                    Some("андан кийин аларды".to_owned()),
                    within,
                    Some("ээсиздендирет".to_owned()),
                ]),
            }
        });
        clauses.map(|clause| format!(", {clause}")).collect()
    }
}

/// The parts that are there, with spaces.
pub(super) fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The verb of a statement, third person present.
pub(super) const fn verb(verb: Verb) -> &'static str {
    match verb {
        Verb::Collect => "чогултат",
        Verb::Use => "пайдаланат",
        Verb::Profile => "профилдейт",
        Verb::Store | Verb::Keep => "сактайт",
        Verb::Share => "өткөрүп берет",
        Verb::Publish => "ачыкка чыгарат",
        Verb::Anonymise => "ээсиздендирет",
        Verb::Erase => "жок кылат",
        Verb::Process => "чогултат, пайдаланат жана сактайт",
        Verb::Combine => "башка маалыматтар менен бириктирет",
    }
}
