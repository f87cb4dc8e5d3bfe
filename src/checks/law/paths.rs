//! Paths of rules: what each step finds. A field comes first, then nouns of a kind or class, then flows with a verb.

use super::ages::{Standing, standing};
use super::fields::{self, Found, Value};
use super::judge::hours;
use super::names::Name;
use super::project::Project;
use crate::checks::pairs::locations;
use crate::graph::any;
use crate::model::noun::{AnyNoun, Controller, Country, Id, Location};
use crate::model::sentence::{Act, End, Keep, ObligationKind, Slot};
use crate::model::{Context, Model, Pack};
use crate::syntax::ast::{Path, Period};
use crate::syntax::vocabulary::{Kind, Verb};

/// Follows a path from an element. Empty: not stated.
#[must_use]
pub fn follow(project: &Project<'_>, pack: &Pack, from: Value, path: &Path) -> Vec<Found> {
    let steps: Vec<&str> = path.steps.iter().map(|step| step.value.as_str()).collect();
    follow_names(project, pack, from, &steps)
}

/// The same, the steps by their words.
#[must_use]
pub fn follow_names(project: &Project<'_>, pack: &Pack, from: Value, steps: &[&str]) -> Vec<Found> {
    let mut at = vec![Found {
        value: from,
        span: None,
    }];
    for step in steps {
        at = at
            .iter()
            .flat_map(|found| one_step(project, pack, found.value, step))
            .collect();
        at.sort_unstable();
        at.dedup();
    }
    at
}

fn one_step(project: &Project<'_>, pack: &Pack, from: Value, word: &str) -> Vec<Found> {
    if let Some(found) = field(project, from, word) {
        return found;
    }
    match project.resolve(pack, word) {
        Some(Name::Kind(kind)) => nouns(project, from, kind, |_| true),
        Some(Name::Class(class)) => nouns(project, from, class.kind, |noun| {
            let by_age = || standing(project.model, noun.id()?, class.id()?);
            project.model.below(noun, class) || by_age() == Some(Standing::Inside)
        }),
        Some(Name::Verb(Verb::Keep)) => keeps(project, from),
        Some(Name::Verb(verb)) => flows(project, from, &acts(verb)),
        Some(Name::Flow) => flows(project, from, &Act::ALL),
        None => Vec::new(),
    }
}

/// What a verb stands for after `each` and in a path.
#[must_use]
pub fn acts(verb: Verb) -> Vec<Act> {
    match verb {
        Verb::Collect => vec![Act::Collect],
        Verb::Use => vec![Act::Use],
        Verb::Profile => vec![Act::Profile],
        Verb::Store => vec![Act::Store],
        Verb::Share => vec![Act::Share],
        Verb::Publish => vec![Act::Publish],
        Verb::Anonymise => vec![Act::Anonymise],
        Verb::Erase => vec![Act::Erase],
        Verb::Process => vec![Act::Collect, Act::Use, Act::Store],
        // Bans alone can speak of it; no statement combines.
        Verb::Combine | Verb::Keep => Vec::new(),
    }
}

fn field(project: &Project<'_>, from: Value, word: &str) -> Option<Vec<Found>> {
    let model = project.model;
    match from {
        Value::Noun(noun) => fields::of_noun(model, noun, word),
        Value::Means(by, at) if word == "effort" => {
            let effort = fields::effort(model, &[by, at]).map(Value::Number);
            Some(plain(effort))
        }
        Value::Keep(keep) => {
            let keep = &model.keeps[keep];
            let stated = |holds: bool| plain(holds.then_some(Value::Said));
            match word {
                "end" => Some(stated(keep.end.is_some() || keep.at_most.is_some())),
                "period" => Some(
                    longest(keep)
                        .map(|period| Found {
                            value: Value::Period(period),
                            // Only a bound stands at one place.
                            span: keep.at_most.filter(|most| most.value == period).map(|most| most.span),
                        })
                        .into_iter()
                        .collect(),
                ),
                "then" | "disposal" => Some(stated(keep.disposal.is_some() || !keep.then.is_empty())),
                "country" => Some(countries(model, &keep.place, &[], &keep.by)),
                "place" => Some(stated(!keep.place.is_empty())),
                _ => None,
            }
        }
        Value::Flow(flow) => {
            let statement = &model.permissions[project.flows.get(flow)?.statement];
            match word {
                "notify" => Some(
                    statement
                        .then
                        .iter()
                        .filter(|what| what.what == ObligationKind::Notify)
                        .map(|what| Found {
                            value: what.within.map_or(Value::Said, Value::Period),
                            span: Some(what.span),
                        })
                        .collect(),
                ),
                "country" => {
                    let recipients = nouns(project, from, Kind::Recipient, |_| true);
                    Some(countries(model, &statement.place, &recipients, &statement.by))
                }
                "place" => Some(plain((!statement.place.is_empty()).then_some(Value::Said))),
                "then" => Some(plain((!statement.then.is_empty()).then_some(Value::Said))),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The countries in which something happens: those of the sentence, else where its recipients are, else the controller's
/// (M5). The home country of the law, which counts where nothing is said, is not stated.
fn countries(model: &Model, place: &[Location], recipients: &[Found], by: &Slot<Controller>) -> Vec<Found> {
    let of_recipients = recipients.iter().filter_map(|found| match found.value {
        Value::Noun(noun) => noun.id().map(|id| locations(model, id)),
        _ => None,
    });
    let named =
        |places: &[Location]| -> Vec<Id<Country>> { places.iter().filter_map(|place| place.country()).collect() };
    let found = match (place, recipients) {
        ([], []) => by
            .atoms
            .iter()
            .filter_map(|id| model.controllers[*id].detail.country)
            .collect(),
        ([], _) => of_recipients.flat_map(named).collect(),
        (stated, _) => named(stated),
    };
    plain(found.into_iter().map(|id| Value::Noun(any(Kind::Country, id))))
}

/// How long a keep lasts at most: from the collection, or from the event after which its period runs. `None` if it may last
/// until something happens.
fn longest(keep: &Keep) -> Option<Period> {
    fn of(end: &End) -> Option<Period> {
        match end {
            End::After(period, _) => Some(*period),
            End::Event(_) | End::Date(_) => None,
            End::Or(all) => all.iter().filter_map(of).min_by_key(|period| hours(*period)),
            End::And(all) => {
                let each: Option<Vec<Period>> = all.iter().map(of).collect();
                each?.into_iter().max_by_key(|period| hours(*period))
            }
        }
    }
    let least = keep.at_least.map(|period| period.value);
    let end = match &keep.end {
        Some(end) => of(end).map(|end| {
            [Some(end), least]
                .into_iter()
                .flatten()
                .max_by_key(|period| hours(*period))
        }),
        None => least.map(Some),
    };
    let most = keep.at_most.map(|period| period.value);
    let both = end.flatten().into_iter().chain(most);
    both.min_by_key(|period| hours(*period))
}

fn plain(values: impl IntoIterator<Item = Value>) -> Vec<Found> {
    values.into_iter().map(|value| Found { value, span: None }).collect()
}

fn nouns(project: &Project<'_>, from: Value, kind: Kind, wanted: impl Fn(AnyNoun) -> bool) -> Vec<Found> {
    let near: Vec<AnyNoun> = match from {
        Value::Noun(noun) if noun.kind == Kind::Policy => project.own.get_or_init(|| of_project(project.model)).clone(),
        Value::Noun(noun) => project.around(noun, kind).to_vec(),
        Value::Flow(flow) => project
            .flows
            .get(flow)
            .map(|flow| flow.nouns.iter().copied().collect())
            .unwrap_or_default(),
        Value::Keep(keep) => project.kept.get(keep).into_iter().flatten().copied().collect(),
        Value::Means(by, at) => by.into_iter().chain(at).map(|id| any(Kind::Channel, id)).collect(),
        _ => Vec::new(),
    };
    plain(
        near.into_iter()
            .filter(|noun| noun.kind == kind && wanted(*noun))
            .map(Value::Noun),
    )
}

/// From the policy every noun of the project is reached.
fn of_project(model: &Model) -> Vec<AnyNoun> {
    fn add<D>(all: &mut Vec<AnyNoun>, table: &crate::model::noun::Table<D>, kind: Kind) {
        all.extend(table.of_project().map(|(id, _)| any(kind, id)));
    }
    let mut all = Vec::new();
    add(&mut all, &model.controllers, Kind::Controller);
    add(&mut all, &model.subjects, Kind::Subject);
    add(&mut all, &model.data, Kind::Data);
    add(&mut all, &model.sources, Kind::Source);
    add(&mut all, &model.purposes, Kind::Purpose);
    add(&mut all, &model.bases, Kind::Basis);
    add(&mut all, &model.recipients, Kind::Recipient);
    add(&mut all, &model.channels, Kind::Channel);
    add(&mut all, &model.facts, Kind::Fact);
    add(&mut all, &model.rights, Kind::Right);
    add(&mut all, &model.measures, Kind::Measure);
    add(&mut all, &model.duties, Kind::Duty);
    add(&mut all, &model.terms, Kind::Term);
    add(&mut all, &model.countries, Kind::Country);
    add(&mut all, &model.grounds, Kind::Ground);
    // Taxonomy nouns that its statements name by themselves are its own words too.
    let stated = model.uses.iter().filter(|one| one.context == Context::Statement);
    all.extend(stated.map(|one| one.noun));
    all.sort_unstable();
    all.dedup();
    all
}

fn keeps(project: &Project<'_>, from: Value) -> Vec<Found> {
    let mut found: Vec<usize> = match from {
        Value::Noun(noun) => project.keeps_of(noun),
        Value::Flow(flow) => {
            let nouns = project.flows.get(flow).into_iter().flat_map(|flow| &flow.nouns);
            let data = nouns.filter(|noun| noun.kind == Kind::Data);
            data.flat_map(|noun| project.keeps_of(*noun)).collect()
        }
        _ => Vec::new(),
    };
    found.sort_unstable();
    found.dedup();
    let keep = |at: usize| Found {
        value: Value::Keep(at),
        span: Some(project.model.keeps[at].stated.span),
    };
    found.into_iter().map(keep).collect()
}

fn flows(project: &Project<'_>, from: Value, acts: &[Act]) -> Vec<Found> {
    let Value::Noun(noun) = from else {
        return Vec::new();
    };
    let acting = |at: &usize| project.flows.get(*at).is_some_and(|flow| acts.contains(&flow.act));
    let found = project.flows_of(noun).into_iter().filter(acting);
    plain(found.map(Value::Flow))
}

/// The elements that `each` ranges over: what the project declares, never the pack's own classes.
#[must_use]
pub fn universe(project: &Project<'_>, name: Name) -> Vec<Value> {
    let flows = |acts: &[Act]| {
        let all = project.flows.iter().enumerate();
        all.filter(|(_, flow)| acts.contains(&flow.act))
            .map(|(at, _)| Value::Flow(at))
            .collect()
    };
    match name {
        Name::Kind(kind) => project.leaves(kind).into_iter().map(Value::Noun).collect(),
        Name::Class(class) => project
            .leaves(class.kind)
            .into_iter()
            .filter(|noun| project.model.below(*noun, class))
            .map(Value::Noun)
            .collect(),
        Name::Verb(Verb::Keep) => (0..project.model.keeps.len()).map(Value::Keep).collect(),
        Name::Verb(verb) => flows(&acts(verb)),
        Name::Flow => flows(&Act::ALL),
    }
}

/// Whether an element is one of what a name stands for.
#[must_use]
pub fn belongs(project: &Project<'_>, element: Value, name: Name) -> bool {
    match (element, name) {
        (Value::Noun(noun), Name::Class(class)) => project.model.below(noun, class),
        (Value::Noun(noun), Name::Kind(kind)) => noun.kind == kind,
        (Value::Means(by, at), Name::Class(class)) => {
            let channels = by.into_iter().chain(at).map(|id| any(Kind::Channel, id));
            channels.into_iter().any(|channel| project.model.below(channel, class))
        }
        (Value::Flow(flow), Name::Verb(verb)) => project
            .flows
            .get(flow)
            .is_some_and(|flow| acts(verb).contains(&flow.act)),
        (Value::Flow(flow), Name::Class(class)) => project
            .flows
            .get(flow)
            .is_some_and(|flow| flow.nouns.iter().any(|noun| project.model.below(*noun, class))),
        (Value::Flow(_), Name::Flow) | (Value::Keep(_), Name::Verb(Verb::Keep)) => true,
        _ => false,
    }
}
