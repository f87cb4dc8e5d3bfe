//! The orders of the nouns of one version (M1): what lies above what.

use std::collections::BTreeSet;

use kupuya_runtime::wire::BundleContent;

use super::reading::{Sort, nouns};

/// What lies above and below each noun, by kind and number. Asked at every place of a comparison, so it is worked out once.
#[derive(Clone, Debug)]
pub struct Orders {
    sorts: [Order; Sort::ALL.len()],
}

/// The order of one kind: of each noun itself and all above it, itself and all below it.
#[derive(Clone, Debug)]
struct Order {
    up: Vec<BTreeSet<u32>>,
    down: Vec<Vec<u32>>,
}

impl Orders {
    /// Of the nouns of a bundle.
    pub fn of(content: &BundleContent) -> Orders {
        let order = |sort: Sort| {
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
            let up: Vec<BTreeSet<u32>> = all.collect();
            let mut down = vec![Vec::new(); nouns.len()];
            for (low, above) in (0..).zip(&up) {
                for high in above {
                    if let Some(below) = down.get_mut(*high as usize) {
                        below.push(low);
                    }
                }
            }
            Order { up, down }
        };
        Orders {
            sorts: Sort::ALL.map(order),
        }
    }

    fn of_sort(&self, sort: Sort) -> &Order {
        &self.sorts[sort as usize]
    }

    /// How many nouns of a kind there are.
    pub fn count(&self, sort: Sort) -> usize {
        self.of_sort(sort).up.len()
    }

    /// Whether a noun is another or lies below it.
    pub fn is_below(&self, sort: Sort, low: u32, high: u32) -> bool {
        let up = self.of_sort(sort).up.get(low as usize);
        up.is_some_and(|up| up.contains(&high))
    }

    /// A noun and all above it.
    pub fn up(&self, sort: Sort, low: u32) -> impl Iterator<Item = u32> + '_ {
        self.of_sort(sort).up.get(low as usize).into_iter().flatten().copied()
    }

    /// A noun and all below it, in order.
    pub fn down(&self, sort: Sort, high: u32) -> impl Iterator<Item = u32> + '_ {
        let down = self.of_sort(sort).down.get(high as usize);
        down.into_iter().flatten().copied()
    }
}
