//! Bodies as JSON: what is wrong is told with the field where it stands, and an object that says a key twice is refused, since
//! readers differ in which of the two they take.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::problem::{self, Problem};

/// Reads a body.
///
/// # Errors
/// [`problem::NOT_A_REQUEST`].
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let read = serde_json::from_slice(body);
    match (serde_json::from_slice::<Once>(body), read) {
        (Ok(Once), Ok(read)) => Ok(read),
        // Nothing but a second key is an error of what the text says; what is no JSON is told by the other reader, if it sees it.
        (Err(twice), Err(_)) if twice.is_data() => Err(told::<Once>(body, &twice)),
        (_, Err(error)) => Err(told::<T>(body, &error)),
        (Err(error), Ok(_)) => Err(told::<Once>(body, &error)),
    }
}

/// Reads a body that must be an object: what is derived for structs takes lists too, and their values by their places.
///
/// # Errors
/// [`problem::NOT_A_REQUEST`].
pub fn read_object<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if body.trim_ascii_start().first() == Some(&b'[') {
        let detail = "invalid type: sequence, expected an object";
        return Err(Problem::new(problem::NOT_A_REQUEST, detail));
    }
    read(body)
}

/// Reads again, slowly, to tell the field.
#[cold]
fn told<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> Problem {
    let again = &mut serde_json::Deserializer::from_slice(body);
    let field = serde_path_to_error::deserialize::<_, T>(again)
        .err()
        .map(|error| error.path().to_string());
    let problem = Problem::new(problem::NOT_A_REQUEST, error.to_string());
    match field.filter(|field| field != ".") {
        Some(field) => problem.with("field", field),
        None => problem,
    }
}

/// JSON in which no object says a key twice, however deep it lies.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Once, D::Error> {
        deserializer.deserialize_any(Once)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Once;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_str<E>(self, _: &str) -> Result<Once, E> {
        Ok(Once)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Once, A::Error> {
        while list.next_element::<Once>()?.is_some() {}
        Ok(Once)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Once, M::Error> {
        let mut keys = Keys::default();
        while let Some(Key(key)) = members.next_key()? {
            if let Err(key) = keys.insert(key) {
                // Refused where its value stands, so that the place names the key.
                members.next_value_seed(Twice(key))?;
            } else {
                members.next_value::<Once>()?;
            }
        }
        Ok(Once)
    }
}

/// The keys of an object so far. Most objects have few, and those are quicker compared one by one.
#[derive(Default)]
struct Keys<'de> {
    few: Vec<Cow<'de, str>>,
    many: HashSet<Cow<'de, str>>,
}

impl<'de> Keys<'de> {
    const FEW: usize = 16;

    fn insert(&mut self, key: Cow<'de, str>) -> Result<(), Cow<'de, str>> {
        if self.few.contains(&key) || self.many.contains(&key) {
            return Err(key);
        }
        if self.few.len() < Keys::FEW {
            self.few.push(key);
        } else {
            self.many.insert(key);
        }
        Ok(())
    }
}

/// A key, as it stands in the body if it can.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key<'de>, D::Error> {
        struct AKey;

        impl<'de> Visitor<'de> for AKey {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }

        deserializer.deserialize_str(AKey)
    }
}

/// The value of a key that stood before.
struct Twice<'de>(Cow<'de, str>);

impl<'de> DeserializeSeed<'de> for Twice<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, _: D) -> Result<(), D::Error> {
        Err(D::Error::custom(format_args!("`{}` stands twice", self.0)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Keys, read, read_object};

    /// What is told of a body, and of which field.
    fn told(body: &str) -> (String, Option<Value>) {
        let problem = read::<Value>(body.as_bytes()).unwrap_err();
        (problem.detail, problem.more.get("field").cloned())
    }

    #[test]
    fn no_key_stands_twice_at_any_depth() {
        for (body, key, field) in [
            (r#"{"a": 1, "a": 1}"#, "a", "a"),
            (r#"{"b": {"c": [0, {"a": 1, "d": {}, "a": 2}]}}"#, "a", "b.c[1].a"),
            (r#"[{}, {"a": {}, "\u0061": []}]"#, "a", "[1].a"),
            ("{\"Айгүл\": true, \"Айгүл\": false}", "Айгүл", "Айгүл"),
        ] {
            let (detail, at) = told(body);
            assert!(
                detail.starts_with(&format!("`{key}` stands twice at line 1")),
                "{detail}"
            );
            assert_eq!(at, Some(Value::from(field)), "{body}");
        }
        let keys = 3 * Keys::FEW;
        let members: Vec<String> = (0..keys).map(|number| format!("\"k{number}\": null")).collect();
        let many = members.join(",");
        assert!(read::<Value>(format!("{{{many}}}").as_bytes()).is_ok());
        for again in [0, keys - 1] {
            let (detail, _) = told(&format!("{{{many}, \"k{again}\": 0}}"));
            assert!(detail.starts_with(&format!("`k{again}` stands twice")), "{detail}");
        }
        assert!(read::<Value>(br#"{"a": {"a": {"b": 1}}, "b": [{"a": -1}, {"a": 1.5}, "a", true]}"#).is_ok());
    }

    #[test]
    fn what_is_no_json_is_told_as_such() {
        assert!(told("").0.starts_with("EOF"), "{:?}", told(""));
        assert!(told(r#"{"a": 1,}"#).0.starts_with("trailing comma"));
        let deep = "[".repeat(500);
        assert!(told(&deep).0.starts_with("recursion limit"));
        // Also where the value is taken as it stands, and nobody would look inside.
        let raw = format!("{deep}{}", "]".repeat(500));
        let problem = read::<Box<serde_json::value::RawValue>>(raw.as_bytes()).unwrap_err();
        assert!(problem.detail.starts_with("recursion limit"), "{problem:?}");
        assert!(
            read_object::<Value>(b" [1]")
                .unwrap_err()
                .detail
                .ends_with("expected an object")
        );
    }
}
