//! When a keep ends, as an interval (M12), and whether it lasts.

use crate::bundle::Keep;
use crate::calendar::{Instant, Period};
use crate::facts::World;
use crate::format::steps::{self, EndStep};
use crate::kleene::Truth;

pub(crate) const NEVER: Instant = Instant(i64::MAX);
pub(crate) const ALWAYS: Instant = Instant(i64::MIN);

/// From the first instant that may be meant to the last.
pub(crate) type Span = (Instant, Instant);

pub(crate) fn earlier(a: Span, b: Span) -> Span {
    (a.0.min(b.0), a.1.min(b.1))
}

pub(crate) fn later(a: Span, b: Span) -> Span {
    (a.0.max(b.0), a.1.max(b.1))
}

impl World<'_> {
    /// now < end: whether a keep has not ended.
    pub(crate) fn lasting(&self, keep: &Keep<'_>) -> Truth {
        let (earliest, latest) = self.end_of(keep);
        if self.facts.time < earliest {
            Truth::True
        } else if latest <= self.facts.time {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// The end of a keep: `at least` first, then `at most`, so that the shorter promise decides.
    pub(crate) fn end_of(&self, keep: &Keep<'_>) -> Span {
        let mut end = match (keep.end, keep.at_most) {
            ([], Some(_)) => (NEVER, NEVER),
            ([], None) => (ALWAYS, ALWAYS),
            (steps, _) => self.end(steps),
        };
        if let Some(period) = keep.at_least {
            end = later(end, self.after_collection(period));
        }
        if let Some(period) = keep.at_most {
            end = earlier(end, self.after_collection(period));
        }
        end
    }

    /// So long after the collection.
    pub(crate) fn after_collection(&self, period: Period) -> Span {
        let collected = self.facts.collected.map_or((ALWAYS, NEVER), |at| (at, at));
        self.after(collected, period)
    }

    fn after(&self, (low, high): Span, period: Period) -> Span {
        let after = |at: Instant| match at {
            ALWAYS | NEVER => at,
            at => at.plus(period, self.bundle.policy.offset),
        };
        (after(low), after(high))
    }

    fn end(&self, end: &[u32]) -> Span {
        let one = |step, below: &[Span]| match step {
            EndStep::Event(event) => self.event(event),
            EndStep::Date(day) => {
                let begin = day.begin(self.bundle.policy.offset);
                (begin, begin)
            }
            EndStep::AfterCollection(period) => self.after_collection(period),
            EndStep::After(period) => self.after(below.first().copied().unwrap_or((ALWAYS, NEVER)), period),
            EndStep::Or(_) => below.iter().copied().fold((NEVER, NEVER), earlier),
            EndStep::And(_) => below.iter().copied().fold((ALWAYS, ALWAYS), later),
        };
        steps::compute(steps::ends(end), EndStep::operands, one).unwrap_or((ALWAYS, ALWAYS))
    }

    /// τ(event): its time; never if not yet; if it is known to have happened, between collection and now.
    fn event(&self, event: u32) -> Span {
        if let Some((_, time)) = self.facts.events.iter().find(|(known, _)| *known == event) {
            return time.map_or((NEVER, NEVER), |at| (at, at));
        }
        let since = self.facts.collected.unwrap_or(ALWAYS);
        match self.facts.facts.get(event as usize) {
            Some(Truth::False) => (NEVER, NEVER),
            Some(Truth::True) => (since, self.facts.time),
            _ => (since, NEVER),
        }
    }

    /// What would tell when a keep ends and is not known: `collected`, and events.
    pub(crate) fn unknown_times(&self, keep: &Keep<'_>) -> Vec<String> {
        let mut collected = keep.at_most.is_some() || keep.at_least.is_some();
        let mut names = Vec::new();
        for step in steps::ends(keep.end) {
            match step {
                EndStep::Event(event) => {
                    let (low, high) = self.event(event);
                    if low != high {
                        names.push(self.bundle.path(self.bundle.t.facts, event).to_owned());
                    }
                }
                EndStep::AfterCollection(_) => collected = true,
                _ => {}
            }
        }
        if collected && self.facts.collected.is_none() {
            names.push("collected".to_owned());
        }
        names.sort();
        names.dedup();
        names
    }
}
