//! `kept_after_purpose`: data are to be kept after every purpose for which they are kept has been reached (M12).

use super::ends::{Instant, Origin, of_keep, surely_later};
use super::tree::maximal;
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::span_of;
use crate::meaning::{Grant, SentenceRef};
use crate::model::Model;
use crate::model::noun::{Basis, Data, Fact, Id, Purpose};
use crate::source::Spanned;

/// What is kept too long.
struct Late {
    /// A purpose that has been reached.
    purpose: Id<Purpose>,
    /// Where its end is written.
    ends: Spanned<Id<Fact>>,
    /// The data that are kept for ended purposes alone; `None` for all.
    data: Option<Vec<Id<Data>>>,
}

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let grants = facts.meaning.grants.iter();
    let late = grants.filter_map(|grant| Some((grant, outlived(model, grant)?)));
    late.map(|(grant, late)| {
        let purpose = model.purposes[late.purpose].path.clone();
        let part = part(model, grant, &late);
        let message = match &part {
            Some(part) => Text::new("`{data}` is kept after `{purpose}` has been reached, for which alone it is kept")
                .with("data", part.clone()),
            None => Text::new("data are kept after `{purpose}` has been reached, for which alone they are kept"),
        };
        let help = match part {
            Some(data) => Text::new(
                "give `{data}` a shorter term of its own, or name what permits keeping it afterwards (`under aml`)",
            )
            .with("data", data),
            None => Text::new("shorten the term, or name what permits keeping the data afterwards (`under aml`)"),
        };
        finding(
            "kept_after_purpose",
            message.with("purpose", purpose),
            span_of(model, grant.sentence),
            "kept longer",
        )
        .and(late.ends.span, "the purpose ends here")
        .because("data may be kept no longer than their purposes need")
        .help(help)
    })
    .collect()
}

/// The name of what is kept too long, where that is less than all that the sentence keeps.
fn part(model: &Model, grant: &Grant, late: &Late) -> Option<String> {
    if grant.regions.len() < 2 {
        return None;
    }
    let top = maximal(&model.data, late.data.as_ref()?);
    top.first().map(|id| model.data[*id].path.clone())
}

/// What a keep outlives: data of which every purpose has surely ended before the keep does, unless a law demands the keep.
fn outlived(model: &Model, grant: &Grant) -> Option<Late> {
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
    // Each part of what is kept may have purposes of its own: one that has lost all of them is kept too long.
    grant.regions.iter().find_map(|region| {
        let purposes = region.purpose.as_ref().unwrap_or(&grant.block_purposes);
        let all: Vec<_> = purposes
            .iter()
            .map(|purpose| Some((*purpose, ends(purpose)?)))
            .collect::<Option<_>>()?;
        let first = all.first().copied()?;
        let last = all
            .iter()
            .map(|(_, fact)| Instant::After(Origin::Event(fact.value), 0, 0));
        surely_later(&end, &Instant::Max(last.collect())).then(|| Late {
            purpose: first.0,
            ends: first.1,
            data: region.data.clone(),
        })
    })
}
