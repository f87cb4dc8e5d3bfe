//! One line: what was asked, what was answered, and what was left out of both.

use kupuya_runtime::{Bundle, Request, Slot};
use serde::Serialize;
use serde_json::{Map, Value};

use super::unknown;
use crate::settings::{Personal, Settings};

/// What stands for a masked name.
pub(super) const MASK: &str = "***";

/// What may enter the log.
#[derive(Clone, Debug, Default)]
pub struct Masks {
    values: Vec<Personal>,
    data: Vec<String>,
    labels: std::collections::BTreeMap<String, String>,
}

/// What is known of the names in a request.
pub trait Names {
    /// Whether a slot has such a name.
    fn knows(&self, slot: Slot, name: &str) -> bool;
    /// Whether a category lies at or below another one.
    fn lies_below(&self, data: &str, above: &str) -> bool;
}

impl Names for Bundle {
    fn knows(&self, slot: Slot, name: &str) -> bool {
        self.path_of(slot, name).is_some()
    }

    fn lies_below(&self, data: &str, above: &str) -> bool {
        Bundle::lies_below(self, Slot::Data, data, above)
    }
}

/// A decision to be logged.
pub struct Entry<'a> {
    /// Its id.
    pub decision_id: &'a str,
    /// The running number in this process, taken while the decision was made.
    pub number: u64,
    /// When, RFC 3339.
    pub timestamp: &'a str,
    /// The path that was asked.
    pub path: &'a str,
    /// Who asked: the address of the connection.
    pub requested_by: Option<String>,
    /// The `X-Request-ID` of the client.
    pub request_id: Option<&'a str>,
    /// The policy, the meaning that decided, and the digest of its bundle.
    pub bundle: (&'a str, &'a str, &'a str),
    /// The names of the policy.
    pub names: &'a dyn Names,
    /// What was asked.
    pub request: &'a Request,
    /// What was answered.
    pub result: Logged<'a>,
}

/// The answer as the log has it.
#[derive(Clone, Debug, Serialize)]
pub struct Logged<'a> {
    /// Whether it was allowed.
    pub decision: bool,
    /// The verdict, or what a search or a deadline comes to.
    pub verdict: &'a str,
    /// The printed ids of the clauses that it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<&'a str>,
    /// The data that it speaks about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<&'a str>,
    /// What the client was told to do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<&'a str>,
}

#[derive(Serialize)]
struct Line<'a> {
    decision_id: &'a str,
    req_id: u64,
    labels: &'a std::collections::BTreeMap<String, String>,
    bundles: std::collections::BTreeMap<&'a str, Revision<'a>>,
    path: &'a str,
    input: Value,
    result: &'a Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    erased: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    masked: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requested_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_request_id: Option<&'a str>,
    timestamp: &'a str,
}

#[derive(Serialize)]
struct Revision<'a> {
    revision: &'a str,
    digest: &'a str,
}

/// The keys of a request that tell of a person.
const PERSONAL: [(&str, Personal); 6] = [
    ("age", Personal::Age),
    ("place", Personal::Place),
    ("facts", Personal::Facts),
    ("given", Personal::Given),
    ("records", Personal::Records),
    ("item", Personal::Item),
];

impl Masks {
    /// As the settings say.
    #[must_use]
    pub fn new(settings: &Settings) -> Masks {
        Masks {
            values: settings.log_values.clone(),
            data: settings.log_mask.clone(),
            labels: settings.log_labels.clone(),
        }
    }

    /// Whether a category lies at or below a masked one.
    fn hides(&self, data: &str, names: &dyn Names) -> bool {
        let mut hidden = self.data.iter();
        hidden.any(|hidden| hidden == "any" || names.lies_below(data, hidden))
    }

    /// The line of an entry, with the line break behind it.
    #[must_use]
    pub fn line(&self, entry: &Entry<'_>) -> Vec<u8> {
        let (mut erased, mut masked) = (Vec::new(), Vec::new());
        let mut input = match serde_json::to_value(entry.request) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let mut result = serde_json::to_value(&entry.result).unwrap_or_default();
        let asked = self.mask(input.get_mut("data"), "/input/data", entry.names, &mut masked);
        let told = self.mask(result.get_mut("data"), "/result/data", entry.names, &mut masked);
        // Of a request that names no data any are meant.
        let any = entry.request.data.is_none() && !self.data.is_empty();
        let hidden = asked || told || any;
        for (key, personal) in PERSONAL {
            if (hidden || !self.values.contains(&personal)) && input.remove(key).is_some() {
                erased.push(format!("/input/{key}"));
            }
        }
        if !self.values.contains(&Personal::Unknown) {
            unknown::mask(&mut input, entry.names, &mut masked);
        }
        let (policy, revision, digest) = entry.bundle;
        let line = Line {
            decision_id: entry.decision_id,
            req_id: entry.number,
            labels: &self.labels,
            bundles: [(policy, Revision { revision, digest })].into(),
            path: entry.path,
            input: Value::Object(input),
            result: &result,
            erased,
            masked,
            requested_by: entry.requested_by.as_deref(),
            http_request_id: entry.request_id,
            timestamp: entry.timestamp,
        };
        let mut bytes = serde_json::to_vec(&line).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Masks names in a list of data; tells whether any was, or all data are meant. What the policy does not know may be anything.
    fn mask(&self, data: Option<&mut Value>, at: &str, names: &dyn Names, masked: &mut Vec<String>) -> bool {
        let mut hidden = false;
        let list = data.and_then(Value::as_array_mut).into_iter().flatten();
        for (number, name) in list.enumerate() {
            let sent = name.as_str().unwrap_or_default();
            if sent == "any" {
                hidden |= !self.data.is_empty();
                continue;
            }
            let (hides, lets) = if names.knows(Slot::Data, sent) {
                (self.hides(sent, names), true)
            } else {
                (!self.data.is_empty(), self.values.contains(&Personal::Unknown))
            };
            hidden |= hides;
            if hides || !lets {
                *name = Value::from(MASK);
                masked.push(format!("{at}/{number}"));
            }
        }
        hidden
    }
}

#[cfg(test)]
mod tests {
    use kupuya_runtime::{Age, Request, Slot};
    use serde_json::{Value, json};

    use super::{Entry, Logged, Masks, Names};
    use crate::settings::{Personal, Settings};

    /// `health` with `health.blood`, and `healthy`, which is another word.
    struct Clinic;

    impl Names for Clinic {
        fn knows(&self, _: Slot, name: &str) -> bool {
            ["health", "health.blood", "blood", "healthy", "agreed"].contains(&name)
        }

        fn lies_below(&self, data: &str, above: &str) -> bool {
            let path = |name: &str| name.replace("health.blood", "blood");
            path(data) == path(above) || above == "health" && path(data) == "blood"
        }
    }

    fn line(settings: &Settings, data: &str) -> Value {
        let request = Request {
            action: "use".to_owned(),
            data: Some(vec![data.to_owned()]),
            age: Some(Age::Years(15)),
            place: Some("KG".to_owned()),
            given: Some(vec!["agreed".to_owned()]),
            ..Request::default()
        };
        let result = Logged {
            decision: true,
            verdict: "allow",
            clauses: vec!["abc"],
            data: if Clinic.knows(Slot::Data, data) {
                vec![data]
            } else {
                Vec::new()
            },
            obligations: Vec::new(),
        };
        let entry = Entry {
            decision_id: "id",
            number: 7,
            timestamp: "2026-01-01T00:00:00Z",
            path: "/v1/decide",
            requested_by: None,
            request_id: None,
            bundle: ("shop", "m", "d"),
            names: &Clinic,
            request: &request,
            result,
        };
        let bytes = Masks::new(settings).line(&entry);
        assert_eq!(bytes.last(), Some(&b'\n'));
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn nothing_of_a_person_enters_unless_asked() {
        let told = line(&Settings::default(), "health.blood");
        assert_eq!(told["input"], json!({"action": "use", "data": ["health.blood"]}));
        assert_eq!(told["erased"], json!(["/input/age", "/input/place", "/input/given"]));
        assert_eq!(told["bundles"], json!({"shop": {"revision": "m", "digest": "d"}}));
        assert_eq!((&told["req_id"], &told["decision_id"]), (&json!(7), &json!("id")));
        let asked = Settings {
            log_values: vec![Personal::Age, Personal::Given],
            ..Settings::default()
        };
        let told = line(&asked, "health.blood");
        assert_eq!(
            told["input"],
            json!({"action": "use", "data": ["health.blood"], "age": 15, "given": ["agreed"]})
        );
        assert_eq!(told["erased"], json!(["/input/place"]));
        let masked = Settings {
            log_mask: vec!["health".to_owned()],
            ..asked
        };
        let told = line(&masked, "health.blood");
        assert_eq!(told["input"], json!({"action": "use", "data": ["***"]}));
        assert_eq!(told["result"]["data"], json!(["***"]));
        assert_eq!(told["masked"], json!(["/input/data/0", "/result/data/0"]));
        assert_eq!(line(&masked, "healthy")["input"]["data"], json!(["healthy"]));
        // By whatever name it is called; and what the policy does not know may be anything.
        for name in ["blood", "nobody knows"] {
            let told = line(&masked, name);
            assert_eq!(told["input"], json!({"action": "use", "data": ["***"]}), "{name}");
        }
        assert_eq!(line(&masked, "any")["input"], json!({"action": "use", "data": ["any"]}));
        // A mask may call it by another name, too.
        let short = Settings {
            log_mask: vec!["blood".to_owned()],
            ..Settings::default()
        };
        assert_eq!(line(&short, "health.blood")["input"]["data"], json!(["***"]));
        // Without any mask it may still be a person's name that somebody sent for the name of a category.
        let told = line(&Settings::default(), "Айгүл Асанова");
        assert_eq!(
            (&told["input"]["data"], &told["masked"]),
            (&json!(["***"]), &json!(["/input/data/0"]))
        );
        let all = Settings {
            log_values: vec![Personal::Unknown],
            ..Settings::default()
        };
        assert_eq!(line(&all, "nobody knows")["input"]["data"], json!(["nobody knows"]));
    }
}
