//! The verdict of a request (M10).

use std::collections::{BTreeSet, HashMap};

use crate::answer::{Answer, Item, Point, Problem, Rule, Verdict};
use crate::bundle::{At, Bundle, Striker};
use crate::classes::FEW;
use crate::facts::World;
use crate::nearest::Near;
use crate::point::Outcome;
use crate::request::Request;
use crate::resolve::Question;
use crate::wire::{Head, Noun};

/// A request whose names are resolved against a bundle: ask it again without looking up a name. It keeps its instant.
#[derive(Clone, Debug)]
pub struct Resolved<'a> {
    question: Question<'a>,
    world: World<'a>,
}

impl<'a> Resolved<'a> {
    pub(crate) fn parts(&self) -> (&Question<'a>, &World<'a>) {
        (&self.question, &self.world)
    }

    /// Only whether the request is allowed. Takes no memory if it is.
    #[must_use]
    pub fn allows(&self) -> bool {
        let (bundle, question) = (self.world.bundle, &self.question);
        question.data.iter().all(|data| {
            let Some(row) = bundle.rows.get(question.act, *data) else {
                return false;
            };
            if let Some(at) = question.only(*data) {
                return bundle.live(&self.world, row, &at).is_some();
            }
            if question.count() <= FEW {
                return question
                    .points(*data)
                    .all(|at| bundle.live(&self.world, row, &at).is_some());
            }
            let points = self.world.points(question, row, *data);
            points.iter().all(|at| bundle.live(&self.world, row, at).is_some())
        })
    }

    /// The answer.
    #[must_use]
    pub fn decide(&self) -> Answer {
        let mut judged = HashMap::new();
        let mut near = Near::new();
        let each = self.question.data.iter();
        let items: Vec<Item> = each.map(|data| self.item(*data, &mut judged, &mut near)).collect();
        let verdict = items.iter().map(|item| item.verdict).max().unwrap_or(Verdict::Invalid);
        let content = &self.world.bundle.content;
        Answer {
            verdict,
            decision: verdict == Verdict::Allow,
            policy: content.policy.clone(),
            meaning: content.meaning.clone(),
            problems: Vec::new(),
            left_out: self.question.left_out.clone(),
            items,
        }
    }

    /// The worst of the points of a data atom (M10). Atoms with one row are judged once.
    fn item(&self, data: u32, judged: &mut HashMap<u32, Judged>, near: &mut Near) -> Item {
        let (bundle, question, world) = (self.world.bundle, &self.question, &self.world);
        let of_row = bundle
            .rows
            .number(question.act, data)
            .zip(bundle.rows.get(question.act, data));
        let Some((number, row)) = of_row else {
            return bundle.blank(Verdict::Invalid, &question.at(data));
        };
        let judged = judged.entry(number).or_insert_with(|| {
            let mut worst: Option<(At, Outcome)> = None;
            let mut allowed: Vec<(At, u32)> = Vec::new();
            for at in world.points(question, row, data) {
                let outcome = bundle.point(world, row, &at);
                if let Outcome::Allow(way) = outcome {
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
            Judged { worst, allowed }
        });
        // Every slot of a question has an atom, so there is a point.
        let Some((at, outcome)) = &judged.worst else {
            return bundle.blank(Verdict::Invalid, &question.at(data));
        };
        let at = At { data, ..*at };
        let mut item = bundle.blank(outcome.verdict(), &at);
        match outcome {
            Outcome::Allow(_) => {
                let relied: BTreeSet<u32> = judged.allowed.iter().map(|(_, way)| *way).collect();
                item.relies_on = relied.iter().filter_map(|way| bundle.cite_way(*way)).collect();
                item.obligations = bundle.duties(world, &judged.allowed);
                item.keep = bundle.keeps(&at);
            }
            Outcome::Unmet(way, gaps) => {
                item.relies_on = bundle.cite_way(*way).into_iter().collect();
                item.missing = gaps.missing.iter().cloned().collect();
                item.failed = gaps.failed.iter().cloned().collect();
            }
            Outcome::Undeclared => {
                item.nearest = bundle.nearest(world, &at, near);
                item.closing.clone_from(&bundle.content.closing);
            }
            Outcome::Forbidden(striker) => item.forbidden_by = bundle.cite_striker(*striker),
        }
        item
    }
}

/// What the points of a row were told: the first of the worst, and those allowed, by what.
struct Judged {
    worst: Option<(At, Outcome)>,
    allowed: Vec<(At, u32)>,
}

impl Bundle {
    /// Answers a request. Cannot fail: what is wrong with the request is a verdict (M9, M10).
    #[must_use]
    pub fn decide(&self, request: &Request) -> Answer {
        match self.resolve(request) {
            Ok(resolved) => resolved.decide(),
            Err(refused) => *refused,
        }
    }

    /// Answers requests, in their order.
    #[must_use]
    pub fn decide_all(&self, requests: &[Request]) -> Vec<Answer> {
        requests.iter().map(|request| self.decide(request)).collect()
    }

    /// Only whether a request is allowed.
    #[must_use]
    pub fn allows(&self, request: &Request) -> bool {
        self.ask(request).is_ok_and(|resolved| resolved.allows())
    }

    /// Looks up the names of a request once, for asking it often.
    ///
    /// # Errors
    /// The answer to a request that cannot be asked.
    pub fn resolve(&self, request: &Request) -> Result<Resolved<'_>, Box<Answer>> {
        self.ask(request).map_err(|problems| Box::new(self.refuse(problems)))
    }

    fn ask(&self, request: &Request) -> Result<Resolved<'_>, Vec<Problem>> {
        let (question, facts) = self.look_up(request)?;
        let world = World::new(self, facts)?;
        Ok(Resolved { question, world })
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

    pub(crate) fn name(&self, at: &At) -> Point {
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

    pub(crate) fn cite_way(&self, index: u32) -> Option<crate::answer::Way> {
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

    pub(crate) fn cite_striker(&self, index: u32) -> Option<Rule> {
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
