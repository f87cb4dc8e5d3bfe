//! Verbs with what belongs to them: for what, from whom, to whom. Neighbours that share it are one.

use std::collections::BTreeMap;

use kyrgyz::Case;

use super::processing::Listed;
use super::slots::joined;
use super::{Writer, words};
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
    /// The statements as verbs with what belongs to them; `alone` in a sentence that stands for itself.
    pub(super) fn doings(&self, permissions: &[usize], alone: bool) -> Vec<Doing> {
        let mut all: Vec<Doing> = Vec::new();
        for at in permissions {
            let mut doing = self.doing_of(&self.model.permissions[*at]);
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
                }
                _ => merged.push(doing),
            }
        }
        merged
    }

    fn doing_of(&self, permission: &Permission) -> Doing {
        let (verb, own) = (permission.verb.value, permission.by.atoms.len() == 1);
        Doing {
            verbs: vec![verb],
            automatic: self.is_automatic(verb, &permission.source),
            source: self.sources_of(verb, &permission.source, own),
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
            explained: BTreeMap::new(),
        }
    }

    /// A verb with all that belongs to it.
    pub(super) fn doing(&self, doing: &Doing, voice: Voice, listed: Listed) -> String {
        joined([
            Some(self.adverbials(doing, listed)),
            doing.automatic.then(|| "автоматтык түрдө".to_owned()),
            Some(spoken(&doing.verbs, voice)),
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
            return joined([doing.source.clone(), recipients, purposes]);
        }
        joined([
            self.for_purposes(&doing.purposes_inline()),
            doing.source.clone(),
            recipients,
        ])
    }
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
