//! A search on its way in and out.

use serde_json::{Map, Value};

use super::body::read;
use super::decided::{id, log};
use super::reply::{Ask, Reply};
use crate::app::App;
use crate::authzen::{Searched, search};
use crate::log::Logged;
use crate::problem::Problem;

/// Searches, and writes one line about it.
pub fn searched(app: &App, ask: &Ask<'_>, searched: Searched) -> Result<Reply, Problem> {
    let asked: Map<String, Value> = read(ask.body)?;
    let in_force = app.in_force()?;
    let found = search(app, &in_force, searched, &asked)?;
    let bundle = in_force.at(app.clock.instant());
    let names = if searched == Searched::Resource {
        found.names.as_slice()
    } else {
        &[]
    };
    let decided = log(id(), app, ask, bundle, &found.request, || Logged {
        decision: !found.names.is_empty(),
        verdict: "search",
        clauses: Vec::new(),
        data: names.iter().map(String::as_str).collect(),
        obligations: Vec::new(),
    });
    Ok(Reply::of(&found.body)?.decided(decided))
}
