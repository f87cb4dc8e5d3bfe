//! How long a version lets data be kept (M12).

use std::collections::BTreeMap;

use kupuya_runtime::wire::{End, InBlock, Retention};
use kupuya_runtime::{Period, Time};

use super::Saying;
use crate::diff::DEPTH;
use crate::diff::covered::Covered;
use crate::diff::formula::{Said, Values, all, any, is, loose, not, told};
use crate::diff::questions::Question;
use crate::diff::reading::Sort;

/// How long what is stored at a point may be kept.
pub(super) struct Kept {
    /// It has to go.
    pub due: Said,
    /// It may be kept on.
    pub hold: Said,
    /// Nothing says how long.
    pub unkept: Said,
    /// What lets it be kept on, in the order in which it is relied on.
    pub ways: Vec<Lasting>,
}

/// A way of a keep that decides.
pub(super) struct Lasting {
    /// The keep, by printed id.
    pub rule: String,
    /// What it rests on.
    pub bases: Vec<u32>,
    /// It lasts on that.
    pub open: Said,
}

impl<'a> Saying<'a> {
    /// now < end (M12).
    pub(super) fn lasting(&self, keep: &Retention) -> Said {
        let mut lasting = match (&keep.end, keep.at_most) {
            (None, Some(_)) => is(Values::TRUE),
            (None, None) => is(Values::FALSE),
            (Some(end), _) => self.before(end, &[]),
        };
        if let Some(period) = keep.at_least {
            lasting = any([lasting, self.since_collected(&[period])]);
        }
        if let Some(period) = keep.at_most {
            lasting = all([lasting, self.since_collected(&[period])]);
        }
        lasting
    }

    /// No cap on storing has passed (M12).
    pub(super) fn within_caps(&self, point: &Covered<'_>) -> Said {
        all(point.caps.iter().map(|cap| {
            let here = self.guard(cap.guard, Some(point), DEPTH);
            any([not(&here), self.since_collected(&[cap.at_most])])
        }))
    }

    /// It is earlier than an end with so much after it. What comes after the earlier of two ends is the earlier of what comes
    /// after each.
    pub(super) fn before(&self, end: &End, then: &[Period]) -> Said {
        let offset = self.version().content.zone_offset;
        match end {
            End::Event(event) => match self.fact_question(*event) {
                Some((number, Question::Event(_, times))) => told(
                    number,
                    times
                        .iter()
                        .map(|at| Values::of(at.is_none_or(|at| self.later(at, then))))
                        .collect(),
                ),
                _ => is(Values::EITHER),
            },
            End::Date(day) => {
                let ends = then
                    .iter()
                    .fold(day.begin(offset), |at, period| at.plus(*period, offset));
                is(Values::of(self.questions.day.begin(offset) < ends))
            }
            End::After(period, of) => {
                let longer = [&[*period], then].concat();
                of.as_ref()
                    .map_or_else(|| self.since_collected(&longer), |of| self.before(of, &longer))
            }
            End::Or(ends) => all(ends.iter().map(|end| self.before(end, then))),
            End::And(ends) => any(ends.iter().map(|end| self.before(end, then))),
        }
    }

    /// So much has not passed since the collection.
    pub(super) fn since_collected(&self, chain: &[Period]) -> Said {
        let collected = self.question(|question| match question {
            Question::Collected(times) => Some(times.as_slice()),
            _ => None,
        });
        collected.map_or_else(
            || is(Values::EITHER),
            |(number, times)| {
                let later = times.iter().map(|at| Values::of(self.later(*at, chain)));
                told(number, later.collect())
            },
        )
    }

    pub(super) fn later(&self, at: Time, chain: &[Period]) -> bool {
        let offset = self.version().content.zone_offset;
        let ends = chain
            .iter()
            .fold(at.instant(offset), |at, period| at.plus(*period, offset));
        self.questions.day.begin(offset) < ends
    }

    /// Whether what is kept has to go or may be kept on (M12). Where it is unknown whether a keep applies, each.
    pub(super) fn kept(&self, point: &Covered<'_>) -> Kept {
        struct Keep<'g> {
            grant: u32,
            /// Each with what it rests on, whether that has a consent in it, and whether it lasts on that.
            ways: Vec<(bool, &'g [u32], Said)>,
            rule: &'g str,
            here: Said,
            alive: Said,
            blocks: Vec<(u32, Vec<u32>)>,
        }
        let consent = |bases: &[u32]| {
            let mut bases = bases
                .iter()
                .filter_map(|basis| self.version().content.bases.get(*basis as usize));
            bases.any(|basis| basis.consent)
        };
        let orders = &self.version().orders;
        let data = point.at[1].unwrap_or(u32::MAX);
        let keeps: Vec<Keep<'_>> = point
            .grants
            .iter()
            .filter_map(|(number, grant, justified)| {
                let keep = grant.keep.as_ref()?;
                let lasting = self.lasting(keep);
                let way = |bases: &[u32]| loose(&all([lasting.clone(), self.bases(point, grant, bases, *justified)]));
                let ways = grant
                    .ways
                    .iter()
                    .map(|bases| (consent(bases), bases.as_slice(), way(bases)));
                let ways: Vec<_> = ways.collect();
                let named = |block: &InBlock| {
                    let nouns = block
                        .nouns
                        .iter()
                        .copied()
                        .filter(|noun| orders.is_below(Sort::Data, data, *noun));
                    (block.block, nouns.collect())
                };
                let mut blocks: Vec<(u32, Vec<u32>)> = keep.blocks.iter().map(named).collect();
                if blocks.is_empty() {
                    blocks.push((u32::MAX - number, Vec::new()));
                }
                Some(Keep {
                    grant: *number,
                    here: loose(&self.guard(grant.guard, Some(point), DEPTH)),
                    alive: any(ways.iter().map(|(.., alive)| alive.clone())),
                    rule: &grant.head.id,
                    ways,
                    blocks,
                })
            })
            .collect();
        let lesser = |low: &[u32], high: &[u32]| {
            let below = |low: u32, high: u32| low != high && orders.is_below(Sort::Data, low, high);
            !low.is_empty() && high.iter().all(|high| low.iter().any(|low| below(*low, *high)))
        };
        // By block and nouns: whether any keep decides there, and whether one that does lasts.
        type Groups<'k> = BTreeMap<&'k [u32], (Vec<Said>, Vec<Said>)>;
        let mut groups: BTreeMap<u32, Groups<'_>> = BTreeMap::new();
        let mut ways: Vec<(bool, Lasting)> = Vec::new();
        for keep in &keeps {
            let mut decided = Vec::new();
            for (block, nouns) in &keep.blocks {
                let others = keeps.iter().filter(|other| other.grant != keep.grant);
                let beaten =
                    others.filter(|other| other.blocks.iter().any(|(of, low)| of == block && lesser(low, nouns)));
                let decides = all([keep.here.clone(), not(&any(beaten.map(|other| other.here.clone())))]);
                let (here, alive) = groups.entry(*block).or_default().entry(nouns).or_default();
                alive.push(all([decides.clone(), keep.alive.clone()]));
                decided.push(decides.clone());
                here.push(decides);
            }
            let decided = any(decided);
            ways.extend(keep.ways.iter().map(|(consent, bases, alive)| {
                let way = Lasting {
                    rule: keep.rule.to_owned(),
                    bases: bases.to_vec(),
                    open: all([decided.clone(), alive.clone()]),
                };
                (*consent, way)
            }));
        }
        ways.sort_by_key(|(consent, _)| *consent);
        let blocks = groups.into_values().map(|groups| {
            let there = any(groups.values().flat_map(|(here, _)| here.iter().cloned()));
            let each = groups
                .into_values()
                .map(|(here, alive)| any([not(&any(here)), any(alive)]));
            all([there, all(each)])
        });
        let caps = point.caps.iter().map(|cap| {
            let here = loose(&self.guard(cap.guard, Some(point), DEPTH));
            any([not(&here), self.since_collected(&[cap.at_most])])
        });
        let some = any(keeps.iter().map(|keep| keep.here.clone()));
        let hold = all([any(blocks), all(caps)]);
        Kept {
            due: all([some.clone(), not(&hold)]),
            hold: all([some.clone(), hold]),
            unkept: not(&some),
            ways: ways.into_iter().map(|(_, way)| way).collect(),
        }
    }
}
