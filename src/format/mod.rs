//! One style for all texts: `kupuya fmt`, and what other edits are tidied with.
//!
//! The way of a text: the tree becomes rows, one a line (`rows`); what is broken becomes rows that are copied
//! (`broken`); comments are put back by their places (`comments`); runs of rows get columns (`columns`); rows are
//! written (`sentence`). The result is read again and must say the same with the same comments (`compare`): if it
//! does not, the text is given back as it was.

mod broken;
mod columns;
mod comments;
mod compare;
mod declaration;
mod rows;
mod sentence;
pub mod shape;
pub mod tokens;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, SourceId, Span};
use crate::syntax::{self, codes};
use rows::{Row, Shape};

/// The widest line that is written without need.
pub const WIDTH: usize = 120;

/// How far a block is indented.
const STEP: usize = 4;

/// A text in the one style.
#[derive(Clone, Debug)]
pub struct Formatted {
    /// The text; the original if it could not be formatted.
    pub text: String,
    /// Whether that is the text as it was.
    pub unchanged: bool,
    /// Why the text was left as it was: it cannot be read as one, or the formatter would have changed what it says.
    pub problem: Option<Diagnostic>,
}

/// Writes a source in the one style. What cannot be read stays as it is; nothing is ever lost.
#[must_use]
pub fn source(source_id: SourceId, source: &Source) -> Formatted {
    let original = Formatted {
        text: source.text.clone(),
        unchanged: true,
        problem: None,
    };
    let (file, found) = syntax::parse(source_id, source);
    let unreadable = [codes::NOT_UTF8, codes::TOO_LONG, codes::TOO_MANY_ERRORS];
    if let Some(problem) = found.iter().find(|one| unreadable.contains(&one.code.as_str())) {
        return Formatted {
            problem: Some(problem.clone()),
            ..original
        };
    }
    let text = &source.text;
    let rows = broken::copied(text, &file, &found, rows::rows(text, &file));
    let rows = comments::put_back(text, rows);
    let written = write(text, &rows, &columns::paddings(&rows));
    if written == *text {
        return original;
    }
    let new = Source::new(source.name.clone(), source.origin, written.as_bytes());
    let (new_file, new_found) = syntax::parse(source_id, &new);
    if !compare::same((text, file, &found), (&new.text, new_file, &new_found)) {
        return Formatted {
            problem: Some(changed_meaning(source_id)),
            ..original
        };
    }
    Formatted {
        text: written,
        unchanged: false,
        problem: None,
    }
}

fn changed_meaning(source_id: SourceId) -> Diagnostic {
    let start = Span {
        source: source_id,
        start: 0,
        end: 0,
    };
    Diagnostic::new(
        "internal_format",
        Severity::Error,
        "formatting would have changed what this file says; it was left as it is",
        start,
        "this file",
    )
    .help("This is a mistake of kupuya, not of the file: please report it.")
}

/// The rows as text, with the line ends of the original.
fn write(text: &str, rows: &[Row<'_>], paddings: &[usize]) -> String {
    let line_end = match text.find(['\n', '\r']) {
        Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with("\r\n")) => "\r\n",
        _ => "\n",
    };
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut after_open = true;
    for (row, padding) in rows.iter().zip(paddings) {
        if row.blank && !after_open && row.shape != Shape::Close {
            out.push_str(line_end);
        }
        for line in sentence::lines(text, row, *padding) {
            out.push_str(&line);
            out.push_str(line_end);
        }
        after_open = row.opens;
    }
    out
}
