//! Narrowings (M11): bans that take some cases of a way and leave others. No findings; `check --notes` counts them.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::{self, Point};
use super::{dead_statement, worlds};
use crate::diagnostic::{Argument, Diagnostic, Severity, Text};
use crate::graph::span_of;
use crate::meaning::{BanMeaning, Grant, Meaning};
use crate::model::Model;
use crate::model::noun::{Basis, Id, Subject};
use crate::model::sentence::{Act, Guard, Literal};

/// A note for each ban that narrows: how many ways of each verb, and which facts a request must then give. By place.
#[must_use]
pub fn notes(model: &Model, meaning: &Meaning) -> Vec<Diagnostic> {
    let notes = meaning.bans.iter().filter_map(|ban| note(model, meaning, ban));
    crate::diagnostic::sorted(notes.collect())
}

fn note(model: &Model, meaning: &Meaning, ban: &BanMeaning) -> Option<Diagnostic> {
    let free: Vec<&Grant> = meaning.grants.iter().collect();
    let struck: Vec<bool> = free
        .iter()
        .map(|grant| pairs::conflict(model, ban, grant).is_some())
        .collect();
    let mut counts = Vec::new();
    for act in Act::ALL.into_iter().filter(|act| ban.limits.region.acts.contains(act)) {
        let (mut narrowed, mut all) = (0, 0);
        for (grant, struck) in free.iter().zip(&struck) {
            let regions: Vec<_> = grant
                .regions
                .iter()
                .filter(|region| region.acts.contains(&act))
                .collect();
            if regions.is_empty() {
                continue;
            }
            for way in grant.ways.iter().filter(|way| !way.is_empty()) {
                all += 1;
                let touches = || {
                    let points = regions
                        .iter()
                        .filter_map(|region| dead_statement::points(model, act, region, &[ban]));
                    points
                        .flatten()
                        .any(|point| may_strike(model, ban, grant, (act, &point), way))
                };
                if !struck && touches() {
                    narrowed += 1;
                }
            }
        }
        if narrowed > 0 {
            counts.push(
                Text::new("{narrowed} of {all} ways to {verb}")
                    .with("narrowed", narrowed)
                    .with("all", all)
                    .with("verb", act.word()),
            );
        }
    }
    if counts.is_empty() {
        return None;
    }
    let message = Text::new("narrows {counts}").with("counts", Argument::listed(counts));
    let asked = asked(model, ban);
    let here = if asked.is_empty() {
        Text::new("takes a part of what statements permit")
    } else {
        Text::new("a request there must give {facts}").with("facts", Argument::listed(asked))
    };
    Some(Diagnostic::new(
        "narrowing",
        Severity::Note,
        message,
        span_of(model, ban.sentence),
        here,
    ))
}

/// Whether there is a world in which the way holds and the ban strikes it.
fn may_strike(model: &Model, ban: &BanMeaning, grant: &Grant, (act, point): (Act, &Point), way: &[Id<Basis>]) -> bool {
    if !pairs::applies(model, &ban.limits, act, point, way) {
        return false;
    }
    let since = pairs::since(model, way);
    let mut holds: Vec<&Guard> = vec![&grant.guard, &ban.limits.guard];
    holds.extend(&since);
    holds.extend(way.iter().filter_map(|basis| model.bases[*basis].detail.when.as_ref()));
    let spared = ban
        .except
        .iter()
        .filter(|part| pairs::applies(model, part, act, point, way));
    let spared: Vec<&Guard> = spared.map(|part| &part.guard).collect();
    worlds::find(model, &holds, &spared, pairs::places(model, act, point)).is_some()
}

/// The facts that the guards of a ban ask for, as `decide` takes them; a class with a condition asks for that.
fn asked(model: &Model, ban: &BanMeaning) -> Vec<Argument> {
    let mut names = BTreeMap::new();
    let mut known = BTreeSet::new();
    let guards = std::iter::once(&ban.limits).chain(&ban.except).map(|part| &part.guard);
    guards.for_each(|guard| ask(model, guard, &mut known, &mut names));
    names.into_values().collect()
}

fn ask(model: &Model, guard: &Guard, known: &mut BTreeSet<Id<Subject>>, names: &mut BTreeMap<String, Argument>) {
    for (literal, _) in guard.any.iter().flatten() {
        let name = match literal {
            Literal::Fact(fact) => {
                let path = &model.facts[*fact].path;
                names.insert(path.clone(), path.into());
                continue;
            }
            Literal::Age(..) => Text::new("age"),
            Literal::Date(..) => Text::new("the day"),
            Literal::Place(_) => Text::new("the place"),
            Literal::Class(class) => match &model.subjects[*class].detail.when {
                Some(when) => {
                    if known.insert(*class) {
                        ask(model, when, known, names);
                    }
                    continue;
                }
                None => Text::new("whose data they are (`about`)"),
            },
        };
        names.insert(name.english(), name.into());
    }
}
