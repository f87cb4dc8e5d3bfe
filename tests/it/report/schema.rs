//! JSON Schema, as much of draft 4 as the schema of SARIF uses.

use serde_json::Value;

/// What is wrong with a value, a line each, with its path.
pub fn problems(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

const KNOWN: &[&str] = &[
    "$ref",
    "$schema",
    "additionalProperties",
    "anyOf",
    "default",
    "definitions",
    "description",
    "enum",
    "format",
    "id",
    "items",
    "maximum",
    "minItems",
    "minimum",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
    "uniqueItems",
];

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else { return };
    for word in rules.keys() {
        assert!(KNOWN.contains(&word.as_str()), "the test does not know `{word}`");
    }
    if let Some(target) = rules.get("$ref").and_then(Value::as_str) {
        return check(root, root.pointer(&target[1..]).unwrap(), value, at, found);
    }
    let passes = |one: &Value| {
        let mut own = Vec::new();
        check(root, one, value, at, &mut own);
        own.is_empty()
    };
    if let Some(any) = rules.get("anyOf").and_then(Value::as_array)
        && !any.iter().any(passes)
    {
        found.push(format!("{at}: none of anyOf"));
    }
    if let Some(one) = rules.get("oneOf").and_then(Value::as_array)
        && one.iter().filter(|one| passes(one)).count() != 1
    {
        found.push(format!("{at}: not one of oneOf"));
    }
    if let Some(kind) = rules.get("type").and_then(Value::as_str) {
        let fits = match kind {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            _ => panic!("the test does not know the type `{kind}`"),
        };
        if !fits {
            found.push(format!("{at}: no {kind}: {value}"));
            return;
        }
    }
    if let Some(all) = rules.get("enum").and_then(Value::as_array)
        && !all.contains(value)
    {
        found.push(format!("{at}: {value} is none of {all:?}"));
    }
    number(rules, value, at, found);
    match value {
        Value::Object(_) => object(root, schema, value, at, found),
        Value::Array(all) => array(root, schema, all, at, found),
        _ => {}
    }
}

fn number(rules: &serde_json::Map<String, Value>, value: &Value, at: &str, found: &mut Vec<String>) {
    let limit = |word: &str| rules.get(word).and_then(Value::as_f64);
    let Some(number) = value.as_f64() else { return };
    if limit("minimum").is_some_and(|least| number < least) || limit("maximum").is_some_and(|most| number > most) {
        found.push(format!("{at}: {number} is out of range"));
    }
}

fn object(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for word in schema["required"].as_array().into_iter().flatten() {
        if value.get(word.as_str().unwrap()).is_none() {
            found.push(format!("{at}: no {word}"));
        }
    }
    for (word, inner) in value.as_object().unwrap() {
        let at = format!("{at}/{word}");
        match (schema["properties"].get(word), &schema["additionalProperties"]) {
            (Some(own), _) => check(root, own, inner, &at, found),
            (None, Value::Bool(false)) => found.push(format!("{at}: not expected")),
            (None, other) => check(root, other, inner, &at, found),
        }
    }
}

fn array(root: &Value, schema: &Value, all: &[Value], at: &str, found: &mut Vec<String>) {
    if schema["minItems"]
        .as_u64()
        .is_some_and(|least| (all.len() as u64) < least)
    {
        found.push(format!("{at}: too short"));
    }
    let twice = all.iter().enumerate().any(|(index, one)| all[..index].contains(one));
    if schema["uniqueItems"] == true && twice {
        found.push(format!("{at}: one item stands twice"));
    }
    for (index, one) in all.iter().enumerate() {
        check(root, &schema["items"], one, &format!("{at}/{index}"), found);
    }
}
