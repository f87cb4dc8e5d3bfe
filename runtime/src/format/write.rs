//! Content as tables: indices found here once, so that nobody who loads the bundle has to.

use std::collections::HashMap;

use super::LoadError;
use super::derive::{Derived, Striker};
use super::layout::{ALL, NO_DAY, NONE, Name};
use super::order::Set;
use super::slots;
use crate::calendar::{Day, Period};
use crate::wire::{
    BundleContent, Comparison, Disposal, End, Giver, Guard, Head, Literal, Noun, Obligation, Place, Region, Strike,
    Under,
};

/// The decision part: words, and the names that they point to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) words: Vec<u32>,
    pub(crate) names: String,
}

/// The tables of content whose indices have been looked at.
pub(crate) fn tables(content: &BundleContent) -> Result<Parts, LoadError> {
    let derived = Derived::new(content)?;
    let mut writer = Writer::new(content, &derived);
    writer.all();
    writer.finish()
}

struct Writer<'a> {
    content: &'a BundleContent,
    derived: &'a Derived,
    names: String,
    /// Texts that are there already.
    texts: HashMap<String, [u32; 2]>,
    /// Lists, from the first word after the directory.
    lists: Vec<u32>,
    known: HashMap<Vec<u32>, [u32; 2]>,
    sides: HashMap<[u32; 5], u32>,
    tables: Vec<Vec<u32>>,
    places: HashMap<Place, u32>,
    /// The unit that comes next.
    units: u32,
    too_large: bool,
}

/// Words before the lists.
const DIRECTORY: usize = 1 + 2 * ALL.len();

impl<'a> Writer<'a> {
    fn new(content: &'a BundleContent, derived: &'a Derived) -> Writer<'a> {
        Writer {
            content,
            derived,
            names: String::new(),
            texts: HashMap::new(),
            lists: Vec::new(),
            known: HashMap::new(),
            sides: HashMap::new(),
            tables: vec![Vec::new(); ALL.len()],
            places: HashMap::new(),
            units: 0,
            too_large: false,
        }
    }

    fn number(&mut self, size: usize) -> u32 {
        u32::try_from(size)
            .ok()
            .filter(|size| *size < NO_DAY / 4)
            .unwrap_or_else(|| {
                self.too_large = true;
                0
            })
    }

    fn row(&mut self, table: Name, words: impl IntoIterator<Item = u32>) -> u32 {
        let width: usize = ALL
            .get(table as usize)
            .map_or(1, |(_, _, columns)| columns.iter().map(|c| c.width()).sum());
        let rows = self.tables.get_mut(table as usize).map_or(0, |rows| {
            let row = rows.len() / width.max(1);
            rows.extend(words);
            debug_assert_eq!(rows.len(), (row + 1) * width, "{table:?}");
            row
        });
        self.number(rows)
    }

    fn count(&mut self, table: Name) -> u32 {
        let width: usize = ALL
            .get(table as usize)
            .map_or(1, |(_, _, columns)| columns.iter().map(|c| c.width()).sum());
        let rows = self
            .tables
            .get(table as usize)
            .map_or(0, |rows| rows.len() / width.max(1));
        self.number(rows)
    }

    fn text(&mut self, text: &str) -> [u32; 2] {
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let found = [self.names.len(), text.len()].map(|size| self.number(size));
        self.names.push_str(text);
        self.texts.insert(text.to_owned(), found);
        found
    }

    fn maybe_text(&mut self, text: Option<&str>) -> [u32; 2] {
        text.map_or([NONE, 0], |text| self.text(text))
    }

    fn list(&mut self, list: Vec<u32>) -> [u32; 2] {
        if list.is_empty() {
            return [0, 0];
        }
        if let Some(known) = self.known.get(&list) {
            return *known;
        }
        let found = [DIRECTORY + self.lists.len(), list.len()].map(|size| self.number(size));
        self.lists.extend(&list);
        self.known.insert(list, found);
        found
    }

    fn side(&mut self, atoms: Option<&[u32]>, highest: impl FnOnce(&Set) -> Vec<u32>) -> u32 {
        let Some(atoms) = atoms else { return 0 };
        if let [one] = atoms {
            return one << 2 | 1;
        }
        let set = Set::of(atoms.iter().copied());
        let highest = highest(&set);
        let bits = set.bits();
        let as_bits = bits.len() <= set.len();
        let atoms = if as_bits { bits } else { set.iter().collect() };
        let [start, length] = self.list(atoms);
        let [first, count] = self.list(highest);
        let row = [as_bits.into(), start, length, first, count];
        let number = match self.sides.get(&row) {
            Some(known) => *known,
            None => {
                let number = self.row(Name::Sides, row);
                self.sides.insert(row, number);
                number
            }
        };
        number << 2 | 2
    }

    fn region(&mut self, grant: u32, region: &Region) -> u32 {
        let orders = &self.derived.orders;
        let acts = region.acts.iter().fold(0, |acts, act| acts | 1 << *act as u32);
        let sides = [
            self.side(region.by.as_deref(), |set| orders.controllers.highest(set)),
            self.side(region.data.as_deref(), |set| orders.data.highest(set)),
            self.side(region.source.as_deref(), |set| orders.sources.highest(set)),
            self.side(region.purpose.as_deref(), |set| orders.purposes.highest(set)),
            self.side(region.recipient.as_deref(), |set| orders.recipients.highest(set)),
        ];
        self.row(Name::Boxes, [grant, acts].into_iter().chain(sides))
    }

    fn nouns<'n>(&mut self, table: Name, names: Name, nouns: impl Iterator<Item = &'n Noun>) {
        let nouns: Vec<&Noun> = nouns.collect();
        let order = self.derived.orders.of(table);
        for (index, noun) in (0..).zip(&nouns) {
            let path = self.text(&noun.path);
            let above = self.list(noun.above.clone());
            let down = self.list(order.map_or_else(Vec::new, |order| order.down(index).iter().collect()));
            let up = self.list(order.map_or_else(Vec::new, |order| order.up(index).iter().collect()));
            let row = path
                .into_iter()
                .chain([noun.origin as u32 + 3 * u32::from(noun.open)])
                .chain(above)
                .chain(down)
                .chain(up);
            self.row(table, row);
        }
        for slot in slots::table(&nouns) {
            let row = match slot {
                None => [0, 0, 0, NONE],
                Some(slot) => {
                    let [start, length] = self.text(&slot.name);
                    [slot.hash, start, length, slot.noun]
                }
            };
            self.row(names, row);
        }
    }

    fn place(&mut self, place: Place) -> u32 {
        if let Some(known) = self.places.get(&place) {
            return *known;
        }
        let number = self.row(
            Name::Places,
            [match place {
                Place::In(country) => country,
                Place::Abroad => NONE,
            }],
        );
        self.places.insert(place, number);
        number
    }

    fn all(&mut self) {
        let c = self.content;
        self.nouns(
            Name::Controllers,
            Name::ControllerNames,
            c.controllers.iter().map(|c| &c.noun),
        );
        self.nouns(Name::Subjects, Name::SubjectNames, c.subjects.iter().map(|s| &s.noun));
        self.nouns(Name::Data, Name::DataNames, c.data.iter());
        self.nouns(Name::Sources, Name::SourceNames, c.sources.iter());
        self.nouns(Name::Purposes, Name::PurposeNames, c.purposes.iter());
        self.nouns(Name::Bases, Name::BasisNames, c.bases.iter().map(|b| &b.noun));
        self.nouns(
            Name::Recipients,
            Name::RecipientNames,
            c.recipients.iter().map(|r| &r.noun),
        );
        self.nouns(Name::Facts, Name::FactNames, c.facts.iter());
        self.nouns(Name::Countries, Name::CountryNames, c.countries.iter());
        self.details();
        c.literals.iter().for_each(|literal| self.literal(*literal));
        c.guards.iter().for_each(|guard| self.guard(guard));
        self.grants();
        self.bans();
        for cap in &c.caps {
            let head = self.head(&cap.head);
            let region = self.region(NONE, &cap.region);
            let row = head
                .into_iter()
                .chain([region, cap.guard])
                .chain(period(Some(cap.at_most)));
            self.row(Name::Caps, row);
        }
        self.indices();
        for notice in &c.notices {
            let language = self.text(&notice.language);
            self.row(
                Name::Notices,
                language.into_iter().chain(super::words_of(&notice.digest)),
            );
        }
        let closing = if c.closing.is_some() { self.unit() } else { NONE };
        let row = self.text(&c.policy).into_iter();
        let row = row.chain(self.maybe_text(c.version.as_deref()));
        let row = row.chain(self.text(&c.meaning)).chain(self.text(&c.zone));
        let row = row.chain([
            c.zone_offset.cast_unsigned(),
            day(c.begins),
            day(c.until),
            c.home.unwrap_or(NONE),
            c.public.unwrap_or(NONE),
            c.everyone.unwrap_or(NONE),
            closing,
        ]);
        self.row(Name::Policy, row);
    }

    fn details(&mut self) {
        let c = self.content;
        for (controller, group) in c.controllers.iter().zip(&self.derived.controller_groups) {
            self.row(Name::ControllerDetails, [controller.country.unwrap_or(NONE), *group]);
        }
        for subject in &c.subjects {
            self.row(Name::SubjectDetails, [subject.when.unwrap_or(NONE)]);
        }
        for basis in &c.bases {
            let flags = [basis.consent, basis.legal_duty, basis.objectable, basis.survives_keep];
            let flags = (0..).zip(flags).map(|(bit, flag)| u32::from(flag) << bit).sum();
            let giver = match basis.giver {
                Giver::Person => 0,
                Giver::Guardian => 1,
                Giver::Either => 2,
            };
            let row = [flags, giver, basis.when.unwrap_or(NONE), day(basis.since)];
            self.row(Name::BasisDetails, row.into_iter().chain(period(basis.term)));
        }
        for (recipient, group) in c.recipients.iter().zip(&self.derived.recipient_groups) {
            let places = recipient.places.iter().map(|place| self.place(*place)).collect();
            let places = self.list(places);
            self.row(Name::RecipientDetails, places.into_iter().chain([*group]));
        }
    }

    fn literal(&mut self, literal: Literal) {
        let row = match literal {
            Literal::Fact(fact) => [0, fact, 0],
            Literal::Class(class) => [1, class, 0],
            Literal::Age(is, years) => [2, comparison(is), years],
            Literal::Date(is, day) => [3, comparison(is), day.number().cast_unsigned()],
            Literal::Place(place) => [4, self.place(place), 0],
        };
        self.row(Name::Literals, row);
    }

    fn guard(&mut self, guard: &Guard) {
        let signed = |(literal, sign): &(u32, bool)| literal << 1 | u32::from(*sign);
        let (glance, one) = match guard.as_slice() {
            [] => (0, 0),
            any if any.iter().any(Vec::is_empty) => (1, 0),
            [all] => match all.as_slice() {
                [one] => (2, signed(one)),
                _ => (3, 0),
            },
            _ => (3, 0),
        };
        let conjunctions: Vec<u32> = guard
            .iter()
            .flat_map(|all| self.list(all.iter().map(signed).collect()))
            .collect();
        let conjunctions = self.list(conjunctions);
        self.row(Name::Guards, [glance, one].into_iter().chain(conjunctions));
    }

    fn head(&mut self, head: &Head) -> Vec<u32> {
        let mut row = self.text(&head.id).to_vec();
        row.extend(super::words_of(&head.digest));
        row.push(if head.unit.is_some() { self.unit() } else { NONE });
        row
    }

    /// The next unit of the texts: they are written in the order of the heads.
    fn unit(&mut self) -> u32 {
        self.units += 1;
        self.units - 1
    }

    fn grants(&mut self) {
        let mut later = 0;
        for (index, grant) in (0..).zip(&self.content.grants) {
            let mut row = self.head(&grant.head);
            let first = self.count(Name::Boxes);
            for region in &grant.regions {
                self.region(index, region);
            }
            let keep = match &grant.keep {
                None => NONE,
                Some(keep) => {
                    let mut steps = Vec::new();
                    if let Some(end) = &keep.end {
                        end_steps(end, &mut steps);
                    }
                    let mut row = self.list(steps).to_vec();
                    row.extend(period(keep.at_most).into_iter().chain(period(keep.at_least)));
                    row.push(match keep.disposal {
                        Some(Disposal::Erase) => 0,
                        Some(Disposal::Anonymise) => 1,
                        None => 2,
                    });
                    let first = self.count(Name::InBlocks);
                    for one in &keep.blocks {
                        let nouns = self.list(one.nouns.clone());
                        self.row(Name::InBlocks, [one.block].into_iter().chain(nouns));
                    }
                    row.extend([first, self.number(keep.blocks.len())]);
                    self.row(Name::Keeps, row)
                }
            };
            let boxes = self.number(grant.regions.len());
            row.extend([first, boxes, grant.guard]);
            row.extend(self.obligations(&grant.then));
            let added = self.number(grant.later.len());
            row.extend([keep, later, added]);
            later += added;
            self.row(Name::Grants, row);
        }
        // Behind the boxes of all statements.
        for one in self.content.grants.iter().flat_map(|grant| &grant.later) {
            let region = self.region(NONE, &one.region);
            self.row(Name::Later, [one.basis, region, day(Some(one.since))]);
        }
    }

    fn obligations(&mut self, then: &[Obligation]) -> [u32; 2] {
        let first = self.count(Name::Obligations);
        for one in then {
            let mut row = self.text(&one.what).to_vec();
            let to = one.to.iter().flat_map(|to| self.text(to)).collect();
            row.extend(self.list(to));
            row.extend(period(one.within));
            self.row(Name::Obligations, row);
        }
        [first, self.number(then.len())]
    }

    fn part(&mut self, strike: &Strike, ways: Option<&Set>) -> u32 {
        let region = self.region(NONE, &strike.region);
        let ways: Option<Vec<u32>> = ways.map(|ways| ways.iter().collect());
        let ways = self.side(ways.as_deref(), |_| Vec::new());
        let mut steps = Vec::new();
        if let Some(under) = &strike.under {
            under_steps(under, &mut steps);
        }
        let steps = self.list(steps);
        self.row(Name::Parts, [region, strike.guard, ways].into_iter().chain(steps))
    }

    fn bans(&mut self) {
        for (ban, parts) in self.content.bans.iter().zip(&self.derived.bans) {
            let mut row = self.head(&ban.head);
            let strikes = std::iter::once(&ban.limits).chain(&ban.except);
            let rows: Vec<u32> = strikes
                .zip(parts)
                .map(|(strike, ways)| self.part(strike, ways.as_ref()))
                .collect();
            let limits = rows.first().copied().unwrap_or(NONE);
            let except = self.number(ban.except.len());
            row.extend([limits, limits.saturating_add(1), except]);
            row.extend(self.obligations(&ban.then));
            self.row(Name::Bans, row);
        }
    }

    fn indices(&mut self) {
        let d = self.derived;
        for way in &d.ways {
            let bases = self.list(way.bases.clone());
            let flags = u32::from(way.consent) | u32::from(way.keeps) << 1 | u32::from(way.later) << 2;
            let row = [way.grant.unwrap_or(NONE)].into_iter().chain(bases);
            self.row(Name::Ways, row.chain([way.guard.unwrap_or(NONE), flags]));
        }
        for striker in &d.strikers {
            let (sort, of, ways) = match striker {
                Striker::Ban { ban, point } => (u32::from(!point), *ban, Vec::new()),
                Striker::Keep { grant, ways } => (2, *grant, ways.clone()),
            };
            let ways = self.list(ways);
            self.row(Name::Strikers, [sort, of].into_iter().chain(ways));
        }
        for row in &d.rows.rows {
            let ways = self.list(row.ways.iter().flat_map(|(way, region)| [*way, *region]).collect());
            let strikers = self.list(row.strikers.clone());
            self.row(Name::Rows, ways.into_iter().chain(strikers));
        }
        for row in &d.rows.of {
            self.row(Name::RowOf, [*row]);
        }
        for (table, lists) in [(Name::Near, &d.near), (Name::Shapes, &d.shapes)] {
            for list in lists {
                let list = self.list(list.clone());
                self.row(table, list);
            }
        }
    }

    fn finish(mut self) -> Result<Parts, LoadError> {
        let mut words = vec![self.number(ALL.len())];
        let mut start = DIRECTORY + self.lists.len();
        for (index, (_, _, columns)) in ALL.iter().enumerate() {
            let width: usize = columns.iter().map(|column| column.width()).sum();
            let length = self.tables.get(index).map_or(0, Vec::len);
            words.push(self.number(start));
            words.push(self.number(length / width.max(1)));
            start += length;
        }
        words.append(&mut self.lists);
        self.tables.iter_mut().for_each(|table| words.append(table));
        self.number(words.len());
        if self.too_large {
            return Err(LoadError::malformed("there is too much of it"));
        }
        Ok(Parts {
            words,
            names: self.names,
        })
    }
}

fn comparison(is: Comparison) -> u32 {
    match is {
        Comparison::Less => 0,
        Comparison::AtMost => 1,
        Comparison::Equal => 2,
        Comparison::AtLeast => 3,
        Comparison::Greater => 4,
    }
}

fn day(day: Option<Day>) -> u32 {
    day.map_or(NO_DAY, |day| day.number().cast_unsigned())
}

fn period(period: Option<Period>) -> [u32; 2] {
    period.map_or([0, NONE], |period| [period.count, period.unit as u32])
}

/// Steps of three words, operands first: 0 event, 1 day, 2 after collection, 3 after the last, 4 the earlier of so many, 5 the
/// later of so many.
fn end_steps(end: &End, steps: &mut Vec<u32>) {
    let count = |all: &[End]| u32::try_from(all.len()).unwrap_or(u32::MAX);
    match end {
        End::Event(event) => steps.extend([0, *event, 0]),
        End::Date(day) => steps.extend([1, day.number().cast_unsigned(), 0]),
        End::After(period, None) => steps.extend([2, period.count, period.unit as u32]),
        End::After(period, Some(end)) => {
            end_steps(end, steps);
            steps.extend([3, period.count, period.unit as u32]);
        }
        End::Or(all) => {
            all.iter().for_each(|end| end_steps(end, steps));
            steps.extend([4, count(all), 0]);
        }
        End::And(all) => {
            all.iter().for_each(|end| end_steps(end, steps));
            steps.extend([5, count(all), 0]);
        }
    }
}

/// Steps of two words, operands first: 0 a basis, 1 not the last, 2 all of so many, 3 any of so many.
fn under_steps(under: &Under, steps: &mut Vec<u32>) {
    let count = |all: &[Under]| u32::try_from(all.len()).unwrap_or(u32::MAX);
    match under {
        Under::Basis(basis) => steps.extend([0, *basis]),
        Under::Not(inner) => {
            under_steps(inner, steps);
            steps.extend([1, 0]);
        }
        Under::And(all) => {
            all.iter().for_each(|one| under_steps(one, steps));
            steps.extend([2, count(all)]);
        }
        Under::Or(all) => {
            all.iter().for_each(|one| under_steps(one, steps));
            steps.extend([3, count(all)]);
        }
    }
}
