//! `shared_not_collected`: a recipient receives data that no statement collects.

use super::flows::{collected, some};
use super::tree::maximal;
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::model::noun::{Data, Id};
use crate::model::sentence::Act;
use crate::source::Origin;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let gives = |acts: &[Act]| acts.contains(&Act::Share) || acts.contains(&Act::Publish);
    model
        .permissions
        .iter()
        .filter(|statement| gives(&statement.acts) && !statement.data.any)
        .filter_map(|statement| {
            let mut lacking: Vec<Id<Data>> = statement.data.atoms.clone();
            lacking.retain(|id| model.data[*id].origin == Origin::Project && !collected(facts, *id));
            // What lies above something collected is collected in part.
            let part = |id: Id<Data>| model.data.denotation(id).iter().any(|low| collected(facts, *low));
            lacking.retain(|id| !part(*id));
            let top = maximal(&model.data, &lacking);
            let names: Vec<&str> = top.iter().map(|id| model.data[*id].path.as_str()).collect();
            let first = *top.first()?;
            Some(
                finding(
                    "shared_not_collected",
                    Text::new("a recipient receives {data}, which nothing collects").with("data", some(&names)),
                    statement.stated.span,
                    "given away here",
                )
                .and(model.data[first].name_span, "collected by no statement")
                .because("nobody can give away what he does not have: either the list of collected data or this sentence is wrong")
                .help("say where the data come from (`collect … from …`), or take them out of the sentence"),
            )
        })
        .collect()
}
