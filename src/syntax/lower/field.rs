//! `word: value, value`.

use super::{formula, part, value};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Core, Field, Qualifier, Value};
use crate::syntax::grammar::{Node, Rule, inner};
use crate::syntax::messages;
use crate::syntax::reader::Reader;
use crate::syntax::shape;
use crate::syntax::vocabulary::{COMMON_FIELDS, FieldWord, Kind, Shape, kind as entry};
use crate::syntax::words::{counted, nearest};

/// The field of a kind with this word.
pub(super) fn known(kind: Kind, word: &str) -> Option<&'static FieldWord> {
    let mut all = entry(kind).fields.iter().chain(COMMON_FIELDS);
    all.find(|field| field.word == word)
}

/// A field of a declaration of some kind.
pub(super) fn field(reader: &mut Reader<'_>, node: &Node<'_>, kind: Option<Kind>) -> Option<Field> {
    let mut parts = inner(node);
    let word = reader.word(&parts.next()?);
    let known = kind.and_then(|kind| known(kind, &word.value));
    if let (Some(kind), None) = (kind, known) {
        let words = entry(kind).fields.iter().chain(COMMON_FIELDS).map(|field| field.word);
        reader.report(messages::unknown_field(
            word.span,
            &word.value,
            kind,
            nearest(&word.value, words),
        ));
    }
    if let Some(known) = known.filter(|known| matches!(known.shape, Shape::Text | Shape::Texts))
        && let Some(text) = unquoted(reader, word.span)
    {
        let expected = shape::name(known.shape);
        reader.report(messages::unquoted_text(text.span, known.word, expected, &text.value));
        return Some(Field {
            span: word.span.to(text.span),
            values: vec![Value {
                span: text.span,
                core: Core::Text(text),
                qualifiers: Vec::new(),
            }],
            word,
            prose: Vec::new(),
        });
    }
    let mut found = Field {
        span: reader.span(node),
        word,
        values: Vec::new(),
        prose: Vec::new(),
    };
    let mut walk = Walk {
        done: Vec::new(),
        open: None,
        after_comma: None,
        kind,
        ends: None,
    };
    for part in parts {
        if walk.ends.is_some() {
            break;
        }
        if part.as_rule() == Rule::open {
            let at = reader.span(&part);
            reader.report(messages::field_with_block(at));
            found.span.end = at.start;
            continue;
        }
        walk.piece(reader, &part, &found);
    }
    if let Some(comma) = walk.after_comma {
        reader.report(messages::trailing_comma(comma));
    }
    if let Some(end) = walk.ends {
        found.span = reader.at(found.span.start as usize, end);
    }
    let written = reader.slice(found.span).trim_end().len();
    found.span = reader.at(found.span.start as usize, found.span.start as usize + written);
    found.values = walk.finish();
    Some(found)
}

/// What stands behind the colon of a text's field without any quotes, up to the end of the line: `email: info@x.kg`.
fn unquoted(reader: &Reader<'_>, word: Span) -> Option<Spanned<String>> {
    const QUOTES: &[char] = &['"', '“', '”', '„', '«', '»'];
    let rest = reader.text.get(word.end as usize..)?;
    let line = rest.split(['\n', '\r']).next()?;
    let before = line.len() - line.trim_start_matches([' ', '\t']).strip_prefix(':')?.len();
    let value = line.get(before..)?;
    // A comment stands behind a blank; `https://` holds none.
    let value = value.split(" //").next()?.trim_end_matches([' ', '\t', '{', '}']);
    let start = word.end as usize + before + (value.len() - value.trim_start().len());
    let value = value.trim();
    let is_text = !value.is_empty() && !value.starts_with("//") && !value.contains(QUOTES);
    is_text.then(|| Spanned {
        value: value.to_owned(),
        span: reader.at(start, start + value.len()),
    })
}

/// Checks what the field holds, once its prose is known.
pub(super) fn check(reader: &mut Reader<'_>, field: &Field, kind: Option<Kind>) {
    let Some(known) = kind.and_then(|kind| known(kind, &field.word.value)) else {
        return;
    };
    shape::check(reader, field, known);
}

struct Walk {
    done: Vec<Value>,
    open: Option<Value>,
    after_comma: Option<Span>,
    kind: Option<Kind>,
    /// Where another field begins whose colon is missing.
    ends: Option<usize>,
}

impl Walk {
    fn finish(mut self) -> Vec<Value> {
        self.done.extend(self.open.take());
        self.done
    }

    fn piece(&mut self, reader: &mut Reader<'_>, node: &Node<'_>, field: &Field) {
        let span = reader.span(node);
        match node.as_rule() {
            Rule::field_comma | Rule::comma => {
                let comma = Span {
                    end: span.start + 1,
                    ..span
                };
                if self.open.is_none() {
                    reader.report(messages::doubled_or_lone_comma(comma, self.after_comma.is_some()));
                }
                self.done.extend(self.open.take());
                self.after_comma = Some(comma);
                return;
            }
            Rule::field_part => self.part(reader, node, field),
            Rule::string | Rule::open_string | Rule::curly_string => {
                let text = value::text(reader, node);
                match self.open.take() {
                    None => self.begin(Core::Text(text), span),
                    Some(Value {
                        core: Core::Formula(crate::syntax::ast::Formula::Name(path)),
                        qualifiers,
                        span: before,
                    }) if qualifiers.is_empty() && path.steps.len() == 1 => {
                        if let Some(tag) = path.steps.into_iter().next() {
                            self.begin(Core::Tagged(tag, text), before.to(span));
                        }
                    }
                    Some(other) => {
                        let same = reader.slice(other.span) == reader.slice(span);
                        // Two texts side by side lack a comma; a name before a text may lack anything.
                        let texts = matches!(other.core, Core::Text(_) | Core::Tagged(..));
                        reader.report(messages::second_value(
                            texts.then_some(other.span.after()),
                            span,
                            reader.slice(span),
                            same,
                        ));
                        self.open = Some(other);
                    }
                }
            }
            Rule::date | Rule::odd_date => {
                let core = value::date(reader, node).map_or(Core::Empty, Core::Date);
                self.core(reader, core, span, field);
            }
            Rule::period => {
                let core = value::period(reader, node).map_or(Core::Empty, Core::Period);
                self.core(reader, core, span, field);
            }
            Rule::number => {
                let core = value::number(reader, node).map_or(Core::Empty, Core::Number);
                self.core(reader, core, span, field);
            }
            Rule::single => {
                let core = single(reader, node);
                self.core(reader, core, span, field);
            }
            _ => {
                let word = reader.slice(span);
                reader.report(if word == ":" {
                    messages::doubled(span, ":")
                } else {
                    messages::unexpected(span, word, "the value or the end of the line")
                });
            }
        }
        self.after_comma = None;
    }

    fn begin(&mut self, core: Core, span: Span) {
        self.open = Some(Value {
            span,
            core,
            qualifiers: Vec::new(),
        });
    }

    fn core(&mut self, reader: &mut Reader<'_>, core: Core, span: Span, field: &Field) {
        if let Some(open) = &self.open {
            if matches!(open.core, Core::Number(_)) && matches!(core, Core::Formula(_)) {
                reader.report(messages::bad_unit(span, reader.slice(span)));
                return;
            }
            let whole = open.span.to(span);
            let shape = self
                .kind
                .and_then(|kind| known(kind, &field.word.value))
                .map(|known| known.shape);
            let count = counted(reader.slice(open.span)).filter(|_| shape == Some(Shape::Period));
            if let Some(count) = count {
                reader.report(messages::number_in_words(whole, reader.slice(whole), count));
                return;
            }
            let same = reader.slice(open.span).ends_with(reader.slice(span));
            reader.report(messages::second_value(None, span, reader.slice(span), same));
            return;
        }
        self.begin(core, span);
    }

    fn part(&mut self, reader: &mut Reader<'_>, node: &Node<'_>, field: &Field) {
        let Some((connector, word)) = part::connector_of(reader, node) else {
            return;
        };
        // A new line that begins with a field's word: its colon is missing.
        let written = reader.slice(word);
        let own_line = node.as_str().starts_with(['\n', '\r']);
        if own_line && self.kind.is_some_and(|kind| known(kind, written).is_some()) {
            reader.report(messages::field_without_colon(reader.text, word, written));
            self.ends = Some(node.as_span().start());
            return;
        }
        let repeated = self
            .open
            .as_ref()
            .is_some_and(|open| open.qualifiers.iter().any(|known| known.connector == connector));
        if repeated {
            reader.report(messages::repeated_part(word, connector));
        }
        let Some(Qualifier {
            span,
            connector,
            content,
        }) = part::qualifier(reader, node)
        else {
            return;
        };
        let open = self.open.get_or_insert(Value {
            span: reader.at(field.word.span.end as usize + 1, span.end as usize),
            core: Core::Empty,
            qualifiers: Vec::new(),
        });
        open.span = open.span.to(span);
        let taken = match (&mut open.core, &content) {
            (Core::Any(nouns), crate::syntax::ast::Content::Nouns(taken))
                if connector == crate::syntax::vocabulary::Connector::Except =>
            {
                nouns.except.clone_from(&taken.names);
                nouns.span = nouns.span.to(span);
                true
            }
            _ => false,
        };
        if !taken {
            open.qualifiers.push(Qualifier {
                span,
                connector,
                content,
            });
        }
    }
}

/// `any`, a name, or a formula.
fn single(reader: &mut Reader<'_>, node: &Node<'_>) -> Core {
    let mut parts = inner(node);
    if let (Some(first), None) = (parts.next(), parts.next())
        && first.as_rule() == Rule::k_any
    {
        return Core::Any(formula::nouns(reader, node));
    }
    formula::plain_formula(reader, node).map_or(Core::Empty, Core::Formula)
}
