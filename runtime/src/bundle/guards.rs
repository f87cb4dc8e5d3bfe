//! Guards (M5): their conjunctions, the literals in them, and what the literals ask about.

use super::{Bundle, some};
use crate::calendar::Day;
use crate::wire::{Comparison, Literal, Place};

impl Bundle {
    /// The conjunctions of a guard: twice each literal, plus one if it is meant as it stands.
    #[inline]
    pub(crate) fn conjunctions(&self, guard: u32) -> impl Iterator<Item = &[u32]> + Clone {
        let row = self.t.guards.get(&self.words, guard);
        let pairs = row.map_or(&[][..], |[_, _, start, length]| {
            self.list(*start, *length).as_chunks::<2>().0
        });
        pairs.iter().map(|[start, length]| self.list(*start, *length))
    }

    #[inline]
    pub(crate) fn literal(&self, index: u32) -> Option<Literal> {
        let [sort, a, b] = *self.t.literals.get(&self.words, index)?;
        let is = || match a {
            0 => Comparison::Less,
            1 => Comparison::AtMost,
            2 => Comparison::Equal,
            3 => Comparison::AtLeast,
            _ => Comparison::Greater,
        };
        Some(match sort {
            0 => Literal::Fact(a),
            1 => Literal::Class(a),
            2 => Literal::Age(is(), b),
            3 => Literal::Date(is(), Day::from_number(b.cast_signed())),
            _ => Literal::Place(self.place(a)?),
        })
    }

    #[inline]
    pub(crate) fn place(&self, index: u32) -> Option<Place> {
        let [country] = *self.t.places.get(&self.words, index)?;
        Some(some(country).map_or(Place::Abroad, Place::In))
    }

    /// The guard of a class.
    #[inline]
    pub(crate) fn class_guard(&self, class: u32) -> Option<u32> {
        self.t
            .subject_details
            .get(&self.words, class)
            .and_then(|[when]| some(*when))
    }

    /// Where a recipient is declared to be.
    #[inline]
    pub(crate) fn places_of(&self, recipient: u32) -> &[u32] {
        let row = self.t.recipient_details.get(&self.words, recipient);
        row.map_or(&[], |[start, length, _]| self.list(*start, *length))
    }
}
