//! The model: names, defaults, packs.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use kupuya::diagnostic::Diagnostic;
use kupuya::model::{self, Model, Options};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax;

mod cases;
mod guards;
pub mod megapay;
mod packs;
mod print;

/// Reads files given as (name, origin, text) into a model; findings of the syntax come first.
pub fn read(files: &[(&str, Origin, &str)], options: &Options) -> (Model, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    let mut parsed = Vec::new();
    let mut found = Vec::new();
    for (name, origin, text) in files {
        let source = Source::new(*name, *origin, text.as_bytes());
        let id = sources.add(source.clone());
        let (file, errors) = syntax::parse(id, &source);
        found.extend(errors);
        parsed.push((std::sync::Arc::new(file), *origin));
    }
    let (model, errors) = model::from_syntax(&parsed, &sources, options);
    found.extend(errors);
    (model, found, sources)
}

/// Findings as short lines: `code line:col message`, then labels, help and edits.
pub fn told(found: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    let place = |span: kupuya::source::Span| {
        let Some(source) = sources.get(span.source) else {
            return "?".to_owned();
        };
        let (line, column) = source.line_column(span.start);
        match source.name.as_str() {
            "test.kup" => format!("{line}:{column}"),
            name => format!("{name}:{line}:{column}"),
        }
    };
    for diagnostic in found {
        let first = diagnostic.labels.first();
        let at = first.map_or_else(String::new, |label| place(label.span));
        let _ = writeln!(out, "{} {at} {}", diagnostic.code, diagnostic.message.english());
        for label in &diagnostic.labels {
            let _ = writeln!(
                out,
                "    {} `{}`: {}",
                place(label.span),
                sources.text(label.span).lines().next().unwrap_or(""),
                label.text.english()
            );
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(out, "    help: {}", help.english());
        }
        for fix in &diagnostic.fixes {
            let edits: Vec<String> = kupuya::fixes::edits(sources, fix)
                .iter()
                .map(|(span, text)| format!("{} → {text}", place(*span)))
                .collect();
            let _ = writeln!(
                out,
                "    fix: {} ({:?}; {})",
                fix.title.english(),
                fix.applicability,
                edits.join(", ")
            );
        }
    }
    out
}
