//! What was added since an earlier version (M14): a consent that was given before does not cover it.

mod area;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::Day;
use kupuya_runtime::wire::{Act, BundleContent, Grant, Later, Noun, Origin, Region};

use crate::model::Model;
use crate::model::noun::Table;
use area::{Area, Set, cut, split};
use terms::as_wide;

/// Why a bundle is no earlier version of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPrevious {
    /// The policy says no day from which it is in force.
    NoDay,
    /// It is of another policy.
    OtherPolicy {
        /// Its name.
        name: String,
    },
    /// It begins on the same day or later.
    NotBefore {
        /// When it begins.
        begins: Option<Day>,
    },
}

/// A consent that must be given anew.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reconsent {
    /// The consent.
    pub basis: String,
    /// The sentence, by its printed id.
    pub rule: String,
    /// The data for which something was added.
    pub data: Vec<String>,
}

/// Marks what a policy adds to what its consents cover. Gives the consents that must be given anew from its first day on.
///
/// # Errors
/// See [`NotPrevious`].
pub fn since(model: &Model, content: &mut BundleContent, old: &BundleContent) -> Result<Vec<Reconsent>, NotPrevious> {
    if content.policy != old.policy {
        return Err(NotPrevious::OtherPolicy {
            name: old.policy.clone(),
        });
    }
    let begins = content.begins.ok_or(NotPrevious::NoDay)?;
    if old.begins.is_some_and(|old| old >= begins) {
        return Err(NotPrevious::NotBefore { begins: old.begins });
    }
    let reading = Reading::new(model, content, old);
    let all: Vec<Vec<Later>> = content
        .grants
        .iter()
        .map(|grant| reading.later(grant, begins))
        .collect();
    let mut anew = Vec::new();
    for (grant, later) in content.grants.iter().zip(&all) {
        let mut by_basis: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
        for one in later.iter().filter(|one| one.since == begins) {
            let named = by_basis.entry(one.basis).or_default();
            let atoms = reading.set(1, one.region.data.as_deref());
            named.extend(
                atoms
                    .iter()
                    .filter_map(|atom| Some(content.data.get(*atom as usize)?.path.as_str())),
            );
        }
        anew.extend(by_basis.into_iter().map(|(basis, data)| Reconsent {
            basis: path(content.bases.get(basis as usize).map(|basis| &basis.noun)),
            rule: grant.head.id.clone(),
            data: data.into_iter().map(str::to_owned).collect(),
        }));
    }
    for (grant, later) in content.grants.iter_mut().zip(all) {
        grant.later = later;
    }
    anew.sort();
    Ok(anew)
}

/// How the nouns of one version are read in the other.
struct Reading<'a> {
    new: &'a BundleContent,
    old: &'a BundleContent,
    /// For each slot, for each noun the noun of the earlier version that it is read as.
    slots: [Vec<Option<u32>>; 5],
    bases: Vec<Option<u32>>,
}

impl<'a> Reading<'a> {
    fn new(model: &Model, new: &'a BundleContent, old: &'a BundleContent) -> Reading<'a> {
        let nouns = |content: &'a BundleContent| -> [Vec<&'a Noun>; 6] {
            [
                content.controllers.iter().map(|one| &one.noun).collect(),
                content.data.iter().collect(),
                content.sources.iter().collect(),
                content.purposes.iter().collect(),
                content.recipients.iter().map(|one| &one.noun).collect(),
                content.bases.iter().map(|one| &one.noun).collect(),
            ]
        };
        let (ours, theirs) = (nouns(new), nouns(old));
        let [by, data, source, purpose, recipient, basis] = &ours;
        let [old_by, old_data, old_source, old_purpose, old_recipient, old_basis] = &theirs;
        Reading {
            new,
            old,
            slots: [
                read(by, old_by, &renamed(&model.controllers)),
                read(data, old_data, &renamed(&model.data)),
                read(source, old_source, &renamed(&model.sources)),
                read(purpose, old_purpose, &renamed(&model.purposes)),
                read(recipient, old_recipient, &renamed(&model.recipients)),
            ],
            bases: read(basis, old_basis, &renamed(&model.bases)),
        }
    }

    /// The atoms of a side of a new box.
    fn set(&self, slot: usize, side: Option<&[u32]>) -> Set {
        let count = self.slots.get(slot).map_or(0, Vec::len);
        match side {
            Some(atoms) => atoms.iter().copied().collect(),
            None => (0..u32::try_from(count.max(1)).unwrap_or(1)).collect(),
        }
    }

    /// The new atoms that are read as atoms of a side of an old box.
    fn old_set(&self, slot: usize, side: Option<&[u32]>) -> Set {
        let read = self.slots.get(slot).map_or(&[][..], Vec::as_slice);
        if read.is_empty() {
            return Set::from([0]);
        }
        let inside = |old: &u32| side.is_none_or(|side| side.contains(old));
        let numbered = (0..).zip(read);
        numbered
            .filter(|(_, old)| old.as_ref().is_some_and(inside))
            .map(|(new, _)| new)
            .collect()
    }

    fn area(region: &Region, act: Act, set: impl Fn(usize, Option<&[u32]>) -> Set) -> Area {
        let has_recipient = act.has_recipient() || act == Act::Publish;
        let absent = || Set::from([0]);
        [
            set(0, region.by.as_deref()),
            set(1, region.data.as_deref()),
            if act.has_source() {
                set(2, region.source.as_deref())
            } else {
                absent()
            },
            set(3, region.purpose.as_deref()),
            if has_recipient {
                set(4, region.recipient.as_deref())
            } else {
                absent()
            },
        ]
    }

    /// What a sentence adds to what its consents cover.
    fn later(&self, grant: &Grant, begins: Day) -> Vec<Later> {
        let is_consent = |basis: &u32| self.new.bases.get(*basis as usize).is_some_and(|basis| basis.consent);
        let consents: BTreeSet<u32> = grant.ways.iter().flatten().copied().filter(is_consent).collect();
        let mut merged: BTreeMap<(u32, Day, Region), BTreeSet<Act>> = BTreeMap::new();
        for consent in consents {
            for act in Act::ALL {
                let pieces = self.covered(grant, consent, act);
                for region in grant.regions.iter().filter(|region| region.acts.contains(&act)) {
                    let area = Self::area(region, act, |slot, side| self.set(slot, side));
                    for (since, area) in split(area, &pieces, begins) {
                        let region = self.region(&area, act);
                        merged.entry((consent, since, region)).or_default().insert(act);
                    }
                }
            }
        }
        let later = merged.into_iter().map(|((basis, since, region), acts)| Later {
            basis,
            since,
            region: Region {
                acts: acts.into_iter().collect(),
                ..region
            },
        });
        let mut later: Vec<Later> = later.collect();
        later.sort();
        later
    }

    /// What the earlier version covered with a consent, and since when, the oldest first.
    fn covered(&self, grant: &Grant, consent: u32, act: Act) -> Vec<(Option<Day>, Area)> {
        let Some(consent) = self.bases.get(consent as usize).copied().flatten() else {
            return Vec::new();
        };
        let old_set = |slot, side: Option<&[u32]>| self.old_set(slot, side);
        let mut pieces = Vec::new();
        for old in &self.old.grants {
            if !old.ways.iter().any(|way| way.contains(&consent)) || !as_wide(self.old, old, self.new, grant) {
                continue;
            }
            let added = old
                .later
                .iter()
                .filter(|one| one.basis == consent && one.region.acts.contains(&act));
            let added: Vec<(Option<Day>, Area)> = added
                .map(|one| (Some(one.since), Self::area(&one.region, act, old_set)))
                .collect();
            for region in old.regions.iter().filter(|region| region.acts.contains(&act)) {
                let mut left = vec![Self::area(region, act, old_set)];
                for (since, area) in &added {
                    let parts: Vec<_> = left.iter().map(|part| cut(part, area)).collect();
                    left = parts.iter().flat_map(|(_, rest)| rest.clone()).collect();
                    pieces.extend(parts.into_iter().filter_map(|(both, _)| Some((*since, both?))));
                }
                pieces.extend(left.into_iter().map(|area| (None, area)));
            }
        }
        pieces.sort_by_key(|(since, _)| *since);
        pieces
    }

    fn region(&self, area: &Area, act: Act) -> Region {
        let [by, data, source, purpose, recipient] = area;
        let side = |slot: usize, set: &Set| {
            let whole = set.len() >= self.slots.get(slot).map_or(0, Vec::len).max(1);
            (!whole).then(|| set.iter().copied().collect())
        };
        let has_recipient = act.has_recipient() || act == Act::Publish;
        Region {
            acts: Vec::new(),
            by: side(0, by),
            data: side(1, data),
            source: if act.has_source() { side(2, source) } else { None },
            purpose: side(3, purpose),
            recipient: if has_recipient { side(4, recipient) } else { None },
        }
    }
}

/// Each new noun as a noun of the earlier version, by origin and path: itself, what it `was`, or the nearest above it, if that was a leaf.
fn read(new: &[&Noun], old: &[&Noun], renamed: &BTreeMap<String, String>) -> Vec<Option<u32>> {
    let named = (0..)
        .zip(old)
        .map(|(number, noun)| ((noun.origin, noun.path.as_str()), number));
    let numbers: BTreeMap<(Origin, &str), u32> = named.collect();
    let is_leaf = |number: u32| !old.iter().any(|noun| noun.above.contains(&number));
    let itself = |noun: &Noun| {
        let known = |path: &str| numbers.get(&(noun.origin, path)).copied();
        let beside = |was: &String| {
            let (parent, _) = noun.path.rsplit_once('.')?;
            known(&[parent, was].join("."))
        };
        let was = renamed.get(&noun.path).filter(|_| noun.origin == Origin::Project);
        known(&noun.path).or_else(|| was.and_then(|was| known(was).or_else(|| beside(was))))
    };
    let one = |noun: &&Noun| {
        if let Some(number) = itself(noun) {
            return Some(number);
        }
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        let mut level: Vec<u32> = noun.above.clone();
        while !level.is_empty() {
            let known = level.iter().filter_map(|above| itself(new.get(*above as usize)?));
            let known: Vec<u32> = known.collect();
            if !known.is_empty() {
                return known.into_iter().find(|number| is_leaf(*number));
            }
            let next = level
                .iter()
                .filter_map(|above| new.get(*above as usize))
                .flat_map(|noun| &noun.above);
            level = next.copied().filter(|above| seen.insert(*above)).collect();
        }
        None
    };
    new.iter().map(one).collect()
}

/// The nouns that had another name in the version before.
fn renamed<D>(table: &Table<D>) -> BTreeMap<String, String> {
    let named = table
        .iter()
        .filter_map(|(_, noun)| Some((noun.path.clone(), noun.was.as_ref()?.value.clone())));
    named.collect()
}

fn path(noun: Option<&Noun>) -> String {
    noun.map(|noun| noun.path.clone()).unwrap_or_default()
}
