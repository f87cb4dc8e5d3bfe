//! `kept_longer_than_parent`: a part of some data is kept longer than the whole, on the same ground.

use super::ends::{meet, of_keep, surely_later, ways};
use super::tree::maximal;
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::model::sentence::Keep;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let mut found = Vec::new();
    for part in &model.keeps {
        let outlived = model.keeps.iter().find(|whole| {
            within(part, whole)
                && ways(part) == ways(whole)
                && meet(model, part, whole)
                && of_keep(part)
                    .zip(of_keep(whole))
                    .is_some_and(|(part, whole)| surely_later(&part, &whole))
        });
        let Some(whole) = outlived else { continue };
        let name = |keep: &Keep| {
            let top = maximal(&model.data, &keep.data.atoms);
            top.first().map_or(String::new(), |id| model.data[*id].path.clone())
        };
        found.push(
            finding(
                "kept_longer_than_parent",
                Text::new("`{part}` is kept longer than `{whole}`, to which it belongs, on the same ground")
                    .with("part", name(part))
                    .with("whole", name(whole)),
                part.stated.span,
                "kept longer here",
            )
            .and(whole.stated.span, "the whole is gone by then")
            .because("a reader of the term of the whole believes that its parts are gone after it")
            .help("rest the longer term on what demands it, shorten it, or take the part out of the whole by `except`"),
        );
    }
    found
}

/// Whether one keep speaks of a part of what the other names; `any` is the rule to which parts are exceptions.
fn within(part: &Keep, whole: &Keep) -> bool {
    !whole.data.any
        && part.data.atoms.len() < whole.data.atoms.len()
        && part.data.atoms.iter().all(|atom| whole.data.atoms.contains(atom))
}
