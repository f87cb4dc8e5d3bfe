//! For each verb and data atom, what can matter there; each combination once. Atoms with one row differ for no request in
//! anything but their names, what lies nearest, and their keeps.

use std::collections::HashMap;

use super::derive::{Striker, Way};
use crate::wire::{Act, BundleContent, Region};

/// What can matter for one verb and data atom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Row {
    /// Way and box, in the order of the ways.
    pub(super) ways: Vec<(u32, u32)>,
    /// Strikers, by digest.
    pub(super) strikers: Vec<u32>,
    /// Of the strikers, the alternatives or the boxes of the keep that hold verb and data.
    parts: Vec<(u32, u32)>,
    /// What was added later there, by statement and place in its list.
    later: Vec<(u32, u32)>,
}

/// All rows.
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// By verb and data atom.
    pub(super) of: Vec<u32>,
}

/// The rows of content. Boxes are numbered in the order of the grants.
pub(super) fn rows(content: &BundleContent, ways: &[Way], strikers: &[Striker]) -> Rows {
    let data = u32::try_from(content.data.len()).unwrap_or(0);
    let mut all: Vec<Row> = vec![Row::default(); Act::ALL.len() * data as usize];
    let mut each = |acts: &[Act], atoms: &Option<Vec<u32>>, then: &mut dyn FnMut(&mut Row)| {
        for act in acts {
            let first = *act as usize * data as usize;
            let mut put = |atom: u32| {
                if let Some(row) = all.get_mut(first + atom as usize) {
                    then(row);
                }
            };
            match atoms {
                None => (0..data).for_each(&mut put),
                Some(atoms) => atoms.iter().for_each(|atom| put(*atom)),
            }
        }
    };
    let mut firsts = Vec::with_capacity(content.grants.len());
    let mut boxes = 0_u32;
    for grant in &content.grants {
        firsts.push(boxes);
        boxes = boxes.saturating_add(u32::try_from(grant.regions.len()).unwrap_or(u32::MAX));
    }
    let regions = |grant: u32| {
        let first = firsts.get(grant as usize).copied().unwrap_or(0);
        let regions: &[Region] = content.grants.get(grant as usize).map_or(&[], |grant| &grant.regions);
        (first..).zip(regions)
    };
    for (index, way) in (0..).zip(ways) {
        match way.grant {
            None => each(&[Act::Erase], &None, &mut |row| row.ways.push((index, 0))),
            Some(grant) => {
                for (number, region) in regions(grant) {
                    each(&region.acts, &region.data, &mut |row| row.ways.push((index, number)));
                }
            }
        }
    }
    for (index, striker) in (0..).zip(strikers) {
        match striker {
            Striker::Ban { ban, .. } => {
                let Some(ban) = content.bans.get(*ban as usize) else {
                    continue;
                };
                each(&ban.limits.region.acts, &ban.limits.region.data, &mut |row| {
                    row.strikers.push(index);
                });
                for (number, part) in (0..).zip(&ban.except) {
                    each(&part.region.acts, &part.region.data, &mut |row| {
                        if row.strikers.last() == Some(&index) {
                            row.parts.push((index, number));
                        }
                    });
                }
            }
            Striker::Keep { grant, .. } => {
                for (number, region) in regions(*grant).filter(|(_, region)| region.acts.contains(&Act::Store)) {
                    each(&[Act::Erase], &region.data, &mut |row| {
                        if row.strikers.last() != Some(&index) {
                            row.strikers.push(index);
                        }
                        row.parts.push((index, number));
                    });
                }
            }
        }
    }
    for (index, grant) in (0..).zip(&content.grants) {
        for (number, one) in (0..).zip(&grant.later) {
            each(&one.region.acts, &one.region.data, &mut |row| {
                row.later.push((index, number))
            });
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut known: HashMap<Row, u32> = HashMap::new();
    let mut of = Vec::with_capacity(all.len());
    for row in all {
        let next = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        of.push(*known.entry(row).or_insert_with_key(|row| {
            rows.push(row.clone());
            next
        }));
    }
    Rows { rows, of }
}
