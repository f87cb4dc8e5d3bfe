//! The verdict of a point (M9). Whether it is allowed is found first and without taking memory; why not, only then.

use crate::answer::Verdict;
use crate::bundle::{At, Bundle, Part, Row, Striker, Way};
use crate::facts::World;
use crate::gaps::Gaps;
use crate::kleene::Truth;
use crate::wire::Act;

/// The verdict of a point, with what it rests on.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Allow(u32),
    Unmet(u32, Gaps),
    Undeclared,
    Forbidden(u32),
}

impl Outcome {
    pub(crate) fn verdict(&self) -> Verdict {
        match self {
            Outcome::Allow(_) => Verdict::Allow,
            Outcome::Unmet(..) => Verdict::Unmet,
            Outcome::Undeclared => Verdict::Undeclared,
            Outcome::Forbidden(_) => Verdict::Forbidden,
        }
    }
}

impl Bundle {
    /// M9. The row of the point holds every way and ban that can matter.
    pub(crate) fn point(&self, world: &World<'_>, row: Row<'_>, at: &At) -> Outcome {
        match self.live(world, row, at) {
            Some(way) => Outcome::Allow(way),
            None => self.refused(world, row, at),
        }
    }

    /// The way that a point is allowed by (M9.4). Takes no memory.
    #[inline]
    pub(crate) fn live(&self, world: &World<'_>, row: Row<'_>, at: &At) -> Option<u32> {
        let mut by_way = false;
        for (_, striker) in self.strikers_of(row) {
            if !striker.is_point() {
                by_way = true;
            } else if world.strikes(&striker, None, at) != Truth::False {
                return None;
            }
        }
        let harmless = |way: u32| {
            let of_ways = self.strikers_of(row).filter(|(_, striker)| !striker.is_point());
            Truth::any(of_ways.map(|(_, striker)| world.strikes(&striker, Some(way), at))) == Truth::False
        };
        let mut covering = self.covering(row, at);
        let (index, ..) = covering
            .find(|(index, region, way)| world.way(way, *region, at) == Truth::True && (!by_way || harmless(*index)))?;
        Some(index).filter(|_| !world.misplaced(at) && world.in_term(at) == Truth::True)
    }

    /// Why a point is not allowed.
    fn refused(&self, world: &World<'_>, row: Row<'_>, at: &At) -> Outcome {
        if world.misplaced(at) {
            return Outcome::Undeclared;
        }
        for (index, striker) in self.strikers_of(row) {
            if striker.is_point() && world.strikes(&striker, None, at) == Truth::True {
                return Outcome::Forbidden(index);
            }
        }
        let mut struck: Option<u32> = None;
        let mut least: Option<((usize, usize), u32, u32, Gaps)> = None;
        for (index, region, way) in self.covering(row, at) {
            let mut strikers = self.strikers_of(row);
            let striking = strikers.find(|(_, striker)| world.strikes(striker, Some(index), at) == Truth::True);
            if let Some((number, _)) = striking {
                struck = Some(struck.map_or(number, |least| least.min(number)));
                continue;
            }
            let gaps = world.gaps(&way, index, region, row.strikers, at);
            let rank = (gaps.size(), way.grant.unwrap_or(u32::MAX), index);
            if least
                .as_ref()
                .is_none_or(|(size, grant, index, _)| rank < (*size, *grant, *index))
            {
                least = Some((rank.0, rank.1, rank.2, gaps));
            }
        }
        match (least, struck) {
            (Some((_, _, index, gaps)), _) => Outcome::Unmet(index, gaps),
            (None, Some(striker)) => Outcome::Forbidden(striker),
            (None, None) => Outcome::Undeclared,
        }
    }

    #[inline]
    pub(crate) fn strikers_of<'a>(&'a self, row: Row<'a>) -> impl Iterator<Item = (u32, Striker<'a>)> {
        let numbered = row.strikers.iter();
        numbered.filter_map(|index| Some((*index, self.striker(*index)?)))
    }

    /// W: the ways whose boxes hold the point, each with the first of its boxes that does.
    #[inline]
    pub(crate) fn covering<'a>(&'a self, row: Row<'a>, at: &'a At) -> impl Iterator<Item = (u32, u32, Way<'a>)> {
        let mut last = None;
        row.ways.iter().filter_map(move |[index, region]| {
            // Erasing needs no grant, and no box. Of the others most do not cover the point: what is looked at first is the box.
            let erasing = at.act == Act::Erase && self.way(*index)?.grant.is_none();
            if !erasing && !self.has_rest(&self.sides(*region)?, at) || last == Some(*index) {
                return None;
            }
            last = Some(*index);
            Some((*index, *region, self.way(*index)?))
        })
    }
}

impl Striker<'_> {
    /// Does not depend on the way.
    #[inline]
    pub(crate) fn is_point(&self) -> bool {
        match self {
            Striker::Ban { point, .. } => *point,
            Striker::Keep { .. } => true,
        }
    }
}

impl<'a> World<'a> {
    /// ban(x, w) (M8). Without a way only a point ban can strike.
    #[inline]
    pub(crate) fn strikes(&self, striker: &Striker<'_>, way: Option<u32>, at: &At) -> Truth {
        let bundle = self.bundle;
        match striker {
            Striker::Ban { ban, .. } => {
                let Some(ban) = bundle.ban(*ban) else {
                    return Truth::True;
                };
                let Some(limits) = bundle.part(ban.limits) else {
                    return Truth::True;
                };
                if !bundle.applies(&limits, way, at) {
                    return Truth::False;
                }
                let excepted = bundle.excepted(&ban).filter(|part| bundle.applies(part, way, at));
                let excepted = Truth::any(excepted.map(|part| self.guard(part.guard, at)));
                self.guard(limits.guard, at).and(!excepted)
            }
            Striker::Keep { grant, ways } => {
                let Some(declared) = bundle.grant(*grant) else {
                    return Truth::False;
                };
                let Some(keep) = declared
                    .keep
                    .and_then(|keep| bundle.keep(keep))
                    .filter(|_| at.act == Act::Erase)
                else {
                    return Truth::False;
                };
                let of_keep = self.keep_ways(*grant, ways, at);
                let held = of_keep.map(|(way, region)| self.bases(&way, bundle.sides(region), at));
                Truth::any(held)
                    .and(self.guard(declared.guard, at))
                    .and(self.lasting(&keep))
            }
        }
    }

    /// The ways of a keep that cover an item to be erased, each with its box.
    pub(crate) fn keep_ways<'w>(
        &self,
        grant: u32,
        ways: &'w [u32],
        at: &At,
    ) -> impl Iterator<Item = (Way<'a>, u32)> + use<'a, 'w> {
        let bundle = self.bundle;
        let stored = at.stored();
        let mut boxes = bundle.boxes_of(grant);
        let region = boxes
            .find(|(_, sides)| bundle.inside(sides, &stored))
            .map(|(region, _)| region);
        let ways = ways.iter().filter_map(|way| bundle.way(*way));
        ways.filter_map(move |way| Some((way, region?)))
    }
}

impl Bundle {
    /// Whether a part of a ban speaks about a point and way; without a way, only a part that names no bases does.
    #[inline]
    pub(crate) fn applies(&self, part: &Part, way: Option<u32>, at: &At) -> bool {
        self.inside(&part.sides, at) && (!part.under || way.is_some_and(|way| self.has(part.ways, way)))
    }
}
