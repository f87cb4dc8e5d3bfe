//! Whether two texts say the same: the same tree, the same comments, the same letters.

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span, Spanned};
use crate::syntax::ast::{
    Atom, Bound, Content, Core, Declaration, Each, Expectation, Field, File, Formula, Item, Known, Node, Nouns, Other,
    Path, Qualifier, Sentence, Test, Then, Value, Waiver,
};
use crate::syntax::codes::{BYTE_ORDER_MARK, LONG_LINE, MIXED_LINE_ENDS};
use std::collections::BTreeMap;

/// A text with its tree and findings.
type Read<'t> = (&'t str, File, &'t [Diagnostic]);

/// Whether nothing is lost, added or changed but blanks, line ends and the order of parts in headers.
pub(super) fn same(one: Read<'_>, other: Read<'_>) -> bool {
    letters(one.0) == letters(other.0)
        && comments(&one) == comments(&other)
        && codes(one.2) == codes(other.2)
        && without_places(one.1) == without_places(other.1)
}

fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut out = BTreeMap::new();
    for letter in text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{FEFF}')
    {
        *out.entry(letter).or_default() += 1;
    }
    out
}

fn comments<'t>(read: &Read<'t>) -> Vec<&'t str> {
    let range = |span: &Span| span.start as usize..span.end as usize;
    read.1
        .comments
        .iter()
        .filter_map(|span| read.0.get(range(span)))
        .collect()
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    let mut codes: Vec<&str> = found.iter().map(|one| one.code.as_str()).collect();
    // What the style mends, or makes of a long line.
    codes.retain(|code| ![MIXED_LINE_ENDS, LONG_LINE, BYTE_ORDER_MARK].contains(code));
    codes.sort_unstable();
    codes
}

const NOWHERE: Span = Span {
    source: SourceId(0),
    start: 0,
    end: 0,
};

fn without_places(mut file: File) -> Vec<Item> {
    file.items.iter_mut().for_each(item);
    file.items
}

fn spot<T>(spanned: &mut Spanned<T>) {
    spanned.span = NOWHERE;
}

fn item(item: &mut Item) {
    item.span = NOWHERE;
    item.notes.iter_mut().for_each(spot);
    item.waivers.iter_mut().for_each(waiver);
    item.id.iter_mut().for_each(spot);
    match &mut item.node {
        Node::Declaration(one) => declaration(one),
        Node::Field(one) => field(one),
        Node::Sentence(one) => sentence(one),
        Node::Each(one) => each(one),
        Node::Expectation(one) => expectation(one),
        Node::Error => {}
    }
}

fn waiver(one: &mut Waiver) {
    one.span = NOWHERE;
    spot(&mut one.code);
    match &mut one.with {
        Some(Other::Name(name)) => path(name),
        Some(Other::Id(id)) => spot(id),
        None => {}
    }
    one.until.iter_mut().for_each(spot);
    one.reason.iter_mut().for_each(spot);
}

fn declaration(one: &mut Declaration) {
    one.span = NOWHERE;
    one.kind_span.iter_mut().for_each(|span| *span = NOWHERE);
    one.name.iter_mut().for_each(path);
    one.label.iter_mut().for_each(spot);
    one.second.iter_mut().for_each(spot);
    one.is.iter_mut().for_each(path);
    one.header.iter_mut().for_each(qualifier);
    one.header.sort_by_key(|part| part.connector);
    one.items.iter_mut().for_each(item);
    one.block.iter_mut().for_each(|span| *span = NOWHERE);
}

fn path(one: &mut Path) {
    one.span = NOWHERE;
    one.steps.iter_mut().for_each(spot);
}

fn field(one: &mut Field) {
    one.span = NOWHERE;
    spot(&mut one.word);
    one.values.iter_mut().for_each(value);
    one.prose.iter_mut().for_each(spot);
}

fn value(one: &mut Value) {
    one.span = NOWHERE;
    one.qualifiers.iter_mut().for_each(qualifier);
    match &mut one.core {
        Core::Text(text) => spot(text),
        Core::Tagged(tag, text) => {
            spot(tag);
            spot(text);
        }
        Core::Date(date) => spot(date),
        Core::Period(period) => spot(period),
        Core::Number(number) => spot(number),
        Core::Formula(one) => formula(one),
        Core::Any(one) => nouns(one),
        Core::Empty => {}
    }
}

fn bound(one: &mut Spanned<Bound>) {
    spot(one);
    if let Bound::Path(one) = &mut one.value {
        path(one);
    }
}

fn formula(one: &mut Formula) {
    match one {
        Formula::Name(name) => path(name),
        Formula::Compare(name, _, with) => {
            path(name);
            bound(with);
        }
        Formula::Range(name, from, to) => {
            path(name);
            spot(from);
            spot(to);
        }
        Formula::Not(inner) => formula(inner),
        Formula::And(all) | Formula::Or(all) => all.iter_mut().for_each(formula),
    }
}

fn nouns(one: &mut Nouns) {
    one.span = NOWHERE;
    one.any.iter_mut().for_each(|span| *span = NOWHERE);
    one.names.iter_mut().for_each(path);
    one.except.iter_mut().for_each(path);
}

fn qualifier(one: &mut Qualifier) {
    one.span = NOWHERE;
    match &mut one.content {
        Content::Nouns(one) => nouns(one),
        Content::Formula(one) => formula(one),
        Content::Period(period) => spot(period),
        Content::Date(date) => spot(date),
        Content::Text(text) => spot(text),
        Content::Given(all) => all.iter_mut().for_each(known),
        Content::Then(Then::Erase(span) | Then::Anonymise(span)) => *span = NOWHERE,
        Content::Then(Then::Duty(name, to)) => {
            path(name);
            to.iter_mut().for_each(nouns);
        }
        Content::Nothing => {}
    }
}

fn known(one: &mut Known) {
    match one {
        Known::Holds(name) | Known::Fails(name) => path(name),
        Known::Compare(name, _, with) => {
            path(name);
            bound(with);
        }
    }
}

fn sentence(one: &mut Sentence) {
    one.span = NOWHERE;
    one.never.iter_mut().for_each(|span| *span = NOWHERE);
    spot(&mut one.verb);
    one.data.iter_mut().for_each(nouns);
    one.qualifiers.iter_mut().for_each(qualifier);
    if let Some(only) = &mut one.only {
        only.span = NOWHERE;
        only.alternatives.iter_mut().flatten().for_each(qualifier);
    }
}

fn each(one: &mut Each) {
    one.span = NOWHERE;
    path(&mut one.noun);
    one.except.iter_mut().for_each(path);
    one.condition.iter_mut().for_each(test);
    one.must.iter_mut().for_each(test);
}

fn test(one: &mut Test) {
    one.span = NOWHERE;
    for atom in one.alternatives.iter_mut().flatten() {
        match atom {
            Atom::Has {
                span,
                paths,
                except,
                bound: with,
                ..
            } => {
                *span = NOWHERE;
                paths.iter_mut().chain(except).for_each(path);
                with.iter_mut().for_each(|(_, with)| bound(with));
            }
            Atom::Is { span, nouns, .. } => {
                *span = NOWHERE;
                nouns.iter_mut().for_each(path);
            }
        }
    }
}

fn expectation(one: &mut Expectation) {
    one.span = NOWHERE;
    spot(&mut one.outcome);
    one.names.iter_mut().for_each(path);
    one.sentence.iter_mut().for_each(sentence);
}
