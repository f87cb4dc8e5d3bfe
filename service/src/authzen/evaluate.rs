//! One evaluation.

use kupuya_runtime::{Answer, Bundle, Request, Verdict};
use serde_json::{Map as Object, Value, json};

use super::{Four, Takes, Wrong, obligations};
use crate::app::{App, version};
use crate::bundles::InForce;

/// What an evaluation gives.
pub struct Evaluated<'a> {
    /// What was asked.
    pub bundle: &'a Bundle,
    /// The request that was put to the policy.
    pub request: Request,
    /// Its answer; denied too if the client cannot be given its obligations.
    pub answer: Answer<'a>,
    /// The context of the decision.
    pub context: Object<String, Value>,
}

impl Evaluated<'_> {
    /// As AuthZEN writes it.
    #[must_use]
    pub fn decision(self) -> Value {
        json!({"decision": self.answer.decision, "context": self.context})
    }
}

impl Wrong {
    /// An evaluation that was none, as a decision: denied; with its id if it was written down.
    #[must_use]
    pub fn decision(&self, decision_id: Option<&str>) -> Value {
        let mut context = json!({"error": {"status": self.status, "message": self.message}});
        if let (Some(id), Some(members)) = (decision_id, context.as_object_mut()) {
            members.insert("decision_id".to_owned(), Value::from(id));
        }
        json!({"decision": false, "context": context})
    }
}

/// Evaluates by what is in force.
///
/// # Errors
/// See [`Wrong`].
pub fn evaluate<'a>(app: &App, in_force: &'a InForce, four: &Four<'_>) -> Result<Evaluated<'a>, Wrong> {
    let mut request = app.map.request(four)?;
    let bundle = version(in_force, &mut request, &app.clock);
    let mut answer = bundle.decide(&request);
    let mut context = told(&answer);
    if answer.decision {
        let takes = Takes::of_context(app.settings.obligations, four.context);
        match obligations(bundle, &answer, &takes) {
            Ok(obligations) if obligations.is_empty() => {}
            Ok(obligations) => drop(context.insert("obligations".to_owned(), Value::Array(obligations))),
            Err(reason) => {
                answer.decision = false;
                context.insert("reason".to_owned(), Value::from(reason));
            }
        }
    }
    Ok(Evaluated {
        bundle,
        request,
        answer,
        context,
    })
}

/// What the client is told: the verdict and all that it rests on.
fn told(answer: &Answer<'_>) -> Object<String, Value> {
    let mut context = Object::new();
    let mut put = |name: &str, value: Value| drop(context.insert(name.to_owned(), value));
    put("verdict", json!(answer.verdict));
    put("policy", json!(answer.policy));
    put("meaning", json!(answer.meaning));
    let (mut clauses, mut basis): (Vec<Value>, Vec<&str>) = (Vec::new(), Vec::new());
    let (mut missing, mut failed): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for item in &answer.items {
        let mut clause = |says: &str, id: &str, unit: Option<&kupuya_runtime::NoticeUnit<'_>>| {
            let (paragraph, sentence) = (unit.map(|unit| unit.paragraph), unit.map(|unit| unit.sentence));
            let clause = json!({"says": says, "id": id, "paragraph": paragraph, "sentence": sentence});
            push(&mut clauses, clause);
        };
        for way in &item.relies_on {
            if let Some(rule) = &way.rule {
                let says = if item.verdict == Verdict::Allow {
                    "allowed"
                } else {
                    "would_allow"
                };
                clause(says, rule.id, rule.unit.as_ref());
            }
            for base in &way.bases {
                if !basis.contains(base) {
                    basis.push(base);
                }
            }
        }
        if let Some(rule) = &item.forbidden_by {
            clause("forbidden", rule.id, rule.unit.as_ref());
        }
        if let Some(near) = &item.nearest {
            clause("nearest", near.rule.id, near.rule.unit.as_ref());
        }
        if let Some(unit) = &item.closing {
            clause("nothing_else", unit.id, Some(unit));
        }
        item.missing.iter().for_each(|gap| push(&mut missing, json!(gap)));
        item.failed.iter().for_each(|gap| push(&mut failed, json!(gap)));
    }
    put("clauses", Value::Array(clauses));
    put("basis", json!(basis));
    let deadlines = answer.items.iter().filter_map(|item| item.deadline.as_ref());
    let deadlines: Vec<Value> = deadlines.map(|deadline| json!(deadline)).collect();
    for (name, list) in [("missing", missing), ("failed", failed), ("deadlines", deadlines)] {
        if !list.is_empty() {
            put(name, Value::Array(list));
        }
    }
    if !answer.problems.is_empty() {
        put("problems", json!(answer.problems));
    }
    if !answer.left_out.is_empty() {
        put("left_out", json!(answer.left_out));
    }
    context
}

fn push(list: &mut Vec<Value>, value: Value) {
    if !list.contains(&value) {
        list.push(value);
    }
}
