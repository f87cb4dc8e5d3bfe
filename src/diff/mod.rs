//! Two versions of a policy compared by what they mean, not by how they are written (M14, M15).
//!
//! Points that no rule tells apart are looked at together (`points`); where the rules of both versions do not say the same,
//! both are asked through the runtime in every world that their guards tell apart (`worlds`, `asking`). So each
//! difference comes with a request that shows it, and wording, order, comments and names of clauses show none.

mod announce;
mod asking;
pub mod clauses;
mod found;
mod kept;
pub mod kinds;
mod looking;
mod merge;
pub mod names;
mod paper;
mod people;
mod points;
pub mod reading;
mod side;
mod terms;
mod witness;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::Day;

pub use announce::{Announced, announced};
pub use clauses::{Cited, Clause, Fate};
pub use found::{Change, Diff, Place, Version};
pub use kinds::{KINDS, Kind, Verdict};
pub use paper::changes;
pub use people::{Covered, Person};
pub use reading::renamed;
pub use side::Side;
pub use witness::Witness;

use asking::Asking;
use looking::Looking;
use names::Naming;
use points::Points;
use reading::{Joined, Pair, Sort};
use terms::Terms;
use worlds::Gathering;

/// Compares two versions.
#[must_use]
pub fn diff(before: &Side, after: &Side) -> Diff {
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
        [
            Terms::new(&before.content, names(0)),
            Terms::new(&after.content, names(1)),
        ]
    };
    let home = home(sides);
    let spots = Points::new(sides, terms()).all(&joined, home);
    let pairs = |sort: Sort| joined.get(&sort).map_or(&[][..], |joined| joined.pairs.as_slice());
    let asking = Asking {
        sides,
        joined: &joined,
        gathering: Gathering {
            sides,
            pairs: &pairs,
            day: day(sides),
        },
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
                .map(|one| ours.class(one, 8))
                .zip(pair.after.map(|one| theirs.class(one, 8)));
            told.is_some_and(|(before, after)| before != after)
        })
        .copied()
        .collect();
    let mut looking = Looking {
        asking: &asking,
        naming: &naming,
        known: BTreeMap::new(),
        seen: Vec::new(),
    };
    for spot in &spots {
        let changed = |class: &Option<Pair>| class.is_some_and(|class| redefined.contains(&class));
        let differing: Vec<Option<Pair>> = classes
            .iter()
            .filter(|class| !spot.is_same() || changed(class))
            .copied()
            .collect();
        let mut kinds = BTreeSet::new();
        for class in &differing {
            kinds.extend(looking.look(spot, *class, None));
        }
        // What shows for nobody of one class alone may show for who is of several.
        for class in &differing {
            looking.look(spot, *class, Some(&kinds));
        }
    }
    let seen = looking.seen;
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
    let people = people::people(after, &naming, &changes);
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
        verdict: changes.iter().map(|change| change.verdict).max().unwrap_or_default(),
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

fn change(asking: &Asking<'_>, naming: &Naming<'_>, group: merge::Group<'_>) -> Change {
    let first = &group.first;
    let cited = |side: usize| {
        let content = &asking.sides[side].content;
        first.rules[side]
            .iter()
            .filter_map(|id| Cited::named(content, id))
            .collect()
    };
    let consent = |shared: &String| {
        let after = &asking.sides[1].content;
        after
            .bases
            .iter()
            .any(|basis| basis.consent && asking.shared(1, &basis.noun.path) == *shared)
    };
    let mut places: Vec<Place> = group
        .boxes
        .iter()
        .map(|wide| naming.place(wide, &group.spots))
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
        verdict: first.kind.verdict(first.bases[1].iter().any(consent)),
        verb: first.spot.act.word(),
        places,
        before: cited(0),
        after: cited(1),
        bases_before: list(&first.bases[0]),
        bases_after: list(&first.bases[1]),
        witness: witness::witness(asking, first),
    }
}
