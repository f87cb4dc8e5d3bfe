//! What was added since an earlier version (M14): a consent that was given before does not cover it.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{Act, BundleContent, End, Grant, Later, Literal, Noun, Origin, Place, Region};
use kupuya_runtime::{Day, Period, Unit};

use crate::model::Model;
use crate::model::noun::Table;

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

/// More pieces than this, and all of a sentence counts as added.
const PIECES: usize = 4096;
/// How deep guards of classes hang on each other.
const DEPTH: u32 = 8;

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

type Set = BTreeSet<u32>;
/// By, data, source, purpose, recipient; a slot that the verb has not holds one atom.
type Area = [Set; 5];

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
            if !old.ways.iter().any(|way| way.contains(&consent)) || !self.as_wide(old, grant) {
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

    /// Whether an old sentence held whenever a new one holds, and kept as long: where that cannot be seen, it did not.
    fn as_wide(&self, old: &Grant, new: &Grant) -> bool {
        let (ours, theirs) = (guard(self.new, new.guard, DEPTH), guard(self.old, old.guard, DEPTH));
        let always = theirs.iter().any(BTreeSet::is_empty);
        let kept = match (&new.keep, &old.keep) {
            (Some(new), Some(old)) => {
                let terms = |content: &BundleContent, keep: &kupuya_runtime::wire::Retention| {
                    (keep.end.as_ref().map(|end| self::end(content, end)), keep.at_least)
                };
                let no_longer = |new: Option<Period>, old: Option<Period>| match (new, old) {
                    (_, None) => true,
                    (None, Some(_)) => false,
                    (Some(new), Some(old)) => shorter(new, old),
                };
                terms(self.new, new) == terms(self.old, old) && no_longer(new.at_most, old.at_most)
                    || simple(&new.end)
                        .zip(simple(&old.end))
                        .is_some_and(|(new, old)| shorter(new, old))
                        && (new.at_most, new.at_least) == (old.at_most, old.at_least)
            }
            (None, None) => true,
            _ => false,
        };
        kept && (always || ours == theirs)
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

/// The parts of an area that were added, with the day since which they have been there.
fn split(area: Area, pieces: &[(Option<Day>, Area)], begins: Day) -> Vec<(Day, Area)> {
    let mut found = Vec::new();
    let mut left = vec![area.clone()];
    for (since, piece) in pieces {
        let mut rest = Vec::new();
        for part in &left {
            let (both, outside) = cut(part, piece);
            found.extend(since.zip(both));
            rest.extend(outside);
        }
        left = rest;
        if left.len() + found.len() > PIECES {
            return vec![(begins, area)];
        }
    }
    found.extend(left.into_iter().map(|area| (begins, area)));
    found
}

/// What two areas have in common, and what is only in the first.
fn cut(area: &Area, other: &Area) -> (Option<Area>, Vec<Area>) {
    let mut both = area.clone();
    for (ours, theirs) in both.iter_mut().zip(other) {
        ours.retain(|atom| theirs.contains(atom));
    }
    if both.iter().any(BTreeSet::is_empty) {
        return (None, vec![area.clone()]);
    }
    let mut rest = Vec::new();
    let mut inside = area.clone();
    for slot in 0..inside.len() {
        let outside = area.get(slot).zip(other.get(slot));
        let outside: Set = outside.map_or_else(Set::new, |(ours, theirs)| ours.difference(theirs).copied().collect());
        if !outside.is_empty() {
            let mut part = inside.clone();
            if let Some(side) = part.get_mut(slot) {
                *side = outside;
            }
            rest.push(part);
        }
        if let Some((side, both)) = inside.get_mut(slot).zip(both.get(slot)) {
            side.clone_from(both);
        }
    }
    (Some(both), rest)
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

/// A literal in names, so that those of two versions can be compared.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    Fact(Named),
    Class(Named, Option<Asking>),
    /// A class that hangs on others deeper than anyone looks: of no other version the same.
    Deep(String),
    Place(Named),
    Other(Literal),
}

type Named = Option<(Origin, String)>;
type Asking = BTreeSet<BTreeSet<(Asked, bool)>>;

fn guard(content: &BundleContent, number: u32, depth: u32) -> Asking {
    let one = |(literal, sign): &(u32, bool)| {
        let asked = match content.literals.get(*literal as usize) {
            Some(Literal::Fact(fact)) => Asked::Fact(named(content.facts.get(*fact as usize))),
            Some(Literal::Class(class)) => {
                let class = content.subjects.get(*class as usize);
                match (class.and_then(|class| class.when), depth.checked_sub(1)) {
                    (Some(_), None) => Asked::Deep(content.meaning.clone()),
                    (when, depth) => Asked::Class(
                        named(class.map(|class| &class.noun)),
                        when.zip(depth).map(|(when, depth)| guard(content, when, depth)),
                    ),
                }
            }
            Some(Literal::Place(Place::In(country))) => Asked::Place(named(content.countries.get(*country as usize))),
            Some(Literal::Place(Place::Abroad)) | None => Asked::Place(None),
            Some(other) => Asked::Other(*other),
        };
        (asked, *sign)
    };
    let all = content.guards.get(number as usize);
    all.into_iter()
        .flatten()
        .map(|all| all.iter().map(one).collect())
        .collect()
}

/// When a keep ends, in names.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ends {
    Event(Named),
    Date(Day),
    After(Period, Option<Box<Ends>>),
    Or(BTreeSet<Ends>),
    And(BTreeSet<Ends>),
}

fn end(content: &BundleContent, of: &End) -> Ends {
    let all = |ends: &[End]| ends.iter().map(|one| end(content, one)).collect();
    match of {
        End::Event(event) => Ends::Event(named(content.facts.get(*event as usize))),
        End::Date(day) => Ends::Date(*day),
        End::After(period, after) => Ends::After(*period, after.as_ref().map(|one| Box::new(end(content, one)))),
        End::Or(ends) => Ends::Or(all(ends)),
        End::And(ends) => Ends::And(all(ends)),
    }
}

/// An end that is nothing but a period after collection.
fn simple(end: &Option<End>) -> Option<Period> {
    match end {
        Some(End::After(period, None)) => Some(*period),
        _ => None,
    }
}

/// Whether a period is surely no longer than another: of one unit, since months have no one length.
fn shorter(new: Period, old: Period) -> bool {
    let months = |period: Period| match period.unit {
        Unit::Month => Some(u64::from(period.count)),
        Unit::Year => Some(u64::from(period.count) * 12),
        _ => None,
    };
    let days = |period: Period| match period.unit {
        Unit::Day => Some(u64::from(period.count)),
        Unit::Week => Some(u64::from(period.count) * 7),
        _ => None,
    };
    let less = |count: fn(u64, u64) -> bool, of: &dyn Fn(Period) -> Option<u64>| {
        of(new).zip(of(old)).is_some_and(|(new, old)| count(new, old))
    };
    new == old || less(|new, old| new <= old, &months) || less(|new, old| new <= old, &days)
}

fn named(noun: Option<&Noun>) -> Named {
    noun.map(|noun| (noun.origin, noun.path.clone()))
}

fn path(noun: Option<&Noun>) -> String {
    noun.map(|noun| noun.path.clone()).unwrap_or_default()
}
