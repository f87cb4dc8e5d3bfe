//! `missing_policy`: the project declares no document.

use super::{Facts, finding};
use crate::diagnostic::Diagnostic;
use crate::graph::span_of;
use crate::meaning::SentenceRef;
use crate::model::Member;
use crate::source::{Origin, Source, SourceId, Span};

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    if model.policy.is_some() {
        return Vec::new();
    }
    // A project in which nothing is written lacks its policy at the beginning of its first file.
    let own = |(source, text): (SourceId, &Source)| {
        (text.origin == Origin::Project).then_some(Span {
            source,
            start: 0,
            end: 0,
        })
    };
    let place = model.outline.iter().find_map(|member| place(facts, member));
    let place = place.or_else(|| facts.sources.iter().find_map(own));
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
