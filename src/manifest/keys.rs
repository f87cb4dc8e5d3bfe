//! The keys of `kupuya.toml`, and the words that they take.

use super::Level;
use crate::diagnostic::Severity;
use crate::messages::Language;
use crate::notice::options::{ListMarks, Numbering};

/// The keys at the top.
pub(super) const TOP: &[&str] = &["name", "sources", "packs", "language", "lints", "notice"];

/// The keys of `[notice]`.
pub(super) const NOTICE: &[&str] = &["summary", "overview", "numbering", "lists", "order"];

/// The keys of a lint that gives a reason.
pub(super) const LINT: &[&str] = &["level", "reason"];

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
