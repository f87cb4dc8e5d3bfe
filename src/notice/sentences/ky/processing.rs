//! Statements: who does what with which data, from whom, to whom, for what, on what basis, under which condition.
//!
//! A paragraph says once what its statements share. One row is one sentence; several are a head and a list.

use super::slots::{DataWords, joined, verb};
use super::{Said, Writer, words};
use crate::meaning::SentenceRef;
use crate::model::sentence::Permission;
use crate::notice::document::{Item, Unit};
use crate::notice::plan::{Flows, Row};
use crate::syntax::vocabulary::Verb;

/// What is done with the data: one or more verbs that share their adverbials.
#[derive(PartialEq, Eq)]
struct Doing {
    verbs: Vec<Verb>,
    source: Option<String>,
    recipients: Vec<String>,
    purposes: Vec<String>,
}

/// Which words of a sentence are set as a list behind it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Listed {
    data: bool,
    purposes: bool,
    recipients: bool,
}

impl Listed {
    /// The list behind the sentence; several lists each under a word of their own.
    fn items(self, data: &DataWords, doings: &[Doing]) -> Vec<Item> {
        let long = |members: fn(&Doing) -> &Vec<String>| doings.iter().map(members).find(|all| words::is_long(all));
        let lists = [
            ("маалыматтар", self.data.then_some(&data.names)),
            (
                "алуучулар",
                self.recipients.then(|| long(|doing| &doing.recipients)).flatten(),
            ),
            (
                "максаттар",
                self.purposes.then(|| long(|doing| &doing.purposes)).flatten(),
            ),
        ];
        let lists: Vec<(&str, &Vec<String>)> = lists
            .into_iter()
            .filter_map(|(word, list)| Some((word, list?)))
            .collect();
        match lists.as_slice() {
            [(_, one)] => plain(one),
            all => all
                .iter()
                .map(|(word, list)| Item {
                    items: plain(list),
                    ..super::item(word, Vec::new())
                })
                .collect(),
        }
    }
}

fn plain(names: &[String]) -> Vec<Item> {
    names.iter().map(|name| super::item(name, Vec::new())).collect()
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
        let any = self.data_of(&first.about);
        let owner = owner.map_or_else(String::new, |owner| format!("{owner} "));
        let head = match shared {
            Some(doing) if identical => {
                format!(
                    "{condition}{lead} {owner}төмөнкү {any} {}:",
                    self.doing(doing, None, Listed::default())
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

    /// Data and verbs. Long lists are set behind; if two verbs have one each, each verb is an item.
    fn body(&self, data: &DataWords, doings: &[Doing], late: Option<&str>, may_list: bool) -> (String, Vec<Item>) {
        let longs =
            |members: fn(&Doing) -> &Vec<String>| doings.iter().filter(|doing| words::is_long(members(doing))).count();
        let (purposes, recipients) = (longs(|doing| &doing.purposes), longs(|doing| &doing.recipients));
        let long_data = words::is_long(&data.objects);
        let owner = Some(data.owner.clone());
        if may_list && !long_data && (purposes > 1 || recipients > 1) {
            let items = doings.iter().map(|doing| {
                let listed = Listed {
                    purposes: words::is_long(&doing.purposes),
                    recipients: words::is_long(&doing.recipients),
                    data: false,
                };
                let (text, items) = (
                    self.doing(doing, None, listed),
                    listed.items(data, std::slice::from_ref(doing)),
                );
                Item {
                    items,
                    ..super::item(&text, Vec::new())
                }
            });
            return (
                joined([
                    owner,
                    Some(words::and(&data.objects)),
                    Some("төмөнкүдөй иштетет".to_owned()),
                ]),
                items.collect(),
            );
        }
        let listed = match may_list {
            true => Listed {
                data: long_data,
                purposes: purposes == 1,
                recipients: recipients == 1,
            },
            false => Listed::default(),
        };
        let object = if listed.data {
            format!("төмөнкү {}", data.any)
        } else {
            words::and(&data.objects)
        };
        let says: Vec<String> = doings.iter().map(|doing| self.doing(doing, late, listed)).collect();
        let says = if says.len() == 2 {
            says.join(" жана ")
        } else {
            words::and(&says)
        };
        (joined([owner, Some(object), Some(says)]), listed.items(data, doings))
    }

    /// A row whose verb stands in the head: «паспорттук маалыматтарды – төлөмдөр үчүн».
    fn elliptic(&self, data: &DataWords, doing: &Doing) -> (String, Vec<Item>) {
        let adverbials = self.adverbials(doing, Listed::default());
        if words::is_long(&data.objects) && !adverbials.is_empty() {
            return (format!("төмөнкү маалыматтарды – {adverbials}"), plain(&data.names));
        }
        let object = words::and(&data.objects);
        if words::is_long(&doing.purposes) {
            let rest = self.adverbials(
                doing,
                Listed {
                    purposes: true,
                    ..Listed::default()
                },
            );
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
        let recipients = match () {
            () if listed.recipients && words::is_long(&doing.recipients) => Some("төмөнкү алуучуларга".to_owned()),
            () if doing.recipients.is_empty() => None,
            () => Some(words::and(
                &doing
                    .recipients
                    .iter()
                    .map(|name| words::dative(name))
                    .collect::<Vec<_>>(),
            )),
        };
        let purposes = match () {
            () if listed.purposes && words::is_long(&doing.purposes) => Some("төмөнкү максаттарда".to_owned()),
            () => self.for_purposes(&doing.purposes),
        };
        joined([doing.source.clone(), recipients, purposes])
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
}

/// Ends a sentence: what follows from it, and a colon if a list does.
fn close(text: String, then: String, list: bool) -> String {
    format!("{text}{then}{}", if list { ":" } else { "" })
}

fn verbs(all: &[Verb]) -> String {
    let said: Vec<String> = all.iter().map(|one| verb(*one).to_owned()).collect();
    words::and(&said)
}
