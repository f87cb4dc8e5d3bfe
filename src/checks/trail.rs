//! The chain of edges that leads to a finding: how the thing of a witness belongs to what a sentence names.

use std::collections::BTreeSet;

use super::pairs::{Conflict, SLOTS};
use crate::diagnostic::{Diagnostic, Label, Text};
use crate::graph::span_of;
use crate::meaning::SentenceRef;
use crate::model::Model;
use crate::model::noun::{AnyNoun, Id, Table};
use crate::model::sentence::{Ban, Slot};
use crate::syntax::vocabulary::Kind;

/// Adds how the witness of a conflict belongs to what the statement names and to what the ban names. Nothing is added
/// where both name it themselves.
pub fn conflict(model: &Model, mut found: Diagnostic, statement: SentenceRef, ban: &Ban, at: &Conflict) -> Diagnostic {
    let (data, recipient, purpose) = match statement {
        SentenceRef::Permission(at) => {
            let stated = &model.permissions[at];
            (&stated.data, stated.recipient.as_ref(), stated.purpose.as_ref())
        }
        SentenceRef::Keep(at) => (&model.keeps[at].data, None, model.keeps[at].purpose.as_ref()),
        SentenceRef::Ban(_) => return found,
    };
    let mut steps: Vec<Label> = Vec::new();
    for (slot, atom) in SLOTS.iter().zip(at.point) {
        let Some(atom) = atom else { continue };
        match slot {
            Kind::Data => {
                steps.extend(reach(&model.data, atom, Some(data)));
                steps.extend(reach(&model.data, atom, Some(&ban.data)));
            }
            Kind::Recipient => {
                steps.extend(reach(&model.recipients, atom, recipient));
                steps.extend(reach(&model.recipients, atom, ban.scope.recipient.as_ref()));
            }
            Kind::Purpose => {
                steps.extend(reach(&model.purposes, atom, purpose));
                steps.extend(reach(&model.purposes, atom, ban.scope.purpose.as_ref()));
            }
            _ => {}
        }
    }
    if steps.is_empty() {
        return found;
    }
    found = found.step(span_of(model, statement), "this is permitted");
    for step in steps {
        if !found.trail.contains(&step) {
            found.trail.push(step);
        }
    }
    found.step(ban.span, "this is ruled out")
}

/// The steps from an atom up to the noun through which a slot names it; none if it is named itself, or by `any`.
fn reach<D>(table: &Table<D>, atom: u32, slot: Option<&Slot<D>>) -> Vec<Label> {
    let atom = Id::new(atom);
    let named = |slot: &Slot<D>| {
        let mut names = slot.names.iter().map(|name| name.value);
        names.find(|name| table.below(atom, *name))
    };
    let to = slot.filter(|slot| !slot.any).and_then(named);
    to.map_or_else(Vec::new, |to| upward(table, atom, to))
}

/// The way from a noun up to another of its kind, whatever the kind.
pub fn between(model: &Model, low: AnyNoun, high: AnyNoun) -> Vec<Label> {
    fn of<D>(table: &Table<D>, low: AnyNoun, high: AnyNoun) -> Vec<Label> {
        upward(table, Id::new(low.index), Id::new(high.index))
    }
    match low.kind {
        kind if kind != high.kind => Vec::new(),
        Kind::Data => of(&model.data, low, high),
        Kind::Purpose => of(&model.purposes, low, high),
        Kind::Basis => of(&model.bases, low, high),
        Kind::Recipient => of(&model.recipients, low, high),
        Kind::Source => of(&model.sources, low, high),
        Kind::Subject => of(&model.subjects, low, high),
        Kind::Right => of(&model.rights, low, high),
        Kind::Measure => of(&model.measures, low, high),
        Kind::Duty => of(&model.duties, low, high),
        _ => Vec::new(),
    }
}

/// A shortest way up the order, an edge a step: children by their parents, others by what they `is`.
pub fn upward<D>(table: &Table<D>, from: Id<D>, to: Id<D>) -> Vec<Label> {
    let mut seen = BTreeSet::from([from]);
    let mut ways: Vec<Vec<Id<D>>> = vec![vec![from]];
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let Some(last) = way.last().copied() else { continue };
            if last == to {
                return way
                    .iter()
                    .zip(way.iter().skip(1))
                    .map(|(low, high)| edge(table, *low, *high))
                    .collect();
            }
            for high in table.above(last) {
                if seen.insert(high) {
                    longer.push([way.as_slice(), &[high]].concat());
                }
            }
        }
        ways = longer;
    }
    Vec::new()
}

fn edge<D>(table: &Table<D>, low: Id<D>, high: Id<D>) -> Label {
    let text = match table[low].parent == Some(high) {
        true => Text::new("`{low}` is part of `{high}`"),
        false => Text::new("`{low}` is declared as `{high}`"),
    };
    Label {
        span: table[low].header,
        text: text
            .with("low", table[low].path.clone())
            .with("high", table[high].path.clone()),
    }
}
