//! The lines of a scenario: `allow …`, `deny undeclared …`.

use super::formula;
use super::sentence::{self, Place};
use crate::source::Spanned;
use crate::syntax::ast::{Expectation, Outcome, Path};
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages;
use crate::syntax::reader::Reader;
use crate::syntax::words::nearest;

/// The words that may follow `deny`.
pub(in crate::syntax) const REASONS: &[(&str, Outcome)] = &[
    ("forbidden", Outcome::Forbidden),
    ("undeclared", Outcome::Undeclared),
    ("unmet", Outcome::Unmet),
    ("invalid", Outcome::Invalid),
    ("no_policy", Outcome::NoPolicy),
];

/// A line of a scenario.
pub(super) fn expectation<'t>(reader: &mut Reader<'t>, node: &Node<'t>) -> Option<Expectation> {
    let mut parts = inner(node).peekable();
    let lead = parts.next()?;
    let lead_span = reader.span(&lead);
    let word = if lead.as_str() == "allow" { "allow" } else { "deny" };
    let mut outcome = Spanned {
        value: if word == "allow" { Outcome::Allow } else { Outcome::Deny },
        span: lead_span,
    };
    let mut names: Vec<Path> = Vec::new();
    let mut odd = Vec::new();
    let mut reasons = 0;
    while let Some(part) = parts.next_if(sentence::is_before_verb) {
        let span = reader.span(&part);
        if part.as_rule() != Rule::path {
            if part.as_rule() != Rule::comma {
                odd.push(part);
            }
            continue;
        }
        let written = reader.slice(span);
        let reason = REASONS.iter().find(|(known, _)| *known == written);
        match reason {
            Some((_, value)) if word == "deny" && reasons == 0 => {
                reasons = 1;
                outcome = Spanned { value: *value, span };
            }
            None if outcome.value == Outcome::Unmet => {
                let path = reader.path(&part);
                formula::check_name(reader, &path);
                names.push(path);
            }
            Some(_) if word == "deny" => reader.report(messages::doubled(span, written)),
            _ => odd.push(part),
        }
    }
    if parts.peek().is_some_and(|part| part.as_rule() == Rule::verb)
        && let Some(first) = odd.first()
        && first.as_rule() == Rule::path
    {
        let span = reader.span(first);
        let near = nearest(reader.slice(span), REASONS.iter().map(|(word, _)| *word));
        reader.report(messages::unknown_reason(span, reader.slice(span), word, near));
        odd.clear();
    }
    // With the verb misspelt, it has been taken for a name.
    if odd.is_empty() && parts.peek().is_none_or(|part| part.as_rule() != Rule::verb) {
        odd.extend(inner(node).filter(|part| part.as_rule() == Rule::path));
    }
    let verb = sentence::lead(reader, &odd, lead_span, word, &mut parts);
    let request = verb.map(|verb| sentence::rest(reader, None, verb, parts.collect(), Place::Request));
    let span = reader.span(node);
    Some(Expectation {
        span,
        outcome,
        names,
        sentence: request,
    })
}
