//! Names that change together while one of them is typed, where no other file would be left behind.

use super::rename;
use crate::proto::{LinkedEditingRanges, Position};
use crate::view::View;

/// Letters that a name may have.
const NAME: &str = "[\\p{XID_Start}_][\\p{XID_Continue}]*";

/// Every place of the document where the name at a position is written; `None` if another file has it too.
#[must_use]
pub fn linked(view: &View, position: Position) -> Option<LinkedEditingRanges> {
    if !view.is_current() {
        return None;
    }
    let steps = rename::steps(view, position)?;
    if steps.iter().any(|step| step.source != view.source) {
        return None;
    }
    Some(LinkedEditingRanges {
        ranges: steps.into_iter().map(|step| view.range(step)).collect(),
        word_pattern: Some(NAME.to_owned()),
    })
}
