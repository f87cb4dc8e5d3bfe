//! What a cursor stands behind.

use std::ops::Range;

use kupuya::format::tokens::{Token, tokens};
use kupuya::syntax::vocabulary::{self, COMMON_FIELDS, CONNECTORS, Connector, KINDS, Kind, Shape, VERBS};

/// What may come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nouns of these kinds.
    Nouns(Vec<Kind>),
    /// The word of a declaration.
    Kinds,
    /// A verb.
    Verbs,
    /// A word that joins the next part of a sentence.
    Connectors,
    /// A flag behind `is`.
    Flags,
    /// A field of a block of this kind.
    Fields(Kind),
    /// One of these words.
    Words(Vec<&'static str>),
    /// The code of a finding.
    Codes,
}

/// The place of a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The bytes of the name that is being typed.
    pub typed: Range<usize>,
    /// What may stand there.
    pub expected: Vec<Expected>,
    /// Fields that the block around has already.
    pub given: Vec<String>,
}

impl Place {
    /// The place of a byte of a text.
    #[must_use]
    pub fn of(text: &str, at: usize) -> Place {
        let typed = typed_from(text, at);
        let all = tokens(text, 0..typed);
        let line = sentence(&all);
        let block = blocks(&all);
        let inside_text = line
            .last()
            .is_some_and(|last| last.is_comment() || open_string(last.text));
        let begun = line.last().is_some_and(|last| {
            let between = text.get(last.end()..typed).unwrap_or("");
            last.text == "," || !between.contains(['\n', '\r'])
        });
        let expected = match (begun, inside_text) {
            (true, true) => Vec::new(),
            (true, false) => expected(line, &block),
            // A new line begins something, or goes on with the sentence before.
            (false, _) => {
                let mut all = opening(block.open.last().copied());
                if expected(line, &block).contains(&Expected::Connectors) {
                    all.push(Expected::Connectors);
                }
                all
            }
        };
        Place {
            typed: typed..at,
            expected,
            given: block.given,
        }
    }
}

/// The tokens of the sentence that a byte stands in, up to the name that is being typed; `None` if the byte's line has not
/// begun one, or stands in a text or comment.
#[must_use]
pub fn sentence_before(text: &str, at: usize) -> Option<Vec<Token<'_>>> {
    let typed = typed_from(text, at);
    let all = tokens(text, 0..typed);
    let line = sentence(&all);
    let last = line.last()?;
    let silent = last.is_comment() || open_string(last.text) || ["{", "}"].contains(&last.text);
    let joined = last.text == "," || !text.get(last.end()..typed)?.contains(['\n', '\r']);
    (joined && !silent).then(|| line.to_vec())
}

/// Where the name begins that ends at a byte.
fn typed_from(text: &str, at: usize) -> usize {
    text.get(..at)
        .unwrap_or("")
        .char_indices()
        .rev()
        .take_while(|(_, letter)| letter.is_alphanumeric() || *letter == '_' || *letter == '.')
        .last()
        .map_or(at, |(start, _)| start)
}

/// A string that does not end on its line.
fn open_string(text: &str) -> bool {
    text.starts_with('"') && (text.len() == 1 || !text.ends_with('"'))
}

/// The tokens of the sentence or field at the end: back to the first token of a line that is not joined to the one before.
fn sentence<'t, 's>(all: &'s [Token<'t>]) -> &'s [Token<'t>] {
    let start = (0..all.len())
        .rev()
        .find(|place| {
            let Some(token) = all.get(*place) else { return true };
            let first = *place == 0 || token.breaks;
            let joined = place
                .checked_sub(1)
                .and_then(|before| all.get(before))
                .is_some_and(|before| before.text == ",");
            let continues = CONNECTORS
                .iter()
                .any(|(_, word)| word.split(' ').next() == Some(token.text));
            // A field may be called like a connecting word.
            let is_field = all.get(place + 1).is_some_and(|next| next.text == ":");
            first && !joined && (is_field || !continues)
        })
        .unwrap_or(0);
    all.get(start..).unwrap_or_default()
}

#[derive(Clone, Debug, Default)]
struct Blocks {
    /// Kinds of the open blocks, the innermost last.
    open: Vec<Kind>,
    /// Fields in the innermost.
    given: Vec<String>,
}

fn blocks(all: &[Token<'_>]) -> Blocks {
    let mut open: Vec<(Kind, Vec<String>)> = Vec::new();
    let mut head = None;
    for (place, token) in all.iter().enumerate() {
        if token.breaks || place == 0 {
            head = KINDS.iter().find(|kind| kind.word == token.text).map(|kind| kind.kind);
            if all.get(place + 1).is_some_and(|next| next.text == ":")
                && let Some((_, given)) = open.last_mut()
            {
                given.push(token.text.to_owned());
            }
        }
        match token.text {
            "{" => {
                let inherited = open.last().map(|(kind, _)| *kind);
                open.push((head.or(inherited).unwrap_or(Kind::Section), Vec::new()));
                head = None;
            }
            "}" => drop(open.pop()),
            _ => {}
        }
    }
    Blocks {
        given: open.last().map(|(_, given)| given.clone()).unwrap_or_default(),
        open: open.into_iter().map(|(kind, _)| kind).collect(),
    }
}

fn expected(line: &[Token<'_>], block: &Blocks) -> Vec<Expected> {
    let inside = block.open.last().copied();
    let Some(first) = line.first().map(|token| token.text) else {
        return opening(inside);
    };
    let last = line.last().map_or("", |token| token.text);
    if ["{", "}"].contains(&last) {
        return opening(inside);
    }
    if line.get(1).is_some_and(|colon| colon.text == ":") {
        return field(first, line, inside);
    }
    if first == "waive" {
        return if line.len() == 1 {
            vec![Expected::Codes]
        } else {
            Vec::new()
        };
    }
    if let Some(kind) = KINDS.iter().find(|kind| kind.word == first) {
        return header(line, kind.kind);
    }
    sentence_part(line, inside)
}

/// At the beginning of a line.
fn opening(inside: Option<Kind>) -> Vec<Expected> {
    match inside {
        None | Some(Kind::Section) => vec![
            Expected::Kinds,
            Expected::Words(vec!["never", "waive"]),
            Expected::Verbs,
        ],
        Some(Kind::Processing) => vec![Expected::Verbs, Expected::Fields(Kind::Processing)],
        Some(Kind::Scenario) => vec![Expected::Words(vec!["allow", "deny"]), Expected::Fields(Kind::Scenario)],
        Some(Kind::Rule) => vec![
            Expected::Fields(Kind::Rule),
            Expected::Words(vec!["each", "never"]),
            Expected::Verbs,
        ],
        Some(Kind::Law) => vec![
            Expected::Fields(Kind::Law),
            Expected::Words(vec!["rule"]),
            Expected::Kinds,
        ],
        Some(kind) => vec![Expected::Fields(kind)],
    }
}

fn field(word: &str, line: &[Token<'_>], inside: Option<Kind>) -> Vec<Expected> {
    let own = inside.map(|kind| vocabulary::kind(kind).fields).unwrap_or_default();
    let Some(field) = own.iter().chain(COMMON_FIELDS).find(|field| field.word == word) else {
        return Vec::new();
    };
    if let Some(kinds) = connected(line) {
        return kinds;
    }
    match field.shape {
        Shape::Names(kinds) | Shape::Formula(kinds) => vec![Expected::Nouns(kinds.to_vec())],
        Shape::Word(words) => vec![Expected::Words(words.to_vec())],
        Shape::Means => vec![Expected::Nouns(vec![Kind::Channel])],
        Shape::Countries => vec![Expected::Nouns(vec![Kind::Country])],
        Shape::Onward => vec![Expected::Nouns(vec![Kind::Recipient])],
        Shape::Text | Shape::Texts | Shape::Date | Shape::Period | Shape::Number | Shape::Places => Vec::new(),
    }
}

/// Behind a connecting word, or a comma or `and` that goes on with it.
fn connected(line: &[Token<'_>]) -> Option<Vec<Expected>> {
    let joins = |text: &str| [",", "and", "or", "not", "(", "except"].contains(&text);
    let last = line.last()?;
    let (place, _) = line
        .iter()
        .enumerate()
        .rev()
        .find(|(_, token)| connector(token.text).is_some_and(|found| found != Connector::Except))?;
    let between = line.get(place + 1..)?;
    if !(between.is_empty() || joins(last.text)) {
        return None;
    }
    let token = line.get(place)?;
    expected_after(connector(token.text)?, line)
}

fn connector(text: &str) -> Option<Connector> {
    CONNECTORS
        .iter()
        .find(|(_, word)| *word == text)
        .map(|(connector, _)| *connector)
}

fn expected_after(connector: Connector, line: &[Token<'_>]) -> Option<Vec<Expected>> {
    let nouns = |kinds: &[Kind]| Some(vec![Expected::Nouns(kinds.to_vec())]);
    match connector {
        Connector::About => nouns(&[Kind::Subject]),
        Connector::From => nouns(&[Kind::Subject, Kind::Source, Kind::Recipient, Kind::Controller]),
        Connector::With => nouns(&[Kind::Recipient]),
        Connector::For => nouns(&[Kind::Purpose]),
        Connector::Under => nouns(&[Kind::Basis]),
        Connector::When | Connector::Until | Connector::After => nouns(&[Kind::Fact, Kind::Subject]),
        Connector::Given => nouns(&[Kind::Fact, Kind::Basis]),
        Connector::By => nouns(&[Kind::Controller, Kind::Recipient]),
        Connector::In => nouns(&[Kind::Country]),
        Connector::At => nouns(&[Kind::Channel]),
        Connector::Then => Some(vec![
            Expected::Words(vec!["erase", "anonymise", "notify"]),
            Expected::Nouns(vec![Kind::Duty]),
        ]),
        Connector::Is => {
            let kind = line
                .first()
                .and_then(|first| KINDS.iter().find(|kind| kind.word == first.text))?;
            Some(vec![Expected::Nouns(vec![kind.kind]), Expected::Flags])
        }
        Connector::Abroad
        | Connector::AtMost
        | Connector::AtLeast
        | Connector::Within
        | Connector::On
        | Connector::Cites
        | Connector::Verified
        | Connector::Except => None,
    }
}

/// In the header of a declaration.
fn header(line: &[Token<'_>], kind: Kind) -> Vec<Expected> {
    if let Some(found) = connected(line) {
        return found;
    }
    match line.last() {
        Some(last) if last.is_string() => {
            let words = match kind {
                Kind::Recipient => vec!["is", "in"],
                Kind::Rule => vec!["is", "cites", "verified"],
                _ => vec!["is"],
            };
            vec![Expected::Words(words)]
        }
        _ => Vec::new(),
    }
}

fn sentence_part(line: &[Token<'_>], inside: Option<Kind>) -> Vec<Expected> {
    let last = line.last().map_or("", |token| token.text);
    let is_verb = |text: &str| VERBS.iter().any(|(_, verb, _)| *verb == text);
    if ["never", "allow", "deny", "forbidden", "undeclared"].contains(&last) {
        let mut all = vec![Expected::Verbs];
        if last == "deny" {
            all.push(Expected::Words(vec!["forbidden", "undeclared", "unmet", "invalid"]));
        }
        return all;
    }
    if is_verb(last) {
        return vec![Expected::Nouns(vec![Kind::Data]), Expected::Words(vec!["any"])];
    }
    if let Some(found) = connected(line) {
        return found;
    }
    // A list of data before the first connecting word.
    if last == "," && line.iter().any(|token| is_verb(token.text)) {
        return vec![Expected::Nouns(vec![Kind::Data])];
    }
    if line.iter().any(|token| is_verb(token.text)) {
        let mut all = vec![Expected::Connectors];
        if inside != Some(Kind::Processing) {
            all.push(Expected::Words(vec!["only"]));
        }
        return all;
    }
    // A child of a declaration: `name "label" is …`.
    match (inside, line.last()) {
        (Some(kind), Some(last)) if vocabulary::kind(kind).children && last.text == "is" => {
            vec![Expected::Nouns(vec![kind]), Expected::Flags]
        }
        _ => Vec::new(),
    }
}
