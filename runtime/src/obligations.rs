//! What an allowed use carries: obligations (M13) and how long the data are kept (M12), as written.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::{Duty, Keep, Until};
use crate::bundle::{At, Bundle, Striker};
use crate::calendar::{Period, Unit};
use crate::decide::cite;
use crate::facts::World;
use crate::gaps::applies;
use crate::kleene::Truth;
use crate::wire::{Act, Disposal, End, Obligation};

/// By what and to whom: the shortest period, and the rules that ask for it.
type Merged<'a> = BTreeMap<(&'a str, &'a [String]), (Option<Period>, Vec<&'a str>)>;

impl Bundle {
    /// The obligations of the ways relied on, and of the sentences that match them with a guard that is not false; equal
    /// ones are merged to the shortest period.
    pub(crate) fn duties(&self, world: &World<'_>, allowed: &[(At, u32)]) -> Vec<Duty> {
        let mut merged: Merged<'_> = BTreeMap::new();
        let mut found: Vec<(&Obligation, &str)> = Vec::new();
        for (at, index) in allowed {
            let way = self.ways.get(*index as usize);
            if let Some(grant) = way.and_then(|way| way.grant).and_then(|grant| self.grant(grant)) {
                found.extend(grant.then.iter().map(|then| (then, grant.head.id.as_str())));
            }
            for striker in self.rows.get(at.act, at.data).into_iter().flat_map(|row| &row.strikers) {
                let Some(Striker::Ban { ban, limits, .. }) = self.strikers.get(*striker as usize) else {
                    continue;
                };
                let Some(ban) = self.content.bans.get(*ban as usize).filter(|ban| !ban.then.is_empty()) else {
                    continue;
                };
                if applies(limits, Some(*index), at) && world.guard(limits.guard, at) != Truth::False {
                    found.extend(ban.then.iter().map(|then| (then, ban.head.id.as_str())));
                }
            }
        }
        for (then, id) in found {
            let (within, rules) = merged.entry((&then.what, &then.to)).or_insert((None, Vec::new()));
            *within = shorter(*within, then.within);
            rules.push(id);
        }
        let duties = merged.into_iter().map(|((what, to), (within, mut rules))| {
            rules.sort_unstable();
            rules.dedup();
            Duty {
                what: what.to_owned(),
                to: to.to_vec(),
                within,
                rules: rules.into_iter().map(str::to_owned).collect(),
            }
        });
        duties.collect()
    }

    /// The keeps that cover the data of a point.
    pub(crate) fn keeps(&self, at: &At) -> Vec<Keep> {
        if matches!(at.act, Act::Erase | Act::Anonymise) {
            return Vec::new();
        }
        let stored = At { act: Act::Store, ..*at };
        let row = self.rows.get(Act::Store, at.data).into_iter();
        let boxes = row
            .flat_map(|row| &row.ways)
            .filter_map(|(_, number)| self.sides(*number));
        let covering: BTreeSet<u32> = boxes
            .filter(|sides| sides.has_rest(&stored))
            .map(|sides| sides.grant)
            .collect();
        covering
            .into_iter()
            .filter_map(|grant| {
                let grant = self.grant(grant)?;
                let keep = grant.keep.as_ref()?;
                Some(Keep {
                    rule: cite(&grant.head),
                    end: keep.end.as_ref().map(|end| self.until(end)),
                    at_most: keep.at_most,
                    at_least: keep.at_least,
                    disposal: keep.disposal.unwrap_or(Disposal::Erase),
                })
            })
            .collect()
    }

    fn until(&self, end: &End) -> Until {
        match end {
            End::Event(event) => {
                let noun = self.content.facts.get(*event as usize);
                Until::Event(noun.map_or_else(String::new, |noun| noun.path.clone()))
            }
            End::Date(day) => Until::Date(*day),
            End::After(period, after) => Until::After(*period, after.as_ref().map(|end| Box::new(self.until(end)))),
            End::Or(ends) => Until::Or(ends.iter().map(|end| self.until(end)).collect()),
            End::And(ends) => Until::And(ends.iter().map(|end| self.until(end)).collect()),
        }
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
