//! `/v1/ext_authz/` and all below it: what Envoy's filter `ext_authz` asks in its HTTP mode: 200 lets a request through, 403 does
//! not. The decision asked for stands in a header that the proxy sets; the client's own path and method are not looked at.

use axum::http::StatusCode;
use kupuya_runtime::Request;

use super::decided::{clauses, decided, id, read};
use super::reply::{Ask, Reply, internal};
use crate::app::{App, version};
use crate::problem::{self, Problem};

/// The header with the request, as JSON.
const ASKED: &str = "x-kupuya-request";

/// Answers.
pub fn answer(app: &App, ask: &Ask<'_>) -> Result<Reply, Problem> {
    let in_force = app.in_force()?;
    if ask.headers.get_all(ASKED).iter().count() > 1 {
        let detail =
            format!("the header {ASKED} is there more than once: the proxy must replace what its client sends");
        return Err(Problem::new(problem::NOT_A_REQUEST, detail));
    }
    let asked = ask.header(ASKED).ok_or_else(|| {
        let detail = format!("the header {ASKED} is missing: the proxy sets it, with a request as /v1/decide takes it");
        Problem::new(problem::NOT_A_REQUEST, detail)
    })?;
    let mut request: Request = read(asked.as_bytes())?;
    let bundle = version(&in_force, &mut request, &app.clock);
    let answer = bundle.decide(&request);
    let mut body = Vec::new();
    answer.write_json(&mut body).map_err(internal)?;
    let decided = decided(id(), app, ask, bundle, &request, &answer);
    let ids: Vec<&str> = clauses(&answer).iter().map(|rule| rule.id).collect();
    let status = if answer.decision {
        StatusCode::OK
    } else {
        StatusCode::FORBIDDEN
    };
    Ok(Reply {
        headers: vec![
            ("x-kupuya-verdict", answer.verdict.word().to_owned()),
            ("x-kupuya-clauses", ids.join(",")),
        ],
        ..Reply::json(body).status(status).decided(decided)
    })
}
