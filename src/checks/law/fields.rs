//! Built-in fields: what a step of a path finds of a noun by its own fields. One table of words for all kinds.

use crate::graph::any;
use crate::model::Model;
use crate::model::noun::{
    AnyNoun, Basis, Channel, Controller, Country, Data, Duty, Ground, Id, Label, Means, Measure, Noun, Purpose,
    Recipient, Right, Source, Subject, Table, Term,
};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Date, Period};
use crate::syntax::vocabulary::{COMMON_FIELDS, KINDS, Kind};

/// One value found on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A noun.
    Noun(AnyNoun),
    /// A means at a channel: either noun counts.
    Means(Option<Id<Channel>>, Option<Id<Channel>>),
    /// A flow, by its number.
    Flow(usize),
    /// A keep, by its index.
    Keep(usize),
    /// A period.
    Period(Period),
    /// A number.
    Number(u32),
    /// A date.
    Date(Date),
    /// Words, or anything else that is simply there.
    Said,
}

/// A value with its place, where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The value.
    pub value: Value,
    /// Where it is written.
    pub span: Option<Span>,
}

/// Words that paths know beyond the fields of the language.
pub const WORDS: &[(&str, &str)] = &[
    ("name", "its name"),
    ("label", "its label"),
    ("end", "when a keep ends"),
    (
        "period",
        "how long a keep lasts at most, from the collection or from an event on",
    ),
    ("then", "what happens to the data when a keep ends"),
    ("disposal", "the same, where `then` cannot stand at the head of a path"),
    (
        "country",
        "where a recipient or controller is established, or where a flow or keep takes place",
    ),
    ("place", "where a flow takes place"),
    ("notify", "how soon the person is told"),
    ("adequate", "that the country counts as adequate"),
];

/// Every word that is a field of anything.
pub fn words() -> impl Iterator<Item = &'static str> {
    let of_language = KINDS.iter().flat_map(|kind| kind.fields).chain(COMMON_FIELDS);
    WORDS
        .iter()
        .map(|(known, _)| *known)
        .chain(of_language.map(|field| field.word))
}

/// Whether a word is a field of anything.
#[must_use]
pub fn is_word(word: &str) -> bool {
    words().any(|known| known == word)
}

/// The values of a field of a noun; `None` if its kind has no such field. An empty list: not stated.
#[must_use]
pub fn of_noun(model: &Model, noun: AnyNoun, word: &str) -> Option<Vec<Found>> {
    match noun.kind {
        Kind::Controller => common(&model.controllers, noun, word, |n| controller(&n.detail, word)),
        Kind::Subject => common(&model.subjects, noun, word, |n| subject(&n.detail, word)),
        Kind::Data => common(&model.data, noun, word, |n| data(&n.detail, word)),
        Kind::Source => common(&model.sources, noun, word, |n| source(&n.detail, word)),
        Kind::Purpose => common(&model.purposes, noun, word, |n| purpose(&n.detail, word)),
        Kind::Basis => common(&model.bases, noun, word, |n| basis(n, word)),
        Kind::Recipient => common(&model.recipients, noun, word, |n| {
            recipient(model, noun, &n.detail, word)
        }),
        Kind::Channel => common(&model.channels, noun, word, |n| channel(model, noun, &n.detail, word)),
        Kind::Right => common(&model.rights, noun, word, |n| right(&n.detail, word)),
        Kind::Measure => common(&model.measures, noun, word, |n| measure(&n.detail, word)),
        Kind::Duty => common(&model.duties, noun, word, |n| duty(&n.detail, word)),
        Kind::Term => common(&model.terms, noun, word, |n| term(&n.detail, word)),
        Kind::Country => common(&model.countries, noun, word, |n| country(&n.detail, word)),
        Kind::Ground => common(&model.grounds, noun, word, |n| ground(&n.detail, word)),
        Kind::Fact => common(&model.facts, noun, word, |_| None),
        Kind::Policy => policy(model, word),
        _ => None,
    }
}

fn common<D>(
    table: &Table<D>,
    noun: AnyNoun,
    word: &str,
    own: impl Fn(&Noun<D>) -> Option<Vec<Found>>,
) -> Option<Vec<Found>> {
    let noun = &table[Id::new(noun.index)];
    match word {
        "name" => Some(vec![Found {
            value: Value::Said,
            span: Some(noun.name_span),
        }]),
        "label" => Some(said(&noun.label)),
        "ru" => Some(said(&noun.russian)),
        "en" => Some(said(&noun.english)),
        "ref" => Some(said(&noun.older_number)),
        "was" => Some(said(&noun.was)),
        "dpv" => Some(said(&noun.dpv)),
        "fides" => Some(said(&noun.fides)),
        "since" => Some(said(&noun.since)),
        "replaced_by" => Some(said(&noun.replaced_by)),
        _ => own(noun),
    }
}

/// How hard a means is: the harder of what is done and where; of a class, what it says or the nearest above it says.
#[must_use]
pub fn effort(model: &Model, means: &[Option<Id<Channel>>]) -> Option<u32> {
    means.iter().flatten().filter_map(|id| effort_of(model, *id)).max()
}

fn effort_of(model: &Model, channel: Id<Channel>) -> Option<u32> {
    let mut layer = vec![channel];
    for _ in 0..=model.channels.len() {
        let stated = layer.iter().filter_map(|id| model.channels[*id].detail.effort);
        if let Some(effort) = stated.map(|effort| effort.value).max() {
            return Some(effort);
        }
        layer = layer.iter().flat_map(|id| model.channels.above(*id)).collect();
    }
    None
}

fn said(label: &Option<Label>) -> Vec<Found> {
    label.iter().map(|label| at(Value::Said, label.span)).collect()
}

fn all_said(labels: &[Label]) -> Vec<Found> {
    labels.iter().map(|label| at(Value::Said, label.span)).collect()
}

fn at(value: Value, span: Span) -> Found {
    Found {
        value,
        span: Some(span),
    }
}

fn spanned<T: Copy>(one: Option<Spanned<T>>, value: impl Fn(T) -> Value) -> Vec<Found> {
    one.iter().map(|one| at(value(one.value), one.span)).collect()
}

fn means(all: &[Means]) -> Vec<Found> {
    all.iter()
        .map(|one| at(Value::Means(one.by, one.at), one.span))
        .collect()
}

fn nouns<D>(kind: Kind, ids: impl IntoIterator<Item = Id<D>>) -> Vec<Found> {
    ids.into_iter().map(|id| plain(Value::Noun(any(kind, id)))).collect()
}

fn any_nouns(all: &[AnyNoun]) -> Vec<Found> {
    all.iter().map(|noun| plain(Value::Noun(*noun))).collect()
}

fn plain(value: Value) -> Found {
    Found { value, span: None }
}

fn flag(holds: bool) -> Vec<Found> {
    if holds { vec![plain(Value::Said)] } else { Vec::new() }
}

fn policy(model: &Model, word: &str) -> Option<Vec<Found>> {
    let policy = model.policy.as_ref()?;
    let places =
        |places: &[crate::model::noun::Place]| places.iter().map(|place| at(Value::Said, place.text.span)).collect();
    Some(match word {
        "name" => vec![at(Value::Said, policy.header)],
        "label" => said(&policy.title),
        "version" => said(&policy.version),
        "approved" => spanned(policy.approved, Value::Date),
        "effective" => spanned(policy.effective, Value::Date),
        "until" => spanned(policy.until, Value::Date),
        "covers" => places(&policy.covers),
        "published" => places(&policy.published),
        "accepted" => means(&policy.accepted),
        "changes" => means(&policy.changes),
        "change_notice" => spanned(policy.change_notice, Value::Period),
        "prevails" => policy.prevails.iter().map(|word| at(Value::Said, word.span)).collect(),
        "belongs_to" => all_said(&policy.belongs_to),
        "basis_documents" => all_said(&policy.basis_documents),
        _ => return None,
    })
}

fn controller(detail: &Controller, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "alias" => said(&detail.alias),
        "role" => all_said(&detail.role),
        "agent_of" => nouns(Kind::Controller, detail.agent_of.iter().copied()),
        "parent" => nouns(Kind::Controller, detail.parent_body),
        "country" => nouns(Kind::Country, detail.country),
        "address" => said(&detail.address),
        "phone" => all_said(&detail.phone),
        "email" => all_said(&detail.email),
        "site" => all_said(&detail.site),
        "inn" => said(&detail.inn),
        "okpo" => said(&detail.okpo),
        "licence" => said(&detail.licence),
        "responsible" => said(&detail.responsible),
        "contact" => said(&detail.contact),
        "employees" => spanned(detail.employees, Value::Number),
        _ => return None,
    })
}

fn subject(detail: &Subject, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "alias" => said(&detail.alias),
        "definition" => said(&detail.definition),
        "size" => spanned(detail.size, Value::Number),
        "entered_by" => nouns(Kind::Subject, detail.entered_by),
        _ => return None,
    })
}

fn data(detail: &Data, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "form" => said(&detail.form),
        "examples" => all_said(&detail.examples),
        "definition" => said(&detail.definition),
        _ => return None,
    })
}

fn source(detail: &Source, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "android" => said(&detail.android),
        "ios" => said(&detail.ios),
        "refuse" => said(&detail.refuse),
        "notify" => spanned(detail.notify, Value::Period),
        _ => return None,
    })
}

fn purpose(detail: &Purpose, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "examples" => all_said(&detail.examples),
        "definition" => said(&detail.definition),
        "ends" => nouns(Kind::Fact, detail.ends.iter().map(|fact| fact.value)),
        _ => return None,
    })
}

fn basis(noun: &Noun<Basis>, word: &str) -> Option<Vec<Found>> {
    let detail = &noun.detail;
    Some(match word {
        "cites" => said(&detail.cites),
        "given" => means(&detail.given),
        "withdraw" => means(&detail.withdraw),
        // The person, if nothing is said.
        "giver" => flag(true),
        "from" => spanned(detail.from, Value::Date),
        "term" => spanned(detail.term, Value::Period),
        "separate" => flag(detail.separate == Some(true)),
        "effect" => said(&detail.effect),
        "refusal" => said(&detail.refusal),
        "survives" => flag(detail.survives_keep),
        "deadline" => spanned(detail.deadline, Value::Period),
        "text" => said(&detail.text),
        _ => return None,
    })
}

fn recipient(model: &Model, noun: AnyNoun, detail: &Recipient, word: &str) -> Option<Vec<Found>> {
    use crate::model::noun::Location;
    Some(match word {
        "alias" => said(&detail.alias),
        "safeguard" => said(&detail.safeguard),
        "contract" => said(&detail.contract),
        "duties" => all_said(&detail.duties),
        "onward" => nouns(Kind::Recipient, detail.onward.iter().map(|onward| onward.to)),
        "keeps" => detail
            .keeps
            .iter()
            .map(|keeps| at(Value::Period(keeps.value), keeps.span))
            .collect(),
        "site" => all_said(&detail.site),
        "examples" => all_said(&detail.examples),
        "country" => {
            let places = super::super::pairs::locations(model, Id::new(noun.index));
            nouns(
                Kind::Country,
                places.iter().filter_map(|place| match place {
                    Location::In(country) => Some(*country),
                    Location::Abroad => None,
                }),
            )
        }
        _ => return None,
    })
}

fn channel(model: &Model, noun: AnyNoun, detail: &Channel, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "effort" => effort_of(model, Id::new(noun.index))
            .map(|n| plain(Value::Number(n)))
            .into_iter()
            .collect(),
        "address" => said(&detail.address),
        "url" => said(&detail.url),
        "phone" => all_said(&detail.phone),
        "email" => all_said(&detail.email),
        "hours" => said(&detail.hours),
        "place" => said(&detail.place),
        _ => return None,
    })
}

fn right(detail: &Right, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "channel" => means(&detail.channel),
        "proof" => said(&detail.proof),
        "deadline" => spanned(detail.deadline, Value::Period),
        "about" => nouns(Kind::Data, detail.about.iter().copied()),
        "of" => nouns(Kind::Subject, detail.of.iter().copied()),
        "except" => any_nouns(&detail.except),
        "cites" => said(&detail.cites),
        "text" => said(&detail.text),
        _ => return None,
    })
}

fn measure(detail: &Measure, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "protects" => nouns(Kind::Data, detail.protects.iter().copied()),
        "against" => all_said(&detail.against),
        "by" => any_nouns(&detail.by),
        _ => return None,
    })
}

fn duty(detail: &Duty, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "of" => any_nouns(&detail.of),
        "to" => any_nouns(&detail.to),
        "within" => spanned(detail.within, Value::Period),
        "channel" => means(&detail.channel),
        "text" => said(&detail.text),
        _ => return None,
    })
}

fn term(detail: &Term, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "means" => said(&detail.means),
        "noun" => any_nouns(detail.noun.as_slice()),
        _ => return None,
    })
}

fn country(detail: &Country, word: &str) -> Option<Vec<Found>> {
    Some(match word {
        "code" => flag(detail.code.is_some()),
        "adequate" => spanned(detail.adequate, Value::Date),
        "until" => spanned(detail.until, Value::Date),
        _ => return None,
    })
}

fn ground(detail: &Ground, word: &str) -> Option<Vec<Found>> {
    match word {
        "cites" => Some(said(&detail.cites)),
        _ => None,
    }
}
