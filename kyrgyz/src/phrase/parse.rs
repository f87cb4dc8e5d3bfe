//! Reading a label: members of a coordination, brackets, quotation marks, the head and its kind.

use unicode_normalization::UnicodeNormalization;

use super::{NounPhrase, Script};
use crate::head;
use crate::latin;
use crate::lexicon::{Known, Lexicon};
use crate::numerals;
use crate::reading::{self, Reading};
use crate::sound::is_latin;

/// What joins the members of a coordination.
const JOINTS: &[&str] = &[", ", " жана ", " же "];

/// Reads a whole label.
pub(super) fn phrase(text: &str, lexicon: &Lexicon) -> NounPhrase {
    let text: String = text.nfc().collect();
    let text = text.trim();
    if let Some(known) = lexicon.find(text) {
        return member(text, lexicon, Some(known));
    }
    let (core, after) = split_after(text);
    let (mut members, last) = split_members(core);
    let mut phrase = member(last, lexicon, None);
    phrase.after.push_str(after);
    phrase.earlier = members
        .drain(..)
        .map(|(text, joint)| (member(text, lexicon, None), joint.to_owned()))
        .collect();
    phrase
}

/// Splits off what does not inflect at the end: brackets and punctuation.
fn split_after(text: &str) -> (&str, &str) {
    let mut core = text;
    loop {
        let shorter =
            core.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ':' | ';' | '!' | '?'));
        let shorter = match opening_bracket(shorter) {
            Some(at) => &shorter[..at],
            None => shorter,
        };
        let shorter = shorter.trim_end();
        if shorter.is_empty() || shorter.len() == core.len() {
            break;
        }
        core = shorter;
    }
    text.split_at(core.len())
}

/// Where the bracket opens that closes at the end of the text, if something stands before it.
fn opening_bracket(text: &str) -> Option<usize> {
    if !text.ends_with(')') {
        return None;
    }
    let mut depth = 0usize;
    for (at, letter) in text.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return (at > 0).then_some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The members before the last, each with its joint, and the last. Nothing is split within
/// quotation marks or brackets.
fn split_members(text: &str) -> (Vec<(&str, &str)>, &str) {
    let (mut members, mut start, mut depth) = (Vec::new(), 0, 0i32);
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        match letter {
            '«' | '(' | '“' | '„' => depth += 1,
            '»' | ')' | '”' => depth -= 1,
            _ => {}
        }
        let joint = JOINTS
            .iter()
            .find(|joint| depth <= 0 && text[at..].starts_with(**joint));
        match joint {
            Some(joint) if at > start && at + joint.len() < text.len() => {
                members.push((&text[start..at], *joint));
                at += joint.len();
                start = at;
            }
            _ => at += letter.len_utf8(),
        }
    }
    (members, &text[start..])
}

/// One member: what is before the head, the head, and what is known of it.
fn member(text: &str, lexicon: &Lexicon, whole: Option<Known>) -> NounPhrase {
    let start = match whole {
        // A name that the lexicon has as a whole is one head.
        Some(_) => 0,
        None => text
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_whitespace())
            .map_or(0, |(at, c)| at + c.len_utf8()),
    };
    let (before, head) = text.split_at(start);
    let quoted = head.ends_with(['»', '”', '“', '"']);
    let word = head.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
    let part = word.rsplit('-').next().unwrap_or(word);
    let known = whole.or_else(|| lexicon.find(word)).or_else(|| lexicon.find(part));

    let kind = kind(word, part);
    let declared = known.as_ref().and_then(Known::reading);
    let (reading, reading_guessed) = match (declared, kind) {
        (Some(reading), _) => (Some(reading), false),
        (None, Kind::Word) => (quoted.then(|| word.to_owned()), false),
        (None, Kind::Figures) => (Some(figures(word)), false),
        (None, Kind::Abbreviation) => guessed(reading::abbreviation(part)),
        (None, Kind::Latin) => guessed(latin::guess(last_run(word))),
    };
    let script = match kind {
        Kind::Word if !quoted => Script::Word,
        Kind::Latin if !quoted => Script::Latin,
        _ => Script::Fixed,
    };
    let shape = match (&known, kind) {
        (Some(known), _) => head::Shape {
            plural: known.plural,
            possessive: known.possessive,
            guessed: false,
        },
        (None, Kind::Word) => head::shape(before, word),
        _ => head::Shape::default(),
    };
    NounPhrase {
        earlier: Vec::new(),
        before: before.to_owned(),
        head: head.to_owned(),
        after: String::new(),
        script,
        reading,
        reading_guessed,
        entry: known.map(|known| known.entry),
        plural: shape.plural,
        possessive: shape.possessive,
        shape_guessed: shape.guessed,
    }
}

fn guessed(reading: Reading) -> (Option<String>, bool) {
    (Some(reading.spoken), reading.guessed)
}

#[derive(Clone, Copy)]
enum Kind {
    Word,
    Abbreviation,
    Latin,
    Figures,
}

/// The last sign decides: a digit, a Latin letter, or a Cyrillic one.
fn kind(word: &str, part: &str) -> Kind {
    match word.chars().last() {
        Some(last) if last.is_numeric() || last == '%' => Kind::Figures,
        Some(last) if is_latin(last) => Kind::Latin,
        _ if reading::is_abbreviation(part) => Kind::Abbreviation,
        _ => Kind::Word,
    }
}

/// The last run of letters: kg of mega24.kg.
fn last_run(word: &str) -> &str {
    word.rsplit(|c: char| !c.is_alphabetic())
        .find(|run| !run.is_empty())
        .unwrap_or(word)
}

/// How figures at the end of a word are read.
fn figures(word: &str) -> String {
    if word.ends_with('%') {
        return "пайыз".to_owned();
    }
    let digits = word.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or(word);
    // A number too long to be one is read figure by figure.
    let number = digits
        .parse()
        .or_else(|_| digits.chars().last().map_or("0".to_owned(), String::from).parse());
    numerals::cardinal_words(number.unwrap_or(0))
}
