//! Areas: sets of points, cut and compared side by side.

use std::collections::BTreeSet;

use kupuya_runtime::Day;

/// More pieces than this, and all of a sentence counts as added.
const PIECES: usize = 4096;

pub(super) type Set = BTreeSet<u32>;
/// By, data, source, purpose, recipient; a slot that the verb has not holds one atom.
pub(super) type Area = [Set; 5];
/// In the place of the purposes of a verb without one: none justifies it (M7).
pub(super) const NO_PURPOSE: u32 = u32::MAX;

/// Whether an area lies in another.
pub(super) fn within(area: &Area, other: &Area) -> bool {
    area.iter().zip(other).all(|(ours, theirs)| ours.is_subset(theirs))
}

/// The parts of an area that were added, with the day since which they have been there.
pub(super) fn split(area: Area, pieces: &[(Option<Day>, Area)], begins: Day) -> Vec<(Day, Area)> {
    let mut found = Vec::new();
    let mut left = vec![area.clone()];
    for (since, piece) in pieces {
        let mut rest = Vec::new();
        for part in &left {
            let (both, outside) = cut(part, piece);
            found.extend(since.zip(both));
            rest.extend(outside);
        }
        left = rest;
        if left.len() + found.len() > PIECES {
            return vec![(begins, area)];
        }
    }
    found.extend(left.into_iter().map(|area| (begins, area)));
    found
}

/// What two areas have in common, and what is only in the first.
pub(super) fn cut(area: &Area, other: &Area) -> (Option<Area>, Vec<Area>) {
    let mut both = area.clone();
    for (ours, theirs) in both.iter_mut().zip(other) {
        ours.retain(|atom| theirs.contains(atom));
    }
    if both.iter().any(BTreeSet::is_empty) {
        return (None, vec![area.clone()]);
    }
    let mut rest = Vec::new();
    let mut inside = area.clone();
    for slot in 0..inside.len() {
        let outside = area.get(slot).zip(other.get(slot));
        let outside: Set = outside.map_or_else(Set::new, |(ours, theirs)| ours.difference(theirs).copied().collect());
        if !outside.is_empty() {
            let mut part = inside.clone();
            if let Some(side) = part.get_mut(slot) {
                *side = outside;
            }
            rest.push(part);
        }
        if let Some((side, both)) = inside.get_mut(slot).zip(both.get(slot)) {
            side.clone_from(both);
        }
    }
    (Some(both), rest)
}
