//! Every word of every golden notice, and of the papers beside it, stands in the word list, or is a form of a word that
//! does: a misprint cannot enter.
//!
//! `tests/data/words.ky.txt` has one word a line. New words of an example are added there by hand, after reading them.

use std::collections::{BTreeSet, HashMap};
use std::fs;

use kyrgyz::{Case, Features, NounPhrase, Number, Possessor};

use super::root;

const WORDS: &str = include_str!("../../data/words.ky.txt");

/// All forms of the words of the list, in small letters, each with the word that it is of.
fn known() -> HashMap<String, &'static str> {
    let mut known = HashMap::new();
    for word in WORDS.lines() {
        let phrase = NounPhrase::parse(word);
        for number in [Number::Singular, Number::Plural] {
            for possessor in [
                Possessor::None,
                Possessor::Third,
                Possessor::FirstPlural,
                Possessor::SecondPolite,
            ] {
                let cases = Case::ALL.map(|case| Features::new(number, possessor, case));
                for features in cases.into_iter().chain([Features::attributive(number, possessor)]) {
                    known.entry(phrase.with(features).text.to_lowercase()).or_insert(word);
                }
            }
        }
    }
    // A word that the list has itself is not a form of another.
    known.extend(WORDS.lines().map(|word| (word.to_owned(), word)));
    known
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

/// The Kyrgyz words of a text: without figures, Latin names and abbreviations, of which only a suffix is Kyrgyz.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '-' | '’'));
    pieces.filter_map(|piece| {
        let piece = piece.trim_matches(['-', '’']);
        let piece = piece.trim_start_matches(|letter: char| !is_cyrillic(letter));
        let capitals = piece.chars().take_while(|letter| letter.is_uppercase()).count();
        (!piece.is_empty() && capitals < 2).then_some(piece)
    })
}

#[test]
fn every_word_is_known_and_none_is_left_over() {
    let known = known();
    let (mut unknown, mut used) = (BTreeSet::new(), BTreeSet::new());
    let examples = fs::read_dir(root().join("examples")).unwrap();
    let folders = examples.map(|example| example.unwrap().path().join("golden"));
    let files = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let papers = files
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|kind| kind == "md"));
    for golden in papers {
        let text = fs::read_to_string(&golden).unwrap();
        for word in words(&text) {
            match known.get(&word.to_lowercase()) {
                Some(of) => drop(used.insert(*of)),
                None => drop(unknown.insert(format!("{word} ({})", golden.display()))),
            }
        }
    }
    let unknown: Vec<String> = unknown.into_iter().collect();
    assert!(
        unknown.is_empty(),
        "not in tests/data/words.ky.txt; a misprint, or a word to be added:\n{}",
        unknown.join("\n")
    );
    let unused: Vec<&str> = WORDS.lines().filter(|word| !used.contains(word)).collect();
    assert!(
        unused.is_empty(),
        "in tests/data/words.ky.txt, and in no notice:\n{}",
        unused.join("\n")
    );
}

/// The list stays in order, and free of letters that only look Kyrgyz.
#[test]
fn the_list_is_clean() {
    let words: Vec<&str> = WORDS.lines().collect();
    assert!(words.is_sorted(), "sort it: `LC_ALL=C sort -u`");
    for word in words {
        assert!(!word.is_empty() && kyrgyz::look_alikes(word).is_empty(), "{word}");
        assert_eq!(word, word.to_lowercase());
    }
}
