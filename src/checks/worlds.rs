//! Worlds: what may be true of one request at one point, and whether guards can hold together there (M11).
//!
//! The search is exact. Conditions are free; a class of people holds with every class above it; ages and days are tried
//! at the values where some comparison changes and beside them, which covers every interval; a place is one country.
//! Branches are cut as soon as three-valued evaluation settles them.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::model::Model;
use crate::model::noun::{Country, Fact, Id, Location, Subject};
use crate::model::sentence::{Guard, Literal};
use crate::syntax::ast::{Comparison, Date};

/// Where something happens: in a declared country or group (and in nothing declared below it), or somewhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// There.
    In(Id<Country>),
    /// In a country that nobody declares; it is abroad.
    Elsewhere,
}

/// Facts that decide the guards in question; what they do not ask for is left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// Conditions and events.
    pub facts: Vec<(Id<Fact>, bool)>,
    /// Classes of the person.
    pub classes: Vec<(Id<Subject>, bool)>,
    /// Age in completed years.
    pub age: Option<u32>,
    /// The day.
    pub date: Option<Date>,
    /// The place.
    pub spot: Option<Spot>,
}

/// The least world in which all guards of `hold` are true and all of `fail` are false; `None` if there is none.
/// `within` are the places that are possible at this point; all, if none is named.
#[must_use]
pub fn find(model: &Model, hold: &[&Guard], fail: &[&Guard], within: &[Location]) -> Option<World> {
    let space = Space::of(model, hold.iter().chain(fail).copied());
    let places = match space.placed {
        true => spots(model, within).into_iter().map(Some).collect(),
        false => vec![None],
    };
    let dates = choices(space.dated, space.dates.iter().copied());
    let ages = choices(space.aged, space.ages.iter().copied());
    for spot in &places {
        for date in &dates {
            for age in &ages {
                let world = World {
                    age: *age,
                    date: *date,
                    spot: *spot,
                    ..World::default()
                };
                if let Some(found) = space.complete(world, 0, hold, fail) {
                    return Some(found);
                }
            }
        }
    }
    None
}

/// The values to try where some guard asks, else nothing at all.
fn choices<T>(asked: bool, values: impl Iterator<Item = T>) -> Vec<Option<T>> {
    if asked { values.map(Some).collect() } else { vec![None] }
}

/// The variables of some guards with their possible values.
struct Space<'a> {
    model: &'a Model,
    facts: Vec<Id<Fact>>,
    classes: Vec<Id<Subject>>,
    aged: bool,
    ages: BTreeSet<u32>,
    dated: bool,
    dates: BTreeSet<Date>,
    placed: bool,
}

impl<'a> Space<'a> {
    fn of<'g>(model: &'a Model, guards: impl Iterator<Item = &'g Guard>) -> Space<'a> {
        let mut space = Space {
            model,
            facts: Vec::new(),
            classes: Vec::new(),
            aged: false,
            ages: BTreeSet::from([0]),
            dated: false,
            dates: BTreeSet::new(),
            placed: false,
        };
        let mut asked = BTreeSet::new();
        for guard in guards {
            space.ask(guard, &mut asked);
        }
        // A class below an asked one may force it, and brings the facts of its own guard.
        loop {
            let more: Vec<Id<Subject>> = model
                .subjects
                .ids()
                .filter(|low| !asked.contains(low) && model.subjects[*low].detail.when.is_some())
                .filter(|low| asked.iter().any(|high| model.subjects.below(*low, *high)))
                .collect();
            if more.is_empty() {
                break;
            }
            for class in more {
                space.ask_class(class, &mut asked);
            }
        }
        space.classes = asked.into_iter().collect();
        let (facts, classes) = (&model.facts, &model.subjects);
        space.facts.sort_by(|a, b| facts[*a].path.cmp(&facts[*b].path));
        space.facts.dedup();
        space.classes.sort_by(|a, b| classes[*a].path.cmp(&classes[*b].path));
        if let Some(policy) = &model.policy {
            // Outside the version's days nothing is asked of it (M9, first step).
            let (begins, until) = (policy.begins(), policy.until.map(|date| date.value));
            space.dates.extend(begins);
            space.dates.extend(until);
            space.dates.retain(|date| begins.is_none_or(|first| *date >= first));
            space.dates.retain(|date| until.is_none_or(|last| *date <= last));
        }
        space
    }

    fn ask(&mut self, guard: &Guard, asked: &mut BTreeSet<Id<Subject>>) {
        for (literal, _) in guard.any.iter().flatten() {
            match *literal {
                Literal::Fact(fact) => self.facts.push(fact),
                Literal::Class(class) => self.ask_class(class, asked),
                Literal::Age(_, bound) => {
                    self.aged = true;
                    self.ages
                        .extend([bound.saturating_sub(1), bound, bound.saturating_add(1)]);
                }
                Literal::Date(_, bound) => {
                    self.dated = true;
                    self.dates.extend([day_before(bound), bound, day_after(bound)]);
                }
                Literal::Place(_) => self.placed = true,
            }
        }
    }

    fn ask_class(&mut self, class: Id<Subject>, asked: &mut BTreeSet<Id<Subject>>) {
        if asked.insert(class)
            && let Some(guard) = &self.model.subjects[class].detail.when
        {
            self.ask(guard, asked);
        }
    }

    /// Fills in facts and classes from `at` on, false before true.
    fn complete(&self, world: World, at: usize, hold: &[&Guard], fail: &[&Guard]) -> Option<World> {
        let hopeless = hold.iter().any(|guard| self.guard(&world, guard) == Some(false))
            || fail.iter().any(|guard| self.guard(&world, guard) == Some(true))
            || !self.order_holds(&world);
        if hopeless {
            return None;
        }
        if at == self.facts.len() + self.classes.len() {
            return Some(world);
        }
        for value in [false, true] {
            let mut next = world.clone();
            match self.facts.get(at) {
                Some(fact) => next.facts.push((*fact, value)),
                None => next.classes.push((self.classes[at - self.facts.len()], value)),
            }
            if let Some(found) = self.complete(next, at + 1, hold, fail) {
                return Some(found);
            }
        }
        None
    }

    /// Who belongs to a class belongs to those above it, and a class with a guard is that guard.
    fn order_holds(&self, world: &World) -> bool {
        world.classes.iter().all(|(class, value)| {
            let guarded = &self.model.subjects[*class].detail.when;
            let defined = guarded
                .as_ref()
                .is_none_or(|guard| self.guard(world, guard).is_none_or(|truth| truth == *value));
            let ordered = world
                .classes
                .iter()
                .all(|(high, above)| !value || *above || !self.model.subjects.below(*class, *high));
            defined && ordered
        })
    }

    fn guard(&self, world: &World, guard: &Guard) -> Option<bool> {
        let mut open = false;
        for conjunction in &guard.any {
            match self.conjunction(world, conjunction) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => open = true,
            }
        }
        if open { None } else { Some(false) }
    }

    fn conjunction(&self, world: &World, literals: &[(Literal, bool)]) -> Option<bool> {
        let mut open = false;
        for (literal, wanted) in literals {
            match self.literal(world, *literal) {
                Some(truth) if truth != *wanted => return Some(false),
                Some(_) => {}
                None => open = true,
            }
        }
        if open { None } else { Some(true) }
    }

    fn literal(&self, world: &World, literal: Literal) -> Option<bool> {
        match literal {
            Literal::Fact(fact) => find_value(&world.facts, fact),
            Literal::Class(class) => find_value(&world.classes, class),
            Literal::Age(sign, bound) => world.age.map(|age| compares(age.cmp(&bound), sign)),
            Literal::Date(sign, bound) => world.date.map(|date| compares(date.cmp(&bound), sign)),
            Literal::Place(location) => world.spot.map(|spot| lies_in(self.model, spot, location)),
        }
    }
}

/// The places that a location stands for, home first.
fn spots(model: &Model, locations: &[Location]) -> Vec<Spot> {
    let mut all: Vec<Id<Country>> = model.countries.ids().collect();
    all.sort_by(|a, b| {
        let key = |id: Id<Country>| (model.home != Some(id), model.countries[id].path.as_str());
        key(*a).cmp(&key(*b))
    });
    all.into_iter()
        .map(Spot::In)
        .chain([Spot::Elsewhere])
        .filter(|spot| locations.is_empty() || locations.iter().any(|location| lies_in(model, *spot, *location)))
        .collect()
}

fn lies_in(model: &Model, spot: Spot, location: Location) -> bool {
    match (spot, location) {
        (Spot::In(country), Location::In(group)) => model.countries.below(country, group),
        (Spot::In(country), Location::Abroad) => model.home.is_none_or(|home| !model.countries.below(country, home)),
        (Spot::Elsewhere, Location::In(_)) => false,
        (Spot::Elsewhere, Location::Abroad) => true,
    }
}

fn find_value<K: PartialEq>(known: &[(K, bool)], key: K) -> Option<bool> {
    known.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
}

fn compares(order: Ordering, sign: Comparison) -> bool {
    match sign {
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Equal => order.is_eq(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::Greater => order.is_gt(),
        Comparison::In => false,
    }
}

fn month_length(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn day_after(date: Date) -> Date {
    let Date { year, month, day } = date;
    if day < month_length(year, month) {
        Date { day: day + 1, ..date }
    } else if month < 12 {
        Date {
            year,
            month: month + 1,
            day: 1,
        }
    } else if year < 9999 {
        Date {
            year: year + 1,
            month: 1,
            day: 1,
        }
    } else {
        date
    }
}

fn day_before(date: Date) -> Date {
    let Date { year, month, day } = date;
    if day > 1 {
        Date { day: day - 1, ..date }
    } else if month > 1 {
        Date {
            year,
            month: month - 1,
            day: month_length(year, month - 1),
        }
    } else if year > 1 {
        Date {
            year: year - 1,
            month: 12,
            day: 31,
        }
    } else {
        date
    }
}
