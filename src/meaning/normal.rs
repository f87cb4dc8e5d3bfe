//! Sentences in normal form: boxes, ways and guards of statements and keeps (M7), parts of bans (M8).

use std::collections::{BTreeMap, BTreeSet};

use super::slots::{SlotKind, fits};
use super::{BanMeaning, CapMeaning, Grant, Meaning, Region, SentenceId, SentenceRef, Strike};
use crate::model::Model;
use crate::model::noun::{Basis, Data, Id, Purpose, Table};
use crate::model::sentence::{Act, Ban, Disposal, Guard, Keep, Permission, Scope, Slot};
use crate::source::Spanned;

/// All sentences, without ids yet.
pub(super) fn sentences(model: &Model) -> Meaning {
    let mut meaning = Meaning::default();
    let purposes = BlockPurposes::all(model);
    let none = BlockPurposes::default();
    let of = |block: usize| purposes.get(block).unwrap_or(&none);
    for (index, permission) in model.permissions.iter().enumerate() {
        meaning
            .grants
            .push(statement(model, index, permission, of(permission.stated.block)));
    }
    for (index, keep) in model.keeps.iter().enumerate() {
        meaning
            .grants
            .push(retention(model, index, keep, of(keep.stated.block)));
    }
    for (index, ban) in model.bans.iter().enumerate() {
        match ban.cap {
            Some(at_most) if ban.enforced => meaning.caps.push(cap(model, index, ban, at_most.value)),
            Some(at_most) => meaning.checked_caps.push(cap(model, index, ban, at_most.value)),
            None if ban.enforced => meaning.bans.push(prohibition(model, index, ban)),
            None => meaning.checked.push(prohibition(model, index, ban)),
        }
    }
    meaning
}

/// Whether the purposes of a verb are those for which a block collects and keeps the same data (M7).
pub fn uses(act: &Act) -> bool {
    matches!(act, Act::Use | Act::Profile | Act::Share | Act::Publish)
}

/// For which purposes a block uses, profiles, shares or publishes each atom (M7).
#[derive(Clone, Debug, Default)]
struct BlockPurposes {
    by_atom: BTreeMap<Id<Data>, BTreeSet<Id<Purpose>>>,
    all: BTreeSet<Id<Purpose>>,
}

impl BlockPurposes {
    fn all(model: &Model) -> Vec<BlockPurposes> {
        let mut blocks = vec![BlockPurposes::default(); model.blocks.len()];
        for permission in &model.permissions {
            let (Some(block), Some(purpose)) = (blocks.get_mut(permission.stated.block), &permission.purpose) else {
                continue;
            };
            block.all.extend(&purpose.atoms);
            if permission.acts.iter().any(uses) {
                for atom in &permission.data.atoms {
                    block.by_atom.entry(*atom).or_default().extend(&purpose.atoms);
                }
            }
        }
        blocks
    }

    /// Boxes like this one, with the block's purposes atom by atom; an atom that the block uses for nothing is in none.
    fn spread(&self, region: &Region, data: &[Id<Data>]) -> Vec<Region> {
        let mut alike: BTreeMap<&BTreeSet<Id<Purpose>>, Vec<Id<Data>>> = BTreeMap::new();
        for atom in data {
            if let Some(purposes) = self.by_atom.get(atom) {
                alike.entry(purposes).or_default().push(*atom);
            }
        }
        let boxes = alike.into_iter().map(|(purposes, data)| Region {
            data: Some(data),
            purpose: Some(purposes.iter().copied().collect()),
            ..region.clone()
        });
        boxes.collect()
    }
}

fn statement(model: &Model, index: usize, permission: &Permission, block: &BlockPurposes) -> Grant {
    let region = Region {
        acts: permission.acts.clone(),
        by: side(&permission.by, &model.controllers),
        data: side(&permission.data, &model.data),
        source: side(&permission.source, &model.sources),
        purpose: None,
        recipient: permission
            .recipient
            .as_ref()
            .and_then(|slot| side(slot, &model.recipients)),
    };
    let has_purpose = permission.acts.iter().any(|act| act.has(SlotKind::Purpose));
    let justifying: Vec<Id<Purpose>> = match &permission.purpose {
        Some(purpose) => purpose.atoms.clone(),
        None => block.all.iter().copied().collect(),
    };
    let regions = match &permission.purpose {
        Some(purpose) => vec![Region {
            purpose: side(purpose, &model.purposes),
            ..region
        }],
        None if has_purpose => block.spread(&region, &permission.data.atoms),
        None => vec![Region {
            purpose: Some(justifying.clone()),
            ..region
        }],
    };
    Grant {
        sentence: SentenceRef::Permission(index),
        id: SentenceId::default(),
        regions,
        ways: ways(&permission.bases, &model.bases),
        guard: permission.guard.clone(),
        block_purposes: justifying,
    }
}

fn retention(model: &Model, index: usize, keep: &Keep, block: &BlockPurposes) -> Grant {
    let mut acts = vec![Act::Store];
    if keep.disposal == Some(Disposal::Anonymise) {
        acts.push(Act::Anonymise);
    }
    let region = Region {
        acts,
        by: side(&keep.by, &model.controllers),
        data: side(&keep.data, &model.data),
        ..Region::default()
    };
    let regions = match &keep.purpose {
        Some(purpose) => vec![Region {
            purpose: Some(purpose.atoms.clone()),
            ..region
        }],
        None => block.spread(&region, &keep.data.atoms),
    };
    let justifying: BTreeSet<Id<Purpose>> = regions
        .iter()
        .flat_map(|region| &region.purpose)
        .flatten()
        .copied()
        .collect();
    Grant {
        sentence: SentenceRef::Keep(index),
        id: SentenceId::default(),
        regions,
        ways: ways(&keep.bases, &model.bases),
        guard: keep.guard.clone(),
        block_purposes: justifying.into_iter().collect(),
    }
}

/// The alternatives of `under` as sets, sorted by name so that the order written does not matter. None: one empty set.
fn ways(alternatives: &[Vec<Spanned<Id<Basis>>>], table: &Table<Basis>) -> Vec<Vec<Id<Basis>>> {
    let name = |basis: &Id<Basis>| (table[*basis].origin, table[*basis].path.clone());
    let mut ways: Vec<Vec<Id<Basis>>> = alternatives
        .iter()
        .map(|all| {
            let mut set: Vec<Id<Basis>> = all.iter().map(|basis| basis.value).collect();
            set.sort_by_cached_key(name);
            set.dedup();
            set
        })
        .collect();
    ways.sort_by_cached_key(|set| set.iter().map(name).collect::<Vec<_>>());
    ways.dedup();
    if ways.is_empty() {
        ways.push(Vec::new());
    }
    ways
}

fn prohibition(model: &Model, index: usize, ban: &Ban) -> BanMeaning {
    // A ban over several verbs covers those that have all the slots it names; behind `only`, those of one alternative.
    let covered =
        |act: &Act| fits(*act, &ban.scope) && (ban.only.is_empty() || ban.only.iter().any(|scope| fits(*act, scope)));
    let acts: Vec<Act> = ban.acts.iter().copied().filter(covered).collect();
    let part = |scope: &Scope| {
        let acts = acts.iter().copied().filter(|act| fits(*act, scope)).collect();
        strike(model, acts, &ban.data, scope)
    };
    BanMeaning {
        sentence: SentenceRef::Ban(index),
        id: SentenceId::default(),
        limits: part(&ban.scope),
        except: ban.only.iter().map(part).collect(),
    }
}

fn cap(model: &Model, index: usize, ban: &Ban, at_most: crate::syntax::ast::Period) -> CapMeaning {
    CapMeaning {
        sentence: SentenceRef::Ban(index),
        id: SentenceId::default(),
        limits: strike(model, vec![Act::Store], &ban.data, &ban.scope),
        at_most,
    }
}

fn strike(model: &Model, acts: Vec<Act>, data: &Slot<Data>, scope: &Scope) -> Strike {
    Strike {
        region: Region {
            acts,
            by: scope.by.as_ref().and_then(|slot| side(slot, &model.controllers)),
            data: side(data, &model.data),
            source: scope.source.as_ref().and_then(|slot| side(slot, &model.sources)),
            purpose: scope.purpose.as_ref().and_then(|slot| side(slot, &model.purposes)),
            recipient: scope.recipient.as_ref().and_then(|slot| side(slot, &model.recipients)),
        },
        under: scope.under.clone(),
        guard: scope.guard.clone().unwrap_or_else(Guard::always),
    }
}

/// A side of a box; `None` if it holds every atom, also if nothing of the kind is declared.
fn side<D>(slot: &Slot<D>, table: &Table<D>) -> Option<Vec<Id<D>>> {
    let all = slot.is_whole() || slot.atoms.len() >= table.len();
    (!all).then(|| slot.atoms.clone())
}
