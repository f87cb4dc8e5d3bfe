//! The one style, as small edits. Needs no analysis, so it never waits for one.

use std::sync::Arc;

use kupuya::format;
use kupuya::source::{Origin, Source, SourceId};

use crate::document::Document;
use crate::positions::Encoding;
use crate::proto::TextEdit;

/// The edits that bring a whole text into the one style.
#[must_use]
pub fn whole(document: &Document, encoding: Encoding) -> Vec<TextEdit> {
    let text: &Arc<str> = &document.text;
    let source = Source::new("document", Origin::Project, text.as_bytes());
    let formatted = format::source(SourceId(0), &source);
    if formatted.unchanged || source.byte_order_mark {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut at = 0;
    let mut pending: Option<(std::ops::Range<usize>, String)> = None;
    let difference = similar::TextDiff::from_lines(text.as_ref(), formatted.text.as_str());
    for change in difference.iter_all_changes() {
        let length = change.value().len();
        match change.tag() {
            similar::ChangeTag::Equal => {
                edits.extend(pending.take());
                at += length;
            }
            similar::ChangeTag::Delete => {
                let (range, _) = pending.get_or_insert_with(|| (at..at, String::new()));
                at += length;
                range.end = at;
            }
            similar::ChangeTag::Insert => {
                let (_, new) = pending.get_or_insert_with(|| (at..at, String::new()));
                new.push_str(change.value());
            }
        }
    }
    edits.extend(pending);
    edits
        .into_iter()
        .map(|(bytes, new_text)| TextEdit {
            range: document.lines.range(text, bytes, encoding),
            new_text,
        })
        .collect()
}
