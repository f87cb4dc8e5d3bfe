//! What is known of a person and a case, and how a version is asked about it.

use kupuya_runtime::{Age, Day, ItemTimes, Record, RecordBy, RecordKind, Request, Time};

use super::points::Spot;
use super::reading::{Pair, Sort};
use super::side::Side;

/// What is known of a person and a case. What decides nothing is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// Classes of the person.
    pub about: Vec<Pair>,
    /// The age in completed years.
    pub age: Option<u32>,
    /// Conditions and events.
    pub facts: Vec<(Pair, bool)>,
    /// What the person did about bases.
    pub records: Vec<(Pair, Recorded)>,
    /// The one purpose that consents are given for, and objections are not made to; `None`: all.
    pub focus: Option<Pair>,
    /// The place, in names of either version.
    pub place: Option<Spoken>,
    /// When an item was collected and what happened to it, where it matters.
    pub item: Option<Times>,
    /// The day.
    pub day: Day,
}

/// When an item was collected and what happened then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// When it was collected.
    pub collected: Option<Time>,
    /// When events happened; `None`: not yet.
    pub events: Vec<(Pair, Option<Time>)>,
}

/// A place of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spoken {
    /// A country.
    In(Pair),
    /// Any but home.
    Abroad,
}

/// What a person did about a basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When a consent was given, and whether a representative gave it.
    pub given: Option<(Time, bool)>,
    /// How it ended, at the time of the request.
    pub end: Option<Ended>,
}

/// How somebody puts an end to a basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By withdrawing.
    Withdrawn,
    /// By objecting.
    Objected,
    /// By objecting to every purpose but the one in focus.
    ButFocus,
}

/// The name of a pair in a version.
fn name(sides: [&Side; 2], side: usize, sort: Sort, pair: Pair) -> Option<String> {
    sides[side].path(sort, pair.of(side)?).map(str::to_owned)
}

/// The request for a point and a world in the words of a version; `None` where it has no words for it: then it declares
/// nothing.
pub fn request(
    sides: [&Side; 2],
    side: usize,
    spot: &Spot,
    point: [Option<Pair>; 5],
    world: &World,
) -> Option<Request> {
    let mut request = Request {
        action: spot.act.word().to_owned(),
        time: Some(Time::Day(world.day)),
        age: world.age.map(Age::Years),
        ..Request::default()
    };
    let mut named: [Option<Vec<String>>; 5] = <[Option<Vec<String>>; 5]>::default();
    for ((sort, pair), slot) in Sort::SLOTS.into_iter().zip(point).zip(&mut named) {
        let Some(pair) = pair else { continue };
        if sides[side].has_none(sort) {
            continue;
        }
        *slot = Some(vec![name(sides, side, sort, pair)?]);
    }
    let [by, data, source, purpose, recipient] = named;
    (request.by, request.data, request.source, request.purpose) = (by, data, source, purpose);
    request.recipient = recipient.filter(|_| spot.act.has_recipient());
    for class in &world.about {
        match name(sides, side, Sort::Subject, *class) {
            Some(name) => request.about.push(name),
            // The first class is whom it is about; others only matter where they are known.
            None if world.about.first() == Some(class) => return None,
            None => {}
        }
    }
    request.place = match world.place {
        None => None,
        Some(Spoken::Abroad) => Some("abroad".to_owned()),
        // A country that a version never speaks of is to it one of those abroad.
        Some(Spoken::In(country)) => {
            Some(name(sides, side, Sort::Country, country).unwrap_or_else(|| "abroad".to_owned()))
        }
    };
    for (fact, holds) in &world.facts {
        if let Some(name) = name(sides, side, Sort::Fact, *fact) {
            request.facts.insert(name, *holds);
        }
    }
    request.records = Some(records(sides, side, world));
    request.item = world.item.as_ref().map(|times| ItemTimes {
        collected: times.collected,
        events: times
            .events
            .iter()
            .filter_map(|(event, at)| Some((name(sides, side, Sort::Fact, *event)?, *at)))
            .collect(),
    });
    Some(request)
}

fn records(sides: [&Side; 2], side: usize, world: &World) -> Vec<Record> {
    let focus = world
        .focus
        .map(|focus| (focus, name(sides, side, Sort::Purpose, focus)));
    let mut records = Vec::new();
    for (basis, recorded) in &world.records {
        let Some(basis) = name(sides, side, Sort::Basis, *basis) else {
            continue;
        };
        let mut add = |kind: RecordKind, purposes: Option<Vec<String>>, at: Time, guardian: bool| {
            records.push(Record {
                kind,
                basis: basis.clone(),
                purposes,
                at,
                by: match guardian {
                    true => RecordBy::Representative,
                    false => RecordBy::Person,
                },
            });
        };
        if let Some((at, guardian)) = recorded.given {
            match &focus {
                None => add(RecordKind::Give, None, at, guardian),
                Some((_, Some(name))) => add(RecordKind::Give, Some(vec![name.clone()]), at, guardian),
                // A consent for a purpose that the version does not know covers nothing there.
                Some((_, None)) => {}
            }
        }
        let now = Time::Day(world.day);
        match (recorded.end, &focus) {
            (None, _) => {}
            (Some(Ended::Withdrawn), _) => add(RecordKind::Withdraw, None, now, false),
            (Some(Ended::ButFocus), Some((focus, _))) => {
                let purposes = all_but(sides[side], focus.of(side));
                if !purposes.is_empty() {
                    add(RecordKind::Object, Some(purposes), now, false);
                }
            }
            (Some(Ended::Objected | Ended::ButFocus), _) => add(RecordKind::Object, None, now, false),
        }
    }
    records
}

/// The purposes that a list may name without covering one.
fn all_but(side: &Side, focus: Option<u32>) -> Vec<String> {
    let nouns = side.nouns(Sort::Purpose);
    let above = |number: u32| focus.is_some_and(|focus| side.orders.is_below(Sort::Purpose, focus, number));
    let others = (0..).zip(&nouns).filter(|(number, _)| !above(*number));
    others.map(|(_, noun)| noun.path.clone()).collect()
}
