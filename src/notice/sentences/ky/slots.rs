//! The slots of a sentence in words: which data and whose, from whom, to whom, for what, and what follows.

use kyrgyz::{Case, Number, Possessor};

use super::doings::Voice;
use super::{Writer, words};
use crate::model::noun::{Data, Id, Purpose, Recipient, Source, Subject};
use crate::model::sentence::{Obligation, ObligationKind, Slot};
use crate::source::Spanned;
use crate::syntax::vocabulary::{Kind, Verb};

/// The data of a sentence in the forms that it needs.
pub(super) struct DataWords {
    /// Whose: «Колдонуучунун» or «Колдонуучуга тиешелүү»; empty if not said.
    pub(super) owner: String,
    /// In the case of the sentence, possessed by the owner.
    pub(super) objects: Vec<String>,
    /// Nominatives, for a list behind a head.
    pub(super) names: Vec<String>,
    /// «маалыматтар» in the case of the objects, possessed after an owner in the genitive.
    pub(super) any: &'static str,
}

impl Writer<'_> {
    /// «төлөмдөрдү жүргүзүү үчүн».
    pub(super) fn for_purposes(&self, purposes: &[String]) -> Option<String> {
        (!purposes.is_empty()).then(|| format!("{} үчүн", words::and(purposes)))
    }

    /// Where data are taken from; `own` if the only controller takes them; from the `owner` of the data is «анын өзүнөн».
    pub(super) fn sources_of(
        &self,
        verb: Verb,
        slot: &Slot<Source>,
        own: bool,
        owner: Option<Id<Subject>>,
    ) -> Option<String> {
        let himself = |source: Id<Source>| {
            let party = self.model.sources[source].detail.stands_for;
            party.filter(|party| party.kind == Kind::Subject && owner == Some(Id::new(party.index)))
        };
        let takes = matches!(verb, Verb::Collect | Verb::Process);
        let names: Vec<String> = slot
            .names
            .iter()
            .map(|name| match himself(name.value) {
                Some(_) if owner == self.reader() => "өзүңүздөн".to_owned(),
                Some(_) => "анын өзүнөн".to_owned(),
                None => self.from(name.value, own && self.is_controller(name.value)),
            })
            .collect();
        (takes && !slot.any && !names.is_empty()).then(|| words::and(&names))
    }

    /// Whether data come by themselves: some source is automatic.
    pub(super) fn is_automatic(&self, verb: Verb, slot: &Slot<Source>) -> bool {
        let takes = matches!(verb, Verb::Collect | Verb::Process);
        takes && !slot.any && slot.names.iter().any(|name| self.source_is(name.value, "automatic"))
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

    /// The data of a sentence, with whose they are. What is taken out stands behind in brackets where an owner stands before.
    pub(super) fn data_words(&self, slot: &Slot<Data>, about: &[Id<Subject>], case: Case) -> DataWords {
        let except = |case: Case| -> Vec<String> {
            let names = slot.except.iter();
            names.map(|name| words::case(&self.name(name.value), case)).collect()
        };
        let taken_out = !slot.except.is_empty();
        let owner = self.whose(about);
        let labels: Vec<String> = match (slot.any, taken_out) {
            (true, true) if owner.is_none() => {
                vec![format!(
                    "{} башка бардык жеке маалыматтар",
                    words::and(&except(Case::Ablative))
                )]
            }
            (true, true) => vec!["бардык жеке маалыматтар".to_owned()],
            (true, false) => vec!["жеке маалыматтар".to_owned()],
            (false, _) => slot.names.iter().map(|name| self.name(name.value)).collect(),
        };
        let owners: Vec<String> = about.iter().map(|id| self.subject(*id)).collect();
        let mentions = |label: &String| owners.iter().any(|owner| label.contains(owner.as_str()));
        // «Абоненттин эсеби» says itself whose it is.
        let names_all = |label: &String| {
            let of = |owner: &String| label.contains(words::genitive(owner).as_str());
            let about = |owner: &String| label.contains(&format!("{owner} жөнүндө"));
            owners.iter().all(|owner| of(owner) || about(owner))
        };
        let named = !slot.any && !owners.is_empty() && labels.iter().all(names_all);
        let has_owner = |label: &String| words::has_owner(label) && !words::lacks_owner(label);
        let owned = slot.any || !labels.iter().any(|label| has_owner(label) || mentions(label));
        let aside = taken_out && !(slot.any && owner.is_none());
        let (owner, possessor) = match owner {
            // «Лицензиар бетинин сүрөтүн» would speak of the controller's face: whose it is, is said.
            None if !slot.any && labels.first().is_some_and(|label| words::lacks_owner(label)) => {
                ("адамдын".to_owned(), Possessor::None)
            }
            None => (String::new(), Possessor::None),
            Some(_) if named => (String::new(), Possessor::None),
            Some(owner) if owned && about.len() == 1 && self.reader() == Some(about[0]) => {
                (owner, Possessor::SecondPolite)
            }
            Some(owner) if owned => (owner, Possessor::Third),
            Some(_) => {
                let owners: Vec<String> = owners.iter().map(|name| words::dative(name)).collect();
                (format!("{} тиешелүү", words::and(&owners)), Possessor::None)
            }
        };
        let form = |label: &String, possessor: Possessor, case: Case| {
            let text = words::form(label, Number::Singular, possessor, case);
            match aside {
                false => text,
                true => words::remark(&text, &format!("{} кошпогондо", words::and(&except(Case::Accusative)))),
            }
        };
        DataWords {
            objects: labels.iter().map(|label| form(label, possessor, case)).collect(),
            names: labels
                .iter()
                .map(|label| form(label, Possessor::None, Case::Nominative))
                .collect(),
            any: if possessor == Possessor::None {
                self.data_in(&[], case)
            } else {
                self.data_in(about, case)
            },
            owner,
        }
    }

    /// What stands for data that were named: «аны», «аларды».
    pub(super) fn them(&self, slot: &Slot<Data>) -> &'static str {
        match slot.names.as_slice() {
            [one] if !slot.any && slot.except.is_empty() && !words::is_plural(&self.name(one.value)) => "аны",
            _ => "аларды",
        }
    }

    /// «паспорттук маалыматтарды», with the owner before it.
    pub(super) fn object(&self, slot: &Slot<Data>, about: &[Id<Subject>]) -> String {
        let data = self.data_words(slot, about, Case::Accusative);
        joined([
            Some(data.owner).filter(|owner| !owner.is_empty()),
            Some(words::and(&data.objects)),
        ])
    }

    /// What must be done afterwards, as further clauses of the sentence.
    pub(super) fn then(&self, then: &[Obligation], voice: Voice) -> String {
        let does = |active: &'static str, passive: &'static str| match voice {
            Voice::Active => Some(active.to_owned()),
            Voice::Passive => Some(passive.to_owned()),
        };
        let clauses = then.iter().map(|obligation| {
            let to: Vec<String> = obligation
                .to
                .iter()
                .map(|party| words::dative(&self.party(*party)))
                .collect();
            let to = (!to.is_empty()).then(|| words::and(&to));
            let within = obligation.within.map(words::within);
            let them = match voice {
                Voice::Active => Some("андан кийин аларды".to_owned()),
                Voice::Passive => Some("андан кийин алар".to_owned()),
            };
            match obligation.what {
                ObligationKind::Notify => joined([
                    Some("бул жөнүндө".to_owned()),
                    to,
                    within,
                    does("билдирет", "билдирилет"),
                ]),
                ObligationKind::Duty(duty) => {
                    let what = format!("{} милдеттүү", words::dative(&self.name(duty)));
                    let who = (voice == Voice::Passive).then(|| self.controllers_together());
                    joined([Some("андан кийин".to_owned()), who, within, to, Some(what)])
                }
                ObligationKind::Erase => joined([them, within, does("жок кылат", "жок кылынат")]),
                ObligationKind::Anonymise => joined([them, within, does("ээсиздендирет", "ээсиздендирилет")]),
            }
        });
        clauses.map(|clause| format!(", {clause}")).collect()
    }
}

/// What names stand for.
pub(super) fn values<D>(names: &[Spanned<Id<D>>]) -> Vec<Id<D>> {
    names.iter().map(|name| name.value).collect()
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
