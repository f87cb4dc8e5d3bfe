//! Scenarios that were run, for other programs. Each format is a file.

mod github;
mod junit;
mod tap;

pub use github::{github, github_broken};
pub use junit::{junit, junit_broken};
pub use tap::{tap, tap_broken};

/// A line of a scenario that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The label of its scenario.
    pub scenario: String,
    /// The line as written.
    pub line: String,
    /// The file.
    pub file: String,
    /// The line's number, from 1.
    pub number: usize,
    /// What went wrong, in words; `None`: nothing.
    pub failure: Option<String>,
}

/// Why no line could be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// In a sentence.
    pub reason: String,
    /// The errors that stand in the way, in words.
    pub errors: Vec<String>,
}

/// Without the letters that XML and terminals cannot take.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| *letter == '\n' || *letter == '\t' || !letter.is_control())
        .collect()
}
