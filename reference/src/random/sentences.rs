//! Permissions, keeps and bans.

use kupuya::model::Model;
use kupuya::model::noun::{Basis, Id};
use kupuya::model::sentence::{Act, Ban, BasisFormula, Disposal, End, Guard, Keep, Permission, Scope, Stated};
use kupuya::source::{Origin, Spanned};
use kupuya::syntax::vocabulary::Verb;

use super::Tape;
use super::guards::{day, guard, period};
use super::slots::{all, by, ids, slot};
use super::{at, span};
use crate::PURPOSED;

pub(super) fn permission(tape: &mut Tape<'_>, m: &Model) -> Permission {
    let acts = match tape.below(10) {
        0..=2 => vec![Act::Use],
        3 | 4 => vec![Act::Share],
        5 => vec![Act::Collect],
        6 => vec![tape.one(&[Act::Profile, Act::Publish])],
        7 => vec![tape.one(&[Act::Store, Act::Anonymise, Act::Erase])],
        _ => vec![Act::Collect, Act::Use, Act::Store],
    };
    let purposed = acts.iter().any(|act| PURPOSED.contains(act));
    let of_block = acts == [Act::Collect] && tape.once_in(2);
    let purpose = (purposed && !of_block).then(|| slot(tape, &m.purposes));
    let recipient = (acts == [Act::Share]).then(|| slot(tape, &m.recipients));
    let common = common(tape, m);
    Permission {
        stated: stated(tape, m),
        verb: at(Verb::Use),
        by: by(tape, m),
        data: slot(tape, &m.data),
        about: Vec::new(),
        source: if acts.contains(&Act::Collect) && tape.once_in(2) {
            slot(tape, &m.sources)
        } else {
            all(&m.sources)
        },
        acts,
        recipient,
        purpose,
        bases: common.bases,
        when: Guard::always(),
        place: Vec::new(),
        guard: common.guard,
        then: Vec::new(),
    }
}

pub(super) fn keep(tape: &mut Tape<'_>, m: &Model) -> Keep {
    let common = common(tape, m);
    let end = (!tape.once_in(3)).then(|| end(tape, m, 2));
    let at_most = (end.is_none() || tape.once_in(3)).then(|| at(period(tape)));
    Keep {
        stated: stated(tape, m),
        by: by(tape, m),
        data: slot(tape, &m.data),
        about: Vec::new(),
        purpose: tape.once_in(2).then(|| slot(tape, &m.purposes)),
        bases: common.bases,
        when: Guard::always(),
        place: Vec::new(),
        guard: common.guard,
        end,
        at_most,
        at_least: tape.once_in(5).then(|| at(period(tape))),
        disposal: tape
            .once_in(2)
            .then(|| tape.one(&[Disposal::Erase, Disposal::Anonymise])),
        then: Vec::new(),
    }
}

pub(super) fn end(tape: &mut Tape<'_>, m: &Model, depth: usize) -> End {
    let event = |tape: &mut Tape<'_>| End::Event(tape.one(&ids(&m.facts)));
    match tape.below(if depth == 0 { 4 } else { 6 }) {
        0 => End::After(period(tape), None),
        1 | 2 => event(tape),
        3 => End::Date(day(tape)),
        4 => End::After(period(tape), Some(Box::new(event(tape)))),
        _ => {
            let both = vec![end(tape, m, depth - 1), end(tape, m, depth - 1)];
            if tape.once_in(2) { End::And(both) } else { End::Or(both) }
        }
    }
}

pub(super) struct Common {
    pub(super) bases: Vec<Vec<Spanned<Id<Basis>>>>,
    pub(super) guard: Guard,
}

pub(super) fn common(tape: &mut Tape<'_>, m: &Model) -> Common {
    let declared: Vec<Id<Basis>> = m.bases.of_project().map(|(id, _)| id).collect();
    let mut bases: Vec<Vec<Spanned<Id<Basis>>>> = Vec::new();
    if !tape.once_in(10) {
        for _ in 0..=tape.below(2) {
            bases.push(tape.some(&declared, 2).into_iter().map(at).collect());
        }
    }
    Common {
        bases,
        guard: if tape.once_in(2) {
            guard(tape, m)
        } else {
            Guard::always()
        },
    }
}

pub(super) fn stated(tape: &mut Tape<'_>, m: &Model) -> Stated {
    Stated {
        block: tape.below(m.blocks.len()),
        span: span(),
        id: None,
        notes: Vec::new(),
    }
}

pub(super) fn ban(tape: &mut Tape<'_>, m: &Model) -> Ban {
    let acts = match tape.below(6) {
        0 => vec![Act::Use, Act::Profile],
        1 | 2 => vec![Act::Share, Act::Publish],
        3 => vec![Act::Collect],
        _ => vec![
            Act::Collect,
            Act::Use,
            Act::Profile,
            Act::Store,
            Act::Share,
            Act::Publish,
        ],
    };
    let scope = scope(tape, m);
    let only = if tape.once_in(2) {
        (0..=tape.below(2)).map(|_| self::scope(tape, m)).collect()
    } else {
        Vec::new()
    };
    Ban {
        span: span(),
        id: None,
        notes: Vec::new(),
        origin: Origin::Project,
        rule: None,
        enforced: !tape.once_in(8),
        verb: at(Verb::Use),
        acts,
        data: slot(tape, &m.data),
        scope,
        only,
        cap: None,
        then: Vec::new(),
    }
}

pub(super) fn scope(tape: &mut Tape<'_>, m: &Model) -> Scope {
    Scope {
        by: (!m.controllers.is_empty() && tape.once_in(6)).then(|| slot(tape, &m.controllers)),
        about: Vec::new(),
        source: tape.once_in(6).then(|| slot(tape, &m.sources)),
        recipient: tape.once_in(4).then(|| slot(tape, &m.recipients)),
        purpose: tape.once_in(3).then(|| slot(tape, &m.purposes)),
        under: tape.once_in(3).then(|| formula(tape, m, 2)),
        place: Vec::new(),
        guard: tape.once_in(2).then(|| guard(tape, m)),
    }
}

pub(super) fn formula(tape: &mut Tape<'_>, m: &Model, depth: usize) -> BasisFormula {
    match tape.below(if depth == 0 { 2 } else { 5 }) {
        0 | 1 => BasisFormula::Basis(tape.one(&ids(&m.bases))),
        2 => BasisFormula::Not(Box::new(formula(tape, m, depth - 1))),
        3 => BasisFormula::And(vec![formula(tape, m, depth - 1), formula(tape, m, depth - 1)]),
        _ => BasisFormula::Or(vec![formula(tape, m, depth - 1), formula(tape, m, depth - 1)]),
    }
}
