//! Legal bases (M6), as declared.

use super::{Bundle, day, some};
use crate::calendar::{Day, Period};
use crate::format::steps::period;
use crate::wire::Giver;

/// A legal basis (M6).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Basis {
    pub(crate) consent: bool,
    pub(crate) legal_duty: bool,
    pub(crate) objectable: bool,
    pub(crate) survives_keep: bool,
    pub(crate) giver: Giver,
    pub(crate) when: Option<u32>,
    pub(crate) since: Option<Day>,
    pub(crate) term: Option<Period>,
}

impl Bundle {
    #[inline]
    pub(crate) fn basis(&self, index: u32) -> Option<Basis> {
        let [flags, giver, when, since, term, unit] = *self.t.basis_details.get(&self.words, index)?;
        Some(Basis {
            consent: flags & 1 != 0,
            legal_duty: flags & 2 != 0,
            objectable: flags & 4 != 0,
            survives_keep: flags & 8 != 0,
            giver: match giver {
                0 => Giver::Person,
                1 => Giver::Guardian,
                _ => Giver::Either,
            },
            when: some(when),
            since: day(since),
            term: period(term, unit),
        })
    }
}
