//! The overview: which data, for what, on what basis, to whom, how long. A view; it has no units.
//!
//! Each row is a box: all that its cells name holds together. Rows that differ in one column alone are merged, so the
//! table is short and yet says nothing that no statement says.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::model::noun::{Basis, Data, Id, Purpose, Recipient, Subject};
use crate::model::sentence::{Keep, Permission, Slot};
use crate::source::Spanned;
use crate::syntax::vocabulary::Verb;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverviewRow {
    /// Whose data; empty if that is not said.
    pub about: Vec<Id<Subject>>,
    /// Which data.
    pub data: Vec<Cell<Id<Data>>>,
    /// For what.
    pub purposes: Vec<Cell<Id<Purpose>>>,
    /// On what basis: alternatives of bases that are needed together.
    pub bases: Vec<Vec<Id<Basis>>>,
    /// To whom; empty if nobody else receives them.
    pub recipients: Vec<Cell<Id<Recipient>>>,
    /// They are made public.
    pub public: bool,
    /// Until when, as indices into `Model::keeps`.
    pub keeps: Vec<usize>,
}

/// What one line of a cell names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<I> {
    /// A noun, by its id.
    Noun(I),
    /// What the slot of this statement says with `any` or `except`, as an index into `Model::permissions`.
    Slot(usize),
}

/// The rows, in the order in which the statements are written. `read` tells how a list of keeps reads: rows are merged only
/// if theirs read the same.
#[must_use]
pub fn overview<R: PartialEq>(model: &Model, read: impl Fn(&[usize]) -> R) -> Vec<OverviewRow> {
    let mut terms = Terms {
        read,
        read_before: BTreeMap::new(),
        readings: Vec::new(),
    };
    let mut rows: Vec<Row> = Vec::new();
    let kept = |said: &&Permission| !matches!(said.verb.value, Verb::Erase | Verb::Anonymise);
    for (at, said) in model.permissions.iter().enumerate().filter(|(_, said)| kept(said)) {
        for data in cells(model, at, &said.data, |said| Some(&said.data)) {
            let atoms: Vec<Id<Data>> = match data {
                Cell::Noun(id) => model.data.denotation(id),
                Cell::Slot(_) => said.data.atoms.clone(),
            };
            let about: Vec<Id<Subject>> = said.about.iter().map(|subject| subject.value).collect();
            let keeps = keeps(model, &atoms, &about);
            let term = terms.of(&keeps);
            let says = OverviewRow {
                keeps,
                about,
                data: vec![data],
                purposes: purposes(model, at, &atoms),
                bases: ways(said),
                recipients: said
                    .recipient
                    .as_ref()
                    .map_or_else(Vec::new, |slot| cells(model, at, slot, |said| said.recipient.as_ref())),
                public: said.verb.value == Verb::Publish,
            };
            rows.push(Row { says, term });
        }
    }
    while merge_once(&mut rows) {}
    rows.into_iter().map(|row| row.says).collect()
}

/// A row, with the number of the reading of its keeps.
struct Row {
    says: OverviewRow,
    term: usize,
}

/// How lists of keeps read, each looked at once.
struct Terms<R, F> {
    read: F,
    read_before: BTreeMap<Vec<usize>, usize>,
    readings: Vec<R>,
}

impl<R: PartialEq, F: Fn(&[usize]) -> R> Terms<R, F> {
    /// The number of the reading of a list.
    fn of(&mut self, keeps: &[usize]) -> usize {
        if let Some(known) = self.read_before.get(keeps) {
            return *known;
        }
        let reading = (self.read)(keeps);
        let number = self.readings.iter().position(|known| *known == reading);
        let number = number.unwrap_or_else(|| {
            self.readings.push(reading);
            self.readings.len() - 1
        });
        self.read_before.insert(keeps.to_vec(), number);
        number
    }
}

fn ways(said: &Permission) -> Vec<Vec<Id<Basis>>> {
    let way = |way: &Vec<Spanned<Id<Basis>>>| way.iter().map(|basis| basis.value).collect();
    let mut ways: Vec<Vec<Id<Basis>>> = said.bases.iter().map(way).collect();
    ways.retain(|way| !way.is_empty());
    ways
}

/// The purposes of a statement; of one without any, those for which its block handles these of its data (M7).
fn purposes(model: &Model, at: usize, data: &[Id<Data>]) -> Vec<Cell<Id<Purpose>>> {
    let said = &model.permissions[at];
    if let Some(slot) = &said.purpose {
        return cells(model, at, slot, |said| said.purpose.as_ref());
    }
    let mut found = Vec::new();
    for other in &model.blocks[said.stated.block].permissions {
        let next = &model.permissions[*other];
        if let Some(slot) = &next.purpose
            && next.data.atoms.iter().any(|atom| data.contains(atom))
        {
            let new = cells(model, *other, slot, |said| said.purpose.as_ref());
            let new: Vec<_> = new.into_iter().filter(|cell| !found.contains(cell)).collect();
            found.extend(new);
        }
    }
    found
}

/// The names of a slot; of one with `any` or `except`, the first statement that says the same.
fn cells<D>(model: &Model, at: usize, slot: &Slot<D>, of: fn(&Permission) -> Option<&Slot<D>>) -> Vec<Cell<Id<D>>> {
    let key = |slot: &Slot<D>| {
        let ids = |names: &[Spanned<Id<D>>]| names.iter().map(|name| name.value).collect::<Vec<_>>();
        (slot.any, ids(&slot.names), ids(&slot.except))
    };
    if !slot.any && slot.except.is_empty() {
        return slot.names.iter().map(|name| Cell::Noun(name.value)).collect();
    }
    let same = |said: &Permission| of(said).is_some_and(|other| key(other) == key(slot));
    vec![Cell::Slot(model.permissions.iter().position(same).unwrap_or(at))]
}

/// The keeps of these data about these people, or about anybody.
fn keeps(model: &Model, atoms: &[Id<Data>], about: &[Id<Subject>]) -> Vec<usize> {
    let people = |keep: &Keep| {
        let below =
            |one: Id<Subject>, other: Id<Subject>| model.subjects.below(one, other) || model.subjects.below(other, one);
        let theirs = |subject: &Spanned<Id<Subject>>| about.iter().any(|one| below(*one, subject.value));
        about.is_empty() || keep.about.is_empty() || keep.about.iter().any(theirs)
    };
    let covers = |at: &usize| {
        let keep = &model.keeps[*at];
        keep.data.atoms.iter().any(|atom| atoms.contains(atom)) && people(keep)
    };
    (0..model.keeps.len()).filter(covers).collect()
}

/// Merges the first two rows that can be; `false` if there are none.
fn merge_once(rows: &mut Vec<Row>) -> bool {
    for first in 0..rows.len() {
        for second in first + 1..rows.len() {
            if rows[first].term != rows[second].term {
                continue;
            }
            if let Some(merged) = merged(&rows[first].says, &rows[second].says) {
                rows[first].says = merged;
                rows.remove(second);
                return true;
            }
        }
    }
    false
}

/// One row for two whose keeps read the same, if it says no more than they do.
fn merged(a: &OverviewRow, b: &OverviewRow) -> Option<OverviewRow> {
    if a.about != b.about || a.public != b.public {
        return None;
    }
    let differ = [
        !same(&a.data, &b.data),
        !same(&a.purposes, &b.purposes),
        !same(&a.recipients, &b.recipients),
        !same(&a.bases, &b.bases),
    ];
    // Who receives data also has them used: a row without recipients is not joined to one that has some. And a ground
    // joins the grounds of another row only where both have some.
    let both_given = a.recipients.is_empty() == b.recipients.is_empty();
    let both_grounded = a.bases.is_empty() == b.bases.is_empty();
    let one_column = both_given && both_grounded && differ.iter().filter(|differs| **differs).count() < 2;
    (within(a, b) || within(b, a) || one_column).then(|| OverviewRow {
        data: union(&a.data, &b.data),
        purposes: union(&a.purposes, &b.purposes),
        recipients: union(&a.recipients, &b.recipients),
        bases: union(&a.bases, &b.bases),
        ..a.clone()
    })
}

/// Whether all that `a` says is said by `b`.
fn within(a: &OverviewRow, b: &OverviewRow) -> bool {
    same(&a.bases, &b.bases)
        && subset(&a.data, &b.data)
        && subset(&a.purposes, &b.purposes)
        && subset(&a.recipients, &b.recipients)
}

fn subset<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.iter().all(|cell| b.contains(cell))
}

fn same<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    subset(a, b) && subset(b, a)
}

fn union<T: Clone + PartialEq>(a: &[T], b: &[T]) -> Vec<T> {
    let new = b.iter().filter(|cell| !a.contains(cell));
    a.iter().chain(new).cloned().collect()
}
