//! `missing_label`: a noun is printed in the notice and has no label, so readers see its name in the source.

use super::{Facts, finding};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::model::noun::Source;
use crate::source::Origin;
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let mut found = Vec::new();
    for (any, noun) in model.nouns() {
        let mirror = any
            .id::<Source>()
            .is_some_and(|id| model.sources[id].detail.stands_for.is_some());
        // A country is printed with the name of its code, a ground by its article.
        let printed = !matches!(any.kind, Kind::Country | Kind::Ground | Kind::Term);
        let unsaid = noun.label.is_none_or(|label| label.value.trim().is_empty());
        if noun.origin != Origin::Project || mirror || !printed || !unsaid || noun.name.is_empty() {
            continue;
        }
        let diagnostic = finding(
            "missing_label",
            Text::new("`{noun}` has no label").with("noun", noun.path),
            noun.name_span,
            "printed as it stands here",
        )
        .because("the notice is made of labels; where there is none, readers see the name in the source");
        let diagnostic = diagnostic
            .help(Text::new("write the label in Kyrgyz behind the name: `{noun} \"…\"`").with("noun", noun.name));
        // What the noun `is` has a label that may serve, else its name does until somebody finds a better one.
        let above = model.directly_above(any).filter_map(|high| model.noun(high)?.label);
        let label = above.map(|label| label.value.trim()).find(|label| !label.is_empty());
        let label = label.map_or_else(|| noun.name.replace('_', " "), str::to_owned);
        found.push(match noun.label {
            None => diagnostic.fix(Fix {
                title: Text::new("label it «{label}»").with("label", label.clone()),
                edits: vec![(noun.name_span.after(), format!(" \"{label}\""))],
                applicability: Applicability::NeedsReview,
                within: Vec::new(),
            }),
            Some(_) => diagnostic,
        });
    }
    found
}
