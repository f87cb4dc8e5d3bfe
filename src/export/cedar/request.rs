//! A request as Cedar takes it: one question for each point.

use std::collections::BTreeMap;

use kupuya_runtime::wire::Act;
use kupuya_runtime::{Age, Instant, Record, RecordBy, RecordKind, Request, Time};
use serde_json::{Map, Value, json};

use super::grounds::NO_PURPOSE;
use super::schema::UNNAMED;
use crate::export::closed::{Closed, Kind};

/// One question to Cedar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The data atom, by qualified name.
    pub data: String,
    /// `Kupuya::Controller::"company"`.
    pub principal: String,
    /// `Kupuya::Action::"use"`.
    pub action: String,
    /// `Kupuya::Data::"identity.passport"`.
    pub resource: String,
    /// The context, in Cedar's JSON.
    pub context: Value,
}

/// Why a request cannot be put to Cedar: the runtime answers such a request `undeclared` or `invalid`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unaskable {
    /// No such verb.
    Verb,
    /// A name that nothing has, or several things.
    Name(String),
    /// A slot that the verb lacks.
    Slot,
    /// A list with nothing in it.
    Empty,
    /// A fact that is given as holding and as not, also by the time of its event; or an event that is given twice.
    Twice(String),
    /// The item was collected after the request's time.
    Later,
    /// Times of an item for a verb that its deadline decides (M12): deadlines are not exported.
    Deadline,
    /// `given` is for scenarios: the records themselves are asked for.
    Given,
}

/// The questions of a request: one for each data atom, purpose, recipient, source and controller that it means.
///
/// # Errors
/// A name that the policy does not have, a slot that the verb lacks, an item collected after the request's time.
pub fn questions(closed: &Closed<'_>, request: &Request) -> Result<Vec<Question>, Unaskable> {
    let act = Act::from_word(&request.action).ok_or(Unaskable::Verb)?;
    if request.given.is_some() {
        return Err(Unaskable::Given);
    }
    let timed = request
        .item
        .as_ref()
        .is_some_and(|item| item.collected.is_some() || !item.events.is_empty());
    if timed && !matches!(act, Act::Store | Act::Anonymise | Act::Erase) {
        return Err(Unaskable::Deadline);
    }
    let named = [
        (request.source.is_some(), act.has_source()),
        (request.purpose.is_some(), act.has_purpose()),
        (request.recipient.is_some(), act.has_recipient()),
    ];
    if named.iter().any(|(given, has)| *given && !has) {
        return Err(Unaskable::Slot);
    }
    let offset = closed.content.zone_offset;
    let now = request.time.map_or_else(Instant::now, |time| time.instant(offset));
    let common = common(closed, request, act, now)?;
    let mut all = Vec::new();
    let data = atoms(&closed.data, true, request.data.as_deref())?;
    let bys = atoms(&closed.controllers, true, request.by.as_deref())?;
    let sources = atoms(&closed.sources, act.has_source(), request.source.as_deref())?;
    let purposes = atoms(&closed.purposes, act.has_purpose(), request.purpose.as_deref())?;
    let recipients = atoms(&closed.recipients, act.has_recipient(), request.recipient.as_deref())?;
    let own = purposes.iter().map(|purpose| {
        let said = request.records.as_ref().filter(|_| act.has_purpose());
        said.map(|records| said_for(closed, records, *purpose, now)).transpose()
    });
    let own = own.collect::<Result<Vec<_>, _>>()?;
    for data in data.iter().flatten() {
        for by in &bys {
            for source in &sources {
                for (purpose, records) in purposes.iter().zip(&own) {
                    for recipient in &recipients {
                        let mut context = common.clone();
                        let mut put = |name: &str, value: Option<Value>| {
                            if let Some(value) = value {
                                context.insert(name.to_owned(), value);
                            }
                        };
                        put(
                            "source",
                            source.map(|source| entity("Source", closed.sources.key(source))),
                        );
                        put(
                            "purpose",
                            purpose.map(|purpose| entity("Purpose", closed.purposes.key(purpose))),
                        );
                        put(
                            "recipient",
                            recipient.map(|to| entity("Recipient", closed.recipients.key(to))),
                        );
                        put("records", records.clone());
                        let by = by.map_or(UNNAMED, |by| closed.controllers.key(by));
                        all.push(Question {
                            data: closed.data.key(*data).to_owned(),
                            principal: super::test::entity("Controller", by),
                            action: super::test::entity("Action", act.word()),
                            resource: super::test::entity("Data", closed.data.key(*data)),
                            context: Value::Object(context),
                        });
                    }
                }
            }
        }
    }
    Ok(all)
}

fn entity(of: &str, id: &str) -> Value {
    json!({"__entity": {"type": format!("Kupuya::{of}"), "id": id}})
}

fn noun(kind: &Kind, name: &str) -> Result<u32, Unaskable> {
    kind.names
        .get(name)
        .copied()
        .flatten()
        .ok_or_else(|| Unaskable::Name(name.to_owned()))
}

fn atoms(kind: &Kind, has: bool, names: Option<&[String]>) -> Result<Vec<Option<u32>>, Unaskable> {
    if !has || kind.keys.is_empty() {
        return Ok(vec![None]);
    }
    let all = || (0..crate::export::closed::count(&kind.keys)).collect();
    let found: crate::export::closed::Atoms = match names {
        None => all(),
        Some([]) => return Err(Unaskable::Empty),
        Some(names) => {
            let mut found = crate::export::closed::Atoms::new();
            for name in names {
                if name == "any" {
                    found = all();
                } else {
                    found.extend(kind.below(noun(kind, name)?));
                }
            }
            found
        }
    };
    Ok(found.into_iter().map(Some).collect())
}

/// What every question of a request has in common.
fn common(closed: &Closed<'_>, request: &Request, act: Act, now: Instant) -> Result<Map<String, Value>, Unaskable> {
    let offset = closed.content.zone_offset;
    let at = |time: Time| moment(time.instant(offset), offset);
    let mut context = Map::new();
    context.insert("now".to_owned(), moment(now, offset));
    let classes = request.about.iter().filter(|name| *name != "any");
    let classes = classes.map(|name| Ok(entity("Class", closed.subjects.key(noun(&closed.subjects, name)?))));
    context.insert("about".to_owned(), Value::Array(classes.collect::<Result<_, _>>()?));
    let (least, most) = request.age.map_or((0, u32::MAX), Age::interval);
    context.insert("age".to_owned(), json!({"atLeast": least, "atMost": most}));
    let mut facts = Map::new();
    for (name, holds) in &request.facts {
        let key = closed.facts.key(noun(&closed.facts, name)?).to_owned();
        if facts
            .insert(key, Value::Bool(*holds))
            .is_some_and(|before| before != Value::Bool(*holds))
        {
            return Err(Unaskable::Twice(name.clone()));
        }
    }
    context.insert("facts".to_owned(), Value::Object(facts));
    let item = request.item.clone().unwrap_or_default();
    let mut events = Map::new();
    for (name, time) in &item.events {
        let key = closed.facts.key(noun(&closed.facts, name)?).to_owned();
        let happened = time.is_some_and(|time| time.instant(offset) <= now);
        let said = context.get("facts").and_then(|facts| facts.get(&key));
        let value = time.map_or_else(|| json!({}), |time| json!({"at": at(time)}));
        // An event has happened if, and only if, its time has come.
        if said == Some(&Value::Bool(!happened)) || events.insert(key, value).is_some() {
            return Err(Unaskable::Twice(name.clone()));
        }
    }
    context.insert("events".to_owned(), Value::Object(events));
    if let Some(collected) = item.collected {
        if collected.instant(offset) > now {
            return Err(Unaskable::Later);
        }
        context.insert("collected".to_owned(), at(collected));
    }
    if let Some(place) = &request.place {
        let key = if place == "abroad" {
            "abroad"
        } else {
            closed.countries.key(noun(&closed.countries, place)?)
        };
        context.insert("place".to_owned(), entity("Country", key));
    }
    if let Some(records) = &request.records {
        for record in records {
            said_about(closed, record)?;
        }
        if !act.has_purpose() {
            let purposes = (0..)
                .zip(&closed.purposes.keys)
                .map(|(purpose, key)| (Some(purpose), key.as_str()));
            let each = purposes.chain([(None, NO_PURPOSE)]);
            let each = each.map(|(purpose, key)| Ok((key.to_owned(), said_for(closed, records, purpose, now)?)));
            context.insert("recordsFor".to_owned(), Value::Object(each.collect::<Result<_, _>>()?));
        }
    }
    Ok(context)
}

/// The names of a record.
fn said_about(closed: &Closed<'_>, record: &Record) -> Result<(u32, Option<Vec<u32>>), Unaskable> {
    let basis = noun(&closed.bases, &record.basis)?;
    let purposes = record
        .purposes
        .as_ref()
        .map(|names| atoms(&closed.purposes, true, Some(names)))
        .transpose()?;
    Ok((basis, purposes.map(|purposes| purposes.into_iter().flatten().collect())))
}

/// The latest record of each kind about each basis, for a purpose.
fn said_for(closed: &Closed<'_>, records: &[Record], purpose: Option<u32>, now: Instant) -> Result<Value, Unaskable> {
    let offset = closed.content.zone_offset;
    let mut found: BTreeMap<(String, &'static str), Instant> = BTreeMap::new();
    for record in records {
        let (about, purposes) = said_about(closed, record)?;
        let at = record.at.instant(offset);
        let is_end = record.kind != RecordKind::Give;
        let covers = match (&purposes, purpose) {
            (None, _) => true,
            (Some(purposes), Some(purpose)) => purposes.contains(&purpose),
            (Some(_), None) => is_end,
        };
        if !covers || at > now {
            continue;
        }
        let bases = if is_end {
            closed.bases.below(about).clone()
        } else {
            [about].into()
        };
        let kinds: &[&'static str] = match (record.kind, record.by) {
            (RecordKind::Give, RecordBy::Person) => &["person", "anyone"],
            (RecordKind::Give, RecordBy::Representative) => &["representative", "anyone"],
            (RecordKind::Withdraw, _) => &["end"],
            (RecordKind::Object, _) => &["end", "objection"],
        };
        for basis in bases {
            if closed
                .basis(basis)
                .is_some_and(|basis| basis.consent || basis.objectable)
            {
                for kind in kinds {
                    let latest = found.entry((closed.bases.key(basis).to_owned(), kind)).or_insert(at);
                    *latest = (*latest).max(at);
                }
            }
        }
    }
    let mut said: Map<String, Value> = Map::new();
    for ((basis, kind), at) in found {
        let entry = said.entry(basis).or_insert_with(|| json!({}));
        if let Value::Object(entry) = entry {
            entry.insert(kind.to_owned(), moment(at, offset));
        }
    }
    Ok(Value::Object(said))
}

/// An instant with its parts in the policy's zone.
fn moment(at: Instant, offset: i32) -> Value {
    let day = at.day(offset);
    let (year, month, of_month) = day.civil();
    let length = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    json!({
        "seconds": at.0,
        "days": day.number(),
        "month": i64::from(year) * 12 + i64::from(month) - 1,
        "day": of_month,
        "ofDay": at.0 - day.begin(offset).0,
        "monthLength": length,
    })
}
