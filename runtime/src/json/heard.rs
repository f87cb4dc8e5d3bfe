//! A request, heard field by field.

use smallvec::SmallVec;

use super::reader::Reader;
use super::records::{once, one, record, time};
use crate::answer::Slot;
use crate::bundle::{Bundle, Named};
use crate::calendar::{Instant, Time};
use crate::decide::Resolved;
use crate::facts::{Facts, Few};
use crate::kleene::Truth;
use crate::resolve::{Chosen, given_consent};
use crate::wire::{Act, Place};

/// The nouns of a slot; `any`: all of them.
#[derive(Default)]
struct Names {
    nouns: Few,
    any: bool,
}

/// What has been read and cannot be put in its place before the verb and the time are known.
#[derive(Default)]
struct Heard {
    act: Option<Act>,
    by: Option<Names>,
    data: Option<Names>,
    source: Option<Names>,
    purpose: Option<Names>,
    recipient: Option<Names>,
    given: Option<Few>,
    time: Option<Time>,
    /// A bit for each of `about`, `facts`, `age`, `place`, `records` that has been read.
    seen: u8,
}

impl Heard {
    /// Once only.
    #[inline]
    fn first(&mut self, bit: u8) -> Option<()> {
        let new = self.seen & bit == 0;
        self.seen |= bit;
        new.then_some(())
    }
}

/// Reads a request; `None` sends it the long way.
pub(super) fn read<'a>(bundle: &'a Bundle, text: &[u8], resolved: &mut Resolved<'a>) -> Option<()> {
    let mut reader = Reader::new(text);
    let mut heard = Heard::default();
    let (question, world) = resolved.parts_mut();
    let facts = &mut world.facts;
    reader.fields(|reader, name| match name {
        b"action" => once(&mut heard.act, act(reader.text()?)?),
        b"data" => names(bundle, Slot::Data, reader, &mut heard.data),
        b"purpose" => names(bundle, Slot::Purpose, reader, &mut heard.purpose),
        b"recipient" => names(bundle, Slot::Recipient, reader, &mut heard.recipient),
        b"by" => names(bundle, Slot::By, reader, &mut heard.by),
        b"source" => names(bundle, Slot::Source, reader, &mut heard.source),
        b"about" => {
            heard.first(1)?;
            let names = bundle.t.subject_names;
            reader.each(|reader| {
                let name = reader.text()?;
                if name != b"any" {
                    facts.listed.push(one(bundle.named(names, name))?);
                }
                Some(())
            })
        }
        b"facts" => {
            heard.first(2)?;
            let names = bundle.t.fact_names;
            reader.fields(|reader, name| {
                let fact = one(bundle.named(names, name))?;
                let flag = reader.flag()?;
                // Said before, in whatever words: whether it may be said again is told the long way.
                if facts.facts.get(fact as usize) != Some(&Truth::Unknown) {
                    return None;
                }
                know(facts, fact, flag)
            })
        }
        b"age" => {
            heard.first(4)?;
            let years = reader.number()?;
            facts.age = (years, years);
            Some(())
        }
        b"place" => {
            heard.first(8)?;
            let place = match reader.text()? {
                b"abroad" => Place::Abroad,
                name => Place::In(one(bundle.named(bundle.t.country_names, name))?),
            };
            facts.place = Some(place);
            Some(())
        }
        b"records" => {
            heard.first(16)?;
            let records = facts.records.get_or_insert_default();
            reader.each(|reader| {
                records.push(record(bundle, reader)?);
                Some(())
            })
        }
        b"given" => {
            once(&mut heard.given, Few::new())?;
            let consents = heard.given.as_mut()?;
            reader.each(|reader| given(bundle, facts, consents, reader.text()?))
        }
        b"time" => once(&mut heard.time, time(reader.text()?)?),
        _ => None,
    })?;
    reader.end()?;
    let act = heard.act?;
    let offset = bundle.policy.offset;
    facts.time = heard.time.map_or_else(Instant::now, |time| time.instant(offset));
    facts.day = facts.time.day(offset);
    bundle.in_force(facts.time).ok()?;
    if let Some(given) = &heard.given {
        let listed = given.iter().map(|basis| given_consent(*basis, facts.time));
        facts.records.get_or_insert_default().extend(listed);
    }
    if facts.listed.len() > 1 {
        facts.listed.sort_unstable();
        facts.listed.dedup();
    }
    let left_out = &mut question.left_out;
    let mut chosen = |slot, exists, names: Option<&Names>| chosen(bundle, slot, exists, names, left_out);
    question.act = act;
    question.by = chosen(Slot::By, true, heard.by.as_ref())?;
    question.data = chosen(Slot::Data, true, heard.data.as_ref())?;
    question.source = chosen(Slot::Source, act.has_source(), heard.source.as_ref())?;
    question.purpose = chosen(Slot::Purpose, act.has_purpose(), heard.purpose.as_ref())?;
    question.recipient = chosen(Slot::Recipient, act.has_recipient(), heard.recipient.as_ref())?;
    if act == Act::Publish {
        question.recipient = Chosen::One(bundle.policy.public);
    }
    world.settle().ok()
}

#[inline]
fn act(word: &[u8]) -> Option<Act> {
    Act::ALL.into_iter().find(|act| act.word().as_bytes() == word)
}

/// The names of a slot.
#[inline]
fn names(bundle: &Bundle, slot: Slot, reader: &mut Reader<'_>, into: &mut Option<Names>) -> Option<()> {
    once(into, Names::default())?;
    let into = into.as_mut()?;
    let kind = bundle.kind(slot).names;
    reader.each(|reader| {
        match reader.text()? {
            b"any" => into.any = true,
            name => into.nouns.push(one(bundle.named(kind, name))?),
        }
        Some(())
    })
}

/// Hears of a fact; twice, only the same.
#[inline]
fn know(facts: &mut Facts<'_>, fact: u32, holds: bool) -> Option<()> {
    let known = facts.facts.get_mut(fact as usize)?;
    if *known == Truth::from(!holds) {
        return None;
    }
    *known = holds.into();
    Some(())
}

/// A fact or a consent of a `given` list.
fn given(bundle: &Bundle, facts: &mut Facts<'_>, consents: &mut Few, text: &[u8]) -> Option<()> {
    let (name, holds) = match text.strip_prefix(b"not ") {
        Some(name) => (name.trim_ascii(), false),
        None => (text, true),
    };
    match bundle.named(bundle.t.fact_names, name) {
        Named::One(fact) => know(facts, fact, holds),
        Named::Several => None,
        Named::None => {
            let basis = one(bundle.named(bundle.t.basis_names, name))?;
            // That a consent is not there says nothing, but it must not be there too.
            if !holds || consents.contains(&basis) {
                return None;
            }
            consents.push(basis);
            Some(())
        }
    }
}

/// The atoms of a slot that the verb has; an empty place if it has none, and names none.
#[inline]
fn chosen<'a>(
    bundle: &'a Bundle,
    slot: Slot,
    exists: bool,
    names: Option<&Names>,
    left_out: &mut SmallVec<[Slot; 4]>,
) -> Option<Chosen<'a>> {
    let nouns = bundle.kind(slot).nouns;
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
            [noun] => Some(Chosen::below(bundle.down(nouns, *noun))),
            several => {
                let atoms = several.iter().flat_map(|noun| bundle.down(nouns, *noun));
                Some(Chosen::several(atoms.copied().collect()))
            }
        },
    }
}
