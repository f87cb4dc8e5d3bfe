//! `GET /openapi.json`: all of this as OpenAPI 3.1 has it.

use super::reply::{Ask, Reply};
use crate::app::App;
use crate::problem::Problem;

/// The document.
pub const DOCUMENT: &str = include_str!("../../openapi.json");

/// Answers.
pub fn answer(_: &App, _: &Ask<'_>) -> Result<Reply, Problem> {
    Ok(Reply::json(DOCUMENT.into()))
}
