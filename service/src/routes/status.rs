//! `GET /v1/status`: what is in force since when, why the newest is not, and how the log is.

use serde_json::json;

use super::reply::{Ask, Reply};
use crate::app::App;
use crate::metrics::LineFate;
use crate::problem::Problem;

/// Answers.
pub fn answer(app: &App, _: &Ask<'_>) -> Result<Reply, Problem> {
    let count = |fate| app.metrics.line_count(fate);
    let log = app.log.as_ref().map(|log| {
        json!({
            "to": app.settings.log,
            "written": count(LineFate::written),
            "dropped": count(LineFate::dropped),
            "failed": count(LineFate::failed),
            "failure": log.failure(),
        })
    });
    Reply::of(&json!({
        "ready": app.is_ready(),
        "version": env!("CARGO_PKG_VERSION"),
        "bundle": app.holder.status(),
        "decision_log": log,
    }))
}
