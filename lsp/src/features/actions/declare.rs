//! A name that nothing declares: its declaration is written beside its likes.

use kupuya::diagnostic::Diagnostic as Finding;
use kupuya::source::{Origin, Span};
use kupuya::syntax::ast::{Declaration, Item, Node};
use kupuya::syntax::vocabulary::{self, Kind};

use super::{diagnostics, edit};
use crate::features::completion::place::{Expected, Place};
use crate::proto::{CodeAction, CodeActionKind};
use crate::view::View;

/// Kinds that a line of a policy may declare so: a name and a label.
const PLAIN: &[Kind] = &[
    Kind::Controller,
    Kind::Subject,
    Kind::Data,
    Kind::Source,
    Kind::Purpose,
    Kind::Basis,
    Kind::Recipient,
    Kind::Channel,
    Kind::Fact,
    Kind::Duty,
];

/// Declarations of the name that a finding misses, one for each kind that may stand where it is used.
pub fn declare(view: &View, finding: &Finding) -> Vec<CodeAction> {
    let Some(place) = finding.place().filter(|_| finding.code == "unknown_name") else {
        return Vec::new();
    };
    let name = view.snapshot.sources.text(place);
    let Some(source) = view.snapshot.sources.get(place.source) else {
        return Vec::new();
    };
    let expected = Place::of(&source.text, place.start as usize).expected;
    let kinds = expected.into_iter().flat_map(|expected| match expected {
        Expected::Nouns(kinds) | Expected::Declared(kinds) => kinds,
        Expected::Above(kind, _) => vec![kind],
        _ => Vec::new(),
    });
    let kinds = kinds.filter(|kind| PLAIN.contains(kind)).collect::<Vec<_>>();
    let actions = kinds.into_iter().filter_map(|kind| {
        let word = vocabulary::kind(kind).word;
        let (at, text) = match name.rsplit_once('.') {
            Some((above, last)) => in_group(view, kind, above, last)?,
            None => beside(view, kind, name, place)?,
        };
        Some(CodeAction {
            title: format!("Declare the {word} `{name}`"),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostics::diagnostic(view, finding)?]),
            edit: Some(edit(view, std::iter::once(&(at, text)))?),
            ..CodeAction::default()
        })
    });
    actions.collect()
}

/// A label to begin with: the name in words.
fn label(name: &str) -> String {
    name.replace('_', " ")
}

fn end_of(span: Span) -> Span {
    Span {
        start: span.end,
        ..span
    }
}

/// Behind the last declaration of the kind in the file, or else before what uses the name.
fn beside(view: &View, kind: Kind, name: &str, place: Span) -> Option<(Span, String)> {
    let line = format!("{} {name} \"{}\"", vocabulary::kind(kind).word, label(name));
    let items = &view.tree()?.items;
    let declared = |item: &&Item| matches!(&item.node, Node::Declaration(one) if one.kind == kind);
    if let Some(last) = items.iter().rfind(declared) {
        let apart = if view.snapshot.sources.text(last.span).contains('\n') {
            "\n\n"
        } else {
            "\n"
        };
        return Some((end_of(last.span), format!("{apart}{line}")));
    }
    let user = items
        .iter()
        .find(|item| item.span.start <= place.start && place.end <= item.span.end)?;
    let before = Span {
        end: user.span.start,
        ..user.span
    };
    Some((before, format!("{line}\n\n")))
}

/// In the block of the noun that the name's way leads to, if it stands in the project.
fn in_group(view: &View, kind: Kind, above: &str, last: &str) -> Option<(Span, String)> {
    let snapshot = &view.snapshot;
    let mut nouns = snapshot.nouns();
    let (_, group) = nouns.find(|(noun, common)| {
        let called = common.path == above || common.path.ends_with(&format!(".{above}"));
        noun.kind == kind && called && common.origin == Origin::Project
    })?;
    let file = snapshot.analysis.files.iter();
    let mut file = file.filter(|file| file.source == group.name_span.source);
    let declaration = declaring(&file.next()?.items, group.name_span)?;
    let line = format!("{last} \"{}\"", label(last));
    let at = |byte: u32| Span {
        start: byte,
        end: byte,
        ..declaration.span
    };
    match (declaration.items.last(), declaration.block) {
        (Some(last), _) => Some((end_of(last.span), format!("\n{}{line}", indent(view, last.span)))),
        (None, Some(block)) => Some((at(block.start + 1), format!("\n    {line}\n"))),
        (None, None) => Some((at(declaration.span.end), format!(" {{\n    {line}\n}}"))),
    }
}

fn declaring(items: &[Item], name: Span) -> Option<&Declaration> {
    items.iter().find_map(|item| match &item.node {
        Node::Declaration(one) if one.name.as_ref().is_some_and(|path| path.span == name) => Some(one),
        Node::Declaration(one) => declaring(&one.items, name),
        _ => None,
    })
}

/// The blanks at the beginning of a place's line.
fn indent(view: &View, span: Span) -> String {
    let text = view.snapshot.sources.get(span.source).map_or("", |source| &source.text);
    let before = &text[..span.start as usize];
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    text[line..]
        .chars()
        .take_while(|letter| *letter == ' ' || *letter == '\t')
        .collect()
}
