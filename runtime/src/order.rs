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

    /// All indices below `count`.
    pub(crate) fn full(count: usize) -> Set {
        Set::of(0..u32::try_from(count).unwrap_or(u32::MAX))
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

    pub(crate) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(crate) fn add(&mut self, other: &Set) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    pub(crate) fn meets(&self, other: &Set) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
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

    /// The members that `other` has too, and those that it has not.
    pub(crate) fn split(&self, other: impl Fn(u32) -> bool) -> (Set, Set) {
        (
            Set::of(self.iter().filter(|index| other(*index))),
            Set::of(self.iter().filter(|index| !other(*index))),
        )
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

/// One side of a box: which atoms it holds, made for looking up one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    /// Every one, and the empty place where nothing of the kind is declared.
    #[default]
    Any,
    /// As bits, where no index reaches 64.
    Few(u64),
    /// As bits.
    Many(Box<[u64]>),
    /// In order, where that is smaller.
    Listed(Box<[u32]>),
}

impl Side {
    pub(crate) fn new(atoms: Option<&Vec<u32>>) -> Side {
        let Some(atoms) = atoms else { return Side::Any };
        let set = Set::of(atoms.iter().copied());
        match set.words.as_slice() {
            [] => Side::Few(0),
            [word] => Side::Few(*word),
            words if set.len() < 2 * words.len() => Side::Listed(set.iter().collect()),
            words => Side::Many(words.into()),
        }
    }

    pub(crate) fn has(&self, atom: u32) -> bool {
        match self {
            Side::Any => true,
            Side::Few(word) => atom < 64 && word >> atom & 1 == 1,
            Side::Many(words) => {
                let word = words.get((atom / 64) as usize);
                word.is_some_and(|word| word >> (atom % 64) & 1 == 1)
            }
            Side::Listed(atoms) => atoms.binary_search(&atom).is_ok(),
        }
    }

    /// As `has`; only a side that holds every atom holds an empty place.
    pub(crate) fn holds(&self, atom: Option<u32>) -> bool {
        match atom {
            Some(atom) => self.has(atom),
            None => *self == Side::Any,
        }
    }

    /// The atoms, in order, of `count` that there are.
    pub(crate) fn iter(&self, count: usize) -> impl Iterator<Item = u32> + '_ {
        let (few, many, listed, any): (u64, &[u64], &[u32], usize) = match self {
            Side::Any => (0, &[], &[], count),
            Side::Few(word) => (*word, &[], &[], 0),
            Side::Many(words) => (0, words, &[], 0),
            Side::Listed(atoms) => (0, &[], atoms, 0),
        };
        let few = (0..64).filter(move |bit| few >> bit & 1 == 1);
        let any = (0..).take(any);
        few.take(if matches!(self, Side::Few(_)) { 64 } else { 0 })
            .chain(bits(many))
            .chain(listed.iter().copied())
            .chain(any)
    }
}

/// The order of the nouns of one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    /// For each noun, what lies at or below it: its denotation.
    down: Vec<Set>,
    /// For each noun, what lies at or above it.
    up: Vec<Set>,
    /// Every noun.
    all: Set,
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
        let all = Set::full(above.len());
        Some(Order { down, up, all })
    }

    pub(crate) fn len(&self) -> usize {
        self.up.len()
    }

    /// Every noun.
    pub(crate) fn all(&self) -> &Set {
        &self.all
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
