//! For each verb and data atom what can matter there.

use std::collections::BTreeMap;

use kupuya_runtime::wire::Act;

use super::{Closed, Striker, count};

/// What can matter for a verb and data atom.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Ways, each with the box that holds verb and data.
    pub ways: Vec<(u32, u32)>,
    /// Bans that do not depend on the way; keeps with the boxes that store the data.
    pub point_bans: Vec<(u32, Vec<u32>)>,
    /// Bans that do.
    pub way_bans: Vec<(u32, Vec<u32>)>,
}

impl Closed<'_> {
    /// The rows: for each verb and data atom the number of one, and each row once.
    #[must_use]
    pub fn rows(&self) -> (BTreeMap<(Act, u32), usize>, Vec<Row>) {
        let mut all: BTreeMap<(Act, u32), Row> = BTreeMap::new();
        let everything = count(&self.content.data);
        for act in Act::ALL {
            for data in 0..everything {
                all.insert((act, data), Row::default());
            }
        }
        let mut each = |acts: &[Act], data: Option<&Vec<u32>>, then: &mut dyn FnMut(&mut Row)| {
            let whole = (0..everything).collect::<Vec<_>>();
            for act in acts {
                for atom in data.unwrap_or(&whole) {
                    all.get_mut(&(*act, *atom)).map(&mut *then);
                }
            }
        };
        for (number, way) in (0..).zip(&self.ways) {
            match way.grant {
                None => each(&[Act::Erase], None, &mut |row| {
                    row.ways.push((number, count(&self.boxes)));
                }),
                Some(grant) => {
                    for (index, region) in self.boxes_of(grant) {
                        each(&region.acts, region.data.as_ref(), &mut |row| {
                            row.ways.push((number, index));
                        });
                    }
                }
            }
        }
        for (number, striker) in (0..).zip(&self.strikers) {
            match striker {
                Striker::Ban { ban, point } => {
                    let Some(ban) = self.content.bans.get(*ban as usize) else {
                        continue;
                    };
                    let region = &ban.limits.region;
                    each(&region.acts, region.data.as_ref(), &mut |row| {
                        let bans = if *point { &mut row.point_bans } else { &mut row.way_bans };
                        bans.push((number, Vec::new()));
                    });
                }
                Striker::Keep { grant, .. } => {
                    for (index, region) in self
                        .boxes_of(*grant)
                        .filter(|(_, region)| region.acts.contains(&Act::Store))
                    {
                        each(
                            &[Act::Erase],
                            region.data.as_ref(),
                            &mut |row| match row.point_bans.last_mut() {
                                Some((last, boxes)) if *last == number => boxes.push(index),
                                _ => row.point_bans.push((number, vec![index])),
                            },
                        );
                    }
                }
            }
        }
        let mut numbers: BTreeMap<Row, usize> = BTreeMap::new();
        let mut rows = Vec::new();
        let mut of = BTreeMap::new();
        for (place, row) in all {
            let number = *numbers.entry(row).or_insert_with_key(|row| {
                rows.push(row.clone());
                rows.len() - 1
            });
            of.insert(place, number);
        }
        (of, rows)
    }
}
