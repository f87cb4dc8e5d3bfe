//! `/v1/ext_authz/` and all below it: what Envoy's filter `ext_authz` asks in its HTTP mode: 200 lets a request through, 403 does
//! not. The decision asked for stands in a header that the proxy sets; the client's own path and method are not looked at.

use axum::http::StatusCode;
use kupuya_runtime::Request;
use serde_json::Value;

use super::body::read;
use super::decided::{clauses, decided, id};
use super::reply::{Ask, Reply, internal};
use crate::app::{App, version};
use crate::authzen::{Takes, obligations};
use crate::problem::{self, Problem};

/// The header with the request, as JSON.
const ASKED: &str = "x-kupuya-request";
/// The header with the types of obligations that whoever stands behind the proxy meets.
const TAKES: &str = "x-kupuya-supported-obligations";
/// The header that tells them, as JSON.
const OBLIGATIONS: &str = "x-kupuya-obligations";

/// Answers.
pub fn answer(app: &App, ask: &Ask<'_>) -> Result<Reply, Problem> {
    let in_force = app.in_force()?;
    let asked = once(ask, ASKED)?.ok_or_else(|| {
        let detail = format!("the header {ASKED} is missing: the proxy sets it, with a request as /v1/decide takes it");
        Problem::new(problem::NOT_A_REQUEST, detail)
    })?;
    let takes = Takes::of_header(app.settings.obligations, once(ask, TAKES)?);
    let mut request: Request = read(asked.as_bytes())?;
    let bundle = version(&in_force, &mut request, &app.clock);
    let mut answer = bundle.decide(&request);
    let mut headers = vec![("x-kupuya-verdict", answer.verdict.word().to_owned())];
    if answer.decision {
        match obligations(bundle, &answer, &takes) {
            // Told too if there are none: then nothing that a client may have sent stands there.
            Ok(told) if takes != Takes::None => headers.push((OBLIGATIONS, ascii(&Value::Array(told)))),
            Ok(_) => {}
            Err(reason) => {
                answer.decision = false;
                headers.push(("x-kupuya-reason", reason.to_owned()));
            }
        }
    }
    let mut body = Vec::new();
    answer.write_json(&mut body).map_err(internal)?;
    let decided = decided(id(), app, ask, bundle, &request, &answer);
    let ids: Vec<&str> = clauses(&answer).iter().map(|rule| rule.id).collect();
    headers.push(("x-kupuya-clauses", ids.join(",")));
    let status = if answer.decision {
        StatusCode::OK
    } else {
        StatusCode::FORBIDDEN
    };
    Ok(Reply {
        headers,
        ..Reply::json(body).status(status).decided(decided)
    })
}

/// A header that is there once at most.
fn once<'a>(ask: &Ask<'a>, name: &str) -> Result<Option<&'a str>, Problem> {
    if ask.headers.get_all(name).iter().count() > 1 {
        let detail = format!("the header {name} is there more than once: the proxy must replace what its client sends");
        return Err(Problem::new(problem::NOT_A_REQUEST, detail));
    }
    Ok(ask.header(name))
}

/// JSON as headers take it: every letter that is no ASCII as its escape.
fn ascii(value: &Value) -> String {
    let text = value.to_string();
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            escaped.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            escaped.push_str(&format!("\\u{unit:04x}"));
        }
    }
    escaped
}
