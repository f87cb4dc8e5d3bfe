//! One mistake, one finding: where a rule of a pack says of a place what a built-in rule says too, the pack's speaks, with
//! its article.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::noun::AnyNoun;
use crate::model::{Model, Waiver};
use crate::source::Span;

/// Built-in rules, and what a rule asks for that says the same.
const SAME: &[(&str, &[&str])] = &[
    ("consent_not_withdrawable", &["withdraw"]),
    ("no_retention", &["keep", "keep.end"]),
    ("right_without_channel", &["channel"]),
    ("transfer_without_safeguard", &["country", "safeguard"]),
];

/// Leaves out findings of built-in rules that a pack's say at least as gravely of the same noun or one around it. One that
/// somebody has accepted stays, so that the waiver does not depend on the law.
pub(super) fn once(model: &Model, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told: HashMap<Span, Vec<(Severity, Vec<String>)>> = HashMap::new();
    for one in found.iter().filter(|one| !one.lacks.is_empty()) {
        if let Some(place) = one.place() {
            told.entry(place).or_default().push((one.severity, one.lacks.clone()));
        }
    }
    if told.is_empty() {
        return found;
    }
    let named: HashMap<Span, AnyNoun> = model.nouns().map(|(noun, common)| (common.name_span, noun)).collect();
    found.retain(|one| {
        let Some((_, asked)) = SAME.iter().find(|(code, _)| *code == one.code) else {
            return true;
        };
        let (Some(place), Some(noun)) = (one.place(), one.place().and_then(|place| named.get(&place))) else {
            return true;
        };
        let says_it = |(severity, lacks): &(Severity, Vec<String>)| {
            *severity >= one.severity && lacks.iter().any(|lack| asked.contains(&lack.as_str()))
        };
        let mut around = std::iter::once(*noun).chain(model.ancestors(*noun));
        let said = around.any(|noun| {
            let header = model.noun(noun).map(|common| common.header);
            header
                .and_then(|header| told.get(&header))
                .is_some_and(|told| told.iter().any(says_it))
        });
        let accepts =
            |waiver: &Waiver| waiver.code.value == one.code && (waiver.whole_project || waiver.covers.holds(place));
        !said || model.waivers.iter().any(accepts)
    });
    found
}
