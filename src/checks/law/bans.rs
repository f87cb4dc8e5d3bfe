//! Promises and restrictions of packs against the project's statements (M11), under the code of their rule.

use std::collections::{BTreeSet, HashMap};

use super::report::{base, the_rule};
use crate::checks::pairs::Conflict;
use crate::checks::witness;
use crate::diagnostic::{Diagnostic, Label, Text};
use crate::graph::span_of;
use crate::meaning::{Grant, SentenceRef};
use crate::model::sentence::Ban;
use crate::model::{Model, Rule};
use crate::source::{Span, Spanned};

/// A request that a ban strikes.
const EXAMPLE: &str = "for example `{request}`";

/// The finding of one ban against one statement.
pub fn finding(model: &Model, rule: &Rule, ban: &Ban, grant: &Grant, conflict: &Conflict) -> Diagnostic {
    let statement = span_of(model, grant.sentence);
    let request = witness::sentence(model, conflict);
    let label = rule.summary();
    let on_basis = ban.scope.under.is_some() || ban.only.iter().any(|scope| scope.under.is_some());
    let basis = if on_basis {
        basis_place(model, grant, conflict)
    } else {
        None
    };
    let names: Vec<&str> = conflict.way.iter().map(|id| model.bases[*id].path.as_str()).collect();
    let names = names.join(" and ");
    let (at, message, here) = match basis {
        Some(at) => (
            at,
            Text::new("`{basis}` does not permit this: {rule}").with("basis", names.clone()),
            Text::new("relied on here"),
        ),
        None => (
            statement,
            Text::new("`{pack}` does not permit this: {rule}").with("pack", pack_of(model, rule)),
            Text::new("stated here"),
        ),
    };
    let mut diagnostic = of_rule(model, rule, message.with("rule", label), at, here);
    diagnostic.help = rule.advice();
    diagnostic.witness = Some(witness::of(model, conflict));
    let example = Text::new(EXAMPLE).with("request", request);
    if basis.is_some() {
        diagnostic = diagnostic.and(statement, example);
    } else if let Some(place) = diagnostic.labels.first_mut() {
        place.text = example;
    }
    diagnostic.and(ban.span, the_rule(rule))
}

/// The name of a rule's pack: not every pack is a law.
fn pack_of(model: &Model, rule: &Rule) -> String {
    model
        .packs
        .get(rule.pack)
        .map(|pack| pack.name.clone())
        .unwrap_or_default()
}

/// A finding of a rule, with its article.
pub fn of_rule(model: &Model, rule: &Rule, message: Text, at: Span, here: Text) -> Diagnostic {
    match model.packs.get(rule.pack) {
        Some(pack) => base(pack, rule, rule.severity, message, at, here),
        None => Diagnostic::new(rule.code.clone(), rule.severity, message, at, here),
    }
}

/// Whether a ban depends on what a statement relies on.
pub fn asks_basis(ban: &Ban) -> bool {
    ban.scope.under.is_some() || ban.only.iter().any(|scope| scope.under.is_some())
}

/// Where the bases of the way that is struck are written: in the sentence or in its block.
pub fn basis_place(model: &Model, grant: &Grant, conflict: &Conflict) -> Option<Span> {
    let bases = match grant.sentence {
        SentenceRef::Permission(at) => &model.permissions[at].bases,
        SentenceRef::Keep(at) => &model.keeps[at].bases,
        SentenceRef::Ban(_) => return None,
    };
    let struck: BTreeSet<_> = conflict.way.iter().copied().collect();
    let way = bases
        .iter()
        .find(|way| way.iter().map(|basis| basis.value).collect::<BTreeSet<_>>() == struck)?;
    let spans = way.iter().map(|Spanned { span, .. }| *span);
    spans.reduce(|a, b| if a.source == b.source { a.to(b) } else { a })
}

/// One finding for each rule and place to edit: statements that share a block's basis are told together.
pub fn merged(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    const SHOWN: usize = 3;
    let mut all: Vec<(Diagnostic, usize)> = Vec::new();
    let mut places: HashMap<(String, Option<Span>), usize> = HashMap::new();
    for diagnostic in found {
        let key = (diagnostic.code.clone(), diagnostic.place());
        let known = places.get(&key).filter(|_| diagnostic.code != "conflict");
        let Some((first, more)) = known.and_then(|at| all.get_mut(*at)) else {
            places.insert(key, all.len());
            all.push((diagnostic, 0));
            continue;
        };
        let others = diagnostic.labels.len().saturating_sub(1);
        let statements = diagnostic.labels.into_iter().skip(1).take(others.saturating_sub(1));
        for label in statements {
            let shown = first
                .labels
                .iter()
                .filter(|known| known.text.template == label.text.template)
                .count();
            if first.labels.contains(&label) {
                continue;
            }
            if shown < SHOWN {
                let before_rule = first.labels.len() - 1;
                first.labels.insert(before_rule, label);
            } else {
                *more += 1;
            }
        }
    }
    all.into_iter()
        .map(|(diagnostic, more)| match more {
            0 => diagnostic,
            more => counted(diagnostic, more),
        })
        .collect()
}

/// Says of the last example how many statements are like it.
fn counted(mut diagnostic: Diagnostic, more: usize) -> Diagnostic {
    let example = |label: &&mut Label| label.text.template == EXAMPLE;
    if let Some(last) = diagnostic.labels.iter_mut().rev().find(example) {
        let request = std::mem::take(&mut last.text.arguments);
        last.text = Text::new("for example `{request}`; statements that do the same: {count} more");
        last.text.arguments = request;
        last.text = last.text.clone().with("count", more.to_string());
    }
    diagnostic
}
