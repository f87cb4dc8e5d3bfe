//! The map that stands in a JSON Schema or OpenAPI document, as annotations.
//!
//! What a schema does not say for sure falls: a reference to another document, a record inside itself beyond its first
//! round, a property that is not annotated itself beside `additionalProperties` that are, and one that is annotated in
//! one alternative (`anyOf`, `oneOf`, `if`, `dependentSchemas`) and stands in another, or beside them, without annotation.
//! Annotations below `patternProperties` are refused: which names a pattern fits, a map cannot say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::map::{Categories, FieldMap, MapError};
use super::pointer;
use super::said::{Of, Said, is_index};

/// The annotation in a JSON Schema or OpenAPI document: a category, several, or none (`[]`).
pub const ANNOTATION: &str = "x-kupuya-data";

/// How deep schemas are read; what is deeper falls.
const DEEPEST: usize = 64;
/// How many schemas are read.
pub const MOST: usize = 20_000;

/// Schemas of what a list or an object holds, by whatever name.
const EACH: &[&str] = &["items", "additionalProperties", "prefixItems", "additionalItems"];
/// Keywords that hold values instead of schemas.
const VALUES: &[&str] = &["example", "examples", "default", "enum", "const"];

impl FieldMap {
    /// The annotations of a JSON Schema, or of the schema at a pointer (`/components/schemas/Order`) in an OpenAPI
    /// document. Where a field has several schemas, also as alternatives, it has the categories of all of them.
    ///
    /// # Errors
    /// See [`MapError`].
    pub fn from_schema(document: &Value, at: &str) -> Result<FieldMap, MapError> {
        let start = document.pointer(at).ok_or_else(|| MapError::NotThere(at.to_owned()))?;
        let mut reader = Reader {
            document,
            open: Vec::new(),
            read: 0,
            rebased: false,
        };
        let mut said = reader.schema(start, "", 0)?;
        said.beside_others()?;
        if said.named.values().all(Option::is_none) {
            return Err(MapError::Nothing);
        }
        let fields = said.named.into_iter().map(|(field, names)| {
            let names = names.map(|names| Categories::Several(names.into_iter().collect()));
            (field, names.unwrap_or(Categories::NotNamed))
        });
        Ok(FieldMap {
            fields: fields.collect(),
        })
    }
}

struct Reader<'a> {
    document: &'a Value,
    /// References that are being read.
    open: Vec<&'a str>,
    /// How many schemas were read.
    read: usize,
    /// Inside a schema with an `$id` of its own, from which its references count.
    rebased: bool,
}

impl<'a> Reader<'a> {
    fn schema(&mut self, schema: &'a Value, field: &str, depth: usize) -> Result<Said, MapError> {
        let before = self.rebased;
        self.rebased |= schema.get("$id").is_some() && !std::ptr::eq(schema, self.document);
        let said = self.keywords(schema, field, depth);
        self.rebased = before;
        said
    }

    fn keywords(&mut self, schema: &'a Value, field: &str, depth: usize) -> Result<Said, MapError> {
        let mut said = Said::default();
        let Value::Object(keywords) = schema else {
            return Ok(said);
        };
        self.read += 1;
        if self.read > MOST {
            return Err(MapError::TooMany);
        }
        if depth > DEEPEST {
            said.falls(field);
            return Ok(said);
        }
        if let Some(value) = keywords.get(ANNOTATION) {
            said.named.insert(field.to_owned(), Some(annotation(value, field)?));
        }
        // What a list or an object holds is one of these.
        let each = format!("{field}/*");
        let (mut of_names, mut of_elements, mut unevaluated) = (Vec::new(), Vec::new(), None);
        for (keyword, value) in keywords {
            match keyword.as_str() {
                "$ref" => said.and(self.reference(value, field, depth)?),
                "$dynamicRef" | "$recursiveRef" => said.falls(field),
                "allOf" => {
                    for one in list(value) {
                        said.and(self.schema(one, field, depth + 1)?);
                    }
                }
                "anyOf" | "oneOf" => {
                    let all = list(value).map(|one| self.schema(one, field, depth + 1));
                    said.and(Said::one_of(all.collect::<Result<_, _>>()?));
                }
                "if" => {
                    let mut holds = self.schema(value, field, depth + 1)?;
                    if let Some(then) = keywords.get("then") {
                        holds.and(self.schema(then, field, depth + 1)?);
                    }
                    let fails = keywords.get("else").map(|schema| self.schema(schema, field, depth + 1));
                    said.and(Said::one_of(vec![holds, fails.transpose()?.unwrap_or_default()]));
                }
                "dependentSchemas" => {
                    for one in value.as_object().into_iter().flat_map(serde_json::Map::values) {
                        let there = self.schema(one, field, depth + 1)?;
                        said.and(Said::one_of(vec![there, Said::default()]));
                    }
                }
                "properties" => {
                    for (name, property) in value.as_object().into_iter().flatten() {
                        // What is written for each name is no property of this one.
                        if name == "*" {
                            said.falls(&each);
                            continue;
                        }
                        let own = pointer::below(field, name);
                        let mut there = self.schema(property, &own, depth + 1)?;
                        there.properties.insert(own);
                        said.and(there);
                    }
                }
                "contains" => {
                    for one in list(value) {
                        let mut there = self.schema(one, &each, depth + 1)?;
                        there.properties.insert(each.clone());
                        said.and(Said::one_of(vec![there.clone(), Said::default()]));
                        of_elements.push((there, false));
                    }
                }
                // What is said of the rest is not said of what another keyword speaks of.
                "unevaluatedItems" | "unevaluatedProperties" => {
                    let there = self.schema(value, &each, depth + 1)?;
                    said.and(Said::one_of(vec![there.clone(), Said::default()]));
                    match keyword.as_str() {
                        "unevaluatedItems" => of_elements.push((there, false)),
                        _ => unevaluated = Some(there),
                    }
                }
                // What other keywords say of other names is not said of those that a pattern fits.
                "patternProperties" if !self.annotated(value, &mut BTreeSet::new()) => {
                    let mut there = Said::default();
                    there.properties.insert(each.clone());
                    of_names.push((there, true));
                }
                keyword if EACH.contains(&keyword) => {
                    for one in list(value).filter(|one| **one != Value::Bool(false)) {
                        let mut there = self.schema(one, &each, depth + 1)?;
                        there.properties.insert(each.clone());
                        match keyword {
                            "additionalProperties" => of_names.push((there, false)),
                            _ => of_elements.push((there, true)),
                        }
                    }
                }
                "then" | "else" if keywords.contains_key("if") => {}
                "then" | "else" => said.and(self.schema(value, field, depth + 1)?),
                ANNOTATION | "$defs" | "definitions" => {}
                values if VALUES.contains(&values) => {}
                other if self.annotated(value, &mut BTreeSet::new()) => {
                    return Err(MapError::NotRead(other.to_owned()));
                }
                _ => {}
            }
        }
        let own: BTreeSet<String> = match keywords.get("properties") {
            Some(Value::Object(own)) => own.keys().map(|name| pointer::step(name)).collect(),
            _ => BTreeSet::new(),
        };
        let mut elements = Vec::new();
        let mut others = Vec::new();
        for (there, is_pattern) in of_names {
            if !there.named.is_empty() && !is_pattern {
                others.push((Of::But(own.clone()), there.clone()));
            }
            elements.push(there);
        }
        if let Some(there) = unevaluated.filter(|there| !there.named.is_empty()) {
            let here = format!("{field}/");
            let read = said
                .properties
                .iter()
                .filter_map(|property| property.strip_prefix(&here));
            others.push((Of::But(read.map(str::to_owned).collect()), there));
        }
        // A property called 0 fits an element of a list too, about which nothing may be known.
        let may_be_list = keywords.get("type").is_none_or(|kind| kind != "object");
        if !of_elements.is_empty() || may_be_list && own.iter().any(|name| is_index(name)) {
            let all: Vec<Said> = of_elements.iter().map(|(there, _)| there.clone()).collect();
            let mut there = Said::one_of(all);
            if !there.named.contains_key(&each) {
                there.falls(&each);
            }
            others.push((Of::Elements, there));
        }
        elements.extend(
            of_elements
                .into_iter()
                .filter(|(_, each)| *each)
                .map(|(there, _)| there),
        );
        if !elements.is_empty() {
            said.and(Said::one_of(elements));
        }
        for (of, there) in others {
            said.and(Said::others(field, of, there));
        }
        Ok(said)
    }

    /// Whether an annotation stands anywhere in it, also behind references.
    fn annotated(&self, value: &'a Value, seen: &mut BTreeSet<&'a str>) -> bool {
        match value {
            Value::Object(all) => {
                let reference = all.get("$ref").and_then(Value::as_str);
                let behind = reference.filter(|reference| seen.insert(reference));
                let behind = behind.and_then(|reference| self.document.pointer(reference.strip_prefix('#')?));
                all.contains_key(ANNOTATION)
                    || behind.is_some_and(|behind| self.annotated(behind, seen))
                    || all.values().any(|value| self.annotated(value, seen))
            }
            Value::Array(all) => all.iter().any(|value| self.annotated(value, seen)),
            _ => false,
        }
    }

    fn reference(&mut self, reference: &'a Value, field: &str, depth: usize) -> Result<Said, MapError> {
        let Some((reference, pointer)) = reference
            .as_str()
            .and_then(|text| Some((text, text.strip_prefix('#')?)))
            .filter(|(text, _)| !self.open.contains(text) && !self.rebased && !text.contains('%'))
        else {
            let mut said = Said::default();
            said.falls(field);
            return Ok(said);
        };
        let target = self
            .document
            .pointer(pointer)
            .ok_or_else(|| MapError::NotThere(reference.to_owned()))?;
        self.open.push(reference);
        let said = self.schema(target, field, depth + 1);
        self.open.pop();
        said
    }
}

/// A schema, or a list of schemas.
fn list(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    }
    .iter()
}

fn annotation(annotation: &Value, field: &str) -> Result<BTreeSet<String>, MapError> {
    let wrong = || MapError::NotCategories(field.to_owned());
    match annotation {
        Value::String(name) => Ok(BTreeSet::from([name.clone()])),
        Value::Array(names) => {
            let names = names.iter();
            names
                .map(|name| name.as_str().map(str::to_owned).ok_or_else(wrong))
                .collect()
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn annotations_become_fields() {
        let document = json!({
            "openapi": "3.1.0",
            "components": {"schemas": {
                "Order": {"type": "object", "properties": {
                    "name": {"type": "string", "x-kupuya-data": "contacts.full_name"},
                    "a/b": {"x-kupuya-data": []},
                    "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},
                    "tags": {"additionalProperties": {"x-kupuya-data": ["x", "y"]}},
                    "parent": {"$ref": "#/components/schemas/Order"},
                }},
                "Line": {"allOf": [
                    {"properties": {"phone": {"x-kupuya-data": "contacts.phone_no"}}},
                    {"properties": {"phone": {"x-kupuya-data": "calls"}}},
                ]},
            }},
        });
        let map = FieldMap::from_schema(&document, "/components/schemas/Order").unwrap();
        let names = |field: &str| {
            map.fields
                .get(field)
                .map(|categories| categories.names().map_or("falls".to_owned(), |names| names.join(" ")))
        };
        assert_eq!(names("/name").as_deref(), Some("contacts.full_name"));
        assert_eq!(names("/a~1b").as_deref(), Some(""));
        assert_eq!(names("/lines/*/phone").as_deref(), Some("calls contacts.phone_no"));
        assert_eq!(names("/tags/*").as_deref(), Some("x y"));
        // A record inside itself is read once; what is deeper falls.
        assert_eq!(names("/parent/name").as_deref(), Some("contacts.full_name"));
        assert_eq!(names("/parent/parent").as_deref(), Some("falls"));
        assert_eq!(
            FieldMap::from_schema(&document, "/nowhere"),
            Err(MapError::NotThere("/nowhere".to_owned()))
        );
        assert_eq!(FieldMap::from_schema(&json!({}), ""), Err(MapError::Nothing));
        assert!(FieldMap::from_schema(&json!({"x-kupuya-data": 3}), "").is_err());
    }

    /// What a schema does not say for sure is not taken from what stands above or beside it.
    #[test]
    fn what_is_not_said_falls() {
        for (schema, field) in [
            (
                json!({"x-kupuya-data": [], "properties": {"a": {"$ref": "other.json#/A"}}}),
                "/a",
            ),
            (
                json!({"x-kupuya-data": [], "properties": {"a": {"$dynamicRef": "#A"}}}),
                "/a",
            ),
            (
                json!({"properties": {"a": {"type": "string"}}, "additionalProperties": {"x-kupuya-data": []}}),
                "/a",
            ),
            (
                json!({"x-kupuya-data": [], "properties": {"a": {"$ref": "#"}, "b": {"x-kupuya-data": "calls"}}}),
                "/a/a",
            ),
        ] {
            let map = FieldMap::from_schema(&schema, "").unwrap();
            assert_eq!(map.fields.get(field), Some(&Categories::NotNamed), "{schema}");
        }
        // References count from the `$id` of the schema that they stand in.
        let bundled = json!({"$defs": {"x": {"x-kupuya-data": []}}, "properties": {"z": {"$id": "http://x.example/y",
            "$defs": {"x": {"x-kupuya-data": "calls"}}, "properties": {"n": {"$ref": "#/$defs/x"}}},
            "other": {"x-kupuya-data": "calls"}}});
        let map = FieldMap::from_schema(&bundled, "").unwrap();
        assert_eq!(map.fields.get("/z/n"), Some(&Categories::NotNamed));
        // A map cannot say which names a pattern fits.
        let patterns = json!({"patternProperties": {"^order": {"x-kupuya-data": []}}});
        let read = FieldMap::from_schema(&patterns, "");
        assert_eq!(read.err(), Some(MapError::NotRead("patternProperties".to_owned())));
    }

    /// An alternative that has a property and does not say what it is makes it fall; one that does not have it does not.
    #[test]
    fn alternatives_are_no_certainty() {
        let named = json!({"properties": {"a": {"x-kupuya-data": "calls"}}});
        let other = json!({"properties": {"a": {"x-kupuya-data": "mail"}}});
        let silent = json!({"properties": {"a": {"type": "string"}}});
        let without = json!({"properties": {"b": {"type": "string"}}});
        for (schema, categories) in [
            (json!({"oneOf": [named, other]}), Some("calls mail")),
            (json!({"oneOf": [named, without]}), Some("calls")),
            (json!({"oneOf": [named, silent]}), None),
            (json!({"anyOf": [silent, named]}), None),
            (json!({"allOf": [silent, named]}), Some("calls")),
            (
                json!({"properties": {"a": {}}, "oneOf": [named, other]}),
                Some("calls mail"),
            ),
            (json!({"properties": {"a": {}}, "oneOf": [named, without]}), None),
            (json!({"allOf": [{"oneOf": [named, without]}, silent]}), None),
            (
                json!({"allOf": [{"oneOf": [named, without]}, other]}),
                Some("calls mail"),
            ),
            (json!({"if": named, "else": other}), Some("calls mail")),
            (json!({"if": without, "then": named, "else": silent}), None),
            (json!({"properties": {"a": {}}, "if": without, "then": named}), None),
            (json!({"properties": {"a": {}}, "dependentSchemas": {"b": named}}), None),
            (json!({"dependentSchemas": {"b": named}}), Some("calls")),
        ] {
            let map = FieldMap::from_schema(&json!({"x-kupuya-data": [], "allOf": [schema]}), "").unwrap();
            let names = map.fields.get("/a").unwrap().names().map(|names| names.join(" "));
            assert_eq!(names.as_deref(), categories, "{schema}");
        }
        let element = json!({"x-kupuya-data": "calls"});
        for (schema, falls) in [
            (json!({"items": element}), false),
            (json!({"prefixItems": [element, {}]}), true),
            (json!({"prefixItems": [element], "items": false}), false),
            (json!({"prefixItems": [element], "items": {}}), true),
            (json!({"contains": element, "items": {}}), true),
            (json!({"items": element, "additionalProperties": true}), true),
            (
                json!({"patternProperties": {"^secret": {}}, "additionalProperties": element}),
                true,
            ),
            (
                json!({"allOf": [{"patternProperties": {"^secret": {}}}], "unevaluatedProperties": element}),
                true,
            ),
            (json!({"contains": {}, "unevaluatedItems": element}), true),
            (json!({"properties": {"*": element}}), true),
        ] {
            let map = FieldMap::from_schema(&json!({"x-kupuya-data": [], "allOf": [schema]}), "").unwrap();
            assert_eq!(map.fields.get("/*") == Some(&Categories::NotNamed), falls, "{schema}");
        }
    }

    /// `additionalProperties` speaks of all names that its own schema does not list, wherever they stand.
    #[test]
    fn other_names_are_those_that_one_schema_does_not_list() {
        let a = json!({"properties": {"a": {"x-kupuya-data": "calls"}}});
        let rest = json!({"additionalProperties": {"x-kupuya-data": "mail"}});
        let with = |keyword: &str, branches: Value| {
            let mut schema = json!({"additionalProperties": {"x-kupuya-data": "mail"}});
            schema.as_object_mut().unwrap().insert(keyword.to_owned(), branches);
            schema
        };
        let silent = json!({"properties": {"a": {}}});
        for (schema, field, categories) in [
            (with("allOf", json!([a])), "/a", Some("calls mail")),
            (with("anyOf", json!([a, {}])), "/a", Some("calls mail")),
            (with("oneOf", json!([a])), "/a", Some("calls mail")),
            (
                with("properties", a.get("properties").unwrap().clone()),
                "/a",
                Some("calls"),
            ),
            (json!({"allOf": [a, rest]}), "/a", Some("calls mail")),
            (json!({"allOf": [rest, a]}), "/a", Some("calls mail")),
            (json!({"anyOf": [a, rest]}), "/a", Some("calls mail")),
            (json!({"oneOf": [rest, silent]}), "/a", None),
            (json!({"allOf": [rest, silent]}), "/a", Some("mail")),
            (json!({"properties": {"a": {}}, "anyOf": [rest, {}]}), "/a", None),
            (
                json!({"$ref": "#/$defs/a", "additionalProperties": {"x-kupuya-data": "mail"}}),
                "/a",
                Some("calls mail"),
            ),
            (
                json!({"unevaluatedProperties": {"x-kupuya-data": "mail"}, "allOf": [a]}),
                "/a",
                Some("calls"),
            ),
            (
                json!({"allOf": [{"unevaluatedProperties": {"x-kupuya-data": "mail"}}, a]}),
                "/a",
                Some("calls mail"),
            ),
            (
                json!({"additionalProperties": {"additionalProperties": {"x-kupuya-data": "mail"}},
                    "allOf": [{"properties": {"b": a}}]}),
                "/b/a",
                Some("calls mail"),
            ),
            (
                json!({"additionalProperties": {"properties": {"a": {"x-kupuya-data": "mail"}}},
                    "allOf": [{"properties": {"b": a}}]}),
                "/b/a",
                Some("calls mail"),
            ),
        ] {
            let schema = json!({"x-kupuya-data": [], "$defs": {"a": a}, "allOf": [schema]});
            let map = FieldMap::from_schema(&schema, "").unwrap();
            let names = map.fields.get(field).unwrap().names().map(|names| names.join(" "));
            assert_eq!(names.as_deref(), categories, "{schema}");
        }
    }

    /// A property that is called as an element of a list is not taken for it.
    #[test]
    fn a_number_may_be_an_element() {
        let zero = json!({"0": {"x-kupuya-data": "calls"}});
        for (schema, categories) in [
            (json!({"type": "object", "properties": zero}), Some("calls")),
            (json!({"properties": zero}), None),
            (
                json!({"properties": zero, "items": {"x-kupuya-data": "mail"}}),
                Some("calls mail"),
            ),
            (json!({"properties": zero, "items": {}}), None),
            (
                json!({"type": "object", "properties": zero, "items": {"x-kupuya-data": "mail"}}),
                Some("calls mail"),
            ),
            (
                json!({"allOf": [{"type": "object", "properties": zero}, {"items": {"x-kupuya-data": "mail"}}]}),
                Some("calls mail"),
            ),
            (
                json!({"anyOf": [{"type": "object", "properties": zero}, {"items": {}}]}),
                None,
            ),
            (
                json!({"type": ["object", "array"], "properties": zero,
                    "prefixItems": [{"x-kupuya-data": "mail"}, {"x-kupuya-data": "age"}]}),
                Some("age calls mail"),
            ),
        ] {
            let map = FieldMap::from_schema(&json!({"x-kupuya-data": [], "allOf": [schema]}), "").unwrap();
            let names = map.fields.get("/0").unwrap().names().map(|names| names.join(" "));
            assert_eq!(names.as_deref(), categories, "{schema}");
        }
    }

    #[test]
    fn no_annotation_is_passed_over() {
        let behind = json!({"properties": {"b": {"x-kupuya-data": "calls"}}, "$defs": {
            "a": {"allOf": [{"$ref": "#/$defs/c"}]}, "c": {"items": {"$ref": "#/$defs/a"}, "x-kupuya-data": []}}});
        for (keyword, value) in [
            ("patternProperties", json!({"^x": {"$ref": "#/$defs/a"}})),
            ("dependencies", json!({"b": {"$ref": "#/$defs/a"}})),
            ("not", json!({"$ref": "#/$defs/c"})),
        ] {
            let mut schema = behind.clone();
            schema.as_object_mut().unwrap().insert(keyword.to_owned(), value);
            let read = FieldMap::from_schema(&schema, "");
            assert_eq!(read.err(), Some(MapError::NotRead(keyword.to_owned())));
        }
        let annotated = json!({"properties": {"a": {"x-kupuya-data": "calls"}}});
        for keyword in ["not", "propertyNames", "components"] {
            assert_eq!(
                FieldMap::from_schema(&json!({"x-kupuya-data": [], keyword: annotated}), ""),
                Err(MapError::NotRead(keyword.to_owned()))
            );
        }
        for keyword in ["then", "else"] {
            let map = FieldMap::from_schema(&json!({"x-kupuya-data": [], keyword: annotated}), "").unwrap();
            assert!(map.fields.contains_key("/a"), "{keyword}");
        }
        for keyword in ["items", "prefixItems", "contains", "additionalItems"] {
            let schema = json!({"x-kupuya-data": [], keyword: [annotated]});
            assert!(
                FieldMap::from_schema(&schema, "").unwrap().fields.contains_key("/*/a"),
                "{keyword}"
            );
        }
    }

    /// References that double at each step end.
    #[test]
    fn a_schema_that_grows_is_refused() {
        let mut schemas = serde_json::Map::new();
        for level in 0..40 {
            let next = json!({"$ref": format!("#/s{}", level + 1)});
            schemas.insert(format!("s{level}"), json!({"properties": {"a": next, "b": next}}));
        }
        schemas.insert("s40".to_owned(), json!({"x-kupuya-data": []}));
        assert_eq!(
            FieldMap::from_schema(&Value::Object(schemas), "/s0"),
            Err(MapError::TooMany)
        );
    }
}
