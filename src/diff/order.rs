//! The orders of the nouns of one version (M1): what lies above what.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::BundleContent;

use super::reading::{Sort, nouns};

/// What lies at or above each noun, by kind and number.
#[derive(Clone, Debug)]
pub struct Orders {
    up: BTreeMap<Sort, Vec<BTreeSet<u32>>>,
}

impl Orders {
    /// Of the nouns of a bundle.
    pub fn of(content: &BundleContent) -> Orders {
        let up = |sort: Sort| {
            let nouns = nouns(content, sort);
            let all = (0..).zip(&nouns).map(|(number, _)| {
                let mut found = BTreeSet::new();
                let mut level: Vec<u32> = vec![number];
                while let Some(one) = level.pop() {
                    if found.insert(one) {
                        level.extend(nouns.get(one as usize).into_iter().flat_map(|noun| &noun.above));
                    }
                }
                found
            });
            (sort, all.collect())
        };
        Orders {
            up: Sort::ALL.into_iter().map(up).collect(),
        }
    }

    fn all(&self, sort: Sort) -> &[BTreeSet<u32>] {
        self.up.get(&sort).map_or(&[], Vec::as_slice)
    }

    /// Whether a noun is another or lies below it.
    pub fn is_below(&self, sort: Sort, low: u32, high: u32) -> bool {
        self.all(sort).get(low as usize).is_some_and(|up| up.contains(&high))
    }

    /// A noun and all above it.
    pub fn up(&self, sort: Sort, low: u32) -> impl Iterator<Item = u32> + '_ {
        self.all(sort).get(low as usize).into_iter().flatten().copied()
    }

    /// A noun and all below it, in order.
    pub fn down(&self, sort: Sort, high: u32) -> impl Iterator<Item = u32> + '_ {
        let numbered = (0..).zip(self.all(sort));
        numbered.filter(move |(_, up)| up.contains(&high)).map(|(low, _)| low)
    }
}
