//! The map that stands in a JSON Schema or OpenAPI document, as annotations.
//!
//! What a schema does not say for sure falls: a reference to another document, a record inside itself beyond its first
//! round, and a property that is not annotated itself beside `additionalProperties` that are. Annotations below
//! `patternProperties` are refused: which names a pattern fits, a map cannot say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::map::{Categories, FieldMap, MapError};
use super::pointer;

/// The annotation in a JSON Schema or OpenAPI document: a category, several, or none (`[]`).
pub const ANNOTATION: &str = "x-kupuya-data";

/// How deep schemas are read; what is deeper falls.
const DEEPEST: usize = 64;
/// How many schemas are read.
pub const MOST: usize = 20_000;

/// Schemas of the same value.
const SAME: &[&str] = &["allOf", "anyOf", "oneOf", "if", "then", "else"];
/// Schemas of what a list or an object holds, by whatever name.
const EACH: &[&str] = &[
    "items",
    "additionalProperties",
    "prefixItems",
    "additionalItems",
    "contains",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Keywords that hold values instead of schemas.
const VALUES: &[&str] = &["example", "examples", "default", "enum", "const"];

impl FieldMap {
    /// The annotations of a JSON Schema, or of the schema at a pointer (`/components/schemas/Order`) in an OpenAPI
    /// document. Where a field has several schemas, it has the categories of all of them.
    ///
    /// # Errors
    /// See [`MapError`].
    pub fn from_schema(document: &Value, at: &str) -> Result<FieldMap, MapError> {
        let start = document.pointer(at).ok_or_else(|| MapError::NotThere(at.to_owned()))?;
        let mut reader = Reader {
            document,
            found: BTreeMap::new(),
            open: Vec::new(),
            read: 0,
        };
        reader.schema(start, "", 0)?;
        if reader.found.values().all(Option::is_none) {
            return Err(MapError::Nothing);
        }
        let fields = reader.found.into_iter().map(|(field, names)| {
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
    /// Categories by field; `None`: it falls.
    found: BTreeMap<String, Option<BTreeSet<String>>>,
    /// References that are being read.
    open: Vec<&'a str>,
    /// How many schemas were read.
    read: usize,
}

impl<'a> Reader<'a> {
    fn schema(&mut self, schema: &'a Value, field: &str, depth: usize) -> Result<(), MapError> {
        let Value::Object(keywords) = schema else { return Ok(()) };
        self.read += 1;
        if self.read > MOST {
            return Err(MapError::TooMany);
        }
        if depth > DEEPEST {
            self.falls(field);
            return Ok(());
        }
        for (keyword, value) in keywords {
            match keyword.as_str() {
                ANNOTATION => self.annotation(value, field)?,
                "$ref" => self.reference(value, field, depth)?,
                "$dynamicRef" | "$recursiveRef" => self.falls(field),
                "properties" => {}
                same if SAME.contains(&same) => self.several(value, field, depth)?,
                each if EACH.contains(&each) => self.several(value, &format!("{field}/*"), depth)?,
                "$defs" | "definitions" => {}
                "dependentSchemas" => self.by_name(value, field, depth)?,
                values if VALUES.contains(&values) => {}
                other if annotated(value) => return Err(MapError::NotRead(other.to_owned())),
                _ => {}
            }
        }
        match keywords.get("properties") {
            Some(Value::Object(properties)) => self.properties(properties, field, depth),
            _ => Ok(()),
        }
    }

    fn falls(&mut self, field: &str) {
        self.found.insert(field.to_owned(), None);
    }

    fn annotation(&mut self, annotation: &Value, field: &str) -> Result<(), MapError> {
        let wrong = || MapError::NotCategories(field.to_owned());
        let names = match annotation {
            Value::String(name) => vec![name.clone()],
            Value::Array(names) => {
                let names = names
                    .iter()
                    .map(|name| name.as_str().map(str::to_owned).ok_or_else(wrong));
                names.collect::<Result<_, _>>()?
            }
            _ => return Err(wrong()),
        };
        let found = self
            .found
            .entry(field.to_owned())
            .or_insert_with(|| Some(BTreeSet::new()));
        if let Some(found) = found {
            found.extend(names);
        }
        Ok(())
    }

    fn reference(&mut self, reference: &'a Value, field: &str, depth: usize) -> Result<(), MapError> {
        let Some((reference, pointer)) = reference
            .as_str()
            .and_then(|text| Some((text, text.strip_prefix('#')?)))
            .filter(|(text, _)| !self.open.contains(text))
        else {
            self.falls(field);
            return Ok(());
        };
        let target = self
            .document
            .pointer(pointer)
            .ok_or_else(|| MapError::NotThere(reference.to_owned()))?;
        self.open.push(reference);
        self.schema(target, field, depth + 1)?;
        self.open.pop();
        Ok(())
    }

    /// A schema, or a list of schemas.
    fn several(&mut self, value: &'a Value, field: &str, depth: usize) -> Result<(), MapError> {
        match value {
            Value::Array(all) => all.iter().try_for_each(|one| self.schema(one, field, depth + 1)),
            one => self.schema(one, field, depth + 1),
        }
    }

    fn by_name(&mut self, value: &'a Value, field: &str, depth: usize) -> Result<(), MapError> {
        let all = value.as_object().into_iter().flat_map(serde_json::Map::values);
        all.into_iter().try_for_each(|one| self.schema(one, field, depth + 1))
    }

    fn properties(
        &mut self,
        properties: &'a serde_json::Map<String, Value>,
        field: &str,
        depth: usize,
    ) -> Result<(), MapError> {
        // What is said of other names is not said of these.
        let star = format!("{field}/*");
        let from_star = self
            .found
            .range(star.clone()..)
            .map(|(found, _)| found.strip_prefix(&star));
        let of_others = from_star.map_while(|rest| rest.map(str::to_owned)).collect::<Vec<_>>();
        for (name, property) in properties {
            let own = pointer::below(field, name);
            self.schema(property, &own, depth + 1)?;
            for rest in &of_others {
                self.found.entry(format!("{own}{rest}")).or_insert(None);
                self.read += 1;
                if self.read > MOST {
                    return Err(MapError::TooMany);
                }
            }
        }
        Ok(())
    }
}

/// Whether an annotation stands anywhere in it.
fn annotated(value: &Value) -> bool {
    match value {
        Value::Object(all) => all.contains_key(ANNOTATION) || all.values().any(annotated),
        Value::Array(all) => all.iter().any(annotated),
        _ => false,
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
        // A map cannot say which names a pattern fits.
        let patterns = json!({"patternProperties": {"^order": {"x-kupuya-data": []}}});
        let read = FieldMap::from_schema(&patterns, "");
        assert_eq!(read.err(), Some(MapError::NotRead("patternProperties".to_owned())));
    }

    #[test]
    fn no_annotation_is_passed_over() {
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
