//! Nouns of a bundle: each kind sorted by origin and qualified name.

use kupuya_runtime::wire::{self, BundleContent};

use super::day;
use super::guards::Guards;
use crate::model::Model;
use crate::model::noun::{
    AnyNoun, Basis, Controller, Country, Data, Fact, Giver, Id, Location, Noun, Purpose, Recipient, Source, Subject,
    Table,
};
use crate::source::Origin;
use crate::syntax::vocabulary::Kind;

/// From the ids of a model's table to the indices of a bundle's list, and back.
#[derive(Clone, Debug)]
pub(super) struct Sorted<D> {
    /// Ids in the bundle's order.
    order: Vec<Id<D>>,
    /// For each id its index.
    index: Vec<u32>,
}

impl<D> Sorted<D> {
    fn new(table: &Table<D>) -> Sorted<D> {
        let mut order: Vec<Id<D>> = table.ids().collect();
        order.sort_by_key(|id| (table[*id].origin, &table[*id].path));
        let mut index = vec![0; order.len()];
        for (at, id) in (0..).zip(&order) {
            if let Some(slot) = index.get_mut(id.index as usize) {
                *slot = at;
            }
        }
        Sorted { order, index }
    }

    /// The index of an id.
    pub(super) fn one(&self, id: Id<D>) -> u32 {
        self.index.get(id.index as usize).copied().unwrap_or(u32::MAX)
    }

    /// The indices of ids, sorted.
    pub(super) fn all(&self, ids: &[Id<D>]) -> Vec<u32> {
        let mut all: Vec<u32> = ids.iter().map(|id| self.one(*id)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn noun(&self, table: &Table<D>, id: Id<D>) -> wire::Noun {
        let noun = &table[id];
        wire::Noun {
            path: noun.path.clone(),
            origin: match noun.origin {
                Origin::Project => wire::Origin::Project,
                Origin::Pack => wire::Origin::Pack,
                Origin::Taxonomy => wire::Origin::Taxonomy,
            },
            open: noun.open,
            above: self.all(&table.above(id).collect::<Vec<_>>()),
        }
    }

    fn write<T>(&self, table: &Table<D>, make: impl Fn(wire::Noun, &Noun<D>, Id<D>) -> T) -> Vec<T> {
        let one = |id: &Id<D>| make(self.noun(table, *id), &table[*id], *id);
        self.order.iter().map(one).collect()
    }
}

/// All kinds that decisions know.
#[derive(Clone, Debug)]
pub(super) struct Nouns {
    pub(super) controllers: Sorted<Controller>,
    pub(super) subjects: Sorted<Subject>,
    pub(super) data: Sorted<Data>,
    pub(super) sources: Sorted<Source>,
    pub(super) purposes: Sorted<Purpose>,
    pub(super) bases: Sorted<Basis>,
    pub(super) recipients: Sorted<Recipient>,
    pub(super) facts: Sorted<Fact>,
    pub(super) countries: Sorted<Country>,
}

impl Nouns {
    pub(super) fn new(model: &Model) -> Nouns {
        Nouns {
            controllers: Sorted::new(&model.controllers),
            subjects: Sorted::new(&model.subjects),
            data: Sorted::new(&model.data),
            sources: Sorted::new(&model.sources),
            purposes: Sorted::new(&model.purposes),
            bases: Sorted::new(&model.bases),
            recipients: Sorted::new(&model.recipients),
            facts: Sorted::new(&model.facts),
            countries: Sorted::new(&model.countries),
        }
    }

    pub(super) fn place(&self, place: Location) -> wire::Place {
        match place {
            Location::In(country) => wire::Place::In(self.countries.one(country)),
            Location::Abroad => wire::Place::Abroad,
        }
    }

    /// Writes the nouns into a bundle.
    pub(super) fn write(&self, model: &Model, guards: &Guards, content: &mut BundleContent) {
        content.home = model.home.map(|home| self.countries.one(home));
        content.public = taxonomy(&model.recipients, "public").map(|public| self.recipients.one(public));
        content.everyone = everyone(model).map(|class| self.subjects.one(class));
        let plain = |noun, _: &Noun<_>, _| noun;
        content.data = self.data.write(&model.data, plain);
        content.sources = self.sources.write(&model.sources, |noun, _, _| noun);
        content.purposes = self.purposes.write(&model.purposes, |noun, _, _| noun);
        content.facts = self.facts.write(&model.facts, |noun, _, _| noun);
        content.countries = self.countries.write(&model.countries, |noun, _, _| noun);
        content.controllers = self
            .controllers
            .write(&model.controllers, |noun, of, _| wire::Controller {
                noun,
                country: of.detail.country.map(|country| self.countries.one(country)),
            });
        content.subjects = self.subjects.write(&model.subjects, |noun, of, _| wire::Subject {
            noun,
            when: of.detail.when.as_ref().map(|guard| guards.index(self, guard)),
        });
        content.recipients = self.recipients.write(&model.recipients, |noun, _, id| {
            let mut places: Vec<wire::Place> = locations(model, id)
                .into_iter()
                .map(|place| self.place(place))
                .collect();
            places.sort_unstable();
            places.dedup();
            wire::Recipient { noun, places }
        });
        let consent = taxonomy(&model.bases, "consent");
        let duty = taxonomy(&model.bases, "legal_duty");
        content.bases = self.bases.write(&model.bases, |noun, of, id| {
            let is = |class: Option<Id<Basis>>| class.is_some_and(|class| model.bases.below(id, class));
            let basis = &of.detail;
            wire::Basis {
                noun,
                consent: is(consent),
                legal_duty: is(duty),
                objectable: basis.objectable,
                when: basis.when.as_ref().map(|guard| guards.index(self, guard)),
                giver: match basis.giver {
                    Giver::Itself => wire::Giver::Person,
                    Giver::Guardian => wire::Giver::Guardian,
                    Giver::Either => wire::Giver::Either,
                },
                since: basis.from.and_then(|date| day(date.value)),
                term: basis.term.map(|term| super::period(term.value)),
                survives_keep: basis.survives_keep,
            }
        });
    }
}

/// The noun of the taxonomy with this name.
fn taxonomy<D>(table: &Table<D>, name: &str) -> Option<Id<D>> {
    let mut all = table.iter();
    all.find(|(_, noun)| noun.origin == Origin::Taxonomy && noun.path == name)
        .map(|(id, _)| id)
}

/// The only class without a guard that the policy declares (M5).
fn everyone(model: &Model) -> Option<Id<Subject>> {
    let mut plain = model
        .subjects
        .of_project()
        .filter(|(_, noun)| noun.detail.when.is_none());
    let (first, _) = plain.next()?;
    plain.next().is_none().then_some(first)
}

/// Where a recipient is: as it says, else as what lies above it says (M5).
fn locations(model: &Model, id: Id<Recipient>) -> Vec<Location> {
    let mut level = vec![id];
    let mut seen = Vec::new();
    while !level.is_empty() {
        let said: Vec<Location> = level
            .iter()
            .flat_map(|id| model.recipients[*id].detail.locations.clone())
            .collect();
        if !said.is_empty() {
            return said;
        }
        seen.extend(level.iter().copied());
        let above = level.iter().flat_map(|id| model.recipients.above(*id));
        level = above.filter(|id| !seen.contains(id)).collect();
    }
    Vec::new()
}

/// The qualified name of any noun.
pub(super) fn path(model: &Model, noun: AnyNoun) -> String {
    fn of<D>(table: &Table<D>, index: u32) -> String {
        let found = table.iter().nth(index as usize);
        found.map(|(_, noun)| noun.path.clone()).unwrap_or_default()
    }
    match noun.kind {
        Kind::Controller => of(&model.controllers, noun.index),
        Kind::Subject => of(&model.subjects, noun.index),
        Kind::Data => of(&model.data, noun.index),
        Kind::Source => of(&model.sources, noun.index),
        Kind::Purpose => of(&model.purposes, noun.index),
        Kind::Basis => of(&model.bases, noun.index),
        Kind::Recipient => of(&model.recipients, noun.index),
        Kind::Channel => of(&model.channels, noun.index),
        Kind::Fact => of(&model.facts, noun.index),
        Kind::Right => of(&model.rights, noun.index),
        Kind::Measure => of(&model.measures, noun.index),
        Kind::Duty => of(&model.duties, noun.index),
        Kind::Term => of(&model.terms, noun.index),
        Kind::Country => of(&model.countries, noun.index),
        Kind::Ground => of(&model.grounds, noun.index),
        Kind::Policy | Kind::Section | Kind::Clause | Kind::Processing | Kind::Law | Kind::Rule | Kind::Scenario => {
            String::new()
        }
    }
}
