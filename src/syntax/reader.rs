//! What all parts of the lowering share: the text, the findings so far, and the rule "one error a line".

use super::ast::Path;
use super::grammar::{Node, Rule, inner};
use crate::diagnostic::{Diagnostic, is_hidden};
use crate::source::{SourceId, Span, Spanned};
use unicode_normalization::UnicodeNormalization as _;

/// The reader of one source.
pub(super) struct Reader<'t> {
    source: SourceId,
    /// The whole text.
    pub(super) text: &'t str,
    /// What was found, in the order found.
    pub(super) found: Vec<Diagnostic>,
    line_is_broken: bool,
    /// Where the lines begin, whichever way they end.
    line_starts: Vec<usize>,
}

impl<'t> Reader<'t> {
    /// A reader that has found nothing yet.
    pub(super) fn new(source: SourceId, text: &'t str) -> Reader<'t> {
        Reader {
            source,
            text,
            found: Vec::new(),
            line_is_broken: false,
            line_starts: std::iter::once(0)
                .chain(text.match_indices(['\n', '\r']).map(|(at, _)| at + 1))
                .collect(),
        }
    }

    /// Where the line of a byte begins.
    pub(super) fn line_start(&self, at: u32) -> usize {
        let next = self.line_starts.partition_point(|start| *start <= at as usize);
        self.line_starts.get(next.saturating_sub(1)).copied().unwrap_or(0)
    }

    /// Whether two bytes lie in one line.
    pub(super) fn same_line(&self, one: u32, other: u32) -> bool {
        self.line_start(one) == self.line_start(other)
    }

    /// From here on another mistake may be reported.
    pub(super) fn begin_line(&mut self) {
        self.line_is_broken = false;
    }

    /// Whether this line has had its error.
    pub(super) fn is_broken(&self) -> bool {
        self.line_is_broken
    }

    /// Reports the first mistake of a line; what follows from it is kept silent.
    pub(super) fn report(&mut self, mut diagnostic: Diagnostic) {
        if !self.line_is_broken {
            for (span, new) in diagnostic.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
                self.take_blank(span, new);
            }
            self.found.push(diagnostic);
        }
        self.line_is_broken = true;
    }

    /// What is taken out of a line from between two blanks goes with one of them.
    fn take_blank(&self, span: &mut Span, new: &str) {
        let before = self.text.get(..span.start as usize).unwrap_or_default();
        let after = self.text.get(span.end as usize..).unwrap_or_default();
        let ends = after.is_empty() || after.starts_with([' ', '\n', '\r']);
        let inside = before.rsplit('\n').next().is_some_and(|line| !line.trim().is_empty());
        if new.is_empty() && span.start < span.end && ends && inside && before.ends_with(' ') {
            span.start -= 1;
        }
    }

    /// A span of this source.
    pub(super) fn at(&self, start: usize, end: usize) -> Span {
        Span {
            source: self.source,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        }
    }

    /// Where a piece stands, without the blanks and line ends behind it.
    pub(super) fn span(&self, node: &Node<'_>) -> Span {
        let span = node.as_span();
        self.at(span.start(), span.start() + span.as_str().trim_end().len())
    }

    /// The text under a span.
    pub(super) fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// A word with its place, in NFC and without hidden characters, which have been reported.
    pub(super) fn word(&self, node: &Node<'_>) -> Spanned<String> {
        let span = self.span(node);
        Spanned {
            value: self
                .slice(span)
                .chars()
                .filter(|letter| !is_hidden(*letter))
                .nfc()
                .collect(),
            span,
        }
    }

    /// A dotted name. A trailing dot is reported.
    pub(super) fn path(&mut self, node: &Node<'_>) -> Path {
        let mut steps = Vec::new();
        for part in inner(node) {
            match part.as_rule() {
                Rule::word => steps.push(self.word(&part)),
                _ => {
                    let dot = self.span(&part);
                    self.report(super::messages::name_after_dot(dot));
                }
            }
        }
        Path {
            span: self.span(node),
            steps,
        }
    }
}
