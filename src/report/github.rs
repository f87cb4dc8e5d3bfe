//! Diagnostics as workflow commands of GitHub Actions, which show them as annotations of the changed lines.

use super::{notes, severity_word};
use crate::diagnostic::{Diagnostic, Severity};
use crate::messages::Language;
use crate::source::Sources;

/// One finding as a line, without the line end.
#[must_use]
pub fn line(sources: &Sources, diagnostic: &Diagnostic, language: Language) -> String {
    let command = match diagnostic.severity {
        Severity::Note => "notice",
        Severity::Warning | Severity::Error => severity_word(diagnostic.severity),
    };
    let mut properties = Vec::new();
    let place = diagnostic.place();
    if let Some((source, span)) = place.and_then(|span| Some((sources.get(span.source)?, span))) {
        let ((line, column), (end_line, end_column)) = (source.line_column(span.start), source.line_column(span.end));
        properties.push(format!("file={}", property(&source.name)));
        properties.push(format!("line={line}"));
        properties.push(format!("endLine={end_line}"));
        // Columns are taken only within one line.
        if line == end_line {
            properties.push(format!("col={column}"));
            properties.push(format!("endColumn={end_column}"));
        }
    }
    properties.push(format!("title={}", property(&diagnostic.code)));
    let mut text = diagnostic.message.told(language);
    for (word, note) in notes(diagnostic, language) {
        text.push_str(&format!("\n{word}: {note}"));
    }
    format!("::{command} {}::{}", properties.join(","), data(&text))
}

/// Escapes what would end or bend the text of a command.
pub(super) fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The same within a property, where colons and commas count too.
pub(super) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
