//! The hash tables of names: what a request may call each noun. Slots are a power of two, at least twice the names; a name
//! begins at the low half of its hash and goes on to the next slot where that is taken.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::layout::SEVERAL;
use crate::wire::{Noun, Origin};

/// The hash of a name: rapidhash version 3 with its own secrets, the same on every machine.
#[inline]
pub(crate) fn hash(name: &[u8]) -> u64 {
    rapidhash::v3::rapidhash_v3(name)
}

/// The low half, where to begin, and the high half, which is kept.
#[inline]
pub(crate) fn halves(hash: u64) -> (u32, u32) {
    let [a, b, c, d, e, f, g, h] = hash.to_le_bytes();
    (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
}

/// A name in its slot.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) hash: u32,
    pub(super) name: String,
    pub(super) noun: u32,
}

/// The slots of the names of one kind: paths, and their ends where they are unique, innermost first (M1).
pub(super) fn table(nouns: &[&Noun]) -> Vec<Option<Slot>> {
    // The origin, and whether it is an end only: the least is meant.
    let mut best: BTreeMap<&str, ((Origin, bool), u32)> = BTreeMap::new();
    for (index, noun) in (0..).zip(nouns) {
        let ends = noun
            .path
            .match_indices('.')
            .filter_map(|(at, _)| noun.path.get(at + 1..));
        let ends = ends.filter(|end| !end.is_empty()).map(|end| (end, true));
        for (name, end) in ends.chain([(noun.path.as_str(), false)]) {
            let rank = (noun.origin, end);
            let found = best.entry(name).or_insert((rank, index));
            match rank.cmp(&found.0) {
                Ordering::Less => *found = (rank, index),
                Ordering::Equal if end && found.1 != index => found.1 = SEVERAL,
                _ => {}
            }
        }
    }
    let mut slots: Vec<Option<Slot>> = vec![None; (2 * best.len()).next_power_of_two()];
    let mask = slots.len() - 1;
    for (name, (_, noun)) in best {
        let (from, kept) = halves(hash(name.as_bytes()));
        let mut at = from as usize & mask;
        while slots.get(at).is_some_and(Option::is_some) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = slots.get_mut(at) {
            *slot = Some(Slot {
                hash: kept,
                name: name.to_owned(),
                noun,
            });
        }
    }
    slots
}
