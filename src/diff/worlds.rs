//! The worlds in which two versions are compared at a point: everything that any of their rules asks for there, known.

use std::collections::BTreeSet;

use kupuya_runtime::wire::{Comparison, Giver, Literal, Place, Under};
use kupuya_runtime::{Age, Day, Period, Record, RecordBy, RecordKind, Request, Time, Unit};

use super::points::Spot;
use super::reading::{Pair, Sort};
use super::side::Side;

/// More worlds than this at one point are not looked at one by one: of each basis, place and class alone then.
const WORLDS: usize = 4096;

/// What is known of a person and a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct World {
    /// Classes of the person.
    pub about: Vec<Pair>,
    /// The age in completed years.
    pub age: Option<u32>,
    /// Conditions and events.
    pub facts: Vec<(Pair, bool)>,
    /// Consents given, with the day and whether a representative gave them.
    pub consents: Vec<(Pair, Day, bool)>,
    /// Bases objected to.
    pub objections: Vec<Pair>,
    /// The place, in names of either version.
    pub place: Option<Spoken>,
    /// The day.
    pub day: Day,
}

/// A place of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spoken {
    /// A country.
    In(Pair),
    /// Any but home.
    Abroad,
}

/// What the rules at a point ask for.
#[derive(Debug, Default)]
pub struct Asked {
    facts: BTreeSet<Pair>,
    classes: BTreeSet<Pair>,
    bases: BTreeSet<Pair>,
    years: BTreeSet<u32>,
    days: BTreeSet<Day>,
    places: BTreeSet<Pair>,
    has_place: bool,
}

impl Asked {
    /// Whether any class of people is asked for.
    pub fn names_classes(&self) -> bool {
        !self.classes.is_empty()
    }
}

/// Gathers what is asked.
pub struct Gathering<'a> {
    /// The versions.
    pub sides: [&'a Side; 2],
    /// The pairs of the kinds that guards speak of.
    pub pairs: &'a dyn Fn(Sort) -> &'a [Pair],
    /// A day on which both are asked.
    pub day: Day,
}

impl Gathering<'_> {
    fn pair(&self, side: usize, sort: Sort, number: u32) -> Option<Pair> {
        let mine = |pair: &&Pair| [pair.before, pair.after][side] == Some(number);
        (self.pairs)(sort).iter().find(mine).copied()
    }

    /// What the rules of both versions ask for at a place.
    pub fn asked(&self, spot: &Spot) -> Asked {
        let mut asked = Asked::default();
        for side in 0..2 {
            let content = &self.sides[side].content;
            for grant in spot.grants[side].iter().filter_map(|at| content.grants.get(*at)) {
                self.guard(side, grant.guard, &mut asked, 8);
                for basis in grant.ways.iter().flatten() {
                    self.basis(side, *basis, &mut asked);
                }
            }
            for ban in spot.bans[side].iter().filter_map(|at| content.bans.get(*at)) {
                for strike in std::iter::once(&ban.limits).chain(&ban.except) {
                    self.guard(side, strike.guard, &mut asked, 8);
                    if let Some(under) = &strike.under {
                        self.under(side, under, &mut asked);
                    }
                }
            }
            for cap in spot.caps[side].iter().filter_map(|at| content.caps.get(*at)) {
                self.guard(side, cap.guard, &mut asked, 8);
            }
        }
        asked
    }

    fn guard(&self, side: usize, number: u32, asked: &mut Asked, depth: u32) {
        let content = &self.sides[side].content;
        for (literal, _) in content.guards.get(number as usize).into_iter().flatten().flatten() {
            match content.literals.get(*literal as usize) {
                Some(Literal::Fact(fact)) => asked.facts.extend(self.pair(side, Sort::Fact, *fact)),
                Some(Literal::Class(class)) => {
                    asked.classes.extend(self.pair(side, Sort::Subject, *class));
                    self.class(side, *class, asked, depth);
                }
                Some(Literal::Age(is, years)) => {
                    asked.years.extend(edges(*is, *years));
                }
                Some(Literal::Date(_, day)) => asked.days.extend([*day, day.next()]),
                Some(Literal::Place(place)) => {
                    asked.has_place = true;
                    if let Place::In(country) = place {
                        asked.places.extend(self.pair(side, Sort::Country, *country));
                    }
                }
                None => {}
            }
        }
    }

    fn class(&self, side: usize, class: u32, asked: &mut Asked, depth: u32) {
        let when = self.sides[side]
            .content
            .subjects
            .get(class as usize)
            .and_then(|class| class.when);
        if let Some((when, depth)) = when.zip(depth.checked_sub(1)) {
            self.guard(side, when, asked, depth);
        }
    }

    fn basis(&self, side: usize, number: u32, asked: &mut Asked) {
        asked.bases.extend(self.pair(side, Sort::Basis, number));
        let basis = self.sides[side].content.bases.get(number as usize);
        if let Some(when) = basis.and_then(|basis| basis.when) {
            self.guard(side, when, asked, 8);
        }
    }

    fn under(&self, side: usize, under: &Under, asked: &mut Asked) {
        match under {
            Under::Basis(basis) => self.basis(side, *basis, asked),
            Under::Not(one) => self.under(side, one, asked),
            Under::And(all) | Under::Or(all) => all.iter().for_each(|one| self.under(side, one, asked)),
        }
    }

    /// The ways to settle all that is asked but conditions and age, for a person of a class, and of others too if `several`;
    /// what comes first lacks nothing.
    pub fn settled(&self, asked: &Asked, class: Option<Pair>, several: bool) -> Vec<World> {
        let mut worlds = vec![World {
            about: class.into_iter().collect(),
            age: None,
            facts: Vec::new(),
            consents: Vec::new(),
            objections: Vec::new(),
            place: None,
            day: self.day,
        }];
        let day = self.day;
        for other in asked.classes.iter().filter(|other| several && Some(**other) != class) {
            many(&mut worlds, &[false, true], |world, is| {
                if is {
                    world.about.push(*other);
                }
            });
        }
        for basis in &asked.bases {
            let (consent, objectable, given) = self.of_basis(*basis, day);
            if consent {
                let mut choices: Vec<Option<(Day, bool)>> = given.into_iter().map(Some).collect();
                choices.push(None);
                many(&mut worlds, &choices, |world, given| {
                    world.consents.extend(given.map(|(day, by)| (*basis, day, by)));
                });
            }
            if objectable {
                many(&mut worlds, &[false, true], |world, objected| {
                    world.objections.extend(objected.then_some(*basis));
                });
            }
        }
        if !asked.days.is_empty() {
            let mut days = vec![day];
            for one in &asked.days {
                days.push(*one);
                days.push(one.plus_days(-1));
            }
            many(&mut worlds, &days, |world, day| world.day = day);
        }
        if asked.has_place {
            let mut places = vec![None];
            places.extend(asked.places.iter().map(|place| Some(Spoken::In(*place))));
            let home = (self.sides[0].content.home, self.sides[1].content.home);
            let home = home
                .0
                .and_then(|home| self.pair(0, Sort::Country, home))
                .or_else(|| home.1.and_then(|home| self.pair(1, Sort::Country, home)));
            places.extend(home.map(|home| Some(Spoken::In(home))));
            places.push(Some(Spoken::Abroad));
            many(&mut worlds, &places, |world, place| world.place = place);
        }
        for world in &mut worlds {
            // A consent is no older and no younger than its day says, whatever the day of the case.
            let moved = i64::from(world.day.number()) - i64::from(day.number());
            for (_, given, _) in &mut world.consents {
                *given = given.plus_days(moved);
            }
        }
        worlds
    }

    /// Whether a basis is a consent, whether one may object, and when and by whom it may have been given.
    fn of_basis(&self, basis: Pair, day: Day) -> (bool, bool, Vec<(Day, bool)>) {
        let of = |side: usize| {
            let number = [basis.before, basis.after][side]?;
            self.sides[side].content.bases.get(number as usize)
        };
        let bases: Vec<_> = [of(0), of(1)].into_iter().flatten().collect();
        let mut given = Vec::new();
        for guardian in [false, true] {
            let admits = |giver: Giver| match giver {
                Giver::Person => !guardian,
                Giver::Guardian => guardian,
                Giver::Either => true,
            };
            if bases.iter().any(|basis| admits(basis.giver)) {
                given.push((day, guardian));
                let ages: BTreeSet<i64> = bases.iter().filter_map(|basis| basis.term).map(days).collect();
                let terms: BTreeSet<_> = bases.iter().map(|basis| basis.term.map(days)).collect();
                if terms.len() > 1 {
                    given.extend(ages.iter().map(|age| (day.plus_days(-age - 1), guardian)));
                }
                let since: BTreeSet<_> = bases.iter().map(|basis| basis.since).collect();
                if since.len() > 1 {
                    let before = since.into_iter().flatten().map(|since| since.plus_days(-1));
                    given.extend(before.filter(|one| *one < day).map(|one| (one, guardian)));
                }
            }
        }
        let consent = bases.iter().any(|basis| basis.consent);
        (consent, bases.iter().any(|basis| basis.objectable), given)
    }

    /// The conditions that are asked.
    pub fn facts(&self, asked: &Asked) -> Vec<Pair> {
        asked.facts.iter().copied().collect()
    }

    /// The ages that guards tell apart; none if none asks.
    pub fn ages(&self, asked: &Asked) -> Vec<u32> {
        asked.years.iter().copied().collect()
    }
}

/// The ages on both sides of a comparison.
fn edges(is: Comparison, years: u32) -> Vec<u32> {
    let low = years.saturating_sub(1);
    match is {
        Comparison::Less | Comparison::AtLeast => vec![low, years],
        Comparison::AtMost | Comparison::Greater => vec![years, years.saturating_add(1)],
        Comparison::Equal => vec![low, years, years.saturating_add(1)],
    }
}

/// A period in days, at its longest.
fn days(period: Period) -> i64 {
    let count = i64::from(period.count);
    count.saturating_mul(match period.unit {
        Unit::Year => 366,
        Unit::Month => 31,
        Unit::Week => 7,
        _ => 1,
    })
}

/// Each world with each choice; where that is too much, the first choice stays and each other is tried alone.
fn many<T: Clone>(worlds: &mut Vec<World>, choices: &[T], set: impl Fn(&mut World, T)) {
    let with = |world: &World, choice: &T| {
        let mut world = world.clone();
        set(&mut world, choice.clone());
        world
    };
    let Some((first, others)) = choices.split_first() else {
        return;
    };
    if worlds.len().saturating_mul(choices.len()) <= WORLDS {
        *worlds = worlds
            .iter()
            .flat_map(|world| choices.iter().map(move |choice| (world, choice)))
            .map(|(world, choice)| with(world, choice))
            .collect();
        return;
    }
    let alone: Vec<World> = worlds
        .first()
        .into_iter()
        .flat_map(|world| others.iter().map(move |other| (world, other)))
        .map(|(world, other)| with(world, other))
        .collect();
    *worlds = worlds.iter().map(|world| with(world, first)).chain(alone).collect();
}

/// Names of a pair in a version.
fn name(sides: [&Side; 2], side: usize, sort: Sort, pair: Pair) -> Option<String> {
    let number = [pair.before, pair.after][side]?;
    sides[side].path(sort, number).map(str::to_owned)
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
        if sides[side].nouns(sort).is_empty() {
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
    let mut records = Vec::new();
    for (basis, day, guardian) in &world.consents {
        if let Some(basis) = name(sides, side, Sort::Basis, *basis) {
            records.push(Record {
                kind: RecordKind::Give,
                basis,
                purposes: None,
                at: Time::Day(*day),
                by: if *guardian {
                    RecordBy::Representative
                } else {
                    RecordBy::Person
                },
            });
        }
    }
    for basis in &world.objections {
        if let Some(basis) = name(sides, side, Sort::Basis, *basis) {
            records.push(Record {
                kind: RecordKind::Object,
                basis,
                purposes: None,
                at: Time::Day(world.day),
                by: RecordBy::Person,
            });
        }
    }
    request.records = Some(records);
    Some(request)
}
