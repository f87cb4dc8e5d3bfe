//! `kept_by_recipient`: a recipient keeps data longer than those who gave them, or than those who gave them to these.

use std::collections::BTreeMap;

use super::ends::{after_collection, of_keep, surely_later};
use super::{Facts, finding};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::onward::{Receipt, receipts};
use crate::graph::{atoms, span_of};
use crate::model::Model;
use crate::model::noun::{Data, Id, Recipient};
use crate::model::sentence::{Act, Keep};
use crate::source::{Span, Spanned};
use crate::syntax::ast::Period;
use crate::syntax::vocabulary::Kind;

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let Facts { model, meaning, .. } = *facts;
    if !model
        .recipients
        .of_project()
        .any(|(_, noun)| noun.detail.keeps.is_some())
    {
        return Vec::new();
    }
    let mut keeping: BTreeMap<Id<Data>, Vec<&Keep>> = BTreeMap::new();
    for keep in &model.keeps {
        for data in &keep.data.atoms {
            keeping.entry(*data).or_default().push(keep);
        }
    }
    // Of several ways to one term the shortest chain is told, of equals the first.
    let mut found: BTreeMap<Span, (usize, Diagnostic)> = BTreeMap::new();
    let all = receipts(model, meaning);
    for receipt in all.iter().filter(|receipt| receipt.act == Act::Share) {
        let Some((last, keeps)) = receipt.chain.last().and_then(|last| Some((*last, term(model, *last)?))) else {
            continue;
        };
        let known = found.get(&keeps.span);
        if known.is_some_and(|(length, _)| *length <= receipt.chain.len()) {
            continue;
        }
        let Some(grant) = meaning.grants.get(receipt.grant) else {
            continue;
        };
        let Some(region) = grant.regions.get(receipt.region) else {
            continue;
        };
        // It receives the data after they were collected, so its term ends no earlier than this.
        let theirs = after_collection(keeps.value);
        let outlived = |data: Id<Data>| {
            let covering = keeping.get(&data)?;
            let ends = |keep: &&Keep| of_keep(keep).is_some_and(|ours| surely_later(&theirs, &ours));
            covering.first().copied().filter(|_| covering.iter().all(ends))
        };
        let first = atoms(&region.data, &model.data, Kind::Data)
            .into_iter()
            .find_map(|noun| Some((noun.id()?, outlived(noun.id()?)?)));
        if let Some((data, ours)) = first {
            let given = span_of(model, grant.sentence);
            let told = told(model, receipt, last, keeps, data, given, ours);
            found.insert(keeps.span, (receipt.chain.len(), told));
        }
    }
    found.into_values().map(|(_, told)| told).collect()
}

/// How long a recipient keeps what it receives: what it says, or the nearest above it.
fn term(model: &Model, recipient: Id<Recipient>) -> Option<Spanned<Period>> {
    let up = model.recipients.up(recipient);
    up.into_iter().find_map(|id| model.recipients[id].detail.keeps)
}

fn told(
    model: &Model,
    receipt: &Receipt,
    last: Id<Recipient>,
    keeps: Spanned<Period>,
    data: Id<Data>,
    given: Span,
    ours: &Keep,
) -> Diagnostic {
    let name = |id: Id<Recipient>| model.recipients[id].path.clone();
    let mut diagnostic = finding(
        "kept_by_recipient",
        Text::new("`{recipient}` keeps `{data}` longer than whoever gives it away")
            .with("recipient", name(last))
            .with("data", model.data[data].path.clone()),
        keeps.span,
        "kept longer here",
    )
    .and(given, "given away here");
    let pairs = receipt.chain.iter().zip(receipt.chain.iter().skip(1));
    if let Some(first) = receipt.chain.first().filter(|_| receipt.chain.len() > 1) {
        diagnostic = diagnostic.step(given, Text::new("given to `{to}`").with("to", name(*first)));
    }
    for ((from, to), span) in pairs.zip(&receipt.passed_on) {
        let text = Text::new("`{from}` passes it on to `{to}`")
            .with("from", name(*from))
            .with("to", name(*to));
        diagnostic = diagnostic.and(*span, text.clone()).step(*span, text);
    }
    if receipt.chain.len() > 1 {
        diagnostic = diagnostic.step(keeps.span, "kept longer here");
    }
    diagnostic
        .and(ours.stated.span, "gone here by then")
        .because("a reader believes that the data are gone after the term that the policy states")
        .help("agree on a term that is no longer, or state why the recipient needs more")
}
