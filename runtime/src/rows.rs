//! For each verb and data atom, what can matter there: found once when a bundle is loaded, each combination stored once.

use std::collections::HashMap;

use crate::bundle::{Sides, Striker, Way};
use crate::wire::Act;

/// What can matter for one verb and data atom. Atoms with one row differ for no request in anything but their names,
/// what lies nearest, and their keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Row {
    /// Way and box, in the order of the ways.
    pub(crate) ways: Vec<(u32, u32)>,
    /// Strikers, by digest.
    pub(crate) strikers: Vec<u32>,
    /// Of the strikers, the alternatives or the boxes of the keep that hold verb and data.
    parts: Vec<(u32, u32)>,
}

/// All rows.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    rows: Vec<Row>,
    /// By verb and data atom.
    of: Vec<u32>,
    data: usize,
}

impl Rows {
    pub(crate) fn new(boxes: &[Sides], starts: &[u32], ways: &[Way], strikers: &[Striker], data: usize) -> Rows {
        let mut all: Vec<Row> = vec![Row::default(); Act::ALL.len() * data];
        let boxes_of = |grant: u32| {
            let bound = |grant: u32| starts.get(grant as usize).copied().unwrap_or(0);
            let range = bound(grant)..bound(grant.saturating_add(1));
            range.filter_map(|index| Some((index, boxes.get(index as usize)?)))
        };
        let mut each = |sides: &Sides, then: &mut dyn FnMut(&mut Row)| {
            for act in Act::ALL.into_iter().filter(|act| sides.has_act(*act)) {
                for atom in sides.data.iter(data) {
                    all.get_mut(act as usize * data + atom as usize).map(&mut *then);
                }
            }
        };
        let everything = Sides::erasing();
        for (index, way) in (0..).zip(ways) {
            match way.grant {
                None => each(&everything, &mut |row| row.ways.push((index, 0))),
                Some(grant) => {
                    for (number, sides) in boxes_of(grant) {
                        each(sides, &mut |row| row.ways.push((index, number)));
                    }
                }
            }
        }
        for (index, striker) in (0..).zip(strikers) {
            match striker {
                Striker::Ban { limits, except, .. } => {
                    each(&limits.sides, &mut |row| row.strikers.push(index));
                    for (number, part) in (0..).zip(except) {
                        each(&part.sides, &mut |row| {
                            if row.strikers.last() == Some(&index) {
                                row.parts.push((index, number));
                            }
                        });
                    }
                }
                Striker::Keep { grant, .. } => {
                    for (number, sides) in boxes_of(*grant).filter(|(_, sides)| sides.has_act(Act::Store)) {
                        each(&everything.of_data(sides), &mut |row| {
                            if row.strikers.last() != Some(&index) {
                                row.strikers.push(index);
                            }
                            row.parts.push((index, number));
                        });
                    }
                }
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
        Rows { rows, of, data }
    }

    /// The number of the row of a verb and data atom.
    pub(crate) fn number(&self, act: Act, data: u32) -> Option<u32> {
        self.of.get(act as usize * self.data + data as usize).copied()
    }

    /// What can matter for a verb and data atom.
    pub(crate) fn get(&self, act: Act, data: u32) -> Option<&Row> {
        self.rows.get(self.number(act, data)? as usize)
    }
}
