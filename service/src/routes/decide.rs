//! `POST /v1/decide`: a request of docs/requests.md, or a list of them, and the answer, or the list of answers.

use kupuya_runtime::Request;

use super::decided::{Decided, decided, read};
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
    let decided = one(app, ask, &in_force, &mut read(ask.body)?, &mut body)?;
    Ok(Reply::json(body).decided(decided))
}

fn batch(app: &App, ask: &Ask<'_>, in_force: &InForce) -> Result<Reply, Problem> {
    let mut requests: Vec<Request> = read(ask.body)?;
    check(app, requests.len())?;
    let mut body = vec![b'['];
    let mut lines = Vec::new();
    for request in &mut requests {
        if body.len() > 1 {
            body.push(b',');
        }
        lines.extend(one(app, ask, in_force, request, &mut body)?.line);
    }
    body.push(b']');
    Ok(Reply {
        lines,
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
) -> Result<Decided, Problem> {
    let bundle = version(in_force, request, &app.clock);
    let answer = bundle.decide(request);
    answer.write_json(body).map_err(internal)?;
    Ok(decided(app, ask, bundle, request, &answer))
}
