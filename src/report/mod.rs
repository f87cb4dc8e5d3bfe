//! Diagnostics for people and for programs.

pub mod answer;
pub mod baseline;
pub mod cases;
pub mod compare;
pub mod diff;
pub mod fingerprint;
pub mod github;
pub mod json;
pub mod limit;
pub mod plain;
pub mod sarif;
pub mod terminal;

use crate::diagnostic::{Applicability, Argument, Citation, Diagnostic, Joint, Severity, Text, Verified, articles};
use crate::messages::Language;
use crate::model::Model;

/// Why a finding does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted<'a> {
    /// A waiver accepts it, for this reason.
    Waived(&'a str),
    /// Its level drops it, for this reason if one is given.
    Allowed(Option<&'a str>),
}

impl Accepted<'_> {
    /// The same as a sentence.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Accepted::Waived(reason) => Text::new("waived: {reason}").with("reason", reason),
            Accepted::Allowed(Some(reason)) => Text::new("allowed: {reason}").with("reason", reason),
            Accepted::Allowed(None) => Text::new("allowed, and no reason is given"),
        }
    }
}

/// The English word for a severity, which programs read too.
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
pub fn caveat(verified: Verified) -> Option<Text> {
    match verified {
        Verified::Final => None,
        Verified::Text => Some("read in a published text whose numbering may be one off".into()),
        Verified::Second => Some("known from a second source only: check the article before you rely on it".into()),
        Verified::Memory => Some("written down from memory: check the article before you rely on it".into()),
    }
}

/// `2 errors, 1 warning`, or `no findings`.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> Text {
    let counts = [
        (Severity::Error, "{n} error", "{n} errors"),
        (Severity::Warning, "{n} warning", "{n} warnings"),
        (Severity::Note, "{n} note", "{n} notes"),
    ];
    let words = counts
        .into_iter()
        .filter_map(|(severity, one, many)| {
            let count = diagnostics.iter().filter(|found| found.severity == severity).count();
            (count > 0).then(|| counted(count, one, many))
        })
        .collect::<Vec<_>>();
    if words.is_empty() {
        Text::new("no findings")
    } else {
        Text::new("{counts}").with("counts", Argument::listed(words))
    }
}

/// One template for one thing, another for several; both have the hole `{n}`.
#[must_use]
pub fn counted(n: usize, one: &'static str, many: &'static str) -> Text {
    Text::new(if n == 1 { one } else { many }).with("n", n)
}

/// What a reader of the counts must know of the packs: how much of them only looks whether something is stated, and how
/// many of these findings rest on an article that nobody has read in the official text. `None` if there is nothing to say.
#[must_use]
pub fn reservations(model: &Model, diagnostics: &[Diagnostic]) -> Option<Text> {
    let mut said = Vec::new();
    let presence = model.rules.iter().filter(|rule| rule.presence).count();
    if presence > 0 {
        said.push(
            Text::new("{n} of {rules} rules of law look only whether something is stated")
                .with("n", presence)
                .with("rules", model.rules.len()),
        );
    }
    let unsure = diagnostics.iter().filter_map(|found| found.citation.as_ref());
    let unsure = unsure.filter(|citation| citation.verified >= Verified::Second).count();
    if unsure > 0 {
        said.push(counted(
            unsure,
            "{n} finding rests on an article known from a second source or from memory",
            "{n} findings rest on an article known from a second source or from memory",
        ));
    }
    (!said.is_empty()).then(|| Text::new("{all}").with("all", Argument::joined(Joint::Semicolon, said)))
}

/// The words before the notes of a finding.
const NOTES: [&str; 4] = ["why", "help", "edit", "law"];

/// Why, what to do, the edits, and the article with how sure it is: a word and its text each.
#[must_use]
pub fn notes(diagnostic: &Diagnostic, language: Language) -> Vec<(&'static str, String)> {
    let [why, help, edit, law] = NOTES.map(|word| language.template(word));
    let mut notes = Vec::new();
    notes.extend(diagnostic.why.as_ref().map(|text| (why, text.told(language))));
    notes.extend(diagnostic.help.as_ref().map(|text| (help, text.told(language))));
    for fix in &diagnostic.fixes {
        let text = match fix.applicability {
            Applicability::Safe => Text::new("{title} (`--fix` does it)").with("title", fix.title.clone()),
            Applicability::NeedsReview => {
                Text::new("{title} (for you to judge: `--fix` leaves it)").with("title", fix.title.clone())
            }
        };
        notes.push((edit, text.told(language)));
    }
    notes.extend(
        diagnostic
            .citation
            .as_ref()
            .map(|found| (law, cited(found).told(language))),
    );
    notes
}

/// How many letters the longest word before a note has.
fn longest_note(language: Language) -> usize {
    let words = NOTES.iter().map(|word| language.template(word).chars().count());
    words.max().unwrap_or(0)
}

/// `gdpr, article 6(1) (written down from memory …)`.
fn cited(citation: &Citation) -> Text {
    let place = Text::new("{pack}, {article}")
        .with("pack", &citation.pack)
        .with("article", articles(&citation.article));
    let sure = match caveat(citation.verified) {
        Some(caveat) => Text::new("{law} ({caveat})").with("law", place).with("caveat", caveat),
        None => place,
    };
    match citation.presence {
        true => {
            Text::new("{law}; the rule looks only whether it is stated, not whether it is enough").with("law", sure)
        }
        false => sure,
    }
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
