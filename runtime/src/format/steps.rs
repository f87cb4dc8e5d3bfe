//! Steps: trees written operands first, so that they are computed without recursion, in little memory.

use smallvec::SmallVec;

use crate::calendar::{Day, Period, Unit};
use crate::wire::{End, Under};

/// As many operands as may wait.
pub(crate) const DEEPEST: usize = 64;

/// A step of when a keep ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum EndStep {
    /// When this event happens.
    Event(u32),
    /// On a day.
    Date(Day),
    /// So long after collection.
    AfterCollection(Period),
    /// So long after the last.
    After(Period),
    /// The earliest of so many.
    Or(usize),
    /// The latest of so many.
    And(usize),
}

/// The steps of a list of words; ends at one that is none.
pub(crate) fn ends(words: &[u32]) -> impl Iterator<Item = EndStep> + '_ {
    words.as_chunks::<3>().0.iter().map_while(|[step, a, b]| {
        Some(match step {
            0 => EndStep::Event(*a),
            1 => EndStep::Date(Day::from_number(a.cast_signed())),
            2 => EndStep::AfterCollection(period(*a, *b)?),
            3 => EndStep::After(period(*a, *b)?),
            4 => EndStep::Or(*a as usize),
            5 => EndStep::And(*a as usize),
            _ => return None,
        })
    })
}

/// The period of two words; `None` if there is none.
#[inline]
pub(crate) fn period(count: u32, unit: u32) -> Option<Period> {
    let unit = match unit {
        0 => Unit::Hour,
        1 => Unit::Day,
        2 => Unit::WorkingDay,
        3 => Unit::Week,
        4 => Unit::Month,
        5 => Unit::Year,
        _ => return None,
    };
    Some(Period { count, unit })
}

/// Computes steps: each takes as many values as it has operands and gives one. `None` if they do not come out as one value.
pub(crate) fn compute<S, T: Clone>(
    steps: impl Iterator<Item = S>,
    operands: impl Fn(&S) -> usize,
    mut one: impl FnMut(S, &[T]) -> T,
) -> Option<T> {
    let mut waiting: SmallVec<[T; 8]> = SmallVec::new();
    for step in steps {
        let from = waiting.len().checked_sub(operands(&step))?;
        let value = one(step, waiting.get(from..)?);
        waiting.truncate(from);
        waiting.push(value);
        if waiting.len() > DEEPEST {
            return None;
        }
    }
    waiting.pop().filter(|_| waiting.is_empty())
}

impl EndStep {
    pub(crate) fn operands(&self) -> usize {
        match self {
            EndStep::Event(_) | EndStep::Date(_) | EndStep::AfterCollection(_) => 0,
            EndStep::After(_) => 1,
            EndStep::Or(count) | EndStep::And(count) => *count,
        }
    }
}

/// A keep's end as content has it.
pub(crate) fn end(words: &[u32]) -> Option<End> {
    compute(ends(words), EndStep::operands, |step, below: &[End]| match step {
        EndStep::Event(event) => End::Event(event),
        EndStep::Date(day) => End::Date(day),
        EndStep::AfterCollection(period) => End::After(period, None),
        EndStep::After(period) => End::After(period, below.first().cloned().map(Box::new)),
        EndStep::Or(_) => End::Or(below.to_vec()),
        EndStep::And(_) => End::And(below.to_vec()),
    })
}

/// What `under` asks for, as content has it.
pub(crate) fn under(words: &[u32]) -> Option<Under> {
    let steps = words.as_chunks::<2>().0.iter();
    let operands = |[step, count]: &&[u32; 2]| match step {
        0 => 0,
        1 => 1,
        _ => *count as usize,
    };
    compute(steps, operands, |[step, a], below: &[Under]| match step {
        0 => Under::Basis(*a),
        1 => Under::Not(Box::new(below.first().cloned().unwrap_or(Under::Or(Vec::new())))),
        2 => Under::And(below.to_vec()),
        _ => Under::Or(below.to_vec()),
    })
}
