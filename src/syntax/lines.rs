//! What the structure of a file needs to know of one line.

use super::blocks::needs_block;
use super::grammar::{Node, Rule, inner};
use super::reader::Reader;
use super::vocabulary::{COMMON_FIELDS, KINDS, Kind, KindWord, kind as kind_entry};
use super::words::nearest;
use crate::source::Span;

/// One line with what the structure needs to know of it.
#[derive(Clone)]
pub(super) struct Line<'t> {
    /// The piece.
    pub(super) node: Node<'t>,
    /// Where it stands, without its `{`.
    pub(super) span: Span,
    /// The kind that it declares.
    pub(super) kind: Option<Kind>,
    /// Its `{`.
    pub(super) open: Option<Span>,
    /// Whether it has a name where its kind needs one.
    pub(super) named: bool,
    /// Whether it reads `name "label" …`.
    pub(super) labelled: bool,
    /// Whether it holds `only`.
    pub(super) only: bool,
    /// How far its text line is indented.
    pub(super) indent: usize,
    /// Whether it begins its text line.
    pub(super) first: bool,
}

impl<'t> Line<'t> {
    /// Its shape.
    pub(super) fn rule(&self) -> Rule {
        self.node.as_rule()
    }

    /// Reads off a piece what the structure needs.
    pub(super) fn new(reader: &Reader<'t>, node: Node<'t>) -> Line<'t> {
        let whole = reader.span(&node);
        let blanks = reader
            .text
            .get(reader.line_start(whole.start)..whole.start as usize)
            .unwrap_or("");
        let indent = blanks.chars().take_while(|c| c.is_whitespace()).count();
        let first = blanks.trim().is_empty();
        let has_pieces = !matches!(node.as_rule(), Rule::note | Rule::prose | Rule::open | Rule::close);
        let (mut open, mut kind, mut named, mut only, mut end) = (None, None, false, false, whole.start);
        let mut texts = false;
        let mut words = 0;
        for part in has_pieces.then(|| inner(&node)).into_iter().flatten() {
            match part.as_rule() {
                Rule::open => {
                    open = Some(reader.span(&part));
                    continue;
                }
                Rule::kind => {
                    kind = KINDS
                        .iter()
                        .find(|entry| entry.word == part.as_str())
                        .map(|entry| entry.kind)
                }
                Rule::declared_name => named = true,
                Rule::string | Rule::open_string | Rule::curly_string => texts = true,
                Rule::only => only = true,
                Rule::operands if words < 2 && !texts => words += 1,
                _ => {}
            }
            end = reader.span(&part).end;
        }
        if !has_pieces {
            end = whole.end;
        }
        named |= matches!(
            kind,
            Some(Kind::Scenario | Kind::Section | Kind::Clause | Kind::Duty | Kind::Term)
        ) && (texts || open.is_some());
        // `dta identity "…" {`: two names before the text are a misspelt kind and a name.
        if node.as_rule() == Rule::entry && words == 2 && (texts || open.is_some()) {
            kind = misspelt_kind(&node);
            named = kind.is_some();
        }
        Line {
            span: Span { end, ..whole },
            node,
            kind,
            open,
            named,
            labelled: words == 1 && texts,
            only,
            indent,
            first,
        }
    }
}

fn misspelt_kind(node: &Node<'_>) -> Option<Kind> {
    let word = inner(node).next()?.as_str().trim().to_owned();
    let nearest = nearest(&word, KINDS.iter().map(|entry| entry.word))?;
    KINDS.iter().find(|entry| entry.word == nearest).map(|entry| entry.kind)
}

/// How many lines are looked at to guess a kind.
const FARTHEST: usize = 200;

/// The kind of a header that has lost it: that of the declaration before it if its block allows, else read off the block.
pub(super) fn lost_kind(lines: &[Line<'_>], at: usize, before: Option<Kind>) -> Option<Kind> {
    if lines.get(at)?.open.is_none() {
        // Without a block its neighbours are all there is to go by.
        let plain = |kind: &Kind| !needs_block(Some(*kind)) && *kind != Kind::Policy;
        let after = lines
            .get(at + 1..)?
            .iter()
            .take(FARTHEST)
            .filter_map(|line| line.kind)
            .find(plain);
        return before.filter(plain).or(after);
    }
    let mut depth = 0usize;
    let mut restricts = false;
    let mut rules = Vec::new();
    let mut fields: Vec<&str> = Vec::new();
    for line in lines.get(at + 1..)?.iter().take(FARTHEST) {
        if line.rule() == Rule::close {
            if depth == 0 {
                break;
            }
            depth -= 1;
            continue;
        }
        if depth == 0 {
            rules.push(line.rule());
            restricts |= line.only;
        }
        // Children have the fields of their parent.
        if line.rule() == Rule::field
            && let Some(word) = inner(&line.node).next()
            && COMMON_FIELDS.iter().all(|field| field.word != word.as_str())
        {
            fields.push(word.as_str());
        }
        depth += usize::from(line.open.is_some() || line.rule() == Rule::open);
    }
    let has = |rule: Rule| rules.contains(&rule);
    if has(Rule::expectation) {
        return Some(Kind::Scenario);
    }
    if has(Rule::each) || restricts {
        return Some(Kind::Rule);
    }
    if has(Rule::declaration) {
        return Some(Kind::Section);
    }
    if has(Rule::sentence) {
        return Some(Kind::Processing);
    }
    if has(Rule::promise) {
        return Some(Kind::Rule);
    }
    let children = has(Rule::entry);
    let allows = |kind: &KindWord| {
        (kind.children || !children)
            && fields
                .iter()
                .all(|word| kind.fields.iter().any(|field| field.word == *word))
    };
    if let Some(before) = before.map(kind_entry).filter(|before| allows(before)) {
        return Some(before.kind);
    }
    let data = KINDS.iter().find(|kind| kind.kind == Kind::Data && allows(kind));
    data.or_else(|| KINDS.iter().find(|kind| allows(kind)))
        .map(|kind| kind.kind)
}
