//! What each sentence adds to what its consents cover (M14): where the version before would not have allowed what it allows.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use kupuya_runtime::Day;
use kupuya_runtime::wire::{Act, Ban, Cap, Grant, Later, Region};

use super::area::{Area, NO_PURPOSE, Set, cut, split};
use super::bans::Ways;
use super::both::{Both, NEW, OLD};
use super::guards::Meant;
use crate::bundle::reading::Sort;

/// Parts of areas, with the day since which consents count there; `None`: always.
type Pieces = Vec<(Option<Day>, Area)>;

type Loosened<'a> = Rc<Vec<&'a Ban>>;

/// What the sentences of a new version add.
pub(super) struct Added<'a> {
    both: &'a Both<'a>,
    begins: Day,
    /// The old bans that no new one stands for, by the bases of a new and of an old way.
    loosened: RefCell<BTreeMap<[Vec<u32>; 2], Loosened<'a>>>,
    uncapped: Vec<&'a Cap>,
}

impl<'a> Added<'a> {
    pub(super) fn new(both: &'a Both<'a>, begins: Day) -> Added<'a> {
        Added {
            both,
            begins,
            loosened: RefCell::default(),
            uncapped: both.uncapped(),
        }
    }

    /// For each sentence, what it adds.
    pub(super) fn all(&self) -> Vec<Vec<Later>> {
        self.both.sides[NEW]
            .grants
            .iter()
            .map(|grant| self.later(grant))
            .collect()
    }

    fn later(&self, grant: &Grant) -> Vec<Later> {
        let bases = &self.both.sides[NEW].bases;
        let is_consent = |basis: &u32| bases.get(*basis as usize).is_some_and(|basis| basis.consent);
        let cases = self.both.cases(NEW, grant.guard);
        let mut merged: BTreeMap<(u32, Day, Region), BTreeSet<Act>> = BTreeMap::new();
        for way in &grant.ways {
            for consent in way.iter().copied().filter(is_consent) {
                // Erasing needs no consent.
                for act in Act::ALL.into_iter().filter(|act| *act != Act::Erase) {
                    let regions = grant.regions.iter().filter(|region| region.acts.contains(&act));
                    let areas: Vec<Area> = regions.map(|region| self.both.area(NEW, region, act)).collect();
                    if areas.is_empty() {
                        continue;
                    }
                    let pieces = self.covered(grant, way, consent, act, &cases);
                    for (since, area) in areas.into_iter().flat_map(|area| split(area, &pieces, self.begins)) {
                        let region = self.region(&area, act);
                        merged.entry((consent, since, region)).or_default().insert(act);
                    }
                }
            }
        }
        let later = merged.into_iter().map(|((basis, since, region), acts)| Later {
            basis,
            since,
            region: Region {
                acts: acts.into_iter().collect(),
                ..region
            },
        });
        let mut later: Vec<Later> = later.collect();
        later.sort();
        later
    }

    /// What the version before covered with a consent where a way of a new sentence holds, and since when, the oldest first.
    fn covered(&self, grant: &Grant, way: &[u32], consent: u32, act: Act, cases: &[Vec<Meant>]) -> Pieces {
        let both = self.both;
        let Some(consent) = both.across(NEW, Sort::Basis, consent) else {
            return Vec::new();
        };
        let mut pieces = Vec::new();
        for old in &both.sides[OLD].grants {
            let regions = || old.regions.iter().filter(|region| region.acts.contains(&act));
            let ways = || old.ways.iter().filter(|way| way.contains(&consent));
            if regions().next().is_none()
                || ways().next().is_none()
                || !both.implies(NEW, grant.guard, old.guard)
                || act == Act::Store && !both.no_later(grant, old)
            {
                continue;
            }
            let keeps = [old.keep.is_some(), grant.keep.is_some()];
            let told = |way: &'a [u32]| regions().flat_map(move |region| self.told(old, way, region, act));
            for old_way in ways().filter(|old| both.way_holds(way, old, keeps)) {
                let ways = Ways {
                    grant,
                    new: way,
                    old: old_way,
                };
                pieces.extend(told(old_way).flat_map(|(since, area)| {
                    let parts = self.free(area, ways, cases, act);
                    parts.into_iter().map(move |part| (since, part))
                }));
            }
        }
        pieces.sort_by_key(|(since, _)| *since);
        pieces
    }

    /// A box of an old sentence, by the days since which all consents of a way counted there.
    fn told(&self, old: &Grant, way: &[u32], region: &Region, act: Act) -> Pieces {
        let later = old
            .later
            .iter()
            .filter(|one| way.contains(&one.basis) && one.region.acts.contains(&act));
        let mut pieces = Vec::new();
        let mut left = vec![self.both.area(OLD, region, act)];
        // Where several days are told, the last counts.
        let mut later: Vec<_> = later.collect();
        later.sort_by_key(|one| std::cmp::Reverse(one.since));
        for one in later {
            let area = self.both.area(OLD, &one.region, act);
            let parts: Vec<_> = left.iter().map(|part| cut(part, &area)).collect();
            left = parts.iter().flat_map(|(_, rest)| rest.clone()).collect();
            pieces.extend(parts.into_iter().filter_map(|(both, _)| Some((Some(one.since), both?))));
        }
        pieces.extend(left.into_iter().map(|area| (None, area)));
        pieces
    }

    /// The parts of an area in which nothing forbade what a way allows now.
    fn free(&self, area: Area, ways: Ways<'_>, cases: &[Vec<Meant>], act: Act) -> Vec<Area> {
        let mut parts = vec![area];
        for ban in self.loosened(ways).iter() {
            let of = |part: &Area| self.both.unbanned(part, ban, ways, cases, act);
            parts = parts.iter().flat_map(of).collect();
        }
        let caps = self.uncapped.iter().filter(|_| act == Act::Store);
        for cap in caps {
            let of = |part: &Area| self.both.bounded(part, cap, ways.grant, cases);
            parts = parts.iter().flat_map(of).collect();
        }
        parts
    }

    fn loosened(&self, ways: Ways<'_>) -> Loosened<'a> {
        let key = [ways.new.to_vec(), ways.old.to_vec()];
        let mut known = self.loosened.borrow_mut();
        let found = known
            .entry(key)
            .or_insert_with(|| Rc::new(self.both.loosened(ways.new, ways.old)));
        Rc::clone(found)
    }

    fn region(&self, area: &Area, act: Act) -> Region {
        let [by, data, source, purpose, recipient] = area;
        let side = |slot: usize, set: &Set| {
            let atoms: Vec<u32> = set.iter().copied().filter(|atom| *atom != NO_PURPOSE).collect();
            let whole = atoms.len() >= self.both.count(slot).max(1);
            (!whole).then_some(atoms)
        };
        let has_recipient = act.has_recipient() || act == Act::Publish;
        Region {
            acts: Vec::new(),
            by: side(0, by),
            data: side(1, data),
            source: if act.has_source() { side(2, source) } else { None },
            purpose: side(3, purpose),
            recipient: if has_recipient { side(4, recipient) } else { None },
        }
    }
}
