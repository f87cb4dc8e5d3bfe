//! How long data are kept in two versions: their deadlines side by side (M12, M14).

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{End, Grant};
use kupuya_runtime::{Day, Due, ItemTimes, Request, Time};

use super::asking::{Asking, Point};
use super::kinds::Kind;
use super::points::Spot;
use super::reading::{Pair, Sort};
use super::worlds::{World, request};

/// Days after the collection on which an event may happen.
const AFTER: [i64; 3] = [1, 400, 4000];
/// More events than this at one place are only moved all together.
const EVENTS: usize = 4;

/// When an item was collected and what happened then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// When it was collected.
    pub collected: Day,
    /// When events happened; `None`: not yet.
    pub events: Vec<(Pair, Option<Day>)>,
}

/// What was found: the world and times that show it, the rules that decide in each version, the deadlines.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The world.
    pub world: World,
    /// The times.
    pub times: Times,
    /// The keeps that decide, by printed id.
    pub rules: [Vec<String>; 2],
    /// The deadlines; `None`: no end.
    pub deadlines: [Option<Time>; 2],
}

impl Asking<'_> {
    /// Whether data are kept longer or shorter at a place where both versions keep them.
    pub fn kept(&self, spot: &Spot, point: Point, class: Option<Pair>) -> BTreeMap<Kind, Kept> {
        let mut found = BTreeMap::new();
        let asked = self.gathering.asked(spot);
        let events: Vec<Pair> = self.events(spot).into_iter().collect();
        let conditions: Vec<Pair> = self
            .gathering
            .facts(&asked)
            .into_iter()
            .filter(|fact| !events.contains(fact))
            .collect();
        for mut world in self.gathering.settled(&asked, class, false) {
            // What a guard asks for holds: a keep that does not hold keeps nothing.
            world.facts = conditions.iter().map(|fact| (*fact, true)).collect();
            for times in happenings(&events, world.day.plus_days(-30)) {
                let told = [0, 1].map(|side| self.deadline(side, spot, point, &world, &times));
                let [Some((before, ours)), Some((after, theirs))] = told else {
                    continue;
                };
                let kind = match compare(before, after) {
                    std::cmp::Ordering::Less => Kind::KeptLonger,
                    std::cmp::Ordering::Greater => Kind::KeptShorter,
                    std::cmp::Ordering::Equal => continue,
                };
                found.entry(kind).or_insert_with(|| Kept {
                    world: world.clone(),
                    times: times.clone(),
                    rules: [ours, theirs],
                    deadlines: [before, after],
                });
            }
        }
        found
    }

    /// The deadline of an item in a version with the rules that decide; `None` if it keeps nothing or cannot tell.
    fn deadline(
        &self,
        side: usize,
        spot: &Spot,
        point: Point,
        world: &World,
        times: &Times,
    ) -> Option<(Option<Time>, Vec<String>)> {
        let request = self.item_request(side, spot, point, world, times)?;
        let retained = self.sides[side].always.retention(&request);
        let named = request.data.iter().flatten().next()?;
        let item = retained.items.iter().find(|item| item.data == named)?;
        matches!(item.state, Due::Due | Due::Hold)
            .then(|| (item.latest, item.rules.iter().map(|rule| rule.id.to_owned()).collect()))
    }

    /// The request about an item in the words of a version.
    pub fn item_request(
        &self,
        side: usize,
        spot: &Spot,
        point: Point,
        world: &World,
        times: &Times,
    ) -> Option<Request> {
        let events = times.events.iter().filter_map(|(event, at)| {
            let number = [event.before, event.after][side]?;
            let name = self.sides[side].path(Sort::Fact, number)?;
            Some((name.to_owned(), at.map(Time::Day)))
        });
        let item = ItemTimes {
            collected: Some(Time::Day(times.collected)),
            events: events.collect(),
        };
        Some(Request {
            item: Some(item),
            ..request(self.sides, side, spot, point, world)?
        })
    }

    /// The events that ends of either version speak of.
    fn events(&self, spot: &Spot) -> BTreeSet<Pair> {
        fn all(end: &End, found: &mut Vec<u32>) {
            match end {
                End::Event(event) => found.push(*event),
                End::Date(_) | End::After(_, None) => {}
                End::After(_, Some(end)) => all(end, found),
                End::Or(ends) | End::And(ends) => ends.iter().for_each(|end| all(end, found)),
            }
        }
        let mut events = BTreeSet::new();
        for side in 0..2 {
            let content = &self.sides[side].content;
            let grants = spot.grants[side].iter().filter_map(|at| content.grants.get(*at));
            let mut found = Vec::new();
            for end in grants.filter_map(|grant: &Grant| grant.keep.as_ref()?.end.as_ref()) {
                all(end, &mut found);
            }
            let pairs = (self.gathering.pairs)(Sort::Fact);
            events.extend(pairs.iter().filter(|pair| {
                let number = [pair.before, pair.after][side];
                number.is_some_and(|number| found.contains(&number))
            }));
        }
        events
    }
}

/// An end that never comes is the latest.
fn compare(before: Option<Time>, after: Option<Time>) -> std::cmp::Ordering {
    let at = |time: Option<Time>| time.map_or(i64::MAX, |time| time.instant(0).0);
    at(before).cmp(&at(after))
}

/// The orders in which events may happen after a collection.
fn happenings(events: &[Pair], collected: Day) -> Vec<Times> {
    let mut choices: Vec<Option<Day>> = vec![None];
    choices.extend(AFTER.map(|days| Some(collected.plus_days(days))));
    let with = |events| Times { collected, events };
    if events.len() > EVENTS {
        let alike = choices
            .iter()
            .map(|at| with(events.iter().map(|event| (*event, *at)).collect()));
        return alike.collect();
    }
    let mut all = vec![Vec::new()];
    for event in events {
        let longer = all.iter().flat_map(|known: &Vec<_>| {
            choices.iter().map(|at| {
                let mut known = known.clone();
                known.push((*event, *at));
                known
            })
        });
        all = longer.collect();
    }
    all.into_iter().map(with).collect()
}
