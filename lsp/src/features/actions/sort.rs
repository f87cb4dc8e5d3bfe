//! Declarations of one kind that stand one after another, by name. Comments and waivers above a declaration, and a comment
//! behind it, go with it; empty lines stay where they are.

use kupuya::source::Span;
use kupuya::syntax::ast::{Declaration, Item, Node};
use kupuya::syntax::vocabulary;

use super::edit;
use crate::proto::{CodeAction, CodeActionKind, Range};
use crate::view::View;

/// Sorts the declarations around the start of a range: the innermost that are not in order.
pub fn sort(view: &View, range: Range) -> Option<CodeAction> {
    let byte = view.byte(range.start)?;
    let mut found = None;
    let mut items = view.tree()?.items.as_slice();
    // From the outside in; the last that is found is the innermost.
    while let Some(at) = items
        .iter()
        .position(|item| item.span.start <= byte && byte <= item.span.end)
    {
        let Some(declaration) = declaration(items.get(at)?) else {
            break;
        };
        found = sorted(view, row(items, at)).or(found);
        items = &declaration.items;
    }
    found
}

fn declaration(item: &Item) -> Option<&Declaration> {
    match &item.node {
        Node::Declaration(declaration) => Some(declaration),
        _ => None,
    }
}

/// The declarations of one kind, all with names, that stand around one without anything else between.
fn row(items: &[Item], at: usize) -> &[Item] {
    let named = |item: &Item| Some((declaration(item)?.kind, declaration(item)?.name.as_ref()?).0);
    let kind = items.get(at).and_then(named);
    let alike = |item: &&Item| kind.is_some() && named(item) == kind;
    let before = items[..at].iter().rev().take_while(alike).count();
    let behind = items[at..].iter().take_while(alike).count();
    &items[at - before..at + behind]
}

fn sorted(view: &View, row: &[Item]) -> Option<CodeAction> {
    let name = |item: &Item| declaration(item).and_then(|one| Some(one.name.as_ref()?.text().to_lowercase()));
    if row.is_sorted_by_key(name) {
        return None;
    }
    let text = &view.snapshot.sources.get(row.first()?.span.source)?.text;
    let chunks = row.iter().map(|item| chunk(text, item.span)).collect::<Vec<_>>();
    // Two on one line are left to the formatter first.
    if chunks.windows(2).any(|pair| pair[0].end >= pair[1].start) {
        return None;
    }
    let mut order = (0..row.len()).collect::<Vec<_>>();
    order.sort_by_key(|place| row.get(*place).and_then(name));
    let edits = chunks.iter().zip(&order).filter_map(|(old, from)| {
        let new = chunks.get(*from)?;
        (new != old).then(|| (*old, text[new.start as usize..new.end as usize].to_owned()))
    });
    let edits = edits.collect::<Vec<_>>();
    let word = vocabulary::kind(declaration(row.first()?)?.kind).word;
    Some(CodeAction {
        title: format!("Sort these {} declarations by name: {word}", row.len()),
        kind: Some(CodeActionKind::REFACTOR_REWRITE),
        edit: Some(edit(view, edits.iter())?),
        ..CodeAction::default()
    })
}

/// The beginning of a line, or of the comment lines right above it.
pub(super) fn with_comments_above(text: &str, at: usize) -> usize {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let mut start = line_start(at);
    while start > 0 {
        let above = line_start(start - 1);
        if !text[above..start].trim_start().starts_with("//") {
            break;
        }
        start = above;
    }
    start
}

/// An item with the comment lines right above it, and the rest of its last line.
fn chunk(text: &str, item: Span) -> Span {
    let start = with_comments_above(text, item.start as usize);
    let end = item.end as usize;
    let rest = text[end..].lines().next().unwrap_or("").trim_end();
    Span {
        start: u32::try_from(start).unwrap_or(item.start),
        end: u32::try_from(end + rest.len()).unwrap_or(item.end),
        ..item
    }
}
