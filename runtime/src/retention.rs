//! When a keep ends, as an interval (M12). Only what a `store` needs: whether a keep lasts.

use crate::calendar::Instant;
use crate::facts::World;
use crate::kleene::Truth;
use crate::wire::{End, Retention};

const NEVER: Instant = Instant(i64::MAX);
const ALWAYS: Instant = Instant(i64::MIN);

impl World<'_> {
    /// now < end: whether a keep has not ended.
    pub(crate) fn lasting(&self, keep: &Retention) -> Truth {
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
    fn end_of(&self, keep: &Retention) -> (Instant, Instant) {
        let mut end = match (&keep.end, keep.at_most) {
            (Some(end), _) => self.end(end),
            (None, Some(_)) => (NEVER, NEVER),
            (None, None) => (ALWAYS, ALWAYS),
        };
        let after = |period| {
            let (low, high) = self.collected();
            (self.later(low, period), self.later(high, period))
        };
        if let Some(period) = keep.at_least {
            let (low, high) = after(period);
            end = (end.0.max(low), end.1.max(high));
        }
        if let Some(period) = keep.at_most {
            let (low, high) = after(period);
            end = (end.0.min(low), end.1.min(high));
        }
        end
    }

    fn collected(&self) -> (Instant, Instant) {
        self.facts.collected.map_or((ALWAYS, NEVER), |at| (at, at))
    }

    fn later(&self, at: Instant, period: crate::calendar::Period) -> Instant {
        if at == ALWAYS || at == NEVER {
            at
        } else {
            at.plus(period, self.bundle.content.zone_offset)
        }
    }

    fn end(&self, end: &End) -> (Instant, Instant) {
        match end {
            End::Event(event) => self.event(*event),
            End::Date(day) => {
                let begin = day.begin(self.bundle.content.zone_offset);
                (begin, begin)
            }
            End::After(period, after) => {
                let (low, high) = after.as_ref().map_or_else(|| self.collected(), |end| self.end(end));
                (self.later(low, *period), self.later(high, *period))
            }
            End::Or(ends) => ends
                .iter()
                .map(|end| self.end(end))
                .reduce(|a, b| (a.0.min(b.0), a.1.min(b.1)))
                .unwrap_or((NEVER, NEVER)),
            End::And(ends) => ends
                .iter()
                .map(|end| self.end(end))
                .reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)))
                .unwrap_or((ALWAYS, ALWAYS)),
        }
    }

    /// τ(event): its time; never if not yet; if it is known to have happened, between collection and now.
    fn event(&self, event: u32) -> (Instant, Instant) {
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
    pub(crate) fn unknown_times(&self, keep: &Retention) -> Vec<String> {
        let mut events = Vec::new();
        let mut collected = keep.at_most.is_some() || keep.at_least.is_some();
        if let Some(end) = &keep.end {
            mentioned(end, &mut events, &mut collected);
        }
        let mut names: Vec<String> = events
            .into_iter()
            .filter(|event| {
                let (low, high) = self.event(*event);
                low != high
            })
            .filter_map(|event| self.bundle.content.facts.get(event as usize))
            .map(|noun| noun.path.clone())
            .collect();
        if collected && self.facts.collected.is_none() {
            names.push("collected".to_owned());
        }
        names.sort();
        names.dedup();
        names
    }
}

/// The events of an end, and whether it counts from collection.
fn mentioned(end: &End, events: &mut Vec<u32>, collected: &mut bool) {
    match end {
        End::Event(event) => events.push(*event),
        End::Date(_) => {}
        End::After(_, None) => *collected = true,
        End::After(_, Some(end)) => mentioned(end, events, collected),
        End::Or(ends) | End::And(ends) => ends.iter().for_each(|end| mentioned(end, events, collected)),
    }
}
