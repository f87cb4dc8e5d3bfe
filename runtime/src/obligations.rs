//! What an allowed use carries: obligations (M13) and how long the data are kept (M12), as written.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::{Duty, Keep, Until};
use crate::bundle::{At, Bundle, Striker};
use crate::calendar::{Period, Unit};
use crate::facts::World;
use crate::format::steps::{self, EndStep};
use crate::kleene::Truth;
use crate::wire::{Act, Disposal};

/// By what and to whom: the shortest period, and the rules that ask for it.
type Merged<'a> = BTreeMap<(&'a str, Vec<&'a str>), (Option<Period>, Vec<&'a str>)>;

impl Bundle {
    /// The obligations of the ways relied on, and of the sentences that match them with a guard that is not false; equal
    /// ones are merged to the shortest period.
    pub(crate) fn duties(&self, world: &World<'_>, allowed: &[(At, u32)]) -> Vec<Duty<'_>> {
        let mut merged: Merged<'_> = BTreeMap::new();
        let mut add = |then: (u32, u32), id: (u32, u32)| {
            for one in self.obligations(then) {
                let to = self.texts_of(one.to).collect();
                let (within, rules) = merged.entry((one.what, to)).or_insert((None, Vec::new()));
                *within = shorter(*within, one.within);
                rules.push(self.text(id));
            }
        };
        for (at, index) in allowed {
            let way = self.way(*index);
            if let Some(grant) = way.and_then(|way| way.grant).and_then(|grant| self.grant(grant)) {
                add(grant.then, grant.head.id);
            }
            for striker in self.row(at.act, at.data).into_iter().flat_map(|row| row.strikers) {
                let Some(Striker::Ban { ban, .. }) = self.striker(*striker) else {
                    continue;
                };
                let Some(ban) = self.ban(ban).filter(|ban| ban.then.1 > 0) else {
                    continue;
                };
                let Some(limits) = self.part(ban.limits) else { continue };
                if self.applies(&limits, Some(*index), at) && world.guard(limits.guard, at) != Truth::False {
                    add(ban.then, ban.head.id);
                }
            }
        }
        let duties = merged.into_iter().map(|((what, to), (within, mut rules))| {
            rules.sort_unstable();
            rules.dedup();
            Duty {
                what,
                to,
                within,
                rules,
            }
        });
        duties.collect()
    }

    /// The keeps that cover the data of a point.
    pub(crate) fn keeps(&self, at: &At) -> Vec<Keep<'_>> {
        if matches!(at.act, Act::Erase | Act::Anonymise) {
            return Vec::new();
        }
        let stored = at.stored();
        let row = self.row(Act::Store, at.data).into_iter();
        let boxes = row
            .flat_map(|row| row.ways)
            .filter_map(|[_, number]| self.sides(*number));
        let covering = boxes.filter(|sides| self.has_rest(sides, &stored));
        let covering: BTreeSet<u32> = covering.map(|sides| sides.grant).collect();
        let keeps = covering.into_iter().filter_map(|grant| {
            let grant = self.grant(grant)?;
            let keep = self.keep(grant.keep?)?;
            Some(Keep {
                rule: self.cite(grant.head),
                end: self.until_of(keep.end),
                at_most: keep.at_most,
                at_least: keep.at_least,
                disposal: keep.disposal.unwrap_or(Disposal::Erase),
            })
        });
        keeps.collect()
    }

    fn until_of(&self, end: &[u32]) -> Option<Until<'_>> {
        steps::compute(
            steps::ends(end),
            EndStep::operands,
            |step, below: &[Until<'_>]| match step {
                EndStep::Event(event) => Until::Event(self.path(self.t.facts, event)),
                EndStep::Date(day) => Until::Date(day),
                EndStep::AfterCollection(period) => Until::After(period, None),
                EndStep::After(period) => Until::After(period, below.first().cloned().map(Box::new)),
                EndStep::Or(_) => Until::Or(below.to_vec()),
                EndStep::And(_) => Until::And(below.to_vec()),
            },
        )
    }
}

/// The shorter of two periods, by their usual lengths; none is longer than any.
fn shorter(a: Option<Period>, b: Option<Period>) -> Option<Period> {
    let hours = |period: &Period| {
        let unit = match period.unit {
            Unit::Hour => 1,
            Unit::Day | Unit::WorkingDay => 24,
            Unit::Week => 7 * 24,
            Unit::Month => 730,
            Unit::Year => 8760,
        };
        (u64::from(period.count) * unit, period.unit)
    };
    a.into_iter().chain(b).min_by_key(hours)
}
