//! What can be folded: blocks, runs of comments, lines of prose.

use kupuya::syntax::ast::{Item, Node};

use crate::proto::{FoldingRange, FoldingRangeKind, Range};
use crate::view::View;

/// The folds of the view's document.
#[must_use]
pub fn folds(view: &View) -> Vec<FoldingRange> {
    let Some(file) = view.tree() else { return Vec::new() };
    let mut found = Vec::new();
    blocks(view, &file.items, &mut found);
    let mut run: Option<(u32, u32)> = None;
    for comment in &file.comments {
        let line = view.range(*comment).start.line;
        match &mut run {
            Some((_, last)) if *last + 1 == line => *last = line,
            _ => {
                found.extend(run.take().and_then(comments));
                run = Some((line, line));
            }
        }
    }
    found.extend(run.and_then(comments));
    found
}

fn blocks(view: &View, items: &[Item], found: &mut Vec<FoldingRange>) {
    for item in items {
        match &item.node {
            Node::Declaration(declaration) => {
                found.extend(declaration.block.and_then(|block| fold(view.range(block), None)));
                blocks(view, &declaration.items, found);
            }
            Node::Field(field) if !field.prose.is_empty() => found.extend(fold(view.range(field.span), None)),
            _ => {}
        }
    }
}

fn comments((first, last): (u32, u32)) -> Option<FoldingRange> {
    let range = Range {
        start: crate::proto::Position::new(first, 0),
        end: crate::proto::Position::new(last, 0),
    };
    fold(range, Some(FoldingRangeKind::Comment))
}

fn fold(range: Range, kind: Option<FoldingRangeKind>) -> Option<FoldingRange> {
    (range.start.line < range.end.line).then(|| FoldingRange {
        start_line: range.start.line,
        end_line: range.end.line,
        kind,
        ..FoldingRange::default()
    })
}
