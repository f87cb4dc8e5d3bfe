//! Lines that begin with no word of the language: children, and what has been misspelt or lost its first word.

use super::sentence::{self, Place};
use super::{declaration, field, formula, name, value};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Declaration, Node as Item};
use crate::syntax::blocks::Tree;
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages;
use crate::syntax::reader::Reader;
use crate::syntax::vocabulary::{KINDS, Kind, kind as kind_entry};
use crate::syntax::words::nearest;

/// The item that such a line makes in a block of this kind; `None` is the top level.
pub(super) fn entry(reader: &mut Reader<'_>, tree: &Tree<'_>, kind: Option<Kind>) -> Item {
    let parts: Vec<Node<'_>> = inner(&tree.line.node).collect();
    let Some(first) = parts.first() else { return Item::Error };
    let children = kind.is_some_and(|kind| kind_entry(kind).children);
    match first.as_rule() {
        Rule::operands | Rule::declared_name => {
            let second = parts.get(1).map(Node::as_rule);
            let word = first_word(first);
            if tree.line.kind.is_some() && !children {
                return match second {
                    Some(Rule::operands) => misspelt_kind(reader, tree, &parts),
                    _ => lost_kind(reader, tree, &parts),
                };
            }
            if let Some(found) = kind.and_then(|kind| field::known(kind, &word)) {
                let at = word_span(reader, first, &word);
                reader.report(messages::field_without_colon(reader.text, at, found.word));
                return Item::Error;
            }
            if children {
                return child(reader, tree, kind, &parts);
            }
            match kind {
                Some(Kind::Processing) => misspelt_verb(reader, &parts, Place::Statement),
                Some(Kind::Scenario) => misspelt_lead(reader, &parts, &["allow", "deny"], "`allow` or `deny`"),
                Some(Kind::Rule) => misspelt_lead(
                    reader,
                    &parts,
                    &["each", "never", "share", "process", "use", "collect"],
                    "`each`, `never` or a verb",
                ),
                None | Some(Kind::Section | Kind::Law) => at_top(reader, tree, &parts, second),
                Some(kind) => {
                    let span = reader.span(first);
                    let words = kind_entry(kind).fields.iter().map(|field| field.word);
                    reader.report(messages::no_member(span, &word, kind, nearest(&word, words)));
                    Item::Error
                }
            }
        }
        Rule::string | Rule::open_string | Rule::curly_string if tree.line.kind.is_some() && !children => {
            lost_kind(reader, tree, &parts)
        }
        Rule::string | Rule::open_string | Rule::curly_string if children => {
            let span = reader.span(first);
            reader.report(messages::missing_child_name(span));
            child(reader, tree, kind, &parts)
        }
        Rule::part => {
            let span = reader.span(first);
            let word = first_word(first);
            let known = kind.and_then(|kind| field::known(kind, &word));
            reader.report(match known {
                Some(found) => messages::field_without_colon(reader.text, word_span(reader, first, &word), found.word),
                None => messages::line_begins_with(word_span(reader, first, &word), &word),
            });
            let _ = span;
            Item::Error
        }
        _ => {
            let span = reader.span(first);
            if value::is_text(first) {
                value::text(reader, first);
            }
            let word = reader.slice(span);
            reader.report(if first.as_rule() == Rule::nameless {
                messages::missing_field_word(Span {
                    end: span.start + 1,
                    ..span
                })
            } else {
                messages::no_line(span, word)
            });
            Item::Error
        }
    }
}

fn word_span(reader: &Reader<'_>, node: &Node<'_>, word: &str) -> Span {
    let start = node.as_span().start() + (node.as_str().len() - node.as_str().trim_start().len());
    reader.at(start, start + word.len())
}

fn first_word(node: &Node<'_>) -> String {
    node.as_str()
        .trim_start()
        .chars()
        .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
        .collect()
}

/// `name "label" …` in a block whose kind has children.
fn child(reader: &mut Reader<'_>, tree: &Tree<'_>, kind: Option<Kind>, parts: &[Node<'_>]) -> Item {
    let Some(kind) = kind else { return Item::Error };
    let mut found = declaration::empty(tree, kind, None);
    let mut rest = parts;
    if let Some(others) = name::broken(reader, parts) {
        rest = others;
    } else if let Some((first, others)) = parts.split_first()
        && first.as_rule() == Rule::operands
    {
        match formula::only_name(reader, first) {
            Some(path) => {
                let dotted = (path.steps.len() > 1).then_some(path.span);
                found.name = name::checked(reader, path);
                if let Some(span) = dotted {
                    reader.report(messages::dotted_child(span));
                }
            }
            None => {
                let span = reader.span(first);
                reader.report(messages::one_child_a_line(span));
            }
        }
        rest = others;
    }
    declaration::header(reader, &mut found, rest);
    Item::Declaration(found)
}

/// `dta identity "…" {`: declared all the same, under the nearest kind.
fn misspelt_kind(reader: &mut Reader<'_>, tree: &Tree<'_>, parts: &[Node<'_>]) -> Item {
    let Some(kind) = tree.line.kind else { return Item::Error };
    let Some(first) = parts.first() else { return Item::Error };
    let span = reader.span(first);
    reader.report(messages::unknown_kind(
        span,
        reader.slice(span),
        Some(kind_entry(kind).word),
    ));
    let mut found: Declaration = declaration::empty(tree, kind, Some(span));
    found.name = parts.get(1).and_then(|node| formula::only_name(reader, node));
    declaration::header(reader, &mut found, parts.get(2..).unwrap_or(&[]));
    Item::Declaration(found)
}

/// `identity "…" {`: declared all the same, under the kind that its block shows.
fn lost_kind(reader: &mut Reader<'_>, tree: &Tree<'_>, parts: &[Node<'_>]) -> Item {
    let (Some(kind), Some(first)) = (tree.line.kind, parts.first()) else {
        return Item::Error;
    };
    let span = reader.span(first);
    reader.report(messages::missing_kind(span, reader.slice(span), None));
    let mut found = declaration::empty(tree, kind, None);
    let mut rest = parts;
    if first.as_rule() == Rule::operands {
        found.name = formula::only_name(reader, first);
        rest = parts.get(1..).unwrap_or(&[]);
    }
    declaration::header(reader, &mut found, rest);
    Item::Declaration(found)
}

/// A line at top level that begins with a name.
fn at_top(reader: &mut Reader<'_>, tree: &Tree<'_>, parts: &[Node<'_>], second: Option<Rule>) -> Item {
    let Some(first) = parts.first() else { return Item::Error };
    let span = reader.span(first);
    let word = first_word(first);
    let textual = matches!(second, Some(Rule::string | Rule::open_string | Rule::curly_string));
    if textual || tree.block.is_some() {
        let near = nearest(&word, KINDS.iter().map(|kind| kind.word));
        reader.report(messages::missing_kind(span, reader.slice(span), near));
        return Item::Error;
    }
    let leads = ["never", "waive"];
    if let Some(near) = nearest(&word, leads.into_iter())
        && sentence::nearest_verb(&word).is_none()
    {
        reader.report(messages::unknown_word(
            word_span(reader, first, &word),
            &word,
            None,
            Some(near),
        ));
        return Item::Error;
    }
    if second == Some(Rule::operands) && sentence::nearest_verb(&word).is_none() {
        let near = nearest(&word, KINDS.iter().map(|kind| kind.word));
        reader.report(messages::unknown_kind(word_span(reader, first, &word), &word, near));
        return Item::Error;
    }
    misspelt_verb(reader, parts, Place::Top)
}

/// A sentence whose verb is misspelt or missing.
fn misspelt_verb(reader: &mut Reader<'_>, parts: &[Node<'_>], place: Place) -> Item {
    let Some(first) = parts.first() else { return Item::Error };
    let word = first_word(first);
    let span = word_span(reader, first, &word);
    let near = sentence::nearest_verb(&word);
    let two_names = matches!(parts.get(1).map(Node::as_rule), Some(Rule::operands));
    match near {
        Some((verb, near)) if two_names || formula::only_name(reader, first).is_some() => {
            reader.report(messages::unknown_verb(span, &word, Some(near)));
            let verb = Spanned { value: verb, span };
            let rest = parts.get(1..).unwrap_or(&[]).to_vec();
            Item::Sentence(sentence::rest(reader, None, verb, rest, place))
        }
        _ if two_names => {
            reader.report(messages::unknown_verb(span, &word, None));
            Item::Error
        }
        _ => {
            let span = reader.span(first);
            reader.report(messages::missing_statement_verb(span, reader.slice(span)));
            Item::Error
        }
    }
}

/// A line of a scenario or rule whose first word is misspelt or missing.
fn misspelt_lead(reader: &mut Reader<'_>, parts: &[Node<'_>], leads: &[&'static str], expected: &'static str) -> Item {
    let Some(first) = parts.first() else { return Item::Error };
    let word = first_word(first);
    let span = word_span(reader, first, &word);
    let near = nearest(&word, leads.iter().copied());
    if near.is_none() && leads.contains(&"each") && parts.iter().any(|part| part.as_str() == "must") {
        reader.report(messages::missing_each(span, &word));
        return Item::Error;
    }
    reader.report(messages::unknown_word(span, &word, Some(expected), near));
    Item::Error
}

/// A request whose verb is misspelt or missing.
pub(super) fn misspelt_request(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Item {
    let parts: Vec<Node<'_>> = inner(&tree.line.node).collect();
    misspelt_verb(reader, &parts, Place::Request)
}
