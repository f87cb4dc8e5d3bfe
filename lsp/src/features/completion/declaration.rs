//! Headers of declarations, and their fields.

use kupuya::format::tokens::Token;
use kupuya::model::kinded::NOUN_KINDS;
use kupuya::syntax::vocabulary::{self, COMMON_FIELDS, Kind, Shape};

use super::place::Expected;

/// What may stand next in a header, whose name is this.
pub fn header(line: &[Token<'_>], name: Option<&Token<'_>>, kind: Kind) -> Vec<Expected> {
    let words = words(kind);
    let begins = |token: &Token<'_>| words.contains(&token.text);
    let from = line.iter().skip(1).rposition(begins).map(|place| place + 1);
    let word = from.and_then(|from| line.get(from)).map(|token| token.text);
    let inner = from.and_then(|from| line.get(from + 1..)).unwrap_or_default();
    let wants = |joins: &[&str]| inner.last().is_none_or(|last| joins.contains(&last.text));
    let name = name.map_or("", |name| name.text);
    match word {
        Some("is") if wants(&[","]) => is(kind, name),
        Some("when") if wants(&["and", "or", "not", "("]) => vec![Expected::Nouns(vec![Kind::Fact, Kind::Subject])],
        Some("in") if wants(&[","]) => vec![Expected::Nouns(vec![Kind::Country])],
        Some("verified") if inner.is_empty() => vec![Expected::Words(vec!["final", "text", "second", "memory"])],
        Some("cites") if inner.is_empty() => Vec::new(),
        // A label, or a part of the header, has ended.
        _ if word.is_some() || line.last().is_some_and(Token::is_string) => {
            let used = |word: &&str| line.iter().any(|token| token.text == *word);
            let place = |word: &&str| ["in", "abroad"].contains(word);
            let placed = line.iter().any(|token| place(&token.text));
            let left = words.iter().filter(|word| !used(word) && (!placed || !place(word)));
            vec![Expected::Words(left.copied().collect())]
        }
        _ => Vec::new(),
    }
}

/// Words that begin a part of a header.
fn words(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Recipient => &["is", "in", "abroad"],
        Kind::Controller => &["is", "in"],
        Kind::Subject => &["is", "when"],
        Kind::Basis => &["is", "when", "cites"],
        Kind::Right | Kind::Ground => &["is", "cites"],
        Kind::Rule => &["is", "cites", "verified"],
        _ if NOUN_KINDS.contains(&kind) => &["is"],
        _ => &[],
    }
}

fn is(kind: Kind, name: &str) -> Vec<Expected> {
    match kind {
        Kind::Rule => vec![Expected::Words(vec![
            "error", "warning", "note", "enforced", "presence",
        ])],
        _ => vec![Expected::Above(kind, name.to_owned()), Expected::Flags(kind)],
    }
}

/// What may stand next in the value of a field.
pub fn field(word: &str, value: &[Token<'_>], inside: Option<Kind>) -> Vec<Expected> {
    let own = inside.map(|kind| vocabulary::kind(kind).fields).unwrap_or_default();
    let Some(field) = own.iter().chain(COMMON_FIELDS).find(|field| field.word == word) else {
        return Vec::new();
    };
    let last = value.last().map_or("", |token| token.text);
    let begins = value.is_empty() || last == ",";
    let nouns = |kinds: &[Kind]| vec![Expected::Nouns(kinds.to_vec())];
    // The value behind the last comma.
    let start = value
        .iter()
        .rposition(|token| token.text == ",")
        .map_or(0, |comma| comma + 1);
    let one = value.get(start..).unwrap_or_default();
    match field.shape {
        Shape::Names([Kind::Law]) if begins => vec![Expected::Laws],
        Shape::Names(kinds) if begins => nouns(kinds),
        Shape::Formula(kinds) if value.is_empty() || ["and", "or"].contains(&last) => match kinds {
            [Kind::Basis] => vec![Expected::Declared(kinds.to_vec())],
            kinds => nouns(kinds),
        },
        Shape::Word(words) if value.is_empty() => vec![Expected::Words(words.to_vec())],
        Shape::Means if begins || last == "at" => nouns(&[Kind::Channel]),
        Shape::Means if one.len() == 1 => vec![Expected::Words(vec!["at"])],
        Shape::Countries if begins => nouns(&[Kind::Country]),
        Shape::Onward if last == "for" => nouns(&[Kind::Purpose]),
        // Behind the last `for` stand purposes, before it recipients.
        Shape::Onward if begins => match value.iter().any(|token| token.text == "for") {
            true => nouns(&[Kind::Purpose, Kind::Recipient]),
            false => nouns(&[Kind::Recipient]),
        },
        Shape::Onward if one.len() == 1 => vec![Expected::Words(vec!["for"])],
        Shape::Period if one.len() == 1 => vec![Expected::Words(vec!["hours", "days", "weeks", "months", "years"])],
        _ => Vec::new(),
    }
}
