//! `POST /access/v1/search/action`: which verbs are allowed.

use super::reply::{Ask, Reply};
use super::searched::searched;
use crate::app::App;
use crate::authzen::Searched;
use crate::problem::Problem;

/// Answers.
pub fn answer(app: &App, ask: &Ask<'_>) -> Result<Reply, Problem> {
    searched(app, ask, Searched::Action)
}
