//! Edits that keep a source in shape: a line added to a declaration, a declaration taken out with its line.

use crate::diagnostic::Within;
use crate::format::shape::indent;
use crate::source::{Sources, Span};

/// Adds a line to a declaration: in its block, or in a new one behind the header. `around` is the outermost declaration
/// that it stands in.
pub fn add_line(sources: &Sources, around: Span, header: Span, whole: Span, line: &str) -> Within {
    Within {
        around,
        edits: vec![line_of(sources, header, whole, line)],
    }
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
