//! `shadows`: a noun takes the name of a noun of the law without being one.

use super::tree::called;
use super::{Facts, finding};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::model::noun::Table;
use crate::source::Origin;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    [
        of(&model.bases),
        of(&model.channels),
        of(&model.countries),
        of(&model.data),
        of(&model.measures),
        of(&model.purposes),
        of(&model.recipients),
        of(&model.rights),
        of(&model.sources),
        of(&model.subjects),
    ]
    .concat()
}

fn of<D>(table: &Table<D>) -> Vec<Diagnostic> {
    let hidden = |name: &str| {
        let known = table.iter().filter(|(_, noun)| noun.origin == Origin::Taxonomy);
        known.filter(|(_, noun)| noun.path == name).map(|(id, _)| id).next()
    };
    table
        .of_project()
        .filter_map(|(id, noun)| Some((id, noun, hidden(&noun.path)?)))
        .filter(|(id, _, hidden)| !table.below(*id, *hidden))
        .map(|(_, noun, hidden)| {
            finding(
                "shadows",
                Text::new("{noun} takes the name of a noun of the law, but is none").with("noun", called(noun)),
                noun.name_span,
                "the project's",
            )
            .and(table[hidden].name_span, "the law's")
            .because("rules of the law mean their own noun, so they pass this one by")
            .help(Text::new("add `is {name}`, or take another name").with("name", noun.name.clone()))
            .fix(Fix {
                title: Text::new("make it one"),
                edits: vec![(noun.header.after(), format!(" is {}", noun.name))],
                applicability: Applicability::NeedsReview,
            })
        })
        .collect()
}
