//! A request's names become ids; what is wrong with it is collected (M3, M9.1).

use smallvec::SmallVec;

use crate::answer::{Problem, Slot};
use crate::bundle::{At, Bundle, Named};
use crate::calendar::Instant;
use crate::facts::{Atoms, Facts, Few, Record, Records};
use crate::format::layout::{NameTable, NounTable};
use crate::kleene::Truth;
use crate::names::{Found, find};
use crate::request::{RecordBy, RecordKind, Request};
use crate::wire::{Act, Place};

/// The points asked about.
#[derive(Clone, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) act: Act,
    pub(crate) data: Chosen<'a>,
    pub(crate) by: Chosen<'a>,
    pub(crate) source: Chosen<'a>,
    pub(crate) purpose: Chosen<'a>,
    pub(crate) recipient: Chosen<'a>,
    pub(crate) left_out: SmallVec<[Slot; 4]>,
}

/// The atoms of a slot, in order.
#[derive(Clone, Debug)]
pub(crate) enum Chosen<'a> {
    /// One, or an empty place where the verb has no such slot, or nothing of the kind is declared.
    One(Option<u32>),
    /// Those at or below a noun.
    Of(&'a [u32]),
    /// All of so many.
    All(u32),
    /// Those of several nouns; for as many as requests name no memory is taken.
    Several(SmallVec<[u32; 8]>),
}

impl<'a> Chosen<'a> {
    #[inline]
    pub(crate) fn below(atoms: &'a [u32]) -> Chosen<'a> {
        match atoms {
            [one] => Chosen::One(Some(*one)),
            atoms => Chosen::Of(atoms),
        }
    }

    #[inline]
    pub(crate) fn all(count: u32) -> Chosen<'a> {
        match count {
            0 => Chosen::One(None),
            1 => Chosen::One(Some(0)),
            count => Chosen::All(count),
        }
    }

    pub(crate) fn several(mut atoms: SmallVec<[u32; 8]>) -> Chosen<'a> {
        atoms.sort_unstable();
        atoms.dedup();
        match atoms.as_slice() {
            [] => Chosen::One(None),
            [one] => Chosen::One(Some(*one)),
            _ => Chosen::Several(atoms),
        }
    }

    /// The atoms, or one empty place.
    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = Option<u32>> + '_ {
        let (one, listed, all): (_, &[u32], u32) = match self {
            Chosen::One(one) => (Some(*one), &[], 0),
            Chosen::Of(atoms) => (None, atoms, 0),
            Chosen::All(count) => (None, &[], *count),
            Chosen::Several(atoms) => (None, atoms, 0),
        };
        let listed = listed.iter().copied().chain(0..all).map(Some);
        one.into_iter().chain(listed)
    }

    /// The atoms.
    #[inline]
    pub(crate) fn atoms(&self) -> impl Iterator<Item = u32> + '_ {
        self.iter().flatten()
    }

    #[inline]
    pub(crate) fn count(&self) -> usize {
        match self {
            Chosen::One(_) => 1,
            Chosen::Of(atoms) => atoms.len(),
            Chosen::All(count) => *count as usize,
            Chosen::Several(atoms) => atoms.len(),
        }
    }
}

impl Question<'_> {
    /// Nothing is asked.
    #[inline]
    pub(crate) fn blank() -> Self {
        Question {
            act: Act::Collect,
            data: Chosen::One(None),
            by: Chosen::One(None),
            source: Chosen::One(None),
            purpose: Chosen::One(None),
            recipient: Chosen::One(None),
            left_out: SmallVec::new(),
        }
    }

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
    #[inline]
    pub(crate) fn count(&self) -> usize {
        let slots = [&self.by, &self.source, &self.purpose, &self.recipient];
        let counts = slots.into_iter().map(Chosen::count);
        counts.fold(1, usize::saturating_mul)
    }

    /// The point of a data atom, if it has only one.
    #[inline]
    pub(crate) fn only(&self, data: u32) -> Option<At> {
        let one = |atoms: &Chosen<'_>| match atoms {
            Chosen::One(one) => Some(*one),
            _ => None,
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
        At::bare(self.act, None, data)
    }
}

/// The nouns of one kind, and their names.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) nouns: NounTable,
    pub(crate) names: NameTable,
}

/// For so many names of a request it is told which nouns have them, or nearly: that means looking at every noun.
const LOOKED_FOR: usize = 8;

/// Resolves names and remembers what went wrong.
struct Resolver<'a, 'q> {
    bundle: &'a Bundle,
    problems: Vec<Problem>,
    left_out: &'q mut SmallVec<[Slot; 4]>,
}

impl Bundle {
    #[inline]
    pub(crate) fn kind(&self, slot: Slot) -> Kind {
        let t = &self.t;
        let (nouns, names) = match slot {
            Slot::By => (t.controllers, t.controller_names),
            Slot::Data | Slot::Verb => (t.data, t.data_names),
            Slot::Source => (t.sources, t.source_names),
            Slot::Purpose => (t.purposes, t.purpose_names),
            Slot::Recipient => (t.recipients, t.recipient_names),
            Slot::About => (t.subjects, t.subject_names),
            Slot::Place => (t.countries, t.country_names),
            Slot::Given | Slot::Item => (t.facts, t.fact_names),
            Slot::Records => (t.bases, t.basis_names),
        };
        Kind { nouns, names }
    }

    /// Whether a version is in force at an instant.
    pub(crate) fn in_force(&self, time: Instant) -> Result<(), Problem> {
        let (begins, until) = (self.policy.begins, self.policy.until);
        let day = time.day(self.policy.offset);
        if begins.is_some_and(|begins| day < begins) || until.is_some_and(|until| day > until) {
            return Err(Problem::NotInForce { begins, until });
        }
        Ok(())
    }

    /// The points and facts of a request, or all its problems.
    pub(crate) fn look_up<'a>(
        &'a self,
        request: &Request,
        question: &mut Question<'a>,
        facts: &mut Facts<'a>,
    ) -> Result<(), Vec<Problem>> {
        let time = request
            .time
            .map_or_else(Instant::now, |time| time.instant(self.policy.offset));
        self.in_force(time).map_err(|problem| vec![problem])?;
        let Some(act) = Act::from_word(&request.action) else {
            return Err(vec![Problem::UnknownVerb {
                name: request.action.clone(),
            }]);
        };
        let mut r = Resolver {
            bundle: self,
            problems: Vec::new(),
            left_out: &mut question.left_out,
        };
        question.act = act;
        question.by = r.slot(Slot::By, true, request.by.as_deref());
        question.data = r.slot(Slot::Data, true, request.data.as_deref());
        question.source = r.slot(Slot::Source, act.has_source(), request.source.as_deref());
        question.purpose = r.slot(Slot::Purpose, act.has_purpose(), request.purpose.as_deref());
        question.recipient = r.slot(Slot::Recipient, act.has_recipient(), request.recipient.as_deref());
        if act == Act::Publish {
            question.recipient = Chosen::One(self.policy.public);
        }
        r.facts(request, time, facts);
        if r.problems.is_empty() { Ok(()) } else { Err(r.problems) }
    }
}

impl<'a> Resolver<'a, '_> {
    /// The atoms of a slot; an empty place if the verb has no such slot.
    #[inline]
    fn slot(&mut self, slot: Slot, exists: bool, names: Option<&[String]>) -> Chosen<'a> {
        let kind = self.bundle.kind(slot);
        match names {
            Some(_) if !exists => {
                self.problems.push(Problem::NoSuchSlot { slot });
                Chosen::One(None)
            }
            None if !exists => Chosen::One(None),
            Some([]) => {
                self.problems.push(Problem::EmptySlot { slot });
                Chosen::One(None)
            }
            Some([name]) if name != "any" => match self.name(slot, name, kind) {
                Some(noun) => Chosen::below(self.bundle.down(kind.nouns, noun)),
                None => Chosen::One(None),
            },
            Some(names) => {
                let nouns = names.iter().filter(|name| *name != "any");
                let nouns: Few = nouns.filter_map(|name| self.name(slot, name, kind)).collect();
                if names.iter().any(|name| name == "any") {
                    return Chosen::all(kind.nouns.count());
                }
                let atoms = nouns.iter().flat_map(|noun| self.bundle.down(kind.nouns, *noun));
                Chosen::several(atoms.copied().collect())
            }
            None => {
                // Of one, all and one are the same.
                if kind.nouns.count() > 1 {
                    self.left_out.push(slot);
                }
                Chosen::all(kind.nouns.count())
            }
        }
    }

    #[inline]
    fn name(&mut self, slot: Slot, name: &str, kind: Kind) -> Option<u32> {
        match self.bundle.named(kind.names, name.as_bytes()) {
            Named::One(index) => Some(index),
            not => {
                self.unknown(slot, name, &[kind.nouns], not == Named::Several);
                None
            }
        }
    }

    /// A name that stands for nothing among some kinds, or for several nouns.
    #[cold]
    fn unknown(&mut self, slot: Slot, name: &str, among: &[NounTable], several: bool) {
        let found = if self.problems.len() < LOOKED_FOR {
            find(self.bundle, among, name)
        } else if several {
            Found::Several(Vec::new())
        } else {
            Found::None(Vec::new())
        };
        let name = name.to_owned();
        self.problems.push(match found {
            Found::Several(paths) => Problem::AmbiguousName { slot, name, paths },
            Found::None(nearest) => Problem::UnknownName { slot, name, nearest },
        });
    }

    /// What is known; `of` is blank.
    fn facts(&mut self, request: &Request, time: Instant, of: &mut Facts<'a>) {
        let bundle = self.bundle;
        let all_facts = bundle.kind(Slot::Given);
        let offset = bundle.policy.offset;
        of.time = time;
        of.day = time.day(offset);
        for (name, holds) in &request.facts {
            if let Some(fact) = self.name(Slot::Given, name, all_facts) {
                self.know(&mut of.facts, fact, *holds);
            }
        }
        if let Some(records) = &request.records {
            let into = of.records.get_or_insert_default();
            for record in records {
                if let Some(record) = self.record(record, offset) {
                    into.push(record);
                }
            }
        }
        if let Some(given) = &request.given {
            let into = of.records.get_or_insert_default();
            self.given(given, &mut of.facts, time, into);
        }
        if let Some(item) = &request.item {
            let events = item.events.iter().filter_map(|(name, at)| {
                let event = self.name(Slot::Item, name, all_facts)?;
                Some((event, at.map(|at| at.instant(offset))))
            });
            of.events = events.collect();
            self.happened(&of.facts, &of.events, time);
            of.collected = item.collected.map(|at| at.instant(offset));
            if of.collected.is_some_and(|collected| collected > time) {
                self.problems.push(Problem::CollectedLater);
            }
        }
        let subjects = bundle.kind(Slot::About);
        for name in request.about.iter().filter(|name| *name != "any") {
            if let Some(class) = self.name(Slot::About, name, subjects) {
                of.listed.push(class);
            }
        }
        if of.listed.len() > 1 {
            of.listed.sort_unstable();
            of.listed.dedup();
        }
        of.place = request.place.as_ref().and_then(|place| self.place(place));
        of.age = request.age.map_or((0, u32::MAX), crate::request::Age::interval);
    }

    /// An event has happened if, and only if, its time is known and not after that of the request (M14).
    fn happened(&mut self, facts: &[Truth], events: &[(u32, Option<Instant>)], now: Instant) {
        for (index, (event, at)) in events.iter().enumerate() {
            let happened = Truth::from(at.is_some_and(|at| at <= now));
            let said = facts.get(*event as usize).copied().unwrap_or(Truth::Unknown);
            let twice = events.iter().take(index).any(|(other, _)| other == event);
            if twice || said == !happened {
                self.problems.push(Problem::GivenTwice {
                    name: self.bundle.path(self.bundle.t.facts, *event).to_owned(),
                });
            }
        }
    }

    fn know(&mut self, facts: &mut [Truth], fact: u32, holds: bool) {
        let Some(known) = facts.get_mut(fact as usize) else {
            return;
        };
        if *known == Truth::from(!holds) {
            self.problems.push(Problem::GivenTwice {
                name: self.bundle.path(self.bundle.t.facts, fact).to_owned(),
            });
        }
        *known = holds.into();
    }

    /// Tells facts and bases of a `given` list apart. A basis is a consent given at the request's time.
    fn given(&mut self, given: &[String], facts: &mut [Truth], time: Instant, records: &mut Records<'a>) {
        let bundle = self.bundle;
        let (of_facts, of_bases) = (bundle.kind(Slot::Given), bundle.kind(Slot::Records));
        let mut consents: SmallVec<[(u32, bool); 4]> = SmallVec::new();
        for text in given {
            let (name, holds) = signed(text);
            match bundle.named(of_facts.names, name.as_bytes()) {
                Named::One(fact) => {
                    self.know(facts, fact, holds);
                    continue;
                }
                Named::Several => {
                    self.name(Slot::Given, name, of_facts);
                    continue;
                }
                Named::None => {}
            }
            if let Named::One(basis) = bundle.named(of_bases.names, name.as_bytes()) {
                let before = consents.iter().find(|(known, _)| *known == basis);
                match before.map(|(_, before)| *before) {
                    Some(before) if before != holds => {
                        self.problems.push(Problem::GivenTwice { name: name.to_owned() });
                    }
                    Some(_) => {}
                    None => consents.push((basis, holds)),
                }
                continue;
            }
            self.unknown(Slot::Given, name, &[of_bases.nouns, of_facts.nouns], false);
        }
        let held = consents.into_iter().filter(|(_, holds)| *holds);
        records.extend(held.map(|(basis, _)| given_consent(basis, time)));
    }

    fn record(&mut self, record: &crate::request::Record, offset: i32) -> Option<Record<'a>> {
        let bundle = self.bundle;
        let basis = self.name(Slot::Records, &record.basis, bundle.kind(Slot::Records));
        let all_purposes = bundle.kind(Slot::Purpose);
        let purposes = match &record.purposes {
            None => None,
            Some(names) if names.is_empty() => {
                self.problems.push(Problem::EmptySlot { slot: Slot::Records });
                None
            }
            Some(names) => {
                let any = names.iter().any(|name| name == "any");
                let nouns: Few = names
                    .iter()
                    .filter(|name| *name != "any")
                    .filter_map(|name| self.name(Slot::Records, name, all_purposes))
                    .collect();
                Some(if any {
                    Atoms::Several(all_purposes.nouns.numbers().collect())
                } else {
                    bundle.purposes_of(&nouns)
                })
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
        self.name(Slot::Place, place, self.bundle.kind(Slot::Place))
            .map(Place::In)
    }
}

impl Bundle {
    /// The purposes that a record speaks about: these, with all below them.
    pub(crate) fn purposes_of(&self, nouns: &[u32]) -> Atoms<'_> {
        let purposes = self.t.purposes;
        match nouns {
            [one] => Atoms::Of(self.down(purposes, *one)),
            several => {
                let below = several.iter().flat_map(|noun| self.down(purposes, *noun));
                let mut atoms: SmallVec<[u32; 8]> = below.copied().collect();
                atoms.sort_unstable();
                atoms.dedup();
                Atoms::Several(atoms)
            }
        }
    }
}

/// A name of a `given` list, and whether it holds: `not` before it says no.
pub(crate) fn signed(text: &str) -> (&str, bool) {
    text.strip_prefix("not ")
        .map_or((text, true), |name| (name.trim(), false))
}

/// A consent from a `given` list: at the request's time, for all purposes, by whom the basis admits.
pub(crate) fn given_consent<'a>(basis: u32, time: Instant) -> Record<'a> {
    Record {
        kind: RecordKind::Give,
        basis,
        purposes: None,
        at: time,
        by: RecordBy::Person,
        by_anyone: true,
    }
}

#[cfg(test)]
mod tests {
    use crate::answer::Verdict;
    use crate::generated;

    /// An event is told once, and has happened if, and only if, its time has come.
    #[test]
    fn events_do_not_contradict_facts() {
        let made = generated::made(1, 1, 0);
        for (inside, contradicts) in [
            (
                r#""facts":{"fact0":true},"item":{"events":{"fact0":"2026-01-31"}}"#,
                false,
            ),
            (
                r#""facts":{"fact0":true},"item":{"events":{"fact0":"2026-02-01"}}"#,
                false,
            ),
            (
                r#""facts":{"fact0":true},"item":{"events":{"fact0":"2026-02-02"}}"#,
                true,
            ),
            (r#""facts":{"fact0":true},"item":{"events":{"fact0":null}}"#, true),
            (
                r#""facts":{"fact0":false},"item":{"events":{"fact0":"2026-02-01"}}"#,
                true,
            ),
            (
                r#""facts":{"fact0":false},"item":{"events":{"fact0":"2026-02-02"}}"#,
                false,
            ),
            (r#""facts":{"fact0":false},"item":{"events":{"fact0":null}}"#, false),
            (r#""given":["fact0"],"item":{"events":{"fact0":null}}"#, true),
            (r#""facts":{"fact1":true},"item":{"events":{"fact0":null}}"#, false),
        ] {
            let text = format!("{{\"action\":\"use\",\"time\":\"2026-02-01\",{inside}}}");
            let resolved = made.bundle.resolve_json(text.as_bytes()).unwrap();
            let verdict = resolved.map_or_else(|answer| answer.verdict, |_| Verdict::Allow);
            let expected = if contradicts { Verdict::Invalid } else { Verdict::Allow };
            assert_eq!(verdict, expected, "{inside}");
        }
    }
}
