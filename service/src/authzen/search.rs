//! Searches: every candidate is evaluated, and those that are allowed are given page by page.

use kupuya_runtime::{Bundle, Request, Slot};
use serde_json::{Map as Object, Value, json};

use super::map::{CONTROLLER, DATA, Part};
use super::{Four, Map, Wrong, evaluate};
use crate::app::App;
use crate::bundles::InForce;
use crate::problem::{self, Problem};

/// What is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Searched {
    /// Who may.
    Subject,
    /// Do what.
    Action,
    /// With what.
    Resource,
}

/// What a search gives.
pub struct Found {
    /// The answer.
    pub body: Value,
    /// Of the request that was put to the policy, what all candidates share.
    pub request: Request,
    /// The names on this page.
    pub names: Vec<String>,
}

/// Searches in what is in force.
///
/// # Errors
/// [`problem::NOT_A_REQUEST`] and [`problem::PAGE_IS_OVER`].
pub fn search(
    app: &App,
    in_force: &InForce,
    searched: Searched,
    asked: &Object<String, Value>,
) -> Result<Found, Problem> {
    let bad = |wrong: Wrong| Problem::new(problem::NOT_A_REQUEST, wrong.message);
    let bundle = in_force.at(app.clock.instant());
    let page = Page::read(app, in_force, asked)?;
    let mut found: Vec<(String, Value)> = Vec::new();
    let mut shared = Request::default();
    let mut context = Object::new();
    for name in app.map.candidates(bundle, searched, asked).map_err(bad)? {
        let (key, entity) = searched.entity(asked, &name);
        let with = |which| if which == key { Some(&entity) } else { asked.get(which) };
        let four = Four {
            subject: with("subject"),
            action: with("action"),
            resource: with("resource"),
            context: asked.get("context"),
        };
        match evaluate(app, in_force, &four) {
            Ok(evaluated) => {
                if evaluated.answer.decision {
                    let obligations = evaluated.context.get("obligations");
                    found.push((name, searched.result(&entity, obligations)));
                }
                shared = evaluated.request;
            }
            // Of this one alone the parts disagree: an evaluation would be refused, so it is not found.
            Err(wrong) if wrong.against => {}
            Err(wrong) if wrong.status == 400 => return Err(bad(wrong)),
            Err(wrong) => {
                context.insert(
                    "error".to_owned(),
                    json!({"status": wrong.status, "message": wrong.message}),
                );
                break;
            }
        }
    }
    match searched {
        Searched::Subject => shared.by = None,
        Searched::Action => shared.action.clear(),
        Searched::Resource => shared.data = None,
    }
    context.insert("meaning".to_owned(), Value::from(bundle.meaning()));
    let total = found.len();
    let shown: Vec<(String, Value)> = found.into_iter().skip(page.from).take(page.most).collect();
    let next = page.from + shown.len();
    let token = if next < total { page.token(next) } else { String::new() };
    let (names, results): (Vec<String>, Vec<Value>) = shown.into_iter().unzip();
    let body = json!({
        "page": {"next_token": token, "count": results.len(), "total": total},
        "context": context,
        "results": results,
    });
    Ok(Found {
        body,
        request: shared,
        names,
    })
}

impl Searched {
    fn key(self) -> &'static str {
        match self {
            Searched::Subject => "subject",
            Searched::Action => "action",
            Searched::Resource => "resource",
        }
    }

    /// The candidate as an entity; an id that was sent is not looked at, nor are data listed beside it.
    fn entity(self, asked: &Object<String, Value>, name: &str) -> (&'static str, Value) {
        let entity = match self {
            Searched::Action => json!({"name": name}),
            Searched::Subject | Searched::Resource => {
                let sort = asked.get(self.key()).and_then(|entity| entity.get("type"));
                json!({"type": sort, "id": name})
            }
        };
        (self.key(), entity)
    }

    fn result(self, entity: &Value, obligations: Option<&Value>) -> Value {
        let mut result = entity.clone();
        if let (Some(obligations), Some(members)) = (obligations, result.as_object_mut()) {
            members.insert("context".to_owned(), json!({"obligations": obligations}));
        }
        result
    }
}

impl Map {
    /// Who or what can be found, by name, in the order of their names.
    fn candidates(
        &self,
        bundle: &Bundle,
        searched: Searched,
        asked: &Object<String, Value>,
    ) -> Result<Vec<String>, Wrong> {
        let all = |slot| bundle.names(slot).map(str::to_owned).collect::<Vec<String>>();
        let (parts, own, slot): (_, _, _) = match searched {
            Searched::Action => {
                let mut names: Vec<String> = self.action.keys().cloned().collect();
                names.extend(kupuya_runtime::wire::Act::ALL.map(|act| act.word().to_owned()));
                names.sort();
                names.dedup();
                return Ok(names);
            }
            Searched::Subject => (&self.subject, CONTROLLER, Slot::By),
            Searched::Resource => (&self.resource, DATA, Slot::Data),
        };
        let key = searched.key();
        let sort = asked.get(key).and_then(|entity| entity.get("type")?.as_str());
        let sort = sort.ok_or_else(|| Wrong::bad(format!("`{key}.type` is missing")))?;
        let told = |part: &Part| {
            if slot == Slot::By {
                part.by.is_some()
            } else {
                part.data.is_some()
            }
        };
        Ok(match parts.get(sort) {
            Some(part) if !part.ids.is_empty() => part.ids.keys().cloned().collect(),
            // All of this type are one to the policy: their ids are known to the client alone.
            Some(part) if told(part) => Vec::new(),
            Some(_) => all(slot),
            None if sort == own => all(slot),
            // Evaluated once, to be told that it is not known.
            None => vec![String::new()],
        })
    }
}

/// Which part of the results is asked for.
struct Page {
    from: usize,
    most: usize,
    /// Of the search and of what is in force: a token does not fit another search, nor another bundle.
    mark: String,
}

impl Page {
    fn read(app: &App, in_force: &InForce, asked: &Object<String, Value>) -> Result<Page, Problem> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(in_force.digest.as_bytes());
        for (key, value) in asked.iter().filter(|(key, _)| *key != "page") {
            hasher.update(key.as_bytes());
            hasher.update(value.to_string().as_bytes());
        }
        let mark = hasher.finalize().to_hex().chars().take(16).collect();
        let page = match asked.get("page") {
            None | Some(Value::Null) => None,
            Some(Value::Object(page)) => Some(page),
            Some(_) => return Err(Problem::new(problem::NOT_A_REQUEST, "`page` must be an object")),
        };
        let member = |key: &str| page.and_then(|page| page.get(key)).filter(|value| !value.is_null());
        let most = match member("limit") {
            None => app.settings.max_page,
            Some(limit) => {
                let limit = limit
                    .as_u64()
                    .filter(|limit| *limit > 0)
                    .and_then(|limit| usize::try_from(limit).ok());
                let detail = "`page.limit` must be a number of at least 1";
                let limit = limit.ok_or_else(|| Problem::new(problem::NOT_A_REQUEST, detail))?;
                limit.min(app.settings.max_page)
            }
        };
        // Drafts of the standard called it `next_token` here too.
        let token = member("token").or_else(|| member("next_token"));
        let mut page = Page { from: 0, most, mark };
        if let Some(token) = token.filter(|token| *token != "") {
            page.from = page.begin(token).ok_or_else(|| {
                let detail = "the token is of another search, or the policy has changed since: begin at the first page";
                Problem::new(problem::PAGE_IS_OVER, detail)
            })?;
        }
        Ok(page)
    }

    fn token(&self, from: usize) -> String {
        format!("{from:x}.{}", self.mark)
    }

    fn begin(&self, token: &Value) -> Option<usize> {
        let (from, mark) = token.as_str()?.split_once('.')?;
        usize::from_str_radix(from, 16).ok().filter(|_| mark == self.mark)
    }
}
