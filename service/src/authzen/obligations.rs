//! What must be done, as the draft Obligations Extension and Profile have it: only clients that adopt them are given obligations,
//! and what has obligations that a client cannot meet is denied.

use kupuya_runtime::{Answer, Bundle, Duty};
use serde_json::{Map as Object, Value, json};

use crate::settings::Obligations;

/// The types that are given.
pub const TYPES: [&str; 2] = ["notification", "custom"];

/// Which obligations a client can be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes<'a> {
    /// All: the operator answers for it.
    All,
    /// Those of these types.
    Listed(Vec<&'a str>),
    /// It has not said that it knows of any.
    None,
}

impl<'a> Takes<'a> {
    /// Of a client that says so in the context of an evaluation.
    #[must_use]
    pub fn of_context(when: Obligations, context: Option<&'a Value>) -> Takes<'a> {
        let listed = |key: &str| context.and_then(|context| context.get(key)?.as_array());
        if when == Obligations::Always {
            return Takes::All;
        }
        match listed("supported_mandatory_extensions") {
            Some(extensions) if extensions.iter().any(|one| one == "obligations") => {
                let types = listed("supported_obligations").into_iter().flatten();
                Takes::Listed(types.filter_map(Value::as_str).collect())
            }
            _ => Takes::None,
        }
    }

    /// Of a client that says so in a header: types with commas between.
    #[must_use]
    pub fn of_header(when: Obligations, header: Option<&'a str>) -> Takes<'a> {
        match header {
            _ if when == Obligations::Always => Takes::All,
            Some(types) => Takes::Listed(types.split(',').map(str::trim).collect()),
            None => Takes::None,
        }
    }

    fn takes(&self, sort: &str) -> bool {
        match self {
            Takes::All => true,
            Takes::Listed(types) => types.contains(&sort),
            Takes::None => false,
        }
    }
}

/// The obligations of an allowed answer; `Err`: why it must be denied all the same, in one word.
pub fn obligations(bundle: &Bundle, answer: &Answer<'_>, takes: &Takes<'_>) -> Result<Vec<Value>, &'static str> {
    let mut duties: Vec<(&Duty<'_>, Vec<&str>)> = Vec::new();
    for item in &answer.items {
        for duty in &item.obligations {
            match duties.iter_mut().find(|(known, _)| *known == duty) {
                Some((_, data)) => data.push(item.point.data),
                None => duties.push((duty, vec![item.point.data])),
            }
        }
    }
    if duties.is_empty() {
        return Ok(Vec::new());
    }
    if *takes == Takes::None {
        return Err("obligations_not_adopted");
    }
    let numbered = duties.iter().zip(1..);
    let told = numbered.map(|((duty, data), number): (_, u32)| {
        let (sort, properties) = if duty.what == "notify" && !duty.to.is_empty() && takes.takes("notification") {
            ("notification", notification(bundle, duty))
        } else {
            ("custom", custom(duty, data))
        };
        let id = format!("{}-{number}", duty.what);
        takes
            .takes(sort)
            .then(|| json!({"id": id, "type": sort, "properties": properties}))
    });
    let told: Option<Vec<Value>> = told.collect();
    told.ok_or("obligations_not_supported")
}

/// Its members are the profile's, and no others: the term stands in the clauses.
fn notification(bundle: &Bundle, duty: &Duty<'_>) -> Object<String, Value> {
    let sentences: Vec<&str> = duty
        .rules
        .iter()
        .filter_map(|rule| Some(bundle.clause(rule)?.sentence))
        .collect();
    let mut members = Object::new();
    members.insert("to".to_owned(), json!(duty.to));
    members.insert("topic".to_owned(), Value::from(bundle.policy()));
    members.insert("body".to_owned(), Value::from(sentences.join(" ")));
    members
}

fn custom(duty: &Duty<'_>, data: &[&str]) -> Object<String, Value> {
    let mut members = match serde_json::to_value(duty) {
        Ok(Value::Object(members)) => members,
        _ => Object::new(),
    };
    members.insert("data".to_owned(), json!(data));
    members
}
