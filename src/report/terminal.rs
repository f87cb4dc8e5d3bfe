//! Diagnostics on a terminal: miette draws the places.

use std::fmt::{self, Write as _};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

use super::{caveat, severity_word};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{SourceId, Sources};

/// One finding drawn with all its places; places in other files follow as excerpts of their own.
#[must_use]
pub fn render(sources: &Sources, diagnostic: &Diagnostic, colours: bool, width: usize) -> String {
    let theme = if colours {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(width)
        .with_links(false)
        .with_context_lines(1)
        .with_wrap_lines(true);
    let mut out = String::new();
    let drawn = handler.render_report(&mut out, &Drawn::of(sources, diagnostic));
    if drawn.is_err() {
        // miette fails only if writing fails, which a string cannot; the bare message is better than nothing.
        let _ = writeln!(
            out,
            "{}[{}]: {}",
            severity_word(diagnostic.severity),
            diagnostic.code,
            diagnostic.message.english()
        );
    }
    out
}

/// A finding as miette reads it.
#[derive(Debug)]
struct Drawn {
    message: String,
    code: Option<String>,
    severity: miette::Severity,
    help: Option<String>,
    source: Option<NamedSource<String>>,
    labels: Vec<LabeledSpan>,
    elsewhere: Vec<Drawn>,
}

impl Drawn {
    fn of(sources: &Sources, diagnostic: &Diagnostic) -> Drawn {
        let first = diagnostic.labels.first().map(|label| label.span.source);
        let severity = match diagnostic.severity {
            Severity::Note => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        };
        let mut files: Vec<SourceId> = Vec::new();
        for label in &diagnostic.labels {
            if Some(label.span.source) != first && !files.contains(&label.span.source) {
                files.push(label.span.source);
            }
        }
        let elsewhere = files.into_iter().map(|file| Drawn {
            message: "see also".to_owned(),
            code: None,
            severity: miette::Severity::Advice,
            help: None,
            source: named(sources, file),
            labels: labels(diagnostic, file),
            elsewhere: Vec::new(),
        });
        Drawn {
            message: diagnostic.message.english(),
            code: Some(diagnostic.code.clone()),
            severity,
            help: help(diagnostic),
            source: first.and_then(|file| named(sources, file)),
            labels: first.map(|file| labels(diagnostic, file)).unwrap_or_default(),
            elsewhere: elsewhere.collect(),
        }
    }
}

fn named(sources: &Sources, file: SourceId) -> Option<NamedSource<String>> {
    sources
        .get(file)
        .map(|source| NamedSource::new(source.name.clone(), source.text.clone()))
}

fn labels(diagnostic: &Diagnostic, file: SourceId) -> Vec<LabeledSpan> {
    let here = |label: &&Label| label.span.source == file;
    let mut primary = true;
    diagnostic
        .labels
        .iter()
        .filter(here)
        .map(|label| {
            let range = label.span.start as usize..label.span.end as usize;
            let text = Some(label.text.english());
            if std::mem::take(&mut primary) {
                LabeledSpan::new_primary_with_span(text, range)
            } else {
                LabeledSpan::new_with_span(text, range)
            }
        })
        .collect()
}

/// Why, what to do, the edits, and the article with how sure it is, a line each.
fn help(diagnostic: &Diagnostic) -> Option<String> {
    let mut lines = Vec::new();
    if let Some(why) = &diagnostic.why {
        lines.push(why.english());
    }
    if let Some(help) = &diagnostic.help {
        lines.push(help.english());
    }
    for fix in &diagnostic.fixes {
        lines.push(format!("edit: {}", fix.title.english()));
    }
    if let Some(citation) = &diagnostic.citation {
        let sure = caveat(citation.verified)
            .map(|caveat| format!(" ({caveat})"))
            .unwrap_or_default();
        // A decree is cited by its own name.
        let numbered = citation.article.starts_with(|first: char| first.is_ascii_digit());
        let word = if numbered { "article " } else { "" };
        lines.push(format!("law: {}, {word}{}{sure}", citation.pack, citation.article));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl miette::Diagnostic for Drawn {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty())
            .then(|| Box::new(self.labels.iter().cloned()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        (!self.elsewhere.is_empty())
            .then(|| Box::new(self.elsewhere.iter().map(|drawn| drawn as &dyn miette::Diagnostic)) as Box<_>)
    }
}
