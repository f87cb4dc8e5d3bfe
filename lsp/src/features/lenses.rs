//! A line above declarations: how much hangs on them, and in which clauses they end.

use kupuya::meaning::SentenceRef;
use kupuya::source::Origin;
use kupuya::syntax::vocabulary::Kind;

use serde_json::json;

use super::commands;
use crate::facts;
use crate::proto::{CodeLens, Command};
use crate::view::View;

/// The lenses of the view's document.
#[must_use]
pub fn lenses(view: &View) -> Vec<CodeLens> {
    let mut all = of_nouns(view);
    all.extend(of_scenarios(view));
    all.sort_by_key(|lens| lens.range.start);
    all
}

/// Above each scenario, what it comes to; pressing it runs it again.
fn of_scenarios(view: &View) -> Vec<CodeLens> {
    let results = view.snapshot.scenarios().unwrap_or_default();
    let scenarios = view.snapshot.analysis.model.scenarios.iter().zip(results);
    let Some(uri) = view.address() else { return Vec::new() };
    scenarios
        .filter(|(scenario, _)| scenario.label.span.source == view.source)
        .map(|(scenario, ran)| {
            let title = if ran.failed.is_empty() {
                format!("✓ {} · run scenario", counted(ran.passed, "line"))
            } else {
                let all = ran.passed + ran.failed.len();
                format!("✗ {} of {} · run scenario", ran.failed.len(), counted(all, "line"))
            };
            CodeLens {
                range: view.range(scenario.label.span),
                command: Some(Command {
                    title,
                    command: commands::RUN_SCENARIO.to_owned(),
                    arguments: Some(vec![json!(uri.as_str()), json!(ran.label)]),
                }),
                data: None,
            }
        })
        .collect()
}

fn of_nouns(view: &View) -> Vec<CodeLens> {
    view.snapshot
        .nouns()
        .filter(|(noun, common)| {
            matches!(noun.kind, Kind::Data | Kind::Purpose | Kind::Recipient | Kind::Basis)
                && common.origin == Origin::Project
                && common.name_span.source == view.source
        })
        .map(|(noun, common)| {
            let facts = facts::of_noun(&view.snapshot, noun);
            let flows = facts
                .sentences
                .iter()
                .filter(|sentence| matches!(sentence, SentenceRef::Permission(_)))
                .count();
            let mut parts = vec![counted(flows, "flow")];
            if matches!(noun.kind, Kind::Data | Kind::Purpose) {
                parts.push(counted(facts.recipients.len(), "recipient"));
            }
            if let Some((number, _)) = facts.clauses.first() {
                parts.push(format!("clause {number}"));
            }
            CodeLens {
                range: view.range(common.name_span),
                command: Some(Command {
                    title: parts.join(" · "),
                    command: String::new(),
                    arguments: None,
                }),
                data: None,
            }
        })
        .collect()
}

fn counted(count: usize, what: &str) -> String {
    let many = if count == 1 { "" } else { "s" };
    format!("{count} {what}{many}")
}
