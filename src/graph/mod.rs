//! The flow graph: who gets which data, from where, for what, on what ground. The only place that names petgraph.
//!
//! A node is an atom (a noun of the project, or one that the project names); an edge is a relation between two of them
//! with the sentence that causes it. Names of petgraph stop at this file: questions and answers are nouns.

pub mod onward;
pub mod order;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::meaning::{Grant, Meaning, Region, SentenceRef, SlotKind};
use crate::model::Model;
use crate::model::noun::{AnyNoun, Id, Location, Table};
use crate::model::sentence::Act;
use crate::source::{Origin, Span};
use crate::syntax::vocabulary::Kind;

/// How two nouns are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Source to data: collected from there.
    Collected,
    /// Data to purpose: processed for it.
    Serves,
    /// Purpose to basis; data to basis for an act without a purpose: justified by it.
    RestsOn,
    /// Data to recipient: given to it.
    Shared,
    /// Recipient to recipient: passed on.
    Onward,
    /// Recipient to country: established there.
    Located,
    /// Noun to the noun directly above it.
    Below,
}

/// One relation with what causes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Flow {
    /// How they are related.
    pub relation: Relation,
    /// The sentence that says so; `None` for what a declaration says.
    pub sentence: Option<SentenceRef>,
    /// Where it is written.
    pub span: Span,
}

/// The graph.
#[derive(Clone, Debug, Default)]
pub struct FlowGraph {
    graph: DiGraph<AnyNoun, Flow>,
    nodes: BTreeMap<AnyNoun, NodeIndex>,
    acts: BTreeMap<AnyNoun, BTreeMap<Act, BTreeSet<SentenceRef>>>,
    drawn: HashSet<(NodeIndex, NodeIndex, Flow)>,
}

/// Draws the graph of all statements and keeps.
#[must_use]
pub fn from_model(model: &Model, meaning: &Meaning) -> FlowGraph {
    let mut graph = FlowGraph::default();
    for grant in &meaning.grants {
        for region in &grant.regions {
            graph.add_flows(model, grant, region);
        }
    }
    graph.add_recipients(model);
    graph.add_order(&model.data, Kind::Data);
    graph.add_order(&model.purposes, Kind::Purpose);
    graph.add_order(&model.bases, Kind::Basis);
    graph.add_order(&model.recipients, Kind::Recipient);
    graph.add_order(&model.sources, Kind::Source);
    graph.add_order(&model.countries, Kind::Country);
    graph
}

impl FlowGraph {
    /// All nouns in the graph, sorted.
    pub fn nouns(&self) -> impl Iterator<Item = AnyNoun> + '_ {
        self.nodes.keys().copied()
    }

    /// Every relation: from, to, and what causes it. Sorted.
    #[must_use]
    pub fn flows(&self) -> Vec<(AnyNoun, AnyNoun, Flow)> {
        let mut all: Vec<_> = self
            .graph
            .edge_references()
            .map(|edge| (self.graph[edge.source()], self.graph[edge.target()], *edge.weight()))
            .collect();
        all.sort_unstable();
        all
    }

    /// Where a relation leads from a noun, with what causes it: the purposes of data, who receives them, the bases of a
    /// purpose. Sorted.
    #[must_use]
    pub fn from(&self, noun: AnyNoun, relation: Relation) -> Vec<(AnyNoun, Flow)> {
        self.neighbours(noun, relation, Direction::Outgoing)
    }

    /// Where a relation comes from: the data of a purpose, what a recipient receives. Sorted.
    #[must_use]
    pub fn to(&self, noun: AnyNoun, relation: Relation) -> Vec<(AnyNoun, Flow)> {
        self.neighbours(noun, relation, Direction::Incoming)
    }

    /// The sentences that permit an act on data, sorted.
    #[must_use]
    pub fn sentences(&self, data: AnyNoun, act: Act) -> Vec<SentenceRef> {
        self.acts
            .get(&data)
            .and_then(|acts| acts.get(&act))
            .map(|sentences| sentences.iter().copied().collect())
            .unwrap_or_default()
    }

    /// A shortest way along one relation, both ends included; of several the least. `None` if there is none.
    #[must_use]
    pub fn path(&self, from: AnyNoun, to: AnyNoun, relation: Relation) -> Option<Vec<AnyNoun>> {
        let mut before: BTreeMap<AnyNoun, AnyNoun> = BTreeMap::new();
        let mut layer = vec![from];
        while !layer.is_empty() {
            let mut next = BTreeSet::new();
            for noun in layer {
                for (neighbour, _) in self.from(noun, relation) {
                    if neighbour == to {
                        before.entry(to).or_insert(noun);
                        return Some(walk_back(&before, from, to));
                    }
                    if neighbour != from && !before.contains_key(&neighbour) {
                        before.insert(neighbour, noun);
                        next.insert(neighbour);
                    }
                }
            }
            layer = next.into_iter().collect();
        }
        None
    }

    fn neighbours(&self, noun: AnyNoun, relation: Relation, direction: Direction) -> Vec<(AnyNoun, Flow)> {
        let Some(node) = self.nodes.get(&noun) else {
            return Vec::new();
        };
        let mut found: Vec<_> = self
            .graph
            .edges_directed(*node, direction)
            .filter(|edge| edge.weight().relation == relation)
            .map(|edge| {
                let other = match direction {
                    Direction::Outgoing => edge.target(),
                    Direction::Incoming => edge.source(),
                };
                (self.graph[other], *edge.weight())
            })
            .collect();
        found.sort_unstable();
        found
    }

    fn node(&mut self, noun: AnyNoun) -> NodeIndex {
        let graph = &mut self.graph;
        *self.nodes.entry(noun).or_insert_with(|| graph.add_node(noun))
    }

    fn connect(&mut self, from: AnyNoun, to: AnyNoun, flow: Flow) {
        let (from, to) = (self.node(from), self.node(to));
        // A source may have thousands of edges, so they are not walked to find one.
        if self.drawn.insert((from, to, flow)) {
            self.graph.add_edge(from, to, flow);
        }
    }

    fn add_flows(&mut self, model: &Model, grant: &Grant, region: &Region) {
        let flow = |relation| Flow {
            relation,
            sentence: Some(grant.sentence),
            span: span_of(model, grant.sentence),
        };
        let data = atoms(&region.data, &model.data, Kind::Data);
        let purposes = atoms(&region.purpose, &model.purposes, Kind::Purpose);
        let acts = &region.acts;
        let for_purpose = acts.iter().any(|act| act.has(SlotKind::Purpose));
        for datum in &data {
            self.node(*datum);
            for act in acts {
                let sentences = self.acts.entry(*datum).or_default().entry(*act).or_default();
                sentences.insert(grant.sentence);
            }
            if acts.contains(&Act::Collect)
                && let Some(sources) = &region.source
            {
                for source in sources {
                    self.connect(any(Kind::Source, *source), *datum, flow(Relation::Collected));
                }
            }
            if acts.contains(&Act::Share) {
                for recipient in atoms(&region.recipient, &model.recipients, Kind::Recipient) {
                    self.connect(*datum, recipient, flow(Relation::Shared));
                }
            }
            for purpose in purposes.iter().filter(|_| for_purpose) {
                self.connect(*datum, *purpose, flow(Relation::Serves));
            }
        }
        let justified = if for_purpose { &purposes } else { &data };
        for basis in grant.ways.iter().flatten() {
            for what in justified {
                self.connect(*what, any(Kind::Basis, *basis), flow(Relation::RestsOn));
            }
        }
    }

    fn add_recipients(&mut self, model: &Model) {
        for (id, recipient) in model.recipients.of_project() {
            let here = any(Kind::Recipient, id);
            let said = |relation, span| Flow {
                relation,
                sentence: None,
                span,
            };
            for onward in &recipient.detail.onward {
                let to = any(Kind::Recipient, onward.to);
                self.connect(here, to, said(Relation::Onward, onward.span));
            }
            for location in &recipient.detail.locations {
                if let Location::In(country) = location {
                    let country = any(Kind::Country, *country);
                    self.connect(here, country, said(Relation::Located, recipient.header));
                }
            }
        }
    }

    fn add_order<D>(&mut self, table: &Table<D>, kind: Kind) {
        for (id, noun) in table.of_project() {
            for above in table.above(id) {
                let flow = Flow {
                    relation: Relation::Below,
                    sentence: None,
                    span: noun.header,
                };
                self.connect(any(kind, id), any(kind, above), flow);
            }
        }
    }
}

/// A noun of a kind.
#[must_use]
pub fn any<D>(kind: Kind, id: Id<D>) -> AnyNoun {
    AnyNoun { kind, index: id.index }
}

/// Where a sentence is written.
#[must_use]
pub fn span_of(model: &Model, sentence: SentenceRef) -> Span {
    match sentence {
        SentenceRef::Permission(at) => model.permissions[at].stated.span,
        SentenceRef::Keep(at) => model.keeps[at].stated.span,
        SentenceRef::Ban(at) => model.bans[at].span,
    }
}

/// The atoms of one slot; all that the project declares where the slot is left out.
pub(crate) fn atoms<D>(slot: &Option<Vec<Id<D>>>, table: &Table<D>, kind: Kind) -> Vec<AnyNoun> {
    match slot {
        // `any` denotes the taxonomy too, which nobody's flows are made of.
        Some(ids) if ids.iter().any(|id| table[*id].origin == Origin::Project) => ids
            .iter()
            .filter(|id| table[**id].origin == Origin::Project)
            .map(|id| any(kind, *id))
            .collect(),
        Some(ids) => ids.iter().map(|id| any(kind, *id)).collect(),
        None => table.of_project().map(|(id, _)| any(kind, id)).collect(),
    }
}

fn walk_back(before: &BTreeMap<AnyNoun, AnyNoun>, from: AnyNoun, to: AnyNoun) -> Vec<AnyNoun> {
    let mut path = vec![to];
    let mut at = to;
    while let Some(previous) = before.get(&at) {
        path.push(*previous);
        if *previous == from {
            break;
        }
        at = *previous;
    }
    path.reverse();
    path
}
