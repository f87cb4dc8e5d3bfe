//! Places of the same noun in the document at hand.

use crate::proto::{DocumentHighlight, DocumentHighlightKind, Position};
use crate::view::View;

/// What is to be marked with the name at a position.
#[must_use]
pub fn highlight(view: &View, position: Position) -> Option<Vec<DocumentHighlight>> {
    let one = view.snapshot.at(view.source, view.byte(position)?)?;
    let found = view
        .snapshot
        .in_source(view.source)
        .iter()
        .filter(|other| other.noun == one.noun)
        .map(|other| DocumentHighlight {
            range: view.range(other.span),
            kind: Some(if other.declares {
                DocumentHighlightKind::WRITE
            } else {
                DocumentHighlightKind::READ
            }),
        })
        .collect();
    Some(found)
}
