//! From a name to what it is: the noun of the base taxonomy that it falls under.

use kupuya::source::Origin;

use crate::facts;
use crate::proto::{Location, Position};
use crate::view::View;

/// Where the nearest noun of the taxonomy above the name at a position is declared.
#[must_use]
pub fn type_definition(view: &View, position: Position) -> Option<Location> {
    let one = view.snapshot.at(view.source, view.byte(position)?)?;
    let model = &view.snapshot.analysis.model;
    let above = facts::above(model, one.noun).into_iter();
    let mut above = above.filter_map(|noun| model.noun(noun));
    view.location(above.find(|common| common.origin == Origin::Taxonomy)?.name_span)
}
