//! Every message of the syntax stage: one function a mistake, in the words of the language.

mod braces;
mod fields;
mod formulas;
mod headers;
mod lines;
mod sentences;
mod whole;

pub(super) use braces::*;
pub(super) use fields::*;
pub(super) use formulas::*;
pub(super) use headers::*;
pub(super) use lines::*;
pub(super) use sentences::*;
pub(super) use whole::*;

use super::vocabulary::{CONNECTORS, Connector};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity, Text};
use crate::source::Span;

/// An error at one place.
fn error(code: &str, message: impl Into<Text>, at: Span, here: impl Into<Text>) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, message, at, here)
}

/// An edit at one place; a person looks before it is made.
fn edit(title: impl Into<Text>, at: Span, text: impl Into<String>) -> Fix {
    Fix {
        title: title.into(),
        edits: vec![(at, text.into())],
        applicability: Applicability::NeedsReview,
        within: Vec::new(),
    }
}

/// An edit that may be made unseen.
fn safe(title: impl Into<Text>, at: Span, text: impl Into<String>) -> Fix {
    Fix {
        applicability: Applicability::Safe,
        ..edit(title, at, text)
    }
}

/// The word of a connector.
fn connector_word(connector: Connector) -> &'static str {
    CONNECTORS
        .iter()
        .find(|(known, _)| *known == connector)
        .map_or("", |(_, word)| *word)
}

/// A piece of text short enough for a message.
fn short(text: &str) -> String {
    let line = text.split(['\n', '\r']).next().unwrap_or("").trim();
    if line.chars().count() <= 40 {
        return line.to_owned();
    }
    let mut cut: String = line.chars().take(39).collect();
    cut.push('…');
    cut
}
