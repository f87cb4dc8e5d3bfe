//! `POST /v1/retention`: by when data must be erased or anonymised (docs/retention.md). The request needs no action.

use kupuya_runtime::{Due, Request};
use serde_json::{Map, Value};

use super::body::read;
use super::decided::{id, log};
use super::reply::{Ask, Reply, internal};
use crate::app::{App, version};
use crate::log::Logged;
use crate::problem::Problem;

/// Answers.
pub fn answer(app: &App, ask: &Ask<'_>) -> Result<Reply, Problem> {
    let in_force = app.in_force()?;
    let mut asked: Map<String, Value> = read(ask.body)?;
    asked.entry("action").or_insert_with(|| Value::from("store"));
    let mut request: Request = read(&serde_json::to_vec(&asked).map_err(internal)?)?;
    let bundle = version(&in_force, &mut request, &app.clock);
    let retained = bundle.retention(&request);
    let reply = Reply::of(&retained)?;
    let sure = !retained.items.iter().any(|item| item.state == Due::Unknown);
    let due = |state: Due| retained.items.iter().filter(move |item| item.state == state);
    let decided = log(id(), app, ask, bundle, &request, || Logged {
        decision: sure && !retained.any_due() && retained.problems.is_empty(),
        verdict: match () {
            () if !retained.problems.is_empty() => "refused",
            () if retained.any_due() => "due",
            () if !sure => "unknown",
            () => "nothing_due",
        },
        clauses: due(Due::Due).flat_map(|item| &item.rules).map(|rule| rule.id).collect(),
        data: due(Due::Due).map(|item| item.data).collect(),
        obligations: Vec::new(),
    });
    Ok(reply.decided(decided))
}
