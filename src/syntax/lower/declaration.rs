//! Headers: `KIND name "label" is A, B in C when D`.

use super::{formula, name, part, value};
use crate::source::Span;
use crate::syntax::ast::{Content, Declaration, Path};
use crate::syntax::blocks::{Tree, needs_block};
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages;
use crate::syntax::reader::Reader;
use crate::syntax::vocabulary::{Connector, FLAGS, Kind, kind as entry};

/// A declaration that opens with its kind; its members are added later.
pub(super) fn declaration(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Option<Declaration> {
    let kind = tree.line.kind?;
    let mut parts: Vec<Node<'_>> = inner(&tree.line.node).collect();
    let kind_span = reader.span(parts.first()?);
    parts.remove(0);
    let mut found = empty(tree, kind, Some(kind_span));
    let mut parts = parts.as_slice();
    let doubled = matches!(parts, [first, second, ..] if first.as_rule() == Rule::declared_name
        && second.as_rule() == Rule::operands
        && first.as_str().trim() == entry(kind).word);
    if let (true, [first, second, rest @ ..]) = (doubled, parts) {
        reader.report(messages::doubled(reader.span(first), entry(kind).word));
        found.name = formula::only_name(reader, second);
        parts = rest;
    } else if let Some(rest) = (!may_lack_name(kind)).then(|| name::broken(reader, parts)).flatten() {
        parts = rest;
    } else if let Some((first, rest)) = parts.split_first()
        && first.as_rule() == Rule::declared_name
    {
        let path = reader.path(first);
        found.name = name::checked(reader, path);
        parts = rest;
    }
    header(reader, &mut found, parts);
    finish(reader, &found, tree);
    Some(found)
}

/// Kinds whose declarations may do without a name.
fn may_lack_name(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Section | Kind::Clause | Kind::Duty | Kind::Term | Kind::Scenario
    )
}

/// A declaration without anything in it yet.
pub(super) fn empty(tree: &Tree<'_>, kind: Kind, kind_span: Option<Span>) -> Declaration {
    let span = tree.line.span;
    Declaration {
        span: tree.block.map_or(span, |block| span.to(block)),
        kind,
        kind_span,
        name: None,
        label: None,
        second: None,
        is: Vec::new(),
        header: Vec::new(),
        items: Vec::new(),
        block: tree.block,
    }
}

/// Everything behind the name.
pub(super) fn header(reader: &mut Reader<'_>, found: &mut Declaration, parts: &[Node<'_>]) {
    for node in parts {
        let span = reader.span(node);
        match node.as_rule() {
            Rule::open => {}
            Rule::string | Rule::open_string | Rule::curly_string => {
                let text = value::text(reader, node);
                if found.label.is_none() {
                    found.label = Some(text);
                } else if found.kind == Kind::Term && found.second.is_none() {
                    found.second = Some(text);
                } else {
                    reader.report(messages::second_label(text.span));
                }
            }
            Rule::part => clause(reader, found, node),
            _ => odd(reader, found, node, span),
        }
    }
}

fn clause(reader: &mut Reader<'_>, found: &mut Declaration, node: &Node<'_>) {
    let Some((connector, word)) = part::connector_of(reader, node) else {
        return;
    };
    let fits = matches!(
        connector,
        Connector::Is
            | Connector::In
            | Connector::Abroad
            | Connector::When
            | Connector::Cites
            | Connector::Verified
            | Connector::From
            | Connector::Until
            | Connector::Except
    );
    if !fits {
        reader.report(messages::not_in_header(word, reader.slice(word), found.kind));
        return;
    }
    let repeated = match connector {
        Connector::Is => !found.is.is_empty(),
        _ => found.header.iter().any(|known| known.connector == connector),
    };
    if repeated {
        reader.report(messages::repeated_part(word, connector));
        return;
    }
    let Some(qualifier) = part::qualifier(reader, node) else {
        return;
    };
    match (connector, qualifier.content) {
        (Connector::Is, Content::Nouns(nouns)) => {
            if let Some(any) = nouns.any {
                reader.report(messages::unexpected(any, "any", "a name"));
            }
            found.is = nouns.names;
        }
        (Connector::Is, _) => {}
        (_, content) => found
            .header
            .push(crate::syntax::ast::Qualifier { content, ..qualifier }),
    }
}

fn odd(reader: &mut Reader<'_>, found: &Declaration, node: &Node<'_>, span: Span) {
    let first = match node.as_rule() {
        Rule::operands => inner(node).next().map_or(span, |part| reader.span(&part)),
        _ => span,
    };
    let word = reader.slice(first);
    let last: Option<&Path> = found.is.last();
    let names_before = found.header.is_empty() && last.is_some();
    if let (Some(last), true, Rule::operands) = (last, names_before, node.as_rule()) {
        reader.report(if reader.slice(last.span) == word {
            messages::doubled(first, word)
        } else {
            let comma = last.span.after();
            let flag = FLAGS.iter().any(|(flag, _)| *flag == word);
            messages::missing_comma(flag.then_some(comma), first, word, "`{` or the end of the line")
        });
        return;
    }
    if found.name.as_ref().is_some_and(|name| reader.slice(name.span) == word) {
        reader.report(messages::doubled(first, word));
        return;
    }
    if node.as_rule() == Rule::operands && found.is.is_empty() {
        reader.report(messages::missing_is(first, word, found.label.is_some()));
        return;
    }
    let expected = messages::expected_in_header(found);
    reader.report(messages::unexpected(first, word, expected));
}

/// What must be there.
pub(super) fn finish(reader: &mut Reader<'_>, found: &Declaration, tree: &Tree<'_>) {
    let nameless = may_lack_name(found.kind);
    if found.name.is_none() && !nameless {
        let after = found.kind_span.unwrap_or(found.span);
        reader.report(messages::missing_declared_name(after.after(), entry(found.kind).word));
    }
    if found.name.is_none() && found.label.is_none() && nameless && tree.block.is_none() {
        let after = found.kind_span.unwrap_or(found.span);
        reader.report(messages::nothing_declared(after, entry(found.kind).word));
    }
    if needs_block(Some(found.kind)) && tree.block.is_none() {
        reader.report(messages::needs_block(tree.line.span, entry(found.kind).word));
    }
}
