//! `GET /v1/clauses/{id}`: what the notice says under an id that answers and lines of the log cite.

use kupuya_runtime::{Bundle, NoticeUnit, Time};
use serde_json::json;

use super::query;
use super::reply::{Ask, Reply};
use crate::app::App;
use crate::bundles::{InForce, digest};
use crate::problem::{self, Problem};

/// Answers. With a `meaning` from a version that has it, with a `time` from the version that answers requests of that time; else
/// from the version in force now if it has the clause, and from the newest that has it if not.
pub fn answer(app: &App, ask: &Ask<'_>) -> Result<Reply, Problem> {
    let [meaning, time] = query::read(ask.query, ["meaning", "time"])?;
    let in_force = app.in_force()?;
    let candidates = match time {
        Some(time) => vec![at(app, &in_force, &time)?],
        None => newest_first(app, &in_force),
    };
    let with_meaning = |bundle: &&Bundle| meaning.as_deref().is_none_or(|meaning| bundle.meaning() == meaning);
    let candidates: Vec<&Bundle> = candidates.into_iter().filter(with_meaning).collect();
    if candidates.is_empty() {
        let detail = "no version in force has this meaning, or not at this time: /v1/status lists them, and what was in force \
                      before stands in the bundles of that time";
        return Err(Problem::new(problem::NO_SUCH_CLAUSE, detail));
    }
    let mut found = candidates
        .into_iter()
        .filter_map(|bundle| Some((bundle, bundle.clause(ask.last)?)));
    let Some((bundle, unit)) = found.next() else {
        let detail = format!("`{}` is no id that stands beside a clause of the notice", ask.last);
        return Err(Problem::new(problem::NO_SUCH_CLAUSE, detail));
    };
    told(bundle, &unit)
}

/// The version that answers requests of a time.
fn at<'a>(app: &App, in_force: &'a InForce, time: &str) -> Result<&'a Bundle, Problem> {
    let time: Time = time
        .parse()
        .map_err(|error| Problem::new(problem::NOT_A_QUERY, format!("`time`: {error}")))?;
    let offset = in_force.at(app.clock.instant()).zone_offset();
    Ok(in_force.at(time.instant(offset)))
}

/// All versions: first the one in force now, then the others from the newest on.
fn newest_first<'a>(app: &App, in_force: &'a InForce) -> Vec<&'a Bundle> {
    let now = in_force.at(app.clock.instant());
    let mut all: Vec<&Bundle> = in_force.versions.all().collect();
    all.push(now);
    all.reverse();
    all
}

fn told(bundle: &Bundle, unit: &NoticeUnit<'_>) -> Result<Reply, Problem> {
    Reply::of(&json!({
        "id": unit.id,
        "paragraph": unit.paragraph,
        "sentence": unit.sentence,
        "policy": bundle.policy(),
        "meaning": bundle.meaning(),
        "digest": digest(bundle),
    }))
}
