//! `contradicting_ends`: the same data are kept on one ground until both of two events and elsewhere until either, or for two
//! terms of which one surely ends first (M12).

use std::collections::{BTreeMap, BTreeSet};

use super::ends::{meet, of_keep, surely_later, ways};
use super::flows::some;
use super::tree::maximal;
use super::{Facts, finding, worlds};
use crate::diagnostic::{Diagnostic, Text};
use crate::model::Model;
use crate::model::noun::{Data, Fact, Id};
use crate::model::sentence::{End, Keep};
use crate::source::Span;
use crate::syntax::ast::Period;

/// The events that an end waits for, with the period after them.
type Awaited = (BTreeSet<Id<Fact>>, Option<Period>);

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let mut keeps: Vec<&Keep> = model.keeps.iter().collect();
    keeps.sort_by_key(|keep| keep.stated.span);
    let mut found = without_effect(model, &keeps);
    // Those that wait for the same events: only they can contradict each other.
    let mut alike: BTreeMap<Awaited, Vec<(&Keep, bool)>> = BTreeMap::new();
    for later in keeps {
        let Some((events, period, both)) = later.end.as_ref().and_then(joined) else {
            continue;
        };
        let known = alike.entry((events.clone(), period)).or_default();
        let opposite = |(keep, and): &&(&Keep, bool)| {
            *and != both
                && !common(keep, later).is_empty()
                && !ways(keep).is_disjoint(&ways(later))
                && meet(model, keep, later)
        };
        let earlier = known.iter().find(opposite).map(|(keep, _)| *keep);
        known.push((later, both));
        let Some(earlier) = earlier else {
            continue;
        };
        let top = maximal(&model.data, &common(earlier, later));
        let data: Vec<&str> = top.iter().map(|id| model.data[*id].path.as_str()).collect();
        let names: Vec<&str> = events.iter().map(|id| model.facts[*id].path.as_str()).collect();
        let (here, there) = if both {
            ("until all have happened", "until the first")
        } else {
            ("until the first", "until all have happened")
        };
        found.push(
            finding(
                "contradicting_ends",
                Text::new(
                    "{data}: kept until {events} together by one sentence, and until the first of them by another",
                )
                .with("data", some(&data))
                .with("events", some(&names)),
                later.stated.span,
                here,
            )
            .and(earlier.stated.span, there)
            .because("a reader cannot tell when the data are erased; the later end decides")
            .help("say it the same way in both: `or` for the first of them, `and` for the last"),
        );
    }
    found
}

/// Keeps that say for how long, where another one of the same block, data and ground surely lasts longer: the later end
/// decides, so that the shorter term is never the one that counts. A purpose of its own makes a keep an exception.
fn without_effect(model: &Model, keeps: &[&Keep]) -> Vec<Diagnostic> {
    // By block and noun; of any data, by none. A lesser noun is an exception to a greater one (M12).
    let mut alike: BTreeMap<(usize, Option<Id<Data>>), Vec<&Keep>> = BTreeMap::new();
    for keep in keeps {
        let whole = keep.data.any.then_some(None);
        let named = keep.data.names.iter().map(|name| Some(name.value));
        for noun in whole.into_iter().chain(named) {
            alike.entry((keep.stated.block, noun)).or_default().push(*keep);
        }
    }
    let mut told: BTreeSet<Span> = BTreeSet::new();
    let mut found = Vec::new();
    for ((_, noun), keeps) in alike {
        for short in &keeps {
            let outlasts = |long: &&&Keep| {
                let ends = of_keep(long).zip(of_keep(short));
                !common(long, short).is_empty()
                    && !ways(long).is_disjoint(&ways(short))
                    && meet(model, long, short)
                    && for_no_less(long, short)
                    && worlds::find(model, &[&short.guard], &[&long.guard], &[]).is_none()
                    && ends.is_some_and(|(long, short)| surely_later(&long, &short))
            };
            let Some(long) = keeps.iter().find(outlasts).filter(|_| told.insert(short.stated.span)) else {
                continue;
            };
            let data = noun.map_or_else(|| "any".to_owned(), |noun| model.data[noun].path.clone());
            found.push(
                finding(
                    "contradicting_ends",
                    Text::new("`{data}`: two sentences of one block keep them on one ground, and this term surely ends first")
                        .with("data", data),
                    short.stated.span,
                    "of no effect",
                )
                .and(long.stated.span, "kept longer here")
                .because("a reader cannot tell when the data are erased; the later end decides")
                .help("keep one of the two; if both are meant, say for whom, for what or on what ground each of them holds"),
            );
        }
    }
    found
}

/// Whether one keep is for all that the other is for; left out in both, they are for the same.
fn for_no_less(long: &Keep, short: &Keep) -> bool {
    match (&long.purpose, &short.purpose) {
        (None, None) => true,
        (Some(long), Some(short)) => short.atoms.iter().all(|atom| long.atoms.contains(atom)),
        _ => false,
    }
}

fn common(a: &Keep, b: &Keep) -> Vec<Id<Data>> {
    let atoms = a.data.atoms.iter();
    atoms
        .copied()
        .filter(|atom| b.data.atoms.binary_search(atom).is_ok())
        .collect()
}

/// Two or more events joined by one word, with the period after them; true for `and`.
fn joined(end: &End) -> Option<(BTreeSet<Id<Fact>>, Option<Period>, bool)> {
    let (all, both) = match end {
        End::And(all) => (all, true),
        End::Or(all) => (all, false),
        End::After(period, Some(of)) => {
            let (events, after, both) = joined(of)?;
            return after.is_none().then_some((events, Some(*period), both));
        }
        End::After(_, None) | End::Event(_) | End::Date(_) => return None,
    };
    let events: Option<BTreeSet<Id<Fact>>> = all
        .iter()
        .map(|end| match end {
            End::Event(fact) => Some(*fact),
            _ => None,
        })
        .collect();
    let events = events?;
    (events.len() > 1).then_some((events, None, both))
}
