//! Whether one guard holds only where another does, of two versions. What cannot be seen does not.

use std::collections::BTreeSet;

use kupuya_runtime::Day;
use kupuya_runtime::wire::{Comparison, Guard, Literal, Origin, Place};

use super::both::{Both, Key, NEW, OLD};
use crate::bundle::reading::Sort;

/// More cases of one conjunction are not looked at one by one.
const CASES: usize = 64;

/// A literal of a version, as it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Meant {
    side: usize,
    literal: Literal,
    sign: bool,
    /// In the guard of a class, which sees only a place that a request gives (M5).
    given: bool,
}

impl Meant {
    fn not(self) -> Meant {
        Meant {
            sign: !self.sign,
            ..self
        }
    }
}

/// What is being shown: one class by another. What hangs on itself is not shown by itself alone, since every value is found in
/// finitely many steps.
type Showing = BTreeSet<(Meant, Meant)>;

/// The side under which it is kept what blocks what: neither version.
const BLOCKS: usize = 2;

impl Both<'_> {
    /// Whether a guard of a version holds only where one of the other version does.
    pub(super) fn implies(&self, side: usize, guard: u32, other: u32) -> bool {
        let key = (side, guard, other);
        if let Some(known) = self.implied.borrow().get(&key) {
            return *known;
        }
        let found = self
            .cases(side, guard)
            .iter()
            .all(|all| self.entails(all, 1 - side, other));
        self.implied.borrow_mut().insert(key, found);
        found
    }

    /// Whether a guard of the old version is false wherever one of the new version is, so that a ban with the new one blocks
    /// all that one with the old one blocked, also where its guard is not known.
    pub(super) fn blocks(&self, old: u32, new: u32) -> bool {
        let key = (BLOCKS, old, new);
        if let Some(known) = self.implied.borrow().get(&key) {
            return *known;
        }
        let goal = self.meant(NEW, new, false);
        let cases = self.meant(OLD, old, false);
        let found = cases.iter().flat_map(|all| self.spelt(all)).all(|all| {
            let holds = |one: &Meant| self.is_blocked(&all, *one);
            goal.iter().any(|goal| goal.iter().all(holds))
        });
        self.implied.borrow_mut().insert(key, found);
        found
    }

    /// Whether a literal is not false wherever none of these is.
    fn is_blocked(&self, all: &[Meant], goal: Meant) -> bool {
        match goal.literal {
            Literal::Place(test) => self.shows_place(all, goal, test, true),
            Literal::Class(class) => all.iter().any(|one| match one.literal {
                Literal::Class(known) if one.sign == goal.sign => {
                    self.class_shows(&[], goal.not(), class, one.not(), known, &mut Showing::new())
                }
                _ => false,
            }),
            _ => self.shows(all, goal, &mut Showing::new()),
        }
    }

    /// The conjunctions of a guard.
    pub(super) fn cases(&self, side: usize, guard: u32) -> Vec<Vec<Meant>> {
        self.meant(side, guard, false)
    }

    /// Whether a guard holds wherever all of this does.
    pub(super) fn entails(&self, all: &[Meant], side: usize, guard: u32) -> bool {
        let goal = self.meant(side, guard, false);
        let mut cases = self.spelt(all).into_iter();
        cases.all(|case| self.impossible(&case) || self.shows_any(&case, &goal, &mut Showing::new()))
    }

    /// Whether a guard is false wherever all of this holds.
    pub(super) fn refutes(&self, all: &[Meant], side: usize, guard: u32) -> bool {
        let goal = self.meant(side, guard, false);
        let mut cases = self.spelt(all).into_iter();
        cases.all(|case| self.impossible(&case) || self.refutes_all(&case, &goal, &mut Showing::new()))
    }

    fn guard(&self, side: usize, guard: u32) -> &Guard {
        const NEVER: &Guard = &Guard::new();
        self.sides[side].guards.get(guard as usize).unwrap_or(NEVER)
    }

    fn meant(&self, side: usize, guard: u32, given: bool) -> Vec<Vec<Meant>> {
        let one = |(literal, sign): &(u32, bool)| {
            let literal = *self.sides[side].literals.get(*literal as usize)?;
            Some(Meant {
                side,
                literal,
                sign: *sign,
                given,
            })
        };
        let all = self.guard(side, guard).iter();
        // A bundle that was loaded has every literal that it asks for.
        all.map(|all| all.iter().filter_map(one).collect()).collect()
    }

    fn class_guard(&self, side: usize, class: u32) -> Option<u32> {
        self.sides[side]
            .subjects
            .get(class as usize)
            .and_then(|class| class.when)
    }

    /// The cases of a conjunction, with what the guards of its classes say: who is of a class fulfils its guard.
    fn spelt(&self, all: &[Meant]) -> Vec<Vec<Meant>> {
        let mut cases = vec![all.to_vec()];
        for one in all {
            let Meant {
                side,
                literal: Literal::Class(class),
                sign: true,
                ..
            } = one
            else {
                continue;
            };
            let Some(guard) = self.class_guard(*side, *class) else {
                continue;
            };
            // Who is listed in a class is of it also where the place is not known.
            let said = self.meant(*side, guard, true).into_iter().map(|all| {
                let known = all.into_iter().filter(|one| !matches!(one.literal, Literal::Place(_)));
                known.collect::<Vec<Meant>>()
            });
            let said: Vec<Vec<Meant>> = said.collect();
            if said.len() * cases.len() > CASES {
                continue;
            }
            let each = cases.iter().flat_map(|case| {
                let with = |said: &Vec<Meant>| case.iter().chain(said).copied().collect();
                said.iter().map(with).collect::<Vec<Vec<Meant>>>()
            });
            cases = each.collect();
        }
        cases
    }

    /// Whether a fact is meant both ways.
    fn impossible(&self, all: &[Meant]) -> bool {
        let facts = all.iter().filter_map(|one| Some((self.fact(one)?, one.sign)));
        let facts: BTreeSet<(Key, bool)> = facts.collect();
        facts.iter().any(|(fact, sign)| facts.contains(&(*fact, !*sign)))
    }

    fn fact(&self, of: &Meant) -> Option<Key> {
        match of.literal {
            Literal::Fact(fact) => Some(self.key(of.side, Sort::Fact, fact)),
            _ => None,
        }
    }

    fn shows_any(&self, all: &[Meant], goal: &[Vec<Meant>], showing: &mut Showing) -> bool {
        goal.iter()
            .any(|goal| goal.iter().all(|one| self.shows(all, *one, showing)))
    }

    fn refutes_all(&self, all: &[Meant], goal: &[Vec<Meant>], showing: &mut Showing) -> bool {
        goal.iter()
            .all(|goal| goal.iter().any(|one| self.shows(all, one.not(), showing)))
    }

    /// Whether a literal is so wherever all of this is.
    fn shows(&self, all: &[Meant], goal: Meant, showing: &mut Showing) -> bool {
        if !self.step() {
            return false;
        }
        match goal.literal {
            Literal::Fact(_) => {
                let fact = self.fact(&goal);
                all.iter().any(|one| self.fact(one) == fact && one.sign == goal.sign)
            }
            Literal::Age(..) => shows_number(all, goal, 0, &age),
            Literal::Date(..) => {
                let begins = self.sides[NEW].begins.map_or(i64::MIN, |day| i64::from(day.number()));
                shows_number(all, goal, begins, &date)
            }
            Literal::Place(test) => self.shows_place(all, goal, test, false),
            Literal::Class(class) => self.shows_class(all, goal, class, showing),
        }
    }

    fn shows_class(&self, all: &[Meant], goal: Meant, class: u32, showing: &mut Showing) -> bool {
        if let Some(guard) = self.class_guard(goal.side, class) {
            let said = self.meant(goal.side, guard, true);
            let shown = if goal.sign {
                self.shows_any(all, &said, showing)
            } else {
                self.refutes_all(all, &said, showing)
            };
            if shown {
                return true;
            }
        }
        if goal.sign && self.is_everyone(goal.side, class) {
            return true;
        }
        all.iter().any(|one| match one.literal {
            Literal::Class(known) if one.sign == goal.sign => self.class_shows(all, *one, known, goal, class, showing),
            _ => false,
        })
    }

    /// Whether one class shows another: whoever is of the one is of the other, or whoever is not is not.
    fn class_shows(
        &self,
        all: &[Meant],
        one: Meant,
        known: u32,
        goal: Meant,
        class: u32,
        showing: &mut Showing,
    ) -> bool {
        // Who is of a class by its guard is so in finitely many steps, so what is being shown may be used for what its guard names.
        if !showing.insert((one, goal)) {
            return one.sign;
        }
        let (mine, theirs) = (self.class_guard(one.side, known), self.class_guard(goal.side, class));
        let mut listed = 0..u32::try_from(self.sides[NEW].subjects.len()).unwrap_or(u32::MAX);
        let shown = if one.sign {
            let said = listed.all(|of| !self.is_said(one.side, of, known) || self.is_said(goal.side, of, class));
            let cases = mine.map_or_else(Vec::new, |guard| self.meant(one.side, guard, true));
            said && cases.into_iter().all(|case| {
                let rest = all.iter().copied().filter(|other| *other != one);
                let more: Vec<Meant> = rest.chain(case).collect();
                self.shows(&more, goal, showing)
            })
        } else {
            let apart = |side: usize, of: u32, class: u32| {
                let unguarded = self.class_guard(side, class).is_none();
                !(self.is_said(side, of, class) || unguarded && self.is_above(side, of, class))
            };
            let said = listed.all(|of| !apart(one.side, of, known) || apart(goal.side, of, class));
            let cases = theirs.map_or_else(Vec::new, |guard| self.meant(goal.side, guard, true));
            let goal = mine.map_or_else(Vec::new, |guard| self.meant(one.side, guard, true));
            said && cases.into_iter().all(|case| {
                let more: Vec<Meant> = all.iter().copied().chain(case).collect();
                self.shows_any(&more, &goal, showing)
            })
        };
        showing.remove(&(one, goal));
        shown
    }

    /// The classes of a version that a person is listed in whom a request to the new version lists in one: the same, or those
    /// above it that the version has.
    fn listed(&self, side: usize, of: u32) -> Vec<u32> {
        if side == NEW {
            return vec![of];
        }
        if let Some(old) = self.across(NEW, Sort::Subject, of) {
            return vec![old];
        }
        let above = self.orders[NEW].up(Sort::Subject, of);
        above
            .filter_map(|above| self.across(NEW, Sort::Subject, above))
            .collect()
    }

    /// Whether a person in a listed class is said to be of another.
    fn is_said(&self, side: usize, of: u32, class: u32) -> bool {
        let mut listed = self.listed(side, of).into_iter();
        listed.any(|low| self.orders[side].is_below(Sort::Subject, low, class))
    }

    /// Whether all people whom the policy is about are said to be of a class: versions are compared for the classes that the
    /// policy declares, and for people who are of other classes too (M14).
    fn is_everyone(&self, side: usize, class: u32) -> bool {
        let numbered = (0..).zip(&self.sides[NEW].subjects);
        let mut own = numbered.filter(|(_, of)| of.noun.origin == Origin::Project).peekable();
        own.peek().is_some() && own.all(|(of, _)| self.is_said(side, of, class))
    }

    /// Whether a listed class lies above another, so that it is not known.
    fn is_above(&self, side: usize, of: u32, class: u32) -> bool {
        let mut listed = self.listed(side, of).into_iter();
        listed.any(|high| self.orders[side].is_below(Sort::Subject, class, high))
    }

    /// Wherever something may happen, and all of this is so; `loose`: and is not surely false.
    fn shows_place(&self, all: &[Meant], goal: Meant, test: Place, loose: bool) -> bool {
        let count = u32::try_from(self.sides[NEW].countries.len()).unwrap_or(u32::MAX);
        let mut places = (0..count).map(Place::In).chain([Place::Abroad]);
        places.all(|place| {
            let so = |one: &Meant| match one.literal {
                Literal::Place(test) if one.given || !goal.given => self
                    .is_in(one.side, test, place)
                    .is_none_or(|is| is.map_or(loose, |is| is == one.sign)),
                _ => true,
            };
            let shown = || {
                self.is_in(goal.side, test, place)
                    .map(|is| is.map_or(loose, |is| is == goal.sign))
            };
            !all.iter().all(so) || shown() == Some(true)
        })
    }

    /// Whether what happens in a place of the new version happens in another of a version: that may not be known. `None` if
    /// the version has no such place.
    fn is_in(&self, side: usize, test: Place, place: Place) -> Option<Option<bool>> {
        let orders = &self.orders[side];
        let place = match place {
            Place::In(country) if side == OLD => Place::In(self.across(NEW, Sort::Country, country)?),
            place => place,
        };
        let down = |country: u32| orders.down(Sort::Country, country).collect::<Vec<u32>>();
        let share = |part: Vec<u32>, whole: Vec<u32>| {
            let inside = part.iter().filter(|one| whole.contains(one)).count();
            if inside == part.len() {
                Some(true)
            } else {
                (inside == 0).then_some(false)
            }
        };
        let home = self.sides[side].home.map(down);
        Some(match (test, place, home) {
            (Place::In(test), Place::In(place), _) => share(down(place), down(test)),
            (Place::Abroad, Place::Abroad, _) => Some(true),
            (Place::Abroad, Place::In(place), Some(home)) => share(down(place), home).map(|home| !home),
            (Place::In(test), Place::Abroad, Some(home)) => (share(down(test), home) == Some(true)).then_some(false),
            _ => None,
        })
    }
}

/// A comparison with a number, and the number.
fn age(of: &Meant) -> Option<(Comparison, i64)> {
    match of.literal {
        Literal::Age(is, years) => Some((is, i64::from(years))),
        _ => None,
    }
}

fn date(of: &Meant) -> Option<(Comparison, i64)> {
    match of.literal {
        Literal::Date(is, day) => Some((is, i64::from(Day::number(day)))),
        _ => None,
    }
}

/// Of all numbers from the least on that all of this allows: only beside the numbers that are named anything changes.
fn shows_number(all: &[Meant], goal: Meant, least: i64, of: &dyn Fn(&Meant) -> Option<(Comparison, i64)>) -> bool {
    let named = all.iter().chain([&goal]).filter_map(of).map(|(_, number)| number);
    let beside = named.flat_map(|number| [number.saturating_sub(1), number, number.saturating_add(1)]);
    let numbers: BTreeSet<i64> = beside.chain([least]).filter(|number| *number >= least).collect();
    let holds = |one: &Meant, number: i64| of(one).is_none_or(|(is, than)| is.holds(&number, &than) == one.sign);
    let mut allowed = numbers
        .into_iter()
        .filter(|number| all.iter().all(|one| holds(one, *number)));
    allowed.all(|number| holds(&goal, number))
}
