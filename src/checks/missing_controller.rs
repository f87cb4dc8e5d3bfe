//! `missing_controller`: nobody answers for the processing (M1).

use super::{Facts, finding};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::source::Origin;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    if model.controllers.iter().any(|(_, noun)| noun.origin == Origin::Project) {
        return Vec::new();
    }
    let policy = model.policy.as_ref();
    let header = policy.map(|policy| policy.header);
    let Some(header) = header.or_else(|| model.blocks.first().map(|block| block.header)) else {
        return Vec::new();
    };
    let diagnostic = finding(
        "missing_controller",
        "no controller is declared, so nobody answers for the processing",
        header,
        "whose policy is it?",
    )
    .help("declare who decides about purposes and means: `controller company \"…\" { address: \"…\" email: \"…\" }`");
    vec![match policy {
        Some(policy) => diagnostic.fix(Fix {
            title: Text::new("declare a controller"),
            edits: vec![(
                policy.span.after(),
                "\n\ncontroller company \"…\" {\n    address: \"…\"\n    email:   \"…\"\n}".to_owned(),
            )],
            applicability: Applicability::NeedsReview,
        }),
        None => diagnostic,
    }]
}
