//! `each … must …`: the sentences of law packs and house rules.

use kupuya::format::tokens::Token;
use kupuya::model::kinded::NOUN_KINDS;
use kupuya::syntax::vocabulary::{KINDS, Kind};

use super::place::Expected;

/// What may stand next in such a sentence.
pub fn next(line: &[Token<'_>]) -> Vec<Expected> {
    let has = |word: &str| line.iter().any(|token| token.text == word);
    let last = line.last().map_or("", |token| token.text);
    let subject = line.get(1).map_or("", |token| token.text);
    // The word that the list or test at the end began with.
    let opens = |token: &Token<'_>| {
        [
            "each", "except", "where", "must", "has", "have", "is", "be", "in", "<", "<=", "=", ">=", ">",
        ]
        .contains(&token.text)
    };
    let open = line.iter().rfind(|token| opens(token)).map_or("", |token| token.text);
    match (open, last) {
        ("each", "each") => vec![Expected::Words(kinds()), classes()],
        ("except", "except" | ",") => vec![classes()],
        ("where", "where") => vec![Expected::Words(vec!["has", "is", "not"])],
        ("must", "must") => vec![Expected::Words(vec!["have", "be", "not"])],
        ("where", "not") => vec![Expected::Words(vec!["has", "is"])],
        ("must", "not") => vec![Expected::Words(vec!["have", "be"])],
        ("has" | "have", "has" | "have" | "," | "no" | "only" | "some") => {
            vec![Expected::FieldsOf(subject.to_owned())]
        }
        ("is" | "be", "is" | "be" | "," | "not") => vec![classes()],
        ("each" | "except", _) => {
            let words = ["except", "where", "must"].into_iter().filter(|word| !has(word));
            vec![Expected::Words(words.collect())]
        }
        ("has" | "is", _) if !has("must") && last != "and" && last != "or" => vec![Expected::Words(vec!["must"])],
        _ => Vec::new(),
    }
}

/// Words of the kinds that a rule can speak about.
fn kinds() -> Vec<&'static str> {
    let of_nouns = KINDS.iter().filter(|entry| NOUN_KINDS.contains(&entry.kind));
    let words = of_nouns.map(|entry| entry.word).chain(["policy", "flow"]);
    words.collect()
}

/// Classes of the taxonomy and nouns.
fn classes() -> Expected {
    Expected::Nouns(vec![
        Kind::Basis,
        Kind::Data,
        Kind::Recipient,
        Kind::Channel,
        Kind::Purpose,
        Kind::Source,
        Kind::Subject,
        Kind::Right,
        Kind::Measure,
    ])
}
