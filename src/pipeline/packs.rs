//! The law packs at hand: those that the program carries, and those of the project.

use std::sync::Arc;

use crate::checks::law;
use crate::diagnostic::{Diagnostic, Severity};
use crate::laws;
use crate::model::packs;
use crate::model::{self, Model};
use crate::source::{Origin, Sources};
use crate::syntax::ast::{Date, File};

/// The names by which a law can be asked for: of packs and of their families, sorted.
#[must_use]
pub fn laws_at_hand(sources: &Sources, files: &[Arc<File>]) -> Vec<String> {
    let packs = packs_of(sources, files);
    let heads = packs::heads(&packs).into_iter();
    let mut names: Vec<String> = heads
        .flat_map(|head| std::iter::once(head.name).chain(head.family.map(|family| family.value)))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The law packs at hand with their first and last days, in the order of their files.
#[must_use]
pub fn packs_at_hand(sources: &Sources, files: &[Arc<File>]) -> Vec<(String, Option<Date>, Option<Date>)> {
    let packs = packs_of(sources, files);
    let heads = packs::heads(&packs).into_iter();
    heads.map(|head| (head.name, head.from, head.until)).collect()
}

/// The trees, each with where it comes from.
pub(super) fn with_origins(sources: &Sources, files: &[Arc<File>]) -> Vec<(Arc<File>, Origin)> {
    let origin = |file: &Arc<File>| sources.get(file.source).map(|source| source.origin);
    let known = files.iter().filter_map(|file| Some((Arc::clone(file), origin(file)?)));
    known.collect()
}

fn packs_of(sources: &Sources, files: &[Arc<File>]) -> Vec<(Arc<File>, Origin)> {
    let mut all = with_origins(sources, files);
    all.retain(|(_, origin)| *origin == Origin::Pack);
    all
}

/// Mistakes in packs of the project that do not count on the policy's day: each is read as if it did, since whoever writes
/// it must hear of them before its day. What comes with the program is right.
pub(super) fn mistakes_of_those_left_out(
    files: &[(Arc<File>, Origin)],
    sources: &Sources,
    model: &Model,
    told: &[Diagnostic],
) -> Vec<Diagnostic> {
    let known = |span| model.packs.iter().any(|pack| pack.header == span);
    let mut found = Vec::new();
    for head in packs::heads(files) {
        let carried = sources.get(head.item.span.source).is_some_and(laws::carries);
        if carried || known(model::header(head.declaration)) {
            continue;
        }
        let options = model::Options {
            day: head
                .from
                .or(head.until)
                .or(model.policy.as_ref().and_then(model::Policy::begins)),
            law: Some(head.name.clone()),
        };
        let (tried, mut mistakes) = model::from_syntax(files, sources, &options);
        mistakes.extend(law::unknown_names(&tried));
        let places = || std::iter::once(head.item.span).chain(head.rules.iter().map(|(_, rule)| rule.span));
        mistakes.retain(|mistake| {
            let place = mistake.place();
            mistake.severity == Severity::Error && place.is_some_and(|place| places().any(|own| own.holds(place)))
        });
        found.extend(mistakes.into_iter().filter(|mistake| !told.contains(mistake)));
    }
    found
}
