//! `kept_after_consent`: data are to be kept longer than the consent lasts on which alone the keep rests (M12).

use super::ends::{after_collection, of_keep, surely_later};
use super::{Facts, finding, witness};
use crate::diagnostic::{Diagnostic, Text};
use crate::model::Model;
use crate::model::noun::{Basis, Id};
use crate::model::sentence::Keep;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let late = model
        .keeps
        .iter()
        .filter_map(|keep| outlived(model, keep).map(|basis| (keep, basis)));
    late.map(|(keep, basis)| {
        let noun = &model.bases[basis];
        let diagnostic = finding(
            "kept_after_consent",
            Text::new("data are to be kept longer than `{basis}` lasts, on which alone that rests")
                .with("basis", noun.path.clone()),
            keep.stated.span,
            "kept longer",
        )
        .because("when the consent has run out nothing permits keeping the data, so the term stated is not the term that counts")
        .help("shorten the term, or name what permits keeping the data afterwards (`under agreed or aml`)");
        match noun.detail.term {
            Some(term) => diagnostic.and(term.span, "the consent lasts so long"),
            None => diagnostic,
        }
    })
    .collect()
}

/// The consent that ends before the keep, if every way of the keep has one.
fn outlived(model: &Model, keep: &Keep) -> Option<Id<Basis>> {
    let end = of_keep(keep)?;
    let runs_out = |basis: &Id<Basis>| {
        let of = &model.bases[*basis].detail;
        let ends = of
            .term
            .is_some_and(|term| surely_later(&end, &after_collection(term.value)));
        ends && !of.survives_keep && witness::is_consent(model, *basis)
    };
    let ways = keep.bases.iter();
    let ends: Vec<Option<Id<Basis>>> = ways
        .map(|way| way.iter().map(|basis| basis.value).find(runs_out))
        .collect();
    let all: Option<Vec<Id<Basis>>> = ends.into_iter().collect();
    all?.first().copied()
}
