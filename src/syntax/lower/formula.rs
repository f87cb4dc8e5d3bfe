//! Names joined by commas, `and`, `or`, `not` and brackets: a list or a formula, as the place demands.

use super::value;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Bound, Comparison, Formula, Known, Nouns, Path};
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages;
use crate::syntax::reader::Reader;
use crate::syntax::vocabulary::{KINDS, VERBS};

/// The deepest nesting of brackets.
const DEEPEST: usize = 32;

/// A token of a formula.
#[derive(Clone)]
pub(super) enum Token {
    Not(Span),
    Left(Span),
    Right(Span),
    Comma(Span),
    And(Span),
    Or(Span),
    Any(Span),
    Name(Path),
    Compare(Span, Path, Comparison, Option<Spanned<Bound>>),
    Range(Span, Path, Spanned<u32>, Spanned<u32>),
}

impl Token {
    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        match self {
            Token::Not(span)
            | Token::Left(span)
            | Token::Right(span)
            | Token::Comma(span)
            | Token::And(span)
            | Token::Or(span)
            | Token::Any(span)
            | Token::Compare(span, ..)
            | Token::Range(span, ..) => *span,
            Token::Name(path) => path.span,
        }
    }

    fn is_operand(&self) -> bool {
        matches!(
            self,
            Token::Any(_) | Token::Name(_) | Token::Compare(..) | Token::Range(..)
        )
    }
}

/// The tokens of a piece.
pub(super) fn tokens(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<Token> {
    let mut out = Vec::new();
    for part in inner(node) {
        let span = reader.span(&part);
        out.push(match part.as_rule() {
            Rule::k_not => Token::Not(span),
            Rule::left => Token::Left(span),
            Rule::right => Token::Right(span),
            Rule::comma => Token::Comma(Span {
                end: span.start + 1,
                ..span
            }),
            Rule::k_and => Token::And(span),
            Rule::k_or => Token::Or(span),
            Rule::k_any => Token::Any(span),
            _ => match operand(reader, &part, span) {
                Some(token) => token,
                None => continue,
            },
        });
    }
    out
}

/// The sign of a comparison.
pub(super) fn sign(written: &str) -> Comparison {
    match written {
        "<" => Comparison::Less,
        "<=" => Comparison::AtMost,
        ">=" => Comparison::AtLeast,
        ">" => Comparison::Greater,
        "in" => Comparison::In,
        _ => Comparison::Equal,
    }
}

fn operand(reader: &mut Reader<'_>, node: &Node<'_>, span: Span) -> Option<Token> {
    let first = inner(node).next()?;
    match inner(node).nth(1).map(|part| part.as_rule()) {
        None => return Some(Token::Name(reader.path(&first))),
        Some(Rule::op) => {}
        Some(_) => return range(reader, node, span),
    }
    let mut path = None;
    let mut op = Comparison::Equal;
    let mut bound = None;
    for part in inner(node) {
        match part.as_rule() {
            Rule::path if path.is_none() => path = Some(reader.path(&part)),
            Rule::op => op = sign(part.as_str()),
            _ => bound = value::bound(reader, &part),
        }
    }
    if bound.is_none() {
        reader.report(messages::missing_bound(span));
    }
    Some(Token::Compare(span, path?, op, bound))
}

fn range(reader: &mut Reader<'_>, node: &Node<'_>, span: Span) -> Option<Token> {
    let mut path = None;
    let mut ends = Vec::new();
    for part in inner(node) {
        match part.as_rule() {
            Rule::path => path = Some(reader.path(&part)),
            _ => ends.extend(value::number(reader, &part)),
        }
    }
    if let ([low], Some(path)) = (ends.as_slice(), &path) {
        reader.report(messages::open_range(span, &path.text(), low.value));
    }
    let [low, high] = ends.as_slice() else { return None };
    if low.value > high.value {
        reader.report(messages::empty_range(span));
        return None;
    }
    Some(Token::Range(span, path?, *low, *high))
}

/// Reports a verb or kind that is used as a name.
pub(super) fn check_name(reader: &mut Reader<'_>, path: &Path) {
    let Some(first) = path.steps.first() else { return };
    let word = first.value.as_str();
    if VERBS.iter().any(|(_, verb, _)| *verb == word) || KINDS.iter().any(|kind| kind.word == word) {
        reader.report(messages::reserved_name(first.span, word));
    }
}

/// A list of nouns.
pub(super) fn nouns(reader: &mut Reader<'_>, node: &Node<'_>) -> Nouns {
    let mut list = Nouns {
        span: reader.span(node),
        any: None,
        names: Vec::new(),
        except: Vec::new(),
    };
    for token in tokens(reader, node) {
        match token {
            Token::Comma(_) => {}
            Token::Any(span) => list.any = Some(span),
            Token::Name(path) => {
                check_name(reader, &path);
                list.names.push(path);
            }
            Token::And(span) | Token::Or(span) => reader.report(messages::joined_list(span, reader.slice(span))),
            other => reader.report(messages::no_list_item(other.span(), reader.slice(other.span()))),
        }
    }
    list
}

/// One dotted name, if that is all there is.
pub(super) fn only_name(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Path> {
    let mut parts = inner(node);
    match (parts.next(), parts.next()) {
        (Some(part), None) if part.as_rule() == Rule::operand && inner(&part).nth(1).is_none() => {
            inner(&part).next().map(|path| reader.path(&path))
        }
        _ => None,
    }
}

/// What a scenario takes as known: facts, perhaps denied or compared, between commas.
pub(super) fn known(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<Known> {
    let mut out = Vec::new();
    let mut negated = false;
    for token in tokens(reader, node) {
        match token {
            Token::Comma(_) => {}
            Token::Not(span) if negated => reader.report(messages::doubled(span, "not")),
            Token::Not(_) => negated = true,
            Token::Name(path) => {
                check_name(reader, &path);
                out.push(if negated {
                    Known::Fails(path)
                } else {
                    Known::Holds(path)
                });
                negated = false;
            }
            Token::Compare(_, path, op, Some(bound)) if !negated => out.push(Known::Compare(path, op, bound)),
            Token::Compare(.., None) => {}
            Token::And(span) | Token::Or(span) => reader.report(messages::joined_list(span, reader.slice(span))),
            other => reader.report(messages::no_list_item(other.span(), reader.slice(other.span()))),
        }
    }
    out
}

/// A formula of `and`, `or`, `not` and brackets. `None` if nothing of it can be read, which has been reported.
pub(super) fn formula(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Formula> {
    read(reader, node, true)
}

/// A formula in a field, where words of the language may be values: `survives: keep`.
pub(super) fn plain_formula(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Formula> {
    read(reader, node, false)
}

fn read(reader: &mut Reader<'_>, node: &Node<'_>, check_names: bool) -> Option<Formula> {
    let tokens = tokens(reader, node);
    let mut walk = Walk {
        tokens: &tokens,
        next: 0,
        check_names,
    };
    let formula = walk.level(reader, 0);
    if let Some(token) = walk.tokens.get(walk.next) {
        reader.report(messages::lone_bracket(token.span(), ")"));
    }
    formula
}

struct Walk<'a> {
    tokens: &'a [Token],
    next: usize,
    check_names: bool,
}

impl Walk<'_> {
    /// Everything up to the end or a closing bracket.
    fn level(&mut self, reader: &mut Reader<'_>, depth: usize) -> Option<Formula> {
        let mut operands = Vec::new();
        let mut joints: Vec<(bool, Span)> = Vec::new();
        operands.extend(self.operand(reader, depth));
        while let Some(token) = self.tokens.get(self.next) {
            match token {
                Token::And(span) => joints.push((true, *span)),
                Token::Or(span) => joints.push((false, *span)),
                Token::Comma(span) => {
                    reader.report(messages::comma_in_formula(*span));
                    joints.push((false, *span));
                }
                _ => break,
            }
            self.next += 1;
            operands.extend(self.operand(reader, depth));
        }
        let all_and = joints.iter().all(|(and, _)| *and);
        let all_or = joints.iter().all(|(and, _)| !*and);
        if !all_and && !all_or {
            let places: Vec<Span> = operands.iter().map(|(_, span)| *span).collect();
            reader.report(messages::mixed_and_or(&joints, &places));
        }
        let mut operands: Vec<Formula> = operands.into_iter().map(|(formula, _)| formula).collect();
        match operands.len() {
            0 | 1 => operands.pop(),
            _ if all_and => Some(Formula::And(operands)),
            _ => Some(Formula::Or(operands)),
        }
    }

    fn operand(&mut self, reader: &mut Reader<'_>, depth: usize) -> Option<(Formula, Span)> {
        let mut negations = Vec::new();
        while let Some(Token::Not(span)) = self.tokens.get(self.next) {
            negations.push(*span);
            self.next += 1;
        }
        if let [_, second, ..] = negations.as_slice() {
            reader.report(messages::doubled(*second, "not"));
        }
        let token = self.tokens.get(self.next)?.clone();
        self.next += 1;
        let mut span = token.span();
        let inside = match token {
            Token::Name(path) => {
                if self.check_names {
                    check_name(reader, &path);
                }
                Some(Formula::Name(path))
            }
            Token::Compare(_, path, op, Some(bound)) => Some(Formula::Compare(path, op, bound)),
            // What it is compared with could not be read, which has been reported.
            Token::Compare(.., None) => None,
            Token::Range(_, path, low, high) => Some(Formula::Range(path, low, high)),
            Token::Left(left) if depth >= DEEPEST => {
                reader.report(messages::too_deep_brackets(left, DEEPEST));
                self.next = self.tokens.len();
                None
            }
            Token::Left(left) => {
                let inside = self.level(reader, depth + 1);
                match self.tokens.get(self.next) {
                    Some(Token::Right(right)) => {
                        span = left.to(*right);
                        self.next += 1;
                    }
                    _ => {
                        let end = self.tokens.last().map_or(left, Token::span);
                        reader.report(messages::unclosed_bracket(left, end.after()));
                    }
                }
                inside
            }
            other => {
                debug_assert!(!other.is_operand() || matches!(other, Token::Any(_)));
                reader.report(messages::no_formula_item(other.span(), reader.slice(other.span())));
                None
            }
        };
        let inside = inside?;
        match negations.first() {
            Some(not) => Some((Formula::Not(Box::new(inside)), not.to(span))),
            None => Some((inside, span)),
        }
    }
}
