//! `POST /access/v1/evaluation`: one evaluation of AuthZEN.

use serde_json::{Map, Value};

use super::body::read;
use super::decided::{decided, denied, id};
use super::reply::{Ask, Reply};
use crate::app::App;
use crate::authzen::{Four, evaluate};
use crate::problem::{self, Problem};

/// Answers. What is no evaluation is refused; what the service does not know is denied.
pub fn answer(app: &App, ask: &Ask<'_>) -> Result<Reply, Problem> {
    let asked: Map<String, Value> = read(ask.body)?;
    single(app, ask, &asked)
}

/// Answers one evaluation.
pub fn single(app: &App, ask: &Ask<'_>, asked: &Map<String, Value>) -> Result<Reply, Problem> {
    let in_force = app.in_force()?;
    let four = Four {
        subject: asked.get("subject"),
        action: asked.get("action"),
        resource: asked.get("resource"),
        context: asked.get("context"),
    };
    match evaluate(app, &in_force, &four) {
        Ok(mut evaluated) => {
            let decided = decided(id(), app, ask, evaluated.bundle, &evaluated.request, &evaluated.answer);
            let id = Value::from(decided.id.clone());
            evaluated.context.insert("decision_id".to_owned(), id);
            Ok(Reply::of(&evaluated.decision())?.decided(decided))
        }
        Err(wrong) if wrong.status == 400 => Err(Problem::new(problem::NOT_A_REQUEST, wrong.message)),
        Err(wrong) => {
            let denied = denied(app, ask, &in_force, &wrong);
            let reply = Reply::of(&wrong.decision(denied.as_ref().map(|denied| &*denied.id)))?;
            Ok(match denied {
                Some(denied) => reply.decided(denied),
                None => reply,
            })
        }
    }
}
