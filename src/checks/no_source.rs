//! `no_source`: data are collected, and nobody says from where.

use super::flows::some;
use super::{Facts, finding};
use crate::diagnostic::{Argument, Diagnostic, Text};
use crate::model::sentence::Act;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    model
        .permissions
        .iter()
        .filter(|statement| statement.acts.contains(&Act::Collect) && statement.source.any)
        .map(|statement| {
            let named = statement.data.names.iter();
            let names: Vec<&str> = named.map(|name| model.data[name.value].path.as_str()).collect();
            let data = if names.is_empty() {
                Argument::Words("any data".into())
            } else {
                some(&names)
            };
            finding(
                "no_source",
                Text::new("nothing says where {data} come from").with("data", data),
                statement.stated.span,
                "no `from`",
            )
            .because("data that do not come from the person must be told of with their source")
            .help("name the source: `from user`, `from phone_book`; parties are sources too")
        })
        .collect()
}
