//! Two versions of a policy compared by what they mean, not by how they are written (M14, M15).
//!
//! Points that no rule tells apart are looked at together (`points`). Where the rules of both versions do not say the same,
//! what they ask of a world (`asked`) is put as questions, with a choice for each case that either version tells from the others
//! (`questions`); what each version says is a formula over them (`says`), and so is each kind of difference (`asking`). The
//! search (`formula`) finds a world that makes it true, or that there is none; a world counts if both versions answer so through
//! the runtime. So each difference is found, each comes with a request that shows it, and wording, order, comments and names of
//! clauses show none.

mod announce;
mod asked;
mod asking;
pub mod clauses;
mod consents;
mod covered;
mod formula;
mod found;
pub mod kinds;
mod looking;
mod merge;
pub mod names;
mod paper;
mod people;
mod places;
mod points;
mod questions;
mod says;
mod side;
mod terms;
mod witness;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::Day;

pub use crate::bundle::reading;

pub use announce::{Announced, announced};
pub use clauses::{Cited, Clause, Fate};
pub use found::{Change, Diff, Moved, Place, Uncompared, Version};
pub use kinds::{KINDS, Kind, Verdict};
pub use paper::changes;
pub use people::{Covered, Person};
pub use reading::renamed;
pub use side::Side;
pub use witness::Witness;

use crate::bundle::order;

use asking::Asking;
use looking::Looking;
use names::Naming;
use points::{Points, Spot};
use questions::Gathering;
use reading::{Joined, Pair, Sort};
use terms::Terms;

/// How many steps the search for one kind of difference at one place may take. What real policies need is below a thousand.
const STEPS: usize = 100_000;

/// How deep guards of classes hang on each other.
const DEPTH: u32 = 8;

/// Compares two versions.
#[must_use]
pub fn diff(before: &Side, after: &Side) -> Diff {
    diff_within(before, after, STEPS)
}

/// Compares two versions, with at most so many steps for each kind of difference at each place. Where they do not suffice, the
/// comparison says so, and its verdict is on the side of caution.
#[must_use]
pub fn diff_within(before: &Side, after: &Side, steps: usize) -> Diff {
    let sides = [before, after];
    let joined = joined(sides);
    let terms = || {
        let names = |side: usize| {
            Sort::ALL.map(|sort| {
                let joined = joined.get(&sort);
                joined.map_or(&[][..], |joined| {
                    if side == 0 {
                        &joined.names_before
                    } else {
                        &joined.names_after
                    }
                })
            })
        };
        [Terms::new(before, names(0)), Terms::new(after, names(1))]
    };
    let home = home(sides);
    let spots = Points::new(sides, terms()).all(&joined, home);
    let asking = Asking {
        gathering: Gathering { sides, joined: &joined },
        day: day(sides),
        steps,
    };
    let naming = Naming { sides };
    let classes = classes(sides, &joined);
    let [ours, theirs] = terms();
    let redefined: BTreeSet<Pair> = classes
        .iter()
        .flatten()
        .filter(|pair| {
            let told = pair
                .before
                .map(|one| ours.class(one, DEPTH))
                .zip(pair.after.map(|one| theirs.class(one, DEPTH)));
            told.is_some_and(|(before, after)| before != after)
        })
        .copied()
        .collect();
    let everyone = joined
        .get(&Sort::Subject)
        .map_or(&[][..], |joined| joined.pairs.as_slice());
    let mut looking = Looking {
        asking: &asking,
        naming: &naming,
        classes: everyone,
        known: BTreeMap::new(),
        alike: BTreeMap::new(),
        seen: Vec::new(),
        cut: Vec::new(),
    };
    for spot in &spots {
        let changed = |class: &Option<Pair>| class.is_some_and(|class| redefined.contains(&class));
        let differing: Vec<Option<Pair>> = classes
            .iter()
            .filter(|class| !spot.is_same() || changed(class))
            .copied()
            .collect();
        looking.look(spot, &differing);
    }
    let (seen, cut) = (looking.seen, looking.cut);
    let mut changes: Vec<Change> = merge::merge(seen)
        .into_iter()
        .map(|group| change(&asking, &naming, group))
        .collect();
    changes.sort_by(|a, b| {
        let place = |change: &Change| {
            let cited = change.after.first().or(change.before.first());
            clauses::numbers(cited.and_then(|cited| cited.paragraph.as_deref()).unwrap_or_default())
        };
        (a.kind, place(a), a.verb, &a.places).cmp(&(b.kind, place(b), b.verb, &b.places))
    });
    let uncompared = uncompared(after, &naming, cut);
    let people = people::people(after, &naming, &changes, &uncompared);
    let texts = sides.map(|side| {
        side.content
            .notices
            .iter()
            .map(|notice| notice.digest.clone())
            .collect::<Vec<_>>()
    });
    Diff {
        before: Version::of(before),
        after: Version::of(after),
        verdict: {
            let unsure = uncompared.iter().map(|one| one.verdict);
            unsure
                .chain(changes.iter().map(|change| change.verdict))
                .max()
                .unwrap_or_default()
        },
        uncompared,
        same_meaning: before.content.meaning == after.content.meaning,
        same_text: texts[0] == texts[1],
        clauses: clauses::clauses([&before.content, &after.content], [&ours, &theirs]),
        people,
        changes,
    }
}

fn joined(sides: [&Side; 2]) -> BTreeMap<Sort, Joined> {
    let (was, becomes) = (&sides[1].renamed, &sides[0].renamed);
    let join = |sort: Sort| {
        let joined = reading::join(sort, &sides[0].nouns(sort), &sides[1].nouns(sort), was, becomes);
        (sort, joined)
    };
    Sort::ALL.into_iter().map(join).collect()
}

fn home(sides: [&Side; 2]) -> bool {
    let home = |side: &Side| {
        side.content
            .home
            .and_then(|home| side.path(Sort::Country, home).map(str::to_owned))
    };
    home(sides[0]) != home(sides[1])
}

/// A day on which everything that either version says of days has begun.
fn day(sides: [&Side; 2]) -> Day {
    let of = |side: &Side| {
        let content = &side.content;
        let since = content.bases.iter().filter_map(|basis| basis.since);
        let later = content
            .grants
            .iter()
            .flat_map(|grant| &grant.later)
            .map(|later| later.since);
        content.begins.into_iter().chain(since).chain(later).max()
    };
    let usual = Day::new(2026, 1, 1).unwrap_or(Day::FIRST);
    sides.into_iter().filter_map(of).max().unwrap_or(usual)
}

/// The classes of people that a policy itself declares; nobody in particular if neither version declares any.
fn classes(sides: [&Side; 2], joined: &BTreeMap<Sort, Joined>) -> Vec<Option<Pair>> {
    let own = |pair: &&Pair| {
        [(0, pair.before), (1, pair.after)].into_iter().any(|(side, number)| {
            let nouns = sides[side].nouns(Sort::Subject);
            let noun = number.and_then(|number| nouns.get(number as usize).copied());
            noun.is_some_and(|noun| noun.origin == kupuya_runtime::wire::Origin::Project)
        })
    };
    let pairs = joined
        .get(&Sort::Subject)
        .map_or(&[][..], |joined| joined.pairs.as_slice());
    let classes: Vec<Option<Pair>> = pairs.iter().filter(own).copied().map(Some).collect();
    if classes.is_empty() { vec![None] } else { classes }
}

/// Where not all was compared. What may be allowed there, or kept longer, on the ground of a consent asks for it again.
fn uncompared(after: &Side, naming: &Naming<'_>, cut: Vec<(&Spot, Option<Pair>, Kind)>) -> Vec<Uncompared> {
    let consent = |spot: &Spot| {
        let grants = spot.grants[1].iter().filter_map(|at| after.content.grants.get(*at));
        let mut bases = grants.flat_map(|grant| grant.ways.iter().flatten());
        bases.any(|basis| {
            after
                .content
                .bases
                .get(*basis as usize)
                .is_some_and(|basis| basis.consent)
        })
    };
    type Boxes<'s> = (Vec<merge::Wide>, Vec<&'s Spot>);
    let mut found: BTreeMap<(std::cmp::Reverse<Verdict>, &'static str), Boxes<'_>> = BTreeMap::new();
    for (spot, class, kind) in cut {
        let key = (std::cmp::Reverse(kind.verdict(consent(spot))), spot.act.word());
        let (boxes, spots) = found.entry(key).or_default();
        boxes.push(merge::wide(spot, class));
        spots.push(spot);
    }
    let one = |((verdict, verb), (boxes, spots)): ((std::cmp::Reverse<Verdict>, &'static str), Boxes<'_>)| {
        let mut places: Vec<Place> = merge::joined(boxes)
            .iter()
            .map(|wide| naming.place(wide, &spots, None))
            .collect();
        places.sort();
        places.dedup();
        Uncompared {
            verdict: verdict.0,
            verb,
            places,
        }
    };
    found.into_iter().map(one).collect()
}

fn change(asking: &Asking<'_>, naming: &Naming<'_>, group: merge::Group<'_>) -> Change {
    let first = &group.first;
    let cited = |side: usize| {
        let content = &asking.sides()[side].content;
        first.grounds.rules[side]
            .iter()
            .filter_map(|id| Cited::named(content, id))
            .collect()
    };
    let consent = |shared: &String| {
        let after = &asking.sides()[1].content;
        after
            .bases
            .iter()
            .any(|basis| basis.consent && asking.shared(Sort::Basis, 1, &basis.noun.path) == *shared)
    };
    let mut places: Vec<Place> = group
        .boxes
        .iter()
        .map(|wide| naming.place(wide, &group.spots, Some((first.kind, &first.grounds.relied))))
        .collect();
    places.sort();
    places.dedup();
    let list = |bases: &BTreeSet<String>| {
        bases
            .iter()
            .map(|name| name.trim_start_matches('-').to_owned())
            .collect()
    };
    Change {
        kind: first.kind,
        verdict: first.kind.verdict(first.grounds.bases[1].iter().any(consent)),
        verb: first.spot.act.word(),
        places,
        before: cited(0),
        after: cited(1),
        moved: naming.moved(&group.spots),
        bases_before: list(&first.grounds.bases[0]),
        bases_after: list(&first.grounds.bases[1]),
        witness: witness::witness(asking, first),
    }
}
