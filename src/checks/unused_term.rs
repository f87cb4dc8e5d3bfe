//! `unused_term`: a term is defined, and the policy says its word nowhere else.

use super::edit::remove;
use super::{Facts, finding};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Text};
use crate::graph::any;
use crate::model::Context;
use crate::source::{Origin, Span};
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let model = facts.model;
    let mut found = Vec::new();
    for (id, term) in model.terms.of_project() {
        let this = any(Kind::Term, id);
        let word = term
            .label
            .as_ref()
            .map_or(term.name.as_str(), |label| label.value.trim());
        let named = || {
            let mut uses = model.uses.iter().filter(|one| one.noun == this);
            uses.any(|one| one.context == Context::Prose)
        };
        if word.is_empty() || said(facts, &stem(word), term.span) || named() {
            continue;
        }
        found.push(
            finding(
                "unused_term",
                Text::new("«{word}» is defined and never used").with("word", word),
                term.header,
                "a word of its own, for nothing",
            )
            .because("a reader looks for the place where the definition matters")
            .help("use the word where it is meant, or remove the definition")
            .fix(Fix {
                title: Text::new("remove the term «{word}»").with("word", word),
                edits: vec![remove(facts.sources, term.span)],
                applicability: Applicability::NeedsReview,
                within: Vec::new(),
            }),
        );
    }
    found
}

/// What stays of the main word of a term whatever suffix it has: the last word before a bracket, without its end.
fn stem(term: &str) -> String {
    let before = term.split('(').next().unwrap_or(term);
    let word = before.split_whitespace().last().unwrap_or(before).to_lowercase();
    let letters: Vec<char> = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let suffix = match letters.len() {
        0..=4 => 0,
        5..=6 => 2,
        _ => 3,
    };
    letters[..letters.len() - suffix].iter().collect()
}

/// Whether a word with this stem is written anywhere in the project but in the definition itself.
fn said(facts: &Facts<'_>, stem: &str, own: Span) -> bool {
    let says = |text: &str| text.to_lowercase().contains(stem);
    facts.sources.iter().any(|(id, source)| {
        let text = source.text.as_str();
        let parts = match id == own.source {
            true => [text.get(..own.start as usize), text.get(own.end as usize..)],
            false => [Some(text), None],
        };
        source.origin == Origin::Project && parts.into_iter().flatten().any(says)
    })
}
