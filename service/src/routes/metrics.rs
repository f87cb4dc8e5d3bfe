//! `GET /metrics`: what is counted, as Prometheus reads it.

use super::reply::{Ask, Reply};
use crate::app::App;
use crate::problem::Problem;

/// Answers.
pub fn answer(app: &App, _: &Ask<'_>) -> Result<Reply, Problem> {
    Ok(Reply {
        sort: "application/openmetrics-text; version=1.0.0; charset=utf-8",
        ..Reply::json(app.metrics.text().into_bytes())
    })
}
