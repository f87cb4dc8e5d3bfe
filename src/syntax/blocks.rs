//! Lines to blocks: which line belongs to which header, also where a brace is missing or one too many.
//!
//! Indentation never decides what a well-braced text means. Only when the braces do not match is it asked where the
//! author wanted them, so that one wrong brace costs one error and no owner.

use super::grammar::{Node, Rule};
use super::lines::{Line, lost_kind};
use super::messages;
use super::reader::Reader;
use super::vocabulary::{Kind, kind as kind_entry};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use std::cell::Cell;

/// The deepest nesting of blocks.
const DEEPEST: usize = 32;

/// A line with what is in its block.
pub(super) struct Tree<'t> {
    /// The line.
    pub(super) line: Line<'t>,
    /// The lines of its block.
    pub(super) members: Vec<Tree<'t>>,
    /// The braces.
    pub(super) block: Option<Span>,
}

/// An open block.
struct Frame<'t> {
    line: Line<'t>,
    members: Vec<Tree<'t>>,
    open: Span,
    /// The kind of the members: that of the header, a child's that of its parent.
    kind: Option<Kind>,
    /// Braces in it that opened nothing and will be closed all the same.
    stray_opens: usize,
}

/// The blocks of a file, and what is wrong with its braces.
pub(super) fn blocks<'t>(
    reader: &Reader<'t>,
    nodes: impl Iterator<Item = Node<'t>>,
) -> (Vec<Tree<'t>>, Vec<Diagnostic>) {
    let lines: Vec<Line<'t>> = nodes
        .filter(|node| !matches!(node.as_rule(), Rule::EOI | Rule::COMMENT))
        .map(|node| Line::new(reader, node))
        .collect();
    let plain = Builder::new(reader, &lines, false).run();
    if plain.1.is_empty() {
        return plain;
    }
    let hinted = Builder::new(reader, &lines, true).run();
    if hinted.1.len() <= plain.1.len() { hinted } else { plain }
}

struct Builder<'r, 't> {
    reader: &'r Reader<'t>,
    lines: &'r [Line<'t>],
    top: Vec<Tree<'t>>,
    stack: Vec<Frame<'t>>,
    found: Vec<Diagnostic>,
    /// Whether indentation is asked.
    hints: bool,
    /// Braces opened beyond the deepest nesting, or at top level without a header.
    too_deep: usize,
    /// Blocks that a declaration or promise has closed, as places in `found`, with what stood in them.
    forced: Vec<(usize, Span, Span)>,
    /// How many lines may still be looked at ahead.
    looks: Cell<usize>,
}

impl<'r, 't> Builder<'r, 't> {
    fn new(reader: &'r Reader<'t>, lines: &'r [Line<'t>], hints: bool) -> Builder<'r, 't> {
        Builder {
            reader,
            lines,
            top: Vec::new(),
            stack: Vec::new(),
            found: Vec::new(),
            hints,
            too_deep: 0,
            forced: Vec::new(),
            looks: Cell::new(10_000 + 50 * lines.len()),
        }
    }

    fn run(mut self) -> (Vec<Tree<'t>>, Vec<Diagnostic>) {
        for at in 0..self.lines.len() {
            let Some(line) = self.lines.get(at).cloned() else { break };
            match line.rule() {
                Rule::close => self.close(at, &line),
                Rule::open => self.open(at, &line),
                _ => self.member(at, line),
            }
        }
        let end = self.end_of_text();
        while !self.stack.is_empty() {
            self.close_unclosed(end);
        }
        (self.top, self.found)
    }

    fn end_of_text(&self) -> Span {
        let end = self.reader.text.trim_end().len();
        self.reader.at(end, end)
    }

    fn members(&mut self) -> &mut Vec<Tree<'t>> {
        match self.stack.last_mut() {
            Some(frame) => &mut frame.members,
            None => &mut self.top,
        }
    }

    fn kind(&self) -> Option<Kind> {
        self.stack.last().and_then(|frame| frame.kind)
    }

    // ------------------------------------------------------------ opening and closing

    fn push(&mut self, line: Line<'t>, open: Span, members: Vec<Tree<'t>>) {
        if self.stack.len() >= DEEPEST {
            if self.too_deep == 0 {
                self.found.push(messages::too_deep_blocks(open, DEEPEST));
            }
            self.too_deep += 1;
            self.members().push(Tree {
                line,
                members,
                block: None,
            });
            return;
        }
        let kind = line.kind.or(self.kind());
        self.stack.push(Frame {
            line,
            members,
            open,
            kind,
            stray_opens: 0,
        });
    }

    fn pop(&mut self, end: u32) {
        if let Some(frame) = self.stack.pop() {
            let block = Span {
                end: end.max(frame.open.end),
                ..frame.open
            };
            self.members().push(Tree {
                line: frame.line,
                members: frame.members,
                block: Some(block),
            });
        }
    }

    /// Closes the innermost block although its `}` is missing; it is noticed at `noticed`.
    fn close_unclosed(&mut self, noticed: Span) {
        if let Some(frame) = self.stack.last() {
            let last = frame.members.iter().rev().find(|tree| !is_above(&tree.line));
            let end = last.map_or(frame.open.end, last_byte);
            let place = self.reader.at(end as usize, end as usize);
            self.found
                .push(messages::missing_close(frame.line.span, frame.open, place, noticed));
            let above = self
                .members()
                .iter()
                .rev()
                .take_while(|tree| is_above(&tree.line))
                .count();
            let kept = self.members().len() - above;
            let outside = self.members().split_off(kept);
            self.pop(end);
            self.members().extend(outside);
        }
    }

    fn close(&mut self, at: usize, line: &Line<'t>) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if let Some(frame) = self.stack.last_mut()
            && frame.stray_opens > 0
        {
            frame.stray_opens -= 1;
            return;
        }
        if self.stack.is_empty() {
            // The `}` of a block that a declaration in it has closed: the mistake was to write it there.
            match self.forced.pop() {
                Some((place, header, inside)) => {
                    if let Some(found) = self.found.get_mut(place) {
                        let is_section = self.reader.slice(inside).starts_with("section");
                        *found = messages::closed_by(header, inside, is_section, line.span);
                    }
                }
                None => self.found.push(messages::stray_close(line.span)),
            }
            return;
        }
        if self.hints && !self.hinted_close(at, line) {
            return;
        }
        self.pop(line.span.end);
    }

    /// Whether a `}` may close the innermost block, after mending what indentation shows.
    fn hinted_close(&mut self, at: usize, line: &Line<'t>) -> bool {
        let Some(frame) = self.stack.last() else { return false };
        let opener = frame.line.indent;
        let same_line = !line.first && self.reader.same_line(frame.open.end, line.span.start);
        if same_line {
            return true;
        }
        let after_close = at.checked_sub(1).and_then(|before| self.lines.get(before));
        if !line.first && after_close.is_some_and(|before| before.rule() == Rule::close) {
            if line.indent == opener {
                return true;
            }
            self.found.push(messages::stray_close(line.span));
            return false;
        }
        if !line.first || line.indent == opener {
            return true;
        }
        if line.indent < opener {
            if self.stack.iter().any(|frame| frame.line.indent == line.indent) {
                while self.stack.last().is_some_and(|frame| frame.line.indent != line.indent) {
                    self.close_unclosed(line.span);
                }
            }
            return true;
        }
        // Deeper than its header: it closes a child whose `{` is missing, or nothing.
        let lost = frame.members.iter().rposition(|tree| {
            tree.block.is_none() && tree.line.rule() == Rule::entry && tree.line.indent == line.indent
        });
        if let Some(lost) = lost
            && lost + 1 < frame.members.len()
            && let Some(frame) = self.stack.last_mut()
        {
            let inside = frame.members.split_off(lost + 1);
            if let Some(header) = frame.members.last_mut() {
                let place = header.line.span.after();
                header.block = Some(Span {
                    end: line.span.end,
                    ..place
                });
                header.members = inside;
                self.found
                    .push(messages::missing_open(header.line.span, place, line.span));
            }
            return false;
        }
        true
    }

    fn open(&mut self, at: usize, line: &Line<'t>) {
        let before = at.checked_sub(1).and_then(|before| self.lines.get(before));
        let doubled = before
            .is_some_and(|before| before.open.is_some() && self.reader.same_line(before.span.end, line.span.start));
        if doubled {
            self.found.push(messages::doubled(line.span, "{"));
            return;
        }
        let header = self
            .members()
            .last()
            .is_some_and(|tree| tree.block.is_none() && is_header(&tree.line));
        if header && before.is_some_and(is_header) {
            if let Some(tree) = self.members().pop() {
                self.push(tree.line, line.span, tree.members);
            }
            return;
        }
        self.found.push(messages::stray_open(line.span));
        match self.stack.last_mut() {
            Some(frame) => frame.stray_opens += 1,
            None => self.too_deep += 1,
        }
    }

    // ------------------------------------------------------------ members

    fn member(&mut self, at: usize, mut line: Line<'t>) {
        let in_chapter = matches!(self.kind(), None | Some(Kind::Section | Kind::Law));
        let headless =
            in_chapter && line.rule() == Rule::entry && line.kind.is_none() && (line.open.is_some() || line.labelled);
        if headless && !self.adopt(at, &line) {
            let before = self.members().iter().rev().take(100).find_map(|tree| tree.line.kind);
            line.kind = lost_kind(self.lines, at, before);
        }
        if self.closes_blocks(at, &line) && !self.stays_inside(at, &line) {
            while let Some(frame) = self.stack.last() {
                if holds(frame.kind, &line) && !(self.hints && line.first && line.indent <= frame.line.indent) {
                    break;
                }
                self.forced.push((self.found.len(), frame.line.span, line.span));
                self.close_unclosed(line.span);
            }
        } else if self.hints && line.first {
            self.close_by_indent(&line);
        }
        let chapter_field = in_chapter && line.rule() == Rule::field;
        if !headless && (chapter_field || !can_stand(self.kind(), &line)) {
            self.adopt(at, &line);
        }
        match line.open {
            Some(open) => self.push(line, open, Vec::new()),
            None if needs_block(line.kind) && line.named => {
                let next_opens = self.lines.get(at + 1).is_some_and(|next| next.rule() == Rule::open);
                let closing = if next_opens {
                    None
                } else {
                    self.unmatched_close(at + 1, line.kind, line.indent)
                };
                match closing {
                    Some(close) => {
                        let place = line.span.after();
                        self.found.push(messages::missing_open(line.span, place, close.span));
                        self.push(line, place, Vec::new());
                    }
                    None => self.members().push(Tree {
                        line,
                        members: Vec::new(),
                        block: None,
                    }),
                }
            }
            None => self.members().push(Tree {
                line,
                members: Vec::new(),
                block: None,
            }),
        }
    }

    /// Whether a line closes every open block that cannot hold it.
    fn closes_blocks(&self, at: usize, line: &Line<'t>) -> bool {
        match line.rule() {
            Rule::promise => true,
            Rule::declaration => line.named && !self.is_field_without_colon(at, line),
            Rule::entry => line.kind.is_some() && matches!(self.kind(), None | Some(Kind::Section | Kind::Law)),
            _ => false,
        }
    }

    /// A promise or declaration in a block that cannot hold it, but is closed below where its header begins and has no
    /// line left of that until then: it was written into the block, and what follows it belongs there too.
    fn stays_inside(&self, at: usize, line: &Line<'t>) -> bool {
        let Some(frame) = self.stack.last() else { return false };
        let outer = frame.line.indent;
        let chapter = matches!(line.kind, Some(Kind::Section | Kind::Law | Kind::Policy));
        if chapter || holds(frame.kind, line) || !line.first || !frame.line.first || line.indent <= outer {
            return false;
        }
        let mut depth = usize::from(line.open.is_some());
        for line in self.lines.get(at + 1..).unwrap_or_default() {
            // All looking ahead together is bounded, so that no text takes quadratic time.
            let Some(left) = self.looks.get().checked_sub(1) else {
                return false;
            };
            self.looks.set(left);
            if line.rule() == Rule::close {
                if depth == 0 {
                    return line.first && line.indent == outer;
                }
                depth -= 1;
            } else if line.first && line.indent <= outer {
                return false;
            }
            depth += usize::from(line.open.is_some() || line.rule() == Rule::open);
        }
        false
    }

    /// `law kg` in a policy: a field whose word is a kind too, if the block goes on below it.
    fn is_field_without_colon(&self, at: usize, line: &Line<'t>) -> bool {
        let (Some(frame), Some(kind)) = (self.stack.last(), line.kind) else {
            return false;
        };
        let word = kind_entry(kind).word;
        let known = frame
            .kind
            .is_some_and(|kind| kind_entry(kind).fields.iter().any(|field| field.word == word));
        known && line.open.is_none() && self.unmatched_close(at + 1, None, frame.line.indent).is_some()
    }

    /// A child that stands no deeper than the child whose block is open ends that block, as does any line with a section.
    fn close_by_indent(&mut self, line: &Line<'t>) {
        if line.rule() == Rule::prose {
            return;
        }
        while let Some(frame) = self.stack.last()
            && matches!(frame.kind, Some(Kind::Section | Kind::Law))
            && line.indent <= frame.line.indent
            && frame.line.first
        {
            self.close_unclosed(line.span);
        }
        if matches!(line.rule(), Rule::note | Rule::prose) {
            return;
        }
        while let [.., parent, frame] = self.stack.as_slice()
            && frame.line.rule() == Rule::entry
            && parent.kind == frame.kind
            && line.indent <= frame.line.indent
            && frame.line.first
        {
            self.close_unclosed(line.span);
        }
    }

    /// A line that cannot stand here may show that the header before it has lost its `{`, or has been closed too early.
    fn adopt(&mut self, at: usize, line: &Line<'t>) -> bool {
        let Some(tree) = self.members().last() else {
            return false;
        };
        if !is_header(&tree.line) || !can_stand(tree.line.kind, line) {
            return false;
        }
        let (header, indent, block) = (tree.line.span, tree.line.indent, tree.block);
        let Some(close) = self.unmatched_close(at, None, indent) else {
            return false;
        };
        let place = header.after();
        self.found.push(match block {
            None => messages::missing_open(header, place, close.span),
            Some(block) => messages::closed_too_early(header, block, close.span),
        });
        if let Some(tree) = self.members().pop() {
            self.push(tree.line, block.unwrap_or(place), tree.members);
        }
        true
    }

    /// The next `}` that closes nothing before the next declaration (of the same rank as `kind`), if it stands below
    /// a header that is so far indented; deeper ones belong to children that have lost their `{` too.
    fn unmatched_close(&self, from: usize, kind: Option<Kind>, indent: usize) -> Option<&'r Line<'t>> {
        let mut depth = 0usize;
        for line in self.lines.get(from..)? {
            // All looking ahead together is bounded, so that no text takes quadratic time.
            self.looks.set(self.looks.get().checked_sub(1)?);
            if line.rule() == Rule::close {
                if depth == 0 && line.first && line.indent > indent {
                    continue;
                }
                if depth == 0 {
                    return (!line.first || line.indent == indent).then_some(line);
                }
                depth -= 1;
                continue;
            }
            let ends = match kind {
                Some(Kind::Section | Kind::Law) => {
                    matches!(line.kind, Some(Kind::Section | Kind::Law | Kind::Policy))
                        && line.rule() == Rule::declaration
                }
                Some(Kind::Rule) => line.rule() == Rule::declaration && line.named,
                _ => matches!(line.rule(), Rule::declaration | Rule::promise) && (line.named || line.kind.is_none()),
            };
            if ends {
                return None;
            }
            if line.open.is_some() || line.rule() == Rule::open {
                depth += 1;
            }
        }
        None
    }
}

fn last_byte(tree: &Tree<'_>) -> u32 {
    tree.block.map_or(tree.line.span.end, |block| block.end)
}

/// Lines that belong to what stands below them.
fn is_above(line: &Line<'_>) -> bool {
    matches!(line.rule(), Rule::note | Rule::waiver | Rule::id)
}

fn is_header(line: &Line<'_>) -> bool {
    matches!(line.rule(), Rule::declaration | Rule::entry)
}

/// Kinds that make no sense without a block.
pub(super) fn needs_block(kind: Option<Kind>) -> bool {
    matches!(
        kind,
        Some(Kind::Section | Kind::Law | Kind::Rule | Kind::Scenario | Kind::Processing)
    )
}

/// Whether a declaration or a promise is a member of such a block, so that it does not close it.
fn holds(kind: Option<Kind>, line: &Line<'_>) -> bool {
    match kind {
        Some(Kind::Rule) => line.rule() == Rule::promise,
        Some(Kind::Section | Kind::Law) => !matches!(line.kind, Some(Kind::Section | Kind::Law | Kind::Policy)),
        _ => false,
    }
}

/// Whether a line may stand in a block of this kind; `None` is the top level.
pub(super) fn can_stand(kind: Option<Kind>, line: &Line<'_>) -> bool {
    let in_chapter = matches!(kind, None | Some(Kind::Section | Kind::Law));
    match line.rule() {
        Rule::note | Rule::prose | Rule::waiver | Rule::id => true,
        Rule::field => kind.is_some(),
        Rule::promise => in_chapter || kind == Some(Kind::Rule),
        Rule::declaration => in_chapter,
        Rule::each => kind == Some(Kind::Rule),
        Rule::expectation => kind == Some(Kind::Scenario),
        Rule::sentence => match kind {
            Some(Kind::Processing | Kind::Scenario) => true,
            Some(Kind::Rule) | None | Some(Kind::Section | Kind::Law) => line.only,
            _ => false,
        },
        Rule::entry if line.kind.is_some() => in_chapter,
        _ => kind.is_some_and(|kind| kind_entry(kind).children),
    }
}
