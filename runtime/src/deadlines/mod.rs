//! What must be erased or anonymised, and by when (M12).

mod covering;
mod term;

use std::collections::BTreeSet;

use covering::{Covering, disposal};
use serde::Serialize;

use crate::answer::{Gap, Problem, Rule, Verdict};
use crate::bundle::{At, Bundle, Head};
use crate::calendar::{Instant, Time};
use crate::decide::Resolved;
use crate::facts::World;
use crate::gaps::Gaps;
use crate::kleene::Truth;
use crate::request::Request;
use crate::retention::{ALWAYS, NEVER, Span};
use crate::why::CapThere;
use crate::wire::{Act, Disposal};

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

    /// The deadline at a point of `store`.
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

    /// The caps on a point that are not known not to apply, each with its guard and when it ends.
    fn caps_at<'w>(&'w self, world: &'w World<'_>, at: &'w At) -> impl Iterator<Item = (Head, u32, Span)> + 'w {
        let caps = self.t.caps.numbers().filter_map(|cap| self.cap(cap));
        let here =
            caps.filter(|(_, sides, guard, _)| self.inside(sides, at) && world.guard(*guard, at) != Truth::False);
        here.map(|(head, _, guard, most)| (head, guard, world.after_collection(most)))
    }

    /// Whether there is any cap.
    pub(crate) fn has_caps(&self) -> bool {
        !self.t.caps.numbers().is_empty()
    }

    /// Whether no cap on a point of `store` has passed (M12).
    pub(crate) fn within_caps(&self, world: &World<'_>, at: &At) -> Truth {
        let before = |(_, guard, end): (Head, u32, Span)| (!world.guard(guard, at)).or(still(world, end));
        Truth::all(self.caps_at(world, at).map(before))
    }

    /// What stands between a point of `store` and its caps.
    pub(crate) fn cap_gaps(&self, world: &World<'_>, at: &At, gaps: &mut Gaps) {
        for (_, guard, end) in self.caps_at(world, at) {
            let (applies, before) = (world.guard(guard, at), still(world, end));
            let gap = |passed, needs| Gap::Retention { passed, needs };
            match (applies, before) {
                (_, Truth::True) => {}
                (Truth::True, Truth::False) => {
                    gaps.failed.insert(gap(true, Vec::new()));
                }
                (_, before) => {
                    let mut own = Gaps::default();
                    world.guard_gaps(guard, at, &mut own);
                    gaps.missing.extend(own.missing);
                    if before == Truth::Unknown {
                        gaps.missing.insert(gap(false, vec!["collected".to_owned()]));
                    }
                }
            }
        }
    }

    /// The caps on a point of `store`, each with when the data must be gone.
    pub(crate) fn caps_there<'a>(&'a self, world: &World<'_>, at: &At) -> Vec<CapThere<'a>> {
        let caps = self.caps_at(world, at);
        caps.map(|(head, guard, (first, last))| {
            let certain = first == last && world.guard(guard, at) == Truth::True;
            CapThere {
                rule: self.cite(head),
                gone_by: (first == last).then(|| self.told(first)),
                passed: certain.then_some(last <= world.facts.time),
            }
        })
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
        for (_, region, way) in self.covering_at(at) {
            let rests = self.rests_until(world, &way, region, at, ALWAYS);
            if way.grant == Some(one.grant) && rests.0 != rests.1 {
                gaps.missing.extend(world.bases_gaps(&way, region, at).missing);
            }
        }
    }

    /// An instant as people write it: a day if it is the beginning of one in the policy's zone.
    fn told(&self, at: Instant) -> Time {
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

/// now < end.
fn still(world: &World<'_>, end: Span) -> Truth {
    let now = world.facts.time;
    if now < end.0 {
        Truth::True
    } else if end.1 <= now {
        Truth::False
    } else {
        Truth::Unknown
    }
}
