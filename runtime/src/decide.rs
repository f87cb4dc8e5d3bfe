//! The verdict of a point (M9) and of a request (M10).

use std::collections::BTreeSet;

use crate::answer::{Answer, Item, Point, Problem, Rule, Verdict};
use crate::bundle::{At, Bundle, Row, Striker, Way};
use crate::facts::World;
use crate::gaps::{Gaps, applies};
use crate::kleene::Truth;
use crate::order::Set;
use crate::request::Request;
use crate::resolve::Question;
use crate::wire::{Act, Head, Noun};

/// The verdict of a point, with what it rests on.
pub(crate) enum Outcome {
    Allow(u32),
    Unmet(u32, Gaps),
    Undeclared,
    Forbidden(u32),
}

impl Outcome {
    fn verdict(&self) -> Verdict {
        match self {
            Outcome::Allow(_) => Verdict::Allow,
            Outcome::Unmet(..) => Verdict::Unmet,
            Outcome::Undeclared => Verdict::Undeclared,
            Outcome::Forbidden(_) => Verdict::Forbidden,
        }
    }
}

impl Bundle {
    /// Answers a request. Cannot fail: what is wrong with the request is a verdict (M9, M10).
    #[must_use]
    pub fn decide(&self, request: &Request) -> Answer {
        let (question, world) = match self.ask(request) {
            Ok(asked) => asked,
            Err(problems) => return self.refuse(problems),
        };
        let items: Vec<Item> = question
            .data
            .iter()
            .map(|data| self.item(&question, &world, data))
            .collect();
        let verdict = items.iter().map(|item| item.verdict).max().unwrap_or(Verdict::Invalid);
        Answer {
            verdict,
            decision: verdict == Verdict::Allow,
            policy: self.content.policy.clone(),
            meaning: self.content.meaning.clone(),
            problems: Vec::new(),
            left_out: question.left_out,
            items,
        }
    }

    /// Only whether a request is allowed.
    #[must_use]
    pub fn allows(&self, request: &Request) -> bool {
        self.ask(request).is_ok_and(|(question, world)| {
            question.data.iter().all(|data| {
                question
                    .points(data)
                    .all(|at| matches!(self.point(&world, &at), Outcome::Allow(_)))
            })
        })
    }

    fn ask(&self, request: &Request) -> Result<(Question, World<'_>), Vec<Problem>> {
        let (question, facts) = self.resolve(request)?;
        let world = World::new(self, facts)?;
        Ok((question, world))
    }

    /// The answer to a request that cannot be asked: the first of no_policy, invalid, undeclared that applies (M9.1).
    fn refuse(&self, mut problems: Vec<Problem>) -> Answer {
        problems.sort();
        problems.dedup();
        let is = |verdict: Verdict| problems.iter().any(|problem| problem.verdict() == verdict);
        let order = [Verdict::NoPolicy, Verdict::Invalid, Verdict::Undeclared];
        let verdict = order
            .into_iter()
            .find(|verdict| is(*verdict))
            .unwrap_or(Verdict::Invalid);
        Answer {
            verdict,
            decision: false,
            policy: self.content.policy.clone(),
            meaning: self.content.meaning.clone(),
            problems,
            left_out: Vec::new(),
            items: Vec::new(),
        }
    }

    /// The worst of the points of a data atom (M10).
    fn item(&self, question: &Question, world: &World<'_>, data: u32) -> Item {
        let mut worst: Option<(At, Outcome)> = None;
        let mut relied = BTreeSet::new();
        let mut allowed: Vec<(At, u32)> = Vec::new();
        for at in question.points(data) {
            let outcome = self.point(world, &at);
            if let Outcome::Allow(way) = outcome {
                relied.insert(way);
                allowed.push((at, way));
            }
            let verdict = outcome.verdict();
            if worst.as_ref().is_none_or(|(_, worst)| verdict > worst.verdict()) {
                worst = Some((at, outcome));
            }
            // No point can be worse.
            if verdict == Verdict::Forbidden {
                break;
            }
        }
        let Some((at, outcome)) = worst else {
            // Every slot of a question has an atom, so there is a point.
            return self.blank(Verdict::Invalid, &question.at(data));
        };
        let mut item = self.blank(outcome.verdict(), &at);
        match outcome {
            Outcome::Allow(_) => {
                item.relies_on = relied.iter().filter_map(|way| self.cite_way(*way)).collect();
                item.obligations = self.duties(world, &allowed);
                item.keep = self.keeps(&at);
            }
            Outcome::Unmet(way, gaps) => {
                item.relies_on = self.cite_way(way).into_iter().collect();
                item.missing = gaps.missing.into_iter().collect();
                item.failed = gaps.failed.into_iter().collect();
            }
            Outcome::Undeclared => {
                item.nearest = self.nearest(world, &at);
                item.closing.clone_from(&self.content.closing);
            }
            Outcome::Forbidden(striker) => item.forbidden_by = self.cite_striker(striker),
        }
        item
    }

    /// M9. The row of the point holds every way and ban that can matter.
    pub(crate) fn point(&self, world: &World<'_>, at: &At) -> Outcome {
        let Some(row) = self.row(at.act, at.data) else {
            return Outcome::Undeclared;
        };
        if world.misplaced(at) {
            return Outcome::Undeclared;
        }
        let strikers = || {
            row.strikers
                .iter()
                .filter_map(|i| Some((*i, self.strikers.get(*i as usize)?)))
        };
        for (index, striker) in strikers() {
            if striker.is_point() && world.strikes(striker, None, at) == Truth::True {
                return Outcome::Forbidden(index);
            }
        }
        let ways: Vec<(u32, u32, &Way)> = self.covering(row, at).collect();
        if ways.is_empty() {
            return Outcome::Undeclared;
        }
        let mut struck: Vec<u32> = Vec::new();
        let mut open: Vec<(u32, u32, &Way)> = Vec::new();
        for (index, region, way) in ways {
            let mut worst = Truth::False;
            for (number, striker) in strikers() {
                let value = world.strikes(striker, Some(index), at);
                worst = worst.or(value);
                if worst == Truth::True {
                    struck.push(number);
                    break;
                }
            }
            match worst {
                Truth::False if world.way(way, region, at) == Truth::True => return Outcome::Allow(index),
                Truth::True => {}
                _ => open.push((index, region, way)),
            }
        }
        let least = open
            .into_iter()
            .map(|(index, region, way)| {
                let gaps = world.gaps(way, index, region, &row.strikers, at);
                (gaps.size(), way.grant.unwrap_or(u32::MAX), index, gaps)
            })
            .min_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
        match (least, struck.into_iter().min()) {
            (Some((_, _, index, gaps)), _) => Outcome::Unmet(index, gaps),
            (None, Some(striker)) => Outcome::Forbidden(striker),
            (None, None) => Outcome::Undeclared,
        }
    }

    /// W: the ways whose boxes hold the point, each with the first of its boxes that does.
    fn covering<'a>(&'a self, row: &'a Row, at: &'a At) -> impl Iterator<Item = (u32, u32, &'a Way)> {
        let mut last = None;
        row.ways.iter().filter_map(move |(index, region)| {
            let way = self.ways.get(*index as usize)?;
            let covers = match way.grant {
                None => true,
                Some(grant) => self.sides(grant, *region)?.has(at),
            };
            if !covers || last == Some(*index) {
                return None;
            }
            last = Some(*index);
            Some((*index, *region, way))
        })
    }

    fn blank(&self, verdict: Verdict, at: &At) -> Item {
        Item {
            verdict,
            point: self.name(at),
            relies_on: Vec::new(),
            forbidden_by: None,
            missing: Vec::new(),
            failed: Vec::new(),
            nearest: None,
            closing: None,
            obligations: Vec::new(),
            keep: Vec::new(),
        }
    }

    fn name(&self, at: &At) -> Point {
        let path = |noun: Option<&Noun>| noun.map(|noun| noun.path.clone());
        let c = &self.content;
        Point {
            by: path(at.by.and_then(|i| c.controllers.get(i as usize)).map(|c| &c.noun)),
            verb: at.act.word(),
            data: path(c.data.get(at.data as usize)).unwrap_or_default(),
            source: path(at.source.and_then(|i| c.sources.get(i as usize))),
            purpose: path(at.purpose.and_then(|i| c.purposes.get(i as usize))),
            recipient: path(at.recipient.and_then(|i| c.recipients.get(i as usize)).map(|r| &r.noun)),
        }
    }

    fn cite_way(&self, index: u32) -> Option<crate::answer::Way> {
        let way = self.ways.get(index as usize)?;
        let mut bases: Vec<String> = way
            .bases
            .iter()
            .filter_map(|basis| self.content.bases.get(*basis as usize))
            .map(|basis| basis.noun.path.clone())
            .collect();
        bases.sort();
        Some(crate::answer::Way {
            rule: way
                .grant
                .and_then(|grant| self.grant(grant))
                .map(|grant| cite(&grant.head)),
            bases,
        })
    }

    fn cite_striker(&self, index: u32) -> Option<Rule> {
        Some(match self.strikers.get(index as usize)? {
            Striker::Ban { ban, .. } => cite(&self.content.bans.get(*ban as usize)?.head),
            Striker::Keep { grant, .. } => cite(&self.grant(*grant)?.head),
        })
    }
}

pub(crate) fn cite(head: &Head) -> Rule {
    Rule {
        id: head.id.clone(),
        unit: head.unit.clone(),
    }
}

impl Striker {
    /// Does not depend on the way.
    fn is_point(&self) -> bool {
        match self {
            Striker::Ban { point, .. } => *point,
            Striker::Keep { .. } => true,
        }
    }
}

impl World<'_> {
    /// ban(x, w) (M8). Without a way only a point ban can strike.
    pub(crate) fn strikes(&self, striker: &Striker, way: Option<u32>, at: &At) -> Truth {
        match striker {
            Striker::Ban { limits, except, .. } => {
                if !applies(limits, way, at) {
                    return Truth::False;
                }
                let excepted = except.iter().filter(|part| applies(part, way, at));
                let excepted = Truth::any(excepted.map(|part| self.guard(part.guard, at)));
                self.guard(limits.guard, at).and(!excepted)
            }
            Striker::Keep { grant, ways } => {
                let Some(declared) = self.bundle.grant(*grant) else {
                    return Truth::False;
                };
                let Some(keep) = declared.keep.as_ref().filter(|_| at.act == Act::Erase) else {
                    return Truth::False;
                };
                let of_keep = self.keep_ways(*grant, ways, at);
                let held = of_keep.into_iter().map(|(way, region)| {
                    let sides = self.bundle.sides(*grant, region);
                    self.bases(way, sides, at)
                });
                Truth::any(held)
                    .and(self.guard(declared.guard, at))
                    .and(self.lasting(keep))
            }
        }
    }

    /// The ways of a keep that cover an item to be erased, each with its box.
    pub(crate) fn keep_ways<'a>(&'a self, grant: u32, ways: &'a [u32], at: &At) -> Vec<(&'a Way, u32)> {
        let stored = At { act: Act::Store, ..*at };
        let regions = self.bundle.regions.get(grant as usize).into_iter().flatten();
        let region = (0..)
            .zip(regions)
            .find(|(_, sides)| sides.has(&stored))
            .map(|(region, _)| region);
        let ways = ways.iter().filter_map(|way| self.bundle.ways.get(*way as usize));
        region.map_or_else(Vec::new, |region| ways.map(|way| (way, region)).collect())
    }
}

/// The atoms of a slot, or one empty place where the verb has none.
pub(crate) fn atoms(slot: Option<&Set>) -> Vec<Option<u32>> {
    match slot {
        Some(set) if !set.is_empty() => set.iter().map(Some).collect(),
        _ => vec![None],
    }
}
