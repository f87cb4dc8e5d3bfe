//! Ever larger selections: name, part, sentence, block, declaration, file.

use kupuya::source::Span;
use kupuya::syntax::ast::{Declaration, Item, Node};

use crate::proto::{Position, SelectionRange};
use crate::view::View;

/// What to select around each position.
#[must_use]
pub fn selections(view: &View, positions: &[Position]) -> Vec<SelectionRange> {
    positions.iter().map(|position| around(view, *position)).collect()
}

fn around(view: &View, position: Position) -> SelectionRange {
    let whole = SelectionRange {
        range: view.now(0..view.text.len()),
        parent: None,
    };
    let (Some(byte), Some(file)) = (view.byte(position), view.tree()) else {
        return whole;
    };
    let mut spans = Vec::new();
    items(&file.items, byte, &mut spans);
    if let Some(one) = view.snapshot.at(view.source, byte) {
        spans.push(one.span);
    }
    spans.into_iter().fold(whole, |parent, span| {
        let range = view.range(span);
        if range == parent.range {
            return parent;
        }
        SelectionRange {
            range,
            parent: Some(Box::new(parent)),
        }
    })
}

fn within(span: Span, byte: u32) -> bool {
    span.start <= byte && byte <= span.end
}

/// Spans around a byte, the largest first, each inside the one before.
fn items(all: &[Item], byte: u32, spans: &mut Vec<Span>) {
    let Some(item) = all.iter().find(|item| within(item.span, byte)) else {
        return;
    };
    spans.push(item.span);
    match &item.node {
        Node::Declaration(declaration) => inside(declaration, byte, spans),
        Node::Sentence(sentence) => {
            spans.extend(Some(sentence.span).filter(|span| within(*span, byte)));
            let part = sentence.qualifiers.iter().map(|part| part.span);
            spans.extend(part.filter(|span| within(*span, byte)).take(1));
        }
        Node::Field(field) => {
            spans.extend(Some(field.span).filter(|span| within(*span, byte)));
            let value = field.values.iter().map(|value| value.span);
            spans.extend(value.filter(|span| within(*span, byte)).take(1));
        }
        Node::Each(_) | Node::Expectation(_) | Node::Error => {}
    }
}

fn inside(declaration: &Declaration, byte: u32, spans: &mut Vec<Span>) {
    spans.extend(Some(declaration.span).filter(|span| within(*span, byte)));
    if let Some(block) = declaration.block.filter(|block| within(*block, byte)) {
        spans.push(block);
        items(&declaration.items, byte, spans);
    }
}
