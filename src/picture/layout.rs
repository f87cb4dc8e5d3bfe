//! Where boxes stand: a column for each kind, in each the order with the fewest lines crossing that a few sweeps find.

use std::collections::BTreeMap;

use super::widths::{width, wrapped};
use super::{Column, Picture};

/// The size of the letters.
pub const SIZE: f64 = 13.0;
/// From line to line.
pub const LINE: f64 = 17.0;
/// Between a box and what stands in it.
pub const PADDING: f64 = 9.0;
/// How wide a line in a box may be.
const WIDEST: f64 = 210.0;
/// Between columns, for the lines.
const GAP: f64 = 110.0;
/// Between boxes.
const APART: f64 = 12.0;
/// Around everything; above it stands the title.
const MARGIN: f64 = 24.0;
/// Above the columns: the title and their heads.
const HEAD: f64 = 64.0;

/// A box at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
    /// What stands in it, line by line.
    pub lines: Vec<String>,
}

/// A picture with its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// A place for each box.
    pub nodes: Vec<Placed>,
    /// The columns that have boxes, each with its left side.
    pub columns: Vec<(Column, f64)>,
    /// How wide all is.
    pub width: f64,
    /// How high.
    pub height: f64,
}

/// Finds places for all boxes.
#[must_use]
pub fn layout(picture: &Picture) -> Drawn {
    let mut columns: BTreeMap<Column, Vec<usize>> = BTreeMap::new();
    for (at, node) in picture.nodes.iter().enumerate() {
        columns.entry(node.column).or_default().push(at);
    }
    let lines: Vec<Vec<String>> = picture
        .nodes
        .iter()
        .map(|node| wrapped(&node.label, SIZE, WIDEST))
        .collect();
    let height = |at: usize| lines[at].len() as f64 * LINE + 2.0 * PADDING;
    let mut middle: Vec<f64> = vec![0.0; picture.nodes.len()];
    let stack = |order: &[usize], middle: &mut Vec<f64>| {
        let whole: f64 = order.iter().map(|at| height(*at) + APART).sum();
        let mut y = -whole / 2.0;
        for at in order {
            middle[*at] = y + height(*at) / 2.0;
            y += height(*at) + APART;
        }
    };
    for order in columns.values() {
        stack(order, &mut middle);
    }
    // Each column in turn moves towards what its boxes are joined to, to and fro.
    let names: Vec<Column> = columns.keys().copied().collect();
    for sweep in 0..6 {
        let turn: Vec<Column> = if sweep % 2 == 0 {
            names.clone()
        } else {
            names.iter().rev().copied().collect()
        };
        for name in turn {
            let Some(order) = columns.get_mut(&name) else { continue };
            let wanted = |at: usize| {
                let near = picture
                    .edges
                    .iter()
                    .filter_map(|edge| match (edge.from == at, edge.to == at) {
                        (true, _) => Some(middle[edge.to]),
                        (_, true) => Some(middle[edge.from]),
                        _ => None,
                    });
                let (sum, count) = near.fold((0.0, 0.0), |(sum, count), y| (sum + y, count + 1.0));
                if count > 0.0 { sum / count } else { middle[at] }
            };
            let mut keyed: Vec<(f64, usize)> = order.iter().map(|at| (wanted(*at), *at)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            *order = keyed.into_iter().map(|(_, at)| at).collect();
            stack(order, &mut middle);
        }
    }
    let tallest = columns
        .values()
        .map(|order| order.iter().map(|at| height(*at) + APART).sum::<f64>())
        .fold(0.0, f64::max);
    let wide = WIDEST + 2.0 * PADDING;
    let mut placed: Vec<Placed> = lines
        .into_iter()
        .enumerate()
        .map(|(at, lines)| Placed {
            x: 0.0,
            y: MARGIN + HEAD + tallest / 2.0 + middle[at] - (lines.len() as f64 * LINE + 2.0 * PADDING) / 2.0,
            width: wide,
            height: lines.len() as f64 * LINE + 2.0 * PADDING,
            lines,
        })
        .collect();
    let mut lefts = Vec::new();
    for (place, (name, order)) in columns.iter().enumerate() {
        let x = MARGIN + place as f64 * (wide + GAP);
        lefts.push((*name, x));
        for at in order {
            placed[*at].x = x;
        }
    }
    let right = lefts.last().map_or(MARGIN, |(_, x)| x + wide);
    // A title is whole, too.
    let title = 2.0 * MARGIN + width(&picture.title, SIZE * 1.3);
    Drawn {
        nodes: placed,
        columns: lefts,
        width: (right + MARGIN).max(title),
        height: MARGIN * 2.0 + HEAD + tallest,
    }
}
