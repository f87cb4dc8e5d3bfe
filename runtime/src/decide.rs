//! The verdict of a request (M10).

use std::collections::HashMap;

use smallvec::SmallVec;

use crate::answer::{Answer, Item, Point, Problem, Rule, Verdict};
use crate::bundle::{At, Bundle, Head, Row, Striker};
use crate::classes::FEW;
use crate::facts::World;
use crate::nearest::Near;
use crate::point::Outcome;
use crate::request::Request;
use crate::resolve::Question;

/// A request whose names are resolved against a bundle: ask it again without looking up a name. It keeps its instant.
#[derive(Clone, Debug)]
pub struct Resolved<'a> {
    question: Question<'a>,
    world: World<'a>,
}

impl<'a> Resolved<'a> {
    /// Nothing is asked yet: `Bundle::ask` and `Bundle::quickly` fill it in its place, since it is too large to be moved about.
    #[inline]
    pub(crate) fn blank(bundle: &'a Bundle) -> Resolved<'a> {
        Resolved {
            question: Question::blank(),
            world: World::blank(bundle),
        }
    }

    pub(crate) fn parts_mut(&mut self) -> (&mut Question<'a>, &mut World<'a>) {
        (&mut self.question, &mut self.world)
    }

    /// The instant that it asks about.
    pub(crate) fn time(&self) -> crate::calendar::Instant {
        self.world.facts.time
    }

    pub(crate) fn parts(&self) -> (&Question<'a>, &World<'a>) {
        (&self.question, &self.world)
    }

    /// Only whether the request is allowed. Takes no memory if it is.
    #[must_use]
    pub fn allows(&self) -> bool {
        let (bundle, question) = (self.world.bundle, &self.question);
        question.data.atoms().all(|data| {
            let Some(row) = bundle.row(question.act, data) else {
                return false;
            };
            if let Some(at) = question.only(data) {
                return bundle.live(&self.world, row, &at).is_some();
            }
            if question.count() <= FEW {
                return question
                    .points(data)
                    .all(|at| bundle.live(&self.world, row, &at).is_some());
            }
            let points = self.world.points(question, row, data);
            points.iter().all(|at| bundle.live(&self.world, row, at).is_some())
        }) && question.data.atoms().next().is_some()
    }

    /// The answer.
    #[must_use]
    pub fn decide(&self) -> Answer<'a> {
        // Atoms with one row are judged once.
        let mut judged: HashMap<u32, Judged> = HashMap::new();
        let mut near = Near::default();
        let (bundle, question) = (self.world.bundle, &self.question);
        let count = question.data.count();
        let by_data = self.world.differs_by_data(question.act);
        let mut items = Vec::with_capacity(count);
        for data in question.data.atoms() {
            let of_row = bundle.row_number(question.act, data);
            items.push(match of_row.zip(bundle.row(question.act, data)) {
                None => bundle.blank(Verdict::Invalid, &question.at(data)),
                // Deadlines and caps are of the data, not of the row.
                Some((_, row)) if count == 1 || by_data => self.item(data, &self.judge(row, data), &mut near),
                Some((number, row)) => {
                    let judged = judged.entry(number).or_insert_with(|| self.judge(row, data));
                    self.item(data, judged, &mut near)
                }
            });
        }
        let verdict = items.iter().map(|item| item.verdict).max().unwrap_or(Verdict::Invalid);
        Answer {
            verdict,
            decision: verdict == Verdict::Allow,
            policy: bundle.policy(),
            meaning: bundle.meaning(),
            problems: Vec::new(),
            left_out: question.left_out.to_vec(),
            items,
        }
    }

    /// The worst of the points of a data atom (M10).
    fn judge(&self, row: Row<'a>, data: u32) -> Judged {
        let (bundle, question, world) = (self.world.bundle, &self.question, &self.world);
        let mut worst: Option<(At, Outcome)> = None;
        let mut allowed = SmallVec::new();
        let mut judge = |at: At| {
            let outcome = bundle.point(world, row, &at);
            if let Outcome::Allow(way) = outcome {
                allowed.push((at, way));
            }
            let verdict = outcome.verdict();
            if worst.as_ref().is_none_or(|(_, worst)| verdict > worst.verdict()) {
                worst = Some((at, outcome));
            }
            // No point can be worse.
            verdict == Verdict::Forbidden
        };
        match question.only(data) {
            Some(at) => drop(judge(at)),
            None => drop(world.points(question, row, data).into_iter().any(judge)),
        }
        Judged { worst, allowed }
    }

    /// What is told of a data atom.
    fn item(&self, data: u32, judged: &Judged, near: &mut Near) -> Item<'a> {
        let (bundle, world) = (self.world.bundle, &self.world);
        // Every slot of a question has an atom, so there is a point.
        let Judged {
            worst: Some((at, outcome)),
            allowed,
        } = judged
        else {
            return bundle.blank(Verdict::Invalid, &self.question.at(data));
        };
        let at = At { data, ..*at };
        let mut item = bundle.blank(outcome.verdict(), &at);
        item.deadline = bundle.told_deadline(world, &at);
        match outcome {
            Outcome::Allow(_) => {
                let mut relied: SmallVec<[u32; 4]> = allowed.iter().map(|(_, way)| *way).collect();
                relied.sort_unstable();
                relied.dedup();
                item.relies_on = relied.iter().filter_map(|way| bundle.cite_way(*way)).collect();
                item.obligations = bundle.duties(world, allowed);
                item.keep = bundle.keeps(&at);
            }
            Outcome::Unmet(way, gaps) => {
                item.relies_on = bundle.cite_way(*way).into_iter().collect();
                item.missing = gaps.missing.iter().cloned().collect();
                item.failed = gaps.failed.iter().cloned().collect();
            }
            Outcome::Undeclared => {
                item.nearest = bundle.nearest(world, &at, near);
                item.closing = bundle.texts.unit(bundle.policy.closing);
            }
            Outcome::Forbidden(striker) => item.forbidden_by = bundle.cite_striker(*striker),
        }
        item
    }
}

/// What the points of a row were told: the first of the worst, and those allowed, by what.
struct Judged {
    worst: Option<(At, Outcome)>,
    allowed: SmallVec<[(At, u32); 2]>,
}

impl Bundle {
    /// Answers a request. Cannot fail: what is wrong with the request is a verdict (M9, M10).
    #[must_use]
    pub fn decide(&self, request: &Request) -> Answer<'_> {
        let mut resolved = Resolved::blank(self);
        match self.ask(request, &mut resolved) {
            Ok(()) => resolved.decide(),
            Err(problems) => self.refuse(problems),
        }
    }

    /// Answers requests, in their order.
    #[must_use]
    pub fn decide_many(&self, requests: &[Request]) -> Vec<Answer<'_>> {
        requests.iter().map(|request| self.decide(request)).collect()
    }

    /// Only whether a request is allowed.
    #[must_use]
    pub fn allows(&self, request: &Request) -> bool {
        let mut resolved = Resolved::blank(self);
        self.ask(request, &mut resolved).is_ok() && resolved.allows()
    }

    /// Looks up the names of a request once, for asking it often.
    ///
    /// # Errors
    /// The answer to a request that cannot be asked.
    pub fn resolve(&self, request: &Request) -> Result<Resolved<'_>, Box<Answer<'_>>> {
        let mut resolved = Resolved::blank(self);
        match self.ask(request, &mut resolved) {
            Ok(()) => Ok(resolved),
            Err(problems) => Err(Box::new(self.refuse(problems))),
        }
    }

    /// Fills in what a request asks.
    pub(crate) fn ask<'a>(&'a self, request: &Request, resolved: &mut Resolved<'a>) -> Result<(), Vec<Problem>> {
        self.look_up(request, &mut resolved.question, &mut resolved.world.facts)?;
        resolved.world.settle()
    }

    /// The answer to a request that cannot be asked: the first of no_policy, invalid, undeclared that applies (M9.1).
    pub(crate) fn refuse(&self, mut problems: Vec<Problem>) -> Answer<'_> {
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
            policy: self.policy(),
            meaning: self.meaning(),
            problems,
            left_out: Vec::new(),
            items: Vec::new(),
        }
    }

    fn blank(&self, verdict: Verdict, at: &At) -> Item<'_> {
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
            deadline: None,
        }
    }

    pub(crate) fn name(&self, at: &At) -> Point<'_> {
        let t = &self.t;
        let path = |kind, atom: Option<u32>| atom.map(|atom| self.path(kind, atom));
        Point {
            by: path(t.controllers, at.by),
            verb: at.act.word(),
            data: self.path(t.data, at.data),
            source: path(t.sources, at.source),
            purpose: path(t.purposes, at.purpose),
            recipient: path(t.recipients, at.recipient),
        }
    }

    pub(crate) fn cite_way(&self, index: u32) -> Option<crate::answer::Way<'_>> {
        let way = self.way(index)?;
        let mut bases: Vec<&str> = way.bases.iter().map(|basis| self.path(self.t.bases, *basis)).collect();
        bases.sort_unstable();
        let grant = way.grant.and_then(|grant| self.grant(grant));
        Some(crate::answer::Way {
            rule: grant.map(|grant| self.cite(grant.head)),
            bases,
        })
    }

    pub(crate) fn cite_striker(&self, index: u32) -> Option<Rule<'_>> {
        Some(match self.striker(index)? {
            Striker::Ban { ban, .. } => self.cite(self.ban(ban)?.head),
            Striker::Keep { grant, .. } => self.cite(self.grant(grant)?.head),
        })
    }

    pub(crate) fn cite(&self, head: Head) -> Rule<'_> {
        Rule {
            id: self.text(head.id),
            unit: self.texts.unit(head.unit),
        }
    }
}
