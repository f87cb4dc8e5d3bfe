//! `POST /v1/filter`: a record, the map of its fields and a request; of the record what may be used so.

use std::collections::BTreeMap;

use kupuya_runtime::{Categories, Fate, FieldMap, Filter, Request};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::body::read_object;
use super::decided::{id, log};
use super::reply::{Ask, Reply, internal};
use crate::app::{App, version};
use crate::log::Logged;
use crate::problem::{self, Problem};

/// What is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    request: Request,
    fields: BTreeMap<String, Categories>,
    record: Box<RawValue>,
}

/// What is answered.
#[derive(Serialize)]
struct Answered<'a> {
    policy: &'a str,
    meaning: &'a str,
    /// `null` if all of it falls: then the names of its objects, which may tell of a person, do not come back either.
    record: Option<Box<RawValue>>,
    fell: Vec<Fell>,
    /// Why the request could not be asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<kupuya_runtime::Problem>,
}

/// A field that fell.
#[derive(Serialize)]
struct Fell {
    field: String,
    times: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    /// `not_named`: the map does not name the field; else what the policy says of its data.
    verdict: &'static str,
}

/// Answers.
pub fn answer(app: &App, ask: &Ask<'_>) -> Result<Reply, Problem> {
    let in_force = app.in_force()?;
    let Asked {
        mut request,
        fields,
        record,
    } = read_object(ask.body)?;
    if request.data.is_some() {
        return Err(Problem::new(
            problem::NOT_A_REQUEST,
            "the request of a filter has no `data`: `fields` says which data the fields are",
        ));
    }
    let bundle = version(&in_force, &mut request, &app.clock);
    let map = FieldMap { fields };
    let filter = bundle.filter(&map, &request);
    let filter = filter.map_err(|error| Problem::new(problem::NOT_A_MAP, error.to_string()))?;
    let mut kept = Vec::with_capacity(record.get().len());
    let fallen = filter.json(record.get().as_bytes(), &mut kept);
    let fallen = fallen.map_err(|error| Problem::new(problem::NOT_A_REQUEST, error.to_string()))?;
    let refused = bundle.resolve(&request).err();
    let whole = refused.is_none() && fallen.is_empty();
    let record = match kept.trim_ascii() {
        [] => None,
        kept if whole || refused.is_none() && stays(&filter, kept) => {
            Some(serde_json::from_slice(kept).map_err(internal)?)
        }
        _ => None,
    };
    let fell = fallen.into_iter().map(|(field, (fate, times))| {
        let (data, verdict) = match fate {
            Fate::Refused { category, verdict } => (Some(category), verdict.word()),
            Fate::NotAsked { verdict } => (None, verdict.word()),
            Fate::NotNamed | Fate::Stays => (None, "not_named"),
        };
        Fell {
            field,
            times,
            data,
            verdict,
        }
    });
    let fell = match &refused {
        // The whole record, by the pointer to it: none of its names is told.
        Some(answer) => vec![Fell {
            field: String::new(),
            times: 1,
            data: None,
            verdict: answer.verdict.word(),
        }],
        None => fell.collect(),
    };
    let answered = Answered {
        policy: bundle.policy(),
        meaning: bundle.meaning(),
        record,
        fell,
        problems: refused.map(|answer| answer.problems).unwrap_or_default(),
    };
    let reply = Reply::of(&answered)?;
    // The record does not enter the log, nor do names of its fields: they may tell of a person.
    let names = map.fields.values().filter_map(Categories::names).flatten();
    request.data = Some(names.cloned().collect());
    let may_stay = filter.fields().filter(|(_, fate)| **fate == Fate::Stays);
    let data = may_stay
        .filter_map(|(field, _)| map.fields.get(field)?.names())
        .flatten();
    let decided = log(id(), app, ask, bundle, &request, || Logged {
        decision: whole,
        verdict: if whole { "all_stays" } else { "some_fell" },
        clauses: Vec::new(),
        data: data.map(String::as_str).collect(),
        obligations: Vec::new(),
    });
    Ok(reply.decided(decided))
}

/// Whether anything stays of a record but objects and lists that have become empty.
fn stays(filter: &Filter, kept: &[u8]) -> bool {
    // What nests too deep to be looked at stays as the filter left it.
    serde_json::from_slice(kept).map_or(true, |kept: Value| stays_at(filter, &kept, ""))
}

fn stays_at(filter: &Filter, value: &Value, pointer: &str) -> bool {
    match value {
        Value::Object(members) if !members.is_empty() => members.iter().any(|(name, value)| {
            let name = name.replace('~', "~0").replace('/', "~1");
            stays_at(filter, value, &format!("{pointer}/{name}"))
        }),
        Value::Array(elements) if !elements.is_empty() => {
            let mut elements = elements.iter().enumerate();
            elements.any(|(number, value)| stays_at(filter, value, &format!("{pointer}/{number}")))
        }
        Value::Object(_) | Value::Array(_) => filter.fate(pointer) == Fate::Stays,
        _ => true,
    }
}
