//! What a new version of a model has otherwise.

use kupuya::model::Model;
use kupuya::model::noun::{Giver, Id, Noun, Table};
use kupuya::model::sentence::{Act, Guard, Obligation, ObligationKind};

use super::guards::{day, guard, period, place};
use super::sentences::{ban, end, keep, permission, scope};
use super::slots::ids;
use super::{Tape, at, span};

/// One to three edits of a model; its nouns stay.
pub fn edit(tape: &mut Tape<'_>, m: &mut Model) {
    for _ in 0..=tape.below(3) {
        one(tape, m);
    }
}

fn one(tape: &mut Tape<'_>, m: &mut Model) {
    match tape.below(15) {
        0 | 1 => {
            let more = permission(tape, m);
            m.permissions.push(more);
        }
        2 => {
            let more = keep(tape, m);
            m.keeps.push(more);
        }
        3 => {
            let more = ban(tape, m);
            m.bans.push(more);
        }
        4 if m.permissions.len() > 1 => drop(m.permissions.remove(tape.below(m.permissions.len()))),
        5 if !m.bans.is_empty() => drop(m.bans.remove(tape.below(m.bans.len()))),
        6 if !m.keeps.is_empty() => drop(m.keeps.remove(tape.below(m.keeps.len()))),
        7 => {
            let of = m.recipients.of_project().map(|(id, _)| id).collect::<Vec<_>>();
            let (of, places) = (tape.one(&of), (0..tape.below(3)).map(|_| place(tape, m)).collect());
            m.recipients = changed(&m.recipients, |id, noun| {
                if id == of {
                    noun.detail.locations.clone_from(&places);
                }
            });
        }
        8 | 9 => basis(tape, m),
        10 if !m.controllers.is_empty() => {
            let (of, country) = (tape.one(&ids(&m.controllers)), tape.one(&ids(&m.countries)));
            m.controllers = changed(&m.controllers, |id, noun| {
                if id == of {
                    noun.detail.country = Some(country);
                }
            });
        }
        11 => {
            let own: Vec<_> = m.subjects.of_project().map(|(id, _)| id).collect();
            let of = tape.one(&own);
            // Only what stands before it lies above it: there is no circle.
            let above: Vec<_> = m.subjects.ids().take_while(|id| *id != of).collect();
            let above = tape.one(&above);
            m.subjects = changed(&m.subjects, |id, noun| {
                if id == of {
                    noun.is = vec![above];
                }
            });
        }
        12 => guards(tape, m),
        13 => duties(tape, m),
        _ if !m.keeps.is_empty() => {
            let end = end(tape, m, 2);
            let keep = tape.below(m.keeps.len());
            m.keeps[keep].end = Some(end);
            m.keeps[keep].at_most = tape.once_in(3).then(|| at(period(tape)));
            m.keeps[keep].at_least = tape.once_in(4).then(|| at(period(tape)));
        }
        _ => {}
    }
    for (number, block) in m.blocks.iter_mut().enumerate() {
        let mine = |of: usize| of == number;
        block.permissions = (0..m.permissions.len())
            .filter(|at| mine(m.permissions[*at].stated.block))
            .collect();
        block.keeps = (0..m.keeps.len())
            .filter(|at| mine(m.keeps[*at].stated.block))
            .collect();
    }
}

/// One to three edits that let a promise, a bound or the terms of a basis go further, or not as far.
pub fn relax(tape: &mut Tape<'_>, m: &mut Model) {
    for _ in 0..=tape.below(3) {
        if m.bans.is_empty() || tape.once_in(3) {
            basis(tape, m);
            continue;
        }
        let of = tape.below(m.bans.len());
        match tape.below(6) {
            0 => drop(m.bans.remove(of)),
            1 => {
                let more = scope(tape, m);
                let ban = &mut m.bans[of];
                if ban.cap.is_none() {
                    ban.only.push(more);
                }
            }
            2 => drop(m.bans[of].only.pop()),
            3 => {
                let more = ban(tape, m);
                m.bans[of].data = more.data;
            }
            4 if m.bans[of].cap.is_some() => m.bans[of].cap = Some(at(period(tape))),
            _ => {
                let guard = guard(tape, m);
                m.bans[of].scope.guard = Some(guard).filter(|_| tape.once_in(2));
            }
        }
    }
}

/// Gives sentences duties: to tell somebody or not, at once or within a period.
pub fn duties(tape: &mut Tape<'_>, m: &mut Model) {
    for _ in 0..=tape.below(3) {
        let one = Obligation {
            what: tape.one(&[ObligationKind::Notify, ObligationKind::Erase, ObligationKind::Anonymise]),
            to: Vec::new(),
            within: (!tape.once_in(3)).then(|| period(tape)),
            span: span(),
        };
        let then = if tape.once_in(2) || m.bans.is_empty() {
            vec![one]
        } else {
            Vec::new()
        };
        match tape.below(3) {
            0 if !m.bans.is_empty() => {
                let of = tape.below(m.bans.len());
                m.bans[of].then = then;
            }
            1 if !m.keeps.is_empty() => {
                let of = tape.below(m.keeps.len());
                m.keeps[of].then = then;
            }
            _ => {
                let of = tape.below(m.permissions.len());
                m.permissions[of].then = then;
            }
        }
    }
}

/// Promises that data are kept for a time at most.
pub fn caps(tape: &mut Tape<'_>, m: &mut Model) {
    for _ in 0..tape.below(2) {
        let mut cap = ban(tape, m);
        (cap.acts, cap.only, cap.enforced) = (vec![Act::Store], Vec::new(), true);
        (
            cap.scope.source,
            cap.scope.recipient,
            cap.scope.purpose,
            cap.scope.under,
        ) = (None, None, None, None);
        cap.cap = Some(at(period(tape)));
        m.bans.push(cap);
    }
}

fn basis(tape: &mut Tape<'_>, m: &mut Model) {
    let of = tape.one(&m.bases.of_project().map(|(id, _)| id).collect::<Vec<_>>());
    let mut detail = m.bases[of].detail.clone();
    match tape.below(6) {
        0 => detail.term = tape.once_in(2).then(|| at(period(tape))),
        1 => detail.from = tape.once_in(2).then(|| at(day(tape))),
        2 => detail.giver = tape.one(&[Giver::Itself, Giver::Guardian, Giver::Either]),
        3 => detail.survives_keep = !detail.survives_keep,
        4 => detail.objectable = !detail.objectable,
        _ => detail.when = tape.once_in(2).then(|| guard(tape, m)),
    }
    m.bases = changed(&m.bases, |id, noun| {
        if id == of {
            noun.detail = detail.clone();
        }
    });
}

fn guards(tape: &mut Tape<'_>, m: &mut Model) {
    let guard = if tape.once_in(3) {
        Guard::always()
    } else {
        guard(tape, m)
    };
    match tape.below(3) {
        0 if !m.bans.is_empty() => {
            let of = tape.below(m.bans.len());
            m.bans[of].scope.guard = Some(guard);
        }
        1 if !m.keeps.is_empty() => {
            let of = tape.below(m.keeps.len());
            m.keeps[of].guard = guard;
        }
        _ => {
            let of = tape.below(m.permissions.len());
            m.permissions[of].guard = guard;
        }
    }
}

/// A table with something changed in its nouns.
fn changed<D: Clone>(table: &Table<D>, mut change: impl FnMut(Id<D>, &mut Noun<D>)) -> Table<D> {
    let mut new = Table::default();
    for (id, old) in table.iter() {
        let mut noun = old.clone();
        change(id, &mut noun);
        new.add(noun);
    }
    new
}
