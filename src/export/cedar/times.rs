//! Instants and periods: whether a term or a keep lasts (M6, M12).
//!
//! Cedar has no calendar. A moment carries its month, day and second of the day in the policy's zone, so that "before so
//! many months later, clamped to the month's end" is a comparison of numbers.

use kupuya_runtime::Period;
use kupuya_runtime::wire::{End, Retention};

use super::facts;
use super::test::{Known, Test, quoted};
use crate::export::Period as Bad;
use crate::export::closed::Closed;
use crate::export::rego::parts;

/// Whether now is before so long after a moment.
pub fn before(moment: &str, period: Option<Period>) -> Result<Test, Bad> {
    let Some(period) = period else {
        return Ok(Test::when(format!("(context.now.seconds < {moment}.seconds)")));
    };
    Ok(Test::when(match parts(period)? {
        ("seconds", count) => format!("(context.now.seconds < {moment}.seconds + {count})"),
        (_, count) => {
            let target = format!("{moment}.month + {count}");
            let clamped = format!(
                "(context.now.day == {moment}.day || ({moment}.day > context.now.monthLength && \
                 context.now.day == context.now.monthLength))"
            );
            format!(
                "(context.now.month < {target} || (context.now.month == {target} && \
                 ((context.now.day < {moment}.day && context.now.day < context.now.monthLength) || \
                 ({clamped} && context.now.ofDay < {moment}.ofDay))))"
            )
        }
    }))
}

/// now < end.
pub fn lasting(closed: &Closed<'_>, keep: &Retention) -> Result<Known, Bad> {
    let mut known = match (&keep.end, keep.at_most) {
        (Some(end), _) => self::end(closed, end, None)?,
        (None, Some(_)) => Known::always(),
        (None, None) => Known::never(),
    };
    if let Some(period) = keep.at_least {
        known = Known::any([known, collected(Some(period))?]);
    }
    if let Some(period) = keep.at_most {
        known = Known::all([known, collected(Some(period))?]);
    }
    Ok(known)
}

/// Whether now is before so long after the collection.
pub fn collected(period: Option<Period>) -> Result<Known, Bad> {
    let has = || Test::when("context has collected");
    let before = before("context.collected", period)?;
    Ok(Known {
        holds: Test::all([has(), before.clone()]),
        fails: Test::all([has(), before.negated()]),
    })
}

/// Whether now is before an end, or so long after it.
fn end(closed: &Closed<'_>, of: &End, period: Option<Period>) -> Result<Known, Bad> {
    let all = |ends: &[End]| -> Result<Vec<Known>, Bad> {
        let by_months = period.is_some_and(|period| matches!(parts(period), Ok(("months", _))));
        if by_months && ends.len() > 1 {
            return Err(Bad::Calendar);
        }
        ends.iter().map(|one| end(closed, one, period)).collect()
    };
    Ok(match of {
        End::Event(event) => self::event(closed, *event, period)?,
        End::Date(day) => {
            let offset = closed.content.zone_offset;
            let begin = day.begin(offset);
            let at = period.map_or(begin, |period| begin.plus(period, offset));
            Known::when(Test::when(format!("(context.now.seconds < {})", at.0)))
        }
        End::After(first, after) => {
            let period = match period {
                None => *first,
                Some(second) => sum(*first, second)?,
            };
            match after {
                None => collected(Some(period))?,
                Some(after) => end(closed, after, Some(period))?,
            }
        }
        // Before the earlier is before each; before the later, before any.
        End::Or(ends) => Known::all(all(ends)?),
        End::And(ends) => Known::any(all(ends)?),
    })
}

/// One period after another, where that is one period.
fn sum(first: Period, second: Period) -> Result<Period, Bad> {
    match (parts(first)?, parts(second)?) {
        (("seconds", one), ("seconds", other)) if (one + other) % 3600 == 0 => Ok(Period {
            count: u32::try_from((one + other) / 3600).map_err(|_| Bad::Long)?,
            unit: kupuya_runtime::Unit::Hour,
        }),
        _ => Err(Bad::Calendar),
    }
}

/// τ(event): its time; never if not yet; if it is known to have happened, between collection and now.
fn event(closed: &Closed<'_>, event: u32, period: Option<Period>) -> Result<Known, Bad> {
    let name = quoted(closed.facts.key(event));
    let has = Test::when(format!("context.events has {name}"));
    let timed = Test::when(format!("context.events[{name}] has at"));
    let before = before(&format!("context.events[{name}].at"), period)?;
    let fact = facts::fact(closed, event);
    let since = collected(period)?.holds;
    let at_once = period.is_none_or(|period| period.count == 0);
    let named = Known {
        holds: Test::any([timed.clone().negated(), Test::all([timed.clone(), before.clone()])]),
        fails: Test::all([timed, before.negated()]),
    };
    let unnamed = Known {
        holds: Test::any([fact.fails.clone(), Test::all([fact.fails.negated(), since])]),
        fails: if at_once { fact.holds } else { Test::Never },
    };
    Ok(Known {
        holds: Test::any([
            Test::all([has.clone(), named.holds]),
            Test::all([has.clone().negated(), unnamed.holds]),
        ]),
        fails: Test::any([
            Test::all([has.clone(), named.fails]),
            Test::all([has.negated(), unnamed.fails]),
        ]),
    })
}
