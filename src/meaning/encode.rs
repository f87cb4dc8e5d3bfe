//! The canonical encoding behind the digests (M15): qualified names, sorted sets of maximal nouns, canonical units.
//!
//! Every value is a tag or a length-prefixed text or list, so that two different values never have the same bytes.

use std::collections::HashSet;

use super::Region;
use crate::model::Model;
use crate::model::noun::{AnyNoun, Id, Location, Table};
use crate::model::sentence::{BasisFormula, End, Guard, Literal, Obligation, ObligationKind};
use crate::source::Origin;
use crate::syntax::ast::{Date, Period, Unit};
use crate::syntax::vocabulary::Kind;

/// Bytes being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Bytes(pub Vec<u8>);

impl Bytes {
    pub(super) fn tag(&mut self, tag: u8) -> &mut Bytes {
        self.0.push(tag);
        self
    }

    pub(super) fn number(&mut self, number: u32) -> &mut Bytes {
        self.0.extend_from_slice(&number.to_be_bytes());
        self
    }

    pub(super) fn text(&mut self, text: &str) -> &mut Bytes {
        self.number(u32::try_from(text.len()).unwrap_or(u32::MAX));
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    /// A list in the order given.
    pub(super) fn list(&mut self, items: &[Bytes]) -> &mut Bytes {
        self.list_of(items.len(), items)
    }

    /// The same, of so many that stand elsewhere.
    pub(super) fn list_of<'b>(&mut self, count: usize, items: impl IntoIterator<Item = &'b Bytes>) -> &mut Bytes {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
        for item in items {
            self.number(u32::try_from(item.0.len()).unwrap_or(u32::MAX));
            self.0.extend_from_slice(&item.0);
        }
        self
    }

    /// A set: sorted as bytes, duplicates removed.
    pub(super) fn set(&mut self, items: impl IntoIterator<Item = Bytes>) -> &mut Bytes {
        let mut items: Vec<Bytes> = items.into_iter().collect();
        items.sort_by(|a, b| a.0.cmp(&b.0));
        items.dedup_by(|a, b| a.0 == b.0);
        self.list(&items)
    }

    /// Something that may be absent.
    pub(super) fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Bytes, T)) -> &mut Bytes {
        match value {
            None => {
                self.tag(0);
            }
            Some(value) => {
                self.tag(1);
                write(self, value);
            }
        }
        self
    }

    pub(super) fn date(&mut self, date: Date) -> &mut Bytes {
        self.number(u32::from(date.year) * 10_000 + u32::from(date.month) * 100 + u32::from(date.day))
    }

    /// A period in canonical units: a week is seven days, a year twelve months.
    pub(super) fn period(&mut self, period: Period) -> &mut Bytes {
        let (tag, count) = match period.unit {
            Unit::Hour => (0, u64::from(period.count)),
            Unit::Day => (1, u64::from(period.count)),
            Unit::Week => (1, u64::from(period.count) * 7),
            Unit::WorkingDay => (2, u64::from(period.count)),
            Unit::Month => (3, u64::from(period.count)),
            Unit::Year => (3, u64::from(period.count) * 12),
        };
        self.tag(tag);
        self.0.extend_from_slice(&count.to_be_bytes());
        self
    }
}

pub(super) fn bytes(write: impl FnOnce(&mut Bytes)) -> Bytes {
    let mut bytes = Bytes::default();
    write(&mut bytes);
    bytes
}

/// Writes what a model's ids stand for.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) model: &'a Model,
}

impl Writer<'_> {
    /// Where it comes from, and the qualified name.
    pub(super) fn noun<D>(self, out: &mut Bytes, table: &Table<D>, id: Id<D>) {
        let noun = &table[id];
        let origin = match noun.origin {
            Origin::Project => 0,
            Origin::Pack => 1,
            Origin::Taxonomy => 2,
        };
        out.tag(origin).text(&noun.path);
    }

    /// A side of a box: all, or the set of maximal nouns. An atom that lies below none of them is marked as being its
    /// noun's own.
    pub(super) fn side<D>(self, out: &mut Bytes, table: &Table<D>, side: Option<&[Id<D>]>) {
        let Some(atoms) = side else {
            out.tag(0);
            return;
        };
        let inside: HashSet<Id<D>> = atoms.iter().copied().collect();
        // A noun is whole if nothing below it is missing: what has something missing directly below, and all above that,
        // is not.
        let lacks = |id: &Id<D>| table.directly_below(*id).iter().any(|low| !inside.contains(low));
        let mut partial: HashSet<Id<D>> = HashSet::new();
        let mut open: Vec<Id<D>> = atoms.iter().copied().filter(lacks).collect();
        while let Some(id) = open.pop() {
            if inside.contains(&id) && partial.insert(id) {
                open.extend(table.above(id));
            }
        }
        let is_whole = |id: Id<D>| inside.contains(&id) && !partial.contains(&id);
        // All between a noun and one above it that is whole are whole too, so the nearest decide.
        let maximal = atoms
            .iter()
            .filter(|atom| !table.above(**atom).any(is_whole))
            .map(|atom| {
                bytes(|out| {
                    out.tag(u8::from(is_whole(*atom)));
                    self.noun(out, table, *atom);
                })
            });
        out.tag(1).set(maximal);
    }

    pub(super) fn region(self, out: &mut Bytes, region: &Region) {
        out.set(region.acts.iter().map(|act| {
            bytes(|out| {
                out.tag(*act as u8);
            })
        }));
        self.side(out, &self.model.controllers, region.by.as_deref());
        self.side(out, &self.model.data, region.data.as_deref());
        self.side(out, &self.model.sources, region.source.as_deref());
        self.side(out, &self.model.purposes, region.purpose.as_deref());
        self.side(out, &self.model.recipients, region.recipient.as_deref());
    }

    pub(super) fn guard(self, out: &mut Bytes, guard: &Guard) {
        out.set(guard.any.iter().map(|all| {
            bytes(|out| {
                out.set(all.iter().map(|(literal, sign)| {
                    bytes(|out| {
                        out.tag(u8::from(*sign));
                        self.literal(out, *literal);
                    })
                }));
            })
        }));
    }

    fn literal(self, out: &mut Bytes, literal: Literal) {
        match literal {
            Literal::Fact(fact) => self.noun(out.tag(0), &self.model.facts, fact),
            Literal::Class(class) => self.noun(out.tag(1), &self.model.subjects, class),
            Literal::Age(is, years) => {
                out.tag(2).tag(is as u8).number(years);
            }
            Literal::Date(is, date) => {
                out.tag(3).tag(is as u8).date(date);
            }
            Literal::Place(place) => self.place(out.tag(4), place),
        }
    }

    pub(super) fn place(self, out: &mut Bytes, place: Location) {
        match place {
            Location::Abroad => {
                out.tag(0);
            }
            Location::In(country) => self.noun(out.tag(1), &self.model.countries, country),
        }
    }

    pub(super) fn under(self, out: &mut Bytes, under: &BasisFormula) {
        match under {
            BasisFormula::Basis(basis) => self.noun(out.tag(0), &self.model.bases, *basis),
            BasisFormula::Not(inner) => self.under(out.tag(1), inner),
            BasisFormula::And(all) => {
                out.tag(2).set(all.iter().map(|one| bytes(|out| self.under(out, one))));
            }
            BasisFormula::Or(any) => {
                out.tag(3).set(any.iter().map(|one| bytes(|out| self.under(out, one))));
            }
        }
    }

    pub(super) fn end(self, out: &mut Bytes, end: &End) {
        match end {
            End::Event(event) => self.noun(out.tag(0), &self.model.facts, *event),
            End::Date(date) => {
                out.tag(1).date(*date);
            }
            End::After(period, after) => {
                out.tag(2)
                    .period(*period)
                    .maybe(after.as_deref(), |out, end| self.end(out, end));
            }
            End::Or(ends) => {
                out.tag(3).set(ends.iter().map(|end| bytes(|out| self.end(out, end))));
            }
            End::And(ends) => {
                out.tag(4).set(ends.iter().map(|end| bytes(|out| self.end(out, end))));
            }
        }
    }

    pub(super) fn obligations(self, out: &mut Bytes, obligations: &[Obligation]) {
        out.set(obligations.iter().map(|obligation| {
            bytes(|out| {
                match obligation.what {
                    ObligationKind::Notify => {
                        out.tag(0);
                    }
                    ObligationKind::Duty(duty) => self.noun(out.tag(1), &self.model.duties, duty),
                    ObligationKind::Erase => {
                        out.tag(2);
                    }
                    ObligationKind::Anonymise => {
                        out.tag(3);
                    }
                }
                out.set(obligation.to.iter().map(|party| bytes(|out| self.party(out, *party))));
                out.maybe(obligation.within, |out, period| {
                    out.period(period);
                });
            })
        }));
    }

    fn party(self, out: &mut Bytes, party: AnyNoun) {
        out.tag(party.kind as u8);
        match party.kind {
            Kind::Controller => self.noun(out, &self.model.controllers, Id::new(party.index)),
            Kind::Recipient => self.noun(out, &self.model.recipients, Id::new(party.index)),
            Kind::Subject => self.noun(out, &self.model.subjects, Id::new(party.index)),
            _ => {
                out.number(party.index);
            }
        }
    }
}
