//! A decision on its way out: counted, named, and written down.

use kupuya_runtime::{Answer, Bundle, Item, Request, Rule, Verdict};
use uuid::Uuid;

use super::reply::Ask;
use super::work::REQUEST_ID;
use crate::app::{App, version};
use crate::authzen::Wrong;
use crate::bundles::{InForce, digest};
use crate::clock::written;
use crate::log::{Entry, Logged};

/// What is known of a decision once it is made.
pub struct Decided {
    /// Its id.
    pub id: String,
    /// Its line, if there is a log.
    pub line: Option<Vec<u8>>,
}

/// A new id.
pub fn id() -> String {
    Uuid::new_v4().hyphenated().to_string()
}

/// Counts a decision of a bundle and writes its line, under an id.
pub fn decided(
    id: String,
    app: &App,
    ask: &Ask<'_>,
    bundle: &Bundle,
    request: &Request,
    answer: &Answer<'_>,
) -> Decided {
    app.metrics.decided(ask.path, answer.verdict);
    log(id, app, ask, bundle, request, || Logged {
        decision: answer.decision,
        verdict: answer.verdict.word(),
        clauses: clauses(answer).iter().map(|rule| rule.id).collect(),
        data: answer.items.iter().map(|item| item.point.data).collect(),
        obligations: answer
            .items
            .iter()
            .flat_map(|item| &item.obligations)
            .map(|duty| duty.what)
            .collect(),
    })
}

/// Writes the line of something that a bundle was asked, under an id.
pub fn log<'a>(
    id: String,
    app: &App,
    ask: &Ask<'_>,
    bundle: &Bundle,
    request: &Request,
    result: impl FnOnce() -> Logged<'a>,
) -> Decided {
    let line = app.log.as_ref().map(|log| {
        let entry = Entry {
            decision_id: &id,
            number: log.number(),
            timestamp: &written(app.clock.now()),
            path: ask.path,
            requested_by: ask.peer.map(|peer| peer.to_string()),
            request_id: ask.header(REQUEST_ID.as_str()),
            bundle: (bundle.policy(), bundle.meaning(), &digest(bundle)),
            names: bundle,
            request,
            result: result(),
        };
        log.masks.line(&entry)
    });
    Decided { id, line }
}

/// An evaluation with a type that nobody mapped is denied, and its line written: of the request what is known. What is no
/// evaluation at all has no line.
pub fn denied(app: &App, ask: &Ask<'_>, in_force: &InForce, wrong: &Wrong) -> Option<Decided> {
    let mut request = wrong.request.as_deref()?.clone();
    app.metrics.decided(ask.path, Verdict::Invalid);
    let bundle = version(in_force, &mut request, &app.clock);
    Some(log(id(), app, ask, bundle, &request, || Logged {
        decision: false,
        verdict: Verdict::Invalid.word(),
        clauses: Vec::new(),
        data: Vec::new(),
        obligations: Vec::new(),
    }))
}

/// The rules that an answer rests on, each once, in the order of its items.
pub fn clauses<'a, 'b>(answer: &'b Answer<'a>) -> Vec<&'b Rule<'a>> {
    let mut rules: Vec<&Rule<'_>> = Vec::new();
    for item in &answer.items {
        for rule in of_item(item) {
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
    }
    rules
}

fn of_item<'a, 'b>(item: &'b Item<'a>) -> impl Iterator<Item = &'b Rule<'a>> {
    let relied = item.relies_on.iter().filter_map(|way| way.rule.as_ref());
    let near = item.nearest.iter().map(|near| &near.rule);
    let near = near.filter(|_| item.verdict == Verdict::Undeclared);
    relied.chain(&item.forbidden_by).chain(near)
}
