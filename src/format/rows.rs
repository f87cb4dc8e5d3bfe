//! The tree as rows: one for each header, field, sentence, brace, and line above an item, in the order of the text.

use super::tokens::{Token, joined, tokens, width};
use super::{STEP, WIDTH, declaration};
use crate::source::Span;
use crate::syntax::ast::{Declaration, Field, File, Item, Node};
use crate::syntax::vocabulary::Kind;
use std::ops::Range;

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Row<'t> {
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
    /// How many blocks it lies in.
    pub(super) depth: usize,
    /// What it is.
    pub(super) shape: Shape,
    /// Whether a block begins with it.
    pub(super) opens: bool,
    /// Whether an empty line stands before it.
    pub(super) blank: bool,
    /// What is written, unless the text is copied.
    pub(super) tokens: Vec<Token<'t>>,
    /// The column that it shares with its neighbours.
    pub(super) class: Class,
    /// How many tokens stand before that column.
    pub(super) cell: usize,
    /// Comments taken out of a header: they follow it.
    pub(super) inside: Vec<&'t str>,
    /// The comment at its end.
    pub(super) trailing: Option<&'t str>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A header, perhaps with a block of one line.
    Head,
    /// `}`
    Close,
    /// A field, a sentence, a waiver, an id.
    Line,
    /// A line of long text, from its bar on.
    Prose,
    /// A note or comment: copied from its first sign on.
    Note,
    /// Whole lines that are copied as they are.
    Copy,
}

/// Rows of one class align.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// No column.
    None,
    /// `KIND name` before the label.
    Declared(Kind),
    /// `name` before the label.
    Child,
    /// `word:` before the value.
    Field,
    /// The verb before the data.
    Statement,
    /// What is expected before the request.
    Expectation,
}

impl<'t> Row<'t> {
    /// A row of the tokens in a range; comments behind it are left to others.
    pub(super) fn new(text: &'t str, range: Range<usize>, depth: usize, shape: Shape) -> Row<'t> {
        let mut tokens = tokens(text, range.clone());
        while tokens.last().is_some_and(Token::is_comment) {
            tokens.pop();
        }
        let end = tokens.last().map_or(range.end, Token::end);
        Row {
            span: range.start..end,
            depth,
            shape,
            opens: false,
            blank: false,
            tokens,
            class: Class::None,
            cell: 0,
            inside: Vec::new(),
            trailing: None,
        }
    }

    /// A row that is copied.
    pub(super) fn copy(range: Range<usize>, depth: usize, shape: Shape) -> Row<'t> {
        Row {
            span: range,
            depth,
            shape,
            opens: false,
            blank: false,
            tokens: Vec::new(),
            class: Class::None,
            cell: 0,
            inside: Vec::new(),
            trailing: None,
        }
    }

    /// Gives it a column before the byte `at`, unless a line ends before that.
    fn column(mut self, class: Class, at: usize) -> Row<'t> {
        let cell = self.tokens.iter().take_while(|token| token.at < at).count();
        let whole = self
            .tokens
            .iter()
            .take(cell + 1)
            .all(|token| !token.breaks && !token.is_comment());
        if whole && cell < self.tokens.len() {
            self.class = class;
            self.cell = cell;
        }
        self
    }
}

/// The rows of a file, without its comments.
pub(super) fn rows<'t>(text: &'t str, file: &File) -> Vec<Row<'t>> {
    let mut out = Vec::new();
    let mut walk = Walk { text, out: &mut out };
    walk.items(&file.items, 0, None);
    out.sort_by_key(|row| row.span.start);
    out
}

pub(super) fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

struct Walk<'w, 't> {
    text: &'t str,
    out: &'w mut Vec<Row<'t>>,
}

impl<'t> Walk<'_, 't> {
    fn items(&mut self, items: &[Item], depth: usize, kind: Option<Kind>) {
        for item in items {
            for note in &item.notes {
                self.out.push(Row::copy(range(note.span), depth, Shape::Note));
            }
            for waiver in &item.waivers {
                self.line(waiver.span, depth);
            }
            if let Some(id) = &item.id {
                let name = range(id.span);
                self.out.push(Row::new(
                    self.text,
                    name.start.saturating_sub(1)..name.end,
                    depth,
                    Shape::Line,
                ));
            }
            self.node(&item.node, depth, kind);
        }
    }

    fn line(&mut self, span: Span, depth: usize) {
        self.out.push(Row::new(self.text, range(span), depth, Shape::Line));
    }

    fn node(&mut self, node: &Node, depth: usize, kind: Option<Kind>) {
        match node {
            Node::Declaration(one) => self.declaration(one, depth),
            Node::Field(one) => self.field(one, depth),
            Node::Each(one) => self.line(one.span, depth),
            Node::Sentence(one) => {
                let row = Row::new(self.text, range(one.span), depth, Shape::Line);
                let is_statement = kind == Some(Kind::Processing) && one.never.is_none();
                self.out.push(match &one.data {
                    Some(data) if is_statement => row.column(Class::Statement, data.span.start as usize),
                    _ => row,
                });
            }
            Node::Expectation(one) => {
                let row = Row::new(self.text, range(one.span), depth, Shape::Line);
                self.out.push(match &one.sentence {
                    Some(sentence) => row.column(Class::Expectation, sentence.verb.span.start as usize),
                    None => row,
                });
            }
            Node::Error => {}
        }
    }

    fn field(&mut self, field: &Field, depth: usize) {
        let whole = range(field.span);
        let end = field.prose.first().map_or(whole.end, |first| first.span.start as usize);
        let row = Row::new(self.text, whole.start..end, depth, Shape::Line);
        let value = row.tokens.get(2).map_or(end, |token| token.at);
        self.out.push(row.column(Class::Field, value));
        for line in &field.prose {
            self.out.push(Row::copy(range(line.span), depth + 1, Shape::Prose));
        }
    }

    fn declaration(&mut self, one: &Declaration, depth: usize) {
        let whole = range(one.span);
        let Some(block) = one.block.map(range) else {
            self.out.push(declaration::head(self.text, one, whole, depth));
            return;
        };
        let braces = self.text.get(block.clone()).unwrap_or("");
        // A block that lacks its brace ends where its last member ends, which may have a brace of its own.
        let own_end = one.items.last().is_none_or(|last| (last.span.end as usize) < block.end);
        let opens = braces.starts_with('{');
        let closes = own_end && braces.len() > 1 && braces.ends_with('}');
        let one_line = opens && closes && !braces.contains(super::tokens::is_line_end);
        // Fields in one line are a table row, however wide; anything else must fit.
        let fields = one.items.iter().all(|item| matches!(item.node, Node::Field(_)));
        let fits = || width(&joined(&tokens(self.text, block.clone()))) + STEP <= WIDTH;
        let short = one_line && (fields || fits());
        let head_end = match (short, opens) {
            (true, _) => block.end,
            (false, true) => block.start + 1,
            (false, false) => block.start,
        };
        let mut head = declaration::head(self.text, one, whole.start..head_end, depth);
        head.opens = opens && !short;
        self.out.push(head);
        if short {
            return;
        }
        self.items(&one.items, depth + 1, Some(one.kind));
        if closes {
            self.out
                .push(Row::new(self.text, block.end - 1..block.end, depth, Shape::Close));
        }
    }
}
