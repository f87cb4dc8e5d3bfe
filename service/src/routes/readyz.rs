//! `GET /readyz`: requests may be sent here: a bundle is in force, and the service is not about to end.

use axum::http::StatusCode;

use super::reply::{Ask, Reply};
use crate::app::App;
use crate::problem::Problem;

/// Answers.
pub fn answer(app: &App, _: &Ask<'_>) -> Result<Reply, Problem> {
    if app.is_ready() {
        return Ok(Reply::json(br#"{"status":"ready"}"#.to_vec()));
    }
    Ok(Reply::json(br#"{"status":"not_ready"}"#.to_vec()).status(StatusCode::SERVICE_UNAVAILABLE))
}
