//! Diagnostics for people and for programs.

pub mod answer;
pub mod baseline;
pub mod compare;
pub mod fingerprint;
pub mod github;
pub mod json;
pub mod limit;
pub mod plain;
pub mod sarif;
pub mod terminal;

use crate::diagnostic::{Applicability, Diagnostic, Severity, Verified};
use crate::model::Model;

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
        .map(|severity| counted(count(severity), severity_word(severity)))
        .collect::<Vec<_>>();
    if words.is_empty() {
        "no findings".to_owned()
    } else {
        words.join(", ")
    }
}

/// `1 error`, `2 errors`.
#[must_use]
pub fn counted(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

/// What a reader of the counts must know of the packs: how much of them only looks whether something is stated, and how
/// many of these findings rest on an article that nobody has read in the official text. `None` if there is nothing to say.
#[must_use]
pub fn reservations(model: &Model, diagnostics: &[Diagnostic]) -> Option<String> {
    let mut said = Vec::new();
    let presence = model.rules.iter().filter(|rule| rule.presence).count();
    if presence > 0 {
        let of = counted(model.rules.len(), "rule");
        said.push(format!(
            "{presence} of {of} of law look only whether something is stated"
        ));
    }
    let unsure = diagnostics.iter().filter_map(|found| found.citation.as_ref());
    let unsure = unsure.filter(|citation| citation.verified >= Verified::Second).count();
    if unsure > 0 {
        let rest = if unsure == 1 { "rests" } else { "rest" };
        said.push(format!(
            "{} {rest} on an article known from a second source or from memory",
            counted(unsure, "finding")
        ));
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// Why, what to do, the edits, and the article with how sure it is: a word and its text each.
#[must_use]
pub fn notes(diagnostic: &Diagnostic) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    if let Some(why) = &diagnostic.why {
        notes.push(("why", why.english()));
    }
    if let Some(help) = &diagnostic.help {
        notes.push(("help", help.english()));
    }
    for fix in &diagnostic.fixes {
        let how = match fix.applicability {
            Applicability::Safe => " (`--fix` does it)",
            Applicability::NeedsReview => "",
        };
        notes.push(("edit", format!("{}{how}", fix.title.english())));
    }
    if let Some(citation) = &diagnostic.citation {
        let sure = caveat(citation.verified)
            .map(|caveat| format!(" ({caveat})"))
            .unwrap_or_default();
        // A decree is cited by its own name.
        let numbered = citation.article.starts_with(|first: char| first.is_ascii_digit());
        let word = if numbered { "article " } else { "" };
        let presence = match citation.presence {
            true => "; the rule looks only whether it is stated, not whether it is enough",
            false => "",
        };
        notes.push((
            "law",
            format!("{}, {word}{}{sure}{presence}", citation.pack, citation.article),
        ));
    }
    notes
}

/// Breaks a text at blanks into lines of at most so many characters; a longer word has a line of its own.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut length = 0;
        for word in paragraph.split_whitespace() {
            let letters = word.chars().count();
            if length > 0 && length + 1 + letters > width {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += letters;
        }
        lines.push(line);
    }
    lines
}
