//! Diagnostics for people and for programs.

pub mod answer;
pub mod json;
pub mod terminal;

use crate::diagnostic::{Diagnostic, Severity, Verified};

/// The English word for a severity.
#[must_use]
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// What a reader must know about how sure the law is; `None` for the official final text.
#[must_use]
pub fn caveat(verified: Verified) -> Option<&'static str> {
    match verified {
        Verified::Final => None,
        Verified::Text => Some("read in a published text whose numbering may be one off"),
        Verified::Second => Some("known from a second source only: check the article before you rely on it"),
        Verified::Memory => Some("written down from memory: check the article before you rely on it"),
    }
}

/// `2 errors, 1 warning`, or `no findings`.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
    let words = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| {
            let n = count(severity);
            format!("{n} {}{}", severity_word(severity), if n == 1 { "" } else { "s" })
        })
        .collect::<Vec<_>>();
    if words.is_empty() {
        "no findings".to_owned()
    } else {
        words.join(", ")
    }
}
