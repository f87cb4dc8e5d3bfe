//! One row as lines: the author's line ends stay, what is too long is broken, and what goes on is indented further.

use super::rows::{Class, Row, Shape};
use super::tokens::{Token, joined, spaced, width};
use super::{STEP, WIDTH};
use crate::syntax::vocabulary::{self, CONNECTORS};

/// The lines of a row.
pub(super) fn lines(text: &str, row: &Row<'_>, padding: usize) -> Vec<String> {
    let indent = " ".repeat(STEP * row.depth);
    let written = text.get(row.span.clone()).unwrap_or("");
    match row.shape {
        Shape::Copy => vec![written.to_owned()],
        Shape::Note => {
            let comment = row.inside.first().copied().unwrap_or(written);
            vec![format!("{indent}{}", comment.trim_end())]
        }
        Shape::Prose => {
            let line = written.strip_prefix('|').unwrap_or(written);
            let line = line.strip_prefix(' ').unwrap_or(line).trim_end();
            let blank = if line.is_empty() { "" } else { " " };
            vec![format!("{indent}|{blank}{line}")]
        }
        Shape::Head | Shape::Close => vec![with_comment(format!("{indent}{}", padded(row, padding)), row)],
        Shape::Line => {
            let written = fill(row, &indent, padding, usize::MAX);
            if is_field(row) || written.iter().all(|line| width(line) <= WIDTH) {
                return written;
            }
            // Too long for the author's line ends: all of it is filled anew, but for the ends of comments.
            let mut loose = row.clone();
            let mut after_comment = false;
            for token in &mut loose.tokens {
                token.breaks &= after_comment || token.is_comment();
                after_comment = token.is_comment();
            }
            fill(&loose, &indent, padding, WIDTH)
        }
    }
}

fn with_comment(mut line: String, row: &Row<'_>) -> String {
    if let Some(comment) = row.trailing {
        line.push(' ');
        line.push_str(comment);
    }
    line
}

/// All tokens in one line, with the column.
fn padded(row: &Row<'_>, padding: usize) -> String {
    let (cell, rest) = row.tokens.split_at(row.cell.min(row.tokens.len()));
    if cell.is_empty() || rest.is_empty() {
        return joined(&row.tokens);
    }
    format!("{}{} {}", joined(cell), " ".repeat(padding), joined(rest))
}

fn is_field(row: &Row<'_>) -> bool {
    row.tokens.get(1).is_some_and(|second| second.text == ":")
}

/// The lines of a sentence or field, none wider than `widest` if that can be helped.
fn fill(row: &Row<'_>, indent: &str, padding: usize, widest: usize) -> Vec<String> {
    let further = further(row, indent, padding);
    let mut out = Vec::new();
    let mut line = indent.to_owned();
    let mut start = 0;
    // Where the line may end: before this token, and how wide it is then.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(token) = row.tokens.get(at) {
        let before = at.checked_sub(1).and_then(|before| row.tokens.get(before));
        if at > start && (token.breaks || before.is_some_and(Token::is_comment)) {
            out.push(std::mem::replace(&mut line, further.clone()));
            (start, ends) = (at, Vec::new());
        } else if at > start {
            if may_end(&row.tokens, at) {
                ends.push((at, line.len()));
            }
            if before.is_some_and(|before| spaced(before.text, token.text)) {
                line.push(' ');
            }
            if at == row.cell {
                line.push_str(&" ".repeat(padding));
            }
        }
        line.push_str(token.text);
        at += 1;
        if width(&line) > widest
            && !token.is_comment()
            && let Some((end, length)) = best(&row.tokens, &line, &ends)
        {
            // What is behind the chosen end comes again, in the next line.
            line.truncate(length);
            out.push(std::mem::replace(&mut line, further.clone()));
            (start, at, ends) = (end, end, Vec::new());
        }
    }
    out.push(with_comment(line, row));
    out
}

/// What stands before a line that goes on: the values of a field stand below each other.
fn further(row: &Row<'_>, indent: &str, padding: usize) -> String {
    let step = match row.class {
        Class::Field => width(&joined(row.tokens.get(..row.cell).unwrap_or(&[]))) + padding + 1,
        _ => STEP,
    };
    format!("{indent}{}", " ".repeat(step))
}

/// The last end before a connecting word, unless that leaves half the line empty; else the last end of all.
fn best(tokens: &[Token<'_>], line: &str, ends: &[(usize, usize)]) -> Option<(usize, usize)> {
    let columns = |end: &&(usize, usize)| line.get(..end.1).map_or(0, width);
    let joins = |end: &&(usize, usize)| tokens.get(end.0).is_some_and(|token| is_joining(token.text));
    let fitting = || ends.iter().rev().filter(|end| columns(end) <= WIDTH);
    let connected = fitting().find(|end| columns(end) > WIDTH / 2 && joins(end));
    connected.or_else(|| fitting().next()).or_else(|| ends.first()).copied()
}

/// Whether the grammar lets a line end before a token.
fn may_end(tokens: &[Token<'_>], at: usize) -> bool {
    let (Some(token), Some(before)) = (tokens.get(at), tokens.get(at - 1)) else {
        return false;
    };
    let followed = tokens
        .get(at + 1)
        .is_some_and(|next| next.is_string() || next.text == ":");
    if followed {
        return false;
    }
    if before.text == "," {
        let first = token.text.split('.').next().unwrap_or("");
        return first.starts_with(|letter: char| letter.is_alphabetic() || letter == '_') && !is_reserved(first);
    }
    // `at most`, `not in`, `and have`: what belongs together stays so.
    is_joining(token.text) && !is_joining(before.text) && !matches!(before.text, "not" | "(")
}

/// Words that carry a sentence over the end of a line.
fn is_joining(word: &str) -> bool {
    let others = ["only", "and", "or", "where", "must", "has", "have", "be"];
    let connects = CONNECTORS
        .iter()
        .any(|(_, connector)| connector.split(' ').next() == Some(word));
    (connects && word != "cites") || others.contains(&word)
}

fn is_reserved(word: &str) -> bool {
    is_joining(word) || vocabulary::is_reserved(word)
}
