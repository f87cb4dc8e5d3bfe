//! How the nouns of one version are read in the other (M14).

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{BundleContent, Noun, Origin};

use crate::model::Model;
use crate::model::noun::Table;

/// A noun of both versions, or of one that the other declares nothing for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// In the version before.
    pub before: Option<u32>,
    /// In the version after.
    pub after: Option<u32>,
}

impl Pair {
    /// The number in a version: 0 before, 1 after.
    #[must_use]
    pub fn of(self, side: usize) -> Option<u32> {
        if side == 0 { self.before } else { self.after }
    }
}

/// The kinds of nouns that sentences speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Who processes.
    By,
    /// Data.
    Data,
    /// Where from.
    Source,
    /// For what.
    Purpose,
    /// To whom.
    Recipient,
    /// On what ground.
    Basis,
    /// Conditions and events.
    Fact,
    /// Classes of people.
    Subject,
    /// Countries.
    Country,
}

impl Sort {
    /// All, in the order in which they are declared here.
    pub const ALL: [Sort; 9] = [
        Sort::By,
        Sort::Data,
        Sort::Source,
        Sort::Purpose,
        Sort::Recipient,
        Sort::Basis,
        Sort::Fact,
        Sort::Subject,
        Sort::Country,
    ];
    /// The slots of a request.
    pub const SLOTS: [Sort; 5] = [Sort::By, Sort::Data, Sort::Source, Sort::Purpose, Sort::Recipient];
}

/// What the nouns of a version were called in the version before, by kind and path: `was` is in the model alone.
pub type Renamed = BTreeMap<(Sort, String), String>;

/// The nouns of a model that had another name.
#[must_use]
pub fn renamed(model: &Model) -> Renamed {
    fn all<D>(sort: Sort, table: &Table<D>, found: &mut Renamed) {
        let named = table
            .iter()
            .filter_map(|(_, noun)| Some(((sort, noun.path.clone()), noun.was.as_ref()?.value.clone())));
        found.extend(named);
    }
    let mut found = Renamed::new();
    all(Sort::By, &model.controllers, &mut found);
    all(Sort::Data, &model.data, &mut found);
    all(Sort::Source, &model.sources, &mut found);
    all(Sort::Purpose, &model.purposes, &mut found);
    all(Sort::Recipient, &model.recipients, &mut found);
    all(Sort::Basis, &model.bases, &mut found);
    all(Sort::Fact, &model.facts, &mut found);
    all(Sort::Subject, &model.subjects, &mut found);
    all(Sort::Country, &model.countries, &mut found);
    found
}

/// The nouns of a kind in a bundle.
#[must_use]
pub fn nouns(content: &BundleContent, sort: Sort) -> Vec<&Noun> {
    match sort {
        Sort::By => content.controllers.iter().map(|one| &one.noun).collect(),
        Sort::Data => content.data.iter().collect(),
        Sort::Source => content.sources.iter().collect(),
        Sort::Purpose => content.purposes.iter().collect(),
        Sort::Recipient => content.recipients.iter().map(|one| &one.noun).collect(),
        Sort::Basis => content.bases.iter().map(|one| &one.noun).collect(),
        Sort::Fact => content.facts.iter().collect(),
        Sort::Subject => content.subjects.iter().map(|one| &one.noun).collect(),
        Sort::Country => content.countries.iter().collect(),
    }
}

/// One noun of a kind in a bundle.
#[must_use]
pub fn noun(content: &BundleContent, sort: Sort, number: u32) -> Option<&Noun> {
    let at = number as usize;
    match sort {
        Sort::By => content.controllers.get(at).map(|one| &one.noun),
        Sort::Data => content.data.get(at),
        Sort::Source => content.sources.get(at),
        Sort::Purpose => content.purposes.get(at),
        Sort::Recipient => content.recipients.get(at).map(|one| &one.noun),
        Sort::Basis => content.bases.get(at).map(|one| &one.noun),
        Sort::Fact => content.facts.get(at),
        Sort::Subject => content.subjects.get(at).map(|one| &one.noun),
        Sort::Country => content.countries.get(at),
    }
}

/// The nouns of a kind in two versions, side by side.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// Each noun of either version, as itself, as what it `was`, or as the leaf or open noun above it that the other version has.
    pub pairs: Vec<Pair>,
    /// For each noun of the version before, its name in both: that of the version after if it is still there.
    pub names_before: Vec<String>,
    /// For each noun of the version after, its name.
    pub names_after: Vec<String>,
}

impl Joined {
    /// Whether a pair is one noun of both versions, or one of which the other knows nothing; not what a version reads as another.
    #[must_use]
    pub fn is_same(&self, pair: &Pair) -> bool {
        let name =
            |names: &[String], number: Option<u32>| number.and_then(|number| names.get(number as usize)).cloned();
        match (
            name(&self.names_before, pair.before),
            name(&self.names_after, pair.after),
        ) {
            (Some(before), Some(after)) => before == after,
            _ => true,
        }
    }
}

/// Each noun of a later version as that of the one before: itself, what it `was`, or the nearest above it, if that was a leaf or
/// open.
#[must_use]
pub fn read(sort: Sort, after: &[&Noun], before: &[&Noun], was: &Renamed) -> Vec<Option<u32>> {
    let itself = same(sort, after, before, was);
    let known = |number: u32| itself.get(number as usize).copied().flatten();
    let one = |number: u32| known(number).or_else(|| leaf_above(number, after, before, known));
    (0..).map(one).take(after.len()).collect()
}

/// Reads the nouns of a kind side by side.
#[must_use]
pub fn join(sort: Sort, before: &[&Noun], after: &[&Noun], was: &Renamed, becomes: &Renamed) -> Joined {
    let there: Vec<Option<u32>> = same(sort, after, before, was);
    let back: Vec<Option<u32>> = same(sort, before, after, becomes);
    // Either version may say that a noun was renamed.
    let mut identity: BTreeSet<(u32, u32)> = BTreeSet::new();
    identity.extend((0..).zip(&there).filter_map(|(new, old)| Some(((*old)?, new))));
    identity.extend((0..).zip(&back).filter_map(|(old, new)| Some((old, (*new)?))));
    let mut pairs: BTreeSet<Pair> = identity
        .iter()
        .map(|(old, new)| Pair {
            before: Some(*old),
            after: Some(*new),
        })
        .collect();
    let old_of = |new: u32| identity.iter().find(|(_, n)| *n == new).map(|(o, _)| *o);
    let new_of = |old: u32| identity.iter().find(|(o, _)| *o == old).map(|(_, n)| *n);
    for new in (0..).take(after.len()).filter(|new| old_of(*new).is_none()) {
        pairs.insert(Pair {
            before: leaf_above(new, after, before, old_of),
            after: Some(new),
        });
    }
    for old in (0..).take(before.len()).filter(|old| new_of(*old).is_none()) {
        pairs.insert(Pair {
            before: Some(old),
            after: leaf_above(old, before, after, new_of),
        });
    }
    let path = |nouns: &[&Noun], number: u32| nouns.get(number as usize).map(|noun| noun.path.clone());
    Joined {
        pairs: pairs.into_iter().collect(),
        names_before: (0..)
            .zip(before)
            .map(|(old, noun)| {
                new_of(old)
                    .and_then(|new| path(after, new))
                    .unwrap_or_else(|| format!("-{}", noun.path))
            })
            .collect(),
        names_after: after.iter().map(|noun| noun.path.clone()).collect(),
    }
}

/// Each noun as the one of the other version that has its name, or the name that it had, or stands where it stood below a
/// renamed one.
pub(super) fn same(sort: Sort, ours: &[&Noun], theirs: &[&Noun], was: &Renamed) -> Vec<Option<u32>> {
    let known: BTreeMap<(Origin, &str), u32> = (0..)
        .zip(theirs)
        .map(|(number, noun)| ((noun.origin, noun.path.as_str()), number))
        .collect();
    // Only a path may have changed above a noun: the old one is put together from the root.
    let old_path = |path: &str| {
        let mut old = String::new();
        let mut new = String::new();
        for step in path.split('.') {
            let beside = |name: &str| {
                if old.is_empty() {
                    name.to_owned()
                } else {
                    format!("{old}.{name}")
                }
            };
            new = if new.is_empty() {
                step.to_owned()
            } else {
                format!("{new}.{step}")
            };
            old = match was.get(&(sort, new.clone())) {
                Some(was) if known.contains_key(&(Origin::Project, was.as_str())) => was.clone(),
                Some(was) => beside(was),
                None => beside(step),
            };
        }
        old
    };
    let one = |noun: &&Noun| {
        let itself = known.get(&(noun.origin, noun.path.as_str())).copied();
        if noun.origin != Origin::Project {
            return itself;
        }
        itself.or_else(|| known.get(&(Origin::Project, old_path(&noun.path).as_str())).copied())
    };
    ours.iter().map(one).collect()
}

/// The noun of the other version that is nearest above one that it has not, if that is a leaf there, or open.
fn leaf_above(of: u32, ours: &[&Noun], theirs: &[&Noun], read: impl Fn(u32) -> Option<u32>) -> Option<u32> {
    let above = |number: u32| ours.get(number as usize).map_or(&[][..], |noun| noun.above.as_slice());
    let takes = |number: u32| {
        let is_open = theirs.get(number as usize).is_some_and(|noun| noun.open);
        is_open || !theirs.iter().any(|noun| noun.above.contains(&number))
    };
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let mut level: Vec<u32> = above(of).to_vec();
    while !level.is_empty() {
        let known: Vec<u32> = level.iter().filter_map(|number| read(*number)).collect();
        if !known.is_empty() {
            return known.into_iter().find(|number| takes(*number));
        }
        let next = level.iter().flat_map(|number| above(*number)).copied();
        level = next.filter(|number| seen.insert(*number)).collect();
    }
    None
}
