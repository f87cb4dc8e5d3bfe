//! `missing_effective`: the document does not say from which day it is in force (M3).

use super::edit::add_line;
use super::{Facts, finding};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let Some(policy) = facts.model.policy.as_ref().filter(|policy| policy.effective.is_none()) else {
        return Vec::new();
    };
    let mut diagnostic = finding(
        "missing_effective",
        "the policy does not say from which day it is in force",
        policy.header,
        "no `effective:`",
    )
    .help("a reader must be able to tell which version held on a given day, and the date picks the law: `effective: 2026-01-31`");
    if let Some(approved) = policy.approved {
        let date = approved.value;
        let day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        diagnostic = diagnostic
            .and(approved.span, "approved on this day, and taken to be in force from it")
            .fix(Fix {
                title: Text::new("put it in force on the day of approval"),
                edits: Vec::new(),
                applicability: Applicability::NeedsReview,
                within: vec![add_line(
                    facts.sources,
                    policy.span,
                    policy.header,
                    policy.span,
                    &format!("effective: {day}"),
                )],
            });
    }
    vec![diagnostic]
}
