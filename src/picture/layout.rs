//! Where boxes stand: a column for each kind, in each the order with the fewest lines crossing that a few sweeps find. The tallest
//! column stands close; the others stand beside what they are joined to.

use std::collections::BTreeMap;

use super::bundle::{Bundled, End, bundled};
use super::widths::{width, wrapped};
use super::{Column, Fate, Picture};

/// The size of the letters.
pub const SIZE: f64 = 13.0;
/// From line to line.
pub const LINE: f64 = 17.0;
/// Between a box and what stands in it.
pub const PADDING: f64 = 8.0;
/// How wide a line in a box may be; in a column of many boxes, which would be a long way down.
const WIDEST: [f64; 2] = [200.0, 320.0];
/// From so many boxes on a column has many.
const MANY: usize = 16;
/// Between columns, for the lines: at least, for each line, and at most. Many lines cross at a readable angle only if they have room.
const GAP: [f64; 3] = [80.0, 1.5, 150.0];
/// Between boxes.
const APART: f64 = 12.0;
/// Between boxes of one frame, and around them.
const INNER: f64 = 5.0;
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
    /// What stands in it, line by line; nothing in a frame.
    pub lines: Vec<String>,
}

/// A line at its place: from the right side of something to the left side of something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// From.
    pub from: (f64, f64),
    /// To.
    pub to: (f64, f64),
    /// The edges that it stands for.
    pub edges: Vec<usize>,
    /// In which version it is.
    pub fate: Fate,
}

/// A picture with its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// A place for each box.
    pub nodes: Vec<Placed>,
    /// Frames around boxes that are joined alike, each with its boxes.
    pub frames: Vec<(Placed, Vec<usize>)>,
    /// The lines.
    pub curves: Vec<Curve>,
    /// Where many lines meet.
    pub knots: Vec<(f64, f64)>,
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
    let bundled = bundled(picture);
    let mut columns: BTreeMap<Column, Vec<usize>> = BTreeMap::new();
    let mut count: BTreeMap<Column, usize> = BTreeMap::new();
    for (frame, boxes) in bundled.frames.iter().enumerate() {
        if let Some(node) = boxes.first().and_then(|at| picture.nodes.get(*at)) {
            columns.entry(node.column).or_default().push(frame);
            *count.entry(node.column).or_default() += boxes.len();
        }
    }
    let widest = |column: Column| WIDEST[usize::from(count.get(&column).is_some_and(|count| *count >= MANY))];
    let nodes = picture.nodes.iter();
    let lines: Vec<Vec<String>> = nodes
        .map(|node| wrapped(&node.label, SIZE, widest(node.column)))
        .collect();
    let high = |at: usize| lines[at].len() as f64 * LINE + 2.0 * PADDING;
    let heights: Vec<f64> = bundled
        .frames
        .iter()
        .map(|boxes| {
            let inner: f64 = boxes.iter().map(|at| high(*at)).sum();
            match boxes.len() {
                0 | 1 => inner,
                more => inner + INNER * (more + 1) as f64,
            }
        })
        .collect();
    let middle = Stacking::new(picture, &bundled, &heights).stack(&mut columns);
    let top = MARGIN + HEAD;
    let mut drawn = Drawn {
        nodes: vec![
            Placed {
                x: 0.0,
                y: 0.0,
                width: 0.0,
                height: 0.0,
                lines: Vec::new(),
            };
            picture.nodes.len()
        ],
        frames: Vec::new(),
        curves: Vec::new(),
        knots: Vec::new(),
        columns: Vec::new(),
        width: 0.0,
        height: top + MARGIN,
    };
    let mut sides = vec![(0.0, 0.0); bundled.frames.len()];
    let mut x = MARGIN;
    let gaps = gaps(picture, &bundled);
    for (column, frames) in &columns {
        x += gaps.get(column).copied().unwrap_or(0.0);
        let wide = widest(*column) + 2.0 * PADDING;
        drawn.columns.push((*column, x));
        for frame in frames {
            let boxes = &bundled.frames[*frame];
            let framed = boxes.len() > 1;
            let mut y = top + middle[*frame] - heights[*frame] / 2.0;
            drawn.height = drawn.height.max(y + heights[*frame] + MARGIN);
            sides[*frame] = (x, x + wide);
            if framed {
                sides[*frame] = (x - INNER, x + wide + INNER);
                let frame = Placed {
                    x: x - INNER,
                    y,
                    width: wide + 2.0 * INNER,
                    height: heights[*frame],
                    lines: Vec::new(),
                };
                drawn.frames.push((frame, boxes.clone()));
                y += INNER;
            }
            for at in boxes {
                drawn.nodes[*at] = Placed {
                    x,
                    y,
                    width: wide,
                    height: high(*at),
                    lines: lines[*at].clone(),
                };
                y += high(*at) + INNER;
            }
        }
        x += wide;
    }
    // A title is whole, too.
    let title = 2.0 * MARGIN + width(&picture.title, SIZE * 1.3);
    drawn.width = (x + MARGIN).max(title);
    curves(&mut drawn, &bundled, &sides, |frame| top + middle[frame]);
    drawn
}

/// The room before each column that another stands before.
fn gaps(picture: &Picture, bundled: &Bundled) -> BTreeMap<Column, f64> {
    let mut lines: BTreeMap<Column, usize> = picture.nodes.iter().map(|node| (node.column, 0)).collect();
    lines.pop_first();
    for line in &bundled.lines {
        // What ends at a knot comes together there.
        if let End::Frame(frame) = line.to
            && let Some(at) = bundled.frames.get(frame).and_then(|boxes| boxes.first())
            && let Some(count) = lines.get_mut(&picture.nodes[*at].column)
        {
            *count += 1;
        }
    }
    let [least, each, most] = GAP;
    let gap = |count: usize| (least + each * count as f64).min(most);
    lines.into_iter().map(|(column, count)| (column, gap(count))).collect()
}

/// The lines and the knots; each knot stands in the gap, at the height of what it joins.
fn curves(drawn: &mut Drawn, bundled: &Bundled, sides: &[(f64, f64)], middle: impl Fn(usize) -> f64) {
    for knot in 0..bundled.knots {
        let (mut from, mut to, mut right, mut left) = (Vec::new(), Vec::new(), f64::MIN, f64::MAX);
        for line in &bundled.lines {
            match (line.from, line.to) {
                (End::Frame(frame), End::Knot(at)) if at == knot => {
                    from.push(middle(frame));
                    right = right.max(sides[frame].1);
                }
                (End::Knot(at), End::Frame(frame)) if at == knot => {
                    to.push(middle(frame));
                    left = left.min(sides[frame].0);
                }
                _ => {}
            }
        }
        let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len().max(1) as f64;
        drawn
            .knots
            .push((f64::midpoint(right, left), f64::midpoint(mean(&from), mean(&to))));
    }
    for line in &bundled.lines {
        let end = |end: End, side: fn(&(f64, f64)) -> f64| match end {
            End::Frame(frame) => (side(&sides[frame]), middle(frame)),
            End::Knot(knot) => drawn.knots[knot],
        };
        drawn.curves.push(Curve {
            from: end(line.from, |side| side.1),
            to: end(line.to, |side| side.0),
            edges: line.edges.clone(),
            fate: line.fate,
        });
    }
}

/// The order of each column, and the middle of each frame in it.
struct Stacking<'a> {
    heights: &'a [f64],
    /// The frames that each is joined to.
    near: Vec<Vec<usize>>,
}

impl<'a> Stacking<'a> {
    fn new(picture: &Picture, bundled: &Bundled, heights: &'a [f64]) -> Stacking<'a> {
        let mut near = vec![Vec::new(); heights.len()];
        for edge in &picture.edges {
            let (from, to) = (bundled.of[edge.from], bundled.of[edge.to]);
            for (frame, other) in [(from, to), (to, from)] {
                if !near[frame].contains(&other) {
                    near[frame].push(other);
                }
            }
        }
        Stacking { heights, near }
    }

    fn whole(&self, frames: &[usize]) -> f64 {
        frames.iter().map(|frame| self.heights[*frame] + APART).sum()
    }

    /// Where a frame would stand if nothing else were in its column.
    fn wanted(&self, frame: usize, middle: &[f64]) -> f64 {
        let near = &self.near[frame];
        match near.len() {
            0 => middle[frame],
            count => near.iter().map(|other| middle[*other]).sum::<f64>() / count as f64,
        }
    }

    /// Orders the columns; the middles of all frames, from the top.
    fn stack(&self, columns: &mut BTreeMap<Column, Vec<usize>>) -> Vec<f64> {
        let mut middle = vec![0.0; self.heights.len()];
        let tallest = columns.values().map(|frames| self.whole(frames)).fold(0.0, f64::max);
        let close = |frames: &[usize], middle: &mut Vec<f64>| {
            let mut y = (tallest - self.whole(frames)) / 2.0;
            for frame in frames {
                middle[*frame] = y + self.heights[*frame] / 2.0;
                y += self.heights[*frame] + APART;
            }
        };
        columns.values().for_each(|frames| close(frames, &mut middle));
        // Each column in turn moves towards what its frames are joined to, to and fro.
        let names: Vec<Column> = columns.keys().copied().collect();
        for sweep in 0..8 {
            let mut turn = names.clone();
            if sweep % 2 == 1 {
                turn.reverse();
            }
            for name in turn {
                let Some(frames) = columns.get_mut(&name) else { continue };
                let wanted: Vec<f64> = (0..middle.len()).map(|frame| self.wanted(frame, &middle)).collect();
                frames.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
                close(frames, &mut middle);
            }
        }
        // The tallest stays; the others follow it outwards.
        let fixed = names
            .iter()
            .position(|name| self.whole(&columns[name]) >= tallest)
            .unwrap_or(0);
        let outwards = (0..fixed).rev().chain(fixed + 1..names.len());
        for at in outwards {
            let frames = &columns[&names[at]];
            let wanted: Vec<f64> = frames.iter().map(|frame| self.wanted(*frame, &middle)).collect();
            for (frame, y) in frames.iter().zip(self.spread(frames, &wanted, tallest)) {
                middle[*frame] = y;
            }
        }
        middle
    }

    /// The middles nearest to those that are wanted at which frames in this order do not overlap: frames that would are moved
    /// together, and stand at the mean of what they want.
    fn spread(&self, frames: &[usize], wanted: &[f64], tallest: f64) -> Vec<f64> {
        // What each wants less what stands before it: if this does not fall, nothing overlaps.
        let mut before = Vec::new();
        let mut y = 0.0;
        for frame in frames {
            before.push(y + self.heights[*frame] / 2.0);
            y += self.heights[*frame] + APART;
        }
        let room = (tallest - y).max(0.0);
        let mut blocks: Vec<(f64, usize)> = Vec::new();
        for (wanted, before) in wanted.iter().zip(&before) {
            let mut block = (wanted - before, 1);
            while let Some((sum, count)) = blocks.pop_if(|(sum, count)| *sum / *count as f64 > block.0 / block.1 as f64)
            {
                block = (block.0 + sum, block.1 + count);
            }
            blocks.push(block);
        }
        let starts = blocks
            .into_iter()
            .flat_map(|(sum, count)| std::iter::repeat_n((sum / count as f64).clamp(0.0, room), count));
        starts.zip(before).map(|(start, before)| start + before).collect()
    }
}
