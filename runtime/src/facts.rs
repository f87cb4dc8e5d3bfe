//! What a request knows: the value of every literal (M5), each found once.

use smallvec::SmallVec;

use crate::answer::Problem;
use crate::bundle::{At, Bundle, some};
use crate::calendar::{Day, Instant};
use crate::kleene::Truth;
use crate::request::{RecordBy, RecordKind};
use crate::wire::{Act, Comparison, Literal, Place};

/// Values of facts or classes, by index; no memory is taken for as many as policies have.
pub(crate) type Values = SmallVec<[Truth; 64]>;
/// What the person did.
pub(crate) type Records<'a> = SmallVec<[Record<'a>; 2]>;
/// Atoms in order.
pub(crate) type Few = SmallVec<[u32; 4]>;

/// The facts of a request, by index.
#[derive(Clone, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) time: Instant,
    pub(crate) day: Day,
    pub(crate) place: Option<Place>,
    /// Conditions and events.
    pub(crate) facts: Values,
    /// Both ends included.
    pub(crate) age: (u32, u32),
    /// The classes that the request lists, in order; empty: none.
    pub(crate) listed: Few,
    /// `None`: not known.
    pub(crate) records: Option<Records<'a>>,
    pub(crate) collected: Option<Instant>,
    /// Times of events, by index of the fact: `Some(None)` not yet.
    pub(crate) events: Vec<(u32, Option<Instant>)>,
}

/// A record with its names resolved.
#[derive(Clone, Debug)]
pub(crate) struct Record<'a> {
    pub(crate) kind: RecordKind,
    pub(crate) basis: u32,
    /// Each with all below it; `None`: all.
    pub(crate) purposes: Option<Atoms<'a>>,
    pub(crate) at: Instant,
    pub(crate) by: RecordBy,
    /// Counts whoever may give the consent: from a `given` list.
    pub(crate) by_anyone: bool,
}

/// Atoms in order: those of one noun, or of several.
#[derive(Clone, Debug)]
pub(crate) enum Atoms<'a> {
    Of(&'a [u32]),
    Several(SmallVec<[u32; 8]>),
}

impl std::ops::Deref for Atoms<'_> {
    type Target = [u32];
    fn deref(&self) -> &[u32] {
        match self {
            Atoms::Of(atoms) => atoms,
            Atoms::Several(atoms) => atoms,
        }
    }
}

/// A request's facts against a bundle.
#[derive(Clone, Debug)]
pub(crate) struct World<'a> {
    pub(crate) bundle: &'a Bundle,
    pub(crate) facts: Facts<'a>,
    /// The classes listed, and all above them, in order.
    of: Few,
    /// Values of the classes.
    classes: Values,
}

impl<'a> World<'a> {
    /// Nothing is known.
    #[inline]
    pub(crate) fn blank(bundle: &'a Bundle) -> World<'a> {
        World {
            bundle,
            of: Few::new(),
            facts: Facts {
                time: Instant(0),
                day: Day::from_number(0),
                place: None,
                facts: SmallVec::from_elem(Truth::Unknown, bundle.t.facts.count() as usize),
                age: (0, u32::MAX),
                listed: Few::new(),
                records: None,
                collected: None,
                events: Vec::new(),
            },
            classes: SmallVec::from_elem(Truth::Unknown, bundle.t.subjects.count() as usize),
        }
    }

    /// Values every literal; gives the contradictions of the request, if there are any (M5).
    pub(crate) fn settle(&mut self) -> Result<(), Vec<Problem>> {
        let world = self;
        let bundle = world.bundle;
        let subjects = bundle.t.subjects;
        for class in &world.facts.listed {
            world.of.extend_from_slice(bundle.up(subjects, *class));
        }
        if world.facts.listed.len() > 1 {
            world.of.sort_unstable();
            world.of.dedup();
        }
        world.narrow_age().map_err(|problem| vec![problem])?;
        let details = bundle.t.subject_details.rows(&bundle.words);
        let hanging = details.iter().any(|[when]| some(*when).is_some());
        // A class may hang on another. Values only ever go from unknown to known, so this ends, and any order gives the same.
        loop {
            let mut changed = false;
            for class in subjects.numbers() {
                let value = world.class(class);
                if let Some(known) = world.classes.get_mut(class as usize)
                    && *known != value
                {
                    *known = value;
                    changed = hanging;
                }
            }
            if !changed {
                break;
            }
        }
        let problems = world.contradictions();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// The value of a guard at a point.
    #[inline]
    pub(crate) fn guard(&self, guard: u32, at: &At) -> Truth {
        match self.bundle.t.guards.get(&self.bundle.words, guard) {
            Some([0, ..]) | None => Truth::False,
            Some([1, ..]) => Truth::True,
            Some([2, signed, ..]) => self.signed(*signed, at),
            Some(_) => {
                let all = |all: &[u32]| Truth::all(all.iter().map(|signed| self.signed(*signed, at)));
                Truth::any(self.bundle.conjunctions(guard).map(all))
            }
        }
    }

    /// The value of a literal as it is meant: twice the literal, plus one if as it stands.
    #[inline]
    pub(crate) fn signed(&self, signed: u32, at: &At) -> Truth {
        self.literal(signed >> 1, at).signed(signed & 1 == 1)
    }

    /// The value of a literal at a point.
    #[inline]
    pub(crate) fn literal(&self, literal: u32, at: &At) -> Truth {
        match self.bundle.literal(literal) {
            Some(Literal::Place(test)) => self.place(test, at),
            Some(literal) => self.value(literal),
            None => Truth::Unknown,
        }
    }

    #[inline]
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

    #[inline]
    fn class(&self, class: u32) -> Truth {
        let bundle = self.bundle;
        let subjects = bundle.t.subjects;
        if self.of.binary_search(&class).is_ok() {
            return Truth::True;
        }
        if let Some(guard) = bundle.class_guard(class) {
            return self.of_class(guard);
        }
        if !self.facts.listed.is_empty() {
            let mut above = bundle.up(subjects, class).iter();
            return if above.any(|high| self.facts.listed.contains(high)) {
                Truth::Unknown
            } else {
                Truth::False
            };
        }
        match bundle.policy.everyone {
            Some(everyone) if bundle.below(subjects, everyone, class) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// The value of a class's own guard, with the literals found so far.
    fn of_class(&self, guard: u32) -> Truth {
        let value = |signed: &u32| {
            let literal = self.bundle.literal(signed >> 1);
            literal
                .map_or(Truth::Unknown, |literal| self.value(literal))
                .signed(signed & 1 == 1)
        };
        let all = |all: &[u32]| Truth::all(all.iter().map(value));
        Truth::any(self.bundle.conjunctions(guard).map(all))
    }

    /// The age of a person in listed classes lies within the ages of those classes.
    fn narrow_age(&mut self) -> Result<(), Problem> {
        let (mut least, mut most) = self.facts.age;
        for guard in self.of.iter().filter_map(|class| self.bundle.class_guard(*class)) {
            let (from, to) = self.ages(guard);
            least = least.max(from);
            most = most.min(to);
        }
        self.facts.age = (least, most);
        if least <= most { Ok(()) } else { Err(Problem::NoSuchAge) }
    }

    /// The least interval that holds every age for which a guard can be true.
    fn ages(&self, guard: u32) -> (u32, u32) {
        let of_all = |all: &[u32]| {
            let (mut from, mut to) = (0_u32, u32::MAX);
            for signed in all {
                let Some(Literal::Age(is, years)) = self.bundle.literal(signed >> 1) else {
                    continue;
                };
                let (low, high) = match (is, signed & 1 == 1) {
                    (Comparison::Less, true) | (Comparison::AtLeast, false) => (0, years.checked_sub(1)),
                    (Comparison::AtMost, true) | (Comparison::Greater, false) => (0, Some(years)),
                    (Comparison::AtLeast, true) | (Comparison::Less, false) => (years, Some(u32::MAX)),
                    (Comparison::Greater, true) | (Comparison::AtMost, false) => {
                        (years.saturating_add(1), Some(u32::MAX))
                    }
                    (Comparison::Equal, true) => (years, Some(years)),
                    (Comparison::Equal, false) => (0, Some(u32::MAX)),
                };
                from = from.max(low);
                to = to.min(high?);
            }
            (from <= to).then_some((from, to))
        };
        let conjunctions = self.bundle.conjunctions(guard).filter_map(of_all);
        conjunctions
            .reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
            .unwrap_or((1, 0))
    }

    /// Listed classes whose guards are false.
    fn contradictions(&self) -> Vec<Problem> {
        let contradicted = self.of.iter().filter(|class| {
            let guard = self.bundle.class_guard(**class);
            guard.is_some_and(|guard| self.of_class(guard) == Truth::False)
        });
        let problem = |class: &u32| Problem::NotOfClass {
            class: self.bundle.path(self.bundle.t.subjects, *class).to_owned(),
        };
        contradicted.map(problem).collect()
    }

    /// Whether the processing happens in a place: as given, else as the recipient declares, else the controller (M5).
    #[inline]
    fn place(&self, test: Place, at: &At) -> Truth {
        if let Some(place) = self.facts.place {
            return self.inside(test, place);
        }
        let declared = self.places(at);
        if let Some(value) = Truth::across(declared.map(|place| self.inside(test, place))) {
            return value;
        }
        let details = self.bundle.t.controller_details;
        let country = at
            .by
            .and_then(|by| details.get(&self.bundle.words, by))
            .and_then(|[country, _]| some(*country));
        let country = country.or(self.bundle.policy.home);
        country.map_or(Truth::Unknown, |country| self.inside(test, Place::In(country)))
    }

    /// Where the recipient of a point is; nothing if not stated or without recipient.
    pub(crate) fn places(&self, at: &At) -> impl Iterator<Item = Place> + use<'a> {
        let bundle = self.bundle;
        let recipient = at.recipient.filter(|_| at.act == Act::Share);
        let places = recipient.map_or(&[][..], |recipient| bundle.places_of(recipient));
        places.iter().filter_map(|place| bundle.place(*place))
    }

    /// Whether what is known to happen in `place` happens in `test`.
    #[inline]
    pub(crate) fn inside(&self, test: Place, place: Place) -> Truth {
        let down = |country| self.bundle.down(self.bundle.t.countries, country);
        let Some(home) = self.bundle.policy.home.map(down) else {
            return match (test, place) {
                (Place::In(test), Place::In(place)) => share(down(place), down(test)),
                (Place::Abroad, Place::Abroad) => Truth::True,
                _ => Truth::Unknown,
            };
        };
        match (test, place) {
            (Place::In(test), Place::In(place)) => share(down(place), down(test)),
            (Place::Abroad, Place::In(place)) => !share(down(place), home),
            // Abroad is also every country that is not declared.
            (Place::In(test), Place::Abroad) if share(down(test), home) == Truth::True => Truth::False,
            (Place::In(_), Place::Abroad) => Truth::Unknown,
            (Place::Abroad, Place::Abroad) => Truth::True,
        }
    }

    /// A recipient outside its declared countries (M5).
    #[inline]
    pub(crate) fn misplaced(&self, at: &At) -> bool {
        let Some(place) = self.facts.place else { return false };
        let values = self.places(at).map(|declared| self.inside(declared, place));
        Truth::across(values) == Some(Truth::False)
    }
}

/// A comparison of an interval with a number: true or false if it is so on the whole interval.
#[inline]
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

/// Whether what lies somewhere in `part` lies in `whole`; both are in order.
#[inline]
fn share(part: &[u32], whole: &[u32]) -> Truth {
    let inside = part.iter().filter(|atom| whole.binary_search(atom).is_ok()).count();
    if inside == part.len() {
        Truth::True
    } else if inside > 0 {
        Truth::Unknown
    } else {
        Truth::False
    }
}
