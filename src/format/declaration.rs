//! Headers: `KIND name "label" is A, B in C when D { … }`, whatever order they were written in.

use super::rows::{Class, Row, Shape};
use super::tokens::Token;
use crate::source::Span;
use crate::syntax::ast::Declaration;
use std::ops::Range;

/// The parts of a header behind the label, in the order in which they are written.
const ORDER: &[&str] = &["is", "in", "abroad", "when", "cites", "verified", "from", "until"];

/// The row of a header: one line, its comments taken out.
pub(super) fn head<'t>(text: &'t str, one: &Declaration, range: Range<usize>, depth: usize) -> Row<'t> {
    let mut row = Row::new(text, range, depth, Shape::Head);
    let all = std::mem::take(&mut row.tokens);
    row.inside = all
        .iter()
        .filter(|token| token.is_comment())
        .map(|token| token.text)
        .collect();
    let block = one.block.map_or(usize::MAX, |block| block.start as usize);
    let (header, block): (Vec<_>, Vec<_>) = all
        .into_iter()
        .filter(|token| !token.is_comment())
        .map(|token| Token { breaks: false, ..token })
        .partition(|token| token.at < block);
    let (mut names, mut labels, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    let name = one.name.as_ref().map(|name| name.span);
    let label = one.label.as_ref().map(|label| label.span);
    let second = one.second.as_ref().map(|second| second.span);
    for token in &header {
        let within =
            |span: Option<Span>| span.is_some_and(|span| (span.start as usize..span.end as usize).contains(&token.at));
        if within(one.kind_span) || within(name) {
            names.push(*token);
        } else if within(label) || within(second) {
            labels.push(*token);
        } else {
            rest.push(*token);
        }
    }
    match sorted(&rest) {
        Some(rest) => {
            if name.is_some() && label.is_some() {
                row.cell = names.len();
                row.class = one.kind_span.map_or(Class::Child, |_| Class::Declared(one.kind));
            }
            row.tokens = names;
            row.tokens.extend(labels);
            row.tokens.extend(rest);
        }
        None => row.tokens = header,
    }
    row.tokens.extend(block);
    row
}

/// The parts in their order; `None` if there is something that has none.
fn sorted<'t>(rest: &[Token<'t>]) -> Option<Vec<Token<'t>>> {
    let mut parts: Vec<(usize, Vec<Token<'t>>)> = Vec::new();
    for token in rest {
        match ORDER.iter().position(|word| *word == token.text) {
            Some(rank) => parts.push((rank, vec![*token])),
            None => parts.last_mut()?.1.push(*token),
        }
    }
    parts.sort_by_key(|(rank, _)| *rank);
    Some(parts.into_iter().flat_map(|(_, part)| part).collect())
}
