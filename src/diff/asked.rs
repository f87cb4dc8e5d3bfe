//! What the rules of one version ask of a world.

use std::collections::BTreeSet;

use kupuya_runtime::wire::{Comparison, End, Grant, Literal, Place, Retention};
use kupuya_runtime::{Day, Period};

use super::DEPTH;
use super::covered::Covered;
use super::places::declared;
use super::reading::Sort;
use super::side::Side;

/// What the rules of one version ask for, by its own numbers.
#[derive(Debug, Default)]
pub struct Asked {
    /// Conditions.
    pub facts: BTreeSet<u32>,
    /// Events, each with the periods that are counted from it, the first of them first.
    pub events: BTreeSet<(u32, Vec<Period>)>,
    /// Periods that are counted from the collection.
    pub collected: BTreeSet<Vec<Period>>,
    /// Classes of people.
    pub classes: BTreeSet<u32>,
    /// Bases that ways rest on.
    pub bases: BTreeSet<u32>,
    /// Ages on both sides of a comparison.
    pub years: BTreeSet<u32>,
    /// Days on both sides of one.
    pub days: BTreeSet<Day>,
    /// Days before which consents do not count.
    pub since: BTreeSet<Day>,
    /// Places.
    pub places: BTreeSet<Place>,
    /// Purposes for which the bases of a way may hold, where the verb has none.
    pub justified: BTreeSet<Vec<u32>>,
    /// Whether anything is kept.
    pub keeps: bool,
}

impl Asked {
    /// Of the rules at some points.
    pub fn new(side: &Side, points: &[Covered<'_>]) -> Asked {
        let mut asked = Asked::default();
        for point in points {
            for (_, grant, justified) in point.grants.iter().chain(&point.holding) {
                asked.guard(side, grant.guard, DEPTH);
                grant.ways.iter().flatten().for_each(|basis| asked.basis(side, *basis));
                asked.since.extend(grant.later.iter().map(|later| later.since));
                asked.keep(side, grant);
                let all = || (0..).take(side.content.purposes.len()).collect();
                asked.justified.insert(justified.map_or_else(all, <[u32]>::to_vec));
            }
            for (ban, except) in &point.bans {
                for strike in std::iter::once(&ban.limits).chain(except.iter().copied()) {
                    asked.guard(side, strike.guard, DEPTH);
                }
            }
            for cap in &point.caps {
                asked.guard(side, cap.guard, DEPTH);
                asked.collected.insert(vec![cap.at_most]);
            }
            asked.places.extend(declared(side, point.at[4]));
        }
        asked
    }

    /// What the guards of classes that a request lists ask for: a world must not contradict them.
    pub fn listing(&mut self, side: &Side, classes: impl IntoIterator<Item = u32>) {
        for class in classes
            .into_iter()
            .flat_map(|class| side.orders.up(Sort::Subject, class))
        {
            let when = side.content.subjects.get(class as usize).and_then(|class| class.when);
            when.into_iter().for_each(|when| self.guard(side, when, DEPTH));
        }
    }

    /// Whether any class of people is asked for.
    pub fn names_classes(&self) -> bool {
        !self.classes.is_empty()
    }

    fn guard(&mut self, side: &Side, number: u32, depth: u32) {
        let content = &side.content;
        for (literal, _) in content.guards.get(number as usize).into_iter().flatten().flatten() {
            match content.literals.get(*literal as usize) {
                Some(Literal::Fact(fact)) => drop(self.facts.insert(*fact)),
                Some(Literal::Class(class)) => {
                    self.classes.insert(*class);
                    let when = content.subjects.get(*class as usize).and_then(|class| class.when);
                    if let Some((when, depth)) = when.zip(depth.checked_sub(1)) {
                        self.guard(side, when, depth);
                    }
                }
                Some(Literal::Age(is, years)) => self.years.extend(edges(*is, *years)),
                Some(Literal::Date(_, day)) => self.days.extend([day.plus_days(-1), *day, day.next()]),
                Some(Literal::Place(place)) => drop(self.places.insert(*place)),
                None => {}
            }
        }
    }

    fn basis(&mut self, side: &Side, number: u32) {
        self.bases.insert(number);
        let Some(basis) = side.content.bases.get(number as usize) else {
            return;
        };
        self.since.extend(basis.since);
        if let Some(when) = basis.when {
            self.guard(side, when, DEPTH);
        }
    }

    fn keep(&mut self, side: &Side, grant: &Grant) {
        let Some(keep) = &grant.keep else { return };
        self.keeps = true;
        let Retention {
            end, at_most, at_least, ..
        } = keep;
        self.collected
            .extend(at_most.iter().chain(at_least).map(|period| vec![*period]));
        if let Some(end) = end {
            self.end(end, &[], side.content.zone_offset);
        }
    }

    /// What an end asks for, if so much is counted from it.
    fn end(&mut self, end: &End, then: &[Period], offset: i32) {
        match end {
            End::Event(event) => drop(self.events.insert((*event, then.to_vec()))),
            End::Date(day) => {
                let ends = then
                    .iter()
                    .fold(day.begin(offset), |at, period| at.plus(*period, offset));
                let day = ends.day(offset);
                self.days.extend([day.plus_days(-1), day, day.next()]);
            }
            End::After(period, of) => {
                let longer = [&[*period], then].concat();
                match of {
                    Some(of) => self.end(of, &longer, offset),
                    None => drop(self.collected.insert(longer)),
                }
            }
            End::Or(ends) | End::And(ends) => ends.iter().for_each(|end| self.end(end, then, offset)),
        }
    }
}

/// The ages on both sides of a comparison.
fn edges(is: Comparison, years: u32) -> Vec<u32> {
    let low = years.saturating_sub(1);
    match is {
        Comparison::Less | Comparison::AtLeast => vec![years, low],
        Comparison::AtMost | Comparison::Greater => vec![years, years.saturating_add(1)],
        Comparison::Equal => vec![years, low, years.saturating_add(1)],
    }
}
