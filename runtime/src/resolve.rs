//! A request's names become ids; what is wrong with it is collected (M3, M9.1).

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::answer::{Problem, Slot};
use crate::bundle::{At, Bundle};
use crate::calendar::Instant;
use crate::facts::{Facts, Record};
use crate::kleene::Truth;
use crate::names::{Found, Names, find};
use crate::order::{Order, Set};
use crate::request::{RecordBy, RecordKind, Request};
use crate::wire::{Act, Noun, Place};

/// The points asked about.
#[derive(Clone, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) act: Act,
    pub(crate) data: Vec<u32>,
    pub(crate) by: Atoms<'a>,
    pub(crate) source: Atoms<'a>,
    pub(crate) purpose: Atoms<'a>,
    pub(crate) recipient: Atoms<'a>,
    pub(crate) left_out: Vec<Slot>,
}

/// The atoms of a slot; one empty place where the verb has no such slot, or nothing of the kind is declared.
#[derive(Clone, Debug)]
pub(crate) enum Atoms<'a> {
    One(Option<u32>),
    Set(Cow<'a, Set>),
}

impl<'a> Atoms<'a> {
    fn new(slot: Option<Cow<'a, Set>>) -> Atoms<'a> {
        let Some(set) = slot else { return Atoms::One(None) };
        let mut atoms = set.iter();
        match (atoms.next(), atoms.next()) {
            (one, None) => Atoms::One(one),
            _ => {
                drop(atoms);
                Atoms::Set(set)
            }
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Option<u32>> + '_ {
        let (one, set) = match self {
            Atoms::One(one) => (Some(*one), None),
            Atoms::Set(set) => (None, Some(set)),
        };
        one.into_iter()
            .chain(set.into_iter().flat_map(|set| set.iter()).map(Some))
    }

    fn count(&self) -> usize {
        match self {
            Atoms::One(_) => 1,
            Atoms::Set(set) => set.len(),
        }
    }
}

impl Question<'_> {
    /// The points of a data atom, in canonical order.
    pub(crate) fn points(&self, data: u32) -> impl Iterator<Item = At> + '_ {
        let act = self.act;
        self.by.iter().flat_map(move |by| {
            self.source.iter().flat_map(move |source| {
                self.purpose.iter().flat_map(move |purpose| {
                    self.recipient.iter().map(move |recipient| At {
                        act,
                        by,
                        data,
                        source,
                        purpose,
                        recipient,
                    })
                })
            })
        })
    }

    /// How many points a data atom has.
    pub(crate) fn count(&self) -> usize {
        let slots = [&self.by, &self.source, &self.purpose, &self.recipient];
        let counts = slots.into_iter().map(Atoms::count);
        counts.fold(1, usize::saturating_mul)
    }

    /// The point of a data atom, if it has only one.
    pub(crate) fn only(&self, data: u32) -> Option<At> {
        let one = |atoms: &Atoms<'_>| match atoms {
            Atoms::One(one) => Some(*one),
            Atoms::Set(_) => None,
        };
        Some(At {
            act: self.act,
            by: one(&self.by)?,
            data,
            source: one(&self.source)?,
            purpose: one(&self.purpose)?,
            recipient: one(&self.recipient)?,
        })
    }

    /// A point with nothing but its data.
    pub(crate) fn at(&self, data: u32) -> At {
        At {
            act: self.act,
            by: None,
            data,
            source: None,
            purpose: None,
            recipient: None,
        }
    }
}

/// Resolves names and remembers what went wrong.
struct Resolver<'a> {
    bundle: &'a Bundle,
    problems: Vec<Problem>,
    left_out: Vec<Slot>,
}

impl Bundle {
    /// The points and facts of a request, or all its problems.
    pub(crate) fn look_up(&self, request: &Request) -> Result<(Question<'_>, Facts), Vec<Problem>> {
        let c = &self.content;
        let o = &self.orders;
        let offset = c.zone_offset;
        let time = request.time.map_or_else(Instant::now, |time| time.instant(offset));
        let day = time.day(offset);
        if c.begins.is_some_and(|begins| day < begins) || c.until.is_some_and(|until| day > until) {
            return Err(vec![Problem::NotInForce {
                begins: c.begins,
                until: c.until,
            }]);
        }
        let Some(act) = Act::from_word(&request.action) else {
            return Err(vec![Problem::UnknownVerb {
                name: request.action.clone(),
            }]);
        };
        let mut r = Resolver {
            bundle: self,
            problems: Vec::new(),
            left_out: Vec::new(),
        };
        let n = &self.names;
        let controllers = Kind::new(&n.controllers, c.controllers.iter().map(|controller| &controller.noun));
        let data = Kind::new(&n.data, c.data.iter());
        let sources = Kind::new(&n.sources, c.sources.iter());
        let purposes = Kind::new(&n.purposes, c.purposes.iter());
        let recipients = Kind::new(&n.recipients, c.recipients.iter().map(|recipient| &recipient.noun));
        let by = r.slot(Slot::By, true, request.by.as_deref(), &controllers, &o.controllers);
        let data = r.slot(Slot::Data, true, request.data.as_deref(), &data, &o.data);
        let names = request.source.as_deref();
        let source = r.slot(Slot::Source, act.has_source(), names, &sources, &o.sources);
        let names = request.purpose.as_deref();
        let purpose = r.slot(Slot::Purpose, act.has_purpose(), names, &purposes, &o.purposes);
        let names = request.recipient.as_deref();
        let recipient = r.slot(Slot::Recipient, act.has_recipient(), names, &recipients, &o.recipients);
        let facts = r.facts(request, time);
        if !r.problems.is_empty() {
            return Err(r.problems);
        }
        let recipient = match act {
            Act::Publish => Atoms::One(c.public),
            _ => Atoms::new(recipient),
        };
        let question = Question {
            act,
            data: data.iter().flat_map(|data| data.iter()).collect(),
            by: Atoms::new(by),
            source: Atoms::new(source),
            purpose: Atoms::new(purpose),
            recipient,
            left_out: r.left_out,
        };
        Ok((question, facts))
    }
}

/// The nouns of one kind, and their names.
struct Kind<'a, N> {
    names: &'a Names,
    nouns: N,
}

impl<'a, N: Iterator<Item = &'a Noun> + Clone> Kind<'a, N> {
    fn new(names: &'a Names, nouns: N) -> Kind<'a, N> {
        Kind { names, nouns }
    }
}

impl<'a> Resolver<'a> {
    /// The atoms of a slot; `None` if the verb has no such slot.
    fn slot<N: Iterator<Item = &'a Noun> + Clone>(
        &mut self,
        slot: Slot,
        exists: bool,
        names: Option<&[String]>,
        kind: &Kind<'a, N>,
        order: &'a Order,
    ) -> Option<Cow<'a, Set>> {
        match names {
            Some(_) if !exists => {
                self.problems.push(Problem::NoSuchSlot { slot });
                None
            }
            None if !exists => None,
            Some([]) => {
                self.problems.push(Problem::EmptySlot { slot });
                None
            }
            Some([name]) if name != "any" => self.name(slot, name, kind).map(|noun| Cow::Borrowed(order.down(noun))),
            Some(names) => {
                let mut atoms = Set::default();
                for name in names {
                    if name == "any" {
                        atoms.add(order.all());
                    } else if let Some(noun) = self.name(slot, name, kind) {
                        atoms.add(order.down(noun));
                    }
                }
                Some(Cow::Owned(atoms))
            }
            None => {
                // Of one, all and one are the same.
                if order.len() > 1 {
                    self.left_out.push(slot);
                }
                Some(Cow::Borrowed(order.all()))
            }
        }
    }

    fn name<N: Iterator<Item = &'a Noun> + Clone>(
        &mut self,
        slot: Slot,
        name: &str,
        kind: &Kind<'a, N>,
    ) -> Option<u32> {
        if let Some(index) = kind.names.get(name) {
            return Some(index);
        }
        let name = name.to_owned();
        self.problems.push(match find(kind.nouns.clone(), &name) {
            Found::One(index) => return Some(index),
            Found::Several(paths) => Problem::AmbiguousName { slot, name, paths },
            Found::None(nearest) => Problem::UnknownName { slot, name, nearest },
        });
        None
    }

    fn facts(&mut self, request: &Request, time: Instant) -> Facts {
        let c = &self.bundle.content;
        let n = &self.bundle.names;
        let all_facts = Kind::new(&n.facts, c.facts.iter());
        let offset = c.zone_offset;
        let mut facts = vec![Truth::Unknown; c.facts.len()];
        for (name, holds) in &request.facts {
            if let Some(fact) = self.name(Slot::Given, name, &all_facts) {
                self.know(&mut facts, fact, *holds);
            }
        }
        let mut records: Option<Vec<Record>> = request.records.as_ref().map(|records| {
            records
                .iter()
                .filter_map(|record| self.record(record, offset))
                .collect()
        });
        if let Some(given) = &request.given {
            let listed = self.given(given, &mut facts, time);
            records.get_or_insert_default().extend(listed);
        }
        let item = request.item.as_ref();
        let events = item.iter().flat_map(|item| &item.events).filter_map(|(name, at)| {
            let event = self.name(Slot::Item, name, &all_facts)?;
            Some((event, at.map(|at| at.instant(offset))))
        });
        let events = events.collect();
        let subjects = Kind::new(&n.subjects, c.subjects.iter().map(|subject| &subject.noun));
        let mut listed = Set::default();
        for name in request.about.iter().filter(|name| *name != "any") {
            if let Some(class) = self.name(Slot::About, name, &subjects) {
                listed.insert(class);
            }
        }
        let collected = item.and_then(|item| item.collected).map(|at| at.instant(offset));
        if collected.is_some_and(|collected| collected > time) {
            self.problems.push(Problem::CollectedLater);
        }
        Facts {
            time,
            day: time.day(offset),
            place: request.place.as_ref().and_then(|place| self.place(place)),
            facts,
            age: request.age.map_or((0, u32::MAX), crate::request::Age::interval),
            listed: Some(listed).filter(|listed| !listed.is_empty()),
            records,
            collected,
            events,
        }
    }

    fn know(&mut self, facts: &mut [Truth], fact: u32, holds: bool) {
        let Some(known) = facts.get_mut(fact as usize) else {
            return;
        };
        if known.and(holds.into()) == Truth::False && known.or(holds.into()) == Truth::True {
            let noun = self.bundle.content.facts.get(fact as usize);
            self.problems.push(Problem::GivenTwice {
                name: noun.map_or_else(String::new, |noun| noun.path.clone()),
            });
        }
        *known = holds.into();
    }

    /// Tells facts and bases of a `given` list apart. A basis is a consent given at the request's time.
    fn given(&mut self, given: &[String], facts: &mut [Truth], time: Instant) -> Vec<Record> {
        let c = &self.bundle.content;
        let mut consents: BTreeMap<u32, bool> = BTreeMap::new();
        for text in given {
            let (name, holds) = text
                .strip_prefix("not ")
                .map_or((text.as_str(), true), |name| (name.trim(), false));
            let known = self.bundle.names.facts.get(name).map(Found::One);
            match known.unwrap_or_else(|| find(c.facts.iter(), name)) {
                Found::One(fact) => self.know(facts, fact, holds),
                Found::Several(paths) => self.problems.push(Problem::AmbiguousName {
                    slot: Slot::Given,
                    name: name.to_owned(),
                    paths,
                }),
                Found::None(_) => {
                    let both = c.bases.iter().map(|basis| &basis.noun).chain(&c.facts);
                    let both = Kind::new(&self.bundle.names.bases, both);
                    match self.name(Slot::Given, name, &both) {
                        Some(basis) if consents.insert(basis, holds).is_some_and(|before| before != holds) => {
                            self.problems.push(Problem::GivenTwice { name: name.to_owned() });
                        }
                        _ => {}
                    }
                }
            }
        }
        let held = consents.into_iter().filter(|(_, holds)| *holds);
        held.map(|(basis, _)| Record {
            kind: RecordKind::Give,
            basis,
            purposes: None,
            at: time,
            by: RecordBy::Person,
            by_anyone: true,
        })
        .collect()
    }

    fn record(&mut self, record: &crate::request::Record, offset: i32) -> Option<Record> {
        let c = &self.bundle.content;
        let n = &self.bundle.names;
        let bases = Kind::new(&n.bases, c.bases.iter().map(|basis| &basis.noun));
        let all_purposes = Kind::new(&n.purposes, c.purposes.iter());
        let basis = self.name(Slot::Records, &record.basis, &bases);
        let purposes = match &record.purposes {
            None => None,
            Some(names) if names.is_empty() => {
                self.problems.push(Problem::EmptySlot { slot: Slot::Records });
                None
            }
            Some(names) => {
                let mut covered = Set::default();
                for name in names {
                    if name == "any" {
                        covered.add(self.bundle.orders.purposes.all());
                    } else if let Some(purpose) = self.name(Slot::Records, name, &all_purposes) {
                        covered.add(self.bundle.orders.purposes.down(purpose));
                    }
                }
                Some(covered)
            }
        };
        Some(Record {
            kind: record.kind,
            basis: basis?,
            purposes,
            at: record.at.instant(offset),
            by: record.by,
            by_anyone: false,
        })
    }

    fn place(&mut self, place: &str) -> Option<Place> {
        if place == "abroad" {
            return Some(Place::Abroad);
        }
        let countries = Kind::new(&self.bundle.names.countries, self.bundle.content.countries.iter());
        self.name(Slot::Place, place, &countries).map(Place::In)
    }
}
