//! Of a record, what a request allows (M10): a service drops only what it may not use.
//!
//! A [`FieldMap`] says which data the fields are, [`Bundle::filter`] asks about each category once, and the [`Filter`]
//! tells field by field what may stay, or copies JSON and leaves out the rest. What the map does not name falls.

mod json;
mod map;
mod pointer;
mod said;
mod schema;

use std::collections::BTreeMap;

pub use json::FilterError;
use map::DEEPEST;
pub use map::{Categories, FieldMap, MapError};
use pointer::steps;
pub use schema::ANNOTATION;

use crate::answer::Verdict;
use crate::bundle::Bundle;
use crate::request::Request;

/// What is to become of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Stays,
    /// The map does not name it, nor any field above it.
    NotNamed,
    /// It belongs to a category that may not be used so.
    Refused {
        /// The category, as the map calls it: the first with the worst verdict.
        category: String,
        /// What the bundle says of it.
        verdict: Verdict,
    },
    /// The request cannot be asked at all, whatever the field holds: it names what the policy does not know, or the policy is
    /// not in force.
    NotAsked {
        /// What the bundle says of the request.
        verdict: Verdict,
    },
}

/// What may stay of a record.
#[derive(Clone, Debug)]
pub struct Filter {
    fields: BTreeMap<String, Fate>,
    root: Node,
}

/// Fields by the steps of their pointers.
#[derive(Clone, Debug, Default)]
struct Node {
    own: Option<Fate>,
    named: BTreeMap<String, Node>,
    each: Option<Box<Node>>,
}

/// The lines of a map that fit a field or begin with it; those with names go before those with `*`, from the left.
#[derive(Clone, Debug, Default)]
struct Fitting<'a>(Vec<&'a Node>);

impl<'a> Fitting<'a> {
    fn below(&self, name: &str) -> Fitting<'a> {
        let both = |node: &'a Node| [node.named.get(name), node.each.as_deref()];
        Fitting(self.0.iter().copied().flat_map(both).flatten().collect())
    }

    fn has_below(&self) -> bool {
        self.0.iter().any(|node| !node.named.is_empty() || node.each.is_some())
    }

    fn own(&self) -> Option<&'a Fate> {
        self.0.iter().find_map(|node| node.own.as_ref())
    }
}

impl Bundle {
    /// What a request allows of a record. The data of the request are not looked at: it is asked of each category of the
    /// map by itself. Of a request that cannot be asked nothing stays.
    ///
    /// # Errors
    /// [`MapError::NotAPointer`] if a field is no JSON Pointer, [`MapError::TooDeep`] if it has too many steps.
    pub fn filter(&self, map: &FieldMap, request: &Request) -> Result<Filter, MapError> {
        let mut request = Request {
            data: None,
            ..request.clone()
        };
        let not_asked = self.resolve(&request).err().map(|answer| answer.verdict);
        let mut known: BTreeMap<&str, Verdict> = BTreeMap::new();
        let mut fields = BTreeMap::new();
        let mut root = Node::default();
        for (field, categories) in &map.fields {
            let mut fate = Fate::Stays;
            let mut worst = Verdict::Allow;
            if categories.names().is_none() {
                fate = Fate::NotNamed;
            }
            for category in categories.names().unwrap_or_default() {
                let verdict = *known.entry(category).or_insert_with(|| {
                    request.data = Some(vec![category.clone()]);
                    self.decide(&request).verdict
                });
                if verdict > worst {
                    worst = verdict;
                    let category = category.clone();
                    fate = Fate::Refused { category, verdict };
                }
            }
            if let Some(verdict) = not_asked {
                fate = Fate::NotAsked { verdict };
            }
            put(&mut root, field, &fate)?;
            fields.insert(field.clone(), fate);
        }
        Ok(Filter { fields, root })
    }
}

fn put(root: &mut Node, field: &str, fate: &Fate) -> Result<(), MapError> {
    let mut node = root;
    let steps = steps(field).ok_or_else(|| MapError::NotAPointer(field.to_owned()))?;
    if steps.len() > DEEPEST {
        return Err(MapError::TooDeep(steps.len()));
    }
    for step in steps {
        node = if step == "*" {
            node.each.get_or_insert_default()
        } else {
            node.named.entry(step).or_default()
        };
    }
    node.own = Some(fate.clone());
    Ok(())
}

impl Filter {
    /// The fields of the map, each with its fate.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Fate)> {
        self.fields.iter().map(|(field, fate)| (field.as_str(), fate))
    }

    /// What is to become of a value, by its JSON Pointer: its own line in the map, else that of the nearest field above.
    #[must_use]
    pub fn fate(&self, pointer: &str) -> Fate {
        let Some(steps) = steps(pointer) else {
            return Fate::NotNamed;
        };
        let mut fitting = Fitting(vec![&self.root]);
        let mut fate = fitting.own();
        for step in steps {
            fitting = fitting.below(&step);
            fate = fitting.own().or(fate);
        }
        fate.cloned().unwrap_or(Fate::NotNamed)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Categories, Fate, FieldMap, Filter, MapError};
    use crate::generated;

    fn one(name: &str) -> Categories {
        Categories::One(name.to_owned())
    }

    /// A filter with a field that may stay, one that may not, and one that is no personal data.
    fn filter() -> Filter {
        let made = generated::made(1, 1, 500);
        let request = made.allowed();
        let allowed = request.data.as_ref().unwrap().first().unwrap().clone();
        let mut others = made.requests.iter().flat_map(|request| request.data.clone().unwrap());
        let refused = others.find(|other| {
            let data = Some(vec![other.clone()]);
            !made.bundle.allows(&crate::Request {
                data,
                ..request.clone()
            })
        });
        let refused = refused.unwrap();
        let fields = BTreeMap::from([
            ("/id".to_owned(), Categories::Several(Vec::new())),
            ("/name".to_owned(), one(&allowed)),
            ("/list/*/yes".to_owned(), one(&allowed)),
            ("/list/*/no".to_owned(), one(&refused)),
            (
                "/both".to_owned(),
                Categories::Several(vec![allowed.clone(), refused.clone()]),
            ),
            ("/typo".to_owned(), one("no_such_data")),
            ("/name/part".to_owned(), one(&refused)),
        ]);
        let bad = FieldMap {
            fields: BTreeMap::from([("name".to_owned(), one(&allowed))]),
        };
        assert_eq!(
            made.bundle.filter(&bad, request).err(),
            Some(MapError::NotAPointer("name".to_owned()))
        );
        made.bundle.filter(&FieldMap { fields }, request).unwrap()
    }

    /// Not even what is no personal data stays: who asks for what nobody knows has asked nothing.
    #[test]
    fn nothing_stays_of_what_cannot_be_asked() {
        let made = generated::made(1, 1, 500);
        let request = crate::Request {
            purpose: Some(vec!["no_such_purpose".to_owned()]),
            ..made.allowed().clone()
        };
        let fields = BTreeMap::from([("/id".to_owned(), Categories::Several(Vec::new()))]);
        let filter = made.bundle.filter(&FieldMap { fields }, &request).unwrap();
        let verdict = crate::Verdict::Undeclared;
        assert_eq!(filter.fate("/id"), Fate::NotAsked { verdict });
        let (out, fallen) = copied(&filter, r#"{"id": 1}"#);
        assert_eq!((out.as_str(), fallen), ("{}\n", vec!["/id 1".to_owned()]));
    }

    fn copied(filter: &Filter, json: &str) -> (String, Vec<String>) {
        let mut out = Vec::new();
        let fallen = filter.json(json.as_bytes(), &mut out).unwrap();
        let fallen = fallen.into_iter().map(|(field, (_, times))| format!("{field} {times}"));
        (String::from_utf8(out).unwrap(), fallen.collect())
    }

    #[test]
    fn only_what_is_allowed_and_named_stays() {
        let filter = filter();
        assert_eq!(
            (filter.fate("/id"), filter.fate("/name/first")),
            (Fate::Stays, Fate::Stays)
        );
        assert_eq!(filter.fate("/other"), Fate::NotNamed);
        assert!(matches!(filter.fate("/both"), Fate::Refused { .. }));
        assert!(matches!(filter.fate("/name/part/of"), Fate::Refused { .. }));
        let input = r#"{"id": 1.50, "name": {"part": 2, "first": ["Айгүл"]}, "both": 3, "typo": 4, "other": {"id": 5},
            "list": [{"yes": true, "no": false}, {"no": [1], "more": null}, 7]}"#;
        let (out, fallen) = copied(&filter, input);
        assert_eq!(
            out,
            "{\"id\":1.50,\"name\":{\"first\":[\"Айгүл\"]},\"list\":[{\"yes\":true},{}]}\n"
        );
        let expected = [
            "/both 1",
            "/list/* 1",
            "/list/*/more 1",
            "/list/*/no 2",
            "/name/part 1",
            "/other 1",
            "/typo 1",
        ];
        assert_eq!(fallen, expected);
    }

    /// Every line that fits counts, at the elements of lists too; a name goes before `*`.
    #[test]
    fn lines_that_fit_the_same_field() {
        let (none, unknown) = (Categories::Several(Vec::new()), one("no_such_data"));
        let lines = [
            ("/a", none.clone()),
            ("/a/*/x", unknown.clone()),
            ("/a/b/y", none.clone()),
            ("/a/c/x", none.clone()),
            ("/list", none.clone()),
            ("/list/1", unknown.clone()),
            ("/list/2/z", Categories::NotNamed),
            ("/*/q", none.clone()),
        ];
        let fields = lines.map(|(field, categories)| (field.to_owned(), categories));
        let map = FieldMap {
            fields: BTreeMap::from(fields),
        };
        let made = generated::made(1, 1, 1);
        let filter = made.bundle.filter(&map, made.requests.first().unwrap()).unwrap();
        for (input, output) in [
            (
                r#"{"a":{"b":{"x":1,"y":2,"o":3},"c":{"x":4},"d":[5]}}"#,
                r#"{"a":{"b":{"y":2,"o":3},"c":{"x":4},"d":[5]}}"#,
            ),
            (r#"{"list":[1,2,{"z":3,"y":4},5]}"#, r#"{"list":[1,{"y":4},5]}"#),
            (r#"{"n":{"q":1,"r":2},"q":3}"#, r#"{"n":{"q":1}}"#),
        ] {
            assert_eq!(copied(&filter, input).0, format!("{output}\n"));
        }
        for (field, stays) in [
            ("/a/b/x", false),
            ("/a/b/y", true),
            ("/list/0", true),
            ("/list/1", false),
            ("a", false),
        ] {
            assert_eq!(filter.fate(field) == Fate::Stays, stays, "{field}");
        }
    }

    #[test]
    fn several_values_and_no_value() {
        let filter = filter();
        assert_eq!(
            copied(&filter, "{\"id\": 1}\n 2 [3] {\"id\": 4} ").0,
            "{\"id\":1}\n[]\n{\"id\":4}\n"
        );
        for bad in ["", "{\"id\": 1} x", "{\"id\"", "[1,]", &"[".repeat(100_000)] {
            assert!(filter.json(bad.as_bytes(), Vec::new()).is_err(), "{bad:.20}");
        }
    }
}
