//! `GET /healthz`: the service runs.

use super::reply::{Ask, Reply};
use crate::app::App;
use crate::problem::Problem;

/// Answers.
pub fn answer(_: &App, _: &Ask<'_>) -> Result<Reply, Problem> {
    Ok(Reply::json(br#"{"status":"ok"}"#.to_vec()))
}
