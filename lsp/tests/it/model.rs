//! The protocol's own model: whether a message is one that the protocol knows, down to each field.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

/// Each kind of thing in the model by its name.
struct Model {
    methods: HashMap<String, Value>,
    structures: HashMap<String, Value>,
    enumerations: HashMap<String, Value>,
    aliases: HashMap<String, Value>,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let whole: Value = serde_json::from_str(include_str!("../metamodel/metaModel.json")).unwrap();
    let by = |lists: &[&str], name: &str| {
        let all = lists.iter().flat_map(|list| whole[*list].as_array().unwrap());
        all.map(|one| (one[name].as_str().unwrap().to_owned(), one.clone()))
            .collect()
    };
    Model {
        methods: by(&["requests", "notifications"], "method"),
        structures: by(&["structures"], "name"),
        enumerations: by(&["enumerations"], "name"),
        aliases: by(&["typeAliases"], "name"),
    }
});

/// What is wrong with a value, and where.
type Wrong = Result<(), String>;

/// Checks an answer to a request of ours, a request of the server, or a notification. `asked` is the method that an answer
/// belongs to. The server's own methods are no part of the protocol.
pub fn check(message: &Value, asked: Option<&str>) -> Wrong {
    if message["jsonrpc"] != "2.0" {
        return Err("jsonrpc is not 2.0".to_owned());
    }
    if let Some(error) = message.get("error") {
        // The base protocol is none of the model's; its codes are.
        reference("ErrorCodes", &error["code"], "error.code")?;
        return match error["message"].is_string() {
            true => Ok(()),
            false => Err("an error without a message".to_owned()),
        };
    }
    let method = message["method"].as_str().or(asked).unwrap_or_default();
    if method.starts_with("kupuya/") {
        return Ok(());
    }
    let known = MODEL.methods.get(method).ok_or(format!("no such method: {method}"))?;
    if message.get("method").is_none() {
        let result = message.get("result").ok_or("neither result nor error")?;
        return value(&known["result"], result, method);
    }
    if known["messageDirection"] == "clientToServer" {
        return Err(format!("{method} is not the server's to send"));
    }
    let params = message.get("params").unwrap_or(&Value::Null);
    match known.get("params") {
        None => Ok(()),
        Some(kind) => value(kind, params, method),
    }?;
    // What the protocol leaves open here it says elsewhere.
    match method {
        "client/registerCapability" => params["registrations"]
            .as_array()
            .unwrap()
            .iter()
            .try_for_each(registration),
        "$/progress" => ["WorkDoneProgressBegin", "WorkDoneProgressReport", "WorkDoneProgressEnd"]
            .iter()
            .map(|name| reference(name, &params["value"], method))
            .reduce(Result::or)
            .unwrap(),
        _ => Ok(()),
    }
}

fn registration(one: &Value) -> Wrong {
    let method = one["method"].as_str().unwrap();
    let mut all = MODEL.methods.values();
    let known = all
        .find(|known| known["registrationMethod"] == method || known["method"] == method)
        .ok_or(format!("{method} cannot be registered"))?;
    value(&known["registrationOptions"], &one["registerOptions"], method)
}

fn reference(name: &str, given: &Value, at: &str) -> Wrong {
    if name == "LSPAny" {
        return Ok(());
    }
    if let Some(alias) = MODEL.aliases.get(name) {
        return value(&alias["type"], given, at);
    }
    if let Some(known) = MODEL.enumerations.get(name) {
        value(&known["type"], given, at)?;
        let mut values = known["values"].as_array().unwrap().iter();
        let open = known["supportsCustomValues"] == true;
        return match open || values.any(|one| one["value"] == *given) {
            true => Ok(()),
            false => Err(format!("{at}: {given} is no {name}")),
        };
    }
    let mut fields = Map::new();
    collect(name, &mut fields);
    object(&fields, given, at)
}

/// The fields of a structure, with those that it takes from others.
fn collect(name: &str, fields: &mut Map<String, Value>) {
    let known = &MODEL.structures[name];
    for list in ["extends", "mixins"] {
        for other in known[list].as_array().into_iter().flatten() {
            collect(other["name"].as_str().unwrap(), fields);
        }
    }
    add(known, fields);
}

fn add(known: &Value, fields: &mut Map<String, Value>) {
    for field in known["properties"].as_array().unwrap() {
        fields.insert(field["name"].as_str().unwrap().to_owned(), field.clone());
    }
}

fn object(fields: &Map<String, Value>, given: &Value, at: &str) -> Wrong {
    let given = given.as_object().ok_or(format!("{at}: {given} is no object"))?;
    for name in given.keys() {
        if !fields.contains_key(name) {
            return Err(format!("{at}: there is no field {name}"));
        }
    }
    for (name, field) in fields {
        let at = format!("{at}.{name}");
        match given.get(name) {
            Some(given) => value(&field["type"], given, &at)?,
            None if field["optional"] == true => {}
            None => return Err(format!("{at} is missing")),
        }
    }
    Ok(())
}

fn value(kind: &Value, given: &Value, at: &str) -> Wrong {
    let items = || kind["items"].as_array().unwrap().iter();
    let wrong = |what: &str| Err(format!("{at}: {given} is no {what}"));
    match kind["kind"].as_str().unwrap() {
        "reference" => reference(kind["name"].as_str().unwrap(), given, at),
        "base" => match kind["name"].as_str().unwrap() {
            "integer" if given.as_i64().is_some_and(|it| i32::try_from(it).is_ok()) => Ok(()),
            "uinteger" if given.as_i64().is_some_and(|it| (0..=i64::from(i32::MAX)).contains(&it)) => Ok(()),
            "decimal" if given.is_number() => Ok(()),
            "boolean" if given.is_boolean() => Ok(()),
            "string" | "RegExp" if given.is_string() => Ok(()),
            "URI" | "DocumentUri" if given.as_str().is_some_and(|uri| uri.contains(':')) => Ok(()),
            "null" if given.is_null() => Ok(()),
            name => wrong(name),
        },
        "stringLiteral" if *given == kind["value"] => Ok(()),
        "array" => {
            let Some(all) = given.as_array() else {
                return wrong("list");
            };
            let mut all = all.iter().enumerate();
            all.try_for_each(|(place, one)| value(&kind["element"], one, &format!("{at}[{place}]")))
        }
        "map" => {
            let Some(all) = given.as_object() else {
                return wrong("map");
            };
            let key = |name: &String| value(&kind["key"], &Value::String(name.clone()), at);
            all.iter().try_for_each(|(name, one)| {
                key(name).and_then(|()| value(&kind["value"], one, &format!("{at}[{name}]")))
            })
        }
        "tuple" => match given.as_array() {
            Some(all) if all.len() == items().count() => {
                items().zip(all).try_for_each(|(kind, one)| value(kind, one, at))
            }
            _ => wrong("tuple"),
        },
        "or" => {
            let tried = items().map(|kind| value(kind, given, at)).collect::<Vec<_>>();
            match tried.iter().any(Result::is_ok) {
                true => Ok(()),
                false => Err(tried
                    .into_iter()
                    .filter_map(Result::err)
                    .collect::<Vec<_>>()
                    .join("; or ")),
            }
        }
        "and" => {
            let mut fields = Map::new();
            items().for_each(|kind| collect(kind["name"].as_str().unwrap(), &mut fields));
            object(&fields, given, at)
        }
        "literal" => {
            let mut fields = Map::new();
            add(&kind["value"], &mut fields);
            object(&fields, given, at)
        }
        other => wrong(other),
    }
}

/// The model refuses what is no message: without that a check that passes would say nothing.
#[test]
fn what_is_wrong_is_refused() {
    let told = |method: &str, params: Value| {
        check(
            &serde_json::json!({"jsonrpc": "2.0", "method": method, "params": params}),
            None,
        )
    };
    let good = serde_json::json!({"uri": "file:///a", "diagnostics": []});
    told("textDocument/publishDiagnostics", good.clone()).unwrap();
    told("textDocument/hover", good).unwrap_err();
    for bad in [
        serde_json::json!({"uri": "file:///a"}),
        serde_json::json!({"uri": "file:///a", "diagnostics": [], "more": 1}),
        serde_json::json!({"uri": "file:///a", "diagnostics": [{"message": "x"}]}),
        serde_json::json!({"uri": 5, "diagnostics": []}),
    ] {
        told("textDocument/publishDiagnostics", bad).unwrap_err();
    }
    let at = serde_json::json!({"line": -1, "character": 0});
    let answer =
        serde_json::json!({"jsonrpc": "2.0", "id": 1, "result": {"contents": "x", "range": {"start": at, "end": at}}});
    check(&answer, Some("textDocument/hover")).unwrap_err();
}
