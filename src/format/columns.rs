//! Columns: neighbours of one sort put their labels, values or data below each other.
//!
//! A run ends at an empty line, at a row of another sort, and behind a block of several lines. Notes, waivers and
//! comments between two rows do not end it.

use super::rows::{Class, Row, Shape};
use super::tokens::{joined, width};

/// A cell wider than this makes no column: it would push its neighbours too far.
const fn widest(class: Class) -> usize {
    match class {
        Class::Expectation => 24,
        _ => 40,
    }
}

/// How many blanks each row has behind its first cell, beside the one that always stands there.
pub(super) fn paddings(rows: &[Row<'_>]) -> Vec<usize> {
    let mut paddings = vec![0; rows.len()];
    // The open runs by depth: each with its class and the rows in it.
    let mut runs: Vec<(Class, Vec<usize>)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let depth = row.depth;
        while runs.len() > depth + 1 {
            end(rows, runs.pop(), &mut paddings);
        }
        while runs.len() < depth + 1 {
            runs.push((Class::None, Vec::new()));
        }
        let Some(run) = runs.get_mut(depth) else { continue };
        let is_above = row.shape == Shape::Note || (row.shape == Shape::Line && is_above(row));
        let wide = row.class != Class::None && width(&cell(row)) > widest(row.class);
        if row.blank || !(is_above || wide || row.class == run.0) {
            end(
                rows,
                Some(std::mem::replace(run, (row.class, Vec::new()))),
                &mut paddings,
            );
        }
        if row.blank && is_above {
            run.0 = Class::None;
        }
        if is_above || wide {
            continue;
        }
        run.0 = row.class;
        run.1.push(at);
        if row.opens || row.shape == Shape::Close {
            end(
                rows,
                Some(std::mem::replace(run, (Class::None, Vec::new()))),
                &mut paddings,
            );
        }
    }
    while let Some(run) = runs.pop() {
        end(rows, Some(run), &mut paddings);
    }
    paddings
}

/// Waivers and ids stand above something else.
fn is_above(row: &Row<'_>) -> bool {
    row.tokens
        .first()
        .is_some_and(|first| first.text == "waive" || first.text.starts_with('@'))
}

fn cell(row: &Row<'_>) -> String {
    joined(row.tokens.get(..row.cell).unwrap_or(&[]))
}

fn end(rows: &[Row<'_>], run: Option<(Class, Vec<usize>)>, paddings: &mut [usize]) {
    let Some((class, members)) = run else { return };
    if class == Class::None {
        return;
    }
    let widths: Vec<usize> = members
        .iter()
        .map(|at| rows.get(*at).map_or(0, |row| width(&cell(row))))
        .collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    for (at, width) in members.iter().zip(widths) {
        if let Some(padding) = paddings.get_mut(*at) {
            *padding = widest - width;
        }
    }
}
