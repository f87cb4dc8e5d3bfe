//! Diagnostics as plain sentences: no drawing, no colours, nothing that only its place on the screen explains.

use std::fmt::Write as _;

use super::{notes, severity_word};
use crate::diagnostic::Diagnostic;
use crate::source::{Sources, Span};

/// One finding: what and where first, then the line of the source, the other places, why, what to do, and the law.
#[must_use]
pub fn render(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let mut out = format!("{} {}", severity_word(diagnostic.severity), diagnostic.code);
    let mut labels = diagnostic.labels.iter();
    let first = labels.next();
    if let Some(label) = first {
        let _ = write!(out, ", {}", place(sources, label.span));
    }
    let _ = writeln!(out, ": {}", diagnostic.message.english());
    if let Some(label) = first {
        let _ = writeln!(out, "  source: {}", line(sources, label.span));
        let _ = writeln!(out, "  here: {}", label.text.english());
    }
    for label in labels {
        let _ = writeln!(out, "  see {}: {}", place(sources, label.span), label.text.english());
    }
    for (word, text) in notes(diagnostic) {
        let _ = writeln!(out, "  {word}: {}", text.replace('\n', " "));
    }
    out
}

/// `policy.kup, line 3, column 5`.
fn place(sources: &Sources, span: Span) -> String {
    sources.get(span.source).map_or_else(String::new, |source| {
        let (line, column) = source.line_column(span.start);
        format!("{}, line {line}, column {column}", source.name)
    })
}

/// The line on which a place begins.
fn line(sources: &Sources, span: Span) -> &str {
    sources.get(span.source).map_or("", |source| {
        let (number, _) = source.line_column(span.start);
        source.text.lines().nth(number - 1).unwrap_or("").trim()
    })
}
