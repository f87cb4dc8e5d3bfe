//! The call hierarchy, read as the way of the data: what comes in is where something comes from, what goes out is who
//! gets it next.

use std::collections::BTreeMap;

use kupuya::graph::Relation;
use kupuya::model::noun::AnyNoun;
use kupuya::source::Span;

use crate::named::Named;
use crate::proto::{CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Position, Range};
use crate::view::View;

/// The ways that data take: from sources to data, from data to recipients, from those to others.
const WAYS: [Relation; 3] = [Relation::Collected, Relation::Shared, Relation::Onward];

/// The name at a position, if data can come to it or go from it.
#[must_use]
pub fn prepare(view: &View, position: Position) -> Option<Vec<CallHierarchyItem>> {
    let one = view.snapshot.at(view.source, view.byte(position)?)?;
    let moves =
        !neighbours(view, one.noun, Side::Before).is_empty() || !neighbours(view, one.noun, Side::Behind).is_empty();
    if !moves {
        return None;
    }
    Some(vec![item(&Named::of(view, one.noun)?)])
}

/// Where the data of an item come from.
#[must_use]
pub fn incoming(view: &View, of: &CallHierarchyItem) -> Option<Vec<CallHierarchyIncomingCall>> {
    let noun = Named::asked(view, of.data.as_ref()?)?;
    let calls = neighbours(view, noun, Side::Before)
        .into_iter()
        .filter_map(|(from, spans)| {
            let named = Named::of(view, from)?;
            Some(CallHierarchyIncomingCall {
                from_ranges: ranges(view, &named, &spans),
                from: item(&named),
            })
        });
    Some(calls.collect())
}

/// Who gets the data of an item next.
#[must_use]
pub fn outgoing(view: &View, of: &CallHierarchyItem) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let noun = Named::asked(view, of.data.as_ref()?)?;
    let from = Named::of(view, noun)?;
    let calls = neighbours(view, noun, Side::Behind)
        .into_iter()
        .filter_map(|(to, spans)| {
            Some(CallHierarchyOutgoingCall {
                to: item(&Named::of(view, to)?),
                from_ranges: ranges(view, &from, &spans),
            })
        });
    Some(calls.collect())
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}

/// The nouns next to one on the way of the data, each with the sentences that say so.
fn neighbours(view: &View, noun: AnyNoun, side: Side) -> BTreeMap<AnyNoun, Vec<Span>> {
    let graph = &view.snapshot.analysis.graph;
    let mut found: BTreeMap<AnyNoun, Vec<Span>> = BTreeMap::new();
    for way in WAYS {
        for face in view.snapshot.faces(noun) {
            let flows = match side {
                Side::Before => graph.to(face, way),
                Side::Behind => graph.from(face, way),
            };
            for (other, flow) in flows {
                found.entry(view.snapshot.declared(other)).or_default().push(flow.span);
            }
        }
    }
    for spans in found.values_mut() {
        spans.sort_unstable();
        spans.dedup();
    }
    found
}

/// The protocol has places of calls lie in the caller's own document: others are left out.
fn ranges(view: &View, caller: &Named, spans: &[Span]) -> Vec<Range> {
    let places = spans.iter().filter_map(|span| view.location(*span));
    places
        .filter(|place| place.uri == caller.location.uri)
        .map(|place| place.range)
        .collect()
}

fn item(named: &Named) -> CallHierarchyItem {
    CallHierarchyItem {
        name: named.path.clone(),
        kind: named.kind,
        tags: None,
        detail: named.label.clone(),
        uri: named.location.uri.clone(),
        range: named.location.range,
        selection_range: named.location.range,
        data: Some(named.data.clone()),
    }
}
