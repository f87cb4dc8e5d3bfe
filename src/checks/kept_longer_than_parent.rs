//! `kept_longer_than_parent`: a part of some data is kept longer than the whole, on the same ground.

use std::collections::BTreeMap;

use super::ends::{meet, of_keep, surely_later, ways};
use super::tree::maximal;
use super::{Facts, finding, trail};
use crate::diagnostic::{Diagnostic, Label, Text};
use crate::model::noun::{Data, Id, Table};
use crate::model::sentence::Keep;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let mut found = Vec::new();
    let mut keeping: BTreeMap<Id<Data>, Vec<&Keep>> = BTreeMap::new();
    for keep in &model.keeps {
        for id in &keep.data.atoms {
            keeping.entry(*id).or_default().push(keep);
        }
    }
    for part in &model.keeps {
        // Whoever keeps the whole keeps the first of the part too.
        let candidates = part.data.atoms.first().and_then(|id| keeping.get(id));
        let outlived = candidates.into_iter().flatten().find(|whole| {
            let whole = **whole;
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
        let steps = lead(&model.data, part, whole);
        let mut diagnostic = finding(
            "kept_longer_than_parent",
            Text::new("`{part}` is kept longer than `{whole}`, to which it belongs, on the same ground")
                .with("part", name(part))
                .with("whole", name(whole)),
            part.stated.span,
            "kept longer here",
        )
        .and(whole.stated.span, "the whole is gone by then")
        .because("a reader of the term of the whole believes that its parts are gone after it")
        .help("rest the longer term on what demands it, shorten it, or take the part out of the whole by `except`");
        diagnostic.trail = steps;
        found.push(diagnostic);
    }
    found
}

/// From the longer term, up the order, to the shorter one.
fn lead(data: &Table<Data>, part: &Keep, whole: &Keep) -> Vec<Label> {
    let (low, high) = (maximal(data, &part.data.atoms), maximal(data, &whole.data.atoms));
    let pair = low
        .first()
        .and_then(|low| Some((*low, high.into_iter().find(|high| data.below(*low, *high))?)));
    let Some((low, high)) = pair else { return Vec::new() };
    let at = |keep: &Keep, text: &'static str| Label {
        span: keep.stated.span,
        text: text.into(),
    };
    let up = trail::upward(data, low, high);
    let ends = (at(part, "kept longer here"), at(whole, "the whole is gone by then"));
    [ends.0].into_iter().chain(up).chain([ends.1]).collect()
}

/// Whether one keep speaks of a part of what the other names; `any` is the rule to which parts are exceptions.
fn within(part: &Keep, whole: &Keep) -> bool {
    !whole.data.any
        && part.data.atoms.len() < whole.data.atoms.len()
        && part
            .data
            .atoms
            .iter()
            .all(|atom| whole.data.atoms.binary_search(atom).is_ok())
}
