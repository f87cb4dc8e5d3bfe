//! Properties of comparisons over policies made at random: nothing that both versions answer otherwise is missed.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use kupuya::diff::reading::Renamed;
use kupuya::diff::{Diff, Kind, Side};
use kupuya::model::Model;
use kupuya::model::noun::{Id, Subject};
use kupuya::model::sentence::Act;
use kupuya::source::Origin;
use kupuya_reference::random::{self, Tape};
use kupuya_reference::{Ask, Made, request};
use kupuya_runtime::{Answer, Deadline, Due, Item, Request, Verdict};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::{compared, told, witnesses_hold};
use crate::decide::properties::{cases, tape};

/// A model, and the same with some edits.
fn versions(numbers: &[u16], edits: &[u16]) -> [Made; 2] {
    let mut tape = Tape::new(numbers);
    let mut before = random::model(&mut tape);
    random::duties(&mut tape, &mut before);
    random::caps(&mut tape, &mut before);
    if let Some(policy) = &mut before.policy {
        (policy.effective, policy.approved, policy.until) = (None, None, None);
    }
    let mut after = before.clone();
    random::edit(&mut Tape::new(edits), &mut after);
    [Made::new(before), Made::new(after)]
}

fn side(made: &Made) -> Side {
    Side::new(made.bundle.clone(), Renamed::new()).unwrap()
}

/// A request that knows everything, and does not contradict itself: of every event when it happened, if it did.
pub fn whole(tape: &mut Tape<'_>, model: &Model) -> Option<Ask> {
    let mut ask = random::ask(tape, model);
    let own = |class: &Id<Subject>| model.subjects[*class].origin == Origin::Project;
    if !ask.about.iter().any(own) {
        let all: Vec<_> = model.subjects.ids().filter(own).collect();
        ask.about.push(tape.one(&all));
    }
    let age = ask
        .age
        .map_or_else(|| tape.one(&[17, 18, 13, 14, 0, 1, 64, 65, 66]), |(least, _)| least);
    ask.age = Some((age, Some(age)));
    ask.records.get_or_insert_default();
    // What is stored, anonymised or erased hangs on the times of the item; for other verbs it need not be told.
    let times = matches!(ask.act, Act::Store | Act::Anonymise | Act::Erase) || tape.once_in(2);
    let on = ask.on;
    let past = |tape: &mut Tape<'_>| Some(random::day(tape)).filter(|day| *day <= on);
    ask.events = model
        .facts
        .ids()
        .map(|fact| (fact, past(tape).filter(|_| tape.once_in(2))))
        .collect();
    ask.facts = ask.events.iter().map(|(fact, at)| (*fact, at.is_some())).collect();
    ask.collected = past(tape);
    ask.collected?;
    if !times {
        (ask.collected, ask.events) = (None, Vec::new());
    }
    Some(ask)
}

/// Whether a change of some kind is told of data of people of some of the classes.
fn tells(found: &Diff, model: &Model, kind: Kind, verb: Option<&str>, data: &str, ask: &Ask) -> bool {
    let all: Vec<_> = model.data.iter().collect();
    let near = |named: &str| {
        let id = |path: &str| {
            all.iter()
                .find(|(_, noun)| noun.path == path)
                .map(|(id, _)| *id)
                .unwrap()
        };
        // What lies in a class of the taxonomy alone is told by the policy's own beside it.
        let own = model.data[id(data)].origin == Origin::Project;
        !own || named == "any" || model.data.below(id(data), id(named)) || model.data.below(id(named), id(data))
    };
    let about = |named: &str| {
        named == "any"
            || ask.about.iter().any(|class| {
                let up = model.subjects.up(*class);
                up.iter().any(|class| model.subjects[*class].path == named)
            })
    };
    found.of(kind).any(|change| {
        verb.is_none_or(|verb| change.verb == verb)
            && change
                .places
                .iter()
                .any(|place| place.data.iter().any(|one| near(one)) && place.about.iter().any(|one| about(one)))
    })
}

fn weaker(before: &Item<'_>, after: &Item<'_>) -> bool {
    before.obligations.iter().any(|duty| {
        !after.obligations.iter().any(|other| {
            let soon = match (duty.within, other.within) {
                (ours, None) => ours.is_none(),
                (None, Some(_)) => true,
                (Some(ours), Some(theirs)) => hours(theirs) <= hours(ours),
            };
            duty.what == other.what && duty.to == other.to && soon
        })
    })
}

fn hours(period: kupuya_runtime::Period) -> u32 {
    use kupuya_runtime::Unit;
    period.count
        * match period.unit {
            Unit::Hour => 1,
            Unit::Day => 24,
            Unit::WorkingDay => 72,
            Unit::Week => 168,
            Unit::Month => 744,
            Unit::Year => 8784,
        }
}

/// What a request shows: kinds of differences one of which must be told, with the verb if only that one counts, and the data.
type Shown = (Vec<Kind>, Option<String>, String);

/// Everything in which two answers to one request differ.
fn shown(versions: &[Made; 2], request: &Request) -> Vec<Shown> {
    let [then, now] = [0, 1].map(|side| versions[side].bundle.decide(request));
    let [kept, keeps] = [0, 1].map(|side| versions[side].bundle.retention(request));
    if [&then, &now].iter().any(|answer| answer.verdict == Verdict::Invalid) {
        return Vec::new();
    }
    // Times that leave a deadline open tell nothing for certain.
    let open = |all: &[Deadline<'_>]| all.iter().any(|item| item.state == Due::Unknown);
    let timed = request.item.as_ref().is_some_and(|item| item.collected.is_some());
    if timed && (open(&kept.items) || open(&keeps.items)) {
        return Vec::new();
    }
    let mut shown = Vec::new();
    for (before, after) in then.items.iter().zip(&now.items) {
        assert_eq!(before.point.data, after.point.data);
        let mut show = |is: bool, kinds: &[Kind], verb: bool| {
            if is {
                let verb = verb.then(|| request.action.clone());
                shown.push((kinds.to_vec(), verb, before.point.data.to_owned()));
            }
        };
        let allows = |item: &Item<'_>| item.verdict == Verdict::Allow;
        let forbids = |item: &Item<'_>| item.verdict == Verdict::Forbidden;
        let ends: &[Kind] = if timed {
            &[Kind::KeptLonger, Kind::KeptShorter]
        } else {
            &[]
        };
        let or_ends = |kind: Kind| [&[kind], ends].concat();
        show(allows(after) && !allows(before), &or_ends(Kind::Widened), false);
        show(allows(before) && !allows(after), &or_ends(Kind::Narrowed), false);
        show(forbids(before) && !forbids(after), &or_ends(Kind::PromiseLost), false);
        show(forbids(after) && !forbids(before), &or_ends(Kind::PromiseGiven), false);
        let single = before.relies_on.len() == 1 && after.relies_on.len() == 1;
        if allows(before) && allows(after) && single && only(&then, request) {
            show(weaker(before, after), &[Kind::DutyWeaker], true);
            show(weaker(after, before), &[Kind::DutyStronger], true);
        }
    }
    if timed {
        for (before, after) in kept.items.iter().zip(&keeps.items) {
            let states = (before.state, after.state);
            let mut show = |is: bool, kind: Kind| {
                if is {
                    shown.push((vec![kind], None, before.data.to_owned()));
                }
            };
            show(states == (Due::Due, Due::Hold), Kind::KeptLonger);
            show(states == (Due::Hold, Due::Due), Kind::KeptShorter);
        }
    }
    shown
}

/// What a difference that is not told looks like.
fn missed(kinds: &[Kind], data: &str, request: &Request, versions: &[Made; 2], found: &Diff) -> String {
    let mut told = format!("{kinds:?} of {data} at {}\n", serde_json::to_string(request).unwrap());
    for made in versions {
        let content = made.bundle.content().unwrap();
        let rules = (
            &content.grants,
            &content.bans,
            &content.caps,
            &content.guards,
            &content.literals,
            &content.bases,
        );
        told += &format!("{}\n", serde_json::to_string(&rules).unwrap());
        told += &format!("{}\n", serde_json::to_string(&made.bundle.decide(request)).unwrap());
        told += &format!("{}\n", serde_json::to_string(&made.bundle.retention(request)).unwrap());
    }
    for change in &found.changes {
        told += &format!("{:?} {} {:?}\n", change.kind, change.verb, change.places);
    }
    told
}

/// Whether a request asks about one point of each data category: nothing is left out, and nothing lies below what it names.
fn only(answer: &Answer<'_>, request: &Request) -> bool {
    let one = |slot: &Option<Vec<String>>| slot.as_ref().is_none_or(|names| names.len() == 1);
    answer.left_out.iter().all(|slot| *slot == kupuya_runtime::Slot::Data)
        && [&request.by, &request.source, &request.purpose, &request.recipient]
            .into_iter()
            .all(one)
}

/// The kinds of differences with their verbs, or what each is the other way round.
fn kinds(found: &Diff, back: bool) -> BTreeSet<(Kind, &'static str)> {
    let kind = |kind: Kind| if back { kind.mirrored() } else { kind };
    found
        .changes
        .iter()
        .map(|change| (kind(change.kind), change.verb))
        .collect()
}

/// A policy against itself with some edits: nothing against itself, the same both ways, each difference with a request that shows
/// it, and no request that differs without a difference.
#[test]
fn what_is_edited_shows_and_nothing_else() {
    let seen: RefCell<BTreeMap<Kind, usize>> = RefCell::default();
    let shows: RefCell<BTreeMap<Kind, usize>> = RefCell::default();
    let strategy = (tape(), tape(), prop::collection::vec(tape(), 24));
    let result = TestRunner::new(cases(128)).run(&strategy, |(numbers, edits, requests)| {
        let versions = versions(&numbers, &edits);
        let [before, after] = [0, 1].map(|number| side(&versions[number]));
        prop_assert_eq!(told(&compared(&before, &before), false), Vec::<String>::new());
        let there = compared(&before, &after);
        prop_assert!(there.uncompared.is_empty());
        witnesses_hold(&there, &before, &after);
        let back = compared(&after, &before);
        if before.content.subjects == after.content.subjects {
            prop_assert_eq!(told(&there, false), told(&back, true));
        } else {
            // Classes that stand elsewhere are named after the version that is new.
            prop_assert_eq!(kinds(&there, false), kinds(&back, true));
        }
        for change in &there.changes {
            *seen.borrow_mut().entry(change.kind).or_default() += 1;
        }
        let model = &versions[1].model;
        for numbers in requests {
            let Some(ask) = whole(&mut Tape::new(&numbers), model) else {
                continue;
            };
            let mut request = request(model, &ask);
            request.item = request.item.filter(|item| item.collected.is_some());
            for (kinds, verb, data) in shown(&versions, &request) {
                *shows.borrow_mut().entry(kinds[0]).or_default() += 1;
                let is = kinds
                    .iter()
                    .any(|kind| tells(&there, model, *kind, verb.as_deref(), &data, &ask));
                prop_assert!(is, "{}", missed(&kinds, &data, &request, &versions, &there));
            }
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    println!(
        "differences: {:?}; shown by requests: {:?}",
        seen.borrow(),
        shows.borrow()
    );
    // Few requests at random meet a promise: one that is lost is one that is given on the way back.
    for kinds in [
        &[Kind::Widened][..],
        &[Kind::Narrowed],
        &[Kind::PromiseLost, Kind::PromiseGiven],
    ] {
        let met = |counts: &RefCell<BTreeMap<Kind, usize>>| kinds.iter().any(|kind| counts.borrow().contains_key(kind));
        assert!(met(&seen) && met(&shows), "{kinds:?}");
    }
}
