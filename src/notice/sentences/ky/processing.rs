//! Statements: who does what with which data, from whom, to whom, for what, on what basis, under which condition.
//!
//! A paragraph says once what its statements share. One row is one sentence; several are a head and a list.

use super::{Said, Writer, words};
use crate::meaning::SentenceRef;
use crate::model::noun::{Data, Id, Purpose, Recipient, Source, Subject};
use crate::model::sentence::{Obligation, ObligationKind, Permission, Slot};
use crate::notice::document::{Item, Unit};
use crate::notice::plan::{Flows, Row};
use crate::source::Spanned;
use crate::syntax::vocabulary::Verb;

/// The data of a sentence in the forms that it needs.
pub(super) struct DataWords {
    /// Whose: «Колдонуучунун» or «Колдонуучуга тиешелүү»; empty if not said.
    owner: String,
    /// Accusatives.
    objects: Vec<String>,
    /// Nominatives, for a list behind a head.
    names: Vec<String>,
    /// «маалыматтарды», or «маалыматтарын» after an owner in the genitive.
    any: &'static str,
}

/// What is done with the data: one or more verbs that share their adverbials.
#[derive(PartialEq, Eq)]
struct Doing {
    verbs: Vec<Verb>,
    source: Option<String>,
    recipients: Vec<String>,
    purposes: Vec<String>,
}

/// Which words of a sentence are set as a list behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    Nothing,
    Data,
    Purposes,
    Recipients,
}

impl Writer<'_> {
    /// A paragraph of statements.
    pub(super) fn flows(&self, flows: &Flows) -> Said {
        let block = &self.model.blocks[flows.block];
        let text = if flows.with_text {
            self.prose(block.text.as_ref())
        } else {
            String::new()
        };
        let said = match flows.rows.as_slice() {
            [row] => self.single(row),
            rows => self.several(rows),
        };
        let head = if text.is_empty() {
            said.text
        } else {
            format!("{text} {}", said.text)
        };
        Said { text: head, ..said }
    }

    fn permissions(&self, row: &Row) -> Vec<&Permission> {
        row.permissions.iter().map(|at| &self.model.permissions[*at]).collect()
    }

    fn units(&self, row: &Row) -> Vec<Unit> {
        let unit = |at: &usize| {
            let sentence = self.permission_sentence(&self.model.permissions[*at]);
            self.rule_unit(SentenceRef::Permission(*at), &sentence)
        };
        row.permissions.iter().map(unit).collect()
    }

    /// The sentence that says one statement alone.
    fn permission_sentence(&self, permission: &Permission) -> String {
        self.whole(&[permission], false).0
    }

    /// One row: a sentence, perhaps with one of its lists set behind it.
    fn single(&self, row: &Row) -> Said {
        let (text, items) = self.whole(&self.permissions(row), true);
        Said::list(words::sentence(&text), items).with(self.units(row))
    }

    fn whole(&self, permissions: &[&Permission], may_list: bool) -> (String, Vec<Item>) {
        let Some(first) = permissions.first() else {
            return (String::new(), Vec::new());
        };
        let doings = self.doings(permissions);
        let basis = self.bases(&first.bases);
        let by_the_verb = self.only_consent(&first.bases) && doings.len() == 1 && doings[0].verbs.len() == 1;
        let (early, late) = if by_the_verb { (None, basis) } else { (basis, None) };
        let place = self.places_at(&first.place);
        let lead = joined([Some(self.by(&first.by.clone())), place, early]);
        let data = self.data_words(&first.data, &first.about);
        let (body, items) = self.body(&data, &doings, late.as_deref(), may_list);
        let condition = self
            .condition(&first.when)
            .map_or_else(String::new, |condition| format!("{condition}, "));
        (
            close(
                format!("{condition}{lead} {body}"),
                self.then(&first.then),
                !items.is_empty(),
            ),
            items,
        )
    }

    /// Several rows: what they share goes into the head.
    fn several(&self, rows: &[Row]) -> Said {
        let first = &self.model.permissions[rows[0].permissions[0]];
        let all: Vec<Vec<&Permission>> = rows.iter().map(|row| self.permissions(row)).collect();
        let doings: Vec<Vec<Doing>> = all.iter().map(|row| self.doings(row)).collect();
        let same_condition = all.iter().all(|row| row[0].when == first.when);
        let shared = match doings.as_slice() {
            [one, rest @ ..] if one.len() == 1 => rest
                .iter()
                .all(|row| row.len() == 1 && row[0].verbs == one[0].verbs)
                .then(|| &one[0]),
            _ => None,
        };
        let identical = shared.is_some() && doings.iter().all(|row| *row == doings[0]);
        let condition = self.condition(&first.when).filter(|_| same_condition);
        let condition = condition.map_or_else(String::new, |condition| format!("{condition}, "));
        let lead = joined([
            Some(self.by(&first.by)),
            self.places_at(&first.place),
            self.bases(&first.bases),
        ]);
        let owner = self.whose(&first.about);
        let any = if owner.is_some() {
            "маалыматтарын"
        } else {
            "маалыматтарды"
        };
        let owner = owner.map_or_else(String::new, |owner| format!("{owner} "));
        let head = match shared {
            Some(doing) if identical => {
                format!(
                    "{condition}{lead} {owner}төмөнкү {any} {}:",
                    self.doing(doing, None, Listed::Nothing)
                )
            }
            Some(doing) => format!(
                "{condition}{lead} {owner}жеке {any} төмөнкүдөй {}:",
                verbs(&doing.verbs)
            ),
            None => format!("{condition}{lead} {owner}жеке {any} төмөнкүдөй иштетет:"),
        };
        let items = rows.iter().zip(&all).zip(&doings).map(|((row, permissions), doings)| {
            let data = self.data_words(&permissions[0].data, &[]);
            let (text, items) = match shared {
                Some(_) if identical => (words::and(&data.names), Vec::new()),
                Some(_) => self.elliptic(&data, &doings[0]),
                None => self.body(&data, doings, None, true),
            };
            let own = self.condition(&permissions[0].when).filter(|_| !same_condition);
            let own = own.map_or_else(String::new, |condition| format!("{condition}, "));
            let text = close(
                format!("{own}{text}"),
                self.then(&permissions[0].then),
                !items.is_empty(),
            );
            Item {
                text: words::item(&text),
                items,
                units: self.units(row),
            }
        });
        Said::list(words::sentence(&head), items.collect())
    }

    /// Data and verbs. One long list may be set behind: the data, else the purposes, else the recipients.
    fn body(&self, data: &DataWords, doings: &[Doing], late: Option<&str>, may_list: bool) -> (String, Vec<Item>) {
        let longs =
            |members: fn(&Doing) -> &Vec<String>| doings.iter().filter(|doing| words::is_long(members(doing))).count();
        let listed = if !may_list {
            Listed::Nothing
        } else if longs(|doing| &doing.purposes) == 1 && !words::is_long(&data.objects) {
            Listed::Purposes
        } else if words::is_long(&data.objects) {
            Listed::Data
        } else if longs(|doing| &doing.recipients) == 1 {
            Listed::Recipients
        } else {
            Listed::Nothing
        };
        let object = match listed {
            Listed::Data => format!("төмөнкү {}", data.any),
            _ => words::and(&data.objects),
        };
        let owner = if data.owner.is_empty() {
            String::new()
        } else {
            format!("{} ", data.owner)
        };
        let says: Vec<String> = doings.iter().map(|doing| self.doing(doing, late, listed)).collect();
        let says = if says.len() == 2 {
            says.join(" жана ")
        } else {
            words::and(&says)
        };
        let plain = |names: &[String]| {
            names
                .iter()
                .map(|name| super::item(name, Vec::new()))
                .collect::<Vec<_>>()
        };
        let items = match listed {
            Listed::Nothing => Vec::new(),
            Listed::Data => plain(&data.names),
            Listed::Purposes => doings
                .iter()
                .find(|doing| words::is_long(&doing.purposes))
                .map_or_else(Vec::new, |doing| plain(&doing.purposes)),
            Listed::Recipients => doings
                .iter()
                .find(|doing| words::is_long(&doing.recipients))
                .map_or_else(Vec::new, |doing| plain(&doing.recipients)),
        };
        (format!("{owner}{object} {says}"), items)
    }

    /// A row whose verb stands in the head: «паспорттук маалыматтарды – төлөмдөр үчүн».
    fn elliptic(&self, data: &DataWords, doing: &Doing) -> (String, Vec<Item>) {
        let plain = |names: &[String]| {
            names
                .iter()
                .map(|name| super::item(name, Vec::new()))
                .collect::<Vec<_>>()
        };
        let adverbials = self.adverbials(doing, Listed::Nothing);
        if words::is_long(&data.objects) && !adverbials.is_empty() {
            return (format!("{adverbials} төмөнкү маалыматтарды"), plain(&data.names));
        }
        let object = words::and(&data.objects);
        if words::is_long(&doing.purposes) {
            let rest = self.adverbials(doing, Listed::Purposes);
            return (format!("{object} – {rest}"), plain(&doing.purposes));
        }
        if adverbials.is_empty() {
            (object, Vec::new())
        } else {
            (format!("{object} – {adverbials}"), Vec::new())
        }
    }

    fn doing(&self, doing: &Doing, late: Option<&str>, listed: Listed) -> String {
        let adverbials = self.adverbials(doing, listed);
        joined([
            Some(adverbials).filter(|text| !text.is_empty()),
            late.map(str::to_owned),
            Some(verbs(&doing.verbs)),
        ])
    }

    /// From whom, to whom, for what.
    fn adverbials(&self, doing: &Doing, listed: Listed) -> String {
        let recipients = match listed {
            Listed::Recipients if words::is_long(&doing.recipients) => Some("төмөнкү алуучуларга".to_owned()),
            _ if doing.recipients.is_empty() => None,
            _ => Some(words::and(
                &doing
                    .recipients
                    .iter()
                    .map(|name| words::dative(name))
                    .collect::<Vec<_>>(),
            )),
        };
        let purposes = match listed {
            Listed::Purposes if words::is_long(&doing.purposes) => Some("төмөнкү максаттарда".to_owned()),
            _ => self.for_purposes(&doing.purposes),
        };
        joined([doing.source.clone(), recipients, purposes])
    }

    /// «төлөмдөрдү жүргүзүү үчүн».
    pub(super) fn for_purposes(&self, purposes: &[String]) -> Option<String> {
        (!purposes.is_empty()).then(|| format!("{} үчүн", words::and(purposes)))
    }

    /// The statements as verbs with what belongs to them; neighbours that share it are one.
    fn doings(&self, permissions: &[&Permission]) -> Vec<Doing> {
        let mut all: Vec<Doing> = Vec::new();
        for permission in permissions {
            let own = permission.by.atoms.len() == 1;
            let doing = Doing {
                verbs: vec![permission.verb.value],
                source: self.sources_of(permission.verb.value, &permission.source, own),
                recipients: permission
                    .recipient
                    .as_ref()
                    .map(|slot| self.recipients_of(slot))
                    .unwrap_or_default(),
                purposes: permission
                    .purpose
                    .as_ref()
                    .map(|slot| self.purposes_of(slot))
                    .unwrap_or_default(),
            };
            let same = |known: &&mut Doing| {
                known.verbs == doing.verbs && known.source == doing.source && known.recipients == doing.recipients
            };
            match all.iter_mut().find(same) {
                Some(known) => {
                    let new: Vec<String> = doing
                        .purposes
                        .into_iter()
                        .filter(|purpose| !known.purposes.contains(purpose))
                        .collect();
                    known.purposes.extend(new);
                }
                None => all.push(doing),
            }
        }
        // «чогултат жана пайдаланат»: the second has nothing of its own.
        let mut merged: Vec<Doing> = Vec::new();
        for doing in all {
            match merged.last_mut() {
                Some(last)
                    if last.purposes == doing.purposes
                        && doing.source.is_none()
                        && doing.recipients == last.recipients =>
                {
                    last.verbs.extend(doing.verbs);
                }
                _ => merged.push(doing),
            }
        }
        merged
    }

    fn sources_of(&self, verb: Verb, slot: &Slot<Source>, own: bool) -> Option<String> {
        let takes = matches!(verb, Verb::Collect | Verb::Process);
        let names: Vec<String> = slot
            .names
            .iter()
            .map(|name| self.from(name.value, own && self.is_controller(name.value)))
            .collect();
        (takes && !slot.any && !names.is_empty()).then(|| words::and(&names))
    }

    fn is_controller(&self, source: Id<Source>) -> bool {
        use crate::syntax::vocabulary::Kind;
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
        use kyrgyz::{Case, Number, Possessor};
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
        let owned = slot.any || !labels.iter().any(|label| words::has_owner(label) || mentions(label));
        let (owner, possessor) = match self.whose(about) {
            None => (String::new(), Possessor::None),
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
            any: if possessor == Possessor::Third {
                "маалыматтарын"
            } else {
                "маалыматтарды"
            },
            names: labels,
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

/// Ends a sentence: what follows from it, and a colon if a list does.
fn close(text: String, then: String, list: bool) -> String {
    format!("{text}{then}{}", if list { ":" } else { "" })
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

fn verbs(all: &[Verb]) -> String {
    let said: Vec<String> = all.iter().map(|one| verb(*one).to_owned()).collect();
    words::and(&said)
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
