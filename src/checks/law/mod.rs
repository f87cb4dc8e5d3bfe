//! Rules of law packs and house rules: `each NOUN [except …] [where TEST] must TEST` over the project, and the findings of
//! packs' promises and restrictions. Nothing here changes a verdict.

mod absent;
pub mod ages;
mod atoms;
pub mod bans;
pub mod detectors;
pub mod fields;
pub mod judge;
mod mend;
pub mod names;
pub mod pages;
pub mod paths;
pub mod project;
mod report;

use super::Facts;
use crate::diagnostic::Diagnostic;
use fields::Value;
use judge::{Blame, judge};
pub use mend::{asked_for, means};
use project::Project;

use crate::model::{Model, Pack, Rule};
use crate::syntax::ast::Each;

/// An element that breaks a rule.
#[derive(Clone, Debug)]
struct Broken {
    element: Value,
    blame: Vec<Blame>,
    /// Whether the rule applies at all is not known.
    undecided: Vec<Blame>,
}

/// Runs every `each` of the rules in force.
pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    if model.rules.is_empty() {
        return Vec::new();
    }
    let project = Project::of(facts);
    let mut found = Vec::new();
    for rule in &model.rules {
        let Some(pack) = model.packs.get(rule.pack) else {
            continue;
        };
        let unknown = names::unknown(model, pack, rule);
        if !unknown.is_empty() {
            found.extend(unknown.into_iter().filter_map(|(name, wrong)| told(model, name, wrong)));
            continue;
        }
        for each in &rule.each {
            let broken = broken(&project, pack, each);
            found.extend(report::findings(&project, pack, rule, each, broken));
        }
    }
    found
}

/// Names in the rules in force that stand for nothing.
#[must_use]
pub fn unknown_names(model: &Model) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for rule in &model.rules {
        if let Some(pack) = model.packs.get(rule.pack) {
            let unknown = names::unknown(model, pack, rule).into_iter();
            all.extend(unknown.filter_map(|(name, wrong)| told(model, name, wrong)));
        }
    }
    all
}

/// A name that stands in a declaration that could not be read is not missing.
fn told(model: &Model, name: &str, wrong: Diagnostic) -> Option<Diagnostic> {
    (!model.unread.contains(name)).then_some(wrong)
}

fn broken(project: &Project<'_>, pack: &Pack, each: &Each) -> Vec<Broken> {
    let Some(name) = project.resolve(pack, &each.noun.text()) else {
        return Vec::new();
    };
    let except: Vec<names::Name> = each
        .except
        .iter()
        .filter_map(|path| project.resolve(pack, &path.text()))
        .collect();
    let mut broken = Vec::new();
    for element in paths::universe(project, name) {
        if except.iter().any(|name| paths::belongs(project, element, *name)) {
            continue;
        }
        let applies = each.condition.as_ref().map(|test| judge(project, pack, element, test));
        if applies.as_ref().is_some_and(|verdict| verdict.truth == Some(false)) {
            continue;
        }
        let Some(must) = &each.must else { continue };
        let verdict = judge(project, pack, element, must);
        // What is not known is not stated, and what must be must be stated.
        if verdict.truth != Some(true) {
            broken.push(Broken {
                element,
                blame: verdict.blame,
                undecided: applies.map(|verdict| verdict.blame).unwrap_or_default(),
            });
        }
    }
    broken
}

/// The severity one level lower.
fn lower(rule: &Rule) -> crate::diagnostic::Severity {
    use crate::diagnostic::Severity::{Error, Note, Warning};
    match rule.severity {
        Error => Warning,
        Warning | Note => Note,
    }
}
