//! Edits that keep a declaration in the one style.

use crate::diagnostic::{Fix, Within};
use crate::source::{Origin, Source, SourceId, Sources, Span};

/// A longer declaration is not laid out anew for an edit.
const LONGEST: usize = 1 << 14;

/// What an edit replaces by what: each place once, in order. Its texts are laid out here, since few of the edits that
/// findings carry are ever made.
#[must_use]
pub fn edits(sources: &Sources, fix: &Fix) -> Vec<(Span, String)> {
    let within = fix.within.iter().map(|within| shaped(sources, within));
    let mut all: Vec<(Span, String)> = within.chain(fix.edits.iter().cloned()).collect();
    if !fix.within.is_empty() {
        all.sort();
        all.dedup();
    }
    all
}

/// Edits inside a declaration as one, as short as can be. A declaration that was written in the one style is so
/// afterwards too.
fn shaped(sources: &Sources, within: &Within) -> (Span, String) {
    let (around, mut edits) = (within.around, within.edits.clone());
    let old = sources.text(around);
    edits.sort_by_key(|(span, _)| std::cmp::Reverse((span.start, span.end)));
    let mut new = old.to_owned();
    for (span, text) in &edits {
        let inside = span
            .start
            .checked_sub(around.start)
            .zip(span.end.checked_sub(around.start));
        let Some((start, end)) = inside.filter(|(_, end)| *end as usize <= old.len()) else {
            continue;
        };
        new.replace_range(start as usize..end as usize, text);
    }
    let indent = indent(sources, around);
    if old.len() <= LONGEST && laid_out(old, &indent).as_deref() == Some(old) {
        new = laid_out(&new, &indent).unwrap_or(new);
    }
    shortest(around, old, &new)
}

/// A declaration in the one style; `None` if a line of it stands further out than its first.
fn laid_out(text: &str, indent: &str) -> Option<String> {
    let mut lines = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        let whole = at == 0 || line.is_empty();
        lines.push(if whole { line } else { line.strip_prefix(indent)? });
    }
    let written = style(&(lines.join("\n") + "\n"));
    let lines = written.trim_end_matches('\n').split('\n').enumerate();
    let lines = lines.map(|(at, line)| match at == 0 || line.is_empty() {
        true => line.to_owned(),
        false => format!("{indent}{line}"),
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// A text in the one style.
pub fn style(text: &str) -> String {
    let source = Source::new("edit.kup", Origin::Project, text.as_bytes());
    super::source(SourceId(0), &source).text
}

/// The part in which two texts differ.
fn shortest(around: Span, old: &str, new: &str) -> (Span, String) {
    let before: usize = old
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let (old, new) = (&old[before..], &new[before..]);
    let both = old.chars().rev().zip(new.chars().rev());
    let behind: usize = both.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let start = around.start + length(before);
    let span = Span {
        start,
        end: start + length(old.len() - behind),
        ..around
    };
    (span, new[..new.len() - behind].to_owned())
}

/// The blanks before a place, if nothing else stands there on its line.
pub fn indent(sources: &Sources, at: Span) -> String {
    let text = sources.get(at.source).map_or("", |source| source.text.as_str());
    let before = text.get(..at.start as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let blank = line.chars().all(|letter| letter == ' ' || letter == '\t');
    if blank { line.to_owned() } else { String::new() }
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
