//! Two versions side by side: what the nouns of one are in the other.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{BundleContent, Literal, Place, Under};

use super::area::Set;
use crate::bundle::order::Orders;
use crate::bundle::reading::{Renamed, Sort, nouns, read, same};

/// The version before, by number.
pub(super) const OLD: usize = 0;
/// The new version, by number.
pub(super) const NEW: usize = 1;

/// How many steps all comparisons of guards and ends may take together: what real policies need is far below. What is not
/// compared counts as wider.
const STEPS: u32 = 20_000_000;

/// A noun, whichever version names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// Of the new version, and perhaps of the old one.
    New(u32),
    /// Of the old version alone.
    Old(u32),
}

/// Two versions of a policy.
pub(super) struct Both<'a> {
    /// What their bundles hold: old, new.
    pub(super) sides: [&'a BundleContent; 2],
    /// What lies above what.
    pub(super) orders: [Orders; 2],
    /// For each kind, for each noun of a version, the same one of the other.
    same: [[Vec<Option<u32>>; 9]; 2],
    /// For each slot, for each new atom, the old one that it is read as (M14).
    read: [Vec<Option<u32>>; 5],
    /// Guards compared: side, guard, and that of the other side.
    pub(super) implied: RefCell<BTreeMap<(usize, u32, u32), bool>>,
    steps: Cell<u32>,
}

impl<'a> Both<'a> {
    pub(super) fn new(old: &'a BundleContent, new: &'a BundleContent, was: &Renamed) -> Both<'a> {
        let there = Sort::ALL.map(|sort| same(sort, &nouns(new, sort), &nouns(old, sort), was));
        let mut back = Sort::ALL.map(|sort| vec![None; nouns(old, sort).len()]);
        for (back, there) in back.iter_mut().zip(&there) {
            for (new, old) in (0..).zip(there) {
                if let Some(slot) = old.and_then(|old| back.get_mut(old as usize)) {
                    *slot = slot.or(Some(new));
                }
            }
        }
        let mut both = Both {
            sides: [old, new],
            orders: [Orders::of(old), Orders::of(new)],
            same: [back, there],
            read: Sort::SLOTS.map(|sort| read(sort, &nouns(new, sort), &nouns(old, sort), was)),
            implied: RefCell::default(),
            steps: Cell::new(STEPS),
        };
        both.unread();
        both
    }

    /// Takes one step; false when there are none left.
    pub(super) fn step(&self) -> bool {
        let left = self.steps.get();
        self.steps.set(left.saturating_sub(1));
        left > 0
    }

    /// The same noun in the other version.
    pub(super) fn across(&self, side: usize, sort: Sort, number: u32) -> Option<u32> {
        self.same[side][sort as usize].get(number as usize).copied().flatten()
    }

    /// A noun by what both call it.
    pub(super) fn key(&self, side: usize, sort: Sort, number: u32) -> Key {
        match side {
            NEW => Key::New(number),
            _ => self.across(OLD, sort, number).map_or(Key::Old(number), Key::New),
        }
    }

    /// New atoms about which the version before would not have answered as it would about those that they are read as: a
    /// purpose for which other consents and withdrawals count, a recipient or controller elsewhere.
    fn unread(&mut self) {
        let [by, _, _, purpose, recipient] = self.read.clone();
        let kept = |reads: Vec<Option<u32>>, holds: &dyn Fn(u32, u32) -> bool| -> Vec<Option<u32>> {
            let numbered = (0..).zip(reads);
            numbered.map(|(new, old)| old.filter(|old| holds(new, *old))).collect()
        };
        let by = kept(by, &|new, old| self.same_home(new, old));
        let purpose = kept(purpose, &|new, old| self.under_the_same(Sort::Purpose, new, old));
        let recipient = kept(recipient, &|new, old| self.same_places(new, old));
        let [_, data, source, ..] = self.read.clone();
        self.read = [by, data, source, purpose, recipient];
    }

    /// Whether the same nouns lie above, of those that both versions have.
    pub(super) fn under_the_same(&self, sort: Sort, new: u32, old: u32) -> bool {
        let above = (0..).zip(&self.same[NEW][sort as usize]);
        let mut both = above.filter_map(|(above, there)| Some((above, (*there)?)));
        both.all(|(ours, theirs)| {
            self.orders[NEW].is_below(sort, new, ours) == self.orders[OLD].is_below(sort, old, theirs)
        })
    }

    /// Whether any guard asks where something happens.
    fn asks_places(&self) -> bool {
        let mut literals = self.sides.iter().flat_map(|side| &side.literals);
        literals.any(|literal| matches!(literal, Literal::Place(_)))
    }

    /// Whether what a controller does happens where it did, if a request says nothing of the place.
    fn same_home(&self, new: u32, old: u32) -> bool {
        let country = |side: usize, number: u32| {
            let controller = self.sides[side].controllers.get(number as usize);
            let country = controller.and_then(|one| one.country).or(self.sides[side].home);
            country.map(|country| self.key(side, Sort::Country, country))
        };
        !self.asks_places() || country(NEW, new) == country(OLD, old)
    }

    fn places(&self, side: usize, recipient: u32) -> Option<BTreeSet<Option<Key>>> {
        let recipient = self.sides[side].recipients.get(recipient as usize)?;
        let key = |place: &Place| match place {
            Place::In(country) => Some(self.key(side, Sort::Country, *country)),
            Place::Abroad => None,
        };
        Some(recipient.places.iter().map(key).collect())
    }

    /// Whether a recipient is in the same places, or in fewer where nobody asks.
    fn same_places(&self, new: u32, old: u32) -> bool {
        let (ours, theirs) = (self.places(NEW, new), self.places(OLD, old));
        let fewer =
            |ours: &BTreeSet<_>, theirs: &BTreeSet<_>| theirs.is_empty() || !ours.is_empty() && ours.is_subset(theirs);
        ours == theirs || !self.asks_places() && ours.zip(theirs).is_some_and(|(ours, theirs)| fewer(&ours, &theirs))
    }

    /// How many new atoms a slot has.
    pub(super) fn count(&self, slot: usize) -> usize {
        self.read.get(slot).map_or(0, Vec::len)
    }

    /// The atoms of a side of a new box.
    pub(super) fn set(&self, slot: usize, side: Option<&[u32]>) -> Set {
        match side {
            Some(atoms) => atoms.iter().copied().collect(),
            None => (0..u32::try_from(self.count(slot).max(1)).unwrap_or(1)).collect(),
        }
    }

    /// The new atoms that are read as atoms of a side of an old box.
    pub(super) fn old_set(&self, slot: usize, side: Option<&[u32]>) -> Set {
        let read = self.read.get(slot).map_or(&[][..], Vec::as_slice);
        if read.is_empty() {
            return Set::from([0]);
        }
        let inside = |old: &u32| side.is_none_or(|side| side.contains(old));
        let numbered = (0..).zip(read);
        numbered
            .filter(|(_, old)| old.as_ref().is_some_and(inside))
            .map(|(new, _)| new)
            .collect()
    }

    /// Whether a formula of bases speaks about some bases of a version (M8).
    pub(super) fn relates(&self, side: usize, under: Option<&Under>, bases: &[u32]) -> bool {
        match under {
            None => true,
            Some(Under::Basis(high)) => bases
                .iter()
                .any(|low| self.orders[side].is_below(Sort::Basis, *low, *high)),
            Some(Under::Not(one)) => !self.relates(side, Some(one), bases),
            Some(Under::And(every)) => every.iter().all(|one| self.relates(side, Some(one), bases)),
            Some(Under::Or(any)) => any.iter().any(|one| self.relates(side, Some(one), bases)),
        }
    }
}
