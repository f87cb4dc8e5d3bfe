//! What is drawn: the flows of all statements, joined at the nouns of a depth; all of them, or those through one noun.

use std::collections::{BTreeMap, BTreeSet};

use super::{Clause, Column, Edge, Fate, Flow, Node, Picture};
use crate::meaning::{Meaning, SentenceRef};
use crate::model::Model;
use crate::model::noun::{Id, Location, Recipient, Table};
use crate::model::sentence::Act;
use crate::notice::document::{Document, Stated};
use crate::source::Origin;

/// What to draw.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only flows through nouns with this name, or the end of it.
    pub around: Option<String>,
    /// How many steps of paths are told apart; 0: only what stands at the top.
    pub depth: usize,
    /// Only who gets which data, or which data go where.
    pub by: Option<By>,
    /// What a place is called that no country names: any but home, and none stated.
    pub places: [String; 2],
    /// Whether to tell what flows through which three boxes, for [`changed`](super::changed).
    pub flows: bool,
}

/// By what a picture of given data is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Who gets them, and where.
    Recipient,
    /// In which country they get.
    Country,
}

/// A box: its column and path.
pub(super) type Key = (Column, String);

/// The names of places that no country has.
const ABROAD: &str = "abroad";
const UNSTATED: &str = "?";

/// The picture of a policy.
#[must_use]
pub fn flows(model: &Model, meaning: &Meaning, document: &Document, options: &Options) -> Picture {
    let clauses = clauses(document);
    let mut labels: BTreeMap<Key, String> = BTreeMap::new();
    let mut edges: BTreeMap<(Key, Key), BTreeSet<Clause>> = BTreeMap::new();
    let mut flows: BTreeSet<Flow> = BTreeSet::new();
    for grant in &meaning.grants {
        let SentenceRef::Permission(_) = grant.sentence else {
            continue;
        };
        let clause = clauses.get(&grant.sentence).cloned();
        for region in &grant.regions {
            let mut named = Named {
                model,
                options,
                labels: &mut labels,
            };
            let data = named.all(Column::Data, &model.data, region.data.as_deref());
            let does = |act: Act| region.acts.contains(&act);
            let source = match does(Act::Collect) {
                true => named.all(Column::Source, &model.sources, region.source.as_deref()),
                false => BTreeSet::new(),
            };
            let purpose = named.all(Column::Purpose, &model.purposes, region.purpose.as_deref());
            let (recipient, country) = match does(Act::Share) {
                true => named.recipients(region.recipient.as_deref()),
                false => (BTreeSet::new(), BTreeSet::new()),
            };
            let places: BTreeSet<Key> = country.iter().map(|(_, place)| place.clone()).collect();
            let steps: Vec<&BTreeSet<Key>> = match options.by {
                None => vec![&source, &data, &purpose, &recipient],
                Some(_) if recipient.is_empty() => continue,
                Some(By::Recipient) => vec![&data, &recipient],
                Some(By::Country) => vec![&data, &places],
            };
            let through: Vec<&BTreeSet<Key>> = steps.into_iter().filter(|keys| !keys.is_empty()).collect();
            if !through.iter().any(|keys| keys.iter().any(|key| fits(key, options))) && options.around.is_some() {
                continue;
            }
            let shown = |keys: &BTreeSet<Key>| -> Vec<Key> {
                let of_column = keys.iter().any(|key| fits(key, options));
                keys.iter()
                    .filter(|key| !of_column || fits(key, options))
                    .cloned()
                    .collect()
            };
            for pair in through.windows(2) {
                let [left, right] = pair else { continue };
                for from in shown(left) {
                    for to in shown(right) {
                        edges.entry((from.clone(), to)).or_default().extend(clause.clone());
                    }
                }
            }
            for three in through.windows(3).filter(|_| options.flows) {
                let [left, middle, right] = three else { continue };
                for from in shown(left) {
                    for over in shown(middle) {
                        let to = shown(right).into_iter();
                        flows.extend(to.map(|to| [from.clone(), over.clone(), to]));
                    }
                }
            }
            for (from, to) in country.into_iter().filter(|_| options.by != Some(By::Country)) {
                let stated = to.1 != UNSTATED;
                if stated && shown(&recipient).contains(&from) {
                    edges.entry((from, to)).or_default();
                }
            }
        }
    }
    Picture {
        flows,
        ..picture(&document.title, &labels, edges)
    }
}

fn fits(key: &Key, options: &Options) -> bool {
    let around = options.around.as_deref();
    around.is_some_and(|name| is_named(&key.1, name) || key.1.starts_with(&format!("{name}.")))
}

/// Whether a noun of this path is meant by a name: the whole path, or the end of it.
#[must_use]
pub fn is_named(path: &str, name: &str) -> bool {
    path == name || path.strip_suffix(name).is_some_and(|before| before.ends_with('.'))
}

/// The paths of the nouns that a picture can be drawn around.
pub fn drawable(model: &Model) -> impl Iterator<Item = &str> {
    fn paths<D>(table: &Table<D>) -> impl Iterator<Item = &str> {
        let own = table.iter().filter(|(_, noun)| noun.origin == Origin::Project);
        own.map(|(_, noun)| noun.path.as_str())
    }
    let data = paths(&model.data).chain(paths(&model.purposes));
    data.chain(paths(&model.recipients)).chain(paths(&model.sources))
}

/// A picture of lines, all of one version.
pub(super) fn picture(
    title: &str,
    labels: &BTreeMap<Key, String>,
    edges: BTreeMap<(Key, Key), BTreeSet<Clause>>,
) -> Picture {
    let used: BTreeSet<&Key> = edges.keys().flat_map(|(from, to)| [from, to]).collect();
    let keys: Vec<&Key> = used.into_iter().collect();
    let place = |key: &Key| keys.binary_search(&key).unwrap_or_default();
    let node = |key: &&Key| Node {
        column: key.0,
        name: key.1.clone(),
        label: labels.get(*key).cloned().unwrap_or_else(|| key.1.clone()),
        fate: Fate::Same,
    };
    Picture {
        title: title.to_owned(),
        nodes: keys.iter().map(node).collect(),
        edges: edges
            .iter()
            .map(|((from, to), clauses)| Edge {
                from: place(from),
                to: place(to),
                clauses: clauses.iter().cloned().collect(),
                fate: Fate::Same,
            })
            .collect(),
        flows: BTreeSet::new(),
    }
}

/// The clauses that state sentences.
fn clauses(document: &Document) -> BTreeMap<SentenceRef, Clause> {
    let units = document
        .units()
        .into_iter()
        .filter_map(|(number, unit)| match unit.states {
            Stated::Sentence(sentence) => {
                let clause = Clause {
                    number: number.to_owned(),
                    sentence: unit.sentence.clone(),
                    id: unit.id.clone(),
                };
                Some((sentence, clause))
            }
            _ => None,
        });
    units.collect()
}

struct Named<'a> {
    model: &'a Model,
    options: &'a Options,
    labels: &'a mut BTreeMap<Key, String>,
}

impl Named<'_> {
    /// The nouns of a side at the depth that is drawn; around a noun, as they are.
    fn all<D>(&mut self, column: Column, table: &Table<D>, side: Option<&[Id<D>]>) -> BTreeSet<Key> {
        let every: Vec<Id<D>> = match side {
            Some(side) => side.to_vec(),
            None => table.ids().collect(),
        };
        every.into_iter().filter_map(|id| self.key(column, table, id)).collect()
    }

    fn key<D>(&mut self, column: Column, table: &Table<D>, id: Id<D>) -> Option<Key> {
        let noun = &table[id];
        if noun.origin != Origin::Project {
            return None;
        }
        let mut path: String = noun
            .path
            .split('.')
            .take(self.options.depth + 1)
            .collect::<Vec<_>>()
            .join(".");
        if self
            .options
            .around
            .as_deref()
            .is_some_and(|around| is_named(&noun.path, around))
        {
            path.clone_from(&noun.path);
        }
        let key = (column, path);
        if !self.labels.contains_key(&key) {
            let told = table
                .iter()
                .find(|(_, other)| other.origin == Origin::Project && other.path == key.1);
            let label = told.and_then(|(_, noun)| noun.label.as_ref());
            let label = label.map_or_else(|| key.1.clone(), |label| label.value.clone());
            self.labels.insert(key.clone(), label);
        }
        Some(key)
    }

    /// The recipients of a side, and where each is.
    fn recipients(&mut self, side: Option<&[Id<Recipient>]>) -> (BTreeSet<Key>, BTreeSet<(Key, Key)>) {
        let table = &self.model.recipients;
        let every: Vec<Id<_>> = side.map_or_else(|| table.ids().collect(), <[_]>::to_vec);
        let (mut keys, mut places) = (BTreeSet::new(), BTreeSet::new());
        for id in every {
            let Some(key) = self.key(Column::Recipient, table, id) else {
                continue;
            };
            let mut place = |name: &str, label: String| {
                let place = (Column::Country, name.to_owned());
                self.labels.insert(place.clone(), label);
                places.insert((key.clone(), place));
            };
            let [abroad, unstated] = &self.options.places;
            let locations = located(table, id);
            if locations.is_empty() {
                place(UNSTATED, unstated.clone());
            }
            for location in locations {
                match location {
                    Location::Abroad => place(ABROAD, abroad.clone()),
                    Location::In(country) => {
                        let noun = &self.model.countries[country];
                        let label = noun.label.as_ref().map(|label| label.value.clone());
                        place(&noun.path, label.unwrap_or_else(|| noun.path.clone()));
                    }
                }
            }
            keys.insert(key);
        }
        (keys, places)
    }
}

/// Where a recipient is, by its own words or by those of what lies above it.
fn located(table: &Table<Recipient>, id: Id<Recipient>) -> Vec<Location> {
    let mut level = vec![id];
    let mut seen = BTreeSet::new();
    while !level.is_empty() {
        let here: Vec<Location> = level
            .iter()
            .flat_map(|id| table[*id].detail.locations.clone())
            .collect();
        if !here.is_empty() {
            return here;
        }
        seen.extend(level.iter().copied());
        level = level
            .iter()
            .flat_map(|id| table.above(*id))
            .filter(|id| !seen.contains(id))
            .collect();
    }
    Vec::new()
}
