//! A connecting word with what follows it.

use super::{formula, value};
use crate::source::Span;
use crate::syntax::ast::{Content, Nouns, Qualifier, Then};
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages;
use crate::syntax::reader::Reader;
use crate::syntax::shape::is_bare;
use crate::syntax::vocabulary::{CONNECTORS, Connector, Shape};

/// What a connecting word takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nouns,
    NounsOrDate,
    NounsOrPeriod,
    NounsOrText,
    Formula,
    FormulaOrDate,
    Period,
    Date,
    Text,
    Known,
}

fn takes(connector: Connector) -> Takes {
    match connector {
        Connector::About
        | Connector::With
        | Connector::In
        | Connector::Abroad
        | Connector::At
        | Connector::Then
        | Connector::Is
        | Connector::Verified
        | Connector::Except => Takes::Nouns,
        Connector::From => Takes::NounsOrDate,
        Connector::For => Takes::NounsOrPeriod,
        Connector::By => Takes::NounsOrText,
        Connector::Under | Connector::When | Connector::After => Takes::Formula,
        Connector::Until => Takes::FormulaOrDate,
        Connector::AtMost | Connector::AtLeast | Connector::Within => Takes::Period,
        Connector::On => Takes::Date,
        Connector::Cites => Takes::Text,
        Connector::Given => Takes::Known,
    }
}

/// The connecting word of a text.
pub(super) fn connector(written: &str) -> Option<Connector> {
    let mut words = written.split_whitespace();
    let (first, second) = (words.next()?, words.next());
    CONNECTORS
        .iter()
        .find(|(_, word)| {
            let mut known = word.split(' ');
            known.next() == Some(first) && known.next() == second
        })
        .map(|(connector, _)| *connector)
}

/// The connecting word of a piece, with its place.
pub(super) fn connector_of(reader: &Reader<'_>, node: &Node<'_>) -> Option<(Connector, Span)> {
    let word = inner(node).next()?;
    let span = reader.span(&word);
    match word.as_rule() {
        Rule::k_abroad => Some((Connector::Abroad, span)),
        Rule::k_then => Some((Connector::Then, span)),
        Rule::connector => Some((connector(word.as_str())?, span)),
        _ => None,
    }
}

/// One part of a sentence or header.
pub(super) fn qualifier(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Qualifier> {
    let (connector, word) = connector_of(reader, node)?;
    let rest: Vec<Node<'_>> = inner(node).skip(1).collect();
    let content = match (connector, rest.first()) {
        (Connector::Abroad, _) => Content::Nothing,
        (Connector::Then, _) => then(reader, word, &rest),
        (_, None) => {
            reader.report(messages::nothing_after(reader.text, word, connector));
            Content::Nothing
        }
        (_, Some(first)) => content(reader, connector, word, first),
    };
    let end = rest.last().map_or(word, |last| reader.span(last));
    Some(Qualifier {
        span: word.to(end),
        connector,
        content,
    })
}

fn content(reader: &mut Reader<'_>, connector: Connector, word: Span, node: &Node<'_>) -> Content {
    let takes = takes(connector);
    let names = matches!(node.as_rule(), Rule::operands | Rule::single);
    let read = match takes {
        Takes::Nouns | Takes::NounsOrDate | Takes::NounsOrPeriod | Takes::NounsOrText if names => {
            Some(Content::Nouns(formula::nouns(reader, node)))
        }
        Takes::Formula | Takes::FormulaOrDate if names => {
            Some(formula::formula(reader, node).map_or(Content::Nothing, Content::Formula))
        }
        Takes::Known if names => Some(Content::Given(formula::known(reader, node))),
        Takes::NounsOrDate | Takes::FormulaOrDate | Takes::Date
            if matches!(node.as_rule(), Rule::date | Rule::odd_date) =>
        {
            Some(value::date(reader, node).map_or(Content::Nothing, Content::Date))
        }
        Takes::NounsOrPeriod | Takes::Period if node.as_rule() == Rule::period => {
            Some(value::period(reader, node).map_or(Content::Nothing, Content::Period))
        }
        Takes::NounsOrText | Takes::Text if value::is_text(node) => Some(Content::Text(value::text(reader, node))),
        _ => None,
    };
    read.unwrap_or_else(|| {
        let at = reader.span(node);
        let inside = reader.slice(at).trim_matches('"').trim();
        let period = matches!(takes, Takes::NounsOrPeriod | Takes::Period) && is_bare(Shape::Period, inside);
        let date =
            matches!(takes, Takes::NounsOrDate | Takes::FormulaOrDate | Takes::Date) && is_bare(Shape::Date, inside);
        let bare = (value::is_text(node) && (period || date)).then_some(inside);
        reader.report(messages::wrong_after(at, reader.slice(at), word, connector, bare));
        Content::Nothing
    })
}

fn then(reader: &mut Reader<'_>, word: Span, rest: &[Node<'_>]) -> Content {
    let Some(first) = rest.first() else {
        reader.report(messages::nothing_after(reader.text, word, Connector::Then));
        return Content::Nothing;
    };
    if value::is_text(first) {
        return Content::Text(value::text(reader, first));
    }
    let path = reader.path(first);
    let addressee: Option<Nouns> = rest.get(1).map(|node| formula::nouns(reader, node));
    let then = match path.text().as_str() {
        "erase" => Then::Erase(path.span),
        "anonymise" => Then::Anonymise(path.span),
        _ => {
            formula::check_name(reader, &path);
            return Content::Then(Then::Duty(path, addressee));
        }
    };
    if let Some(nouns) = addressee {
        reader.report(messages::unexpected(
            nouns.span,
            reader.slice(nouns.span),
            "the end of the line",
        ));
    }
    Content::Then(then)
}
