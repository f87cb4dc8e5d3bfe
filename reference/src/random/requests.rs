//! Requests.

use kupuya::model::Model;
use kupuya::model::sentence::Act;
use kupuya_runtime::{RecordBy, RecordKind};

use super::Tape;
use super::guards::{day, place};
use super::slots::ids;
use crate::{Ask, PURPOSED, Record};

/// A request; two times in three about something that a sentence of the model covers.
pub fn ask(tape: &mut Tape<'_>, m: &Model) -> Ask {
    let mut ask = any_ask(tape, m);
    if tape.once_in(3) {
        return ask;
    }
    let sentence = tape.below(m.permissions.len() + m.keeps.len());
    if let Some(permission) = m.permissions.get(sentence) {
        ask.act = tape.one(&permission.acts);
        ask.by = (!permission.by.atoms.is_empty()).then(|| vec![tape.one(&permission.by.atoms)]);
        ask.data = Some(vec![tape.one(&permission.data.atoms)]);
        ask.source = (ask.act == Act::Collect).then(|| vec![tape.one(&permission.source.atoms)]);
        let purposes = permission
            .purpose
            .as_ref()
            .map_or_else(|| ids(&m.purposes), |slot| slot.atoms.clone());
        ask.purpose = PURPOSED.contains(&ask.act).then(|| vec![tape.one(&purposes)]);
        ask.recipient = permission.recipient.as_ref().map(|slot| vec![tape.one(&slot.atoms)]);
    } else if let Some(keep) = m.keeps.get(sentence - m.permissions.len()) {
        ask.act = tape.one(&[Act::Store, Act::Store, Act::Anonymise, Act::Erase]);
        ask.by = (!keep.by.atoms.is_empty()).then(|| vec![tape.one(&keep.by.atoms)]);
        ask.data = Some(vec![tape.one(&keep.data.atoms)]);
        (ask.source, ask.purpose, ask.recipient) = (None, None, None);
    }
    ask
}

pub(super) fn any_ask(tape: &mut Tape<'_>, m: &Model) -> Ask {
    let act = match tape.below(12) {
        0..=3 => Act::Use,
        4..=6 => Act::Share,
        7 => Act::Collect,
        8 => Act::Store,
        _ => tape.one(&[Act::Profile, Act::Publish, Act::Anonymise, Act::Erase]),
    };
    let named = tape.below(12);
    let on = day(tape);
    Ask {
        act,
        by: (!m.controllers.is_empty() && named != 1).then(|| tape.some(&ids(&m.controllers), 1)),
        data: (named != 2).then(|| tape.some(&ids(&m.data), 2)),
        source: (act == Act::Collect && named != 3 || named == 11).then(|| tape.some(&ids(&m.sources), 1)),
        purpose: (PURPOSED.contains(&act) && named != 4).then(|| tape.some(&ids(&m.purposes), 2)),
        recipient: (act == Act::Share && named != 5).then(|| tape.some(&ids(&m.recipients), 1)),
        about: if tape.once_in(2) {
            tape.some(&ids(&m.subjects), 2)
        } else {
            Vec::new()
        },
        place: tape.once_in(4).then(|| place(tape, m)),
        age: tape.once_in(3).then(|| {
            let least = tape.one(&[0, 14, 18, 20, 65]);
            (least, tape.once_in(2).then(|| least + tape.one(&[0, 3, 10])))
        }),
        facts: m
            .facts
            .ids()
            .filter_map(|fact| {
                let known = tape.below(5);
                (known < 3).then_some((fact, known < 2))
            })
            .collect(),
        records: (!tape.once_in(5)).then(|| (0..tape.below(5)).map(|_| record(tape, m)).collect()),
        collected: tape
            .once_in(2)
            .then(|| day(tape))
            .filter(|day| *day <= on || named == 10),
        events: if tape.once_in(4) {
            vec![(tape.one(&ids(&m.facts)), tape.once_in(2).then(|| day(tape)))]
        } else {
            Vec::new()
        },
        on,
    }
}

pub fn record(tape: &mut Tape<'_>, m: &Model) -> Record {
    Record {
        kind: tape.one(&[
            RecordKind::Give,
            RecordKind::Give,
            RecordKind::Give,
            RecordKind::Withdraw,
            RecordKind::Object,
        ]),
        basis: if tape.once_in(5) {
            tape.one(&ids(&m.bases))
        } else {
            tape.one(&m.bases.of_project().map(|(id, _)| id).collect::<Vec<_>>())
        },
        purposes: tape.once_in(3).then(|| tape.some(&ids(&m.purposes), 2)),
        at: day(tape),
        by: if tape.once_in(4) {
            RecordBy::Representative
        } else {
            RecordBy::Person
        },
    }
}
