//! From a name to the sentences that make it count: statements, keeps and promises about it.

use kupuya::graph;

use crate::facts;
use crate::proto::{Location, Position};
use crate::view::View;

/// Where sentences speak about the name at a position, what lies below it included.
#[must_use]
pub fn implementations(view: &View, position: Position) -> Option<Vec<Location>> {
    let one = view.snapshot.at(view.source, view.byte(position)?)?;
    let model = &view.snapshot.analysis.model;
    let mut spans = facts::of_noun(&view.snapshot, one.noun)
        .sentences
        .into_iter()
        .map(|sentence| graph::span_of(model, sentence))
        .collect::<Vec<_>>();
    spans.sort_unstable();
    Some(spans.into_iter().filter_map(|span| view.location(span)).collect())
}
