//! What can matter for a verb and data atom: ways and strikers.

use super::{Bundle, some};
use crate::wire::Act;

/// What can matter for a verb and data atom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// Way and box, in the order of the ways.
    pub(crate) ways: &'a [[u32; 2]],
    /// Strikers, by digest.
    pub(crate) strikers: &'a [u32],
}

/// One way of a grant (M7).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way<'a> {
    /// The grant; `None` for erasing, which needs none.
    pub(crate) grant: Option<u32>,
    /// What it relies on.
    pub(crate) bases: &'a [u32],
    /// The guard of the grant.
    pub(crate) guard: Option<u32>,
    /// It is one of a keep.
    pub(crate) keeps: bool,
    /// Something was added later to what its consents cover (M14).
    pub(crate) later: bool,
}

/// What can forbid: a ban, or a keep under a legal duty, which forbids erasing (M8).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Striker<'a> {
    /// A ban; `point`: it does not depend on the way.
    Ban { ban: u32, point: bool },
    /// A keep, with those of its ways that rest on a legal duty.
    Keep { grant: u32, ways: &'a [u32] },
}

impl Bundle {
    /// The number of the row of a verb and data atom.
    #[inline]
    pub(crate) fn row_number(&self, act: Act, data: u32) -> Option<u32> {
        let count = self.t.data.count();
        if data >= count {
            return None;
        }
        let at = (act as u32).checked_mul(count)?.checked_add(data)?;
        self.t.row_of.get(&self.words, at).map(|[row]| *row)
    }

    /// What can matter for a verb and data atom.
    #[inline]
    pub(crate) fn row(&self, act: Act, data: u32) -> Option<Row<'_>> {
        let [ways, count, strikers, striking] = *self.t.rows.get(&self.words, self.row_number(act, data)?)?;
        Some(Row {
            ways: self.list(ways, count).as_chunks::<2>().0,
            strikers: self.list(strikers, striking),
        })
    }

    #[inline]
    pub(crate) fn way(&self, index: u32) -> Option<Way<'_>> {
        let [grant, start, length, guard, flags] = *self.t.ways.get(&self.words, index)?;
        Some(Way {
            grant: some(grant),
            bases: self.list(start, length),
            guard: some(guard),
            keeps: flags & 2 != 0,
            later: flags & 4 != 0,
        })
    }

    #[inline]
    pub(crate) fn striker(&self, index: u32) -> Option<Striker<'_>> {
        let [sort, of, start, length] = *self.t.strikers.get(&self.words, index)?;
        Some(match sort {
            0 | 1 => Striker::Ban {
                ban: of,
                point: sort == 0,
            },
            _ => Striker::Keep {
                grant: of,
                ways: self.list(start, length),
            },
        })
    }
}
