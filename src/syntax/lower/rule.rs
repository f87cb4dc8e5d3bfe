//! `each NOUN [except NOUN, …] [where TEST] must TEST`.

use super::formula::sign;
use super::value;
use crate::source::Span;
use crate::syntax::ast::{Atom, Each, Path, Quantity, Test};
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages;
use crate::syntax::reader::Reader;

/// A sentence about declarations.
pub(super) fn each(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Each> {
    let span = reader.span(node);
    let mut parts: Vec<Node<'_>> = inner(node).collect();
    if parts.is_empty() {
        return None;
    }
    let lead = reader.span(&parts.remove(0));
    let mut walk = Walk { parts, next: 0 };
    while walk.is_junk("each") {
        reader.report(messages::doubled(walk.here(reader), "each"));
        walk.next += 1;
    }
    let Some(noun) = walk.path(reader) else {
        reader.report(messages::missing_noun(lead));
        return None;
    };
    let mut found = Each {
        span,
        noun,
        except: Vec::new(),
        condition: None,
        must: None,
    };
    if walk.take(Rule::k_except).is_some() {
        found.except = walk.paths(reader);
    }
    if let Some(at) = walk.take(Rule::k_where) {
        found.condition = walk.test(reader, at, "where");
    }
    match walk.take(Rule::k_must) {
        Some(at) => found.must = walk.test(reader, at, "must"),
        None => {
            let at = walk.here_or(reader, span.after());
            reader.report(messages::expected_must(at, reader.slice(at), found.condition.is_some()));
        }
    }
    if let Some(left) = walk.parts.get(walk.next) {
        let span = reader.span(left);
        reader.report(messages::unexpected_in_test(span, reader.slice(span)));
    }
    Some(found)
}

struct Walk<'t> {
    parts: Vec<Node<'t>>,
    next: usize,
}

impl<'t> Walk<'t> {
    fn peek(&self) -> Option<Rule> {
        self.parts.get(self.next).map(|node| node.as_rule())
    }

    fn is_junk(&self, word: &str) -> bool {
        self.parts
            .get(self.next)
            .is_some_and(|node| node.as_rule() == Rule::junk && node.as_str() == word)
    }

    fn here(&self, reader: &Reader<'_>) -> Span {
        self.here_or(reader, reader.at(0, 0))
    }

    fn here_or(&self, reader: &Reader<'_>, otherwise: Span) -> Span {
        self.parts.get(self.next).map_or(otherwise, |node| reader.span(node))
    }

    /// Takes a word; a doubled one is taken whole and reported by the caller's next step.
    fn take(&mut self, rule: Rule) -> Option<Node<'t>> {
        if self.peek() != Some(rule) {
            return None;
        }
        let node = self.parts.get(self.next).cloned();
        self.next += 1;
        node
    }

    fn path(&mut self, reader: &mut Reader<'_>) -> Option<Path> {
        let node = self.take(Rule::property)?;
        let path = reader.path(&node);
        if path.steps.len() > 3 {
            reader.report(messages::long_path(path.span));
        }
        Some(path)
    }

    fn paths(&mut self, reader: &mut Reader<'_>) -> Vec<Path> {
        let mut out: Vec<Path> = Vec::new();
        loop {
            match self.path(reader) {
                Some(path) => out.push(path),
                None => {
                    let at = self.here_or(reader, reader.at(0, 0));
                    let after = self
                        .parts
                        .get(self.next.saturating_sub(1))
                        .map_or(at, |node| reader.span(node));
                    reader.report(messages::missing_path(after.after(), reader.slice(after)));
                    return out;
                }
            }
            if self.take(Rule::comma).is_some() {
                continue;
            }
            let twice = self.peek() == Some(Rule::property);
            if let (true, Some(last)) = (twice, out.last()) {
                let here = self.here(reader);
                let (word, before) = (reader.slice(here), reader.slice(last.span));
                reader.report(if word == before {
                    messages::doubled(here, word)
                } else {
                    messages::missing_comma(
                        Some(last.span.after()),
                        here,
                        word,
                        "`and`, `or` or the end of the line",
                    )
                });
                continue;
            }
            return out;
        }
    }

    fn test(&mut self, reader: &mut Reader<'_>, lead: Node<'t>, word: &'static str) -> Option<Test> {
        let lead = reader.span(&lead);
        let start = self.here_or(reader, lead.after());
        let mut alternatives = vec![Vec::new()];
        loop {
            let atom = self.atom(reader, lead, word)?;
            if let Some(last) = alternatives.last_mut() {
                last.push(atom);
            }
            if self.take(Rule::k_or).is_some() {
                alternatives.push(Vec::new());
            } else if self.take(Rule::k_and).is_none() {
                break;
            }
        }
        let end = self
            .parts
            .get(self.next.saturating_sub(1))
            .map_or(start, |node| reader.span(node));
        Some(Test {
            span: start.to(end),
            alternatives,
        })
    }

    fn atom(&mut self, reader: &mut Reader<'_>, lead: Span, word: &'static str) -> Option<Atom> {
        let mut negated = self.take(Rule::k_not).is_some();
        if let Some(be) = self.take(Rule::k_be) {
            let start = reader.span(&be);
            negated |= self.take(Rule::k_not).is_some();
            let nouns = self.paths(reader);
            // Nothing to be has been reported, and asks for nothing.
            let end = nouns.last()?.span;
            return Some(Atom::Is {
                span: start.to(end),
                negated,
                nouns,
            });
        }
        let Some(has) = self.take(Rule::k_has) else {
            let at = self.here_or(reader, lead.after());
            reader.report(messages::expected_has(at, reader.slice(at), word));
            return None;
        };
        let start = reader.span(&has);
        if negated {
            reader.report(messages::not_have(start, reader.slice(start)));
        }
        let quantity = match self.take(Rule::quantity) {
            Some(node) => match node.as_str() {
                "no" => Quantity::No,
                "only" => Quantity::Only,
                _ => Quantity::Some,
            },
            None => Quantity::Each,
        };
        let paths = self.paths(reader);
        let except = match self.take(Rule::k_except) {
            Some(_) => self.paths(reader),
            None => Vec::new(),
        };
        let op = self.take(Rule::op).or_else(|| self.take(Rule::k_in));
        let op = op.map(|node| (sign(node.as_str()), reader.span(&node)));
        let mut end = self
            .parts
            .get(self.next.saturating_sub(1))
            .map_or(start, |node| reader.span(node));
        let bound = match op {
            None => None,
            Some((sign, at)) => match self.peek() {
                Some(Rule::property | Rule::period | Rule::date | Rule::odd_date | Rule::number) => {
                    let node = self.parts.get(self.next).cloned()?;
                    self.next += 1;
                    end = reader.span(&node);
                    value::bound(reader, &node).map(|bound| (sign, bound))
                }
                _ => {
                    reader.report(messages::missing_bound(at));
                    None
                }
            },
        };
        Some(Atom::Has {
            span: start.to(end),
            quantity,
            paths,
            except,
            bound,
        })
    }
}
