//! What a cursor stands behind.

use std::ops::Range;

use kupuya::format::tokens::{Token, tokens};
use kupuya::model::kinded::NOUN_KINDS;
use kupuya::syntax::vocabulary::{CONNECTORS, KINDS, Kind};

use super::declaration::{field, header};
use super::rule;
use super::sentence::{self, Standing};

/// What may come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nouns of these kinds.
    Nouns(Vec<Kind>),
    /// Nouns of these kinds that the project itself declares.
    Declared(Vec<Kind>),
    /// Nouns of a kind that may stand above the one of this name.
    Above(Kind, String),
    /// The words of declarations that may stand here.
    Kinds(Vec<Kind>),
    /// A verb.
    Verbs(Standing),
    /// A flag behind `is`, of this kind of noun.
    Flags(Kind),
    /// A field of a block of this kind.
    Fields(Kind),
    /// A field of what a rule speaks about: a kind, or a noun.
    FieldsOf(String),
    /// One of these words.
    Words(Vec<&'static str>),
    /// The name of a law pack, or of a family.
    Laws,
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
    /// Names that the list has already which the cursor goes on with.
    pub listed: Vec<String>,
}

impl Place {
    /// The place of a byte of a text.
    #[must_use]
    pub fn of(text: &str, at: usize) -> Place {
        let typed = typed_from(text, at);
        let all = tokens(text, 0..typed);
        let behind = tokens(text, at..text.len());
        let mut block = blocks(&all);
        let (rest, given) = rest(&behind);
        block.given.extend(given);
        let line = sentence(&all);
        let inside_text = line
            .last()
            .is_some_and(|last| last.is_comment() || open_string(last.text));
        let begun = line.last().is_some_and(|last| {
            let between = text.get(last.end()..typed).unwrap_or("");
            last.text == "," || !between.contains(['\n', '\r'])
        });
        let listed = if begun { listed(line) } else { Vec::new() };
        let inside = block.open.last().copied();
        let expected = match (prose(text, typed), begun, inside_text) {
            (Some(true), ..) => vec![Expected::Nouns(NOUN_KINDS.to_vec())],
            (Some(false), ..) | (None, true, true) => Vec::new(),
            (None, true, false) => expected(line, inside, rest),
            // A new line begins something, or goes on with the sentence before.
            (None, false, _) => {
                let mut all = opening(inside);
                let said = line
                    .iter()
                    .filter(|token| !token.is_comment())
                    .copied()
                    .collect::<Vec<_>>();
                all.extend(sentence::goes_on(&said, Standing::inside(inside), rest));
                all
            }
        };
        Place {
            typed: typed..at,
            expected,
            given: block.given,
            listed,
        }
    }
}

/// The names of a list or formula that stops before its next one.
fn listed(line: &[Token<'_>]) -> Vec<String> {
    let joins = |token: &Token<'_>| [",", "and", "or"].contains(&token.text);
    let pairs = line.rchunks_exact(2).take_while(|pair| joins(&pair[1]));
    pairs.map(|pair| pair[0].text.to_owned()).collect()
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

/// In a line of prose, whether a name is being written between brackets; `None` in any other line.
fn prose(text: &str, at: usize) -> Option<bool> {
    let before = text.get(..at)?;
    let line = before.rsplit(['\n', '\r']).next()?.trim_start();
    line.starts_with('|')
        .then(|| line.rfind('[').is_some_and(|open| !line[open..].contains(']')))
}

/// The tokens of the sentence or field at the end: back to the first token of a line that is not joined to the one before.
fn sentence<'t, 's>(all: &'s [Token<'t>]) -> &'s [Token<'t>] {
    let start = (0..all.len()).rev().find(|place| begins(all, *place)).unwrap_or(0);
    all.get(start..).unwrap_or_default()
}

/// Whether a token is the first of a line that is not joined to the one before.
fn begins(all: &[Token<'_>], place: usize) -> bool {
    let Some(token) = all.get(place) else { return true };
    let before = place.checked_sub(1).and_then(|before| all.get(before));
    let joined = before.is_some_and(|before| before.text == ",");
    let joins = |word: &str| ["only", "and", "or", "where", "must", "has", "have", "is", "be"].contains(&word);
    let continues = joins(token.text)
        || CONNECTORS
            .iter()
            .any(|(_, word)| word.split(' ').next() == Some(token.text));
    // A field may be called like a connecting word.
    let is_field = all.get(place + 1).is_some_and(|next| next.text == ":");
    (place == 0 || token.breaks) && !joined && (is_field || !continues)
}

/// What stands behind a cursor: the rest of its sentence, and the fields that the rest of its block gives.
fn rest<'t, 's>(behind: &'s [Token<'t>]) -> (&'s [Token<'t>], Vec<String>) {
    let end = (0..behind.len())
        .find(|place| (*place > 0 || behind[0].breaks) && behind[*place].breaks && begins(behind, *place))
        .unwrap_or(behind.len());
    let mut depth = 0_usize;
    let mut given = Vec::new();
    for (place, token) in behind.iter().enumerate() {
        match token.text {
            "{" => depth += 1,
            "}" if depth == 0 => break,
            "}" => depth -= 1,
            _ if depth == 0 && token.breaks && behind.get(place + 1).is_some_and(|next| next.text == ":") => {
                given.push(token.text.to_owned());
            }
            _ => {}
        }
    }
    (behind.get(..end).unwrap_or_default(), given)
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

fn expected(line: &[Token<'_>], inside: Option<Kind>, rest: &[Token<'_>]) -> Vec<Expected> {
    let Some(first) = line.first().map(|token| token.text) else {
        return opening(inside);
    };
    let last = line.last().map_or("", |token| token.text);
    if ["{", "}"].contains(&last) {
        return opening(inside);
    }
    // An id may stand before its sentence.
    if first.starts_with('@') {
        return match line.get(1..) {
            None | Some([]) => vec![
                Expected::Verbs(Standing::inside(inside)),
                Expected::Words(vec!["never"]),
            ],
            Some(line) => expected(line, inside, rest),
        };
    }
    if line.get(1).is_some_and(|colon| colon.text == ":") {
        return field(first, line.get(2..).unwrap_or_default(), inside);
    }
    if first == "waive" {
        return waiver(line);
    }
    if first == "each" {
        return rule::next(line);
    }
    if let Some(kind) = KINDS.iter().find(|kind| kind.word == first) {
        return header(line, line.get(1), kind.kind);
    }
    if sentence::is_one(line) {
        return sentence::next(line, Standing::inside(inside), rest);
    }
    // A child of a declaration: `name "label" is …`.
    match inside {
        Some(kind) if kupuya::syntax::vocabulary::kind(kind).children => header(line, line.first(), kind),
        _ => Vec::new(),
    }
}

fn waiver(line: &[Token<'_>]) -> Vec<Expected> {
    let has = |word: &str| line.iter().any(|token| token.text == word);
    match line {
        [_] => vec![Expected::Codes],
        [.., last] if last.is_string() || ["with", "until"].contains(&last.text) => Vec::new(),
        _ => {
            let words = ["with", "until"].into_iter().filter(|word| !has(word));
            vec![Expected::Words(words.collect())]
        }
    }
}

/// At the beginning of a line.
fn opening(inside: Option<Kind>) -> Vec<Expected> {
    let own = match inside {
        Some(Kind::Section) => &[Kind::Section, Kind::Policy, Kind::Law, Kind::Rule, Kind::Scenario][..],
        None => &[Kind::Rule],
        Some(_) => &[
            Kind::Rule,
            Kind::Section,
            Kind::Policy,
            Kind::Law,
            Kind::Scenario,
            Kind::Processing,
        ],
    };
    let kinds = KINDS.iter().map(|entry| entry.kind).filter(|kind| !own.contains(kind));
    let verbs = Expected::Verbs(Standing::inside(inside));
    match inside {
        None | Some(Kind::Section) => vec![
            Expected::Kinds(kinds.collect()),
            Expected::Words(vec!["never", "waive"]),
            verbs,
        ],
        Some(Kind::Processing) => vec![verbs, Expected::Fields(Kind::Processing)],
        Some(Kind::Scenario) => vec![Expected::Words(vec!["allow", "deny"]), Expected::Fields(Kind::Scenario)],
        Some(Kind::Rule) => vec![
            Expected::Fields(Kind::Rule),
            Expected::Words(vec!["each", "never"]),
            verbs,
        ],
        Some(kind) => vec![Expected::Fields(kind)],
    }
}
