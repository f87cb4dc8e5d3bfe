//! Purposes and sources that statements name in full are told there, and not again in their own lists.

use std::collections::BTreeSet;

use super::order::Rough;
use super::pieces::{Draft, children};
use super::{Flows, Says};
use crate::model::Model;
use crate::model::noun::{Id, Purpose, Source};
use crate::syntax::vocabulary::Verb;

/// The purposes that these statements name. None, if some statement speaks of the whole list: then it stays whole.
pub(super) fn told<'a>(model: &Model, flows: impl Iterator<Item = &'a Flows>) -> BTreeSet<Id<Purpose>> {
    let mut told = BTreeSet::new();
    for permission in flows.flat_map(Flows::permissions).map(|at| &model.permissions[at]) {
        let Some(slot) = &permission.purpose else { continue };
        if slot.any {
            return BTreeSet::new();
        }
        told.extend(slot.names.iter().map(|name| name.value));
    }
    told
}

/// With so many parts a purpose is printed where it is told, else in the list.
const PARTS: usize = 4;

/// Whether a list of purposes must still print this one: it is not told, or has too many parts to be told whole.
pub(crate) fn remains(model: &Model, told: &BTreeSet<Id<Purpose>>, id: Id<Purpose>) -> bool {
    let parts: Vec<Id<Purpose>> = children(&model.purposes, id).collect();
    let deep = parts
        .iter()
        .any(|part| children(&model.purposes, *part).next().is_some());
    !told.contains(&id) || deep || parts.len() > PARTS
}

/// The sources that these statements name.
pub(super) fn told_sources<'a>(model: &Model, flows: impl Iterator<Item = &'a Flows>) -> BTreeSet<Id<Source>> {
    let permissions = flows.flat_map(Flows::permissions).map(|at| &model.permissions[at]);
    let takes = permissions
        .filter(|permission| matches!(permission.verb.value, Verb::Collect | Verb::Process) && !permission.source.any);
    takes
        .flat_map(|permission| permission.source.names.iter().map(|name| name.value))
        .collect()
}

/// Whether a list of sources must still print this one.
pub(crate) fn source_remains(model: &Model, told: &BTreeSet<Id<Source>>, id: Id<Source>) -> bool {
    let it = &model.sources[id].detail;
    let parts = children(&model.sources, id).next().is_some();
    !told.contains(&id) || it.refuse.is_some() || it.notify.is_some() || parts
}

/// Drops lists of purposes and sources that their own chapter's statements tell whole.
pub(super) fn drop_told(model: &Model, chapters: &mut [Rough]) {
    let flows = |drafts: &[Draft]| -> Vec<Flows> {
        let all = drafts.iter().filter_map(|draft| match draft {
            Draft::Paragraph(_, Says::Flows(flows)) => Some(flows.clone()),
            _ => None,
        });
        all.collect()
    };
    let all: Vec<Flows> = chapters.iter().flat_map(|chapter| flows(&chapter.drafts)).collect();
    let told_anywhere = told(model, all.iter());
    for chapter in chapters {
        let here = flows(&chapter.drafts);
        let (told_here, sources_here) = (told(model, here.iter()), told_sources(model, here.iter()));
        chapter.drafts.retain(|draft| match draft {
            Draft::Paragraph(_, Says::Purposes(ids)) if !told_anywhere.is_empty() => {
                let told = |id: &Id<Purpose>| told_here.contains(id) && !remains(model, &told_anywhere, *id);
                !ids.iter().all(told)
            }
            Draft::Paragraph(_, Says::Sources(ids)) => {
                let told = |id: &Id<Source>| sources_here.contains(id) && !source_remains(model, &sources_here, *id);
                !ids.iter().all(told)
            }
            _ => true,
        });
    }
}
