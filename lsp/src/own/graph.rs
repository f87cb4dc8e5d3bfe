//! `kupuya/graph`: what a name is joined to by data flows.

use std::collections::{BTreeMap, BTreeSet};

use kupuya::graph::Relation;
use kupuya::model::noun::AnyNoun;
use kupuya::syntax::vocabulary;
use serde::{Deserialize, Serialize};

use crate::named::Named;
use crate::proto::{Location, Position, TextDocumentIdentifier};
use crate::view::View;

/// So many steps at most: everything hangs together further out.
const FURTHEST: usize = 6;

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    /// The document.
    pub text_document: TextDocumentIdentifier,
    /// A name in it.
    pub position: Position,
    /// How many steps away from it; 2 if left out.
    pub depth: Option<usize>,
}

/// The answer: a piece of the flow graph.
#[derive(Debug, Default, Serialize)]
pub struct Graph {
    /// The nouns; the one asked about comes first.
    pub nodes: Vec<Node>,
    /// How they are joined.
    pub edges: Vec<Edge>,
}

/// A noun.
#[derive(Debug, Serialize)]
pub struct Node {
    /// Its whole name.
    pub name: String,
    /// The word of its kind.
    pub kind: &'static str,
    /// Its label.
    pub label: Option<String>,
    /// Where it is declared.
    pub location: Location,
}

/// A relation of two nouns, by their places among the nodes.
#[derive(Debug, Serialize)]
pub struct Edge {
    /// From which node.
    pub from: usize,
    /// To which.
    pub to: usize,
    /// `collected`, `serves`, `rests_on`, `shared`, `onward`, `located`, `below`.
    pub relation: &'static str,
    /// Where that is written.
    pub location: Option<Location>,
}

/// The graph around the name at a position.
#[must_use]
pub fn around(view: &View, position: Position, depth: usize) -> Option<Graph> {
    let start = view.snapshot.at(view.source, view.byte(position)?)?.noun;
    let flows = view.snapshot.analysis.graph.flows().into_iter();
    let declared = |noun| view.snapshot.declared(noun);
    let flows = flows
        .map(|(from, to, flow)| (declared(from), declared(to), flow))
        .collect::<Vec<_>>();
    let mut near = BTreeMap::from([(start, 0)]);
    for step in 1..=depth.min(FURTHEST) {
        let known: BTreeSet<AnyNoun> = near.keys().copied().collect();
        for (from, to, _) in &flows {
            if known.contains(from) {
                near.entry(*to).or_insert(step);
            }
            if known.contains(to) {
                near.entry(*from).or_insert(step);
            }
        }
    }
    let mut order: Vec<(usize, AnyNoun)> = near.into_iter().map(|(noun, step)| (step, noun)).collect();
    order.sort_unstable();
    let mut graph = Graph::default();
    let mut places = BTreeMap::new();
    for (_, noun) in order {
        let Some(named) = Named::of(view, noun) else { continue };
        places.insert(noun, graph.nodes.len());
        graph.nodes.push(Node {
            name: named.path,
            kind: vocabulary::kind(noun.kind).word,
            label: named.label,
            location: named.location,
        });
    }
    for (from, to, flow) in flows {
        if let (Some(from), Some(to)) = (places.get(&from), places.get(&to)) {
            graph.edges.push(Edge {
                from: *from,
                to: *to,
                relation: word(flow.relation),
                location: view.location(flow.span),
            });
        }
    }
    Some(graph)
}

fn word(relation: Relation) -> &'static str {
    match relation {
        Relation::Collected => "collected",
        Relation::Serves => "serves",
        Relation::RestsOn => "rests_on",
        Relation::Shared => "shared",
        Relation::Onward => "onward",
        Relation::Located => "located",
        Relation::Below => "below",
    }
}
