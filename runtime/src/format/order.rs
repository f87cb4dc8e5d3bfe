//! Sets of atoms, and the order of the nouns of one kind (M1).

/// A set of indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Set {
    words: Vec<u64>,
}

impl Set {
    /// The set of these.
    pub(crate) fn of(indices: impl IntoIterator<Item = u32>) -> Set {
        let mut set = Set::default();
        for index in indices {
            set.insert(index);
        }
        set
    }

    pub(crate) fn insert(&mut self, index: u32) {
        let word = (index / 64) as usize;
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if let Some(word) = self.words.get_mut(word) {
            *word |= 1 << (index % 64);
        }
    }

    pub(crate) fn has(&self, index: u32) -> bool {
        self.words
            .get((index / 64) as usize)
            .is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    pub(crate) fn within(&self, other: &Set) -> bool {
        self.words
            .iter()
            .enumerate()
            .all(|(i, word)| word & !other.words.get(i).copied().unwrap_or(0) == 0)
    }

    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The members as bits, in words of 32.
    pub(crate) fn bits(&self) -> Vec<u32> {
        let halves = self.words.iter().flat_map(|word| [*word, word >> 32]);
        let mut bits: Vec<u32> = halves
            .map(|half| u32::try_from(half & 0xFFFF_FFFF).unwrap_or(0))
            .collect();
        while bits.last() == Some(&0) {
            bits.pop();
        }
        bits
    }

    /// The members, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        bits(&self.words)
    }
}

/// The numbers of the bits that are set, in order.
fn bits(words: &[u64]) -> impl Iterator<Item = u32> + '_ {
    (0u32..).step_by(64).zip(words).flat_map(|(base, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(base + bit)
        })
    })
}

/// The order of the nouns of one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    /// For each noun, what lies at or below it: its denotation.
    down: Vec<Set>,
    /// For each noun, what lies at or above it.
    up: Vec<Set>,
}

impl Order {
    /// From what lies directly above each noun; `None` if an index is out of bounds. Cycles make all of them one.
    pub(crate) fn new<'a>(above: impl Iterator<Item = &'a [u32]>) -> Option<Order> {
        let above: Vec<&[u32]> = above.collect();
        let count = u32::try_from(above.len()).ok()?;
        let mut down = vec![Set::default(); above.len()];
        let mut up = Vec::with_capacity(above.len());
        for index in 0..count {
            let mut reached = Set::default();
            let mut open = vec![index];
            while let Some(noun) = open.pop() {
                if !reached.has(noun) {
                    reached.insert(noun);
                    down.get_mut(noun as usize)?.insert(index);
                    open.extend(above.get(noun as usize)?.iter());
                }
            }
            up.push(reached);
        }
        Some(Order { down, up })
    }

    pub(crate) fn len(&self) -> usize {
        self.up.len()
    }

    /// `low ≤ high`.
    pub(crate) fn below(&self, low: u32, high: u32) -> bool {
        self.up.get(low as usize).is_some_and(|up| up.has(high))
    }

    /// ⟦n⟧.
    pub(crate) fn down(&self, noun: u32) -> &Set {
        self.down.get(noun as usize).unwrap_or(&EMPTY)
    }

    /// What lies at or above a noun.
    pub(crate) fn up(&self, noun: u32) -> &Set {
        self.up.get(noun as usize).unwrap_or(&EMPTY)
    }

    /// The highest nouns whose denotations lie in a set, and atoms of it that lie in none of those.
    pub(crate) fn highest(&self, set: &Set) -> Vec<u32> {
        let whole = |noun: u32| self.down(noun).within(set);
        set.iter()
            .filter(|noun| {
                !self
                    .up(*noun)
                    .iter()
                    .any(|high| high != *noun && whole(high) && !self.below(high, *noun))
            })
            .collect()
    }
}

static EMPTY: Set = Set { words: Vec::new() };
