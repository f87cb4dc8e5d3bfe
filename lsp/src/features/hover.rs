//! What a name stands for.

use kupuya::syntax::vocabulary;

use crate::proto::{Hover, HoverContents, MarkupContent, MarkupKind, Position};
use crate::view::View;

/// What is known of the name at a position.
#[must_use]
pub fn hover(view: &View, position: Position) -> Option<Hover> {
    let one = view.snapshot.at(view.source, view.byte(position)?)?;
    let common = view.snapshot.analysis.model.noun(one.noun)?;
    let mut text = format!("`{} {}`", vocabulary::kind(one.noun.kind).word, common.path);
    if let Some(label) = common.label {
        text.push_str(&format!(" **{}**", label.value));
    }
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: text,
        }),
        range: Some(view.range(one.span)),
    })
}
