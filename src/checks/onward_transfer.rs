//! `onward_transfer`: a promise is kept by the statements and broken by those to whom recipients pass data on (M11).

use std::collections::BTreeSet;

use super::pairs::{self, Conflict};
use super::{Facts, finding, witness};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::onward::{Receipt, receipts};
use crate::graph::span_of;
use crate::meaning::{BanMeaning, Grant, SentenceRef};
use crate::model::Model;

/// Finds the cases.
pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let Facts { model, meaning, .. } = *facts;
    let mut told: BTreeSet<(SentenceRef, SentenceRef)> = BTreeSet::new();
    let mut found = Vec::new();
    for receipt in receipts(model, meaning)
        .iter()
        .filter(|receipt| receipt.chain.len() > 1)
    {
        let Some((grant, passed)) = meaning.grants.get(receipt.grant).zip(receipt.as_grant(meaning)) else {
            continue;
        };
        for ban in &meaning.bans {
            let pair = (ban.sentence, grant.sentence);
            if told.contains(&pair) || pairs::conflict(model, ban, grant).is_some() {
                continue;
            }
            if let Some(conflict) = broken(model, ban, &passed) {
                told.insert(pair);
                found.push(of(model, ban, grant, receipt, &conflict));
            }
        }
    }
    found
}

/// The conflict of a ban with what a recipient passes on; a ban of what one party does says nothing of another.
pub fn broken(model: &Model, ban: &BanMeaning, passed: &Grant) -> Option<Conflict> {
    match ban.sentence {
        SentenceRef::Ban(at) if model.bans[at].scope.by.is_none() => pairs::conflict(model, ban, passed),
        _ => None,
    }
}

fn of(model: &Model, ban: &BanMeaning, grant: &Grant, receipt: &Receipt, conflict: &Conflict) -> Diagnostic {
    let name = |at: usize| {
        let id = receipt.chain.get(at);
        id.map_or(String::new(), |id| model.recipients[*id].path.clone())
    };
    let chain: Vec<String> = (0..receipt.chain.len()).map(name).collect();
    let mut diagnostic = finding(
        "onward_transfer",
        Text::new("what is given here reaches `{last}`, which a promise rules out")
            .with("last", chain.last().cloned().unwrap_or_default()),
        span_of(model, grant.sentence),
        Text::new("{chain}").with("chain", chain.join(" → ")),
    );
    diagnostic = diagnostic.step(
        span_of(model, grant.sentence),
        Text::new("given to `{to}`").with("to", name(0)),
    );
    for (at, span) in receipt.passed_on.iter().enumerate() {
        let text = Text::new("`{from}` passes it on to `{to}`")
            .with("from", name(at))
            .with("to", name(at + 1));
        diagnostic = diagnostic.and(*span, text.clone()).step(*span, text);
    }
    diagnostic
        .step(span_of(model, ban.sentence), "this is ruled out")
        .and(span_of(model, ban.sentence), "promised here")
        .because(
            Text::new("no statement permits `{request}`, but the recipient may do it")
                .with("request", witness::sentence(model, conflict)),
        )
        .shown_by(witness::of(model, conflict))
        .help("forbid the recipient to pass these data on, keep them from it, or narrow the promise")
}
