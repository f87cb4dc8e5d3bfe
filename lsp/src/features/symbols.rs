//! Outlines: the declarations of a document, and of the workspace by a piece of their name or label.

use kupuya::model::kinded::Common;
use kupuya::model::noun::AnyNoun;
use kupuya::source::Origin;
use kupuya::syntax::ast::{Item, Node};
use kupuya::syntax::vocabulary;

use crate::named::picture;
use crate::proto::{DocumentSymbol, OneOf, SymbolKind, WorkspaceSymbol};
use crate::view::View;

/// So many symbols of a workspace are listed at most.
const MOST: usize = 500;

/// The outline of the view's document: declarations with what they hold.
#[must_use]
pub fn of_document(view: &View) -> Vec<DocumentSymbol> {
    view.snapshot
        .analysis
        .files
        .iter()
        .find(|file| file.source == view.source)
        .map(|file| outline(view, &file.items))
        .unwrap_or_default()
}

fn outline(view: &View, items: &[Item]) -> Vec<DocumentSymbol> {
    items
        .iter()
        .filter_map(|item| match &item.node {
            Node::Declaration(declaration) => {
                let label = declaration.label.as_ref().map(|label| label.value.clone());
                let named = declaration.name.as_ref().map(|name| name.text());
                let name = named.clone().or_else(|| label.clone());
                let word = vocabulary::kind(declaration.kind).word;
                let here = declaration
                    .name
                    .as_ref()
                    .map(|name| name.span)
                    .or(declaration.label.as_ref().map(|label| label.span))
                    .or(declaration.kind_span)
                    .unwrap_or(declaration.span);
                let children = outline(view, &declaration.items);
                Some(symbol(Outlined {
                    name: name.filter(|name| !name.is_empty()).unwrap_or_else(|| word.to_owned()),
                    detail: label.filter(|_| named.is_some()).unwrap_or_else(|| word.to_owned()),
                    kind: picture(declaration.kind),
                    range: view.range(declaration.span),
                    here: view.range(here),
                    children,
                }))
            }
            Node::Sentence(sentence) => {
                let text = view.snapshot.sources.text(sentence.span);
                let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
                Some(symbol(Outlined {
                    name: line,
                    detail: String::new(),
                    kind: SymbolKind::EVENT,
                    range: view.range(sentence.span),
                    here: view.range(sentence.verb.span),
                    children: Vec::new(),
                }))
            }
            _ => None,
        })
        .collect()
}

struct Outlined {
    name: String,
    detail: String,
    kind: SymbolKind,
    range: crate::proto::Range,
    here: crate::proto::Range,
    children: Vec<DocumentSymbol>,
}

// The type has a field that is deprecated and must be given all the same.
#[allow(deprecated)]
fn symbol(outlined: Outlined) -> DocumentSymbol {
    DocumentSymbol {
        name: outlined.name,
        detail: (!outlined.detail.is_empty()).then_some(outlined.detail),
        kind: outlined.kind,
        tags: None,
        deprecated: None,
        range: outlined.range,
        selection_range: outlined.here,
        children: (!outlined.children.is_empty()).then_some(outlined.children),
    }
}

/// Declarations of the view's project whose name or label holds the letters of a query, in order.
#[must_use]
pub fn of_project(view: &View, query: &str) -> Vec<WorkspaceSymbol> {
    let wanted = query.to_lowercase();
    view.snapshot
        .nouns()
        .filter(|(_, common)| common.origin == Origin::Project && matches(common, &wanted))
        .filter(|(_, common)| common.name_span.start < common.name_span.end)
        .take(MOST)
        .filter_map(|(noun, common)| workspace_symbol(view, noun, &common))
        .collect()
}

fn matches(common: &Common<'_>, wanted: &str) -> bool {
    let label = common.label.map(|label| label.value.as_str()).unwrap_or_default();
    within(common.path, wanted) || within(label, wanted)
}

/// Whether the letters of a query in small letters stand in a text, in order.
pub(super) fn within(text: &str, wanted: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    wanted.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

fn workspace_symbol(view: &View, noun: AnyNoun, common: &Common<'_>) -> Option<WorkspaceSymbol> {
    Some(WorkspaceSymbol {
        name: common.path.to_owned(),
        kind: picture(noun.kind),
        tags: None,
        container_name: common.label.map(|label| label.value.clone()),
        location: OneOf::Left(view.location(common.name_span)?),
        data: None,
    })
}
