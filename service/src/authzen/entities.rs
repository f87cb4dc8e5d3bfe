//! Subject, action, resource and context become a request.

use kupuya_runtime::Request;
use serde_json::{Map as Object, Value, json};

use super::Map;
use super::map::{CONTROLLER, DATA, Names, Part};

/// The four parts of an evaluation, as they came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Four<'a> {
    /// Who.
    pub subject: Option<&'a Value>,
    /// Does what.
    pub action: Option<&'a Value>,
    /// With what.
    pub resource: Option<&'a Value>,
    /// Under which circumstances.
    pub context: Option<&'a Value>,
}

/// What is wrong with an evaluation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// 400: it is no evaluation; 404: a type that is not known here.
    pub status: u16,
    /// In a sentence.
    pub message: String,
    /// Each of its parts is in order, but two of them say different things: another of the parts might agree.
    pub against: bool,
    /// Of an evaluation with an unknown type: the rest of its request.
    pub request: Option<Box<Request>>,
}

impl Wrong {
    /// It is no evaluation.
    #[must_use]
    pub fn bad(message: impl Into<String>) -> Wrong {
        Wrong {
            status: 400,
            message: message.into(),
            against: false,
            request: None,
        }
    }

    fn against(message: impl Into<String>) -> Wrong {
        Wrong {
            against: true,
            ..Wrong::bad(message)
        }
    }

    fn unknown(message: impl Into<String>) -> Wrong {
        Wrong {
            status: 404,
            ..Wrong::bad(message)
        }
    }
}

/// An object that must be there.
fn object<'a>(name: &str, value: Option<&'a Value>) -> Result<&'a Object<String, Value>, Wrong> {
    match value {
        Some(Value::Object(members)) => Ok(members),
        Some(_) => Err(Wrong::bad(format!("`{name}` must be an object"))),
        None => Err(Wrong::bad(format!("`{name}` is missing"))),
    }
}

/// A text that must be there.
fn text<'a>(name: &str, of: &'a Object<String, Value>, key: &str) -> Result<&'a str, Wrong> {
    match of.get(key) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(Wrong::bad(format!("`{name}.{key}` must be a string"))),
        None => Err(Wrong::bad(format!("`{name}.{key}` is missing"))),
    }
}

fn properties<'a>(name: &str, of: &'a Object<String, Value>) -> Result<Option<&'a Object<String, Value>>, Wrong> {
    match of.get("properties") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) => Ok(Some(members)),
        Some(_) => Err(Wrong::bad(format!("`{name}.properties` must be an object"))),
    }
}

/// The keys of a context that take names.
const NAMES: [&str; 4] = ["purpose", "recipient", "source", "about"];
/// Those that stand in a request as they are.
const SAME: [&str; 7] = ["place", "age", "facts", "given", "records", "item", "time"];

impl Map {
    /// The request that an evaluation stands for. Members that nobody knows are not looked at. What is no evaluation is told
    /// first, wherever that stands; then that two parts say different things; only then that a type is not known.
    ///
    /// # Errors
    /// See [`Wrong`].
    pub fn request(&self, four: &Four<'_>) -> Result<Request, Wrong> {
        let subject = object("subject", four.subject)?;
        let action = object("action", four.action)?;
        let resource = object("resource", four.resource)?;
        let mut said = Said::default();
        let mut unknown = None;
        let parts = [
            ("subject", self.subject(subject)),
            ("action", self.action(action)),
            ("resource", self.resource(resource)),
        ];
        for (name, part) in parts {
            match part {
                Ok(part) => said.part(name, part),
                Err(wrong) if wrong.against => said.wrong(wrong),
                Err(wrong) if wrong.status == 404 => drop(unknown.get_or_insert(wrong)),
                Err(wrong) => return Err(wrong),
            }
        }
        match four.context {
            None | Some(Value::Null) => {}
            Some(Value::Object(context)) => said.circumstances(context)?,
            Some(_) => return Err(Wrong::bad("`context` must be an object")),
        }
        let Said { request, against } = said;
        let request: Request = serde_path_to_error::deserialize(Value::Object(request)).map_err(|error| {
            let place = error.path().to_string();
            Wrong::bad(format!("`context.{place}`: {}", error.into_inner()))
        })?;
        match (against, unknown) {
            (Some(against), _) => Err(against),
            (None, None) => Ok(request),
            (None, Some(wrong)) => Err(Wrong {
                request: Some(Box::new(request)),
                ..wrong
            }),
        }
    }

    fn subject(&self, subject: &Object<String, Value>) -> Result<Part, Wrong> {
        let (sort, id) = (text("subject", subject, "type")?, text("subject", subject, "id")?);
        properties("subject", subject)?;
        let mut part = match self.subject.get(sort) {
            Some(part) => part.of(id),
            None if sort == CONTROLLER => Part::default(),
            None => {
                return Err(Wrong::unknown(format!(
                    "subjects of type `{sort}` are not known here: `{CONTROLLER}` is, and what --map names"
                )));
            }
        };
        part.by.get_or_insert_with(|| Names::One(id.to_owned()));
        Ok(part)
    }

    fn action(&self, action: &Object<String, Value>) -> Result<Part, Wrong> {
        let name = text("action", action, "name")?;
        properties("action", action)?;
        let mut part = self.action.get(name).cloned().unwrap_or_default();
        part.verb.get_or_insert_with(|| name.to_owned());
        Ok(part)
    }

    fn resource(&self, resource: &Object<String, Value>) -> Result<Part, Wrong> {
        let (sort, id) = (text("resource", resource, "type")?, text("resource", resource, "id")?);
        let listed = properties("resource", resource)?.and_then(|members| members.get("data"));
        let listed = listed
            .map(|listed| names("resource.properties.data", listed))
            .transpose()?;
        let mut part = match self.resource.get(sort) {
            Some(part) => part.of(id),
            None if sort == DATA => Part::default(),
            None => {
                return Err(Wrong::unknown(format!(
                    "resources of type `{sort}` are not known here: `{DATA}` is, and what --map names"
                )));
            }
        };
        if let Some(listed) = listed {
            let names = Names::Several(listed);
            if part.data.as_ref().is_some_and(|fixed| *fixed != names) {
                let message =
                    format!("the data of resources of type `{sort}` are told by --map, not by `properties.data`");
                return Err(Wrong::against(message));
            }
            part.data = Some(names);
        }
        part.data.get_or_insert_with(|| Names::One(id.to_owned()));
        Ok(part)
    }
}

/// What the parts say, and the first of them that says another thing than one before.
#[derive(Default)]
struct Said {
    request: Object<String, Value>,
    against: Option<Wrong>,
}

impl Said {
    fn wrong(&mut self, against: Wrong) {
        self.against.get_or_insert(against);
    }

    /// Two that say the same agree; two that say different things are an error, and nobody has to guess which one held.
    fn say(&mut self, name: &str, key: &str, value: Value) {
        if self.request.get(key).is_some_and(|before| *before != value) {
            let message = format!("`{name}` says another `{key}` than what --map says already");
            return self.wrong(Wrong::against(message));
        }
        self.request.insert(key.to_owned(), value);
    }

    fn part(&mut self, name: &str, part: Part) {
        let lists = [
            ("by", part.by),
            ("data", part.data),
            ("purpose", part.purpose),
            ("recipient", part.recipient),
            ("source", part.source),
            ("about", part.about),
        ];
        let lists = lists
            .into_iter()
            .filter_map(|(key, names)| Some((key, json!(names?.list()))));
        let words = [("action", part.verb), ("place", part.place)];
        let words = words
            .into_iter()
            .filter_map(|(key, word)| Some((key, Value::from(word?))));
        for (key, value) in lists.chain(words) {
            self.say(name, key, value);
        }
    }

    fn circumstances(&mut self, context: &Object<String, Value>) -> Result<(), Wrong> {
        for key in NAMES {
            if let Some(value) = context.get(key) {
                let list = names(&format!("context.{key}"), value)?;
                self.say("context", key, json!(list));
            }
        }
        if let Some(country) = context.get("country") {
            if context.contains_key("place") {
                return Err(Wrong::bad(
                    "`context` says both `country` and `place`: one of them is enough",
                ));
            }
            self.say("context", "place", country.clone());
        }
        for key in SAME {
            if let Some(value) = context.get(key) {
                self.say("context", key, value.clone());
            }
        }
        Ok(())
    }
}

/// A name or a list of names.
fn names(place: &str, value: &Value) -> Result<Vec<String>, Wrong> {
    let wrong = || Wrong::bad(format!("`{place}` must be a name or a list of names"));
    match value {
        Value::String(name) => Ok(vec![name.clone()]),
        Value::Array(names) => {
            let names: Option<Vec<String>> = names.iter().map(|name| name.as_str().map(str::to_owned)).collect();
            names.ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}
