//! The keys of `kupuya.toml`, and the words that they take.

use super::Level;
use crate::diagnostic::Severity;
use crate::messages::Language;
use crate::notice::options::{ListMarks, Numbering, Terms};

/// The keys at the top.
pub(super) const TOP: &[&str] = &["name", "sources", "packs", "language", "lints", "notice", "lexicon"];

/// The keys of `[notice]`.
pub(super) const NOTICE: &[&str] = &["summary", "overview", "numbering", "lists", "order", "terms"];

/// The keys of a lint that gives a reason.
pub(super) const LINT: &[&str] = &["level", "reason"];

/// The keys of a word of `[lexicon]`.
pub(super) const WORD: &[&str] = &["reading", "third", "plural", "possessive"];

/// Whose terms the notice speaks.
pub(super) const TERMS: &[(&str, Terms)] = &[("2008", Terms::Law2008), ("code", Terms::Code)];

/// Levels of rules.
pub(super) const LEVELS: &[(&str, Level)] = &[
    ("allow", Level::Allow),
    ("note", Level::At(Severity::Note)),
    ("warning", Level::At(Severity::Warning)),
    ("error", Level::At(Severity::Error)),
];

/// Languages in which the program speaks.
pub(super) const LANGUAGES: &[(&str, Language)] = &[("en", Language::English), ("ky", Language::Kyrgyz)];

/// Numbers of chapters and paragraphs.
pub(super) const NUMBERING: &[(&str, Numbering)] =
    &[("decimal", Numbering::Decimal), ("continuous", Numbering::Continuous)];

/// Marks of lists.
pub(super) const LISTS: &[(&str, ListMarks)] = &[("dash", ListMarks::Dash), ("number", ListMarks::Number)];
