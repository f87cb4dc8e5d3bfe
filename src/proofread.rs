//! What a proof-reader would mark in the notice: remarks about the text, not about the policy.
//!
//! Long sentences, genitives in a heap, two words for one thing, names that nothing defines, and readings of names that
//! the program had to guess. Each stands at the declaration or sentence that the words come from. They are told only
//! where somebody asks: `check --notes`, or a level in `kupuya.toml`.

use std::collections::BTreeSet;

use crate::codes::codes;
use crate::diagnostic::{Diagnostic, Severity, Text, sorted};
use crate::graph::span_of;
use crate::meaning::SentenceRef;
use crate::model::Model;
use crate::notice;
use crate::notice::document::{Block, Document, Item, Stated, Unit};
use crate::notice::sentences::{Proof, proof};
use crate::source::{Origin, Span};
use crate::syntax::vocabulary::Kind;

codes! {
    in "proofread" {
        GUESSED_READING = "guessed_reading": "The suffixes of a name follow a guess at how it is read.";
        LONG_SENTENCE = "long_sentence": "A sentence of the notice is hard to follow: it is too long.";
        MIXED_TERMS = "mixed_terms": "The notice calls one thing by several names.";
        STACKED_GENITIVES = "stacked_genitives": "A sentence of the notice has more genitives in a row than one can take apart.";
        UNDEFINED_NAME = "undefined_name": "The notice writes a word like a defined name, and nothing defines it.";
    }
}

/// A longer sentence, in words, is hard to follow.
const LONG: usize = 50;

/// So many genitives in a row are hard to take apart.
const HEAP: usize = 4;

/// The remarks, by place.
#[must_use]
pub fn notes(model: &Model, document: &Document, options: &notice::Options) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let Some(language) = proof(document.language) else {
        return notes;
    };
    let all = passages(document);
    for (text, unit) in &all {
        let Some(span) = unit.and_then(|unit| place(model, unit)) else {
            continue;
        };
        notes.extend(sentences(text).filter_map(|sentence| of_sentence(language, sentence, span)));
    }
    let whole: String = all.iter().map(|(text, _)| format!("{text}\n")).collect();
    if let Some(policy) = &model.policy {
        notes.extend(mixed(language, &whole, policy.header));
        notes.extend(undefined(language, model, &whole, policy.header));
    }
    notes.extend(guessed(language, model, options));
    sorted(notes)
}

fn note(code: &str, message: Text, span: Span, here: Text, help: Text) -> Diagnostic {
    Diagnostic::new(code, Severity::Note, message, span, here).help(help)
}

/// The texts of a document, each with the first unit that states it.
fn passages(document: &Document) -> Vec<(&str, Option<&Unit>)> {
    fn below<'d>(items: &'d [Item], head: Option<&'d Unit>, found: &mut Vec<(&'d str, Option<&'d Unit>)>) {
        for item in items {
            let unit = item.units.first().or(head);
            found.push((item.text.as_str(), unit));
            below(&item.items, unit, found);
        }
    }
    let mut found = Vec::new();
    for block in document.chapters.iter().flat_map(|chapter| &chapter.blocks) {
        if let Block::Paragraph(paragraph) = block {
            let unit = paragraph.units.first();
            found.push((paragraph.text.as_str(), unit));
            below(&paragraph.items, unit, &mut found);
        }
    }
    found
}

/// Where what a unit states is written.
fn place(model: &Model, unit: &Unit) -> Option<Span> {
    match unit.states {
        Stated::Sentence(sentence @ (SentenceRef::Permission(_) | SentenceRef::Keep(_) | SentenceRef::Ban(_))) => {
            Some(span_of(model, sentence))
        }
        Stated::Noun(noun) => model.noun(noun).map(|common| common.header),
        Stated::Clause(clause) => model.clauses.get(clause).map(|clause| clause.span),
        Stated::Closing => None,
    }
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(". ")
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

fn of_sentence(language: &Proof, sentence: &str, span: Span) -> Option<Diagnostic> {
    let words: Vec<&str> = sentence
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    if words.len() > LONG {
        return Some(note(
            LONG_SENTENCE,
            Text::new("a sentence of {n} words").with("n", words.len()),
            span,
            Text::new("its text comes from here"),
            Text::new("divide it: shorter labels, or several statements"),
        ));
    }
    let heap = words
        .windows(HEAP)
        .find(|run| run.iter().all(|word| (language.is_genitive)(word)))?;
    Some(note(
        STACKED_GENITIVES,
        Text::new("{n} genitives in a row: {words}")
            .with("n", HEAP)
            .with("words", heap.join(" ")),
        span,
        Text::new("its text comes from here"),
        Text::new("say a part of it with a postposition or in a sentence of its own"),
    ))
}

/// Two words for one thing.
fn mixed(language: &Proof, whole: &str, span: Span) -> Vec<Diagnostic> {
    let small = whole.to_lowercase();
    let said = language.variants.iter().map(|words| {
        let used: Vec<&str> = words.iter().copied().filter(|word| small.contains(word)).collect();
        // «пароль (сыр сөз)»: one explains the other.
        let glossed = |a: &&str| used.iter().any(|b| small.contains(&format!("{a} ({b}")));
        match used.iter().any(glossed) {
            true => Vec::new(),
            false => used,
        }
    });
    said.filter(|used| used.len() > 1)
        .map(|used| {
            note(
                MIXED_TERMS,
                Text::new("one thing under {n} names: {names}")
                    .with("n", used.len())
                    .with("names", used.join(", ")),
                span,
                Text::new("in the notice of this policy"),
                Text::new("use one of them throughout"),
            )
        })
        .collect()
}

/// Words that are written like defined names and are none.
fn undefined(language: &Proof, model: &Model, whole: &str, span: Span) -> Option<Diagnostic> {
    let mut names = defined(model);
    // «(hereinafter the Agreement)» defines a name, too.
    let hence = whole.split(language.hence).skip(1);
    names.extend(hence.filter_map(|rest| Some(rest.split([')', ' ']).next()?.to_owned())));
    let begins = |word: &str, name: &str| {
        let stem: String = name
            .chars()
            .take(name.chars().count().saturating_sub(1).max(3))
            .collect();
        word.starts_with(stem.as_str())
    };
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for line in whole.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        for run in words.windows(3) {
            let [before, word, after] = run else { continue };
            let plain = word.trim_matches(|letter: char| !letter.is_alphabetic());
            let inside = !before.ends_with(['.', ':', '–', '»', '«', '(']) && !word.starts_with(['«', '(']);
            let alone = !is_capital(before) && !is_capital(after) && is_capital(plain);
            let address = language.addresses.iter().any(|place| after.starts_with(place));
            let known = address
                || language.known.iter().any(|known| plain.starts_with(known))
                || names.iter().any(|name| begins(plain, name));
            if inside && alone && !known && plain.chars().count() > 4 {
                found.insert(plain);
            }
        }
    }
    let found: Vec<&str> = found.into_iter().collect();
    (!found.is_empty()).then(|| {
        note(
            UNDEFINED_NAME,
            Text::new("written like defined names, and nothing defines them: {names}").with("names", found.join(", ")),
            span,
            Text::new("in the notice of this policy"),
            Text::new("declare a `term`, or an `alias` of a party, or write them small"),
        )
    })
}

/// A Cyrillic word with a capital and then small letters.
fn is_capital(word: &str) -> bool {
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
    letters
        .next()
        .is_some_and(|first| first.is_uppercase() && !first.is_ascii())
        && letters.next().is_some_and(char::is_lowercase)
}

/// The first words of all names that the policy declares.
fn defined(model: &Model) -> BTreeSet<String> {
    let labels = model
        .nouns()
        .filter_map(|(_, common)| common.label)
        .map(|label| label.value.as_str());
    let controllers = model
        .controllers
        .iter()
        .filter_map(|(_, noun)| noun.detail.alias.as_ref());
    let subjects = model.subjects.iter().filter_map(|(_, noun)| noun.detail.alias.as_ref());
    let recipients = model
        .recipients
        .iter()
        .filter_map(|(_, noun)| noun.detail.alias.as_ref());
    let aliases = controllers
        .chain(subjects)
        .chain(recipients)
        .map(|label| label.value.as_str());
    let words = labels.chain(aliases).flat_map(|label| label.split_whitespace());
    words
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphabetic()).to_owned())
        .filter(|word| is_capital(word) && word.chars().count() > 3)
        .collect()
}

/// Names whose end is Latin or an abbreviation, where no declared reading tells the suffix.
fn guessed(language: &Proof, model: &Model, options: &notice::Options) -> Vec<Diagnostic> {
    let kinds = [Kind::Controller, Kind::Recipient, Kind::Channel, Kind::Source];
    let mut notes = Vec::new();
    for (noun, common) in model.nouns().filter(|(noun, _)| kinds.contains(&noun.kind)) {
        let Some(label) = common.label.filter(|_| common.origin == Origin::Project) else {
            continue;
        };
        let head = label.value.split(" (").next().unwrap_or_default();
        let Some(word) = head.split_whitespace().last() else {
            continue;
        };
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let Some(form) = (language.guessed)(word, options) else {
            continue;
        };
        let latin = word.ends_with(|letter: char| letter.is_ascii_alphabetic());
        let capitals = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
        if latin || capitals {
            let place = model.noun(noun).map_or(common.header, |common| common.header);
            notes.push(note(
                GUESSED_READING,
                Text::new("how `{word}` is read is a guess: {form}")
                    .with("word", word.to_owned())
                    .with("form", form),
                place,
                Text::new("its suffixes follow that guess"),
                Text::new("give its reading under `[lexicon]` in `kupuya.toml`, or put a Kyrgyz noun behind the name"),
            ));
        }
    }
    notes
}
