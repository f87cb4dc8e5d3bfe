//! The routes: one file each, one line each in [`ROUTES`].

mod access_evaluation;
mod access_evaluations;
mod authzen_configuration;
mod body;
mod clauses;
mod decide;
mod decided;
mod ext_authz;
mod filter;
mod healthz;
mod metrics;
mod openapi;
mod query;
mod readyz;
mod reply;
mod retention;
mod search_action;
mod search_resource;
mod search_subject;
mod searched;
mod status;
mod work;

use std::sync::Arc;

use axum::Router;
use axum::http::Method;
pub use reply::{Ask, Reply};

use crate::app::App;
use crate::problem::{self, Problem};

/// How a route answers: at once, without waiting for anything.
pub type Answer = fn(&App, &Ask<'_>) -> Result<Reply, Problem>;

/// One route.
pub struct Route {
    /// `GET` or `POST`.
    pub method: Method,
    /// Other methods are answered alike.
    pub any_method: bool,
    /// Its path, in axum's and OpenAPI's writing.
    pub path: &'static str,
    /// It answers without a token.
    pub open: bool,
    /// It answers also when there is too much to do.
    pub always: bool,
    /// Errors are messages as AuthZEN says, unless the client asks for problem documents.
    pub authzen: bool,
    /// What answers.
    pub answer: Answer,
}

const fn get(path: &'static str, answer: Answer) -> Route {
    Route {
        method: Method::GET,
        any_method: false,
        path,
        open: false,
        always: false,
        authzen: false,
        answer,
    }
}

/// For whoever looks after the service.
const fn watched(path: &'static str, open: bool, answer: Answer) -> Route {
    Route {
        method: Method::GET,
        any_method: false,
        path,
        open,
        always: true,
        authzen: false,
        answer,
    }
}

const fn post(path: &'static str, answer: Answer) -> Route {
    Route {
        method: Method::POST,
        any_method: false,
        path,
        open: false,
        always: false,
        authzen: false,
        answer,
    }
}

const fn authzen(path: &'static str, answer: Answer) -> Route {
    Route {
        method: Method::POST,
        any_method: false,
        path,
        open: false,
        always: false,
        authzen: true,
        answer,
    }
}

const fn any(path: &'static str, answer: Answer) -> Route {
    Route {
        method: Method::GET,
        any_method: true,
        path,
        open: false,
        always: false,
        authzen: false,
        answer,
    }
}

/// All routes.
pub static ROUTES: &[Route] = &[
    post("/v1/decide", decide::answer),
    post("/v1/filter", filter::answer),
    post("/v1/retention", retention::answer),
    get("/v1/clauses/{id}", clauses::answer),
    watched("/v1/status", false, status::answer),
    any("/v1/ext_authz/", ext_authz::answer),
    any("/v1/ext_authz/{*path}", ext_authz::answer),
    authzen("/access/v1/evaluation", access_evaluation::answer),
    authzen("/access/v1/evaluations", access_evaluations::answer),
    authzen("/access/v1/search/subject", search_subject::answer),
    authzen("/access/v1/search/resource", search_resource::answer),
    authzen("/access/v1/search/action", search_action::answer),
    watched(
        "/.well-known/authzen-configuration",
        true,
        authzen_configuration::answer,
    ),
    watched("/openapi.json", true, openapi::answer),
    watched("/healthz", true, healthz::answer),
    watched("/readyz", true, readyz::answer),
    watched("/metrics", false, metrics::answer),
];

/// All of them, ready to be served.
pub fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let app = Arc::clone(app);
        let handler = move |request| work::work(Arc::clone(&app), route, request);
        let methods = match (route.any_method, &route.method) {
            (true, _) => axum::routing::any(handler),
            (false, &Method::POST) => axum::routing::post(handler),
            (false, _) => axum::routing::get(handler),
        };
        router = router.route(route.path, methods);
    }
    let nowhere =
        |sort, detail: &'static str| move || async move { reply::problem(&Problem::new(sort, detail), false) };
    router
        .fallback(nowhere(problem::NO_SUCH_PATH, "/openapi.json lists all paths"))
        .method_not_allowed_fallback(nowhere(
            problem::NO_SUCH_METHOD,
            "/openapi.json says which method each path takes",
        ))
}
