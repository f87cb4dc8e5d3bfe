//! The names of what changed: of sets of atoms, the nouns that hold them whole.

use std::collections::BTreeSet;

use kupuya_runtime::wire::{self, Act, Noun, Origin};

use super::asking::Point;
use super::kinds::Kind;
use super::merge::Wide;
use super::places::declared;
use super::points::Spot;
use super::reading::{Pair, Sort};
use super::side::Side;
use super::{Moved, Place};

/// Names nouns of two versions.
pub struct Naming<'a> {
    /// The versions.
    pub sides: [&'a Side; 2],
}

impl Naming<'_> {
    /// The points that stand for a place: of each slot an atom below which nothing lies, since a request about it asks about nothing
    /// else; where there is none, each.
    pub fn points(&self, spot: &Spot) -> Vec<Point> {
        let mut points: Vec<Point> = vec![[None; 5]];
        for (slot, sort) in Sort::SLOTS.into_iter().enumerate() {
            let spoken = self.spoken(sort, &spot.slots[slot]);
            if spoken.is_empty() {
                continue;
            }
            let with = |point: &Point, pair: Pair| {
                let mut point = *point;
                if let Some(place) = point.get_mut(slot) {
                    *place = Some(pair);
                }
                point
            };
            let each = points
                .iter()
                .flat_map(|point| spoken.iter().map(move |pair| with(point, *pair)));
            points = each.collect();
        }
        points
    }

    /// The atoms that stand for a set: the policy's own before those of packs. Of data the own atom is answered apart from what lies
    /// below it.
    fn spoken(&self, sort: Sort, pairs: &[Pair]) -> Vec<Pair> {
        let nouns = self.sides.map(|side| side.nouns(sort));
        let of = |side: usize, number: Option<u32>| {
            let noun = nouns[side].get(number? as usize)?;
            Some((noun.origin, noun.path.as_str()))
        };
        let worth = |pair: &&Pair| {
            let known = of(1, pair.after).or_else(|| of(0, pair.before));
            let (origin, path) = known.unwrap_or((Origin::Taxonomy, ""));
            (origin, self.has_below(sort, **pair), path)
        };
        let leaves = || {
            pairs
                .iter()
                .filter(|pair| sort == Sort::Data || !self.has_below(sort, **pair))
        };
        match leaves().min_by_key(worth) {
            Some(leaf) => vec![*leaf],
            None => {
                let mut wide: Vec<&Pair> = pairs.iter().collect();
                wide.sort_by_key(worth);
                wide.into_iter().copied().collect()
            }
        }
    }

    fn has_below(&self, sort: Sort, pair: Pair) -> bool {
        (0..2).any(|side| {
            let orders = &self.sides[side].orders;
            pair.of(side)
                .is_some_and(|number| orders.down(sort, number).nth(1).is_some())
        })
    }

    /// Whether a noun of the version after is another or lies below it.
    pub fn is_below(&self, sort: Sort, low: &str, high: &str) -> bool {
        let nouns = self.sides[1].nouns(sort);
        let number = |path: &str| nouns.iter().position(|noun| noun.path == path);
        let Some(goal) = number(high) else { return low == high };
        let mut level: Vec<usize> = number(low).into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(at) = level.pop() {
            if at == goal {
                return true;
            }
            if seen.insert(at) {
                level.extend(
                    nouns
                        .get(at)
                        .into_iter()
                        .flat_map(|noun| &noun.above)
                        .map(|above| *above as usize),
                );
            }
        }
        false
    }

    /// The bases of the keeps with these ids, in names of both versions; where they do not all rest on the same, none, or `any`.
    pub fn bases_of(
        &self,
        side: usize,
        rules: &[String],
        any: bool,
        shared: impl Fn(&str) -> String,
    ) -> BTreeSet<String> {
        let content = &self.sides[side].content;
        let grants = content.grants.iter().filter(|grant| rules.contains(&grant.head.id));
        let name = |basis: &u32| Some(shared(&content.bases.get(*basis as usize)?.noun.path));
        let ways = grants.flat_map(|grant| &grant.ways);
        let ways: BTreeSet<BTreeSet<String>> = ways.map(|way| way.iter().filter_map(name).collect()).collect();
        let counts = any || ways.len() == 1;
        ways.into_iter().filter(|_| counts).flatten().collect()
    }

    /// A box in names. Of a verb without a purpose, those that justify it are told: for what is `cited`, if anything, else in either
    /// version.
    pub fn place(&self, wide: &Wide, spots: &[&Spot], cited: Option<(Kind, &[Vec<String>; 2])>) -> Place {
        let [by, data, source, purpose, recipient, about] = wide;
        let mut place = Place {
            about: self.set(Sort::Subject, about),
            data: self.set(Sort::Data, data),
            source: self.set(Sort::Source, source),
            recipient: self.set(Sort::Recipient, recipient),
            purpose: self.set(Sort::Purpose, purpose),
            by: self.set(Sort::By, by),
        };
        if self.sides.iter().all(|side| side.content.controllers.len() <= 1) {
            place.by.clear();
        }
        if spots.iter().any(|spot| !spot.act.has_purpose()) {
            place.purpose = self.justifying(spots, cited);
        }
        place
    }

    /// The purposes for which a verb without a purpose is justified: of the statements that decide a change, those of the version
    /// that allows more; where none does, all.
    fn justifying(&self, spots: &[&Spot], cited: Option<(Kind, &[Vec<String>; 2])>) -> Vec<String> {
        let Some((kind, rules)) = cited else {
            return self.purposes(spots, |_, _| true);
        };
        let of = |sides: &[usize]| self.purposes(spots, |side, id| sides.contains(&side) && rules[side].contains(id));
        let tried: &[&[usize]] = match kind {
            Kind::Widened | Kind::KeptLonger => &[&[1], &[0]],
            Kind::Narrowed | Kind::KeptShorter => &[&[0], &[1]],
            _ => &[&[0, 1]],
        };
        let mut found = tried.iter().map(|sides| of(sides));
        found
            .find(|purposes| !purposes.is_empty())
            .unwrap_or_else(|| self.purposes(spots, |_, _| true))
    }

    /// The purposes of some of the statements at places, by version and printed id.
    fn purposes(&self, spots: &[&Spot], counts: impl Fn(usize, &String) -> bool) -> Vec<String> {
        let mut names = BTreeSet::new();
        for side in 0..2 {
            let content = &self.sides[side].content;
            let mut numbers = BTreeSet::new();
            for spot in spots {
                let grants = spot.grants[side].iter().filter_map(|at| content.grants.get(*at));
                let regions = grants
                    .filter(|grant| counts(side, &grant.head.id))
                    .flat_map(|grant| &grant.regions)
                    .filter(|region| region.acts.contains(&spot.act));
                numbers.extend(regions.flat_map(|region| region.purpose.iter().flatten().copied()));
            }
            names.extend(maximal(&self.sides[side].nouns(Sort::Purpose), &numbers));
        }
        names.into_iter().collect()
    }

    /// The recipients of places that are elsewhere in the version after, or new in it and not at home.
    pub fn moved(&self, spots: &[&Spot]) -> Vec<Moved> {
        let shared = spots.iter().filter(|spot| spot.act == Act::Share);
        let pairs: BTreeSet<Pair> = shared.flat_map(|spot| spot.slots[4].iter().copied()).collect();
        let moved = pairs.into_iter().filter_map(|pair| {
            let at = |side: usize| {
                let places = declared(self.sides[side], pair.of(side)).map(|place| self.place_name(side, place));
                places
                    .collect::<BTreeSet<String>>()
                    .into_iter()
                    .collect::<Vec<String>>()
            };
            let (number, after) = (pair.after?, at(1));
            let version = self.sides[1];
            let home = version.content.home.map(wire::Place::In);
            let told = match pair.before {
                Some(_) => at(0) != after,
                None => declared(version, Some(number)).any(|place| Some(place) != home),
            };
            told.then_some(Moved {
                recipient: version.path(Sort::Recipient, number)?.to_owned(),
                before: pair.before.map(|_| at(0)),
                after,
            })
        });
        let mut moved: Vec<Moved> = moved.collect();
        moved.sort();
        moved
    }

    fn place_name(&self, side: usize, place: wire::Place) -> String {
        let country = match place {
            wire::Place::Abroad => None,
            wire::Place::In(country) => self.sides[side].path(Sort::Country, country),
        };
        country.unwrap_or("abroad").to_owned()
    }

    /// A set of atoms in names: those of the version after where it has them, else those of the version before.
    fn set(&self, sort: Sort, set: &BTreeSet<Option<Pair>>) -> Vec<String> {
        let pairs = || set.iter().flatten();
        let after: BTreeSet<u32> = pairs().filter_map(|pair| pair.after).collect();
        let before: BTreeSet<u32> = pairs()
            .filter(|pair| pair.after.is_none())
            .filter_map(|pair| pair.before)
            .collect();
        let mut names = Vec::new();
        for (side, set) in [(1, after), (0, before)] {
            let nouns = self.sides[side].nouns(sort);
            names.extend(maximal(&nouns, &set));
            if sort == Sort::Subject && names != ["any"] {
                // A class of people is told even where it is not told of all below it: a request may list it.
                let told = |number: u32| {
                    let mut up = self.sides[side]
                        .orders
                        .up(sort, number)
                        .filter_map(|one| nouns.get(one as usize));
                    up.any(|noun| names.contains(&noun.path))
                };
                let rest: Vec<u32> = set.into_iter().filter(|number| !told(*number)).collect();
                names.extend(
                    rest.iter()
                        .filter_map(|one| Some(nouns.get(*one as usize)?.path.clone())),
                );
            }
        }
        names.sort();
        names.dedup();
        names
    }
}

/// The nouns that hold a set of atoms whole, and what is left; `any` for all of a policy's own. Atoms of the taxonomy are left
/// out where the policy's own are there: nothing of it lies in them alone.
pub fn maximal(nouns: &[&Noun], set: &BTreeSet<u32>) -> Vec<String> {
    let own = |number: &u32| {
        nouns
            .get(*number as usize)
            .is_some_and(|noun| noun.origin == Origin::Project)
    };
    let all_own: BTreeSet<u32> = (0..).take(nouns.len()).filter(own).collect();
    if nouns.len() > 1 && set.len() > 1 && !all_own.is_empty() && all_own.is_subset(set) && set.len() == nouns.len() {
        return vec!["any".to_owned()];
    }
    let set: BTreeSet<u32> = match set.iter().any(own) {
        true => set.iter().copied().filter(own).collect(),
        false => set.clone(),
    };
    let below = |high: u32| {
        let mut found = BTreeSet::from([high]);
        loop {
            let more = (0..)
                .zip(nouns)
                .filter(|(_, noun)| noun.above.iter().any(|above| found.contains(above)));
            let more: Vec<u32> = more
                .map(|(number, _)| number)
                .filter(|number| !found.contains(number))
                .collect();
            if more.is_empty() {
                return found;
            }
            found.extend(more);
        }
    };
    let whole: Vec<(u32, BTreeSet<u32>)> = set
        .iter()
        .map(|number| (*number, below(*number)))
        .filter(|(_, below)| below.is_subset(&set))
        .collect();
    let covered = |number: u32| {
        whole
            .iter()
            .any(|(high, below)| *high != number && below.contains(&number))
    };
    let mut names: Vec<u32> = whole
        .iter()
        .map(|(number, _)| *number)
        .filter(|number| !covered(*number))
        .collect();
    // What is above others without being whole is told by those; alone it tells itself.
    let told: BTreeSet<u32> = whole.iter().flat_map(|(_, below)| below.iter().copied()).collect();
    let rest = set
        .iter()
        .filter(|number| !told.contains(number) && below(**number).is_disjoint(&told));
    names.extend(rest);
    let paths = names.iter().filter_map(|number| nouns.get(*number as usize));
    let mut paths: Vec<String> = paths.map(|noun| noun.path.clone()).collect();
    paths.sort();
    paths
}
