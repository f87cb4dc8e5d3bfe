//! JSON in which no object says a key twice: readers differ in which of the two they take.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// Reads a document, in which no object may say a key twice.
///
/// # Errors
/// Text that is no JSON, or has such an object.
pub fn document(text: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(text).map(|Once(value)| value)
}

/// Reads a map, in which no key may stand twice.
pub(crate) fn map<'de, D: Deserializer<'de>, V: Deserialize<'de>>(from: D) -> Result<BTreeMap<String, V>, D::Error> {
    struct AMap<V>(PhantomData<V>);

    impl<'de, V: Deserialize<'de>> Visitor<'de> for AMap<V> {
        type Value = BTreeMap<String, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Self::Value, M::Error> {
            let mut found = BTreeMap::new();
            while let Some((key, value)) = members.next_entry::<String, V>()? {
                if found.contains_key(&key) {
                    return Err(twice(&key));
                }
                found.insert(key, value);
            }
            Ok(found)
        }
    }

    from.deserialize_map(AMap(PhantomData))
}

fn twice<E: Error>(key: &str) -> E {
    E::custom(format_args!("`{key}` stands twice"))
}

struct Once(Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Once, D::Error> {
        deserializer.deserialize_any(AnyJson).map(Once)
    }
}

struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut found = Vec::new();
        while let Some(Once(value)) = list.next_element()? {
            found.push(value);
        }
        Ok(Value::Array(found))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Value, M::Error> {
        let mut found = Map::new();
        while let Some((key, Once(value))) = members.next_entry::<String, Once>()? {
            if found.contains_key(&key) {
                return Err(twice(&key));
            }
            found.insert(key, value);
        }
        Ok(Value::Object(found))
    }
}

#[cfg(test)]
mod tests {
    use super::document;
    use crate::{FieldMap, Request};

    #[test]
    fn no_key_stands_twice() {
        let plain = br#"{"a": [1, -2, 0.5, null, true, "x"], "b": {"a": {}}}"#;
        let read: serde_json::Value = serde_json::from_slice(plain).unwrap();
        assert_eq!(document(plain).unwrap(), read);
        for text in [r#"{"a": 1, "a": 1}"#, r#"[{"b": {"a": {}, "\u0061": {}}}]"#] {
            let error = document(text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with("`a` stands twice"), "{error}");
        }
        let map = r#"{"fields": {"/a": "calls", "/a": []}}"#;
        assert!(serde_json::from_str::<FieldMap>(map).is_err());
        for inside in [
            r#""facts": {"f": true, "f": false}"#,
            r#""facts": {"f": true, "f": true}"#,
            r#""item": {"events": {"e": null, "e": "2026-01-01"}}"#,
        ] {
            let text = format!("{{\"action\": \"use\", {inside}}}");
            let error = serde_json::from_str::<Request>(&text).unwrap_err().to_string();
            assert!(error.contains("` stands twice"), "{error}");
        }
    }
}
