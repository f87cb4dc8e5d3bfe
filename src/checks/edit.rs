//! Edits that keep a source in shape: a line added to a declaration, a declaration taken out with its line.

use crate::format;
use crate::source::{Origin, Source, SourceId, Sources, Span};

/// A longer declaration is not laid out anew for an edit.
const LONGEST: usize = 1 << 14;

/// Adds a line to a declaration: in its block, or in a new one behind the header. `around` is the outermost declaration
/// that it stands in.
pub fn add_line(sources: &Sources, around: Span, header: Span, whole: Span, line: &str) -> (Span, String) {
    shaped(sources, around, vec![line_of(sources, header, whole, line)])
}

/// The same as a bare insertion, for those who add more to the same declaration.
pub fn line_of(sources: &Sources, header: Span, whole: Span, line: &str) -> (Span, String) {
    let indent = indent(sources, whole);
    let Some(before_brace) = sources.text(whole).strip_suffix('}') else {
        return (header.after(), format!(" {{\n{indent}    {line}\n{indent}}}"));
    };
    let blanks = before_brace.len() - before_brace.trim_end_matches([' ', '\t']).len();
    if before_brace.trim_end_matches([' ', '\t']).ends_with('\n') {
        (back(whole, 1 + blanks), format!("{indent}    {line}\n"))
    } else {
        (back(whole, 1), format!("\n{indent}    {line}\n{indent}"))
    }
}

/// Edits inside a declaration as one, as short as can be. A declaration that was written in the one style is so
/// afterwards too.
pub fn shaped(sources: &Sources, around: Span, mut edits: Vec<(Span, String)>) -> (Span, String) {
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
    format::source(SourceId(0), &source).text
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

/// The end of the line on which a place ends.
pub fn line_end(sources: &Sources, at: Span) -> Span {
    let text = sources.get(at.source).map_or("", |source| source.text.as_str());
    let rest = text.get(at.end as usize..).unwrap_or("");
    let end = at.end + length(rest.find('\n').unwrap_or(rest.len()));
    Span { start: end, end, ..at }
}

/// Takes a declaration out, and its line if nothing else stands on it.
pub fn remove(sources: &Sources, whole: Span) -> (Span, String) {
    let text = sources.get(whole.source).map_or("", |source| source.text.as_str());
    let before = text.get(..whole.start as usize).unwrap_or("");
    let after = text.get(whole.end as usize..).unwrap_or("");
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    let alone = before.len() == blanks || before[..before.len() - blanks].ends_with('\n');
    let rest = after.len() - after.trim_start_matches([' ', '\t']).len();
    let ends = after[rest..].starts_with('\n');
    if !alone || !ends {
        return (whole, String::new());
    }
    let line = Span {
        start: whole.start.saturating_sub(length(blanks)),
        end: whole.end + length(rest + 1),
        ..whole
    };
    (line, String::new())
}

/// The empty place so many bytes before the end.
fn back(whole: Span, bytes: usize) -> Span {
    let at = whole.end.saturating_sub(length(bytes));
    Span {
        start: at,
        end: at,
        ..whole
    }
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
