//! Requests as JSON, resolved while they are read: no name is copied. What is out of the ordinary is left to [`Request`], so
//! that there is one place that says what is wrong with it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use smallvec::SmallVec;

use crate::answer::{Answer, Slot};
use crate::bundle::{Bundle, Named};
use crate::calendar::{Instant, Time};
use crate::decide::Resolved;
use crate::facts::{Facts, Few, Record, Values, World};
use crate::kleene::Truth;
use crate::request::{RecordBy, RecordKind, Request};
use crate::resolve::{Chosen, Kind, Question, given_consent, signed};
use crate::wire::{Act, Place};

impl Bundle {
    /// Resolves a request written as JSON.
    ///
    /// # Errors
    /// Text that is no request. A request that cannot be asked is an answer.
    pub fn resolve_json(&self, request: &[u8]) -> Result<Result<Resolved<'_>, Box<Answer<'_>>>, serde_json::Error> {
        if let Some(resolved) = self.quickly(request) {
            return Ok(Ok(resolved));
        }
        let request: Request = serde_json::from_slice(request)?;
        Ok(self.resolve(&request))
    }

    /// Whether a request written as JSON is allowed.
    ///
    /// # Errors
    /// Text that is no request.
    pub fn allows_json(&self, request: &[u8]) -> Result<bool, serde_json::Error> {
        if let Some(resolved) = self.quickly(request) {
            return Ok(resolved.allows());
        }
        let request: Request = serde_json::from_slice(request)?;
        Ok(self.allows(&request))
    }

    /// Answers a request written as JSON; the answer is written behind what `out` holds. Gives whether it is allowed.
    ///
    /// # Errors
    /// Text that is no request.
    pub fn answer_json(&self, request: &[u8], out: &mut Vec<u8>) -> Result<bool, serde_json::Error> {
        let answer = match self.resolve_json(request)? {
            Ok(resolved) => resolved.decide(),
            Err(refused) => *refused,
        };
        answer.write_json(out)?;
        Ok(answer.decision)
    }

    /// A request that is in order; `None` sends it the long way.
    pub(crate) fn quickly(&self, request: &[u8]) -> Option<Resolved<'_>> {
        let text = std::str::from_utf8(request).ok()?;
        let mut reader = serde_json::Deserializer::from_str(text);
        let heard = Heard::new(self);
        let heard = reader.deserialize_map(heard).ok()?;
        reader.end().ok()?;
        heard.resolved()
    }
}

/// What has been read so far.
struct Heard<'a> {
    bundle: &'a Bundle,
    act: Option<Act>,
    by: Option<Names>,
    data: Option<Names>,
    source: Option<Names>,
    purpose: Option<Names>,
    recipient: Option<Names>,
    about: Option<Few>,
    place: Option<Place>,
    age: Option<u32>,
    facts: Values,
    has_facts: bool,
    given: Option<Few>,
    records: Option<SmallVec<[Record<'a>; 2]>>,
    time: Option<Time>,
}

/// The nouns of a slot; `any`: all of them.
#[derive(Default)]
struct Names {
    nouns: Few,
    any: bool,
}

impl<'a> Heard<'a> {
    fn new(bundle: &'a Bundle) -> Heard<'a> {
        Heard {
            bundle,
            act: None,
            by: None,
            data: None,
            source: None,
            purpose: None,
            recipient: None,
            about: None,
            place: None,
            age: None,
            facts: SmallVec::from_elem(Truth::Unknown, bundle.t.facts.count() as usize),
            has_facts: false,
            given: None,
            records: None,
            time: None,
        }
    }

    fn one(&self, kind: Kind, name: &str) -> Option<u32> {
        match self.bundle.named(kind.names, name) {
            Named::One(noun) => Some(noun),
            Named::Several | Named::None => None,
        }
    }

    /// Hears of a fact; twice, only the same.
    fn know(&mut self, fact: u32, holds: bool) -> Option<()> {
        let known = self.facts.get_mut(fact as usize)?;
        if *known == Truth::from(!holds) {
            return None;
        }
        *known = holds.into();
        Some(())
    }

    fn given(&mut self, text: &str) -> Option<()> {
        let (name, holds) = signed(text);
        match self.bundle.named(self.bundle.t.fact_names, name) {
            Named::One(fact) => self.know(fact, holds),
            Named::Several => None,
            Named::None => {
                let basis = self.one(self.bundle.kind(Slot::Records), name)?;
                // That a consent is not there says nothing, but it must not be there too.
                let given = self.given.get_or_insert_default();
                if !holds || given.contains(&basis) {
                    return None;
                }
                given.push(basis);
                Some(())
            }
        }
    }

    /// The atoms of a slot that the verb has; an empty place if it has none, and names none.
    fn chosen(
        &self,
        slot: Slot,
        exists: bool,
        names: Option<&Names>,
        left_out: &mut SmallVec<[Slot; 4]>,
    ) -> Option<Chosen<'a>> {
        let nouns = self.bundle.kind(slot).nouns;
        match names {
            None if !exists => Some(Chosen::One(None)),
            Some(_) if !exists => None,
            None => {
                if nouns.count() > 1 {
                    left_out.push(slot);
                }
                Some(Chosen::all(nouns.count()))
            }
            Some(names) if names.any => Some(Chosen::all(nouns.count())),
            Some(names) => match names.nouns.as_slice() {
                [] => None,
                [noun] => Some(Chosen::below(self.bundle.down(nouns, *noun))),
                several => {
                    let atoms = several.iter().flat_map(|noun| self.bundle.down(nouns, *noun));
                    Some(Chosen::several(atoms.copied().collect()))
                }
            },
        }
    }

    fn resolved(self) -> Option<Resolved<'a>> {
        let bundle = self.bundle;
        let act = self.act?;
        let offset = bundle.policy.offset;
        let time = self.time.map_or_else(Instant::now, |time| time.instant(offset));
        bundle.in_force(time).ok()?;
        let mut left_out = SmallVec::new();
        let by = self.chosen(Slot::By, true, self.by.as_ref(), &mut left_out)?;
        let data = self.chosen(Slot::Data, true, self.data.as_ref(), &mut left_out)?;
        let source = self.chosen(Slot::Source, act.has_source(), self.source.as_ref(), &mut left_out)?;
        let purpose = self.chosen(Slot::Purpose, act.has_purpose(), self.purpose.as_ref(), &mut left_out)?;
        let recipient = self.chosen(
            Slot::Recipient,
            act.has_recipient(),
            self.recipient.as_ref(),
            &mut left_out,
        )?;
        let recipient = match act {
            Act::Publish => Chosen::One(bundle.policy.public),
            _ => recipient,
        };
        let mut records = self.records;
        if let Some(given) = self.given {
            let listed = given.into_iter().map(|basis| given_consent(basis, time));
            records.get_or_insert_default().extend(listed);
        }
        let mut listed = self.about.unwrap_or_default();
        listed.sort_unstable();
        listed.dedup();
        let facts = Facts {
            time,
            day: time.day(offset),
            place: self.place,
            facts: self.facts,
            age: self.age.map_or((0, u32::MAX), |years| (years, years)),
            listed,
            records,
            collected: None,
            events: Vec::new(),
        };
        let question = Question {
            act,
            data,
            by,
            source,
            purpose,
            recipient,
            left_out,
        };
        Some(Resolved::new(question, World::new(bundle, facts).ok()?))
    }
}

/// The fields that are read here.
enum Field {
    Action,
    Slot(Slot),
    Age,
    Facts,
    Time,
    Given,
    Records,
}

fn field(name: &str) -> Option<Field> {
    Some(match name {
        "action" => Field::Action,
        "data" => Field::Slot(Slot::Data),
        "by" => Field::Slot(Slot::By),
        "source" => Field::Slot(Slot::Source),
        "purpose" => Field::Slot(Slot::Purpose),
        "recipient" => Field::Slot(Slot::Recipient),
        "about" => Field::Slot(Slot::About),
        "place" => Field::Slot(Slot::Place),
        "age" => Field::Age,
        "facts" => Field::Facts,
        "given" => Field::Given,
        "records" => Field::Records,
        "time" => Field::Time,
        _ => return None,
    })
}

/// The long way is asked.
fn strange<E: Error>() -> E {
    E::custom("out of the ordinary")
}

/// Once only.
fn once<T, E: Error>(slot: &mut Option<T>, value: T) -> Result<(), E> {
    if slot.replace(value).is_some() {
        Err(strange())
    } else {
        Ok(())
    }
}

impl<'de, 'a> Visitor<'de> for Heard<'a> {
    type Value = Heard<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a request")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Heard<'a>, A::Error> {
        let bundle = self.bundle;
        while let Some(field) = map.next_key_seed(Text(field))? {
            match field {
                Field::Action => once(&mut self.act, map.next_value_seed(Text(Act::from_word))?)?,
                Field::Slot(Slot::Place) => {
                    let kind = bundle.kind(Slot::Place);
                    let place = map.next_value_seed(Text(|name: &str| match name {
                        "abroad" => Some(Place::Abroad),
                        name => self.one(kind, name).map(Place::In),
                    }))?;
                    once(&mut self.place, place)?;
                }
                Field::Slot(slot) => {
                    let kind = bundle.kind(slot);
                    let mut names = Names::default();
                    map.next_value_seed(Each(|name: &str| {
                        if name == "any" {
                            names.any = true;
                        } else {
                            names.nouns.push(self.one(kind, name)?);
                        }
                        Some(())
                    }))?;
                    match slot {
                        Slot::By => once(&mut self.by, names)?,
                        Slot::Data => once(&mut self.data, names)?,
                        Slot::Source => once(&mut self.source, names)?,
                        Slot::Purpose => once(&mut self.purpose, names)?,
                        Slot::Recipient => once(&mut self.recipient, names)?,
                        _ => once(&mut self.about, names.nouns)?,
                    }
                }
                Field::Age => once(&mut self.age, map.next_value::<u32>().map_err(|_| strange())?)?,
                Field::Time => once(
                    &mut self.time,
                    map.next_value_seed(Text(|text: &str| text.parse().ok()))?,
                )?,
                Field::Facts => {
                    if std::mem::replace(&mut self.has_facts, true) {
                        return Err(strange());
                    }
                    map.next_value_seed(OfFacts(&mut self))?;
                }
                Field::Given => {
                    if self.given.is_some() {
                        return Err(strange());
                    }
                    self.given = Some(Few::new());
                    map.next_value_seed(Each(|text: &str| self.given(text)))?;
                }
                Field::Records => {
                    let records = map.next_value_seed(OfRecords(bundle))?;
                    once(&mut self.records, records)?;
                }
            }
        }
        Ok(self)
    }
}

/// A text, made into something; `None` is strange.
struct Text<F>(F);

impl<'de, T, F: FnOnce(&str) -> Option<T>> DeserializeSeed<'de> for Text<F> {
    type Value = T;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> Option<T>> Visitor<'_> for Text<F> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).ok_or_else(strange)
    }
}

/// A list of texts.
struct Each<F>(F);

impl<'de, F: FnMut(&str) -> Option<()>> DeserializeSeed<'de> for Each<F> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(&str) -> Option<()>> Visitor<'de> for Each<F> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }
    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Text(&mut self.0))?.is_some() {}
        Ok(())
    }
}

/// Facts by name.
struct OfFacts<'h, 'a>(&'h mut Heard<'a>);

impl<'de> DeserializeSeed<'de> for OfFacts<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OfFacts<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("facts")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let kind = self.0.bundle.kind(Slot::Given);
        while let Some(fact) = map.next_key_seed(Text(|name: &str| self.0.one(kind, name)))? {
            let holds = map.next_value()?;
            self.0.know(fact, holds).ok_or_else(strange)?;
        }
        Ok(())
    }
}

/// Records of consents and objections.
struct OfRecords<'a>(&'a Bundle);

impl<'de, 'a> DeserializeSeed<'de> for OfRecords<'a> {
    type Value = SmallVec<[Record<'a>; 2]>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, 'a> Visitor<'de> for OfRecords<'a> {
    type Value = SmallVec<[Record<'a>; 2]>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut records = SmallVec::new();
        while let Some(record) = list.next_element_seed(OneRecord(self.0))? {
            records.push(record);
        }
        Ok(records)
    }
}

struct OneRecord<'a>(&'a Bundle);

impl<'de, 'a> DeserializeSeed<'de> for OneRecord<'a> {
    type Value = Record<'a>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Record<'a>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, 'a> Visitor<'de> for OneRecord<'a> {
    type Value = Record<'a>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record<'a>, A::Error> {
        let bundle = self.0;
        let (mut kind, mut basis, mut at, mut by, mut purposes) = (None, None, None, None, None);
        let name = |name: &str| match name {
            "kind" | "basis" | "purposes" | "at" | "by" => name.as_bytes().get(1).copied(),
            _ => None,
        };
        while let Some(field) = map.next_key_seed(Text(name))? {
            match field {
                b'i' => once(&mut kind, map.next_value_seed(Text(kind_of))?)?,
                b'a' => {
                    let bases = bundle.kind(Slot::Records);
                    let named = |name: &str| match bundle.named(bases.names, name) {
                        Named::One(basis) => Some(basis),
                        Named::Several | Named::None => None,
                    };
                    once(&mut basis, map.next_value_seed(Text(named))?)?;
                }
                b't' => once(
                    &mut at,
                    map.next_value_seed(Text(|text: &str| text.parse::<Time>().ok()))?,
                )?,
                b'y' => once(&mut by, map.next_value_seed(Text(by_whom))?)?,
                _ => once(&mut purposes, map.next_value_seed(OfPurposes(bundle))?)?,
            }
        }
        let (Some(kind), Some(basis), Some(at)) = (kind, basis, at) else {
            return Err(strange());
        };
        Ok(Record {
            kind,
            basis,
            purposes: purposes.flatten().map(|nouns: Few| bundle.purposes_of(&nouns)),
            at: at.instant(bundle.policy.offset),
            by: by.unwrap_or_default(),
            by_anyone: false,
        })
    }
}

fn kind_of(word: &str) -> Option<RecordKind> {
    Some(match word {
        "give" => RecordKind::Give,
        "withdraw" => RecordKind::Withdraw,
        "object" => RecordKind::Object,
        _ => return None,
    })
}

fn by_whom(word: &str) -> Option<RecordBy> {
    Some(match word {
        "self" => RecordBy::Person,
        "representative" => RecordBy::Representative,
        _ => return None,
    })
}

/// The purposes of a record: `null` for all, or some; `any` goes the long way.
struct OfPurposes<'a>(&'a Bundle);

impl<'de> DeserializeSeed<'de> for OfPurposes<'_> {
    type Value = Option<Few>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Few>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for OfPurposes<'_> {
    type Value = Option<Few>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("purposes")
    }
    fn visit_none<E: Error>(self) -> Result<Option<Few>, E> {
        Ok(None)
    }
    fn visit_unit<E: Error>(self) -> Result<Option<Few>, E> {
        Ok(None)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Few>, D::Error> {
        let mut nouns = Few::new();
        let names = self.0.t.purpose_names;
        let each = Each(|name: &str| match self.0.named(names, name) {
            Named::One(noun) if name != "any" => {
                nouns.push(noun);
                Some(())
            }
            _ => None,
        });
        each.deserialize(deserializer)?;
        if nouns.is_empty() {
            Err(strange())
        } else {
            Ok(Some(nouns))
        }
    }
}
