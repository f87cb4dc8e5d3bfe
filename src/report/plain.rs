//! Diagnostics as plain sentences: no drawing, no colours, nothing that only its place on the screen explains.

use std::fmt::Write as _;

use super::{notes, severity_word};
use crate::diagnostic::{Diagnostic, Text};
use crate::messages::Language;
use crate::source::{Sources, Span};

/// One finding: what and where first, then the line of the source, the other places, why, what to do, and the law.
#[must_use]
pub fn render(sources: &Sources, diagnostic: &Diagnostic, language: Language) -> String {
    let severity = language.template(severity_word(diagnostic.severity));
    let mut out = format!("{severity} {}", diagnostic.code);
    let mut labels = diagnostic.labels.iter();
    let first = labels.next();
    if let Some(label) = first {
        let _ = write!(out, ", {}", place(sources, label.span).told(language));
    }
    let _ = writeln!(out, ": {}", diagnostic.message.told(language));
    if let Some(label) = first {
        let source = Text::new("source: {line}").with("line", line(sources, label.span));
        let here = Text::new("here: {text}").with("text", label.text.clone());
        let _ = writeln!(out, "  {}\n  {}", source.told(language), here.told(language));
    }
    for label in labels {
        let see = Text::new("see {place}").with("place", place(sources, label.span));
        let _ = writeln!(out, "  {}: {}", see.told(language), label.text.told(language));
    }
    for (step, label) in (1..).zip(&diagnostic.trail) {
        let step = Text::new("step {step}, {place}")
            .with("step", step.to_string())
            .with("place", place(sources, label.span));
        let _ = writeln!(out, "  {}: {}", step.told(language), label.text.told(language));
    }
    for (word, text) in notes(diagnostic, language) {
        let _ = writeln!(out, "  {word}: {}", text.replace('\n', " "));
    }
    out
}

/// `policy.kup, line 3, column 5`.
fn place(sources: &Sources, span: Span) -> Text {
    let source = sources.get(span.source);
    let (line, column) = source.map_or((1, 1), |source| source.line_column(span.start));
    Text::new("{file}, line {line}, column {column}")
        .with("file", source.map_or("", |source| source.name.as_str()))
        .with("line", line)
        .with("column", column)
}

/// The line on which a place begins.
fn line(sources: &Sources, span: Span) -> &str {
    sources.get(span.source).map_or("", |source| {
        let (number, _) = source.line_column(span.start);
        source.text.lines().nth(number - 1).unwrap_or("").trim()
    })
}
