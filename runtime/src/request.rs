//! What a service asks (M3).
//!
//! ```json
//! {"action": "share", "data": ["identity.passport"], "recipient": ["banks"], "purpose": ["payments"],
//!  "about": ["user"], "place": "KG", "age": 15, "facts": {"contacts_allowed": true},
//!  "records": [{"kind": "give", "basis": "agreed", "purposes": null, "at": "2026-01-01", "by": "self"}],
//!  "time": "2026-01-02T10:00:00+06:00"}
//! ```
//!
//! Every field but `action` may be left out; unknown fields are refused. A slot (`by`, `data`, `source`, `purpose`,
//! `recipient`) that is left out means any; `["any"]` says the same; `[]` is a contradiction. Nouns are called by bare name
//! where that is unique, else by path.

use std::collections::BTreeMap;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::Time;
use crate::once;

/// One request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Request {
    /// The verb: `collect`, `use`, `profile`, `store`, `share`, `publish`, `anonymise` or `erase`.
    pub action: String,
    /// The data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Vec<String>>,
    /// Who processes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Vec<String>>,
    /// Where from; `collect` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Vec<String>>,
    /// For what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Vec<String>>,
    /// To whom; `share` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Vec<String>>,
    /// Classes of the person; all of them hold of the one person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// The country or group, or `abroad`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The person's age in completed years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<Age>,
    /// Conditions and events: known to hold or not. What is not named is unknown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "once::map")]
    pub facts: BTreeMap<String, bool>,
    /// Facts and consents in one list, as in a scenario: `agreed`, `not contacts_allowed`. A basis is a consent given at
    /// the request's time for all purposes; with this list the records are known, and one not in it was never given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Vec<String>>,
    /// All records of the person's consents and objections; left out: unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub records: Option<Vec<Record>>,
    /// Times of the item in question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemTimes>,
    /// The instant asked about; left out: now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
}

/// An age: `15`, or bounds, both included. A number may be written as JSON Schema's integers are: `15.0` is 15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Age {
    /// Completed years.
    Years(u32),
    /// Between.
    Between(AgeBounds),
}

/// Bounds of an age; one left out does not bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeBounds {
    /// The least.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "bound")]
    pub at_least: Option<u32>,
    /// The greatest.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "bound")]
    pub at_most: Option<u32>,
}

impl<'de> Deserialize<'de> for Age {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Age, D::Error> {
        deserializer.deserialize_any(AnAge)
    }
}

fn bound<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    match Option::deserialize(deserializer)? {
        None => Ok(None),
        Some(Age::Years(years)) => Ok(Some(years)),
        Some(Age::Between(_)) => Err(de::Error::custom("bounds within bounds: a number is expected")),
    }
}

/// Reads an age.
struct AnAge;

impl<'de> Visitor<'de> for AnAge {
    type Value = Age;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an age in completed years, 15, or its bounds, {\"at_least\": 14, \"at_most\": 17}")
    }

    fn visit_u64<E: de::Error>(self, years: u64) -> Result<Age, E> {
        let within = u32::try_from(years).map(Age::Years);
        within.map_err(|_| E::invalid_value(Unexpected::Unsigned(years), &self))
    }

    fn visit_i64<E: de::Error>(self, years: i64) -> Result<Age, E> {
        let within = u32::try_from(years).map(Age::Years);
        within.map_err(|_| E::invalid_value(Unexpected::Signed(years), &self))
    }

    fn visit_f64<E: de::Error>(self, years: f64) -> Result<Age, E> {
        if years.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&years) {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole, and within"
            )]
            return Ok(Age::Years(years as u32));
        }
        Err(E::invalid_value(Unexpected::Float(years), &self))
    }

    fn visit_map<M: MapAccess<'de>>(self, bounds: M) -> Result<Age, M::Error> {
        AgeBounds::deserialize(MapAccessDeserializer::new(bounds)).map(Age::Between)
    }
}

impl Age {
    /// As an interval, both ends included; no upper end is [`u32::MAX`].
    #[must_use]
    pub fn interval(self) -> (u32, u32) {
        match self {
            Age::Years(years) => (years, years),
            Age::Between(bounds) => (bounds.at_least.unwrap_or(0), bounds.at_most.unwrap_or(u32::MAX)),
        }
    }
}

/// What the person did about a basis (M6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Record {
    /// What was done.
    pub kind: RecordKind,
    /// The basis. A withdrawal or objection counts for every basis below it too.
    pub basis: String,
    /// The purposes it speaks about; left out or `null`: all.
    #[serde(default)]
    pub purposes: Option<Vec<String>>,
    /// When.
    pub at: Time,
    /// By whom.
    #[serde(default)]
    pub by: RecordBy,
}

/// The kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// A consent.
    Give,
    /// Its end.
    Withdraw,
    /// An objection.
    Object,
}

/// Who made a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordBy {
    /// The person.
    #[default]
    #[serde(rename = "self")]
    Person,
    /// Somebody who represents the person.
    #[serde(rename = "representative")]
    Representative,
}

/// Times of an item of data (M12).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct ItemTimes {
    /// When it was collected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collected: Option<Time>,
    /// When events happened; `null`: not yet. What is not named is unknown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "once::map")]
    pub events: BTreeMap<String, Option<Time>>,
}

/// What stands here is read from objects alone: the derived reader would take a list too, and its values by their places.
macro_rules! objects {
    ($($name:ident)*) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                struct AnObject;

                impl<'de> Visitor<'de> for AnObject {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<M: MapAccess<'de>>(self, members: M) -> Result<$name, M::Error> {
                        $name::deserialize(MapAccessDeserializer::new(members))
                    }
                }

                deserializer.deserialize_map(AnObject)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $name::serialize(self, serializer)
            }
        }
    )*};
}

objects! { Request Record ItemTimes }

#[cfg(test)]
mod tests {
    use super::{Age, AgeBounds, Request};

    #[test]
    fn ages_are_whole_numbers_or_bounds() {
        let read = |text: &str| serde_json::from_str::<Age>(text).map_err(|error| error.to_string());
        for whole in ["15", "15.0", "1.5e1"] {
            assert_eq!(read(whole), Ok(Age::Years(15)), "{whole}");
        }
        let bounds = AgeBounds {
            at_least: Some(14),
            at_most: None,
        };
        assert_eq!(read(r#"{"at_least": 14.0, "at_most": null}"#), Ok(Age::Between(bounds)));
        let expected = "expected an age in completed years, 15, or its bounds, {\"at_least\": 14, \"at_most\": 17}";
        for wrong in [
            "-1",
            "1.5",
            "4294967296",
            "1e300",
            "\"15\"",
            "true",
            "[15]",
            r#"{"at_least": "x"}"#,
        ] {
            let told = read(wrong).unwrap_err();
            assert!(told.contains(expected), "{wrong}: {told}");
        }
        for wrong in [r#"{"at_least": {"at_least": 1}}"#, r#"{"least": 1}"#] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_list_is_no_object() {
        let read = |text: &str| serde_json::from_str::<Request>(text).map_err(|error| error.to_string());
        let good =
            r#"{"action": "use", "records": [{"kind": "give", "basis": "agreed", "at": "2026-01-01"}], "item": {}}"#;
        let again = serde_json::to_string(&read(good).unwrap()).unwrap();
        assert_eq!(read(&again), read(good));
        for list in [
            r#"["use"]"#,
            "[]",
            r#"{"action": "use", "records": [["give", "agreed", null, "2026-01-01", "self"]]}"#,
            r#"{"action": "use", "item": []}"#,
            r#"{"action": "use", "item": ["2026-01-01", {}]}"#,
        ] {
            let told = read(list).unwrap_err();
            assert!(
                told.starts_with("invalid type: sequence, expected an object at line 1"),
                "{list}: {told}"
            );
        }
        assert!(
            read(r#"{"action": "use", "action": "use"}"#)
                .unwrap_err()
                .starts_with("duplicate field `action`")
        );
    }
}
