//! What must be erased or anonymised, and by when (M12).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::answer::{Gap, Problem, Rule, Verdict};
use crate::bundle::{At, Bundle, Head, Keep};
use crate::calendar::{Instant, Time};
use crate::decide::Resolved;
use crate::facts::World;
use crate::gaps::Gaps;
use crate::kleene::Truth;
use crate::request::Request;
use crate::retention::{ALWAYS, NEVER};
use crate::wire::{Act, Disposal};

/// Of so many keeps it may be unknown whether they apply; of more nothing is known.
const UNKNOWN: usize = 8;

/// How long data may be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Retained<'a> {
    /// The policy's name.
    pub policy: &'a str,
    /// M, in hexadecimal.
    pub meaning: &'a str,
    /// What is wrong with the request: then nothing is told of any data.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// For each data atom and each controller that was asked about.
    pub items: Vec<Deadline<'a>>,
}

/// Whether the deadline of data has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// It has: they must be disposed of.
    Due,
    /// It has not.
    Hold,
    /// Something that would tell is not known.
    Unknown,
    /// No keep covers them: there is no deadline, and nothing that lets them be kept.
    NotKept,
}

/// The deadline of one data atom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deadline<'a> {
    /// The data.
    pub data: &'a str,
    /// Who keeps them; `None` for the one controller without a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<&'a str>,
    /// Whether it has passed.
    pub state: Due,
    /// The deadline does not lie before this; `None`: it may have always passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Time>,
    /// Nor after this; `None`: nothing that is known ends the keep.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Time>,
    /// What then: that of the keep that ends last. `None` if no keep covers them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposal: Option<Disposal>,
    /// The keeps and caps that say so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule<'a>>,
    /// `unknown`: what would tell.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Gap>,
}

/// From the first instant that may be meant to the last.
type Span = (Instant, Instant);

/// A keep that covers data.
struct Covering<'a> {
    grant: u32,
    head: Head,
    keep: Keep<'a>,
    /// It is known to apply.
    certain: bool,
    end: Span,
    /// Block, and the nouns by which it names the data there; none: any.
    blocks: Vec<(u32, Vec<u32>)>,
}

impl Bundle {
    /// What must be erased or anonymised by when, of the data of a request, given its facts, records and times of the item. The
    /// verb and the slots that `store` has not are not looked at.
    #[must_use]
    pub fn retention(&self, request: &Request) -> Retained<'_> {
        let request = Request {
            action: Act::Store.word().to_owned(),
            source: None,
            purpose: None,
            recipient: None,
            ..request.clone()
        };
        let mut retained = Retained {
            policy: self.policy(),
            meaning: self.meaning(),
            problems: Vec::new(),
            items: Vec::new(),
        };
        let mut resolved = Resolved::blank(self);
        match self.ask(&request, &mut resolved) {
            Err(problems) => retained.problems = self.refuse(problems).problems,
            Ok(()) => {
                let (question, world) = resolved.parts();
                let points = question.data.atoms().flat_map(|data| question.points(data));
                retained.items = points.map(|at| self.deadline(world, &at)).collect();
            }
        }
        retained
    }

    fn deadline<'a>(&'a self, world: &World<'a>, at: &At) -> Deadline<'a> {
        let covering = self.covering_keeps(world, at);
        let name = self.name(at);
        let mut deadline = Deadline {
            data: name.data,
            by: name.by,
            state: Due::NotKept,
            earliest: None,
            latest: None,
            disposal: None,
            rules: Vec::new(),
            missing: Vec::new(),
        };
        if covering.is_empty() {
            return deadline;
        }
        let all: Vec<&Covering<'_>> = covering.iter().collect();
        let deciding = self.deciding(&all);
        let (mut span, mut sure) = self.choices(&covering);
        let mut rules: Vec<Head> = deciding.iter().map(|one| one.head).collect();
        let mut gaps = Gaps::default();
        let mut times: BTreeSet<String> = BTreeSet::new();
        for (head, guard, cap) in self.caps_at(world, at) {
            let certain = world.guard(guard, at) == Truth::True;
            if !certain {
                world.guard_gaps(guard, at, &mut gaps);
            }
            if cap.0 != cap.1 {
                times.insert("collected".to_owned());
            }
            span = (span.0.min(cap.0), if certain { span.1.min(cap.1) } else { span.1 });
            rules.push(head);
        }
        let now = world.facts.time;
        sure &= span.1 <= now || span.0 > now;
        deadline.state = match () {
            () if !sure => Due::Unknown,
            () if span.1 <= now => Due::Due,
            () => Due::Hold,
        };
        if deadline.state == Due::Unknown {
            for one in &all {
                self.unknown(world, one, at, &mut gaps, &mut times);
            }
            if !times.is_empty() {
                let needs = times.into_iter().collect();
                gaps.missing.insert(Gap::Retention { passed: false, needs });
            }
            deadline.missing = gaps.missing.into_iter().collect();
        }
        let told = |at: Instant| (at != ALWAYS && at != NEVER).then(|| self.told(at));
        (deadline.earliest, deadline.latest) = (told(span.0), told(span.1));
        deadline.disposal = Some(disposal(&deciding));
        deadline.rules = rules.into_iter().map(|head| self.cite(head)).collect();
        deadline
    }

    /// The keeps that cover a point and are not known not to apply, by digest.
    fn covering_keeps<'a>(&'a self, world: &World<'a>, at: &At) -> Vec<Covering<'a>> {
        let mut found: BTreeMap<u32, Covering<'a>> = BTreeMap::new();
        let ended = world.facts.collected.unwrap_or(ALWAYS);
        for (index, region, way) in self
            .row(at.act, at.data)
            .into_iter()
            .flat_map(|row| self.covering(row, at))
        {
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
            let rests = self.rests_until(world, index, region, at, ended);
            let end = world.end_of(&keep);
            let end = (end.0.min(rests.0), end.1.min(rests.1));
            let covering = found.entry(number).or_insert_with(|| Covering {
                grant: number,
                head: grant.head,
                keep,
                certain: certain == Truth::True,
                end,
                blocks: self.named_in(&keep, number, at.data),
            });
            // It goes on as long as one of its ways does.
            covering.end = (covering.end.0.max(end.0), covering.end.1.max(end.1));
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
    fn rests_until(&self, world: &World<'_>, way: u32, region: u32, at: &At, ended: Instant) -> Span {
        let Some(way) = self.way(way).filter(|way| !way.bases.is_empty()) else {
            return (ended, ended);
        };
        let for_purpose = |purpose| {
            let held = way
                .bases
                .iter()
                .map(|basis| world.held_until(*basis, purpose, &way, at, ended));
            held.fold((NEVER, NEVER), earlier)
        };
        world
            .purposes(self.sides(region), at)
            .map(for_purpose)
            .fold((ALWAYS, ALWAYS), later)
    }

    /// The caps on a point that are not known not to apply, with when they end.
    fn caps_at(&self, world: &World<'_>, at: &At) -> Vec<(Head, u32, Span)> {
        let caps = self.t.caps.numbers().filter_map(|cap| self.cap(cap));
        let here =
            caps.filter(|(_, sides, guard, _)| self.inside(sides, at) && world.guard(*guard, at) != Truth::False);
        let (low, high) = world.collected();
        here.map(|(head, _, guard, most)| (head, guard, (world.later(low, most), world.later(high, most))))
            .collect()
    }

    /// The end over all choices of what is not known to apply; false if some of them leave no keep.
    fn choices(&self, covering: &[Covering<'_>]) -> (Span, bool) {
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
    fn deciding<'c, 'a>(&self, all: &[&'c Covering<'a>]) -> Vec<&'c Covering<'a>> {
        all.iter()
            .copied()
            .filter(|one| !self.least_in(one, all).is_empty())
            .collect()
    }

    /// What would tell when a keep ends, and whether it applies.
    fn unknown(&self, world: &World<'_>, one: &Covering<'_>, at: &At, gaps: &mut Gaps, times: &mut BTreeSet<String>) {
        let Some(grant) = self.grant(one.grant) else { return };
        world.guard_gaps(grant.guard, at, gaps);
        let end = world.end_of(&one.keep);
        if end.0 != end.1 {
            times.extend(world.unknown_times(&one.keep));
        }
        if one.end.0 == one.end.1 {
            return;
        }
        for (index, region, way) in self
            .row(at.act, at.data)
            .into_iter()
            .flat_map(|row| self.covering(row, at))
        {
            let rests = self.rests_until(world, index, region, at, ALWAYS);
            if way.grant == Some(one.grant) && rests.0 != rests.1 {
                gaps.missing.extend(world.bases_gaps(&way, region, at).missing);
            }
        }
    }

    /// An instant as people write it: a day if it is the beginning of one in the policy's zone.
    pub(crate) fn told(&self, at: Instant) -> Time {
        let day = at.day(self.policy.offset);
        if day.begin(self.policy.offset) == at {
            Time::Day(day)
        } else {
            Time::Instant(at)
        }
    }
}

impl Retained<'_> {
    /// Whether something must be disposed of.
    #[must_use]
    pub fn any_due(&self) -> bool {
        self.items.iter().any(|item| item.state == Due::Due)
    }

    /// The verdict on the request, if it could not be asked.
    #[must_use]
    pub fn refused(&self) -> Option<Verdict> {
        self.problems.iter().map(Problem::verdict).max()
    }
}

fn earlier(a: Span, b: Span) -> Span {
    (a.0.min(b.0), a.1.min(b.1))
}

fn later(a: Span, b: Span) -> Span {
    (a.0.max(b.0), a.1.max(b.1))
}

/// That of the keep that ends last; at a tie, and where none is stated, erase.
fn disposal(deciding: &[&Covering<'_>]) -> Disposal {
    let last = deciding.iter().map(|one| (one.end.1, one.end.0)).max();
    let mut of_last = deciding.iter().filter(|one| Some((one.end.1, one.end.0)) == last);
    if of_last.all(|one| one.keep.disposal == Some(Disposal::Anonymise)) {
        Disposal::Anonymise
    } else {
        Disposal::Erase
    }
}
