//! What may be done: about a finding each of its edits, accepting it with a reason, declaring what is named; all safe edits
//! at once; without any finding, saying once what a block says again and again, and sorting.

mod declare;
mod extract;
mod sort;

use std::collections::HashMap;

use kupuya::diagnostic::{Applicability, Diagnostic as Finding, Fix};
use kupuya::fixes;
use kupuya::source::Span;
use kupuya::syntax::ast::{Item, Node};

use super::diagnostics;
use crate::proto::{CodeAction, CodeActionKind, CodeActionOrCommand, Range, TextEdit, Uri, WorkspaceEdit};
use crate::view::View;

/// Everything of the project that is safe.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.kupuya");

/// What may be done in a range.
#[must_use]
pub fn actions(view: &View, range: Range, only: Option<&[CodeActionKind]>) -> Vec<CodeActionOrCommand> {
    let wanted = |kind: &CodeActionKind| {
        only.is_none_or(|only| {
            only.iter()
                .any(|one| kind.as_str() == one.as_str() || kind.as_str().starts_with(&format!("{}.", one.as_str())))
        })
    };
    let mut found = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        for finding in here(view, range) {
            let preferred = finding.fixes.len() == 1;
            found.extend(
                finding
                    .fixes
                    .iter()
                    .filter_map(|fix| of_fix(view, finding, fix, preferred)),
            );
            found.extend(declare::declare(view, finding));
            found.extend(waive(view, finding));
        }
    }
    if wanted(&CodeActionKind::REFACTOR_EXTRACT) {
        found.extend(extract::extract(view, range));
    }
    if wanted(&CodeActionKind::REFACTOR_REWRITE) {
        found.extend(sort::sort(view, range));
    }
    if wanted(&FIX_ALL) {
        found.extend(fix_all(view));
    }
    found.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

fn here(view: &View, range: Range) -> Vec<&Finding> {
    let touches = |span: Span| {
        let at = view.range(span);
        at.start <= range.end && range.start <= at.end
    };
    view.snapshot
        .analysis
        .findings
        .iter()
        .filter(|finding| {
            finding
                .place()
                .is_some_and(|at| at.source == view.source && touches(at))
        })
        .collect()
}

fn of_fix(view: &View, finding: &Finding, fix: &Fix, only_one: bool) -> Option<CodeAction> {
    let safe = fix.applicability == Applicability::Safe;
    Some(CodeAction {
        title: fix.title.told(view.snapshot.frame.language),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostics::diagnostic(view, finding)?]),
        edit: Some(edit(view, fixes::edits(&view.snapshot.sources, fix).iter())?),
        is_preferred: Some(safe && only_one),
        ..CodeAction::default()
    })
}

/// Accepts a finding: a waiver above the statement or declaration in which it stands, and above its id and the comments
/// that stand right over it, with a reason to be written.
fn waive(view: &View, finding: &Finding) -> Option<CodeAction> {
    let place = finding.place()?;
    if !kupuya::pipeline::is_rule(&view.snapshot.analysis.model, &finding.code) {
        return None;
    }
    let text = &view.snapshot.sources.get(place.source)?.text;
    let mut files = view.snapshot.analysis.files.iter();
    let file = files.find(|file| file.source == place.source)?;
    let item = waivable(&file.items, place)?;
    let line = sort::with_comments_above(text, item.span.start as usize);
    let indent: String = text[line..]
        .chars()
        .take_while(|letter| *letter == ' ' || *letter == '\t')
        .collect();
    let at = u32::try_from(line).ok()?;
    let above = Span {
        start: at,
        end: at,
        ..place
    };
    let waiver = format!("{indent}waive {} \"reason\"\n", finding.code);
    Some(CodeAction {
        title: format!("Accept `{}` with a reason", finding.code),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostics::diagnostic(view, finding)?]),
        edit: Some(edit(view, std::iter::once(&(above, waiver)))?),
        ..CodeAction::default()
    })
}

/// The innermost statement or declaration around a place: what a waiver may stand above.
fn waivable(items: &[Item], place: Span) -> Option<&Item> {
    let around = |item: &&Item| item.span.start <= place.start && place.end <= item.span.end;
    let item = items.iter().find(around)?;
    match &item.node {
        Node::Declaration(one) => waivable(&one.items, place).or(Some(item)),
        Node::Sentence(_) => Some(item),
        Node::Field(_) | Node::Each(_) | Node::Expectation(_) | Node::Error => None,
    }
}

/// What is new, with lines that end as those of the text do that it comes into.
pub(super) fn with_line_ends(new: &str, text: &str) -> String {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => new.replace("\r\n", "\n").replace('\n', "\r\n"),
        _ => new.to_owned(),
    }
}

fn fix_all(view: &View) -> Option<CodeAction> {
    let safe = view
        .snapshot
        .analysis
        .findings
        .iter()
        .filter(|finding| finding.place().is_some_and(|at| at.source == view.source))
        .filter_map(fixes::safe)
        .collect::<Vec<_>>();
    if safe.is_empty() {
        return None;
    }
    // Edits that touch each other are left for the next time.
    let mut edits: Vec<(Span, String)> = Vec::new();
    for one in safe.iter().flat_map(|fix| fixes::edits(&view.snapshot.sources, fix)) {
        let apart = |other: &(Span, String)| one.0.end < other.0.start || other.0.end < one.0.start;
        if edits.iter().all(apart) {
            edits.push(one);
        }
    }
    Some(CodeAction {
        title: "Make all safe edits".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(edit(view, edits.iter())?),
        ..CodeAction::default()
    })
}

fn edit<'e>(view: &View, edits: impl Iterator<Item = &'e (Span, String)>) -> Option<WorkspaceEdit> {
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for (span, new) in edits {
        let location = view.location(*span)?;
        let text = view.snapshot.sources.get(span.source).map_or("", |source| &source.text);
        changes.entry(location.uri).or_default().push(TextEdit {
            range: location.range,
            new_text: with_line_ends(new, text),
        });
    }
    Some(WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    })
}
