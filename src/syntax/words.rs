//! The nearest word: what the author may have meant.

use super::vocabulary::{CONNECTORS, Connector};

/// The nearest of some words, if it is near enough to be a slip.
pub(super) fn nearest<'w>(written: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    if written.len() > 80 {
        return None;
    }
    let written = fold(written);
    words
        .map(|word| (strsim::osa_distance(&written, word), word))
        .filter(|(distance, word)| *distance <= allowed(word))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// One slip in a short word, two in a longer one, three in a long one; two letters swapped are one slip.
fn allowed(word: &str) -> usize {
    match word.chars().count() {
        0..=5 => 1,
        6..=8 => 2,
        _ => 3,
    }
}

/// English words that are none of the language, and what is written for them.
const OTHER_ENGLISH: &[(&str, Connector)] = &[
    ("because", Connector::Under),
    ("if", Connector::When),
    ("into", Connector::With),
    ("of", Connector::About),
    ("till", Connector::Until),
    ("to", Connector::With),
];

/// The connecting word that was perhaps meant where those that `fits` knows may stand.
pub(super) fn meant_connector(written: &str, fits: impl Fn(Connector) -> bool) -> Option<&'static str> {
    let known = |connector: Connector| CONNECTORS.iter().find(|(known, _)| *known == connector);
    let english = OTHER_ENGLISH.iter().find(|(word, _)| *word == written);
    if let Some((_, connector)) = english {
        // Only what is shared goes to somebody.
        let connector = match connector {
            Connector::With if !fits(Connector::With) => Connector::For,
            other => *other,
        };
        return known(connector).filter(|_| fits(connector)).map(|(_, word)| *word);
    }
    let of_sentences = [
        Connector::About,
        Connector::From,
        Connector::With,
        Connector::For,
        Connector::Under,
        Connector::When,
        Connector::Until,
        Connector::After,
    ];
    let fitting = of_sentences.into_iter().filter(|connector| fits(*connector));
    nearest(written, fitting.filter_map(known).map(|(_, word)| *word))
}

/// Letters of the one script that look like letters of the other: Latin first.
pub(super) const LOOK_ALIKES: &[(char, char)] = &[
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('i', 'і'),
    ('j', 'ј'),
    ('o', 'о'),
    ('p', 'р'),
    ('s', 'ѕ'),
    ('x', 'х'),
    ('y', 'у'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
];

/// Lower case, with Cyrillic letters that look Latin written in Latin.
fn fold(written: &str) -> String {
    written
        .chars()
        .map(|letter| {
            LOOK_ALIKES
                .iter()
                .find(|(_, cyrillic)| *cyrillic == letter)
                .map_or(letter, |(latin, _)| *latin)
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Numbers in words.
const COUNTS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// The number that a word says: `five`.
pub(super) fn counted(word: &str) -> Option<usize> {
    COUNTS.iter().position(|count| *count == word).map(|at| at + 1)
}
