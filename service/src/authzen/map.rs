//! The file of `--map`: how a team's own subjects, actions and resources are called in the policy.

use std::collections::BTreeMap;
use std::path::Path;

use kupuya_runtime::Slot;
use kupuya_runtime::wire::Act;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::names::Written;

/// The subjects that need no map: controllers, by their names.
pub const CONTROLLER: &str = "controller";
/// The resources that need no map: data, by their names.
pub const DATA: &str = "data_category";

/// A map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Map {
    /// By type.
    pub subject: BTreeMap<String, Part>,
    /// By name.
    pub action: BTreeMap<String, Part>,
    /// By type.
    pub resource: BTreeMap<String, Part>,
}

/// What something says about the request that is put to the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(remote = "Self", default, deny_unknown_fields)]
pub struct Part {
    /// The verb.
    pub verb: Option<String>,
    /// Who processes; a subject without it is called by its id.
    pub by: Option<Names>,
    /// The data; a resource without it is called by its id.
    pub data: Option<Names>,
    /// For what.
    pub purpose: Option<Names>,
    /// To whom.
    pub recipient: Option<Names>,
    /// Where from.
    pub source: Option<Names>,
    /// Classes of the person.
    pub about: Option<Names>,
    /// A country, or a group.
    pub place: Option<String>,
    /// What single ones of this type say instead, by id.
    pub ids: BTreeMap<String, Part>,
}

/// Read from tables alone: the derived reader would take a list too, and its values by their places.
impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Part, D::Error> {
        struct ATable;

        impl<'de> Visitor<'de> for ATable {
            type Value = Part;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<M: MapAccess<'de>>(self, members: M) -> Result<Part, M::Error> {
                Part::deserialize(MapAccessDeserializer::new(members))
            }
        }

        deserializer.deserialize_map(ATable)
    }
}

/// A name or several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Names {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Names {
    /// As a list.
    #[must_use]
    pub fn list(&self) -> Vec<String> {
        match self {
            Names::One(name) => vec![name.clone()],
            Names::Several(names) => names.clone(),
        }
    }
}

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    /// A file that cannot be read or says something else, in a sentence.
    pub fn read(file: &Path) -> Result<Map, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let map: Map = toml::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        map.check().map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(map)
    }

    fn check(&self) -> Result<(), String> {
        for (table, parts) in [
            ("subject", &self.subject),
            ("action", &self.action),
            ("resource", &self.resource),
        ] {
            for (name, part) in parts {
                let at = format!("{table}.{name}");
                if table == "action" && !part.ids.is_empty() {
                    return Err(format!("{at}: an action has no ids"));
                }
                if table != "action" && part.verb.is_some() {
                    return Err(format!("{at}: the verb belongs to an action"));
                }
                if let Some(verb) = &part.verb
                    && !Act::ALL.iter().any(|act| act.word() == verb)
                {
                    let verbs = Act::ALL.map(Act::word).join("`, `");
                    return Err(format!("{at}: no verb is called `{verb}`: write one of `{verbs}`"));
                }
                part.check(&at)?;
                for (id, one) in &part.ids {
                    one.check(&format!("{at}.ids.{id}"))?;
                }
                if let Some((id, _)) = part.ids.iter().find(|(_, one)| !one.ids.is_empty()) {
                    return Err(format!("{at}.ids.{id}: there are no ids below an id"));
                }
            }
        }
        Ok(())
    }
}

impl Map {
    /// The names of the policy in it.
    pub fn names(&self) -> Vec<Written> {
        let mut found = Vec::new();
        for (table, parts) in [
            ("subject", &self.subject),
            ("action", &self.action),
            ("resource", &self.resource),
        ] {
            for (name, part) in parts {
                let place = format!("map: {table}.{name}");
                part.names(&place, &mut found);
                for (id, one) in &part.ids {
                    one.names(&format!("{place}.ids.{id}"), &mut found);
                }
            }
        }
        found
    }
}

impl Part {
    fn lists(&self) -> [(&'static str, Slot, &Option<Names>); 6] {
        [
            ("by", Slot::By, &self.by),
            ("data", Slot::Data, &self.data),
            ("purpose", Slot::Purpose, &self.purpose),
            ("recipient", Slot::Recipient, &self.recipient),
            ("source", Slot::Source, &self.source),
            ("about", Slot::About, &self.about),
        ]
    }

    /// A list of nothing is no way to say nothing: every request with it would be a contradiction.
    fn check(&self, at: &str) -> Result<(), String> {
        let empty = |names: &Option<Names>| matches!(names, Some(Names::Several(names)) if names.is_empty());
        let mut lists = self.lists().into_iter();
        let found = lists.find(|(_, _, names)| empty(names));
        found.map_or(Ok(()), |(key, _, _)| {
            Err(format!(
                "{at}: `{key}` is an empty list: name something, or leave it out"
            ))
        })
    }

    fn names(&self, place: &str, found: &mut Vec<Written>) {
        for (key, slot, names) in self.lists() {
            for name in names.iter().flat_map(Names::list) {
                found.push(Written::new(format!("{place}.{key}"), slot, &name));
            }
        }
        if let Some(name) = &self.place {
            found.push(Written::new(format!("{place}.place"), Slot::Place, name));
        }
    }

    /// What one of this type says: its own line first.
    #[must_use]
    pub fn of(&self, id: &str) -> Part {
        let Some(own) = self.ids.get(id) else {
            return Part {
                ids: BTreeMap::new(),
                ..self.clone()
            };
        };
        let all = self.clone();
        let own = own.clone();
        Part {
            verb: own.verb.or(all.verb),
            by: own.by.or(all.by),
            data: own.data.or(all.data),
            purpose: own.purpose.or(all.purpose),
            recipient: own.recipient.or(all.recipient),
            source: own.source.or(all.source),
            about: own.about.or(all.about),
            place: own.place.or(all.place),
            ids: BTreeMap::new(),
        }
    }
}
