//! The checks: rules read the model, its meaning and the flow graph, and nobody writes.
//!
//! A rule is a pair of files, `CODE.rs` and `CODE.md`. [`RULES`] is the registry; `explain`, the editor's hover, the
//! rule help of SARIF and the documentation are derived from it, and the blocks of each page run as tests. Rules of law
//! packs are data: [`law`] runs them, and their codes begin with the name of the pack.

mod conflict;
mod consent_not_withdrawable;
mod edit;
pub mod law;
mod missing_effective;
mod no_basis;
mod no_retention;
pub mod pairs;
mod purpose_without_data;
mod transfer_without_safeguard;
mod tree;
mod unused_noun;
pub mod witness;
pub mod worlds;

use crate::diagnostic::{Diagnostic, Severity, sorted};
use crate::graph::FlowGraph;
use crate::meaning::Meaning;
use crate::model::Model;
use crate::source::Sources;

/// What a rule reads.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The model.
    pub model: &'a Model,
    /// What its sentences mean.
    pub meaning: &'a Meaning,
    /// Who gets which data, for what, on what ground.
    pub graph: &'a FlowGraph,
    /// The texts, for the shape of edits alone.
    pub sources: &'a Sources,
}

/// What finds the cases of a rule.
pub type Check = fn(&Facts<'_>) -> Vec<Diagnostic>;

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name: it reads well after `waive`.
    pub code: &'static str,
    /// The pattern found, in one sentence.
    pub summary: &'static str,
    /// How much a finding weighs if `kupuya.toml` does not say otherwise.
    pub severity: Severity,
    /// Its page.
    pub page: &'static str,
    /// What finds it; `None` where an earlier or later stage does, which alone sees it.
    pub check: Option<Check>,
}

const fn rule(
    code: &'static str,
    severity: Severity,
    summary: &'static str,
    page: &'static str,
    check: Option<Check>,
) -> Rule {
    Rule {
        code,
        summary,
        severity,
        page,
        check,
    }
}

use Severity::{Error, Warning};

/// Every rule, sorted by code.
pub const RULES: &[Rule] = &[
    rule(
        "conflict",
        Error,
        "A promise or restriction forbids all that a statement could ever allow somewhere.",
        include_str!("conflict.md"),
        Some(conflict::check),
    ),
    rule(
        "consent_not_withdrawable",
        Error,
        "A consent says no way to take it back.",
        include_str!("consent_not_withdrawable.md"),
        Some(consent_not_withdrawable::check),
    ),
    rule(
        "cycle",
        Error,
        "Nouns are, by way of each other, below themselves.",
        include_str!("cycle.md"),
        None,
    ),
    rule(
        "declared_twice",
        Error,
        "Two nouns have one name.",
        include_str!("declared_twice.md"),
        None,
    ),
    rule(
        "missing_controller",
        Error,
        "Nobody answers for the processing.",
        include_str!("missing_controller.md"),
        None,
    ),
    rule(
        "missing_effective",
        Warning,
        "The document does not say from which day it is in force.",
        include_str!("missing_effective.md"),
        Some(missing_effective::check),
    ),
    rule(
        "no_basis",
        Error,
        "Data are processed without a legal basis.",
        include_str!("no_basis.md"),
        Some(no_basis::check),
    ),
    rule(
        "no_retention",
        Warning,
        "Data are collected or stored without a term.",
        include_str!("no_retention.md"),
        Some(no_retention::check),
    ),
    rule(
        "purpose_without_data",
        Warning,
        "A purpose is declared, but no data are processed for it.",
        include_str!("purpose_without_data.md"),
        Some(purpose_without_data::check),
    ),
    rule(
        "shadows_pack",
        Warning,
        "A noun hides one of a law pack or of the taxonomy of the same kind and name.",
        include_str!("shadows_pack.md"),
        None,
    ),
    rule(
        "transfer_without_safeguard",
        Error,
        "Data go abroad, and the country or what protects them there is not stated.",
        include_str!("transfer_without_safeguard.md"),
        Some(transfer_without_safeguard::check),
    ),
    rule(
        "unknown_name",
        Error,
        "A name stands for nothing that is declared.",
        include_str!("unknown_name.md"),
        None,
    ),
    rule(
        "unused_noun",
        Warning,
        "A noun is declared, and nothing is said of it.",
        include_str!("unused_noun.md"),
        Some(unused_noun::check),
    ),
    rule(
        "unused_waiver",
        Warning,
        "A waiver accepts nothing, or is past its date.",
        include_str!("unused_waiver.md"),
        None,
    ),
];

/// The rule with this code; rules of packs are not among them.
#[must_use]
pub fn rule_named(code: &str) -> Option<&'static Rule> {
    RULES
        .binary_search_by(|rule| rule.code.cmp(code))
        .ok()
        .and_then(|at| RULES.get(at))
}

/// Runs every rule, and those of the packs in force. Sorted by place.
#[must_use]
pub fn run(model: &Model, meaning: &Meaning, graph: &FlowGraph, sources: &Sources) -> Vec<Diagnostic> {
    let facts = Facts {
        model,
        meaning,
        graph,
        sources,
    };
    let mut found: Vec<Diagnostic> = RULES
        .iter()
        .filter_map(|rule| rule.check)
        .flat_map(|check| check(&facts))
        .collect();
    found.extend(law::check(&facts));
    sorted(found)
}

/// A finding of a built-in rule, as heavy as the table says.
fn finding(
    code: &'static str,
    message: impl Into<crate::diagnostic::Text>,
    at: crate::source::Span,
    here: impl Into<crate::diagnostic::Text>,
) -> Diagnostic {
    let severity = rule_named(code).map_or(Error, |rule| rule.severity);
    Diagnostic::new(code, severity, message, at, here)
}
