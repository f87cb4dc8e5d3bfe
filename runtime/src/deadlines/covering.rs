//! The keeps that cover data: how long each lasts, and which of them decide.

use std::collections::BTreeMap;

use crate::bundle::{At, Bundle, Head, Keep, Way};
use crate::calendar::Instant;
use crate::facts::World;
use crate::kleene::Truth;
use crate::retention::{ALWAYS, NEVER, Span, earlier, later};
use crate::wire::Disposal;

/// Of so many keeps it may be unknown whether they apply; of more nothing is known.
const UNKNOWN: usize = 8;

/// A keep that covers data.
pub(super) struct Covering<'a> {
    pub(super) grant: u32,
    pub(super) head: Head,
    pub(super) keep: Keep<'a>,
    /// It is known to apply.
    certain: bool,
    pub(super) end: Span,
    /// Block, and the nouns by which it names the data there; none: any.
    blocks: Vec<(u32, Vec<u32>)>,
}

impl Bundle {
    /// The keeps that cover a point and are not known not to apply, by digest.
    pub(super) fn covering_keeps<'a>(&'a self, world: &World<'a>, at: &At) -> Vec<Covering<'a>> {
        let mut found: BTreeMap<u32, Covering<'a>> = BTreeMap::new();
        let ended = world.facts.collected.unwrap_or(ALWAYS);
        for (_, region, way) in self.covering_at(at) {
            let Some((number, grant)) = way.grant.and_then(|number| Some((number, self.grant(number)?))) else {
                continue;
            };
            let Some(keep) = grant.keep.and_then(|keep| self.keep(keep)) else {
                continue;
            };
            let certain = world.guard(grant.guard, at);
            if certain == Truth::False {
                continue;
            }
            let rests = self.rests_until(world, &way, region, at, ended);
            let end = earlier(world.end_of(&keep), rests);
            let covering = found.entry(number).or_insert_with(|| Covering {
                grant: number,
                head: grant.head,
                keep,
                certain: certain == Truth::True,
                end,
                blocks: self.named_in(&keep, number, at.data),
            });
            // It goes on as long as one of its ways does.
            covering.end = later(covering.end, end);
        }
        found.into_values().collect()
    }

    /// The blocks of a keep, each with those of its nouns that hold the data; a keep without a block has one for itself.
    fn named_in(&self, keep: &Keep<'_>, grant: u32, data: u32) -> Vec<(u32, Vec<u32>)> {
        let holding = |nouns: &[u32]| -> Vec<u32> {
            let nouns = nouns.iter().copied();
            nouns.filter(|noun| self.below(self.t.data, data, *noun)).collect()
        };
        let blocks: Vec<(u32, Vec<u32>)> = self.in_blocks(keep).map(|(block, all)| (block, holding(all))).collect();
        if blocks.is_empty() {
            vec![(u32::MAX - grant, Vec::new())]
        } else {
            blocks
        }
    }

    /// How long a way rests on its bases: on all of them, for one of the purposes.
    pub(super) fn rests_until(&self, world: &World<'_>, way: &Way<'_>, region: u32, at: &At, ended: Instant) -> Span {
        if way.bases.is_empty() {
            return (ended, ended);
        }
        let for_purpose = |purpose| {
            let held = way
                .bases
                .iter()
                .map(|basis| world.held_until(*basis, purpose, way, at, ended));
            held.fold((NEVER, NEVER), earlier)
        };
        world
            .purposes(self.sides(region), at)
            .map(for_purpose)
            .fold((ALWAYS, ALWAYS), later)
    }

    /// The ways that cover a point, each with its number and box.
    pub(super) fn covering_at<'a>(&'a self, at: &'a At) -> impl Iterator<Item = (u32, u32, Way<'a>)> {
        let row = self.row(at.act, at.data).into_iter();
        row.flat_map(|row| self.covering(row, at))
    }

    /// The end over all choices of what is not known to apply; false if some of them leave no keep.
    pub(super) fn choices(&self, covering: &[Covering<'_>]) -> (Span, bool) {
        let unknown = covering.iter().filter(|one| !one.certain).count();
        if unknown > UNKNOWN {
            return ((ALWAYS, NEVER), false);
        }
        let (mut span, mut sure) = (None, true);
        for choice in 0..1_u32 << unknown {
            let mut next = 0;
            let chosen = covering.iter().filter(|one| {
                next += u32::from(!one.certain);
                one.certain || choice >> (next - 1) & 1 == 1
            });
            let chosen: Vec<&Covering<'_>> = chosen.collect();
            if chosen.is_empty() {
                sure = false;
                continue;
            }
            let end = self.end_of_all(&chosen);
            span = Some(span.map_or(end, |span: Span| (span.0.min(end.0), span.1.max(end.1))));
        }
        (span.unwrap_or((ALWAYS, NEVER)), sure)
    }

    /// The latest end of the blocks; in a block, of keeps with different least nouns the earlier end.
    fn end_of_all(&self, chosen: &[&Covering<'_>]) -> Span {
        let mut blocks: BTreeMap<(u32, &[u32]), Span> = BTreeMap::new();
        for one in chosen {
            for (block, nouns) in self.least_in(one, chosen) {
                let end = blocks.entry((block, nouns)).or_insert((ALWAYS, ALWAYS));
                *end = later(*end, one.end);
            }
        }
        let mut of_block: BTreeMap<u32, Span> = BTreeMap::new();
        for ((block, _), end) in blocks {
            let whole = of_block.entry(block).or_insert((NEVER, NEVER));
            *whole = earlier(*whole, end);
        }
        of_block.into_values().fold((ALWAYS, ALWAYS), later)
    }

    /// The blocks in which no other keep names the data by a lesser noun.
    fn least_in<'c>(&'c self, one: &'c Covering<'_>, chosen: &[&Covering<'_>]) -> Vec<(u32, &'c [u32])> {
        let beaten = |block: u32, nouns: &[u32]| {
            let others = chosen.iter().filter(|other| other.grant != one.grant);
            let mut others = others.flat_map(|other| &other.blocks).filter(|(of, _)| *of == block);
            others.any(|(_, other)| self.lesser(other, nouns))
        };
        let blocks = one.blocks.iter().filter(|(block, nouns)| !beaten(*block, nouns));
        blocks.map(|(block, nouns)| (*block, nouns.as_slice())).collect()
    }

    /// Whether each of some nouns has one of the others strictly below it; none stands for any.
    fn lesser(&self, low: &[u32], high: &[u32]) -> bool {
        let below = |low: u32, high: u32| {
            low != high && self.below(self.t.data, low, high) && !self.below(self.t.data, high, low)
        };
        !low.is_empty() && high.iter().all(|high| low.iter().any(|low| below(*low, *high)))
    }

    /// The keeps that decide, if all apply.
    pub(super) fn deciding<'c, 'a>(&self, all: &[&'c Covering<'a>]) -> Vec<&'c Covering<'a>> {
        all.iter()
            .copied()
            .filter(|one| !self.least_in(one, all).is_empty())
            .collect()
    }
}

/// That of the keep that ends last; at a tie, and where none is stated, erase.
pub(super) fn disposal(deciding: &[&Covering<'_>]) -> Disposal {
    let last = deciding.iter().map(|one| (one.end.1, one.end.0)).max();
    let mut of_last = deciding.iter().filter(|one| Some((one.end.1, one.end.0)) == last);
    if of_last.all(|one| one.keep.disposal == Some(Disposal::Anonymise)) {
        Disposal::Anonymise
    } else {
        Disposal::Erase
    }
}
