//! Cycles in an order: nouns that are, by way of others, below themselves.

use std::collections::BTreeSet;

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

/// The cycles of a relation given as pairs, one for each knot of nouns that lie below each other: a shortest one through
/// its least noun, beginning with it, without repeating it at the end. Sorted.
#[must_use]
pub fn cycles<N: Copy + Ord + std::hash::Hash>(pairs: impl IntoIterator<Item = (N, N)>) -> Vec<Vec<N>> {
    let graph: DiGraphMap<N, ()> = DiGraphMap::from_edges(pairs);
    let mut found: Vec<Vec<N>> = tarjan_scc(&graph)
        .into_iter()
        .filter_map(|knot| {
            let knot: BTreeSet<N> = knot.into_iter().collect();
            shortest_through(&graph, *knot.first()?, &knot)
        })
        .collect();
    found.sort_unstable();
    found
}

fn shortest_through<N: Copy + Ord + std::hash::Hash>(
    graph: &DiGraphMap<N, ()>,
    start: N,
    knot: &BTreeSet<N>,
) -> Option<Vec<N>> {
    let mut seen = BTreeSet::new();
    let mut paths = vec![vec![start]];
    while !paths.is_empty() {
        let mut longer = Vec::new();
        for path in paths {
            let last = *path.last()?;
            let next: BTreeSet<N> = graph.neighbors(last).filter(|noun| knot.contains(noun)).collect();
            if next.contains(&start) {
                return Some(path);
            }
            for noun in next {
                if seen.insert(noun) {
                    longer.push([path.as_slice(), &[noun]].concat());
                }
            }
        }
        paths = longer;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::cycles;

    #[test]
    fn an_order_has_none() {
        assert!(cycles([(1, 2), (2, 3), (1, 3)]).is_empty());
    }

    #[test]
    fn each_knot_is_named_once_by_a_shortest_way_through_its_least() {
        let pairs = [(2, 3), (3, 1), (1, 2), (3, 2), (7, 7), (5, 6), (1, 5)];
        assert_eq!(cycles(pairs), vec![vec![1, 2, 3], vec![7]]);
    }
}
