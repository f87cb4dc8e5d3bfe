//! `right_without_channel`: a right is granted, and nothing says how to use it.

use super::tree::{called, upward};
use super::{Facts, edit, finding, law};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let rights = &facts.model.rights;
    let has_children = |id| rights.of_project().any(|(_, low)| low.parent == Some(id));
    let silent = |id| {
        upward(rights, id)
            .iter()
            .all(|at| rights[*at].detail.channel.is_empty())
    };
    rights
        .of_project()
        .filter(|(id, _)| silent(*id) && !has_children(*id))
        .map(|(_, right)| {
            finding(
                "right_without_channel",
                Text::new("nothing says how {right} is used").with("right", called(right)),
                right.name_span,
                "no channel",
            )
            .because("a right that nobody knows how to use is none")
            .help("name the means and the channel: `channel: written_request at office`")
            .fix(Fix {
                title: Text::new("add a channel"),
                edits: Vec::new(),
                applicability: Applicability::NeedsReview,
                within: vec![edit::add_line(
                    facts.sources,
                    right.span,
                    right.header,
                    right.span,
                    &format!("channel: {}", law::means(facts.model, "email")),
                )],
            })
        })
        .collect()
}
