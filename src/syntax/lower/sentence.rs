//! Verb-led sentences: statements, promises, restrictions, and the requests of scenarios.

use super::{formula, part, value};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Content, Nouns, Only, Qualifier, Sentence};
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages::{self, Before};
use crate::syntax::reader::Reader;
use crate::syntax::vocabulary::{Connector, OTHER_VERBS, VERBS, Verb, takes_part};
use crate::syntax::words::{counted, meant_connector, nearest};

/// Where a sentence stands, which decides what it may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::syntax) enum Place {
    /// In a `processing` block.
    Statement,
    /// At top level or in a section.
    Top,
    /// In a rule.
    Rule,
    /// In a scenario, or asked by hand.
    Request,
}

/// The verb of a word.
pub(super) fn verb(word: &str) -> Option<Verb> {
    VERBS
        .iter()
        .find(|(_, known, _)| *known == word)
        .map(|(verb, ..)| *verb)
}

/// The word of a verb.
pub(in crate::syntax) fn verb_word(verb: Verb) -> &'static str {
    VERBS
        .iter()
        .find(|(known, ..)| *known == verb)
        .map_or("", |(_, word, _)| word)
}

/// The verb nearest to a word, or meant by it.
pub(super) fn nearest_verb(word: &str) -> Option<(Verb, &'static str)> {
    let other = OTHER_VERBS.iter().find(|(other, _)| *other == word);
    if let Some((_, meant)) = other {
        return Some((*meant, verb_word(*meant)));
    }
    let near = nearest(word, VERBS.iter().map(|(_, word, _)| *word))?;
    Some((verb(near)?, near))
}

/// A sentence that opens with its verb.
pub(super) fn sentence(reader: &mut Reader<'_>, node: &Node<'_>, place: Place) -> Option<Sentence> {
    let mut parts = inner(node);
    let first = parts.next()?;
    let word = Spanned {
        value: verb(first.as_str())?,
        span: reader.span(&first),
    };
    Some(rest(reader, None, word, parts.collect(), place))
}

/// `never …`.
pub(super) fn promise<'t>(reader: &mut Reader<'t>, node: &Node<'t>, place: Place) -> Option<Sentence> {
    let mut parts = inner(node);
    let never = reader.span(&parts.next()?);
    let mut before = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next_if(|part| part.as_rule() != Rule::verb && is_before_verb(part)) {
        before.push(part);
    }
    let word = lead(reader, &before, never, "never", &mut parts)?;
    Some(rest(reader, Some(never), word, parts.collect(), place))
}

/// Whether a piece may stand between a leading word and its verb.
pub(super) fn is_before_verb(node: &Node<'_>) -> bool {
    matches!(
        node.as_rule(),
        Rule::path | Rule::comma | Rule::k_never | Rule::k_expect
    )
}

/// The verb after `never`, `allow` or `deny`; what stands before it has no business there.
pub(super) fn lead<'t>(
    reader: &mut Reader<'t>,
    before: &[Node<'t>],
    leading: Span,
    leading_word: &'static str,
    parts: &mut std::iter::Peekable<impl Iterator<Item = Node<'t>>>,
) -> Option<Spanned<Verb>> {
    if let Some(found) = parts.next_if(|part| part.as_rule() == Rule::verb) {
        if let Some(odd) = before.first() {
            let span = reader.span(odd);
            let word = reader.slice(span);
            reader.report(if word == leading_word {
                messages::doubled(span, word)
            } else {
                messages::unexpected(span, word, "a verb")
            });
        }
        return Some(Spanned {
            value: verb(found.as_str())?,
            span: reader.span(&found),
        });
    }
    for odd in before {
        let span = reader.span(odd);
        if let Some((value, near)) = nearest_verb(reader.slice(span)) {
            reader.report(messages::unknown_verb(span, reader.slice(span), Some(near)));
            // The data behind the verb have been read as words before it, so they are lost: the line is broken anyhow.
            return Some(Spanned { value, span });
        }
    }
    reader.report(messages::missing_verb(leading.after(), leading_word));
    None
}

/// Everything behind the verb.
pub(super) fn rest(
    reader: &mut Reader<'_>,
    never: Option<Span>,
    verb: Spanned<Verb>,
    parts: Vec<Node<'_>>,
    place: Place,
) -> Sentence {
    let mut walk = Walk {
        sentence: Sentence {
            span: never.unwrap_or(verb.span).to(verb.span),
            never,
            verb,
            data: None,
            qualifiers: Vec::new(),
            only: None,
        },
        place,
        before: Before::Verb,
        names: None,
    };
    for (at, node) in parts.iter().enumerate() {
        walk.piece(reader, node, parts.get(at + 1..).unwrap_or_default());
    }
    walk.finish(reader)
}

struct Walk {
    sentence: Sentence,
    place: Place,
    /// What the last good piece was, for messages.
    before: Before,
    /// The names that end directly before the next piece.
    names: Option<Nouns>,
}

impl Walk {
    /// Takes a piece; those behind it are for messages.
    fn piece(&mut self, reader: &mut Reader<'_>, node: &Node<'_>, behind: &[Node<'_>]) {
        let span = reader.span(node);
        match node.as_rule() {
            Rule::part => self.part(reader, node),
            Rule::only => self.only(reader, span),
            Rule::alternative => self.alternative(reader, span),
            Rule::operands if matches!(self.before, Before::Verb) => self.data(reader, node),
            _ => self.odd(reader, node, behind),
        }
        self.sentence.span = self.sentence.span.to(span);
    }

    fn data(&mut self, reader: &mut Reader<'_>, node: &Node<'_>) {
        if let Some(path) = formula::only_name(reader, node)
            && path.text() == verb_word(self.sentence.verb.value)
        {
            reader.report(messages::doubled(path.span, &path.text()));
            return;
        }
        let nouns = formula::nouns(reader, node);
        self.names = Some(nouns.clone());
        self.sentence.data = Some(nouns);
        self.before = Before::Data;
    }

    fn part(&mut self, reader: &mut Reader<'_>, node: &Node<'_>) {
        let Some((connector, word)) = part::connector_of(reader, node) else {
            return;
        };
        if connector == Connector::Except {
            self.except(reader, node, word);
            return;
        }
        self.check_place(reader, connector, word);
        let Some(qualifier) = part::qualifier(reader, node) else {
            return;
        };
        let repeated = self.is_repeated(&qualifier);
        if repeated {
            reader.report(match &qualifier.content {
                Content::Nouns(_) | Content::Formula(_) | Content::Given(_) => messages::repeated_part(word, connector),
                _ => messages::repeated_value(word, connector),
            });
        }
        self.names = match &qualifier.content {
            Content::Nouns(nouns) => Some(nouns.clone()),
            _ => None,
        };
        self.before = Before::Part(connector);
        if !repeated {
            self.current().push(qualifier);
        }
    }

    /// Whether a part stands there already. In a `keep` a purpose and a period are two parts, though both follow `for`.
    fn is_repeated(&mut self, part: &Qualifier) -> bool {
        let keep = self.sentence.verb.value == Verb::Keep;
        let is_period = |content: &Content| matches!(content, Content::Period(_));
        self.current()
            .iter()
            .filter(|known| known.connector == part.connector)
            .any(|known| match part.connector {
                Connector::Then | Connector::Within => false,
                Connector::For if keep => is_period(&known.content) == is_period(&part.content),
                _ => true,
            })
    }

    /// Whether a part with this connecting word may stand here, and none does yet.
    fn may_follow(&self, connector: Connector) -> bool {
        let alternatives = self.sentence.only.as_ref().map(|only| &only.alternatives);
        let current = alternatives.map_or(Some(&self.sentence.qualifiers), |all| all.last());
        let mut known = current.into_iter().flatten();
        takes_part(self.sentence.verb.value, connector) && !known.any(|part| part.connector == connector)
    }

    /// The list that the next part belongs to.
    fn current(&mut self) -> &mut Vec<Qualifier> {
        match self
            .sentence
            .only
            .as_mut()
            .and_then(|only| only.alternatives.last_mut())
        {
            Some(alternative) => alternative,
            None => &mut self.sentence.qualifiers,
        }
    }

    /// `any except identity.face_photo`: belongs to the nouns before it.
    fn except(&mut self, reader: &mut Reader<'_>, node: &Node<'_>, word: Span) {
        let before = self.before;
        let Some(Qualifier {
            content: Content::Nouns(taken),
            span,
            ..
        }) = part::qualifier(reader, node)
        else {
            return;
        };
        let target = match before {
            Before::Data => self.sentence.data.as_mut(),
            Before::Part(_) => match self.current().last_mut() {
                Some(Qualifier {
                    content: Content::Nouns(nouns),
                    span: whole,
                    ..
                }) => {
                    *whole = whole.to(span);
                    Some(nouns)
                }
                _ => None,
            },
            _ => None,
        };
        match target {
            Some(nouns) if nouns.except.is_empty() => {
                nouns.span = nouns.span.to(span);
                nouns.except = taken.names;
            }
            // `abroad except adequate`: countries are taken out of all those abroad.
            _ if before == Before::Part(Connector::Abroad) => {
                if let Some(last) = self.current().last_mut() {
                    last.span = last.span.to(span);
                    last.content = Content::Nouns(Nouns {
                        span,
                        any: None,
                        names: Vec::new(),
                        except: taken.names,
                    });
                }
            }
            _ => reader.report(messages::except_after_nothing(word)),
        }
    }

    fn check_place(&mut self, reader: &mut Reader<'_>, connector: Connector, word: Span) {
        let fits = match connector {
            Connector::About
            | Connector::From
            | Connector::With
            | Connector::For
            | Connector::Under
            | Connector::When
            | Connector::By
            | Connector::In
            | Connector::Abroad
            | Connector::Until
            | Connector::After
            | Connector::AtMost
            | Connector::AtLeast
            | Connector::Then
            | Connector::Within
            | Connector::Except => true,
            Connector::Given | Connector::On => self.place == Place::Request,
            Connector::At | Connector::Is | Connector::Cites | Connector::Verified => false,
        };
        if !fits {
            let expected = messages::expected_after(&self.sentence, self.before);
            reader.report(messages::not_in_sentence(word, reader.slice(word), expected));
        }
    }

    fn only(&mut self, reader: &mut Reader<'_>, span: Span) {
        match &self.sentence.only {
            Some(_) => reader.report(messages::doubled(span, "only")),
            None => {
                if self.place == Place::Statement || self.place == Place::Request {
                    reader.report(messages::only_in_block(span, self.place == Place::Request));
                }
                if let Some(never) = self.sentence.never {
                    reader.report(messages::never_only(never, span));
                }
                self.sentence.only = Some(Only {
                    span,
                    alternatives: vec![Vec::new()],
                });
            }
        }
        self.names = None;
        self.before = Before::Only;
    }

    fn alternative(&mut self, reader: &mut Reader<'_>, span: Span) {
        match &mut self.sentence.only {
            Some(only) if only.alternatives.last().is_some_and(|last| !last.is_empty()) => {
                only.alternatives.push(Vec::new());
                self.before = Before::Only;
            }
            Some(_) => reader.report(messages::nothing_before_or(span)),
            None => {
                let expected = messages::expected_after(&self.sentence, self.before);
                reader.report(messages::unexpected(span, "or", expected));
            }
        }
        self.names = None;
    }

    fn odd(&mut self, reader: &mut Reader<'_>, node: &Node<'_>, behind: &[Node<'_>]) {
        if reader.is_broken() {
            return;
        }
        let span = reader.span(node);
        let word = reader.slice(span).to_owned();
        if value::is_text(node) && node.as_rule() != Rule::string {
            value::text(reader, node);
            return;
        }
        let first = inner(node).next().filter(|_| node.as_rule() == Rule::operands);
        if let Some(first) = first.map(|first| reader.span(&first)) {
            let word = reader.slice(first);
            // A name follows where the connecting word is misspelt: `share contacts to banks`.
            let follows = behind.first().is_some_and(|next| next.as_rule() == Rule::operands);
            let meant = meant_connector(word, |connector| self.may_follow(connector)).filter(|_| follows);
            let last = self.names.as_ref().and_then(|names| names.names.last());
            let period = last.and_then(|last| Some((last.span.to(first), counted(reader.slice(last.span))?)));
            if let Some((whole, count)) = period.filter(|_| self.before == Before::Part(Connector::For)) {
                reader.report(messages::number_in_words(whole, reader.slice(whole), count));
                return;
            }
            let twice = last.is_some_and(|path| reader.slice(path.span) == word);
            let expected = messages::expected_after(&self.sentence, self.before);
            if let (Some(meant), false) = (meant, twice || verb(word).is_some()) {
                reader.report(messages::unknown_connector(first, word, expected, meant));
                return;
            }
            if let Some(names) = &self.names {
                // Only where no connecting word is missing is it surely the comma.
                let comma = names.span.after();
                let connected: Vec<Connector> = behind
                    .iter()
                    .filter_map(|part| Some(part::connector_of(reader, part)?.0))
                    .collect();
                let sure = messages::nothing_is_missing(&self.sentence, self.before, &connected);
                reader.report(if twice {
                    messages::doubled(first, word)
                } else if verb(word).is_some() && follows {
                    messages::missing_line_end(first, word)
                } else {
                    messages::missing_comma(sure.then_some(comma), first, word, expected)
                });
                return;
            }
        }
        let expected = messages::expected_after(&self.sentence, self.before);
        reader.report(messages::unexpected(span, &word, expected));
    }

    fn finish(mut self, reader: &mut Reader<'_>) -> Sentence {
        if self.sentence.data.is_none() {
            let verb = self.sentence.verb;
            reader.report(messages::missing_data(verb.span, verb_word(verb.value)));
        }
        if let Some(only) = &mut self.sentence.only {
            only.span = only.span.to(self.sentence.span);
            if only.alternatives.last().is_some_and(Vec::is_empty) {
                reader.report(messages::nothing_after_only(only.span));
                only.alternatives.pop();
            }
        }
        let verb = self.sentence.verb;
        let statement = self.sentence.never.is_none() && self.sentence.only.is_none() && self.place != Place::Request;
        if statement && self.place != Place::Statement {
            reader.report(messages::permission_outside(self.sentence.span, verb_word(verb.value)));
        }
        if statement && verb.value == Verb::Combine {
            reader.report(messages::combine_allowed(verb.span));
        }
        self.sentence
    }
}
