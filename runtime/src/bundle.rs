//! A loaded bundle: tables read in place. Every index has been looked at when it was loaded.

use std::sync::Arc;

use crate::calendar::{Day, Period};
use crate::format::layout::{NO_DAY, NONE, NameTable, NounTable, SEVERAL, Tables};
use crate::format::slots::{halves, hash};
use crate::format::steps::period;
use crate::format::{self, LoadError, Loaded, Texts};
use crate::wire::{Act, BundleContent, Comparison, Disposal, Giver, Literal, Place};

/// A bundle, ready to decide. Share it freely: deciding takes `&self`.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub(crate) words: Box<[u32]>,
    pub(crate) names: Box<str>,
    pub(crate) t: Tables,
    pub(crate) texts: Texts,
    pub(crate) policy: Policy,
    pub(crate) digest: [u8; 32],
}

/// The one row of the first table.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Policy {
    pub(crate) language: u32,
    name: (u32, u32),
    version: (u32, u32),
    meaning: (u32, u32),
    zone: (u32, u32),
    pub(crate) offset: i32,
    pub(crate) begins: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) home: Option<u32>,
    pub(crate) public: Option<u32>,
    pub(crate) everyone: Option<u32>,
    pub(crate) closing: u32,
}

/// One atom in each slot that the verb has. `None` also where the policy declares nothing of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct At {
    pub(crate) act: Act,
    pub(crate) by: Option<u32>,
    pub(crate) data: u32,
    pub(crate) source: Option<u32>,
    pub(crate) purpose: Option<u32>,
    pub(crate) recipient: Option<u32>,
}

/// What a name stands for, as far as its slot tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    One(u32),
    Several,
    None,
}

/// A box.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sides {
    /// The grant, if it is one of a grant.
    pub(crate) grant: u32,
    acts: u32,
    pub(crate) by: u32,
    pub(crate) data: u32,
    pub(crate) source: u32,
    pub(crate) purpose: u32,
    pub(crate) recipient: u32,
}

/// A side of a box, opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side<'a> {
    /// Every one, and the empty place where nothing of the kind is declared.
    Any,
    One(u32),
    Bits(&'a [u32]),
    Listed(&'a [u32]),
}

/// One way of a grant (M7).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way<'a> {
    /// The grant; `None` for erasing, which needs none.
    pub(crate) grant: Option<u32>,
    /// What it relies on.
    pub(crate) bases: &'a [u32],
    /// The guard of the grant.
    pub(crate) guard: Option<u32>,
    /// It is one of a keep.
    pub(crate) keeps: bool,
    /// Something was added later to what its consents cover (M14).
    pub(crate) later: bool,
}

/// What can forbid: a ban, or a keep under a legal duty, which forbids erasing (M8).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Striker<'a> {
    /// A ban; `point`: it does not depend on the way.
    Ban { ban: u32, point: bool },
    /// A keep, with those of its ways that rest on a legal duty.
    Keep { grant: u32, ways: &'a [u32] },
}

/// What can matter for a verb and data atom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// Way and box, in the order of the ways.
    pub(crate) ways: &'a [[u32; 2]],
    /// Strikers, by digest.
    pub(crate) strikers: &'a [u32],
}

/// A statement or keep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grant {
    pub(crate) head: Head,
    boxes: (u32, u32),
    pub(crate) guard: u32,
    then: (u32, u32),
    pub(crate) keep: Option<u32>,
    later: (u32, u32),
}

/// A ban.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ban {
    pub(crate) head: Head,
    pub(crate) limits: u32,
    except: (u32, u32),
    then: (u32, u32),
}

/// What names a rule: its printed id, and the unit that says it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) id: (u32, u32),
    pub(crate) unit: u32,
}

/// One part of a ban.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) sides: Sides,
    pub(crate) guard: u32,
    /// The ways that `under` speaks about.
    pub(crate) ways: u32,
    /// It names bases: it says nothing about points without a way.
    pub(crate) under: bool,
}

/// A keep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keep<'a> {
    /// Steps; empty: only bounds are given.
    pub(crate) end: &'a [u32],
    pub(crate) at_most: Option<Period>,
    pub(crate) at_least: Option<Period>,
    pub(crate) disposal: Option<Disposal>,
    blocks: (u32, u32),
}

/// What must be done, as written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Obligation<'a> {
    pub(crate) what: &'a str,
    /// Places and lengths of names.
    pub(crate) to: &'a [u32],
    pub(crate) within: Option<Period>,
}

/// A legal basis (M6).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Basis {
    pub(crate) consent: bool,
    pub(crate) legal_duty: bool,
    pub(crate) objectable: bool,
    pub(crate) survives_keep: bool,
    pub(crate) giver: Giver,
    pub(crate) when: Option<u32>,
    pub(crate) since: Option<Day>,
    pub(crate) term: Option<Period>,
}

impl Sides {
    fn new([grant, acts, by, data, source, purpose, recipient]: [u32; 7]) -> Sides {
        Sides {
            grant,
            acts,
            by,
            data,
            source,
            purpose,
            recipient,
        }
    }

    #[inline]
    pub(crate) fn has_act(&self, act: Act) -> bool {
        self.acts >> act as u32 & 1 == 1
    }
}

#[inline]
pub(crate) fn some(row: u32) -> Option<u32> {
    Some(row).filter(|row| *row != NONE)
}

#[inline]
pub(crate) fn day(number: u32) -> Option<Day> {
    (number != NO_DAY).then(|| Day::from_number(number.cast_signed()))
}

impl Bundle {
    /// Reads a bundle. Any bytes give a bundle or an error. What decides is copied and looked at; texts are copied, and
    /// looked at when they are first asked for.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub fn load(bytes: &[u8]) -> Result<Bundle, LoadError> {
        format::read(bytes, None).map(Bundle::new)
    }

    /// As [`Bundle::load`]; texts stay where they are: in a mapped file, say.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub fn load_shared(bytes: &Arc<dyn AsRef<[u8]> + Send + Sync>) -> Result<Bundle, LoadError> {
        format::read((**bytes).as_ref(), Some(bytes)).map(Bundle::new)
    }

    /// Takes content as it stands, without bytes.
    ///
    /// # Errors
    /// [`LoadError::Malformed`] if an index points nowhere or rules are not in order.
    pub fn from_content(content: &BundleContent) -> Result<Bundle, LoadError> {
        Bundle::load(&format::to_bytes(content)?)
    }

    /// Looks at the texts too, which answers cite: the clauses, and where rules are written.
    ///
    /// # Errors
    /// [`LoadError::DigestMismatch`] and [`LoadError::Malformed`].
    pub fn check_texts(&self) -> Result<(), LoadError> {
        self.texts.check()
    }

    /// The policy's name.
    #[must_use]
    pub fn policy(&self) -> &str {
        self.text(self.policy.name)
    }

    /// The version's own number or name.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        some(self.policy.version.0).map(|_| self.text(self.policy.version))
    }

    /// M: the meaning's digest, in hexadecimal (M15).
    #[must_use]
    pub fn meaning(&self) -> &str {
        self.text(self.policy.meaning)
    }

    /// The digest of the bundle's header, and with it of all of it: what a signature signs.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The sentence of a unit that rules cite, by its id; `None` too if the texts are damaged.
    #[must_use]
    pub fn sentence(&self, unit: &str) -> Option<&str> {
        let units = (0..).map_while(|number| self.texts.unit(number));
        units
            .filter(|known| known.id == unit)
            .map(|known| known.sentence)
            .next()
    }

    /// The first day in force; `None`: always (M3).
    #[must_use]
    pub fn begins(&self) -> Option<Day> {
        self.policy.begins
    }

    /// The last day in force.
    #[must_use]
    pub fn until(&self) -> Option<Day> {
        self.policy.until
    }

    /// The zone of the policy's dates.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.text(self.policy.zone)
    }

    /// Seconds of that zone east of Greenwich.
    #[must_use]
    pub fn zone_offset(&self) -> i32 {
        self.policy.offset
    }

    fn new(loaded: Loaded) -> Bundle {
        let row = loaded
            .tables
            .policy
            .rows(&loaded.words)
            .first()
            .copied()
            .unwrap_or_default();
        let [
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
            offset,
            begins,
            until,
            home,
            public,
            everyone,
            closing,
        ] = row;
        let policy = Policy {
            language: loaded.language,
            name: (a, b),
            version: (c, d),
            meaning: (e, f),
            zone: (g, h),
            offset: offset.cast_signed(),
            begins: day(begins),
            until: day(until),
            home: some(home),
            public: some(public),
            everyone: some(everyone),
            closing,
        };
        Bundle {
            words: loaded.words,
            names: loaded.names,
            t: loaded.tables,
            texts: loaded.texts,
            policy,
            digest: loaded.digest,
        }
    }

    #[inline]
    pub(crate) fn list(&self, start: u32, length: u32) -> &[u32] {
        let (start, length) = (start as usize, length as usize);
        self.words.get(start..start.saturating_add(length)).unwrap_or(&[])
    }

    #[inline]
    pub(crate) fn text(&self, (start, length): (u32, u32)) -> &str {
        let (start, length) = (start as usize, length as usize);
        self.names.get(start..start.saturating_add(length)).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn path(&self, kind: NounTable, noun: u32) -> &str {
        let row = kind.get(&self.words, noun);
        row.map_or("", |[start, length, ..]| self.text((*start, *length)))
    }

    /// ⟦n⟧, in order.
    #[inline]
    pub(crate) fn down(&self, kind: NounTable, noun: u32) -> &[u32] {
        let row = kind.get(&self.words, noun);
        row.map_or(&[], |[_, _, _, _, _, start, length, ..]| self.list(*start, *length))
    }

    /// What lies at or above a noun, in order.
    #[inline]
    pub(crate) fn up(&self, kind: NounTable, noun: u32) -> &[u32] {
        let row = kind.get(&self.words, noun);
        row.map_or(&[], |[.., start, length]| self.list(*start, *length))
    }

    /// `low ≤ high`.
    #[inline]
    pub(crate) fn below(&self, kind: NounTable, low: u32, high: u32) -> bool {
        low == high || self.up(kind, low).contains(&high)
    }

    /// What a name of a kind stands for.
    #[inline]
    pub(crate) fn named(&self, kind: NameTable, name: &[u8]) -> Named {
        let slots = kind.rows(&self.words);
        let mask = slots.len().wrapping_sub(1);
        let (from, kept) = halves(hash(name));
        let mut at = from as usize & mask;
        // There is always an empty slot; who made the table may have left none.
        for _ in 0..slots.len() {
            let Some([hash, start, length, noun]) = slots.get(at) else {
                return Named::None;
            };
            let (start, length) = (*start as usize, *length as usize);
            if *hash == kept && self.names.as_bytes().get(start..start.saturating_add(length)) == Some(name) {
                return match *noun {
                    NONE => Named::None,
                    SEVERAL => Named::Several,
                    noun => Named::One(noun),
                };
            }
            if *noun == NONE {
                return Named::None;
            }
            at = (at + 1) & mask;
        }
        Named::None
    }

    pub(crate) fn sides(&self, number: u32) -> Option<Sides> {
        self.t.boxes.get(&self.words, number).copied().map(Sides::new)
    }

    #[inline]
    pub(crate) fn side(&self, side: u32) -> Side<'_> {
        match side & 3 {
            0 => Side::Any,
            1 => Side::One(side >> 2),
            _ => match self.t.sides.get(&self.words, side >> 2) {
                Some([1, start, length, ..]) => Side::Bits(self.list(*start, *length)),
                Some([_, start, length, ..]) => Side::Listed(self.list(*start, *length)),
                None => Side::Listed(&[]),
            },
        }
    }

    /// The highest nouns of a side; none of one that holds all.
    pub(crate) fn highest(&self, side: u32) -> Vec<u32> {
        match (side & 3, self.t.sides.get(&self.words, side >> 2)) {
            (1, _) => vec![side >> 2],
            (2, Some([.., start, length])) => self.list(*start, *length).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Whether a side holds an atom.
    #[inline]
    pub(crate) fn has(&self, side: u32, atom: u32) -> bool {
        match side & 3 {
            0 => true,
            1 => side >> 2 == atom,
            _ => match self.side(side) {
                Side::Bits(bits) => bits
                    .get((atom / 32) as usize)
                    .is_some_and(|bits| bits >> (atom % 32) & 1 == 1),
                Side::Listed(atoms) => atoms.binary_search(&atom).is_ok(),
                Side::Any | Side::One(_) => false,
            },
        }
    }

    /// As `has`; only a side that holds every atom holds an empty place.
    #[inline]
    pub(crate) fn holds(&self, side: u32, atom: Option<u32>) -> bool {
        match atom {
            Some(atom) => self.has(side, atom),
            None => side == 0,
        }
    }

    /// x ∈ X. A side counts only where the verb has that slot.
    #[inline]
    pub(crate) fn inside(&self, sides: &Sides, at: &At) -> bool {
        sides.has_act(at.act) && self.has(sides.data, at.data) && self.has_rest(sides, at)
    }

    /// As `inside`, where verb and data are known to lie in the box.
    #[inline]
    pub(crate) fn has_rest(&self, sides: &Sides, at: &At) -> bool {
        self.holds(sides.by, at.by)
            && (!at.act.has_purpose() || self.holds(sides.purpose, at.purpose))
            && (!(at.act.has_recipient() || at.act == Act::Publish) || self.holds(sides.recipient, at.recipient))
            && (!at.act.has_source() || self.holds(sides.source, at.source))
    }

    #[inline]
    pub(crate) fn way(&self, index: u32) -> Option<Way<'_>> {
        let [grant, start, length, guard, flags] = *self.t.ways.get(&self.words, index)?;
        Some(Way {
            grant: some(grant),
            bases: self.list(start, length),
            guard: some(guard),
            keeps: flags & 2 != 0,
            later: flags & 4 != 0,
        })
    }

    #[inline]
    pub(crate) fn striker(&self, index: u32) -> Option<Striker<'_>> {
        let [sort, of, start, length] = *self.t.strikers.get(&self.words, index)?;
        Some(match sort {
            0 | 1 => Striker::Ban {
                ban: of,
                point: sort == 0,
            },
            _ => Striker::Keep {
                grant: of,
                ways: self.list(start, length),
            },
        })
    }

    /// The number of the row of a verb and data atom.
    #[inline]
    pub(crate) fn row_number(&self, act: Act, data: u32) -> Option<u32> {
        let count = self.t.data.count();
        if data >= count {
            return None;
        }
        let at = (act as u32).checked_mul(count)?.checked_add(data)?;
        self.t.row_of.get(&self.words, at).map(|[row]| *row)
    }

    /// What can matter for a verb and data atom.
    #[inline]
    pub(crate) fn row(&self, act: Act, data: u32) -> Option<Row<'_>> {
        let [ways, count, strikers, striking] = *self.t.rows.get(&self.words, self.row_number(act, data)?)?;
        Some(Row {
            ways: self.list(ways, count).as_chunks::<2>().0,
            strikers: self.list(strikers, striking),
        })
    }

    #[inline]
    pub(crate) fn grant(&self, index: u32) -> Option<Grant> {
        let [
            a,
            b,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            unit,
            first,
            boxes,
            guard,
            then,
            count,
            keep,
            later,
            added,
        ] = *self.t.grants.get(&self.words, index)?;
        Some(Grant {
            head: Head { id: (a, b), unit },
            boxes: (first, boxes),
            guard,
            then: (then, count),
            keep: some(keep),
            later: (later, added),
        })
    }

    /// What consents given earlier do not cover: consent, box, day.
    pub(crate) fn later(&self, grant: &Grant) -> impl Iterator<Item = (u32, u32, Option<Day>)> {
        let (first, count) = grant.later;
        let rows = (first..first.saturating_add(count)).filter_map(|row| self.t.later.get(&self.words, row));
        rows.map(|[basis, region, since]| (*basis, *region, day(*since)))
    }

    /// The boxes of a grant.
    pub(crate) fn boxes_of(&self, grant: u32) -> impl Iterator<Item = (u32, Sides)> + '_ {
        let (first, count) = self.grant(grant).map_or((0, 0), |grant| grant.boxes);
        let numbers = first..first.saturating_add(count);
        numbers.filter_map(|number| Some((number, self.sides(number)?)))
    }

    #[inline]
    pub(crate) fn ban(&self, index: u32) -> Option<Ban> {
        let [a, b, _, _, _, _, _, _, _, _, unit, limits, first, count, then, duties] =
            *self.t.bans.get(&self.words, index)?;
        Some(Ban {
            head: Head { id: (a, b), unit },
            limits,
            except: (first, count),
            then: (then, duties),
        })
    }

    #[inline]
    pub(crate) fn part(&self, index: u32) -> Option<Part> {
        let [region, guard, ways, _, under] = *self.t.parts.get(&self.words, index)?;
        Some(Part {
            sides: self.sides(region)?,
            guard,
            ways,
            under: under > 0,
        })
    }

    /// The alternatives behind `only`.
    pub(crate) fn excepted(&self, ban: &Ban) -> impl Iterator<Item = Part> + '_ {
        let (first, count) = ban.except;
        (first..first.saturating_add(count)).filter_map(|part| self.part(part))
    }

    pub(crate) fn keep(&self, index: u32) -> Option<Keep<'_>> {
        let [
            start,
            length,
            most,
            most_unit,
            least,
            least_unit,
            disposal,
            first,
            count,
        ] = *self.t.keeps.get(&self.words, index)?;
        Some(Keep {
            end: self.list(start, length),
            at_most: period(most, most_unit),
            at_least: period(least, least_unit),
            disposal: match disposal {
                0 => Some(Disposal::Erase),
                1 => Some(Disposal::Anonymise),
                _ => None,
            },
            blocks: (first, count),
        })
    }

    /// The blocks of a keep, with the data that it names there; none: any.
    pub(crate) fn in_blocks(&self, keep: &Keep<'_>) -> impl Iterator<Item = (u32, &[u32])> {
        let (first, count) = keep.blocks;
        let rows = (first..first.saturating_add(count)).filter_map(|row| self.t.in_blocks.get(&self.words, row));
        rows.map(|[block, start, length]| (*block, self.list(*start, *length)))
    }

    /// A cap: its name, its box, its guard and the longest.
    pub(crate) fn cap(&self, index: u32) -> Option<(Head, Sides, u32, Period)> {
        let [a, b, _, _, _, _, _, _, _, _, unit, region, guard, most, most_unit] =
            *self.t.caps.get(&self.words, index)?;
        let head = Head { id: (a, b), unit };
        Some((head, self.sides(region)?, guard, period(most, most_unit)?))
    }

    pub(crate) fn obligations(&self, (first, count): (u32, u32)) -> impl Iterator<Item = Obligation<'_>> {
        let rows = (first..first.saturating_add(count)).filter_map(|row| self.t.obligations.get(&self.words, row));
        rows.map(|[what, length, to, count, within, unit]| Obligation {
            what: self.text((*what, *length)),
            to: self.list(*to, *count),
            within: period(*within, *unit),
        })
    }

    #[inline]
    pub(crate) fn basis(&self, index: u32) -> Option<Basis> {
        let [flags, giver, when, since, term, unit] = *self.t.basis_details.get(&self.words, index)?;
        Some(Basis {
            consent: flags & 1 != 0,
            legal_duty: flags & 2 != 0,
            objectable: flags & 4 != 0,
            survives_keep: flags & 8 != 0,
            giver: match giver {
                0 => Giver::Person,
                1 => Giver::Guardian,
                _ => Giver::Either,
            },
            when: some(when),
            since: day(since),
            term: period(term, unit),
        })
    }

    #[inline]
    pub(crate) fn literal(&self, index: u32) -> Option<Literal> {
        let [sort, a, b] = *self.t.literals.get(&self.words, index)?;
        let is = || match a {
            0 => Comparison::Less,
            1 => Comparison::AtMost,
            2 => Comparison::Equal,
            3 => Comparison::AtLeast,
            _ => Comparison::Greater,
        };
        Some(match sort {
            0 => Literal::Fact(a),
            1 => Literal::Class(a),
            2 => Literal::Age(is(), b),
            3 => Literal::Date(is(), Day::from_number(b.cast_signed())),
            _ => Literal::Place(self.place(a)?),
        })
    }

    #[inline]
    pub(crate) fn place(&self, index: u32) -> Option<Place> {
        let [country] = *self.t.places.get(&self.words, index)?;
        Some(some(country).map_or(Place::Abroad, Place::In))
    }

    /// The conjunctions of a guard: twice each literal, plus one if it is meant as it stands.
    #[inline]
    pub(crate) fn conjunctions(&self, guard: u32) -> impl Iterator<Item = &[u32]> + Clone {
        let row = self.t.guards.get(&self.words, guard);
        let pairs = row.map_or(&[][..], |[_, _, start, length]| {
            self.list(*start, *length).as_chunks::<2>().0
        });
        pairs.iter().map(|[start, length]| self.list(*start, *length))
    }

    /// The guard of a class.
    #[inline]
    pub(crate) fn class_guard(&self, class: u32) -> Option<u32> {
        self.t
            .subject_details
            .get(&self.words, class)
            .and_then(|[when]| some(*when))
    }

    /// Where a recipient is declared to be.
    #[inline]
    pub(crate) fn places_of(&self, recipient: u32) -> &[u32] {
        let row = self.t.recipient_details.get(&self.words, recipient);
        row.map_or(&[], |[start, length, _]| self.list(*start, *length))
    }
}

impl Grant {
    pub(crate) fn then(&self) -> (u32, u32) {
        self.then
    }
}

impl Ban {
    pub(crate) fn then(&self) -> (u32, u32) {
        self.then
    }
}
