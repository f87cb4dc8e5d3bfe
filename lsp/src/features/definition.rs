//! From a name to its declaration.

use crate::landmarks;
use crate::proto::{Location, Position};
use crate::view::View;

/// Where the name at a position is declared.
#[must_use]
pub fn definition(view: &View, position: Position) -> Option<Location> {
    let byte = view.byte(position)?;
    let model = &view.snapshot.analysis.model;
    view.location(match view.snapshot.at(view.source, byte) {
        Some(one) => model.noun(one.noun)?.name_span,
        None => landmarks::declared(model, landmarks::at(view, byte)?.of)?,
    })
}
