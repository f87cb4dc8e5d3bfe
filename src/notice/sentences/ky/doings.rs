//! Verbs with what belongs to them: for what, from whom, to whom. Neighbours that share it are one.

use std::collections::BTreeMap;

use kyrgyz::Case;

use super::processing::Listed;
use super::slots::joined;
use super::{Writer, words};
use crate::model::noun::{Id, Subject};
use crate::model::sentence::Permission;
use crate::notice::document::Item;
use crate::syntax::vocabulary::Verb;

/// Whether the sentence names who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// «Компания маалыматтарды чогултат».
    Active,
    /// «маалыматтар чогултулат»: who acts was said before.
    Passive,
}

impl Voice {
    /// The case of the data.
    pub(super) const fn case(self) -> Case {
        match self {
            Voice::Active => Case::Accusative,
            Voice::Passive => Case::Nominative,
        }
    }

    /// The verb for several at once.
    pub(super) const fn processes(self) -> &'static str {
        match self {
            Voice::Active => "иштетет",
            Voice::Passive => "иштетилет",
        }
    }

    /// What profiling is, behind its verb.
    const fn evaluates(self) -> &'static str {
        match self {
            Voice::Active => "(адамды автоматтык түрдө баалайт)",
            Voice::Passive => "(адам автоматтык түрдө бааланат)",
        }
    }

    /// The verb of a statement, third person present.
    pub(super) const fn verb(self, verb: Verb) -> &'static str {
        match self {
            Voice::Active => super::slots::verb(verb),
            Voice::Passive => match verb {
                Verb::Collect => "чогултулат",
                Verb::Use => "пайдаланылат",
                Verb::Profile => "профилденет",
                Verb::Store | Verb::Keep => "сакталат",
                Verb::Share => "өткөрүлүп берилет",
                Verb::Publish => "ачыкка чыгарылат",
                Verb::Anonymise => "ээсиздендирилет",
                Verb::Erase => "жок кылынат",
                Verb::Process => "чогултулат, пайдаланылат жана сакталат",
                Verb::Combine => "башка маалыматтар менен бириктирилет",
            },
        }
    }
}

/// What is done with the data: one or more verbs that share their adverbials.
#[derive(Clone)]
pub(super) struct Doing {
    pub(super) verbs: Vec<Verb>,
    /// The first verb is done by a machine alone.
    automatic: bool,
    source: Option<String>,
    pub(super) recipients: Vec<String>,
    pub(super) purposes: Vec<String>,
    /// Purposes that are told here first, with all that is said of them.
    explained: BTreeMap<String, Item>,
    /// Says what «профилдөө» is: the first that does it.
    explains: bool,
    /// Says for what else the doing before it is done.
    pub(super) also: bool,
}

impl Doing {
    /// Whether both say the same.
    pub(super) fn alike(&self, other: &Doing) -> bool {
        self.verbs == other.verbs
            && self.source == other.source
            && self.recipients == other.recipients
            && self.purposes == other.purposes
    }

    /// The purposes as a list.
    pub(super) fn purpose_items(&self) -> Vec<Item> {
        let item = |name: &String| {
            let plain = || super::item(name, Vec::new());
            self.explained.get(name).cloned().unwrap_or_else(plain)
        };
        self.purposes.iter().map(item).collect()
    }

    /// The purposes in the line, what is said of them in brackets.
    fn purposes_inline(&self) -> Vec<String> {
        let inline = |name: &String| {
            let Some(item) = self.explained.get(name) else {
                return name.clone();
            };
            let parts: Vec<String> = item.items.iter().map(|part| part.text.clone()).collect();
            let said = item.text.strip_suffix(", анын ичинде").unwrap_or(&item.text);
            let said = match said.strip_prefix(name.as_str()).unwrap_or("").strip_prefix(" – ") {
                Some(definition) => words::remark(name, definition),
                None => said.to_owned(),
            };
            match parts.as_slice() {
                [] => said,
                parts => words::remark(&said, &format!("анын ичинде {}", words::and(parts))),
            }
        };
        self.purposes.iter().map(inline).collect()
    }

    /// The same for purposes that the head has said.
    pub(super) fn without_purposes(&self) -> Doing {
        Doing {
            purposes: Vec::new(),
            ..self.clone()
        }
    }
}

impl Writer<'_> {
    /// The statements as verbs with what belongs to them; `alone` in a sentence that stands for itself. `owner` is the
    /// class of people whose data the sentence has just named: from them is «анын өзүнөн».
    pub(super) fn doings(&self, permissions: &[usize], alone: bool, owner: Option<Id<Subject>>) -> Vec<Doing> {
        let mut all: Vec<Doing> = Vec::new();
        for at in permissions {
            let mut doing = self.doing_of(&self.model.permissions[*at], owner);
            doing.explains = !alone && self.profiles_first == Some(*at);
            if !alone {
                doing.explained = self.explained(*at);
            }
            let same = |known: &&mut Doing| {
                known.verbs == doing.verbs && known.source == doing.source && known.recipients == doing.recipients
            };
            match all.iter_mut().find(same) {
                Some(known) => {
                    let new = doing.purposes.into_iter();
                    let new: Vec<String> = new.filter(|purpose| !known.purposes.contains(purpose)).collect();
                    known.purposes.extend(new);
                    known.explained.extend(doing.explained);
                    known.explains |= doing.explains;
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
                    last.explained.extend(doing.explained);
                    last.explains |= doing.explains;
                }
                _ => merged.push(doing),
            }
        }
        match merged.as_slice() {
            [first, second] => shared_first(first, second).unwrap_or(merged),
            _ => merged,
        }
    }

    fn doing_of(&self, permission: &Permission, owner: Option<Id<Subject>>) -> Doing {
        let (verb, own) = (permission.verb.value, permission.by.atoms.len() == 1);
        let purposes = permission
            .purpose
            .as_ref()
            .map(|slot| self.purposes_of(slot))
            .unwrap_or_default();
        // Where a purpose names other people, «анын» might be said of them.
        let named = |id: Id<Subject>| purposes.iter().any(|purpose| purpose.contains(&self.subject(id)));
        let others = self.model.subjects.of_project().map(|(id, _)| id);
        let owner = owner.filter(|owner| !others.into_iter().any(|id| id != *owner && named(id)));
        Doing {
            verbs: vec![verb],
            automatic: self.is_automatic(verb, &permission.source),
            source: self.sources_of(verb, &permission.source, own, owner),
            recipients: permission
                .recipient
                .as_ref()
                .map(|slot| self.recipients_of(slot))
                .unwrap_or_default(),
            purposes,
            explained: BTreeMap::new(),
            explains: false,
            also: false,
        }
    }

    /// A verb with all that belongs to it.
    pub(super) fn doing(&self, doing: &Doing, voice: Voice, listed: Listed) -> String {
        joined([
            Some(self.adverbials(doing, listed)),
            doing.automatic.then(|| "автоматтык түрдө".to_owned()),
            Some(spoken(&doing.verbs, voice)),
            doing.explains.then(|| voice.evaluates().to_owned()),
        ])
    }

    /// For what, from whom, to whom.
    pub(super) fn adverbials(&self, doing: &Doing, listed: Listed) -> String {
        let recipients = match () {
            () if listed.recipients && words::is_long(&doing.recipients) => Some("төмөнкү алуучуларга".to_owned()),
            () if doing.recipients.is_empty() => None,
            () => {
                let names = doing.recipients.iter();
                Some(words::and(&names.map(|name| words::dative(name)).collect::<Vec<_>>()))
            }
        };
        if listed.purposes && words::is_long(&doing.purposes) {
            let purposes = Some("төмөнкү максаттарда".to_owned());
            return joined([purposes, doing.source.clone(), recipients]);
        }
        joined([
            self.for_purposes(&doing.purposes_inline()),
            doing.source.clone(),
            recipients,
        ])
    }
}

/// Two doings of which one serves some of the purposes of the other: what they share is said of both, and then the rest.
/// «… үчүн чогултулат жана пайдаланылат, ошондой эле … үчүн пайдаланылат».
fn shared_first(first: &Doing, second: &Doing) -> Option<Vec<Doing>> {
    let within = |less: &Doing, more: &Doing| {
        let fewer = less.purposes.len() < more.purposes.len();
        fewer && !less.purposes.is_empty() && less.purposes.iter().all(|purpose| more.purposes.contains(purpose))
    };
    let bare = second.source.is_none() && first.recipients.is_empty() && second.recipients.is_empty();
    let (less, more) = match (within(first, second), within(second, first)) {
        _ if !bare => return None,
        (true, _) => (first, second),
        (_, true) => (second, first),
        _ => return None,
    };
    let mut both = first.clone();
    both.verbs.extend(&second.verbs);
    both.purposes.clone_from(&less.purposes);
    both.explained.extend(second.explained.clone());
    both.explains |= second.explains;
    let mut rest = more.clone();
    rest.purposes.retain(|purpose| !less.purposes.contains(purpose));
    rest.source = None;
    rest.automatic = false;
    rest.explains = false;
    rest.also = true;
    Some(vec![both, rest])
}

/// «чогултат жана пайдаланат».
pub(super) fn spoken(all: &[Verb], voice: Voice) -> String {
    let said: Vec<String> = all.iter().map(|one| voice.verb(*one).to_owned()).collect();
    words::and(&said)
}

/// «маалыматтарды – төлөмдөр үчүн».
pub(super) fn elliptic(object: &str, adverbials: &str) -> String {
    format!("{object} – {adverbials}")
}
