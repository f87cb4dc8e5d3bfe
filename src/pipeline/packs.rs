//! The law packs at hand: those that the program carries, and those of the project.

use std::sync::Arc;

use crate::model::packs;
use crate::source::{Origin, Sources};
use crate::syntax::ast::{Date, File};

/// The names by which a law can be asked for: of packs and of their families, sorted.
#[must_use]
pub fn laws_at_hand(sources: &Sources, files: &[Arc<File>]) -> Vec<String> {
    let packs = packs_of(sources, files);
    let heads = packs::heads(&packs).into_iter();
    let mut names: Vec<String> = heads
        .flat_map(|head| std::iter::once(head.name).chain(head.family))
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

fn packs_of(sources: &Sources, files: &[Arc<File>]) -> Vec<(Arc<File>, Origin)> {
    let is_pack = |file: &&Arc<File>| {
        sources
            .get(file.source)
            .is_some_and(|source| source.origin == Origin::Pack)
    };
    files
        .iter()
        .filter(is_pack)
        .map(|file| (Arc::clone(file), Origin::Pack))
        .collect()
}
