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
    let mut broken: Vec<Range<usize>> = Vec::new();
    for one in found.iter().filter(|one| one.severity == Severity::Error) {
        let places = one.labels.iter().map(|label| range(label.span));
        if is_of_braces(text, one) {
            // Which block a line belongs to is a guess here: the whole declaration stays.
            for place in places {
                let place = lines(text, place);
                let spans = file.items.iter().map(|item| range(item.span));
                broken.extend(spans.filter(|span| meet(span, &place)).map(|span| lines(text, span)));
                broken.push(place);
            }
        } else {
            broken.extend(places.take(1).map(|place| lines(text, place)));
        }
    }
    error_nodes(text, &file.items, &mut broken);
    let mut end = 0;
    for row in &rows {
        unknown(text, end..row.span.start, &mut broken);
        end = end.max(row.span.end);
    }
    unknown(text, end..text.len(), &mut broken);
    let broken = merged(text, broken, &rows);
    if broken.is_empty() {
        return rows;
    }
    let mut out: Vec<Row<'t>> = rows
        .into_iter()
        .filter(|row| !broken.iter().any(|one| meet(one, &row.span)))
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

fn error_nodes(text: &str, items: &[Item], broken: &mut Vec<Range<usize>>) {
    for item in items {
        match &item.node {
            Node::Error => broken.push(lines(text, range(item.span))),
            Node::Declaration(one) => error_nodes(text, &one.items, broken),
            _ => {}
        }
    }
}

fn unknown(text: &str, range: Range<usize>, broken: &mut Vec<Range<usize>>) {
    for piece in between(text, range) {
        if let Between::Unknown(at) = piece {
            broken.push(lines(text, at..at));
        }
    }
}

/// The ranges with all rows that lie partly in them, in order, none touching another.
fn merged(text: &str, mut broken: Vec<Range<usize>>, rows: &[Row<'_>]) -> Vec<Range<usize>> {
    loop {
        let before = broken.clone();
        for one in &mut broken {
            let known = one.clone();
            for row in rows.iter().filter(|row| meet(&known, &row.span)) {
                let row = lines(text, row.span.clone());
                *one = one.start.min(row.start)..one.end.max(row.end);
            }
        }
        broken.sort_by_key(|one| one.start);
        let mut out: Vec<Range<usize>> = Vec::new();
        for one in broken {
            match out.last_mut() {
                Some(last) if meet(last, &one) => last.end = last.end.max(one.end),
                _ => out.push(one),
            }
        }
        broken = out;
        if broken == before {
            return broken.into_iter().filter(|one| !one.is_empty()).collect();
        }
    }
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// The whole lines of a range, without the line end behind the last.
fn lines(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text.get(..range.start).unwrap_or("");
    let start = before.rfind(is_line_end).map_or(0, |at| at + 1);
    let last = range.end.max(range.start);
    let end = text
        .get(last..)
        .and_then(|rest| rest.find(is_line_end))
        .map_or(text.len(), |at| last + at);
    start..end
}
