//! Nouns of every kind, by name and in their order.

use super::Bundle;
use crate::format::layout::{NONE, NameTable, NounTable, SEVERAL};
use crate::format::slots::{halves, hash};

/// What a name stands for, as far as its slot tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    One(u32),
    Several,
    None,
}

impl Bundle {
    #[inline]
    pub(crate) fn path(&self, kind: NounTable, noun: u32) -> &str {
        let row = kind.get(&self.words, noun);
        row.map_or("", |[start, length, ..]| self.text((*start, *length)))
    }

    /// ⟦n⟧, in order.
    #[inline]
    pub(crate) fn down(&self, kind: NounTable, noun: u32) -> &[u32] {
        let row = kind.get(&self.words, noun);
        row.map_or(&[], |[_, _, _, _, _, start, length, ..]| self.list(*start, *length))
    }

    /// What lies at or above a noun, in order.
    #[inline]
    pub(crate) fn up(&self, kind: NounTable, noun: u32) -> &[u32] {
        let row = kind.get(&self.words, noun);
        row.map_or(&[], |[.., start, length]| self.list(*start, *length))
    }

    /// `low ≤ high`.
    #[inline]
    pub(crate) fn below(&self, kind: NounTable, low: u32, high: u32) -> bool {
        low == high || self.up(kind, low).contains(&high)
    }

    /// What a name of a kind stands for.
    #[inline]
    pub(crate) fn named(&self, kind: NameTable, name: &[u8]) -> Named {
        let slots = kind.rows(&self.words);
        let mask = slots.len().wrapping_sub(1);
        let (from, kept) = halves(hash(name));
        let mut at = from as usize & mask;
        // There is always an empty slot; who made the table may have left none.
        for _ in 0..slots.len() {
            let Some([hash, start, length, noun]) = slots.get(at) else {
                return Named::None;
            };
            let (start, length) = (*start as usize, *length as usize);
            if *hash == kept && self.names.as_bytes().get(start..start.saturating_add(length)) == Some(name) {
                return match *noun {
                    NONE => Named::None,
                    SEVERAL => Named::Several,
                    noun => Named::One(noun),
                };
            }
            if *noun == NONE {
                return Named::None;
            }
            at = (at + 1) & mask;
        }
        Named::None
    }
}
