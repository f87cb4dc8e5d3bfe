//! `purpose_creep`: data are used or given away for a purpose for which nothing collects them.

use std::collections::{BTreeMap, BTreeSet};

use super::flows::{Collected, collected_for, some};
use super::near::Near;
use super::tree::maximal;
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::span_of;
use crate::meaning::{Grant, Region, SentenceRef, uses};
use crate::model::Model;
use crate::model::noun::{Basis, Data, Id, Purpose, Table};
use crate::model::sentence::Act;
use crate::source::{Origin, Span};

/// What creeps in one statement.
struct Creep {
    block: usize,
    span: Span,
    data: BTreeSet<Id<Data>>,
    purposes: BTreeSet<Id<Purpose>>,
}

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let collected = collected_for(facts);
    let near = Near::of(facts.meaning);
    let grants = facts.meaning.grants.iter();
    let mut all: Vec<Creep> = grants
        .filter_map(|grant| creep(facts.model, &collected, grant))
        .collect();
    all.sort_by_key(|creep| creep.span);
    let mut found: BTreeMap<usize, (Diagnostic, usize)> = BTreeMap::new();
    for creep in all {
        // One finding a block: its statements mostly have the same cause.
        match found.get_mut(&creep.block) {
            Some((diagnostic, more)) => {
                *more += 1;
                if *more <= 3 {
                    diagnostic.labels.push(crate::diagnostic::Label {
                        span: creep.span,
                        text: told(facts.model, &creep),
                    });
                }
            }
            None => {
                found.insert(creep.block, (of(facts, &near, &creep), 0));
            }
        }
    }
    found.into_values().map(|(diagnostic, _)| diagnostic).collect()
}

fn of(facts: &Facts<'_>, near: &Near<'_>, creep: &Creep) -> Diagnostic {
    let diagnostic = finding(
        "purpose_creep",
        "data are processed for a purpose for which nothing collects them",
        creep.span,
        told(facts.model, creep),
    )
    .because("data may be used only for the purposes that were stated when they were collected")
    .help("name the purpose where the data are collected, or collect them for it by a sentence of its own");
    let collects = |grant: &&Grant| {
        let mut regions = grant
            .regions
            .iter()
            .filter(|region| region.acts.contains(&Act::Collect));
        regions.any(|region| {
            let mut data = creep.data.iter();
            data.any(|id| region.data.as_ref().is_none_or(|all| all.binary_search(id).is_ok()))
        })
    };
    let data = Region {
        data: Some(creep.data.iter().copied().collect()),
        ..Region::default()
    };
    let collecting = near.statements(&data).map(|(_, grant)| grant).filter(collects);
    match collecting.map(|grant| span_of(facts.model, grant.sentence)).min() {
        Some(span) => diagnostic.and(span, "collected for something else"),
        None => diagnostic,
    }
}

fn told(model: &Model, creep: &Creep) -> Text {
    let data = names(&model.data, &creep.data);
    let purposes = names(&model.purposes, &creep.purposes);
    Text::new("{data} for {purposes}")
        .with("data", some(&data))
        .with("purposes", some(&purposes))
}

fn names<'a, D>(table: &'a Table<D>, ids: &BTreeSet<Id<D>>) -> Vec<&'a str> {
    let ids: Vec<Id<D>> = ids.iter().copied().collect();
    let top = maximal(table, &ids);
    let shown = if top.is_empty() { ids } else { top };
    shown.iter().map(|id| table[*id].path.as_str()).collect()
}

fn creep(model: &Model, collected: &Collected, grant: &Grant) -> Option<Creep> {
    let SentenceRef::Permission(at) = grant.sentence else {
        return None;
    };
    if grant.ways.iter().all(|way| way.is_empty() || by_law(model, way)) {
        return None;
    }
    let mut creep = Creep {
        block: model.permissions[at].stated.block,
        span: model.permissions[at].stated.span,
        data: BTreeSet::new(),
        purposes: BTreeSet::new(),
    };
    for region in grant.regions.iter().filter(|region| region.acts.iter().any(uses)) {
        for id in own(&model.data, &region.data) {
            let Some(Some(known)) = collected.get(&id) else {
                continue;
            };
            for purpose in own(&model.purposes, &region.purpose) {
                if !known.contains(&purpose) {
                    creep.data.insert(id);
                    creep.purposes.insert(purpose);
                }
            }
        }
    }
    (!creep.data.is_empty()).then_some(creep)
}

/// What the law itself demands needs no purpose stated at collection.
fn by_law(model: &Model, way: &[Id<Basis>]) -> bool {
    let mut above = way
        .iter()
        .flat_map(|basis| model.bases.up(*basis))
        .map(|id| &model.bases[id]);
    above.any(|noun| {
        noun.origin != Origin::Project && ["legal_duty", "vital", "public_task"].contains(&noun.path.as_str())
    })
}

/// The project's atoms of a slot.
fn own<D>(table: &Table<D>, slot: &Option<Vec<Id<D>>>) -> Vec<Id<D>> {
    let mut ids: Vec<Id<D>> = match slot {
        Some(ids) => ids.clone(),
        None => table.ids().collect(),
    };
    ids.retain(|id| table[*id].origin == Origin::Project);
    ids
}
