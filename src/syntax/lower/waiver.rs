//! `waive CODE [with NAME or @id] [until DATE] "reason"`.

use super::{formula, part, value};
use crate::source::Spanned;
use crate::syntax::ast::{Content, Other, Waiver};
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages;
use crate::syntax::reader::Reader;
use crate::syntax::vocabulary::Connector;

/// A waiver; `None` if its code is missing, which has been reported.
pub(super) fn waiver(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Waiver> {
    let mut parts = inner(node);
    let word = reader.span(&parts.next()?);
    let mut found = Waiver {
        span: reader.span(node),
        code: Spanned {
            value: String::new(),
            span: word.after(),
        },
        with: None,
        until: None,
        reason: None,
    };
    for (at, part) in parts.enumerate() {
        let span = reader.span(&part);
        match part.as_rule() {
            Rule::operands if at == 0 => match formula::only_name(reader, &part) {
                Some(path) => {
                    found.code = Spanned {
                        value: path.text(),
                        span: path.span,
                    }
                }
                None => reader.report(messages::unexpected(
                    span,
                    reader.slice(span),
                    "the code of one finding",
                )),
            },
            Rule::part => clause(reader, &part, &mut found),
            Rule::string | Rule::open_string | Rule::curly_string if found.reason.is_none() => {
                found.reason = Some(value::text(reader, &part));
            }
            _ => {
                let word = reader.slice(span);
                let expected = if found.reason.is_some() {
                    "the end of the line"
                } else {
                    "the reason in quotes"
                };
                reader.report(if word == found.code.value || word == "waive" {
                    messages::doubled(span, word)
                } else {
                    messages::unexpected(span, word, expected)
                });
            }
        }
    }
    if found.code.value.is_empty() {
        reader.report(messages::missing_code(word));
        return None;
    }
    if found.reason.is_none() {
        reader.report(messages::missing_reason(found.span.after()));
    }
    // One that lacks its reason accepts its finding all the same: the mistake is told once.
    Some(found)
}

fn clause(reader: &mut Reader<'_>, node: &Node<'_>, found: &mut Waiver) {
    let Some((connector, word)) = part::connector_of(reader, node) else {
        return;
    };
    let id = inner(node).find(|part| part.as_rule() == Rule::id);
    match (connector, id) {
        (Connector::With, _) if found.with.is_some() => reader.report(messages::repeated_value(word, connector)),
        (Connector::Until, _) if found.until.is_some() => reader.report(messages::repeated_value(word, connector)),
        (Connector::With, Some(id)) => {
            found.with = inner(&id).next().map(|name| Other::Id(reader.word(&name)));
        }
        (Connector::With, None) => {
            let name = inner(node)
                .find(|part| part.as_rule() == Rule::operands)
                .and_then(|part| formula::only_name(reader, &part));
            match name {
                Some(path) => found.with = Some(Other::Name(path)),
                None => reader.report(messages::waived_with(word)),
            }
        }
        (Connector::Until, _) => match part::qualifier(reader, node).map(|qualifier| qualifier.content) {
            Some(Content::Date(date)) => found.until = Some(date),
            _ => reader.report(messages::waived_until(word)),
        },
        _ => reader.report(messages::unexpected(
            word,
            reader.slice(word),
            "`with`, `until` or the reason in quotes",
        )),
    }
}
