//! The parts of a sentence: what stands after each connecting word, and whether it could be read.

use crate::source::Spanned;
use crate::syntax::ast::{Content, Formula, Nouns, Period, Qualifier};
use crate::syntax::vocabulary::Connector;

/// A part that may be left out, or be broken. What is broken has been reported: nothing more is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<T> {
    /// Left out.
    Absent,
    /// Written, but not to be read.
    Broken,
    /// Read.
    Is(T),
}

impl<T> Part<T> {
    pub(super) fn map<U>(self, with: impl FnOnce(T) -> U) -> Part<U> {
        match self {
            Part::Absent => Part::Absent,
            Part::Broken => Part::Broken,
            Part::Is(value) => Part::Is(with(value)),
        }
    }

    pub(super) fn then<U>(self, with: impl FnOnce(T) -> Part<U>) -> Part<U> {
        match self {
            Part::Absent => Part::Absent,
            Part::Broken => Part::Broken,
            Part::Is(value) => with(value),
        }
    }

    /// The other one if this is left out.
    pub(super) fn or(self, other: Part<T>) -> Part<T> {
        match self {
            Part::Absent => other,
            own => own,
        }
    }

    pub(super) fn is_broken(&self) -> bool {
        matches!(self, Part::Broken)
    }

    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Part::Absent)
    }

    pub(super) fn found(self) -> Option<T> {
        match self {
            Part::Is(value) => Some(value),
            Part::Absent | Part::Broken => None,
        }
    }

    pub(super) fn of(value: Option<T>) -> Part<T> {
        value.map_or(Part::Broken, Part::Is)
    }
}

/// The content of the first part with this connecting word that `read` understands.
fn content<'q, T>(parts: &'q [Qualifier], connector: Connector, read: impl Fn(&'q Content) -> Option<T>) -> Part<T> {
    let mut own = parts.iter().filter(|part| part.connector == connector).peekable();
    if own.peek().is_none() {
        return Part::Absent;
    }
    let mut broken = false;
    for part in own {
        if let Some(value) = read(&part.content) {
            return Part::Is(value);
        }
        broken |= matches!(part.content, Content::Nothing);
    }
    // A `for 5 years` is no broken `for PURPOSE`: it is another part.
    if broken { Part::Broken } else { Part::Absent }
}

/// Nouns after a connecting word.
pub(super) fn nouns(parts: &[Qualifier], connector: Connector) -> Part<&Nouns> {
    content(parts, connector, |content| match content {
        Content::Nouns(nouns) => Some(nouns),
        _ => None,
    })
}

/// A formula after a connecting word.
pub(super) fn formula(parts: &[Qualifier], connector: Connector) -> Part<&Formula> {
    content(parts, connector, |content| match content {
        Content::Formula(formula) => Some(formula),
        _ => None,
    })
}

/// A period after a connecting word.
pub(super) fn period(parts: &[Qualifier], connector: Connector) -> Part<Spanned<Period>> {
    content(parts, connector, |content| match content {
        Content::Period(period) => Some(*period),
        _ => None,
    })
}

/// The word of a connector.
pub(super) fn word(connector: Connector) -> &'static str {
    crate::syntax::vocabulary::CONNECTORS
        .iter()
        .find(|(known, _)| *known == connector)
        .map_or("", |(_, word)| word)
}
