//! The checks: rules read the model, its meaning and the flow graph, and nobody writes.
//!
//! A rule is a pair of files, `CODE.rs` and `CODE.md`. [`RULES`] is the registry; `explain`, the editor's hover, the
//! rule help of SARIF and the documentation are derived from it, and the blocks of each page run as tests. Rules of law
//! packs are data: [`law`] runs them, and their codes begin with the name of the pack.

pub mod caps;
mod conflict;
mod consent_not_withdrawable;
mod contradicting_ends;
mod data_without_purpose;
mod dead_statement;
mod duty_without_owner;
mod edit;
mod empty_promise;
mod ends;
mod flows;
mod kept_after_consent;
mod kept_after_purpose;
mod kept_by_recipient;
mod kept_longer_than_parent;
pub mod law;
mod missing_effective;
mod missing_label;
mod missing_policy;
pub mod narrowing;
mod near;
mod no_basis;
mod no_contact;
mod no_purpose;
mod no_retention;
mod no_source;
pub mod onward_transfer;
pub mod pairs;
mod purpose_creep;
mod purpose_without_data;
mod repeated_statement;
mod replaced_noun;
mod right_without_channel;
mod shared_not_collected;
mod term_before_definition;
mod told_by_law;
mod trail;
mod transfer_without_safeguard;
mod tree;
mod unused_noun;
mod unused_term;
mod used_not_collected;
pub mod witness;
pub mod worlds;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity, sorted};
use crate::graph::FlowGraph;
use crate::meaning::Meaning;
use crate::model::Model;
use crate::source::{Origin, Sources, Span};

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

use Severity::{Error, Note, Warning};

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
        "contradicting_ends",
        Error,
        "The same data are kept on one ground for two terms that contradict each other.",
        include_str!("contradicting_ends.md"),
        Some(contradicting_ends::check),
    ),
    rule(
        "cycle",
        Error,
        "Nouns are, by way of each other, below themselves.",
        include_str!("cycle.md"),
        None,
    ),
    rule(
        "data_without_purpose",
        Warning,
        "Data are collected, and no statement says for what.",
        include_str!("data_without_purpose.md"),
        Some(data_without_purpose::check),
    ),
    rule(
        "dead_statement",
        Warning,
        "A statement can never allow anything.",
        include_str!("dead_statement.md"),
        Some(dead_statement::check),
    ),
    rule(
        "declared_twice",
        Error,
        "Two nouns have one name, or two sentences one id.",
        include_str!("declared_twice.md"),
        None,
    ),
    rule(
        "duty_without_owner",
        Warning,
        "A duty is stated, and not whose duty it is.",
        include_str!("duty_without_owner.md"),
        Some(duty_without_owner::check),
    ),
    rule(
        "empty_promise",
        Warning,
        "A promise names something under which the policy declares nothing.",
        include_str!("empty_promise.md"),
        Some(empty_promise::check),
    ),
    rule(
        "kept_after_consent",
        Warning,
        "Data are to be kept longer than the consent lasts on which alone that rests.",
        include_str!("kept_after_consent.md"),
        Some(kept_after_consent::check),
    ),
    rule(
        "kept_after_purpose",
        Warning,
        "Data are to be kept after the only purposes for which they are kept have been reached.",
        include_str!("kept_after_purpose.md"),
        Some(kept_after_purpose::check),
    ),
    rule(
        "kept_by_recipient",
        Warning,
        "A recipient keeps data longer than those who gave them.",
        include_str!("kept_by_recipient.md"),
        Some(kept_by_recipient::check),
    ),
    rule(
        "kept_longer_than_parent",
        Warning,
        "A part of some data is kept longer than the whole, on the same ground.",
        include_str!("kept_longer_than_parent.md"),
        Some(kept_longer_than_parent::check),
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
        "missing_label",
        Warning,
        "A noun has no label, and the notice prints its name.",
        include_str!("missing_label.md"),
        Some(missing_label::check),
    ),
    rule(
        "missing_policy",
        Warning,
        "The project declares no policy.",
        include_str!("missing_policy.md"),
        Some(missing_policy::check),
    ),
    rule(
        "no_basis",
        Error,
        "Data are processed without a legal basis.",
        include_str!("no_basis.md"),
        Some(no_basis::check),
    ),
    rule(
        "no_contact",
        Warning,
        "A controller cannot be reached: no address, telephone or e-mail.",
        include_str!("no_contact.md"),
        Some(no_contact::check),
    ),
    rule(
        "no_purpose",
        Warning,
        "Data are collected or kept, and neither the sentence nor its block says for what.",
        include_str!("no_purpose.md"),
        Some(no_purpose::check),
    ),
    rule(
        "no_retention",
        Warning,
        "Data are collected or stored without a term.",
        include_str!("no_retention.md"),
        Some(no_retention::check),
    ),
    rule(
        "no_source",
        Warning,
        "Data are collected, and nobody says from where.",
        include_str!("no_source.md"),
        Some(no_source::check),
    ),
    rule(
        "onward_transfer",
        Error,
        "A promise is kept by the statements and broken by those to whom recipients pass data on.",
        include_str!("onward_transfer.md"),
        Some(onward_transfer::check),
    ),
    rule(
        "purpose_creep",
        Warning,
        "Data are used or given away for a purpose for which nothing collects them.",
        include_str!("purpose_creep.md"),
        Some(purpose_creep::check),
    ),
    rule(
        "purpose_without_data",
        Warning,
        "A purpose is declared, but no data are processed for it.",
        include_str!("purpose_without_data.md"),
        Some(purpose_without_data::check),
    ),
    rule(
        "repeated_statement",
        Warning,
        "A statement permits nothing that another does not permit too.",
        include_str!("repeated_statement.md"),
        Some(repeated_statement::check),
    ),
    rule(
        "replaced_noun",
        Note,
        "A noun of the taxonomy or of a law has been replaced by another.",
        include_str!("replaced_noun.md"),
        Some(replaced_noun::check),
    ),
    rule(
        "right_without_channel",
        Warning,
        "A right is granted, and nothing says how to use it.",
        include_str!("right_without_channel.md"),
        Some(right_without_channel::check),
    ),
    rule(
        "shadows_pack",
        Warning,
        "A noun hides one of a law pack or of the taxonomy of the same kind and name.",
        include_str!("shadows_pack.md"),
        None,
    ),
    rule(
        "shared_not_collected",
        Warning,
        "A recipient receives data that no statement collects.",
        include_str!("shared_not_collected.md"),
        Some(shared_not_collected::check),
    ),
    rule(
        "term_before_definition",
        Warning,
        "A chapter uses a term that only a later one defines.",
        include_str!("term_before_definition.md"),
        Some(term_before_definition::check),
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
        unused_noun::CODE,
        Warning,
        "A noun is declared, and nothing is said of it.",
        include_str!("unused_noun.md"),
        Some(unused_noun::check),
    ),
    rule(
        "unused_pack",
        Warning,
        "A pack of the project's own is not applied.",
        include_str!("unused_pack.md"),
        None,
    ),
    rule(
        "unused_term",
        Warning,
        "A term is defined, and its word is said nowhere else.",
        include_str!("unused_term.md"),
        Some(unused_term::check),
    ),
    rule(
        "unused_waiver",
        Warning,
        "A waiver accepts nothing, or is past its date.",
        include_str!("unused_waiver.md"),
        None,
    ),
    rule(
        "used_not_collected",
        Warning,
        "Data are used, and no statement collects them.",
        include_str!("used_not_collected.md"),
        Some(used_not_collected::check),
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
    sorted(without_unused(model, sources, told_by_law::once(model, found)))
}

/// Of a noun of which nothing is said nothing else needs mending: one finding is enough. What also lies elsewhere in the
/// project stays.
fn without_unused(model: &Model, sources: &Sources, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_unused = |found: &Diagnostic| found.code == unused_noun::CODE;
    let names: BTreeSet<Span> = found
        .iter()
        .filter(|one| is_unused(one))
        .filter_map(Diagnostic::place)
        .collect();
    if names.is_empty() {
        return found;
    }
    let unused = model.nouns().filter(|(_, noun)| names.contains(&noun.name_span));
    let mut unused: Vec<Span> = unused.map(|(_, noun)| noun.span).collect();
    unused.sort_unstable();
    let of_project = |span: &Span| {
        sources
            .get(span.source)
            .is_some_and(|source| source.origin == Origin::Project)
    };
    found.retain(|one| {
        let mut places = one.labels.iter().map(|label| label.span).filter(of_project).peekable();
        // They do not lie in each other: the last one that begins before a place is the one that may hold it.
        let before =
            |place: Span| unused.partition_point(|noun| (noun.source, noun.start) <= (place.source, place.start));
        let within = |place: Span| before(place).checked_sub(1).is_some_and(|at| unused[at].holds(place));
        is_unused(one) || places.peek().is_none() || !places.all(within)
    });
    found
}

/// A finding of a built-in rule, as heavy as the table says.
fn finding(
    code: &'static str,
    message: impl Into<crate::diagnostic::Text>,
    at: Span,
    here: impl Into<crate::diagnostic::Text>,
) -> Diagnostic {
    let severity = rule_named(code).map_or(Error, |rule| rule.severity);
    Diagnostic::new(code, severity, message, at, here)
}
