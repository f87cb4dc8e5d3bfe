//! Diagnostics on a terminal: miette draws the places, a head line and notes stand around them.

use std::fmt::{self, Write as _};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use super::{longest_note, notes, severity_word, wrap};
use crate::diagnostic::{Diagnostic, Label, Severity, Text, visible};
use crate::messages::Language;
use crate::source::{Source, SourceId, Sources, Span};

/// Words of a label stand in lines of at most so many characters.
const LABEL: usize = 60;

/// A place that spans more lines is drawn by its first line alone.
const LINES: usize = 6;

/// So many places of one finding are drawn in a file; the rest are counted.
const PLACES: usize = 8;

/// A place on a longer line, in bytes, is named and not drawn: nobody can read the line, and miette cannot point into it.
const LONGEST: usize = 2000;

/// How findings are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub colours: bool,
    /// In lines of at most so many characters.
    pub width: usize,
    /// In which language.
    pub language: Language,
}

/// One finding with all its places, file by file, and a blank line after it.
#[must_use]
pub fn render(sources: &Sources, diagnostic: &Diagnostic, style: Style) -> String {
    let Style {
        colours,
        width,
        language,
    } = style;
    let word = language.template(severity_word(diagnostic.severity));
    let head = match diagnostic.code.as_str() {
        "" => word.to_owned(),
        code => format!("{word}[{code}]"),
    };
    let mut out = String::new();
    for (index, line) in wrap(&format!("{head}: {}", diagnostic.message.told(language)), width)
        .into_iter()
        .enumerate()
    {
        let line = match line.strip_prefix(&head).filter(|_| index == 0 && colours) {
            Some(rest) => format!("\u{1b}[1;{}m{head}\u{1b}[0m{rest}", colour(diagnostic.severity)),
            None => line,
        };
        let indent = if index == 0 { "" } else { "  " };
        let _ = writeln!(out, "{indent}{line}");
    }
    let mut files: Vec<SourceId> = Vec::new();
    for label in &diagnostic.labels {
        if !files.contains(&label.span.source) {
            files.push(label.span.source);
        }
    }
    for file in files {
        if let Some(source) = sources.get(file) {
            let places: Vec<&Label> = diagnostic
                .labels
                .iter()
                .filter(|label| label.span.source == file)
                .collect();
            let shown = &places[..places.len().min(PLACES)];
            if shown
                .iter()
                .all(|label| source.line_at(label.span.start).len() <= LONGEST)
            {
                out.push_str(&draw(source, shown, style));
            } else {
                out.push_str(&named(source, shown, language));
            }
            if places.len() > shown.len() {
                let more = Text::new("and {n} more places in {file}")
                    .with("n", places.len() - shown.len())
                    .with("file", &source.name);
                let _ = writeln!(out, "  {}", more.told(language));
            }
        }
    }
    for (step, label) in (1..).zip(&diagnostic.trail) {
        if let Some(source) = sources.get(label.span.source) {
            let (line, column) = source.line_column(label.span.start);
            let place = format!("{}:{line}:{column}", source.name);
            let _ = writeln!(out, "  {step}. {} ({place})", label.text.told(language));
        }
    }
    let column = longest_note(language) + 1;
    for (word, text) in notes(diagnostic, language) {
        for (index, line) in wrap(&text, width.saturating_sub(column + 3)).into_iter().enumerate() {
            let word = if index == 0 { format!("{word}:") } else { String::new() };
            let _ = writeln!(out, "  {word:column$} {line}");
        }
    }
    out.push('\n');
    out
}

fn colour(severity: Severity) -> u8 {
    match severity {
        Severity::Note => 36,
        Severity::Warning => 33,
        Severity::Error => 31,
    }
}

/// The places of one file, drawn.
fn draw(source: &Source, places: &[&Label], style: Style) -> String {
    let theme = if style.colours {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_links(false)
        .with_context_lines(0)
        .with_wrap_lines(true);
    let drawn = Drawn {
        source: Lines(shown(source)),
        labels: labels(source, places, style.language),
    };
    let mut out = String::new();
    if handler.render_report(&mut out, &drawn).is_err() {
        // miette fails only if writing fails, which a string cannot.
        return String::new();
    }
    // miette begins with a head of its own, which stands above already.
    let from = out
        .find('╭')
        .map_or(0, |at| out[..at].rfind('\n').map_or(0, |end| end + 1));
    let mut lines = String::new();
    for line in out[from..].lines() {
        // Without brackets a terminal takes `file:line:column` for a link.
        match line.split_once("╭─[") {
            Some((before, place)) => {
                let place = place.strip_suffix(']').unwrap_or(place);
                let _ = writeln!(lines, "{before}╭─ {place}");
            }
            None => {
                let _ = writeln!(lines, "{}", line.trim_end());
            }
        }
    }
    lines
}

/// The places of one file, a line each.
fn named(source: &Source, places: &[&Label], language: Language) -> String {
    let mut out = String::new();
    for label in places {
        let (line, column) = source.line_column(label.span.start);
        let _ = writeln!(
            out,
            "  {}:{line}:{column}: {}",
            visible(&source.name),
            label.text.told(language)
        );
    }
    out
}

fn labels(source: &Source, places: &[&Label], language: Language) -> Vec<LabeledSpan> {
    let mut primary = true;
    places
        .iter()
        .map(|label| {
            let span = clipped(source, label.span);
            let range = span.start as usize..span.end as usize;
            let text = Some(wrap(&label.text.told(language), LABEL).join("\n"));
            if std::mem::take(&mut primary) {
                LabeledSpan::new_primary_with_span(text, range)
            } else {
                LabeledSpan::new_with_span(text, range)
            }
        })
        .collect()
}

/// The first line of a long place; a place of a few lines as it is.
fn clipped(source: &Source, span: Span) -> Span {
    let text = source.text.get(span.start as usize..span.end as usize).unwrap_or("");
    let first = text.lines().next().unwrap_or("").trim_end();
    match text.lines().count() > LINES {
        true => Span {
            end: span.start + u32::try_from(first.len()).unwrap_or(0),
            ..span
        },
        false => span,
    }
}

/// A text as it may be drawn: what it holds never speaks to the terminal.
fn shown(source: &Source) -> Source {
    let mut shown = source.clone();
    shown.text = visible(&source.text).into_owned();
    shown.name = visible(&source.name).into_owned();
    shown
}

/// A text that gives whole lines, without lines around them, and counts columns in characters.
#[derive(Debug)]
struct Lines(Source);

impl SourceCode for Lines {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = &self.0.text;
        let (start, end) = (span.offset(), span.offset() + span.len());
        let (before, within) = (text.get(..start), text.get(..end));
        let (Some(before), Some(within)) = (before, within) else {
            return Err(MietteError::OutOfBounds);
        };
        let first = before.rfind('\n').map_or(0, |at| at + 1);
        let last = text[within.len()..].find('\n').map_or(text.len(), |more| end + more);
        // The place of the label itself is asked for as an empty surrounding too: the column is that of the label.
        let column = before[first..].chars().count();
        let line = before.matches('\n').count();
        let lines = text[first..last].matches('\n').count() + 1;
        let whole = SourceSpan::from((first, last - first));
        let name = self.0.name.clone();
        let data = &text.as_bytes()[first..last];
        Ok(Box::new(MietteSpanContents::new_named(
            name, data, whole, line, column, lines,
        )))
    }
}

/// A finding as miette reads it.
#[derive(Debug)]
struct Drawn {
    source: Lines,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Drawn {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawn {}

impl miette::Diagnostic for Drawn {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
