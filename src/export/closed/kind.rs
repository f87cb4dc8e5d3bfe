//! The nouns of one kind, with the order between them closed.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use kupuya_runtime::wire::{Noun, Origin};

use super::{Atoms, count};

/// The nouns of one kind.
#[derive(Clone, Debug)]
pub struct Kind {
    /// What each is called by everywhere: its path, with its origin where two nouns have one path.
    pub keys: Vec<String>,
    /// ⟦n⟧ for each.
    pub down: Vec<Atoms>,
    /// For each, what lies at or above it.
    pub up: Vec<Atoms>,
    /// What each name stands for that a request may use; `None`: several.
    pub names: BTreeMap<String, Option<u32>>,
}

/// The path, or a shorter end of it where that is unique; innermost first (M1).
fn names(nouns: &[&Noun]) -> BTreeMap<String, Option<u32>> {
    let mut best: BTreeMap<&str, ((Origin, bool), Option<u32>)> = BTreeMap::new();
    for (index, noun) in (0..).zip(nouns) {
        let ends = noun.path.match_indices('.');
        let ends = ends.filter_map(|(at, _)| Some((noun.path.get(at + 1..)?, true)));
        for (name, is_end) in ends.chain([(noun.path.as_str(), false)]) {
            let rank = (noun.origin, is_end);
            let found = best.entry(name).or_insert((rank, Some(index)));
            match rank.cmp(&found.0) {
                Ordering::Less => *found = (rank, Some(index)),
                Ordering::Equal if is_end && found.1 != Some(index) => found.1 = None,
                _ => {}
            }
        }
    }
    let found = best.into_iter();
    found.map(|(name, (_, index))| (name.to_owned(), index)).collect()
}

impl Kind {
    pub(super) fn new<'a>(nouns: impl Iterator<Item = &'a Noun>) -> Kind {
        let nouns = nouns.collect::<Vec<_>>();
        let mut paths: BTreeMap<&str, usize> = BTreeMap::new();
        for noun in &nouns {
            *paths.entry(&noun.path).or_default() += 1;
        }
        let keys = nouns.iter().map(|noun| {
            if paths.get(noun.path.as_str()).is_some_and(|times| *times > 1) {
                format!("{}@{:?}", noun.path, noun.origin).to_lowercase()
            } else {
                noun.path.clone()
            }
        });
        let keys = keys.collect();
        let mut down = vec![Atoms::new(); nouns.len()];
        let mut up = Vec::new();
        for index in 0..count(&nouns) {
            let mut reached = Atoms::new();
            let mut open = vec![index];
            while let Some(noun) = open.pop() {
                if reached.insert(noun) {
                    if let Some(below) = down.get_mut(noun as usize) {
                        below.insert(index);
                    }
                    open.extend(nouns.get(noun as usize).iter().flat_map(|noun| &noun.above));
                }
            }
            up.push(reached);
        }
        Kind {
            keys,
            down,
            up,
            names: names(&nouns),
        }
    }

    /// What a noun is called by.
    #[must_use]
    pub fn key(&self, noun: u32) -> &str {
        self.keys.get(noun as usize).map_or("", String::as_str)
    }

    /// What several are called by.
    #[must_use]
    pub fn all_keys<'a>(&self, nouns: impl IntoIterator<Item = &'a u32>) -> Vec<String> {
        nouns.into_iter().map(|noun| self.key(*noun).to_owned()).collect()
    }

    /// ⟦n⟧.
    #[must_use]
    pub fn below(&self, noun: u32) -> &Atoms {
        self.down.get(noun as usize).unwrap_or(&NONE)
    }

    /// What lies at or above a noun.
    #[must_use]
    pub fn above(&self, noun: u32) -> &Atoms {
        self.up.get(noun as usize).unwrap_or(&NONE)
    }
}

static NONE: Atoms = Atoms::new();
