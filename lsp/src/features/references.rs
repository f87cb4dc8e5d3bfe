//! Every place where a noun is named.

use crate::proto::{Location, Position};
use crate::view::View;

/// Places of the name at a position, in the project's own files and where it is declared.
#[must_use]
pub fn references(view: &View, position: Position, with_declaration: bool) -> Option<Vec<Location>> {
    let one = view.snapshot.at(view.source, view.byte(position)?)?;
    let found = view
        .snapshot
        .of(one.noun)
        .filter(|one| with_declaration || !one.declares)
        .filter(|one| one.declares || view.snapshot.path(one.span.source).is_some())
        .filter_map(|one| view.location(one.span))
        .collect();
    Some(found)
}
