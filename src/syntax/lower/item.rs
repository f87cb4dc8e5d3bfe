//! The items of a file or a block, with the notes, waivers and ids above them.

use super::sentence::Place;
use super::{declaration, entry, field, rule, scenario, sentence, waiver};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Item, Node as Shape, Waiver};
use crate::syntax::blocks::{Tree, can_stand};
use crate::syntax::grammar::{Rule, inner};
use crate::syntax::lines::Line;
use crate::syntax::messages;
use crate::syntax::reader::Reader;
use crate::syntax::vocabulary::{Kind, kind as kind_entry};
use crate::syntax::words::nearest;

/// What waits for the item below it.
#[derive(Default)]
struct Above {
    notes: Vec<Spanned<String>>,
    waivers: Vec<Waiver>,
    id: Option<Spanned<String>>,
    start: Option<Span>,
}

impl Above {
    fn begin(&mut self, span: Span) {
        self.start.get_or_insert(span);
    }
}

/// The items of a block of this kind; `None` is the top level.
pub(in crate::syntax) fn items<'t>(
    reader: &mut Reader<'t>,
    trees: &[Tree<'t>],
    kind: Option<Kind>,
    block: Option<Span>,
) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    let mut above = Above::default();
    let mut line_end: Option<u32> = None;
    let mut trees_left = trees.iter().peekable();
    while let Some(tree) = trees_left.next() {
        let line = &tree.line;
        let same_line = line_end.is_some_and(|end| reader.same_line(end, line.span.start));
        // `{ ru: "…" en: "…" }`: fields and children of a block of one line.
        let in_short_block = matches!(line.node.as_rule(), Rule::field | Rule::entry)
            && block.is_some_and(|block| reader.same_line(block.start, line.span.start));
        if goes_on(reader, line_end, line) {
            // Part of a line that has had its error.
        } else if !same_line {
            reader.begin_line();
        } else if line.node.as_rule() != Rule::prose && !in_short_block && !follows_id(&above, line.span, reader) {
            reader.report(messages::missing_line_end(line.span, reader.slice(line.span)));
        }
        line_end = Some(tree.block.map_or(line.span.end, |block| block.end));
        match line.node.as_rule() {
            Rule::note => {
                above.begin(line.span);
                let text = line.node.as_str().trim_start_matches('/').trim().to_owned();
                above.notes.push(Spanned {
                    value: text,
                    span: line.span,
                });
            }
            Rule::waiver => {
                above.begin(line.span);
                above.waivers.extend(waiver::waiver(reader, &line.node));
            }
            Rule::id => {
                above.begin(line.span);
                if let Some(before) = &above.id {
                    reader.report(messages::two_ids(before.span, line.span));
                }
                above.id = inner(&line.node).next().map(|name| reader.word(&name));
            }
            Rule::prose => reader.report(messages::lone_prose(line.span)),
            _ => {
                let mut node = shape(reader, tree, kind);
                if let Shape::Field(found) = &mut node {
                    while let Some(prose) = trees_left.next_if(|tree| tree.line.node.as_rule() == Rule::prose) {
                        found.span = found.span.to(prose.line.span);
                        let text = prose.line.node.as_str().trim_start_matches('|');
                        found.prose.push(Spanned {
                            value: text.strip_prefix(' ').unwrap_or(text).trim_end().to_owned(),
                            span: prose.line.span,
                        });
                        line_end = Some(prose.line.span.end);
                    }
                    field::check(reader, found, kind);
                    let same =
                        |item: &&Item| matches!(&item.node, Shape::Field(one) if one.word.value == found.word.value);
                    if let Some(Shape::Field(first)) = out.iter().find(same).map(|item| &item.node) {
                        reader.report(messages::two_fields(
                            first.word.span,
                            found.word.span,
                            &found.word.value,
                        ));
                    }
                }
                let start = above.start.unwrap_or(line.span);
                let end = tree.block.unwrap_or(line.span);
                let end = match &node {
                    Shape::Field(found) => found.span,
                    _ => end,
                };
                out.push(Item {
                    span: start.to(line.span).to(end),
                    notes: std::mem::take(&mut above.notes),
                    waivers: std::mem::take(&mut above.waivers),
                    id: above.id.take(),
                    node,
                });
                above = Above::default();
            }
        }
    }
    dangling(reader, &above);
    out
}

/// Whether a line is the rest of a broken one: lines of prose, and what follows a comma at a line's end.
fn goes_on(reader: &Reader<'_>, line_end: Option<u32>, line: &Line<'_>) -> bool {
    let before = line_end.and_then(|end| reader.text.get(..end as usize)).unwrap_or("");
    let after_comma = before.ends_with(',') && matches!(line.node.as_rule(), Rule::entry | Rule::declaration);
    reader.is_broken() && (line.node.as_rule() == Rule::prose || after_comma || is_rest_of_rule(line))
}

/// A line that begins with a word which only goes on with a rule, even if that word is misspelt.
fn is_rest_of_rule(line: &Line<'_>) -> bool {
    let first = line
        .node
        .as_str()
        .split(|letter: char| !letter.is_alphanumeric())
        .next();
    line.node.as_rule() == Rule::entry && nearest(first.unwrap_or(""), ["must", "where", "have"].into_iter()).is_some()
}

/// `@name` may stand on the line of its sentence.
fn follows_id(above: &Above, span: Span, reader: &Reader<'_>) -> bool {
    above.id.as_ref().is_some_and(|id| {
        reader
            .text
            .get(id.span.end as usize..span.start as usize)
            .is_some_and(|between| between.trim().is_empty())
    })
}

fn dangling(reader: &mut Reader<'_>, above: &Above) {
    reader.begin_line();
    if let Some(waiver) = above.waivers.first() {
        reader.report(messages::dangling(waiver.span, "waiver"));
    }
    if let Some(id) = &above.id {
        reader.report(messages::dangling(id.span, "id"));
    }
}

/// What one line is.
fn shape<'t>(reader: &mut Reader<'t>, tree: &Tree<'t>, kind: Option<Kind>) -> Shape {
    let line = &tree.line;
    let placed = can_stand(kind, line);
    let node = match line.node.as_rule() {
        Rule::field => field::field(reader, &line.node, kind).map(Shape::Field),
        Rule::sentence => {
            let place = place(kind);
            if kind == Some(Kind::Scenario) {
                reader.report(messages::request_without_lead(line.span));
            } else if !placed && kind.is_some_and(|kind| place == Place::Top && !is_chapter(kind)) {
                reader.report(messages::sentence_in_noun(line.span, kind));
            }
            sentence::sentence(reader, &line.node, place).map(Shape::Sentence)
        }
        Rule::promise => {
            if !placed {
                reader.report(messages::misplaced(
                    line.span,
                    "promise",
                    "at top level, in a `section` or in a `rule`",
                ));
            }
            sentence::promise(reader, &line.node, place(kind)).map(Shape::Sentence)
        }
        Rule::each => {
            if !placed {
                reader.report(messages::misplaced(line.span, "sentence with `each`", "in a `rule`"));
            }
            rule::each(reader, &line.node).map(Shape::Each)
        }
        Rule::expectation => {
            if !placed {
                reader.report(messages::misplaced(
                    line.span,
                    "line with `allow` or `deny`",
                    "in a `scenario`",
                ));
            }
            scenario::expectation(reader, &line.node).map(Shape::Expectation)
        }
        Rule::declaration => {
            if !placed {
                misplaced_header(reader, tree, kind);
            }
            if !placed && tree.members.is_empty() {
                return Shape::Error;
            }
            declaration::declaration(reader, tree).map(Shape::Declaration)
        }
        _ => Some(entry::entry(reader, tree, kind)),
    };
    if line.node.as_rule() == Rule::field && kind.is_none() {
        reader.report(messages::misplaced(line.span, "field", "in the block of a declaration"));
    }
    match node {
        Some(Shape::Declaration(mut found)) => {
            found.items = items(reader, &tree.members, Some(found.kind), tree.block);
            Shape::Declaration(found)
        }
        Some(other) => other,
        None => Shape::Error,
    }
}

/// A line that begins with a kind in a block that holds no declarations.
fn misplaced_header(reader: &mut Reader<'_>, tree: &Tree<'_>, kind: Option<Kind>) {
    let line = &tree.line;
    let word = line.kind.map_or("", |kind| kind_entry(kind).word);
    let start = line.span.start as usize;
    let at = reader.at(start, start + word.len());
    let known = kind.is_some_and(|kind| field::known(kind, word).is_some());
    reader.report(match kind {
        _ if known => messages::field_without_colon(reader.text, at, word),
        Some(Kind::Rule) => messages::unknown_word(at, word, Some("`each`, `never` or a verb"), None),
        Some(kind) if kind_entry(kind).children && !line.named => messages::reserved_name(at, word),
        _ => messages::misplaced(at, "declaration", "at top level or in a `section`"),
    });
}

fn is_chapter(kind: Kind) -> bool {
    matches!(kind, Kind::Section | Kind::Law | Kind::Rule)
}

fn place(kind: Option<Kind>) -> Place {
    match kind {
        Some(Kind::Processing) => Place::Statement,
        Some(Kind::Scenario) => Place::Request,
        Some(Kind::Rule) => Place::Rule,
        _ => Place::Top,
    }
}

/// The one sentence of a request.
pub(in crate::syntax) fn request<'t>(
    reader: &mut Reader<'t>,
    trees: &[Tree<'t>],
    whole: Span,
) -> Option<crate::syntax::ast::Sentence> {
    let (Some(tree), None) = (trees.first(), trees.get(1)) else {
        reader.report(messages::no_request(whole));
        return None;
    };
    match tree.line.node.as_rule() {
        Rule::sentence => sentence::sentence(reader, &tree.line.node, Place::Request),
        Rule::entry => match entry::misspelt_request(reader, tree) {
            Shape::Sentence(found) => Some(found),
            _ => None,
        },
        _ => {
            reader.report(messages::no_request(whole));
            None
        }
    }
}
