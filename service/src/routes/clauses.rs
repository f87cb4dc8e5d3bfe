//! `GET /v1/clauses/{id}`: what the notice says under an id that answers cite.

use serde_json::json;

use super::reply::{Ask, Reply};
use crate::app::App;
use crate::problem::{self, Problem};

/// Answers: from the version in force now if it has the clause, else from the newest that has.
pub fn answer(app: &App, ask: &Ask<'_>) -> Result<Reply, Problem> {
    let in_force = app.in_force()?;
    let now = in_force.at(app.clock.instant());
    let mut others: Vec<_> = in_force.versions.all().collect();
    others.reverse();
    let mut found = std::iter::once(now)
        .chain(others)
        .filter_map(|bundle| Some((bundle, bundle.clause(ask.last)?)));
    let Some((bundle, unit)) = found.next() else {
        let detail = format!("`{}` is no id that stands beside a clause of the notice", ask.last);
        return Err(Problem::new(problem::NO_SUCH_CLAUSE, detail));
    };
    Reply::of(&json!({
        "id": unit.id,
        "paragraph": unit.paragraph,
        "sentence": unit.sentence,
        "policy": bundle.policy(),
        "meaning": bundle.meaning(),
    }))
}
