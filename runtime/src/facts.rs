//! What a request knows: the value of every literal (M5), each found once.

use crate::answer::Problem;
use crate::bundle::{At, Bundle, Short};
use crate::calendar::{Day, Instant};
use crate::kleene::Truth;
use crate::order::Set;
use crate::request::{RecordBy, RecordKind};
use crate::wire::{Act, Comparison, Guard, Literal, Place};

/// The facts of a request, by index.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) time: Instant,
    pub(crate) day: Day,
    pub(crate) place: Option<Place>,
    /// Conditions and events.
    pub(crate) facts: Vec<Truth>,
    /// Both ends included.
    pub(crate) age: (u32, u32),
    /// The classes that the request lists.
    pub(crate) listed: Option<Set>,
    /// `None`: not known.
    pub(crate) records: Option<Vec<Record>>,
    pub(crate) collected: Option<Instant>,
    /// Times of events, by index of the fact: `Some(None)` not yet.
    pub(crate) events: Vec<(u32, Option<Instant>)>,
}

/// A record with its names resolved.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) kind: RecordKind,
    pub(crate) basis: u32,
    pub(crate) purposes: Option<Set>,
    pub(crate) at: Instant,
    pub(crate) by: RecordBy,
    /// Counts whoever may give the consent: from a `given` list.
    pub(crate) by_anyone: bool,
}

/// A request's facts against a bundle.
#[derive(Clone, Debug)]
pub(crate) struct World<'a> {
    pub(crate) bundle: &'a Bundle,
    pub(crate) facts: Facts,
    /// The classes listed, and all above them.
    of: Set,
    /// Values of the classes.
    classes: Vec<Truth>,
}

impl<'a> World<'a> {
    /// Values every literal; gives the contradictions of the request, if there are any (M5).
    pub(crate) fn new(bundle: &'a Bundle, facts: Facts) -> Result<World<'a>, Vec<Problem>> {
        let mut world = World {
            bundle,
            of: Set::default(),
            facts,
            classes: vec![Truth::Unknown; bundle.content.subjects.len()],
        };
        for class in world.facts.listed.iter().flat_map(Set::iter) {
            world.of.add(bundle.orders.subjects.up(class));
        }
        world.narrow_age().map_err(|problem| vec![problem])?;
        // A class may hang on another. Values only ever go from unknown to known, so this ends, and any order gives the same.
        loop {
            let mut changed = false;
            for class in (0..).take(world.classes.len()) {
                let value = world.class(class);
                if let Some(known) = world.classes.get_mut(class as usize)
                    && *known != value
                {
                    *known = value;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let problems = world.contradictions();
        if problems.is_empty() { Ok(world) } else { Err(problems) }
    }

    /// The value of a guard at a point.
    pub(crate) fn guard(&self, guard: u32, at: &At) -> Truth {
        match self.bundle.guards.get(guard as usize) {
            Some(Short::Known(value)) => return (*value).into(),
            Some(Short::One(literal, sign)) => return self.literal(*literal, at).signed(*sign),
            Some(Short::Long) | None => {}
        }
        let conjunctions = self.bundle.content.guards.get(guard as usize).into_iter().flatten();
        Truth::any(conjunctions.map(|all| Truth::all(all.iter().map(|(l, sign)| self.literal(*l, at).signed(*sign)))))
    }

    /// The value of a literal at a point.
    pub(crate) fn literal(&self, literal: u32, at: &At) -> Truth {
        match self.bundle.content.literals.get(literal as usize) {
            Some(Literal::Place(test)) => self.place(*test, at),
            Some(literal) => self.value(*literal),
            None => Truth::Unknown,
        }
    }

    fn value(&self, literal: Literal) -> Truth {
        match literal {
            Literal::Fact(fact) => self.facts.facts.get(fact as usize).copied().unwrap_or(Truth::Unknown),
            Literal::Class(class) => self.classes.get(class as usize).copied().unwrap_or(Truth::Unknown),
            Literal::Age(is, years) => compare(is, self.facts.age, years),
            Literal::Date(is, day) => is.holds(&self.facts.day, &day).into(),
            // Of a class's own guard: only what the request says about the place.
            Literal::Place(test) => self
                .facts
                .place
                .map_or(Truth::Unknown, |place| self.inside(test, place)),
        }
    }

    fn class(&self, class: u32) -> Truth {
        let order = &self.bundle.orders.subjects;
        if self.of.has(class) {
            return Truth::True;
        }
        if let Some(guard) = self.own_guard(class) {
            return self.of_class(guard);
        }
        match (&self.facts.listed, self.bundle.content.everyone) {
            (Some(listed), _) if order.up(class).meets(listed) => Truth::Unknown,
            (Some(_), _) => Truth::False,
            (None, Some(everyone)) if order.below(everyone, class) => Truth::True,
            (None, _) => Truth::Unknown,
        }
    }

    fn own_guard(&self, class: u32) -> Option<&'a Guard> {
        let content = &self.bundle.content;
        content.guards.get(content.subjects.get(class as usize)?.when? as usize)
    }

    /// The value of a class's own guard, with the literals found so far.
    fn of_class(&self, guard: &Guard) -> Truth {
        let literals = &self.bundle.content.literals;
        let value = |literal: u32| {
            literals
                .get(literal as usize)
                .map_or(Truth::Unknown, |literal| self.value(*literal))
        };
        Truth::any(
            guard
                .iter()
                .map(|all| Truth::all(all.iter().map(|(l, sign)| value(*l).signed(*sign)))),
        )
    }

    /// The age of a person in listed classes lies within the ages of those classes.
    fn narrow_age(&mut self) -> Result<(), Problem> {
        let (mut least, mut most) = self.facts.age;
        for guard in self.of.iter().filter_map(|class| self.own_guard(class)) {
            let (from, to) = self.ages(guard);
            least = least.max(from);
            most = most.min(to);
        }
        self.facts.age = (least, most);
        if least <= most { Ok(()) } else { Err(Problem::NoSuchAge) }
    }

    /// The least interval that holds every age for which a guard can be true.
    fn ages(&self, guard: &Guard) -> (u32, u32) {
        let of_all = |all: &Vec<(u32, bool)>| {
            let (mut from, mut to) = (0_u32, u32::MAX);
            for (literal, sign) in all {
                let Some(Literal::Age(is, years)) = self.bundle.content.literals.get(*literal as usize) else {
                    continue;
                };
                let (low, high) = match (is, sign) {
                    (Comparison::Less, true) | (Comparison::AtLeast, false) => (0, years.checked_sub(1)),
                    (Comparison::AtMost, true) | (Comparison::Greater, false) => (0, Some(*years)),
                    (Comparison::AtLeast, true) | (Comparison::Less, false) => (*years, Some(u32::MAX)),
                    (Comparison::Greater, true) | (Comparison::AtMost, false) => {
                        (years.saturating_add(1), Some(u32::MAX))
                    }
                    (Comparison::Equal, true) => (*years, Some(*years)),
                    (Comparison::Equal, false) => (0, Some(u32::MAX)),
                };
                from = from.max(low);
                to = to.min(high?);
            }
            (from <= to).then_some((from, to))
        };
        guard
            .iter()
            .filter_map(of_all)
            .reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
            .unwrap_or((1, 0))
    }

    /// Listed classes whose guards are false.
    fn contradictions(&self) -> Vec<Problem> {
        let contradicted = self.of.iter().filter(|class| {
            self.own_guard(*class)
                .is_some_and(|guard| self.of_class(guard) == Truth::False)
        });
        contradicted
            .filter_map(|class| self.bundle.content.subjects.get(class as usize))
            .map(|subject| Problem::NotOfClass {
                class: subject.noun.path.clone(),
            })
            .collect()
    }

    /// Whether the processing happens in a place: as given, else as the recipient declares, else the controller (M5).
    fn place(&self, test: Place, at: &At) -> Truth {
        if let Some(place) = self.facts.place {
            return self.inside(test, place);
        }
        let declared = self.places(at);
        if let Some(value) = Truth::across(declared.iter().map(|place| self.inside(test, *place))) {
            return value;
        }
        let controllers = &self.bundle.content.controllers;
        let country = at.by.and_then(|by| controllers.get(by as usize)?.country);
        country
            .or(self.bundle.content.home)
            .map_or(Truth::Unknown, |country| self.inside(test, Place::In(country)))
    }

    /// Where the recipient of a point is; empty if not stated or without recipient.
    pub(crate) fn places(&self, at: &At) -> &'a [Place] {
        let recipients = &self.bundle.content.recipients;
        let recipient = at.recipient.filter(|_| at.act == Act::Share);
        recipient
            .and_then(|recipient| recipients.get(recipient as usize))
            .map_or(&[], |recipient| recipient.places.as_slice())
    }

    /// Whether what is known to happen in `place` happens in `test`.
    pub(crate) fn inside(&self, test: Place, place: Place) -> Truth {
        let order = &self.bundle.orders.countries;
        let Some(home) = self.bundle.content.home.map(|home| order.down(home)) else {
            return match (test, place) {
                (Place::In(test), Place::In(place)) => share(order.down(place), order.down(test)),
                (Place::Abroad, Place::Abroad) => Truth::True,
                _ => Truth::Unknown,
            };
        };
        match (test, place) {
            (Place::In(test), Place::In(place)) => share(order.down(place), order.down(test)),
            (Place::Abroad, Place::In(place)) => !share(order.down(place), home),
            // Abroad is also every country that is not declared.
            (Place::In(test), Place::Abroad) if order.down(test).within(home) => Truth::False,
            (Place::In(_), Place::Abroad) => Truth::Unknown,
            (Place::Abroad, Place::Abroad) => Truth::True,
        }
    }

    /// A recipient outside its declared countries (M5).
    pub(crate) fn misplaced(&self, at: &At) -> bool {
        let Some(place) = self.facts.place else { return false };
        let values = self.places(at).iter().map(|declared| self.inside(*declared, place));
        Truth::across(values) == Some(Truth::False)
    }
}

/// A comparison of an interval with a number: true or false if it is so on the whole interval.
fn compare(is: Comparison, (least, most): (u32, u32), years: u32) -> Truth {
    let known = |value: bool| value.into();
    match is {
        Comparison::Equal if years < least || years > most => Truth::False,
        Comparison::Equal if least == most => Truth::True,
        Comparison::Equal => Truth::Unknown,
        _ if is.holds(&least, &years) == is.holds(&most, &years) => known(is.holds(&least, &years)),
        _ => Truth::Unknown,
    }
}

/// Whether what lies somewhere in `part` lies in `whole`.
fn share(part: &Set, whole: &Set) -> Truth {
    if part.within(whole) {
        Truth::True
    } else if part.meets(whole) {
        Truth::Unknown
    } else {
        Truth::False
    }
}
