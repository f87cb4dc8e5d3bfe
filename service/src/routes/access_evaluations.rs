//! `POST /access/v1/evaluations`: several evaluations of AuthZEN, with what they share said once.

use serde_json::{Map, Value, json};

use super::access_evaluation::single;
use super::body::read;
use super::decide::check;
use super::decided::{decided, denied, id};
use super::reply::{Ask, Reply};
use crate::app::App;
use crate::authzen::{Four, Wrong, evaluate};
use crate::problem::{self, Problem};

/// When no more is evaluated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Semantic {
    ExecuteAll,
    DenyOnFirstDeny,
    PermitOnFirstPermit,
}

/// Answers, in the order of the evaluations; all of them by what is in force at one moment.
pub fn answer(app: &App, ask: &Ask<'_>) -> Result<Reply, Problem> {
    let asked: Map<String, Value> = read(ask.body)?;
    let bad = |detail: &str| Problem::new(problem::NOT_A_REQUEST, detail);
    let semantic = semantic(&asked)?;
    let evaluations = match asked.get("evaluations") {
        None | Some(Value::Null) => return single(app, ask, &asked),
        Some(Value::Array(evaluations)) if evaluations.is_empty() => return single(app, ask, &asked),
        Some(Value::Array(evaluations)) => evaluations,
        Some(_) => return Err(bad("`evaluations` must be a list")),
    };
    check(app, evaluations.len())?;
    let in_force = app.in_force()?;
    let mut decisions = Vec::with_capacity(evaluations.len());
    let mut lines = Vec::new();
    for evaluation in evaluations {
        // A key of an evaluation stands in the place of the whole that all share.
        let part = |key: &str| evaluation.get(key).or_else(|| asked.get(key));
        let four = Four {
            subject: part("subject"),
            action: part("action"),
            resource: part("resource"),
            context: part("context"),
        };
        let evaluated = if evaluation.is_object() {
            evaluate(app, &in_force, &four)
        } else {
            Err(Wrong::bad("an evaluation must be an object"))
        };
        let allowed = match evaluated {
            Ok(mut evaluated) => {
                let decided = decided(id(), app, ask, evaluated.bundle, &evaluated.request, &evaluated.answer);
                evaluated
                    .context
                    .insert("decision_id".to_owned(), Value::from(decided.id));
                lines.extend(decided.line);
                let allowed = evaluated.answer.decision;
                decisions.push(evaluated.decision());
                allowed
            }
            Err(wrong) => {
                let denied = denied(app, ask, &in_force, &wrong);
                decisions.push(wrong.decision(denied.as_ref().map(|denied| &*denied.id)));
                lines.extend(denied.and_then(|denied| denied.line));
                false
            }
        };
        let stops = match semantic {
            Semantic::ExecuteAll => false,
            Semantic::DenyOnFirstDeny => !allowed,
            Semantic::PermitOnFirstPermit => allowed,
        };
        if stops {
            break;
        }
    }
    Ok(Reply {
        lines,
        ..Reply::of(&json!({"evaluations": decisions}))?
    })
}

fn semantic(asked: &Map<String, Value>) -> Result<Semantic, Problem> {
    let named = match asked.get("options") {
        None | Some(Value::Null) => None,
        Some(Value::Object(options)) => options.get("evaluations_semantic"),
        Some(_) => return Err(Problem::new(problem::NOT_A_REQUEST, "`options` must be an object")),
    };
    match named {
        None | Some(Value::Null) => Ok(Semantic::ExecuteAll),
        Some(Value::String(name)) if name == "execute_all" => Ok(Semantic::ExecuteAll),
        Some(Value::String(name)) if name == "deny_on_first_deny" => Ok(Semantic::DenyOnFirstDeny),
        Some(Value::String(name)) if name == "permit_on_first_permit" => Ok(Semantic::PermitOnFirstPermit),
        Some(_) => {
            let detail =
                "`options.evaluations_semantic` is `execute_all`, `deny_on_first_deny` or `permit_on_first_permit`";
            Err(Problem::new(problem::NOT_A_REQUEST, detail))
        }
    }
}
