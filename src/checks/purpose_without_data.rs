//! `purpose_without_data`: a purpose is declared, but no data are processed for it.

use std::collections::BTreeMap;

use super::tree::{called, topmost};
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Relation, any};
use crate::model::noun::AnyNoun;
use crate::source::Span;
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let purposes = &facts.model.purposes;
    let idle = |id| facts.graph.to(any(Kind::Purpose, id), Relation::Serves).is_empty();
    let mut first_uses: BTreeMap<AnyNoun, Span> = BTreeMap::new();
    for used in facts.model.uses.iter().filter(|used| used.noun.kind == Kind::Purpose) {
        first_uses.entry(used.noun).or_insert(used.span);
    }
    topmost(purposes, idle)
        .into_iter()
        .map(|id| {
            let purpose = &purposes[id];
            let mut diagnostic = finding(
                "purpose_without_data",
                Text::new("no data are processed for {purpose}").with("purpose", called(purpose)),
                purpose.name_span,
                "no data",
            )
            .because("a reader cannot tell which data this purpose concerns, and the bundle denies all of them")
            .help(
                Text::new("say which data it needs (`use DATA for {purpose}`), or remove the purpose")
                    .with("purpose", purpose.path.clone()),
            );
            if let Some(used) = first_uses.get(&any(Kind::Purpose, id)) {
                diagnostic = diagnostic.and(*used, "named here");
            }
            diagnostic
        })
        .collect()
}
