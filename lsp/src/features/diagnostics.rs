//! Findings in the editor: pushed, and asked for.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::Arc;

use kupuya::diagnostic::{Diagnostic as Finding, Severity};
use kupuya::messages::Language;
use kupuya::source::{SourceId, Span};

use crate::positions::Lines;
use crate::proto::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    FullDocumentDiagnosticReport, Location, NumberOrString, PreviousResultId, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use crate::snapshot::Snapshot;
use crate::view::View;
use crate::workspace::State;

/// So many findings of one file are shown: more are no help to anyone who types.
const MOST: usize = 200;

/// Where the pages of the rules are read.
const PAGES: &str = "https://github.com/kupuya/kupuya/blob/main/src/checks";

/// Findings of the view's document.
#[must_use]
pub fn of_document(view: &View) -> Vec<Diagnostic> {
    of_source(view, view.source)
}

/// Findings of every file of every project, files without any too; of those that the client knows already, only that.
#[must_use]
pub fn of_workspace(state: &State, known: &[PreviousResultId]) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let mut reports = Vec::new();
    for view in View::one_a_project(state) {
        for (source, path) in view.snapshot.files() {
            let Some(uri) = view.uri(path) else { continue };
            reports.push(report(state, path, uri, of_source(&view, source), known));
        }
    }
    for snapshot in state.snapshots.values() {
        if let (Some((uri, items)), Some(manifest)) = (of_settings(state, snapshot), &snapshot.frame.manifest) {
            reports.push(report(state, &manifest.path, uri, items, known));
        }
    }
    reports
}

fn report(
    state: &State,
    path: &Path,
    uri: Uri,
    items: Vec<Diagnostic>,
    known: &[PreviousResultId],
) -> WorkspaceDocumentDiagnosticReport {
    let name = name(&items);
    let version = state.documents.get(path).map(|document| i64::from(document.version));
    if known.iter().any(|before| before.uri == uri && before.value == name) {
        return WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: name },
        });
    }
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(name),
            items,
        },
    })
}

/// A name for some findings: equal findings have equal names.
#[must_use]
pub fn name(found: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(found).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
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

/// Findings about the settings of a project, with the address of their file; `None` if it has no such file.
#[must_use]
pub fn of_settings(state: &State, snapshot: &Snapshot) -> Option<(Uri, Vec<Diagnostic>)> {
    let manifest = snapshot.frame.manifest.as_ref()?;
    let uri = match state.documents.get(&manifest.path) {
        Some(document) => document.uri.clone(),
        None => Uri::from_file_path(&manifest.path)?,
    };
    let lines = Lines::of(&manifest.text);
    let place = |span: Span| {
        let bytes = span.start as usize..span.end as usize;
        Some(Location {
            uri: uri.clone(),
            range: lines.range(&manifest.text, bytes, state.encoding),
        })
    };
    let found = snapshot.of_settings();
    let told = found.filter_map(|finding| told(finding, snapshot.frame.language, &place));
    let told = told.collect();
    Some((uri, told))
}

/// Findings about the settings in a file; `None` if no project has it.
#[must_use]
pub fn of_settings_at(state: &State, path: &Path) -> Option<Vec<Diagnostic>> {
    let has = |snapshot: &&Arc<Snapshot>| {
        let manifest = snapshot.frame.manifest.as_ref();
        manifest.is_some_and(|manifest| manifest.path == path)
    };
    let snapshot = state.snapshots.values().find(has)?;
    Some(of_settings(state, snapshot)?.1)
}

/// One finding in the client's terms.
#[must_use]
pub fn diagnostic(view: &View, finding: &Finding) -> Option<Diagnostic> {
    told(finding, view.snapshot.frame.language, &|span| view.location(span))
}

fn told(finding: &Finding, language: Language, place: &dyn Fn(Span) -> Option<Location>) -> Option<Diagnostic> {
    let (first, others) = finding.labels.split_first()?;
    let mut message = finding.message.told(language);
    for more in [&finding.why, &finding.help].into_iter().flatten() {
        message.push_str("\n\n");
        message.push_str(&more.told(language));
    }
    if let Some(citation) = &finding.citation {
        message.push_str(&format!("\n\n{}: {}", citation.pack, citation.article));
    }
    let related = others
        .iter()
        .filter_map(|label| {
            Some(DiagnosticRelatedInformation {
                location: place(label.span)?,
                message: label.text.told(language),
            })
        })
        .collect::<Vec<_>>();
    Some(Diagnostic {
        range: place(first.span)?.range,
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
pub(super) fn page(code: &str) -> Option<CodeDescription> {
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
