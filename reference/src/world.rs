//! M4 and M5: the values of literals and guards.

use kupuya::model::Model;
use kupuya::model::noun::{Id, Location, Recipient, Subject};
use kupuya::model::sentence::{Act, Guard, Literal};
use kupuya::source::Origin;
use kupuya::syntax::ast::Comparison;

use super::point::Point;
use super::{Ask, CountryId};

/// T, F, U.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum V {
    T,
    F,
    U,
}

use V::{F, T, U};

pub fn not(a: V) -> V {
    match a {
        T => F,
        F => T,
        U => U,
    }
}

pub fn and(a: V, b: V) -> V {
    match (a, b) {
        (F, _) | (_, F) => F,
        (T, T) => T,
        _ => U,
    }
}

pub fn or(a: V, b: V) -> V {
    not(and(not(a), not(b)))
}

pub fn known(value: bool) -> V {
    if value { T } else { F }
}

pub struct World<'a> {
    pub model: &'a Model,
    pub ask: &'a Ask,
    ages: Vec<u32>,
}

/// Ages beyond this differ in no guard of a test.
const OLDEST: u32 = 150;

impl<'a> World<'a> {
    /// `None`: the request contradicts itself.
    pub fn new(model: &'a Model, ask: &'a Ask) -> Option<World<'a>> {
        // An event is told once, and has happened if, and only if, its time is known and has come.
        let contradicts = ask.events.iter().enumerate().any(|(index, (event, at))| {
            let happened = at.is_some_and(|at| at <= ask.on);
            ask.events[..index].iter().any(|(other, _)| other == event) || ask.facts.contains(&(*event, !happened))
        });
        if contradicts {
            return None;
        }
        let (least, most) = ask
            .age
            .map_or((0, OLDEST), |(least, most)| (least, most.unwrap_or(OLDEST)));
        let mut world = World {
            model,
            ask,
            ages: (least..=most).collect(),
        };
        // M5: the age is narrowed by the guards of the classes listed, to the least interval that holds all ages possible.
        for class in world.of() {
            if let Some(guard) = &model.subjects[class].detail.when {
                let possible = |age: &u32| {
                    guard.any.iter().any(|all| {
                        all.iter().all(|(literal, sign)| match literal {
                            Literal::Age(Comparison::Equal, _) if !sign => true,
                            Literal::Age(is, years) => compare(*is, *age, *years) == *sign,
                            _ => true,
                        })
                    })
                };
                let least = (0..=OLDEST).find(possible)?;
                let most = (0..=OLDEST).rev().find(possible)?;
                world.ages.retain(|age| (least..=most).contains(age));
            }
        }
        if world.ages.is_empty() {
            return None;
        }
        for class in world.of() {
            if let Some(guard) = &model.subjects[class].detail.when
                && world.guard(guard, None) == F
            {
                return None;
            }
        }
        Some(world)
    }

    /// The classes listed, and all above them.
    fn of(&self) -> Vec<Id<Subject>> {
        let subjects = &self.model.subjects;
        subjects
            .ids()
            .filter(|class| self.ask.about.iter().any(|listed| subjects.below(*listed, *class)))
            .collect()
    }

    /// A guard in normal form: any of its conjunctions (M4).
    pub fn guard(&self, guard: &Guard, point: Option<&Point>) -> V {
        let mut any = F;
        for conjunction in &guard.any {
            let mut all = T;
            for (literal, sign) in conjunction {
                let value = self.literal(*literal, point);
                all = and(all, if *sign { value } else { not(value) });
            }
            any = or(any, all);
        }
        any
    }

    pub fn literal(&self, literal: Literal, point: Option<&Point>) -> V {
        match literal {
            Literal::Fact(fact) => {
                let given = self.ask.facts.iter().find(|(known, _)| *known == fact);
                given.map_or(U, |(_, holds)| known(*holds))
            }
            Literal::Age(is, years) => {
                if self.ages.iter().all(|age| compare(is, *age, years)) {
                    T
                } else if self.ages.iter().any(|age| compare(is, *age, years)) {
                    U
                } else {
                    F
                }
            }
            Literal::Date(is, date) => known(compare(is, self.ask.on, date)),
            Literal::Class(class) => self.class(class),
            Literal::Place(place) => self.place(place, point.unwrap()),
        }
    }

    fn class(&self, class: Id<Subject>) -> V {
        let subjects = &self.model.subjects;
        let listed = &self.ask.about;
        let or_above = listed.iter().any(|low| subjects.below(*low, class));
        if let Some(when) = &subjects[class].detail.when {
            // The class being listed counts as T; where its guard is F the request is invalid.
            return if or_above { T } else { self.guard(when, None) };
        }
        if or_above {
            return T;
        }
        if !listed.is_empty() {
            return if listed.iter().any(|high| subjects.below(class, *high)) {
                U
            } else {
                F
            };
        }
        let plain: Vec<Id<Subject>> = subjects
            .iter()
            .filter(|(_, noun)| noun.origin == Origin::Project && noun.detail.when.is_none())
            .map(|(id, _)| id)
            .collect();
        match plain.as_slice() {
            [everyone] if subjects.below(*everyone, class) => T,
            _ => U,
        }
    }

    /// M5, place: as given; else as the recipient declares; else the controller's country; else home.
    fn place(&self, test: Location, point: &Point) -> V {
        let declared = match self.ask.place {
            Some(given) => vec![given],
            None => {
                let mut declared = self.declared(point);
                if declared.is_empty() {
                    let country = point.by.and_then(|by| self.model.controllers[by].detail.country);
                    declared.extend(country.or(self.model.home).map(Location::In));
                }
                declared
            }
        };
        let values: Vec<V> = declared.iter().map(|place| self.inside(test, *place)).collect();
        if values.is_empty() {
            U
        } else if values.iter().all(|value| *value == T) {
            T
        } else if values.iter().all(|value| *value == F) {
            F
        } else {
            U
        }
    }

    /// The places of the recipient of a share: its own, else those of what lies above it.
    fn declared(&self, point: &Point) -> Vec<Location> {
        fn of(model: &Model, all: Vec<Id<Recipient>>) -> Vec<Location> {
            let places: Vec<Location> = all
                .iter()
                .flat_map(|id| model.recipients[*id].detail.locations.clone())
                .collect();
            if !places.is_empty() || all.is_empty() {
                return places;
            }
            of(model, all.iter().flat_map(|id| model.recipients.above(*id)).collect())
        }
        match point.recipient {
            Some(recipient) if point.act == Act::Share => of(self.model, vec![recipient]),
            _ => Vec::new(),
        }
    }

    /// Whether what happens in `place` happens in `test`, by the countries that each can mean.
    fn inside(&self, test: Location, place: Location) -> V {
        let (test, place) = (self.meant(test), self.meant(place));
        if place.iter().all(|country| test.contains(country)) {
            T
        } else if place.iter().any(|country| test.contains(country)) {
            U
        } else {
            F
        }
    }

    /// The atoms of a place; `None` stands for a country that is not declared: it is abroad and in no group.
    fn meant(&self, place: Location) -> Vec<Option<CountryId>> {
        let countries = &self.model.countries;
        match place {
            Location::In(high) => countries.denotation(high).into_iter().map(Some).collect(),
            Location::Abroad => {
                let home = self.model.home.unwrap();
                let foreign = countries.ids().filter(|country| !countries.below(*country, home));
                foreign.map(Some).chain([None]).collect()
            }
        }
    }

    /// A recipient outside its declared countries (M5).
    pub fn misplaced(&self, point: &Point) -> bool {
        let declared = self.declared(point);
        match self.ask.place {
            Some(given) if !declared.is_empty() => declared.iter().all(|place| self.inside(*place, given) == F),
            _ => false,
        }
    }
}

fn compare<T: Ord>(is: Comparison, left: T, right: T) -> bool {
    match is {
        Comparison::Less => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Equal => left == right,
        Comparison::AtLeast => left >= right,
        Comparison::Greater => left > right,
        Comparison::In => unreachable!("in rules only"),
    }
}
