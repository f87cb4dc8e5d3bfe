//! What is drawn as one: boxes that are joined to the same others share a frame, and many boxes that all lead to the same many
//! meet at a knot. A statement about twenty data for thirty purposes is fifty lines then, not six hundred.

use std::collections::{BTreeMap, BTreeSet};

use super::{Column, Fate, Picture};

/// A knot must save so many lines.
const WORTH: usize = 4;

/// A picture in frames and lines between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundled {
    /// The boxes of each frame; most have one, and show no frame.
    pub frames: Vec<Vec<usize>>,
    /// The frame of each box.
    pub of: Vec<usize>,
    /// Between frames, straight or over a knot.
    pub lines: Vec<Line>,
    /// How many knots there are.
    pub knots: usize,
}

/// Where a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// At a frame.
    Frame(usize),
    /// At a knot.
    Knot(usize),
}

/// A line for all that flows between its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From.
    pub from: End,
    /// To.
    pub to: End,
    /// What it stands for, by place in the picture.
    pub edges: Vec<usize>,
    /// In which version it is.
    pub fate: Fate,
}

/// Between which columns, and in which version.
type Between = (Column, Column, Fate);

/// Frames and what flows between them: each pair with its edges.
type Pairs = BTreeMap<(usize, usize), Vec<usize>>;

/// Puts together what is joined alike.
#[must_use]
pub fn bundled(picture: &Picture) -> Bundled {
    let (frames, of) = frames(picture);
    let mut between: BTreeMap<Between, Pairs> = BTreeMap::new();
    for (number, edge) in picture.edges.iter().enumerate() {
        let (from, to) = (&picture.nodes[edge.from], &picture.nodes[edge.to]);
        let pairs = between.entry((from.column, to.column, edge.fate)).or_default();
        pairs.entry((of[edge.from], of[edge.to])).or_default().push(number);
    }
    let mut bundled = Bundled {
        frames,
        of,
        lines: Vec::new(),
        knots: 0,
    };
    for ((.., fate), pairs) in between {
        bundled.join(pairs, fate);
    }
    bundled
}

/// Boxes of a column that are joined to the same boxes, in the same versions.
fn frames(picture: &Picture) -> (Vec<Vec<usize>>, Vec<usize>) {
    /// To which boxes, in which versions.
    type Joined = BTreeSet<(usize, Fate)>;
    let mut joined: Vec<Joined> = vec![BTreeSet::new(); picture.nodes.len()];
    for edge in &picture.edges {
        joined[edge.from].insert((edge.to, edge.fate));
        joined[edge.to].insert((edge.from, edge.fate));
    }
    let mut alike: BTreeMap<(Column, Fate, &Joined), usize> = BTreeMap::new();
    let (mut frames, mut of) = (Vec::new(), Vec::new());
    for (at, node) in picture.nodes.iter().enumerate() {
        let next = alike.len();
        let frame = *alike.entry((node.column, node.fate, &joined[at])).or_insert(next);
        if frame == next {
            frames.push(Vec::new());
        }
        frames[frame].push(at);
        of.push(frame);
    }
    (frames, of)
}

impl Bundled {
    /// Lines for what flows between two columns: over knots as long as one is worth it, then straight.
    fn join(&mut self, mut left: Pairs, fate: Fate) {
        let all: BTreeSet<(usize, usize)> = left.keys().copied().collect();
        let mut into: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (from, to) in &all {
            into.entry(*to).or_default().insert(*from);
        }
        let edges = left.clone();
        while let Some((sources, targets)) = knot(&into, &left) {
            let through = |from: Option<usize>, to: Option<usize>| -> Vec<usize> {
                let held = edges.iter().filter(|((one, other), _)| {
                    from.map_or(sources.contains(one), |from| from == *one)
                        && to.map_or(targets.contains(other), |to| to == *other)
                });
                held.flat_map(|(_, edges)| edges.iter().copied()).collect()
            };
            let knot = End::Knot(self.knots);
            self.knots += 1;
            for from in &sources {
                self.lines.push(Line {
                    from: End::Frame(*from),
                    to: knot,
                    edges: through(Some(*from), None),
                    fate,
                });
            }
            for to in &targets {
                self.lines.push(Line {
                    from: knot,
                    to: End::Frame(*to),
                    edges: through(None, Some(*to)),
                    fate,
                });
            }
            left.retain(|(from, to), _| !(sources.contains(from) && targets.contains(to)));
        }
        for ((from, to), edges) in left {
            self.lines.push(Line {
                from: End::Frame(from),
                to: End::Frame(to),
                edges,
                fate,
            });
        }
    }
}

/// The frames that all lead to the same frames and would save most lines; `None`: no such saves enough.
fn knot(into: &BTreeMap<usize, BTreeSet<usize>>, left: &Pairs) -> Option<(BTreeSet<usize>, BTreeSet<usize>)> {
    let own: BTreeSet<&BTreeSet<usize>> = into.values().collect();
    let mut shared: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
    for one in &own {
        shared.extend(own.iter().map(|other| &**one & *other));
    }
    let gain = |sources: BTreeSet<usize>| {
        let targets = into.iter().filter(|(_, from)| sources.is_subset(from));
        let targets: BTreeSet<usize> = targets.map(|(to, _)| *to).collect();
        let inside = left
            .keys()
            .filter(|(from, to)| sources.contains(from) && targets.contains(to));
        let gain = inside.count().checked_sub(sources.len() + targets.len())?;
        (gain >= WORTH && sources.len() > 1 && targets.len() > 1).then_some((gain, sources, targets))
    };
    let best = shared.into_iter().filter_map(gain).max_by_key(|(gain, ..)| *gain)?;
    Some((best.1, best.2))
}
