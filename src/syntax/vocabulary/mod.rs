//! The words of the language, once: kinds with their fields, verbs, connecting words.
//!
//! The parser, its messages, completion, the grammar page and the editors' grammars all read these tables.

mod kinds;
mod sentences;
mod table;

pub use kinds::{FieldWord, Kind, KindWord, Shape};
pub use sentences::{CONNECTORS, Connector, OTHER_VERBS, VERBS, Verb, takes_part, usual_parts};
pub use table::{COMMON_FIELDS, KINDS, kind};

/// Words that open a line or join names; with kinds, verbs and connecting words, all that is reserved.
pub const OTHER_WORDS: &[&str] = &[
    "never", "only", "each", "must", "where", "have", "has", "be", "allow", "deny", "waive", "and", "or", "not", "any",
    "enforced",
];

/// Flags that `is` may give beside names of nouns.
pub const FLAGS: &[(&str, &str)] = &[
    ("optional", "the person may leave it out"),
    ("open", "the list does not claim to be complete"),
    ("objectable", "one may object to processing on this basis"),
    ("enforced", "the rule's bans go into the bundle and the notice"),
    (
        "presence",
        "the rule only looks whether something is stated, not whether it is enough",
    ),
];

/// Whether a word is one of the language's own: of a kind, a verb, a connecting word or one of the others.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    let connects = |connector: &str| connector.split(' ').any(|part| part == word);
    KINDS.iter().any(|kind| kind.word == word)
        || VERBS.iter().any(|(_, verb, _)| *verb == word)
        || CONNECTORS.iter().any(|(_, connector)| connects(connector))
        || OTHER_WORDS.contains(&word)
}
