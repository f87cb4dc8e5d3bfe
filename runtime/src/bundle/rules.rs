//! Rules: grants, keeps, bans and caps, with what they oblige to.

use super::{Bundle, Sides, day, some};
use crate::calendar::{Day, Period};
use crate::format::steps::period;
use crate::wire::Disposal;

/// What names a rule: its printed id, and the unit that says it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) id: (u32, u32),
    pub(crate) unit: u32,
}

/// A statement or keep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grant {
    pub(crate) head: Head,
    boxes: (u32, u32),
    pub(crate) guard: u32,
    pub(crate) then: (u32, u32),
    pub(crate) keep: Option<u32>,
    later: (u32, u32),
}

/// A keep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keep<'a> {
    /// Steps; empty: only bounds are given.
    pub(crate) end: &'a [u32],
    pub(crate) at_most: Option<Period>,
    pub(crate) at_least: Option<Period>,
    pub(crate) disposal: Option<Disposal>,
    blocks: (u32, u32),
}

/// A ban.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ban {
    pub(crate) head: Head,
    pub(crate) limits: u32,
    except: (u32, u32),
    pub(crate) then: (u32, u32),
}

/// One part of a ban.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) sides: Sides,
    pub(crate) guard: u32,
    /// The ways that `under` speaks about.
    pub(crate) ways: u32,
    /// It names bases: it says nothing about points without a way.
    pub(crate) under: bool,
}

/// What must be done, as written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Obligation<'a> {
    pub(crate) what: &'a str,
    /// Places and lengths of names.
    pub(crate) to: &'a [u32],
    pub(crate) within: Option<Period>,
}

impl Bundle {
    /// What names each rule: statements, bans, caps.
    pub(crate) fn heads(&self) -> impl Iterator<Item = Head> + '_ {
        let grants = self
            .t
            .grants
            .numbers()
            .filter_map(|index| Some(self.grant(index)?.head));
        let bans = self.t.bans.numbers().filter_map(|index| Some(self.ban(index)?.head));
        let caps = self.t.caps.numbers().filter_map(|index| Some(self.cap(index)?.0));
        grants.chain(bans).chain(caps)
    }

    #[inline]
    pub(crate) fn grant(&self, index: u32) -> Option<Grant> {
        let [
            a,
            b,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            unit,
            first,
            boxes,
            guard,
            then,
            count,
            keep,
            later,
            added,
        ] = *self.t.grants.get(&self.words, index)?;
        Some(Grant {
            head: Head { id: (a, b), unit },
            boxes: (first, boxes),
            guard,
            then: (then, count),
            keep: some(keep),
            later: (later, added),
        })
    }

    /// What consents given earlier do not cover: consent, box, day.
    pub(crate) fn later(&self, grant: &Grant) -> impl Iterator<Item = (u32, u32, Option<Day>)> {
        let (first, count) = grant.later;
        let rows = (first..first.saturating_add(count)).filter_map(|row| self.t.later.get(&self.words, row));
        rows.map(|[basis, region, since]| (*basis, *region, day(*since)))
    }

    /// The boxes of a grant.
    pub(crate) fn boxes_of(&self, grant: u32) -> impl Iterator<Item = (u32, Sides)> + '_ {
        let (first, count) = self.grant(grant).map_or((0, 0), |grant| grant.boxes);
        let numbers = first..first.saturating_add(count);
        numbers.filter_map(|number| Some((number, self.sides(number)?)))
    }

    pub(crate) fn keep(&self, index: u32) -> Option<Keep<'_>> {
        let [
            start,
            length,
            most,
            most_unit,
            least,
            least_unit,
            disposal,
            first,
            count,
        ] = *self.t.keeps.get(&self.words, index)?;
        Some(Keep {
            end: self.list(start, length),
            at_most: period(most, most_unit),
            at_least: period(least, least_unit),
            disposal: match disposal {
                0 => Some(Disposal::Erase),
                1 => Some(Disposal::Anonymise),
                _ => None,
            },
            blocks: (first, count),
        })
    }

    /// The blocks of a keep, with the data that it names there; none: any.
    pub(crate) fn in_blocks(&self, keep: &Keep<'_>) -> impl Iterator<Item = (u32, &[u32])> {
        let (first, count) = keep.blocks;
        let rows = (first..first.saturating_add(count)).filter_map(|row| self.t.in_blocks.get(&self.words, row));
        rows.map(|[block, start, length]| (*block, self.list(*start, *length)))
    }

    #[inline]
    pub(crate) fn ban(&self, index: u32) -> Option<Ban> {
        let [a, b, _, _, _, _, _, _, _, _, unit, limits, first, count, then, duties] =
            *self.t.bans.get(&self.words, index)?;
        Some(Ban {
            head: Head { id: (a, b), unit },
            limits,
            except: (first, count),
            then: (then, duties),
        })
    }

    #[inline]
    pub(crate) fn part(&self, index: u32) -> Option<Part> {
        let [region, guard, ways, _, under] = *self.t.parts.get(&self.words, index)?;
        Some(Part {
            sides: self.sides(region)?,
            guard,
            ways,
            under: under > 0,
        })
    }

    /// The alternatives behind `only`.
    pub(crate) fn excepted(&self, ban: &Ban) -> impl Iterator<Item = Part> + '_ {
        let (first, count) = ban.except;
        (first..first.saturating_add(count)).filter_map(|part| self.part(part))
    }

    /// A cap: its name, its box, its guard and the longest.
    pub(crate) fn cap(&self, index: u32) -> Option<(Head, Sides, u32, Period)> {
        let [a, b, _, _, _, _, _, _, _, _, unit, region, guard, most, most_unit] =
            *self.t.caps.get(&self.words, index)?;
        let head = Head { id: (a, b), unit };
        Some((head, self.sides(region)?, guard, period(most, most_unit)?))
    }

    pub(crate) fn obligations(&self, (first, count): (u32, u32)) -> impl Iterator<Item = Obligation<'_>> {
        let rows = (first..first.saturating_add(count)).filter_map(|row| self.t.obligations.get(&self.words, row));
        rows.map(|[what, length, to, count, within, unit]| Obligation {
            what: self.text((*what, *length)),
            to: self.list(*to, *count),
            within: period(*within, *unit),
        })
    }
}
