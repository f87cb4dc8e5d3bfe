//! From a name to its declaration.

use crate::proto::{Location, Position};
use crate::view::View;

/// Where the name at a position is declared.
#[must_use]
pub fn definition(view: &View, position: Position) -> Option<Location> {
    let one = view.snapshot.at(view.source, view.byte(position)?)?;
    view.location(view.snapshot.analysis.model.noun(one.noun)?.name_span)
}
