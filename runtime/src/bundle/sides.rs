//! Boxes and their sides, and what lies in them.

use super::Bundle;
use crate::wire::Act;

/// One atom in each slot that the verb has. `None` also where the policy declares nothing of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct At {
    pub(crate) act: Act,
    pub(crate) by: Option<u32>,
    pub(crate) data: u32,
    pub(crate) source: Option<u32>,
    pub(crate) purpose: Option<u32>,
    pub(crate) recipient: Option<u32>,
}

impl At {
    /// A point with nothing but its verb, its data, and who processes them.
    pub(crate) fn bare(act: Act, by: Option<u32>, data: u32) -> At {
        At {
            act,
            by,
            data,
            source: None,
            purpose: None,
            recipient: None,
        }
    }

    /// The same data with the same controller, as stored.
    pub(crate) fn stored(&self) -> At {
        At::bare(Act::Store, self.by, self.data)
    }
}

/// A box.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sides {
    /// The grant, if it is one of a grant.
    pub(crate) grant: u32,
    acts: u32,
    pub(crate) by: u32,
    pub(crate) data: u32,
    pub(crate) source: u32,
    pub(crate) purpose: u32,
    pub(crate) recipient: u32,
}

impl Sides {
    fn new([grant, acts, by, data, source, purpose, recipient]: [u32; 7]) -> Sides {
        Sides {
            grant,
            acts,
            by,
            data,
            source,
            purpose,
            recipient,
        }
    }

    #[inline]
    pub(crate) fn has_act(&self, act: Act) -> bool {
        self.acts >> act as u32 & 1 == 1
    }
}

/// A side of a box, opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side<'a> {
    /// Every one, and the empty place where nothing of the kind is declared.
    Any,
    One(u32),
    Bits(&'a [u32]),
    Listed(&'a [u32]),
}

impl<'a> Side<'a> {
    /// The atoms, in order, of `count` that there are.
    pub(crate) fn iter(self, count: u32) -> impl Iterator<Item = u32> + 'a {
        let (bits, listed, run): (&[u32], &[u32], _) = match self {
            Side::Any => (&[], &[], 0..count),
            Side::One(atom) => (&[], &[], atom..atom.saturating_add(1)),
            Side::Bits(bits) => (bits, &[], 0..0),
            Side::Listed(atoms) => (&[], atoms, 0..0),
        };
        let bits = (0_u32..).step_by(32).zip(bits).flat_map(|(base, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(base + bit)
            })
        });
        bits.chain(listed.iter().copied()).chain(run)
    }
}

impl Bundle {
    pub(crate) fn sides(&self, number: u32) -> Option<Sides> {
        self.t.boxes.get(&self.words, number).copied().map(Sides::new)
    }

    #[inline]
    pub(crate) fn side(&self, side: u32) -> Side<'_> {
        match side & 3 {
            0 => Side::Any,
            1 => Side::One(side >> 2),
            _ => match self.t.sides.get(&self.words, side >> 2) {
                Some([1, start, length, ..]) => Side::Bits(self.list(*start, *length)),
                Some([_, start, length, ..]) => Side::Listed(self.list(*start, *length)),
                None => Side::Listed(&[]),
            },
        }
    }

    /// The highest nouns of a side; none of one that holds all.
    pub(crate) fn highest(&self, side: u32) -> Vec<u32> {
        match (side & 3, self.t.sides.get(&self.words, side >> 2)) {
            (1, _) => vec![side >> 2],
            (2, Some([.., start, length])) => self.list(*start, *length).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Whether a side holds an atom.
    #[inline]
    pub(crate) fn has(&self, side: u32, atom: u32) -> bool {
        match side & 3 {
            0 => true,
            1 => side >> 2 == atom,
            _ => match self.side(side) {
                Side::Bits(bits) => bits
                    .get((atom / 32) as usize)
                    .is_some_and(|bits| bits >> (atom % 32) & 1 == 1),
                Side::Listed(atoms) => atoms.binary_search(&atom).is_ok(),
                Side::Any | Side::One(_) => false,
            },
        }
    }

    /// As `has`; only a side that holds every atom holds an empty place.
    #[inline]
    pub(crate) fn holds(&self, side: u32, atom: Option<u32>) -> bool {
        match atom {
            Some(atom) => self.has(side, atom),
            None => side == 0,
        }
    }

    /// x ∈ X. A side counts only where the verb has that slot.
    #[inline]
    pub(crate) fn inside(&self, sides: &Sides, at: &At) -> bool {
        sides.has_act(at.act) && self.has(sides.data, at.data) && self.has_rest(sides, at)
    }

    /// As `inside`, where verb and data are known to lie in the box.
    #[inline]
    pub(crate) fn has_rest(&self, sides: &Sides, at: &At) -> bool {
        self.holds(sides.by, at.by)
            && (!at.act.has_purpose() || self.holds(sides.purpose, at.purpose))
            && (!(at.act.has_recipient() || at.act == Act::Publish) || self.holds(sides.recipient, at.recipient))
            && (!at.act.has_source() || self.holds(sides.source, at.source))
    }
}
