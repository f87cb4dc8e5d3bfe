//! `POST /v1/decide`: a request of docs/requests.md, or a list of them, and the answer, or the list of answers.

use kupuya_runtime::Request;

use super::body::read;
use super::decided::{Decided, decided, id};
use super::reply::{Ask, Reply, internal};
use crate::app::{App, version};
use crate::bundles::InForce;
use crate::problem::{self, Problem};

/// Answers. All requests of a list are answered by what is in force at one moment.
pub fn answer(app: &App, ask: &Ask<'_>) -> Result<Reply, Problem> {
    let in_force = app.in_force()?;
    if ask.body.trim_ascii_start().first() == Some(&b'[') {
        return batch(app, ask, &in_force);
    }
    let mut body = Vec::with_capacity(1024);
    // What need not be written down need not be kept: most requests are answered while they are read.
    if app.log.is_none()
        && app.clock.is_system()
        && let Some(answer) = in_force.versions.answer_quickly(ask.body)
    {
        answer.write_json(&mut body).map_err(internal)?;
        app.metrics.decided(ask.path, answer.verdict);
        let decided = Decided { id: id(), line: None };
        return Ok(Reply::json(body).decided(decided));
    }
    let decided = one(app, ask, &in_force, &mut read(ask.body)?, &mut body, id())?;
    Ok(Reply::json(body).decided(decided))
}

fn batch(app: &App, ask: &Ask<'_>, in_force: &InForce) -> Result<Reply, Problem> {
    let mut requests: Vec<Request> = read(ask.body)?;
    check(app, requests.len())?;
    let mut body = vec![b'['];
    let mut lines = Vec::new();
    // One id for all, and a number behind it for each: the ids of a thousand would be a longer head than clients take.
    let id = id();
    for (number, request) in requests.iter_mut().enumerate() {
        if number > 0 {
            body.push(b',');
        }
        let own = format!("{id}.{number}");
        lines.extend(one(app, ask, in_force, request, &mut body, own)?.line);
    }
    body.push(b']');
    Ok(Reply {
        lines,
        decision_id: Some(id).filter(|_| !requests.is_empty()),
        ..Reply::json(body)
    })
}

/// Refuses batches that are too large.
pub fn check(app: &App, count: usize) -> Result<(), Problem> {
    let most = app.settings.max_batch;
    if count <= most {
        return Ok(());
    }
    let detail = format!("{count} requests in one batch, at most {most} are taken (max_batch)");
    Err(Problem::new(problem::BATCH_TOO_LARGE, detail).with("max_batch", most))
}

fn one(
    app: &App,
    ask: &Ask<'_>,
    in_force: &InForce,
    request: &mut Request,
    body: &mut Vec<u8>,
    id: String,
) -> Result<Decided, Problem> {
    let bundle = version(in_force, request, &app.clock);
    let answer = bundle.decide(request);
    answer.write_json(body).map_err(internal)?;
    Ok(decided(id, app, ask, bundle, request, &answer))
}
