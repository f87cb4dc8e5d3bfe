//! `GET /.well-known/authzen-configuration`: where what can be asked.

use serde_json::json;

use super::reply::{Ask, Reply};
use crate::app::App;
use crate::authzen::OBLIGATION_TYPES;
use crate::problem::Problem;

/// Answers.
pub fn answer(app: &App, _: &Ask<'_>) -> Result<Reply, Problem> {
    let settings = &app.settings;
    let scheme = if settings.tls_key.is_some() { "https" } else { "http" };
    let own = format!("{scheme}://{}", settings.listen);
    let base = settings.public_url.as_deref().unwrap_or(&own).trim_end_matches('/');
    Reply::of(&json!({
        "policy_decision_point": base,
        "access_evaluation_endpoint": format!("{base}/access/v1/evaluation"),
        "access_evaluations_endpoint": format!("{base}/access/v1/evaluations"),
        "search_subject_endpoint": format!("{base}/access/v1/search/subject"),
        "search_resource_endpoint": format!("{base}/access/v1/search/resource"),
        "search_action_endpoint": format!("{base}/access/v1/search/action"),
        "capabilities": ["urn:openid:authzen:capability:obligations"],
        "supported_obligations": OBLIGATION_TYPES,
    }))
}
