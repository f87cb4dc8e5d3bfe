//! What statements of a block share, taken out of them: `for: delivery` for the block in the place of `for delivery` in each
//! line, which means the same; and the other way, a purpose of its own for one statement.

use kupuya::source::{Origin, Span};
use kupuya::syntax::ast::{Content, Declaration, Field, Node, Qualifier, Sentence};
use kupuya::syntax::vocabulary::{Connector, Kind};

use super::edit;
use crate::proto::{CodeAction, CodeActionKind, Range};
use crate::view::View;

/// The parts that a block may give its statements.
const PARTS: &[(Connector, &str, &str)] = &[
    (Connector::For, "for", "the purpose"),
    (Connector::Under, "under", "the legal basis"),
];

/// Parts of the statement at a range that its block could give.
pub fn extract(view: &View, range: Range) -> Vec<CodeAction> {
    let Some((block, sentence)) = here(view, range) else {
        return Vec::new();
    };
    let shared = PARTS.iter().filter_map(|(connector, word, what)| {
        let text = view.snapshot.sources.text(part(sentence, *connector)?.span);
        let (_, value) = text.split_once(char::is_whitespace)?;
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let edits = hoist(view, block, *connector, word, &value)?;
        Some(CodeAction {
            title: format!("Say {what} once, for the block: `{word}: {value}`"),
            kind: Some(CodeActionKind::REFACTOR_EXTRACT),
            edit: Some(edit(view, edits.iter())?),
            ..CodeAction::default()
        })
    });
    shared.chain(own_purpose(view, sentence)).collect()
}

/// A purpose below the one that a statement names, and the statement for that one: to be named and described by hand.
fn own_purpose(view: &View, sentence: &Sentence) -> Option<CodeAction> {
    let Content::Nouns(nouns) = &part(sentence, Connector::For)?.content else {
        return None;
    };
    let ([named], []) = (nouns.names.as_slice(), nouns.except.as_slice()) else {
        return None;
    };
    let one = view.snapshot.at(view.source, named.span.end)?;
    let model = &view.snapshot.analysis.model;
    let purpose = model.noun(one.noun)?;
    if one.noun.kind != Kind::Purpose || purpose.origin != Origin::Project {
        return None;
    }
    let taken = |name: &String| model.nouns().any(|(_, common)| common.name == *name);
    let mut names = (2..).map(|n| format!("{}_{n}", purpose.name));
    let name = names.find(|name| !taken(name))?;
    let label = purpose.label.map_or("", |label| label.value.as_str());
    let at = purpose.name_span;
    let mut files = view.snapshot.analysis.files.iter();
    let file = files.find(|file| file.source == at.source)?;
    let mut items = file.items.iter();
    let item = items.find(|item| item.span.start <= at.start && at.end <= item.span.end)?;
    let behind = Span {
        start: item.span.end,
        ..item.span
    };
    // A label of its own is to be written: two purposes that are printed alike would tell readers nothing.
    let declared = format!("\npurpose {name} \"{label}: {name}\" is {}", purpose.path);
    let edits = [(behind, declared), (named.span, name)];
    Some(CodeAction {
        title: format!("Extract a purpose of its own below `{}`", purpose.path),
        kind: Some(CodeActionKind::REFACTOR_EXTRACT),
        edit: Some(edit(view, edits.iter())?),
        ..CodeAction::default()
    })
}

/// The statement at the start of a range, and the block around it.
fn here(view: &View, range: Range) -> Option<(&Declaration, &Sentence)> {
    let byte = view.byte(range.start)?;
    let within = |span: Span| span.start <= byte && byte <= span.end;
    let blocks = view.tree()?.items.iter().filter_map(|item| match &item.node {
        Node::Declaration(one) if one.kind == Kind::Processing && within(one.span) => Some(one),
        _ => None,
    });
    let block = blocks.into_iter().next()?;
    let sentence = sentences(block).find(|sentence| within(sentence.span))?;
    Some((block, sentence))
}

fn sentences(block: &Declaration) -> impl Iterator<Item = &Sentence> {
    block.items.iter().filter_map(|item| match &item.node {
        Node::Sentence(sentence) => Some(sentence),
        _ => None,
    })
}

fn fields(block: &Declaration) -> impl Iterator<Item = &Field> {
    block.items.iter().filter_map(|item| match &item.node {
        Node::Field(field) => Some(field),
        _ => None,
    })
}

/// A part of a statement; `for` a period is none.
fn part(sentence: &Sentence, connector: Connector) -> Option<&Qualifier> {
    let mut parts = sentence.qualifiers.iter();
    parts.find(|part| part.connector == connector && !matches!(part.content, Content::Period(_) | Content::Nothing))
}

/// The edits; `None` if the block has the field already, or a statement would be given what it does not say now.
fn hoist(
    view: &View,
    block: &Declaration,
    connector: Connector,
    word: &str,
    value: &str,
) -> Option<Vec<(Span, String)>> {
    if fields(block).any(|field| field.word.value == word) {
        return None;
    }
    let mut edits = Vec::new();
    for sentence in sentences(block) {
        let part = part(sentence, connector)?;
        let text = view.snapshot.sources.text(part.span);
        let own = text.split_once(char::is_whitespace).map_or("", |(_, own)| own);
        if own.split_whitespace().eq(value.split_whitespace()) {
            edits.push((with_blanks_before(view, part.span), String::new()));
        }
    }
    let source = view.snapshot.sources.get(block.span.source)?;
    let at = match fields(block).last() {
        Some(field) => Span {
            start: field.span.end,
            ..field.span
        },
        None => {
            let brace = block.block?.start + 1;
            Span {
                start: brace,
                end: brace,
                ..block.span
            }
        }
    };
    // A line of its own, and an empty one between the first field and the statements.
    let blank = fields(block).next().is_none()
        && !source.text[at.end as usize..]
            .trim_start_matches(' ')
            .starts_with("\n\n");
    edits.push((at, format!("\n    {word}: {value}{}", if blank { "\n" } else { "" })));
    (edits.len() > 1).then_some(edits)
}

/// A part with the blanks that part it from what stands before.
fn with_blanks_before(view: &View, span: Span) -> Span {
    let text = view.snapshot.sources.get(span.source).map_or("", |source| &source.text);
    let before = text[..span.start as usize].trim_end();
    Span {
        start: u32::try_from(before.len()).unwrap_or(span.start),
        ..span
    }
}
