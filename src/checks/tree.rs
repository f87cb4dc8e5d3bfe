//! What rules about nouns share: findings at the topmost noun all of which is concerned.

use std::collections::BTreeSet;

use crate::model::noun::{Id, Label, Noun, Table};
use crate::source::Origin;

/// The topmost nouns of the project all of whose leaves are concerned, in the order written.
pub fn topmost<D>(table: &Table<D>, concerned: impl Fn(Id<D>) -> bool) -> Vec<Id<D>> {
    let mut whole: Vec<bool> = vec![true; table.len()];
    for leaf in table.leaves() {
        if !concerned(leaf) {
            for id in upward(table, leaf) {
                whole[id.index as usize] = false;
            }
        }
    }
    let is_whole = |id: Id<D>| whole[id.index as usize];
    table
        .of_project()
        .filter(|(id, noun)| is_whole(*id) && !noun.parent.is_some_and(is_whole))
        .map(|(id, _)| id)
        .collect()
}

/// The noun and those in whose blocks it stands, innermost first.
pub fn upward<D>(table: &Table<D>, id: Id<D>) -> Vec<Id<D>> {
    let mut path = vec![id];
    let mut at = id;
    while let Some(parent) = table[at].parent.filter(|parent| !path.contains(parent)) {
        path.push(parent);
        at = parent;
    }
    path.retain(|id| table[*id].origin == Origin::Project);
    path
}

/// A noun as messages name it: its qualified name, with its label where it has one.
pub fn called<D>(noun: &Noun<D>) -> String {
    named(&noun.path, noun.label.as_ref())
}

/// A qualified name as messages name its noun, with the noun's label where it has one.
pub fn named(path: &str, label: Option<&Label>) -> String {
    match label {
        // Quotes in quotes are lower ones.
        Some(label) => format!("`{path}` «{}»", label.value.replace('«', "„").replace('»', "“")),
        None => format!("`{path}`"),
    }
}

/// The highest of these atoms: those whose parents are not all among them too.
pub fn maximal<D>(table: &Table<D>, atoms: &[Id<D>]) -> Vec<Id<D>> {
    let among: BTreeSet<Id<D>> = atoms.iter().copied().collect();
    let whole = |id: Id<D>| table.denotation(id).iter().all(|low| among.contains(low));
    let tops: BTreeSet<Id<D>> = atoms.iter().copied().filter(|id| whole(*id)).collect();
    let covered = |id: &Id<D>| table.up(*id).iter().skip(1).any(|high| tops.contains(high));
    atoms
        .iter()
        .copied()
        .filter(|id| tops.contains(id) && !covered(id))
        .collect()
}
