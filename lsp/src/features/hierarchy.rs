//! The type hierarchy of categories, purposes, recipients: what a noun is, and what is one of it.

use crate::named::Named;
use crate::proto::{Position, TypeHierarchyItem};
use crate::view::View;

/// The noun named at a position.
#[must_use]
pub fn prepare(view: &View, position: Position) -> Option<Vec<TypeHierarchyItem>> {
    let one = view.snapshot.at(view.source, view.byte(position)?)?;
    Some(vec![item(Named::of(view, one.noun)?)])
}

/// The nouns directly above an item's.
#[must_use]
pub fn above(view: &View, of: &TypeHierarchyItem) -> Option<Vec<TypeHierarchyItem>> {
    let noun = Named::asked(view, of.data.as_ref()?)?;
    let above = view.snapshot.analysis.model.directly_above(noun);
    Some(above.filter_map(|noun| Named::of(view, noun)).map(item).collect())
}

/// The nouns directly below an item's.
#[must_use]
pub fn below(view: &View, of: &TypeHierarchyItem) -> Option<Vec<TypeHierarchyItem>> {
    let noun = Named::asked(view, of.data.as_ref()?)?;
    let model = &view.snapshot.analysis.model;
    let below = view
        .snapshot
        .nouns()
        .map(|(other, _)| other)
        .filter(|other| other.kind == noun.kind && model.directly_above(*other).any(|above| above == noun));
    Some(below.filter_map(|noun| Named::of(view, noun)).map(item).collect())
}

fn item(named: Named) -> TypeHierarchyItem {
    TypeHierarchyItem {
        name: named.path,
        kind: named.kind,
        tags: None,
        detail: named.label,
        range: named.location.range,
        selection_range: named.location.range,
        uri: named.location.uri,
        data: Some(named.data),
    }
}
