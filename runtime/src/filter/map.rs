//! Which data the fields of a record are: a mapping file, or annotations of a schema.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The annotation in a JSON Schema or OpenAPI document: a category, several, or none (`[]`).
pub const ANNOTATION: &str = "x-kupuya-data";

/// The categories of the fields of a record.
///
/// ```toml
/// [fields]
/// "/name" = "contacts.full_name"
/// "/orders/*/phone" = "contacts.phone_no"
/// "/orders/*/total" = []
/// ```
///
/// A field is a JSON Pointer (RFC 6901) in which `*` stands for every element of a list and every name of an object.
/// What a field holds belongs to the categories of the nearest field above it that is named here. `[]`: no personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldMap {
    /// By pointer.
    pub fields: BTreeMap<String, Categories>,
}

/// The categories of a field: a name or a list of names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Categories {
    /// One.
    One(String),
    /// Each of these; none of them: no personal data.
    Several(Vec<String>),
}

impl Categories {
    /// The names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        match self {
            Categories::One(name) => std::slice::from_ref(name),
            Categories::Several(names) => names,
        }
    }
}

/// Why there is no map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapError {
    /// A field is written without `/` before its first name.
    NotAPointer(String),
    /// Nothing stands there in the document.
    NotThere(String),
    /// An annotation that is no name and no list of names.
    NotCategories(String),
    /// The document annotates nothing.
    Nothing,
}

impl std::fmt::Display for MapError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            MapError::NotAPointer(field) => {
                write!(
                    f,
                    "`{field}` is no JSON Pointer: write `/name`, or `/list/*/name` for each of a list"
                )
            }
            MapError::NotThere(at) => write!(f, "nothing stands at `{at}` in the document"),
            MapError::NotCategories(at) => {
                write!(
                    f,
                    "`{ANNOTATION}` at `{at}` is no name of a category and no list of names"
                )
            }
            MapError::Nothing => write!(f, "no field has an `{ANNOTATION}`"),
        }
    }
}

impl std::error::Error for MapError {}

/// How deep schemas are read; deeper fields count as not named.
const DEEPEST: usize = 64;

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
        };
        reader.schema(start, "", 0)?;
        if reader.found.is_empty() {
            return Err(MapError::Nothing);
        }
        let fields = reader.found.into_iter();
        let fields = fields.map(|(field, names)| (field, Categories::Several(names.into_iter().collect())));
        Ok(FieldMap {
            fields: fields.collect(),
        })
    }
}

struct Reader<'a> {
    document: &'a Value,
    found: BTreeMap<String, BTreeSet<String>>,
    /// References that are being read.
    open: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn schema(&mut self, schema: &'a Value, field: &str, depth: usize) -> Result<(), MapError> {
        if depth > DEEPEST {
            return Ok(());
        }
        if let Some(annotation) = schema.get(ANNOTATION) {
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
            self.found.entry(field.to_owned()).or_default().extend(names);
        }
        if let Some(Value::String(reference)) = schema.get("$ref")
            && let Some(pointer) = reference.strip_prefix('#')
            && !self.open.contains(&reference.as_str())
        {
            let target = self
                .document
                .pointer(pointer)
                .ok_or_else(|| MapError::NotThere(reference.clone()))?;
            self.open.push(reference);
            self.schema(target, field, depth + 1)?;
            self.open.pop();
        }
        if let Some(Value::Object(properties)) = schema.get("properties") {
            for (name, property) in properties {
                let name = name.replace('~', "~0").replace('/', "~1");
                self.schema(property, &format!("{field}/{name}"), depth + 1)?;
            }
        }
        for each in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(each).filter(|inner| inner.is_object()) {
                self.schema(inner, &format!("{field}/*"), depth + 1)?;
            }
        }
        for several in ["allOf", "anyOf", "oneOf"] {
            if let Some(Value::Array(all)) = schema.get(several) {
                for one in all {
                    self.schema(one, field, depth + 1)?;
                }
            }
        }
        Ok(())
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
        let names = |field: &str| map.fields.get(field).map(|categories| categories.names().join(" "));
        assert_eq!(names("/name").as_deref(), Some("contacts.full_name"));
        assert_eq!(names("/a~1b").as_deref(), Some(""));
        assert_eq!(names("/lines/*/phone").as_deref(), Some("calls contacts.phone_no"));
        assert_eq!(names("/tags/*").as_deref(), Some("x y"));
        // A record inside itself is read once; what is deeper is not named, and so falls.
        assert_eq!(names("/parent/name").as_deref(), Some("contacts.full_name"));
        assert_eq!(names("/parent/parent/name"), None);
        assert_eq!(
            FieldMap::from_schema(&document, "/nowhere"),
            Err(MapError::NotThere("/nowhere".to_owned()))
        );
        assert_eq!(FieldMap::from_schema(&json!({}), ""), Err(MapError::Nothing));
        assert!(FieldMap::from_schema(&json!({"x-kupuya-data": 3}), "").is_err());
    }
}
