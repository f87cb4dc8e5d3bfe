//! Statements: who does what with which data, for what, from whom or to whom, on what basis, under which condition.
//!
//! A chapter says once what most of its statements share; those that agree with it go without a subject, in the passive.
//! A paragraph says once what its own statements share. One row is one sentence; several are a head and a list. Purposes
//! stand before source and recipient: their «үчүн» shows where the next part begins.

use kyrgyz::Case;

use super::doings::{Doing, Voice, elliptic, spoken};
use super::slots::{DataWords, joined};
use super::{Said, Writer, words};
use crate::meaning::SentenceRef;
use crate::model::noun::{Id, Subject};
use crate::model::sentence::Permission;
use crate::notice::document::{Item, Unit};
use crate::notice::plan::{Flows, Row, Says, Shared};

/// What a paragraph says besides data and verbs: all of it, or what differs from the lead of its chapter.
struct Frame {
    voice: Voice,
    by: Option<String>,
    about: Vec<Id<Subject>>,
    place: Option<String>,
    basis: Option<String>,
}

impl Frame {
    /// The only class of people whose data the sentence names, unless «анын» might be said of whoever consents.
    fn owner(&self) -> Option<Id<Subject>> {
        let again = self
            .basis
            .as_ref()
            .is_some_and(|basis| basis.contains("макулдук") || basis.contains("макулдуг"));
        match self.about.as_slice() {
            [one] if !again => Some(*one),
            _ => None,
        }
    }
}

/// Which words of a sentence are set as a list behind it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) data: bool,
    pub(super) purposes: bool,
    pub(super) recipients: bool,
}

impl Listed {
    /// Of the parts that are long the longest is set behind; two lists behind one sentence would read badly.
    fn one(data: &DataWords, doings: &[Doing], long: [bool; 3]) -> Listed {
        let letters = |names: &[String]| names.iter().map(|name| name.chars().count()).sum::<usize>();
        let most = |members: fn(&Doing) -> &Vec<String>| doings.iter().map(|doing| letters(members(doing))).max();
        let sizes = [
            Some(letters(&data.objects)),
            most(|doing| &doing.purposes),
            most(|doing| &doing.recipients),
        ];
        let sized = long.into_iter().zip(sizes).map(|(long, size)| size.filter(|_| long));
        let sized: Vec<Option<usize>> = sized.collect();
        let largest = sized.iter().flatten().max();
        let is = |at: usize| {
            sized
                .get(at)
                .is_some_and(|size| size.is_some() && size.as_ref() == largest)
        };
        Listed {
            data: is(0),
            purposes: is(1) && !is(0),
            recipients: is(2) && !is(0) && !is(1),
        }
    }

    /// The list behind the sentence; several lists each under a word of their own.
    fn items(self, data: &DataWords, doings: &[Doing]) -> Vec<Item> {
        let recipients = doings.iter().find(|doing| words::is_long(&doing.recipients));
        let purposes = doings.iter().find(|doing| words::is_long(&doing.purposes));
        let lists = [
            ("маалыматтар", self.data.then(|| plain(&data.names))),
            (
                "алуучулар",
                recipients
                    .filter(|_| self.recipients)
                    .map(|doing| plain(&doing.recipients)),
            ),
            (
                "максаттар",
                purposes.filter(|_| self.purposes).map(Doing::purpose_items),
            ),
        ];
        let mut lists: Vec<(&str, Vec<Item>)> = lists
            .into_iter()
            .filter_map(|(word, list)| Some((word, list?)))
            .collect();
        match lists.as_mut_slice() {
            [(_, one)] => std::mem::take(one),
            _ => {
                let lists = lists.into_iter().map(|(word, items)| Item {
                    items,
                    ..super::item(word, Vec::new())
                });
                lists.collect()
            }
        }
    }
}

fn plain(names: &[String]) -> Vec<Item> {
    names.iter().map(|name| super::item(name, Vec::new())).collect()
}

impl Writer<'_> {
    /// What the statements of a chapter share.
    pub(super) fn lead(&self, lead: &Shared) -> Said {
        let serves = |says: &Says| matches!(says, Says::Flows(flows) if flows.lead.as_ref() == Some(lead));
        let chapters = self.plan.chapters.iter();
        let chapters = chapters.filter(|chapter| chapter.paragraphs().any(|paragraph| serves(&paragraph.says)));
        let numbers: Vec<&str> = chapters.map(|chapter| chapter.number.as_str()).collect();
        let others = match numbers.as_slice() {
            [_, others @ ..] => words::numbered(others, "бөлүм"),
            [] => None,
        };
        let here = others.map_or_else(
            || "Ушул бөлүмдө".to_owned(),
            |others| match others.contains(words::JOINT) {
                true => format!("Ушул бөлүмдө, ошондой эле {others}"),
                false => format!("Ушул бөлүмдө жана {others}"),
            },
        );
        // Who acts stands before the verb: that is what the sentence tells.
        let said = joined([
            self.whose(&lead.about),
            Some(format!("жеке {}", self.data_in(&lead.about, Case::Accusative))),
            self.bases(&lead.bases, &lead.about),
            Some(self.controllers_named(&lead.by)),
        ]);
        Said::text(format!("{here} башкача көрсөтүлбөсө, {said} иштетет."))
    }

    /// A paragraph of statements.
    pub(super) fn flows(&self, flows: &Flows) -> Said {
        let block = &self.model.blocks[flows.block];
        let text = if flows.with_text {
            self.prose(block.text.as_ref())
        } else {
            String::new()
        };
        let said = match flows.rows.as_slice() {
            [row] => self.single(row, flows.lead.as_ref()),
            rows => self.several(rows, flows.lead.as_ref()),
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

    /// The units of a row: its statements, and what is told nowhere else.
    fn units(&self, row: &Row) -> Vec<Unit> {
        let statement = |at: &usize| {
            let sentence = self.permission_sentence(*at);
            self.rule_unit(SentenceRef::Permission(*at), &sentence)
        };
        let told = row.permissions.iter().flat_map(|at| self.units_told(*at));
        row.permissions.iter().map(statement).chain(told).collect()
    }

    /// The sentence that says one statement alone.
    fn permission_sentence(&self, permission: usize) -> String {
        self.whole(&[permission], None, true).0
    }

    fn frame(&self, first: &Permission, lead: Option<&Shared>) -> Frame {
        let own = Shared::of(first);
        let told = |same: fn(&Shared, &Shared) -> bool| lead.is_some_and(|lead| same(lead, &own));
        let by = (!told(|lead, own| lead.by == own.by)).then(|| self.by(&first.by));
        let basis_told = told(|lead, own| lead.bases == own.bases);
        let about = match told(|lead, own| lead.about == own.about) {
            true => Vec::new(),
            false => own.about,
        };
        let basis = match basis_told {
            true => None,
            false => self.bases(&own.bases, &about),
        };
        Frame {
            voice: if by.is_some() { Voice::Active } else { Voice::Passive },
            by,
            about,
            place: self.places_each(&first.place),
            basis,
        }
    }

    /// One row: a sentence, perhaps with one of its lists set behind it.
    fn single(&self, row: &Row, lead: Option<&Shared>) -> Said {
        let (text, items) = self.whole(&row.permissions, lead, false);
        Said::list(words::sentence(&text), items).with(self.units(row))
    }

    /// The sentence of some statements about the same data; `alone` if it must stand for itself, without lists.
    fn whole(&self, permissions: &[usize], lead: Option<&Shared>, alone: bool) -> (String, Vec<Item>) {
        let Some(first) = permissions.first().map(|at| &self.model.permissions[*at]) else {
            return (String::new(), Vec::new());
        };
        let frame = self.frame(first, lead);
        let doings = self.doings(permissions, alone, frame.owner());
        let data = self.data_words(&first.data, &frame.about, frame.voice.case());
        let (object, body, items) = self.body(&data, &doings, frame.voice, !alone);
        let said = joined([frame.by, Some(object), frame.place, frame.basis, Some(body)]);
        let condition = self.condition(&first.when).map(|condition| format!("{condition},"));
        let then = self.then(&first.then, frame.voice);
        (close(joined([condition, Some(said)]), then, !items.is_empty()), items)
    }

    /// Several rows: what they share goes into the head.
    fn several(&self, rows: &[Row], lead: Option<&Shared>) -> Said {
        let first = &self.model.permissions[rows[0].permissions[0]];
        let frame = self.frame(first, lead);
        let voice = frame.voice;
        let all: Vec<Vec<&Permission>> = rows.iter().map(|row| self.permissions(row)).collect();
        let doings = rows
            .iter()
            .map(|row| self.doings(&row.permissions, false, frame.owner()));
        let doings: Vec<Vec<Doing>> = doings.collect();
        let same_condition = all.iter().all(|row| row[0].when == first.when);
        let shared = match doings.as_slice() {
            [one, rest @ ..] if one.len() == 1 => rest
                .iter()
                .all(|row| row.len() == 1 && row[0].verbs == one[0].verbs)
                .then(|| &one[0]),
            _ => None,
        };
        // Purposes that all rows share stand in the head.
        let purposes = doings.iter().flatten().map(|doing| &doing.purposes).collect::<Vec<_>>();
        let common = match purposes.as_slice() {
            [first, rest @ ..] if !words::is_long(first) && rest.iter().all(|one| one == first) => (*first).clone(),
            _ => Vec::new(),
        };
        let identical = shared.is_some() && doings.iter().all(|row| row[0].alike(&doings[0][0]));
        let condition = self.condition(&first.when).filter(|_| same_condition);
        let condition = condition.map(|condition| format!("{condition},"));
        let any = self.data_in(&frame.about, voice.case());
        let (object, does) = match shared {
            Some(doing) if identical => (format!("төмөнкү {any}"), self.doing(doing, voice, Listed::default())),
            Some(doing) => (
                format!("жеке {any}"),
                format!("төмөнкүдөй {}", spoken(&doing.verbs, voice)),
            ),
            None => (format!("жеке {any}"), format!("төмөнкүдөй {}", voice.processes())),
        };
        let object = joined([self.whose(&frame.about), Some(object)]);
        let aims = self.for_purposes(&common).filter(|_| !identical);
        let head = joined([
            condition,
            frame.by,
            Some(object),
            frame.place,
            frame.basis,
            aims,
            Some(does),
        ]);
        let items = rows.iter().zip(&all).zip(&doings).map(|((row, permissions), doings)| {
            let data = self.data_words(&permissions[0].data, &[], voice.case());
            let bare: Vec<Doing>;
            let doings = match common.is_empty() || identical {
                true => doings,
                false => {
                    bare = doings.iter().map(Doing::without_purposes).collect();
                    &bare
                }
            };
            let (text, items) = match shared {
                Some(_) if identical => (words::and(&data.names), Vec::new()),
                Some(_) => self.elliptic(&data, &doings[0]),
                None => {
                    let (object, body, items) = self.body(&data, doings, voice, true);
                    (joined([Some(object), Some(body)]), items)
                }
            };
            let own = self.condition(&permissions[0].when).filter(|_| !same_condition);
            let own = own.map_or_else(String::new, |condition| format!("{condition}, "));
            let then = self.then(&permissions[0].then, voice);
            let text = close(format!("{own}{text}"), then, !items.is_empty());
            Item {
                text: words::item(&text),
                items,
                units: self.units(row),
            }
        });
        Said::list(words::sentence(&format!("{head}:")), items.collect())
    }

    /// The object, and the verbs with what belongs to them. Long lists are set behind; if two verbs have one each, each
    /// verb is an item.
    fn body(&self, data: &DataWords, doings: &[Doing], voice: Voice, may_list: bool) -> (String, String, Vec<Item>) {
        let longs =
            |members: fn(&Doing) -> &Vec<String>| doings.iter().filter(|doing| words::is_long(members(doing))).count();
        let (purposes, recipients) = (longs(|doing| &doing.purposes), longs(|doing| &doing.recipients));
        let long_data = is_long_data(&data.objects);
        let owner = Some(data.owner.clone());
        if may_list && !long_data && (purposes > 1 || recipients > 1) {
            let items = doings.iter().map(|doing| {
                let listed = Listed {
                    purposes: words::is_long(&doing.purposes),
                    recipients: words::is_long(&doing.recipients),
                    data: false,
                };
                let text = self.doing(doing, voice, listed);
                Item {
                    items: listed.items(data, std::slice::from_ref(doing)),
                    ..super::item(&text, Vec::new())
                }
            });
            let does = format!("төмөнкүдөй {}", voice.processes());
            return (joined([owner, Some(words::and(&data.objects))]), does, items.collect());
        }
        let listed = match may_list {
            true => Listed::one(data, doings, [long_data, purposes == 1, recipients == 1]),
            false => Listed::default(),
        };
        let object = if listed.data {
            format!("төмөнкү {}", data.any)
        } else {
            words::and(&data.objects)
        };
        let says = self.together(doings, voice, listed);
        (joined([owner, Some(object)]), says, listed.items(data, doings))
    }

    /// The doings of a sentence one behind the other; a verb that all of them share is said once.
    fn together(&self, doings: &[Doing], voice: Voice, listed: Listed) -> String {
        let one_verb = doings.len() == 2 && doings[0].verbs == doings[1].verbs && !doings.iter().any(|one| one.also);
        if one_verb && !listed.purposes && !listed.recipients {
            let each = doings.iter().map(|doing| self.adverbials(doing, listed));
            let each: Vec<String> = each.collect();
            return format!("{} {}", each.join(", ал эми "), spoken(&doings[0].verbs, voice));
        }
        let says: Vec<String> = doings.iter().map(|doing| self.doing(doing, voice, listed)).collect();
        match doings {
            [_, second] if second.also => says.join(", ошондой эле "),
            [_, _] => says.join(" жана "),
            _ => words::and(&says),
        }
    }

    /// A row whose verb stands in the head: «паспорттук маалыматтарды – төлөмдөр үчүн».
    fn elliptic(&self, data: &DataWords, doing: &Doing) -> (String, Vec<Item>) {
        let long_data = is_long_data(&data.objects);
        let listed = Listed {
            purposes: !long_data && words::is_long(&doing.purposes),
            ..Listed::default()
        };
        let adverbials = self.adverbials(doing, listed);
        let object = words::and(&data.objects);
        match () {
            () if adverbials.is_empty() => (object, Vec::new()),
            () if long_data => (
                elliptic(&format!("төмөнкү {}", data.any), &adverbials),
                plain(&data.names),
            ),
            () if listed.purposes => (elliptic(&object, &adverbials), doing.purpose_items()),
            () => (elliptic(&object, &adverbials), Vec::new()),
        }
    }
}

/// Ends a sentence: what follows from it, and a colon if a list does.
fn close(text: String, then: String, list: bool) -> String {
    format!("{text}{then}{}", if list { ":" } else { "" })
}

/// Whether data are better set as a list: four short categories still read well in the line.
fn is_long_data(objects: &[String]) -> bool {
    let letters: usize = objects.iter().map(|object| object.chars().count()).sum();
    words::is_long(objects) && (objects.len() > 4 || letters > 170 || objects.iter().any(|object| object.contains(',')))
}
