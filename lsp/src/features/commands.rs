//! Commands that lenses offer and editors may call.

use serde_json::{Value, json};

use crate::proto::{Error, Result};
use crate::view::View;

/// Runs a scenario. Arguments: the address of any document of the project, the scenario's label.
pub const RUN_SCENARIO: &str = "kupuya.runScenario";

/// The names of all commands.
pub const ALL: &[&str] = &[RUN_SCENARIO];

/// Runs a scenario of the view's project: how many lines hold, and those that do not.
///
/// # Errors
/// There is no such scenario, or the policy has no meaning to ask.
pub fn run_scenario(view: &View, label: &str) -> Result<Value> {
    let results = view
        .snapshot
        .scenarios()
        .ok_or_else(|| Error::invalid_params("with errors of syntax or names a policy has no meaning"))?;
    let ran = results
        .iter()
        .find(|ran| ran.label == label)
        .ok_or_else(|| Error::invalid_params(format!("there is no scenario \"{label}\"")))?;
    let failed = ran.failed.iter().map(|failed| {
        json!({
            "location": view.location(failed.span),
            "line": failed.line,
            "expected": failed.expected,
            "answer": failed.answer,
        })
    });
    Ok(json!({"label": ran.label, "passed": ran.passed, "failed": failed.collect::<Vec<_>>()}))
}
