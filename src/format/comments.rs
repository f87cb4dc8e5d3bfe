//! Comments: at the end of the line on which they stood, or on a line of their own before what they stood before.

use super::rows::{Row, Shape};
use super::tokens::{is_blank, is_line_end};
use std::ops::Range;

/// What stands between two rows.
pub(super) enum Between {
    /// A comment, and how many lines end before it.
    Comment(Range<usize>, usize),
    /// Something that no row knows, at this byte.
    Unknown(usize),
    /// The end, and how many lines end before it.
    End(usize),
}

/// What stands in a range that belongs to no row.
pub(super) fn between(text: &str, range: Range<usize>) -> Vec<Between> {
    let mut out = Vec::new();
    let mut line_ends = 0;
    let mut at = range.start;
    while let Some(rest) = text.get(at..range.end)
        && let Some(first) = rest.chars().next()
    {
        let mut length = first.len_utf8();
        if rest.starts_with("//") {
            length = rest.find(is_line_end).unwrap_or(rest.len());
            let written = rest.get(..length).unwrap_or("").trim_end().len();
            out.push(Between::Comment(at..at + written, line_ends));
            line_ends = 0;
        } else if is_line_end(first) {
            length = if rest.starts_with("\r\n") { 2 } else { 1 };
            line_ends += 1;
        } else if !is_blank(first) {
            out.push(Between::Unknown(at));
            length = rest.find(is_line_end).unwrap_or(rest.len());
        }
        at += length;
    }
    out.push(Between::End(line_ends));
    out
}

/// The rows with the comments between them, and with what is known of empty lines.
pub(super) fn put_back<'t>(text: &'t str, rows: Vec<Row<'t>>) -> Vec<Row<'t>> {
    let mut out: Vec<Row<'t>> = Vec::with_capacity(rows.len());
    let mut end = 0;
    for mut row in rows {
        let depth = row.depth + usize::from(row.shape == Shape::Close);
        row.blank = gap(text, end..row.span.start, depth, &mut out);
        end = row.span.end;
        let inside = std::mem::take(&mut row.inside);
        let (place, depth) = (row.span.end..row.span.end, row.depth + usize::from(row.opens));
        out.push(row);
        for comment in inside {
            add(comment, place.clone(), depth, 0, &mut out);
        }
    }
    gap(text, end..text.len(), 0, &mut out);
    out
}

/// Adds the comments of a gap; says whether an empty line stands at its end.
fn gap<'t>(text: &'t str, range: Range<usize>, depth: usize, out: &mut Vec<Row<'t>>) -> bool {
    let mut blank = false;
    for piece in between(text, range) {
        match piece {
            Between::Comment(range, line_ends) => {
                add(text.get(range.clone()).unwrap_or(""), range, depth, line_ends, out);
            }
            Between::Unknown(_) => {}
            Between::End(line_ends) => blank = line_ends > 1,
        }
    }
    blank
}

fn add<'t>(comment: &'t str, place: Range<usize>, depth: usize, line_ends: usize, out: &mut Vec<Row<'t>>) {
    if line_ends == 0
        && let Some(last) = out.last_mut()
        && last.trailing.is_none()
        && !matches!(last.shape, Shape::Note | Shape::Prose | Shape::Copy)
    {
        last.trailing = Some(comment);
        return;
    }
    let mut row = Row::copy(place, depth, Shape::Note);
    row.blank = line_ends > 1;
    row.inside = vec![comment];
    out.push(row);
}
