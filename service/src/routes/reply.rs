//! What a route is given, and what it gives back.

use std::net::SocketAddr;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use serde::Serialize;

use super::decided::Decided;
use crate::problem::{self, Problem};

/// One request.
pub struct Ask<'a> {
    /// The route's path.
    pub path: &'static str,
    /// What stands behind the last `/`.
    pub last: &'a str,
    /// What stands behind its `?`.
    pub query: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
    /// The headers.
    pub headers: &'a HeaderMap,
    /// Who asks.
    pub peer: Option<SocketAddr>,
}

impl<'a> Ask<'a> {
    /// A header, as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// One answer.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The sort of the body.
    pub sort: &'static str,
    /// The body.
    pub body: Vec<u8>,
    /// The id of the decision, if it is one.
    pub decision_id: Option<String>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// Lines of the decision log.
    pub lines: Vec<Vec<u8>>,
}

impl Reply {
    /// JSON that is written already.
    #[must_use]
    pub fn json(body: Vec<u8>) -> Reply {
        Reply {
            status: StatusCode::OK,
            sort: "application/json",
            body,
            decision_id: None,
            headers: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Something as JSON.
    ///
    /// # Errors
    /// None that can happen.
    pub fn of(value: &impl Serialize) -> Result<Reply, Problem> {
        serde_json::to_vec(value).map(Reply::json).map_err(internal)
    }

    /// As the answer to a decision: under its id, with its line of the log.
    #[must_use]
    pub fn decided(mut self, decided: Decided) -> Reply {
        self.decision_id = Some(decided.id);
        self.lines.extend(decided.line);
        self
    }

    /// With another status.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Reply {
        self.status = status;
        self
    }
}

/// What should not happen.
pub fn internal(error: impl std::fmt::Display) -> Problem {
    Problem::new(problem::INTERNAL, error.to_string())
}

/// A problem as an answer: its document, or for AuthZEN its message.
pub fn problem(problem: &Problem, message: bool) -> Response {
    let (sort, body) = if message {
        ("text/plain; charset=utf-8", problem.detail.clone().into_bytes())
    } else {
        let document = serde_json::to_vec(&problem.document());
        ("application/problem+json", document.unwrap_or_default())
    };
    let mut response = Response::new(Body::from(Bytes::from(body)));
    *response.status_mut() = StatusCode::from_u16(problem.sort.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(sort));
    match problem.sort.status {
        401 => drop(headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"kupuya\""))),
        503 => drop(headers.insert(RETRY_AFTER, HeaderValue::from_static("1"))),
        _ => {}
    }
    response
}
