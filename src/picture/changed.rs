//! What is new and what is gone between two pictures.

use std::collections::{BTreeMap, BTreeSet};

use super::flows::{Key, is_named, picture};
use super::{Clause, Column, Edge, Fate, Flow, Node, Picture};
use crate::model::Model;
use crate::model::noun::{Id, Noun, Table};
use crate::source::Origin;

/// Lines by the boxes that they join, each with its clauses.
type Lines = BTreeMap<(Key, Key), BTreeSet<Clause>>;

/// Two pictures as one: what is only in one of them is marked. A noun that another `was` is that one. Where what flows through a
/// line is new or gone and the line itself is not, a marked line stands beside it.
#[must_use]
pub fn changed(before: &Picture, after: &Picture, model: &Model) -> Picture {
    let before = &renamed(before, model);
    let (old, new) = (lines(before), lines(after));
    let labels: BTreeMap<Key, String> = before
        .nodes
        .iter()
        .chain(&after.nodes)
        .map(|node| (key(node), node.label.clone()))
        .collect();
    let mut all = old.clone();
    all.extend(new.clone());
    let mut whole = picture(&after.title, &labels, all);
    let keys: Vec<Key> = whole.nodes.iter().map(key).collect();
    let fate = |was: bool, is: bool| match (was, is) {
        (false, true) => Fate::New,
        (true, false) => Fate::Gone,
        _ => Fate::Same,
    };
    let there = |picture: &Picture| picture.nodes.iter().map(key).collect::<BTreeSet<Key>>();
    let (was, is) = (there(before), there(after));
    for (node, key) in whole.nodes.iter_mut().zip(&keys) {
        node.fate = fate(was.contains(key), is.contains(key));
    }
    let mut beside = Vec::new();
    let through = [
        (Fate::New, steps(&after.flows, &before.flows), &new),
        (Fate::Gone, steps(&before.flows, &after.flows), &old),
    ];
    for edge in &mut whole.edges {
        let Some(pair) = keys.get(edge.from).cloned().zip(keys.get(edge.to).cloned()) else {
            continue;
        };
        edge.fate = fate(old.contains_key(&pair), new.contains_key(&pair));
        for (fate, steps, lines) in &through {
            if edge.fate == Fate::Same && steps.contains(&pair) {
                let clauses = lines.get(&pair).into_iter().flatten().cloned().collect();
                beside.push(Edge {
                    clauses,
                    fate: *fate,
                    ..edge.clone()
                });
            }
        }
    }
    whole.edges.extend(beside);
    whole.edges.sort();
    whole
}

/// What a noun was called in the version before, by the name or the path by which it is called now.
#[must_use]
pub fn earlier(model: &Model, name: &str) -> Option<String> {
    let tables = [
        names(&model.sources),
        names(&model.data),
        names(&model.purposes),
        names(&model.recipients),
    ];
    let mut all = tables.iter().flatten();
    all.find(|(path, old)| is_named(path, name) && path != old)
        .map(|(_, old)| old.clone())
}

fn key(node: &Node) -> Key {
    (node.column, node.name.clone())
}

fn lines(picture: &Picture) -> Lines {
    let node = |at: usize| picture.nodes.get(at).map(key);
    let edges = picture.edges.iter().filter_map(|edge| {
        let pair = (node(edge.from)?, node(edge.to)?);
        Some((pair, edge.clauses.iter().cloned().collect()))
    });
    edges.collect()
}

/// The pairs of boxes on flows of one version that the other has not.
fn steps(of: &BTreeSet<Flow>, other: &BTreeSet<Flow>) -> BTreeSet<(Key, Key)> {
    let only = of.difference(other);
    only.flat_map(|[from, over, to]| [(from.clone(), over.clone()), (over.clone(), to.clone())])
        .collect()
}

/// A picture of the version before in names of the one after.
fn renamed(before: &Picture, model: &Model) -> Picture {
    let is: BTreeMap<Column, BTreeMap<String, String>> = [
        (Column::Source, names(&model.sources)),
        (Column::Data, names(&model.data)),
        (Column::Purpose, names(&model.purposes)),
        (Column::Recipient, names(&model.recipients)),
        (Column::Country, names(&model.countries)),
    ]
    .into_iter()
    .map(|(column, names)| {
        // What still has its name is no other's.
        let kept: BTreeSet<String> = names.iter().map(|(path, _)| path.clone()).collect();
        let renamed = names.into_iter().filter(|(_, old)| !kept.contains(old));
        (column, renamed.map(|(path, old)| (old, path)).collect())
    })
    .collect();
    let name = |column: Column, name: &String| {
        let names = is.get(&column);
        names.and_then(|names| names.get(name)).unwrap_or(name).clone()
    };
    let flow = |flow: &Flow| flow.clone().map(|(column, path)| (column, name(column, &path)));
    let mut picture = before.clone();
    for node in &mut picture.nodes {
        node.name = name(node.column, &node.name);
    }
    picture.flows = before.flows.iter().map(flow).collect();
    picture
}

/// The paths of a policy's own nouns, each with the path that it had: a name that it `was` stands where the noun stood, unless that
/// is a path of its own.
fn names<D>(table: &Table<D>) -> Vec<(String, String)> {
    fn old<D>(table: &Table<D>, noun: &Noun<D>) -> String {
        let name = noun.was.as_ref().map_or(noun.name.as_str(), |was| was.value.as_str());
        let above: Option<Id<D>> = noun.parent.filter(|_| !name.contains('.'));
        match above {
            Some(parent) => [&old(table, &table[parent]), ".", name].concat(),
            None => name.to_owned(),
        }
    }
    let own = table.iter().filter(|(_, noun)| noun.origin == Origin::Project);
    own.map(|(_, noun)| (noun.path.clone(), old(table, noun))).collect()
}
