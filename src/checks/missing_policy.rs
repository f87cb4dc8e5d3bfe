//! `missing_policy`: the project declares no document.

use super::{Facts, finding};
use crate::diagnostic::Diagnostic;
use crate::graph::span_of;
use crate::meaning::SentenceRef;
use crate::model::Member;
use crate::source::Span;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    if model.policy.is_some() {
        return Vec::new();
    }
    let place = model.outline.iter().find_map(|member| place(facts, member));
    let told = place.map(|at| {
        finding(
            "missing_policy",
            "the project declares no policy",
            at,
            "whose document is this?",
        )
        .because("without a policy there is no title, no date and no law to check against, and the notice has no head")
        .help("declare one: `policy NAME \"…\" { effective: 2026-01-01 law: kg }`")
    });
    told.into_iter().collect()
}

fn place(facts: &Facts<'_>, member: &Member) -> Option<Span> {
    let model = facts.model;
    match member {
        Member::Noun(noun) => model.noun(*noun).map(|noun| noun.header),
        Member::Section(section) => section.members.iter().find_map(|member| place(facts, member)),
        Member::Block(at) => model.blocks.get(*at).map(|block| block.header),
        Member::Ban(at) => Some(span_of(model, SentenceRef::Ban(*at))),
        Member::Clause(at) => model.clauses.get(*at).map(|clause| clause.span),
    }
}
