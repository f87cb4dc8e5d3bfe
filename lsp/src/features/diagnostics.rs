//! Findings in the editor: pushed, and asked for.

use kupuya::diagnostic::{Diagnostic as Finding, Severity};
use kupuya::source::SourceId;

use crate::proto::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString,
};
use crate::view::View;

/// So many findings of one file are shown: more are no help to anyone who types.
const MOST: usize = 200;

/// Where the pages of the rules are read.
const PAGES: &str = "https://github.com/kupuya/kupuya/blob/main/src/checks";

/// Findings of the view's document.
#[must_use]
pub fn of_document(view: &View) -> Vec<Diagnostic> {
    of_source(view, view.source)
}

fn of_source(view: &View, source: SourceId) -> Vec<Diagnostic> {
    view.snapshot
        .analysis
        .findings
        .iter()
        .filter(|finding| finding.place().is_some_and(|place| place.source == source))
        .take(MOST)
        .filter_map(|finding| diagnostic(view, finding))
        .collect()
}

/// One finding in the client's terms.
#[must_use]
pub fn diagnostic(view: &View, finding: &Finding) -> Option<Diagnostic> {
    let (first, others) = finding.labels.split_first()?;
    let mut message = finding.message.english();
    for more in [&finding.why, &finding.help].into_iter().flatten() {
        message.push_str("\n\n");
        message.push_str(&more.english());
    }
    if let Some(citation) = &finding.citation {
        message.push_str(&format!("\n\n{}: {}", citation.pack, citation.article));
    }
    let related = others
        .iter()
        .filter_map(|label| {
            Some(DiagnosticRelatedInformation {
                location: view.location(label.span)?,
                message: label.text.english(),
            })
        })
        .collect::<Vec<_>>();
    Some(Diagnostic {
        range: view.range(first.span),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.code.clone())),
        code_description: page(&finding.code),
        source: Some("kupuya".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        tags: unused(&finding.code).then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: None,
    })
}

/// The page of a rule; other codes have none that could be read in a browser.
fn page(code: &str) -> Option<CodeDescription> {
    kupuya::checks::rule_named(code)?;
    let href = format!("{PAGES}/{code}.md").parse().ok()?;
    Some(CodeDescription { href })
}

/// Findings about what nothing would miss: editors show it faded.
fn unused(code: &str) -> bool {
    matches!(
        code,
        "unused_noun" | "unused_term" | "unused_waiver" | "dead_statement" | "repeated_statement"
    )
}
