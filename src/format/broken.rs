//! What cannot be read is copied, whole lines at a time.

use super::comments::{Between, between};
use super::rows::{Row, Shape, range};
use super::tokens::is_line_end;
use crate::diagnostic::{Diagnostic, Severity};
use crate::syntax::ast::{File, Item, Node};
use crate::syntax::codes;
use std::ops::Range;

/// The rows, with copies in place of those that lie on broken lines.
pub(super) fn copied<'t>(text: &'t str, file: &File, found: &[Diagnostic], rows: Vec<Row<'t>>) -> Vec<Row<'t>> {
    let lines = Lines::new(text);
    let mut broken: Vec<Range<usize>> = Vec::new();
    for one in found.iter().filter(|one| one.severity == Severity::Error) {
        let places = one.labels.iter().map(|label| range(label.span));
        if is_of_braces(text, one) {
            // Which block a line belongs to is a guess here: the whole declaration stays.
            for place in places {
                let place = lines.of(place);
                let spans = file.items.iter().map(|item| range(item.span));
                broken.extend(spans.filter(|span| meet(span, &place)).map(|span| lines.of(span)));
                broken.push(place);
            }
        } else {
            broken.extend(places.take(1).map(|place| lines.of(place)));
        }
    }
    error_nodes(&lines, &file.items, &mut broken);
    let mut end = 0;
    for row in &rows {
        unknown(text, &lines, end..row.span.start, &mut broken);
        end = end.max(row.span.end);
    }
    unknown(text, &lines, end..text.len(), &mut broken);
    let broken = merged(&lines, broken, &rows);
    if broken.is_empty() {
        return rows;
    }
    let mut out: Vec<Row<'t>> = rows
        .into_iter()
        .filter(|row| {
            let next = broken.partition_point(|one| one.end < row.span.start);
            !broken.get(next).is_some_and(|one| meet(one, &row.span))
        })
        .collect();
    out.extend(broken.into_iter().map(|one| Row::copy(one, 0, Shape::Copy)));
    out.sort_by_key(|row| row.span.start);
    out
}

fn is_of_braces(text: &str, one: &Diagnostic) -> bool {
    let codes = [codes::MISSING_BRACE, codes::STRAY_BRACE, codes::TOO_DEEP];
    let is_brace = |place| matches!(text.get(range(place)), Some("{" | "}"));
    codes.contains(&one.code.as_str()) || one.labels.iter().any(|label| is_brace(label.span))
}

fn error_nodes(lines: &Lines, items: &[Item], broken: &mut Vec<Range<usize>>) {
    for item in items {
        match &item.node {
            Node::Error => broken.push(lines.of(range(item.span))),
            Node::Declaration(one) => error_nodes(lines, &one.items, broken),
            _ => {}
        }
    }
}

fn unknown(text: &str, lines: &Lines, range: Range<usize>, broken: &mut Vec<Range<usize>>) {
    for piece in between(text, range) {
        if let Between::Unknown(at) = piece {
            broken.push(lines.of(at..at));
        }
    }
}

/// The ranges with all rows that lie partly in them, in order, none touching another. Rows stand in the order of the
/// text and do not overlap.
fn merged(lines: &Lines, broken: Vec<Range<usize>>, rows: &[Row<'_>]) -> Vec<Range<usize>> {
    let mut broken = joined(broken);
    loop {
        let before = broken.clone();
        for one in &mut broken {
            let first = rows.partition_point(|row| row.span.end < one.start);
            let known = one.clone();
            for row in rows.iter().skip(first).take_while(|row| meet(&known, &row.span)) {
                let row = lines.of(row.span.clone());
                *one = one.start.min(row.start)..one.end.max(row.end);
            }
        }
        broken = joined(broken);
        if broken == before {
            return broken.into_iter().filter(|one| !one.is_empty()).collect();
        }
    }
}

/// The ranges in order, those that touch made one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|one| one.start);
    let mut out: Vec<Range<usize>> = Vec::new();
    for one in ranges {
        match out.last_mut() {
            Some(last) if meet(last, &one) => last.end = last.end.max(one.end),
            _ => out.push(one),
        }
    }
    out
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// Where the lines of a text end.
struct Lines {
    /// The line ends, in bytes; the last is the end of the text.
    ends: Vec<usize>,
}

impl Lines {
    fn new(text: &str) -> Lines {
        let ends = text.match_indices(is_line_end).map(|(at, _)| at);
        Lines {
            ends: ends.chain([text.len()]).collect(),
        }
    }

    /// The whole lines of a range, without the line end behind the last.
    fn of(&self, range: Range<usize>) -> Range<usize> {
        let first = self.ends.partition_point(|end| *end < range.start);
        let start = first
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |end| end + 1);
        let last = range.end.max(range.start);
        let end = self.ends.partition_point(|end| *end < last);
        start..self.ends.get(end).copied().unwrap_or(last)
    }
}
