//! `replaced_noun`: the project uses a noun of the taxonomy or of a law whose place another has taken.

use super::{Facts, finding};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::source::Origin;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let own = |span: crate::source::Span| facts.sources.get(span.source).map(|source| source.origin);
    let mut found = Vec::new();
    for used in model.uses.iter().filter(|used| own(used.span) == Some(Origin::Project)) {
        let Some(noun) = model.noun(used.noun).filter(|noun| noun.origin != Origin::Project) else {
            continue;
        };
        let Some(new) = noun.replaced_by else { continue };
        found.push(
            finding(
                "replaced_noun",
                Text::new("`{old}` has been replaced by `{new}`")
                    .with("old", noun.path)
                    .with("new", new.value.clone()),
                used.span,
                "the old name",
            )
            .and(new.span, "said here")
            .help(Text::new("write `{new}`").with("new", new.value.clone()))
            .fix(Fix {
                title: Text::new("write `{name}`").with("name", new.value.clone()),
                edits: vec![(used.span, new.value.clone())],
                applicability: Applicability::Safe,
                within: Vec::new(),
            }),
        );
    }
    found
}
