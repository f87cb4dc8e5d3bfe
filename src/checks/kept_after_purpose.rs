//! `kept_after_purpose`: data are to be kept after every purpose for which they are kept has been reached (M12).

use super::ends::{Instant, Origin, of_keep, surely_later};
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::span_of;
use crate::meaning::{Grant, SentenceRef};
use crate::model::Model;
use crate::model::noun::{Basis, Fact, Id, Purpose};
use crate::source::Spanned;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let late = facts
        .meaning
        .grants
        .iter()
        .filter_map(|grant| Some((grant, outlived(model, grant)?)));
    late.map(|(grant, (purpose, ends))| {
        finding(
            "kept_after_purpose",
            Text::new("data are kept after `{purpose}` has been reached, for which alone they are kept")
                .with("purpose", model.purposes[purpose].path.clone()),
            span_of(model, grant.sentence),
            "kept longer",
        )
        .and(ends.span, "the purpose ends here")
        .because("data may be kept no longer than their purposes need")
        .help("shorten the term, or name what permits keeping the data afterwards (`under aml`)")
    })
    .collect()
}

/// The purpose that ends last before the keep does, if each of its purposes does and no law demands the keep.
fn outlived(model: &Model, grant: &Grant) -> Option<(Id<Purpose>, Spanned<Id<Fact>>)> {
    let SentenceRef::Keep(at) = grant.sentence else {
        return None;
    };
    let end = of_keep(&model.keeps[at])?;
    let by_law = |way: &Vec<Id<Basis>>| {
        let mut above = way
            .iter()
            .flat_map(|basis| model.bases.up(*basis))
            .map(|id| &model.bases[id]);
        above.any(|noun| noun.origin != crate::source::Origin::Project && noun.path == "legal_duty")
    };
    if grant.ways.iter().any(by_law) {
        return None;
    }
    let ends = |purpose: &Id<Purpose>| {
        let mut above = model.purposes.up(*purpose).into_iter();
        above.find_map(|high| model.purposes[high].detail.ends)
    };
    let all: Option<Vec<_>> = grant
        .block_purposes
        .iter()
        .map(|purpose| Some((*purpose, ends(purpose)?)))
        .collect();
    let all = all?;
    let last = Instant::Max(
        all.iter()
            .map(|(_, fact)| Instant::After(Origin::Event(fact.value), 0, 0))
            .collect(),
    );
    let first = all.first().copied()?;
    surely_later(&end, &last).then_some(first)
}
