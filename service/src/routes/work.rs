//! What happens around every route: the token, the body, a place to work, the answer, its line in the log.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request};
use axum::response::Response;
use http_body_util::BodyExt;
use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::SemaphorePermit;

use super::Route;
use super::reply::{self, Ask, Reply};
use crate::app::App;
use crate::problem::{self, Problem};

/// The id that a client gives to a request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The id under which a decision stands in the log.
const DECISION_ID: HeaderName = HeaderName::from_static("x-decision-id");

/// Counts a request as long as it is worked on; also one whose client has gone away.
struct AtOnce(Gauge);

impl AtOnce {
    fn new(gauge: &Gauge) -> AtOnce {
        gauge.inc();
        AtOnce(gauge.clone())
    }
}

impl Drop for AtOnce {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Answers a request of a route.
pub async fn work(app: Arc<App>, route: &'static Route, request: Request<Body>) -> Response {
    let began = Instant::now();
    let _counted = AtOnce::new(&app.metrics.at_once);
    let request_id = request.headers().get(REQUEST_ID).cloned();
    let documents = wants_documents(request.headers());
    let limit = Duration::from_secs(app.settings.request_timeout);
    let answered = match tokio::time::timeout(limit, answer(&app, route, request)).await {
        Ok(answered) => answered,
        Err(_) => Err(Problem::new(
            problem::TOO_SLOW,
            format!("nothing after {} seconds (request_timeout)", limit.as_secs()),
        )),
    };
    let mut response = answered.unwrap_or_else(|problem| reply::problem(&problem, route.authzen && !documents));
    if let Some(id) = request_id {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    app.metrics
        .answered(route.path, response.status().as_u16(), began.elapsed());
    response
}

fn wants_documents(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("application/problem+json"))
}

async fn answer(app: &App, route: &Route, request: Request<Body>) -> Result<Response, Problem> {
    let token = request.headers().get(AUTHORIZATION).map(HeaderValue::as_bytes);
    if !route.open && !app.tokens.let_in(token) {
        let detail = "show a token: `Authorization: Bearer TOKEN`";
        return Err(Problem::new(problem::NO_TOKEN, detail));
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
    let (head, body) = request.into_parts();
    // A body that comes slowly takes no place from others, only room for what has come of it.
    let (body, _room) = read(app, &head.headers, body).await?;
    let _place = match route.always {
        true => None,
        false => Some(app.places.try_acquire().map_err(|_| too_busy(app, "max_at_once"))?),
    };
    let ask = Ask {
        path: route.path,
        last: head.uri.path().rsplit('/').next().unwrap_or_default(),
        query: head.uri.query(),
        body: &body,
        headers: &head.headers,
        peer,
    };
    // No request is known that brings a route down; should there be one, it brings down itself alone.
    let reply = catch_unwind(AssertUnwindSafe(|| (route.answer)(app, &ask)))
        .unwrap_or_else(|_| Err(reply::internal("this request is more than the service can bear")))?;
    finish(app, reply).await
}

fn too_busy(app: &App, setting: &str) -> Problem {
    app.metrics.shed.inc();
    Problem::new(problem::TOO_BUSY, format!("ask again in a second ({setting})"))
}

/// The body, and the room that it takes among all that are held.
async fn read<'a>(
    app: &'a App,
    headers: &HeaderMap,
    mut body: Body,
) -> Result<(Vec<u8>, Option<SemaphorePermit<'a>>), Problem> {
    let most = app.settings.max_body;
    let too_large = || {
        let detail = format!("the body has more than {most} bytes (max_body)");
        Problem::new(problem::BODY_TOO_LARGE, detail).with("max_body", most)
    };
    // Said before anything is sent: then nothing need be read.
    let length = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > most) {
        return Err(too_large());
    }
    let (mut read, mut room) = (Vec::new(), None::<SemaphorePermit<'_>>);
    while let Some(frame) = body.frame().await {
        let breaks_off = |error| Problem::new(problem::NOT_A_REQUEST, format!("the body breaks off: {error}"));
        let Ok(data) = frame.map_err(breaks_off)?.into_data() else {
            continue;
        };
        if data.len() > most.saturating_sub(read.len()) {
            return Err(too_large());
        }
        let more = u32::try_from(data.len()).map_err(|_| too_large())?;
        let more = app
            .bodies
            .try_acquire_many(more)
            .map_err(|_| too_busy(app, "max_bodies"))?;
        match &mut room {
            Some(room) => room.merge(more),
            None => room = Some(more),
        }
        read.extend_from_slice(&data);
    }
    Ok((read, room))
}

async fn finish(app: &App, reply: Reply) -> Result<Response, Problem> {
    if let (Some(log), false) = (&app.log, reply.lines.is_empty()) {
        let taken = log.take(reply.lines).await;
        taken.map_err(|_| Problem::new(problem::NOT_LOGGED, "the service stops, or its log is broken"))?;
    }
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = reply.status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(reply.sort));
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    if let Some(id) = reply.decision_id.and_then(|id| HeaderValue::from_str(&id).ok()) {
        headers.insert(DECISION_ID, id);
    }
    Ok(response)
}
