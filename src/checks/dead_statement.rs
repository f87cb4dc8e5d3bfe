//! `dead_statement`: a statement can never allow anything: at every point of it the bans together, or its own
//! conditions, leave nothing (M11, *dead*).

use std::collections::BTreeSet;

use super::near::Near;
use super::pairs::{self, Point, SLOTS};
use super::worlds;
use super::{Facts, finding};
use crate::diagnostic::Diagnostic;
use crate::graph::span_of;
use crate::meaning::{BanMeaning, Grant, Region, SentenceRef};
use crate::model::Model;
use crate::model::noun::{Basis, Id, Location};
use crate::model::sentence::{Act, Guard};

/// Statements with more kinds of points than this are taken to be alive.
const MOST: usize = 10_000;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let Facts { model, meaning, .. } = *facts;
    let mut found = Vec::new();
    let near = Near::of(meaning).bans(&meaning.bans);
    for (grant, bans) in meaning.grants.iter().zip(near) {
        // Without a basis nothing is permitted either; that has a finding of its own.
        let based = grant.ways.iter().any(|way| !way.is_empty());
        let told = || bans.iter().any(|ban| pairs::conflict(model, ban, grant).is_some());
        let mut blame = BTreeSet::new();
        // A condition that is impossible by itself has been reported where it is written.
        let possible = match grant.sentence {
            SentenceRef::Permission(at) => !model.permissions[at].when.any.is_empty(),
            SentenceRef::Keep(at) => !model.keeps[at].when.any.is_empty(),
            SentenceRef::Ban(_) => true,
        };
        if !possible || !based || grant.regions.is_empty() || alive(model, &bans, grant, &mut blame) || told() {
            continue;
        }
        let diagnostic = finding(
            "dead_statement",
            "this statement can never allow anything",
            span_of(model, grant.sentence),
            "nothing is left of it",
        );
        found.push(if blame.is_empty() {
            diagnostic
                .because("its conditions and those of its basis never hold together, so the bundle denies it")
                .help("mend the conditions, or remove the statement")
        } else {
            blame
                .into_iter()
                .fold(diagnostic, |told, ban| {
                    told.and(span_of(model, ban), "takes a part of it")
                })
                .because("each promise leaves something of it, and together they leave nothing: the bundle denies it")
                .help("remove the statement, or narrow one of the promises")
        });
    }
    found
}

/// Whether some way holds at some point with no ban in force there; the bans that are met on the way are kept.
fn alive(model: &Model, bans: &[&BanMeaning], grant: &Grant, blame: &mut BTreeSet<SentenceRef>) -> bool {
    for region in &grant.regions {
        for act in &region.acts {
            let acting = |ban: &&BanMeaning| ban.limits.region.acts.contains(act);
            let near: Vec<&BanMeaning> = bans.iter().copied().filter(acting).collect();
            let Some(points) = points(model, *act, region, &near) else {
                return true;
            };
            for point in &points {
                for way in grant.ways.iter().filter(|way| !way.is_empty()) {
                    if escapes(model, &near, grant, (*act, point), way, blame) {
                        return true;
                    }
                }
            }
        }
    }
    false
}

fn escapes(
    model: &Model,
    near: &[&BanMeaning],
    grant: &Grant,
    (act, point): (Act, &Point),
    way: &[Id<Basis>],
    blame: &mut BTreeSet<SentenceRef>,
) -> bool {
    let since = pairs::since(model, way);
    let mut holds: Vec<&Guard> = vec![&grant.guard];
    holds.extend(&since);
    holds.extend(way.iter().filter_map(|basis| model.bases[*basis].detail.when.as_ref()));
    let places = pairs::places(model, act, point);
    let here = |ban: &&&BanMeaning| pairs::applies(model, &ban.limits, act, point, way);
    let bans: Vec<&BanMeaning> = near.iter().filter(here).copied().collect();
    // For each ban, what makes it harmless: its own guard is false, or an alternative's is true.
    let choices: Vec<Vec<(&Guard, bool)>> = bans
        .iter()
        .map(|ban| {
            let spared = ban
                .except
                .iter()
                .filter(|part| pairs::applies(model, part, act, point, way));
            let never = [(&ban.limits.guard, false)].into_iter();
            never.chain(spared.map(|part| (&part.guard, true))).collect()
        })
        .collect();
    let alive = harmless(model, &mut holds, &mut Vec::new(), &choices, places);
    if !alive {
        blame.extend(bans.iter().map(|ban| ban.sentence));
    }
    alive
}

/// Whether there is a world in which every ban is harmless in one of its ways.
fn harmless<'g>(
    model: &Model,
    holds: &mut Vec<&'g Guard>,
    fails: &mut Vec<&'g Guard>,
    choices: &[Vec<(&'g Guard, bool)>],
    places: &[Location],
) -> bool {
    if worlds::find(model, holds, fails, places).is_none() {
        return false;
    }
    let Some((first, rest)) = choices.split_first() else {
        return true;
    };
    first.iter().any(|(guard, wanted)| {
        let kept = (holds.len(), fails.len());
        if *wanted {
            holds.push(guard)
        } else {
            fails.push(guard)
        }
        let found = harmless(model, holds, fails, rest, places);
        holds.truncate(kept.0);
        fails.truncate(kept.1);
        found
    })
}

/// One point for every kind that the bans or countries tell apart; `None` if there are too many.
pub fn points(model: &Model, act: Act, region: &Region, bans: &[&BanMeaning]) -> Option<Vec<Point>> {
    let mut points: Vec<Point> = vec![[None; 5]];
    for (at, slot) in SLOTS.into_iter().enumerate() {
        if !pairs::has(act, slot) {
            continue;
        }
        let parts = bans
            .iter()
            .flat_map(|ban| std::iter::once(&ban.limits).chain(&ban.except));
        let limits: Vec<Option<Vec<u32>>> = parts.map(|part| pairs::atoms(model, &part.region, act, slot)).collect();
        let here = pairs::atoms(model, region, act, slot).unwrap_or_else(|| pairs::all(model, slot));
        let mut seen = Vec::new();
        let mut chosen: Vec<Option<u32>> = Vec::new();
        for atom in here {
            let inside = limits
                .iter()
                .map(|limits| limits.as_ref().is_none_or(|limits| limits.binary_search(&atom).is_ok()));
            let places = match slot {
                crate::syntax::vocabulary::Kind::Recipient => pairs::locations(model, Id::new(atom)).to_vec(),
                _ => Vec::new(),
            };
            let kind = (inside.collect::<Vec<bool>>(), places);
            if !seen.contains(&kind) {
                seen.push(kind);
                chosen.push(Some(atom));
            }
        }
        if chosen.is_empty() {
            chosen.push(None);
        }
        if points.len() * chosen.len() > MOST {
            return None;
        }
        let with = |point: &Point| {
            let point = *point;
            chosen
                .iter()
                .map(move |atom| {
                    let mut point = point;
                    point[at] = *atom;
                    point
                })
                .collect::<Vec<Point>>()
        };
        points = points.iter().flat_map(with).collect();
    }
    Some(points)
}
