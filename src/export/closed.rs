//! A bundle's content made ready for other engines: orders closed, ways and bans in the order of M9, and for each verb and
//! data atom what can matter there.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{
    Act, BundleContent, Comparison, Guard, Literal, Noun, Origin, Place, Region, Strike, Under,
};

/// A set of atoms.
pub type Atoms = BTreeSet<u32>;

/// The nouns of one kind.
#[derive(Clone, Debug)]
pub struct Kind {
    /// What each is called by everywhere: its path, with its origin where two nouns have one path.
    pub keys: Vec<String>,
    /// ⟦n⟧ for each.
    pub down: Vec<Atoms>,
    /// For each, what lies at or above it.
    pub up: Vec<Atoms>,
    /// What each name stands for that a request may use; `None`: several.
    pub names: BTreeMap<String, Option<u32>>,
}

/// The path, or a shorter end of it where that is unique; innermost first (M1).
fn names(nouns: &[&Noun]) -> BTreeMap<String, Option<u32>> {
    let mut best: BTreeMap<&str, ((Origin, bool), Option<u32>)> = BTreeMap::new();
    for (index, noun) in (0..).zip(nouns) {
        let ends = noun.path.match_indices('.');
        let ends = ends.filter_map(|(at, _)| Some((noun.path.get(at + 1..)?, true)));
        for (name, is_end) in ends.chain([(noun.path.as_str(), false)]) {
            let rank = (noun.origin, is_end);
            let found = best.entry(name).or_insert((rank, Some(index)));
            match rank.cmp(&found.0) {
                Ordering::Less => *found = (rank, Some(index)),
                Ordering::Equal if is_end && found.1 != Some(index) => found.1 = None,
                _ => {}
            }
        }
    }
    let found = best.into_iter();
    found.map(|(name, (_, index))| (name.to_owned(), index)).collect()
}

impl Kind {
    fn new<'a>(nouns: impl Iterator<Item = &'a Noun>) -> Kind {
        let nouns = nouns.collect::<Vec<_>>();
        let mut paths: BTreeMap<&str, usize> = BTreeMap::new();
        for noun in &nouns {
            *paths.entry(&noun.path).or_default() += 1;
        }
        let keys = nouns.iter().map(|noun| {
            if paths.get(noun.path.as_str()).is_some_and(|times| *times > 1) {
                format!("{}@{:?}", noun.path, noun.origin).to_lowercase()
            } else {
                noun.path.clone()
            }
        });
        let keys = keys.collect();
        let mut down = vec![Atoms::new(); nouns.len()];
        let mut up = Vec::new();
        for index in 0..count(&nouns) {
            let mut reached = Atoms::new();
            let mut open = vec![index];
            while let Some(noun) = open.pop() {
                if reached.insert(noun) {
                    if let Some(below) = down.get_mut(noun as usize) {
                        below.insert(index);
                    }
                    open.extend(nouns.get(noun as usize).iter().flat_map(|noun| &noun.above));
                }
            }
            up.push(reached);
        }
        Kind {
            keys,
            down,
            up,
            names: names(&nouns),
        }
    }

    /// What a noun is called by.
    #[must_use]
    pub fn key(&self, noun: u32) -> &str {
        self.keys.get(noun as usize).map_or("", String::as_str)
    }

    /// What several are called by.
    #[must_use]
    pub fn all_keys<'a>(&self, nouns: impl IntoIterator<Item = &'a u32>) -> Vec<String> {
        nouns.into_iter().map(|noun| self.key(*noun).to_owned()).collect()
    }

    /// ⟦n⟧.
    #[must_use]
    pub fn below(&self, noun: u32) -> &Atoms {
        self.down.get(noun as usize).unwrap_or(&NONE)
    }

    /// What lies at or above a noun.
    #[must_use]
    pub fn above(&self, noun: u32) -> &Atoms {
        self.up.get(noun as usize).unwrap_or(&NONE)
    }
}

static NONE: Atoms = Atoms::new();

/// One way (M7); its number is its rank (M9.4).
#[derive(Clone, Debug)]
pub struct Way {
    /// The grant; `None` for erasing, which needs none.
    pub grant: Option<u32>,
    /// Which of the grant's ways.
    pub alternative: usize,
    /// What it relies on.
    pub bases: Vec<u32>,
}

/// What can forbid (M8); its number is its rank (M9.2).
#[derive(Clone, Debug)]
pub enum Striker {
    /// A ban.
    Ban {
        /// Its number in the content.
        ban: u32,
        /// Does not depend on the way.
        point: bool,
    },
    /// A keep under a legal duty, with those of its ways that rest on it.
    Keep {
        /// The grant.
        grant: u32,
        /// Numbers of ways.
        ways: Vec<u32>,
    },
}

/// What can matter for a verb and data atom.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Ways, each with the box that holds verb and data.
    pub ways: Vec<(u32, u32)>,
    /// Bans that do not depend on the way; keeps with the boxes that store the data.
    pub point_bans: Vec<(u32, Vec<u32>)>,
    /// Bans that do.
    pub way_bans: Vec<(u32, Vec<u32>)>,
}

/// A bundle's content, closed.
#[derive(Clone, Debug)]
pub struct Closed<'a> {
    /// The content.
    pub content: &'a BundleContent,
    /// Controllers.
    pub controllers: Kind,
    /// Classes of people.
    pub subjects: Kind,
    /// Data.
    pub data: Kind,
    /// Sources.
    pub sources: Kind,
    /// Purposes.
    pub purposes: Kind,
    /// Bases.
    pub bases: Kind,
    /// Recipients.
    pub recipients: Kind,
    /// Conditions and events.
    pub facts: Kind,
    /// Countries.
    pub countries: Kind,
    /// Ways, by rank.
    pub ways: Vec<Way>,
    /// Bans, by rank.
    pub strikers: Vec<Striker>,
    /// The boxes of all grants, each with its grant.
    pub boxes: Vec<(u32, &'a Region)>,
}

impl<'a> Closed<'a> {
    /// Closes content.
    #[must_use]
    pub fn new(content: &'a BundleContent) -> Closed<'a> {
        let mut closed = Closed {
            content,
            controllers: Kind::new(content.controllers.iter().map(|controller| &controller.noun)),
            subjects: Kind::new(content.subjects.iter().map(|subject| &subject.noun)),
            data: Kind::new(content.data.iter()),
            sources: Kind::new(content.sources.iter()),
            purposes: Kind::new(content.purposes.iter()),
            bases: Kind::new(content.bases.iter().map(|basis| &basis.noun)),
            recipients: Kind::new(content.recipients.iter().map(|recipient| &recipient.noun)),
            facts: Kind::new(content.facts.iter()),
            countries: Kind::new(content.countries.iter()),
            ways: ways(content),
            strikers: Vec::new(),
            boxes: Vec::new(),
        };
        for (index, grant) in (0..).zip(&content.grants) {
            closed.boxes.extend(grant.regions.iter().map(|region| (index, region)));
        }
        closed.strikers = closed.strikers();
        closed
    }

    fn strikers(&self) -> Vec<Striker> {
        let mut found: Vec<(&str, Striker)> = Vec::new();
        for (ban, rule) in (0..).zip(&self.content.bans) {
            let point = rule.limits.under.is_none() && rule.except.iter().all(|part| part.under.is_none());
            found.push((&rule.head.digest, Striker::Ban { ban, point }));
        }
        let duty = |basis: &u32| self.basis(*basis).is_some_and(|basis| basis.legal_duty);
        for (grant, rule) in (0..).zip(&self.content.grants).filter(|(_, rule)| rule.keep.is_some()) {
            let ways = (0..).zip(&self.ways);
            let ways = ways.filter(|(_, way)| way.grant == Some(grant) && way.bases.iter().any(duty));
            let ways = ways.map(|(number, _)| number).collect::<Vec<_>>();
            if !ways.is_empty() {
                found.push((&rule.head.digest, Striker::Keep { grant, ways }));
            }
        }
        found.sort_by_key(|(digest, _)| *digest);
        found.into_iter().map(|(_, striker)| striker).collect()
    }

    /// A basis.
    #[must_use]
    pub fn basis(&self, basis: u32) -> Option<&'a kupuya_runtime::wire::Basis> {
        self.content.bases.get(basis as usize)
    }

    /// The rows: for each verb and data atom the number of one, and each row once.
    #[must_use]
    pub fn rows(&self) -> (BTreeMap<(Act, u32), usize>, Vec<Row>) {
        let mut all: BTreeMap<(Act, u32), Row> = BTreeMap::new();
        let everything = count(&self.content.data);
        for act in Act::ALL {
            for data in 0..everything {
                all.insert((act, data), Row::default());
            }
        }
        let mut each = |acts: &[Act], data: Option<&Vec<u32>>, then: &mut dyn FnMut(&mut Row)| {
            let whole = (0..everything).collect::<Vec<_>>();
            for act in acts {
                for atom in data.unwrap_or(&whole) {
                    all.get_mut(&(*act, *atom)).map(&mut *then);
                }
            }
        };
        for (number, way) in (0..).zip(&self.ways) {
            match way.grant {
                None => each(&[Act::Erase], None, &mut |row| {
                    row.ways.push((number, count(&self.boxes)));
                }),
                Some(grant) => {
                    for (index, region) in self.boxes_of(grant) {
                        each(&region.acts, region.data.as_ref(), &mut |row| {
                            row.ways.push((number, index));
                        });
                    }
                }
            }
        }
        for (number, striker) in (0..).zip(&self.strikers) {
            match striker {
                Striker::Ban { ban, point } => {
                    let Some(ban) = self.content.bans.get(*ban as usize) else {
                        continue;
                    };
                    let region = &ban.limits.region;
                    each(&region.acts, region.data.as_ref(), &mut |row| {
                        let bans = if *point { &mut row.point_bans } else { &mut row.way_bans };
                        bans.push((number, Vec::new()));
                    });
                }
                Striker::Keep { grant, .. } => {
                    for (index, region) in self
                        .boxes_of(*grant)
                        .filter(|(_, region)| region.acts.contains(&Act::Store))
                    {
                        each(
                            &[Act::Erase],
                            region.data.as_ref(),
                            &mut |row| match row.point_bans.last_mut() {
                                Some((last, boxes)) if *last == number => boxes.push(index),
                                _ => row.point_bans.push((number, vec![index])),
                            },
                        );
                    }
                }
            }
        }
        let mut numbers: BTreeMap<Row, usize> = BTreeMap::new();
        let mut rows = Vec::new();
        let mut of = BTreeMap::new();
        for (place, row) in all {
            let number = *numbers.entry(row).or_insert_with_key(|row| {
                rows.push(row.clone());
                rows.len() - 1
            });
            of.insert(place, number);
        }
        (of, rows)
    }

    /// The boxes of a grant, with their numbers.
    pub fn boxes_of(&self, grant: u32) -> impl Iterator<Item = (u32, &'a Region)> + '_ {
        let numbered = (0..).zip(&self.boxes).skip_while(move |(_, (of, _))| *of < grant);
        let own = numbered.take_while(move |(_, (of, _))| *of == grant);
        own.map(|(index, (_, region))| (index, *region))
    }

    /// The ways that a part of a ban speaks about; `None`: all, and points without a way.
    #[must_use]
    pub fn ways_of(&self, part: &Strike) -> Option<Vec<u32>> {
        let under = part.under.as_ref()?;
        let related = (0..).zip(&self.ways).filter(|(_, way)| self.relates(under, &way.bases));
        Some(related.map(|(number, _)| number).collect())
    }

    /// rel(S, w) (M8).
    fn relates(&self, under: &Under, bases: &[u32]) -> bool {
        match under {
            Under::Basis(high) => bases.iter().any(|low| self.bases.above(*low).contains(high)),
            Under::Not(inner) => !self.relates(inner, bases),
            Under::And(all) => all.iter().all(|one| self.relates(one, bases)),
            Under::Or(any) => any.iter().any(|one| self.relates(one, bases)),
        }
    }

    /// Whether what happens in `place` happens in `test`; `None`: not known (M5).
    #[must_use]
    pub fn inside(&self, test: Place, place: Place) -> Option<bool> {
        let share = |part: &Atoms, whole: &Atoms| {
            if part.is_subset(whole) {
                Some(true)
            } else if part.is_disjoint(whole) {
                Some(false)
            } else {
                None
            }
        };
        let home = self.content.home.map(|home| self.countries.below(home));
        match (test, place, home) {
            (Place::In(test), Place::In(place), _) => share(self.countries.below(place), self.countries.below(test)),
            (Place::Abroad, Place::Abroad, _) => Some(true),
            (Place::Abroad, Place::In(place), Some(home)) => share(self.countries.below(place), home).map(|at| !at),
            // Abroad is also every country that is not declared.
            (Place::In(test), Place::Abroad, Some(home)) if self.countries.below(test).is_subset(home) => Some(false),
            _ => None,
        }
    }

    /// What a place is called by.
    #[must_use]
    pub fn place_key(&self, place: Place) -> &str {
        match place {
            Place::In(country) => self.countries.key(country),
            Place::Abroad => "abroad",
        }
    }

    /// The guard of a class, with its number.
    #[must_use]
    pub fn class_guard(&self, class: u32) -> Option<(u32, &'a Guard)> {
        let number = self.content.subjects.get(class as usize)?.when?;
        Some((number, self.content.guards.get(number as usize)?))
    }

    /// How deep guards of classes hang on each other: 1 where none names a class. One more than there are classes if they
    /// hang on themselves.
    #[must_use]
    pub fn class_depth(&self) -> usize {
        fn depth(closed: &Closed<'_>, class: u32, left: usize) -> usize {
            let Some((_, guard)) = closed.class_guard(class).filter(|_| left > 0) else {
                return 0;
            };
            let literals = guard.iter().flatten();
            let deepest = literals.filter_map(|(literal, _)| match closed.content.literals.get(*literal as usize) {
                Some(Literal::Class(other)) => Some(depth(closed, *other, left - 1)),
                _ => None,
            });
            1 + deepest.max().unwrap_or(0)
        }
        let most = self.content.subjects.len() + 1;
        let each = (0..count(&self.content.subjects)).map(|class| depth(self, class, most));
        each.max().unwrap_or(0).max(1)
    }

    /// The least interval that holds every age for which a guard can be true.
    #[must_use]
    pub fn ages(&self, guard: &Guard) -> (u32, u32) {
        let of_all = |all: &Vec<(u32, bool)>| {
            let (mut from, mut to) = (0_u32, u32::MAX);
            for (literal, sign) in all {
                let Some(Literal::Age(is, years)) = self.content.literals.get(*literal as usize) else {
                    continue;
                };
                match (is, sign) {
                    (Comparison::Less, true) | (Comparison::AtLeast, false) => to = to.min(years.checked_sub(1)?),
                    (Comparison::AtMost, true) | (Comparison::Greater, false) => to = to.min(*years),
                    (Comparison::AtLeast, true) | (Comparison::Less, false) => from = from.max(*years),
                    (Comparison::Greater, true) | (Comparison::AtMost, false) => {
                        from = from.max(years.saturating_add(1));
                    }
                    (Comparison::Equal, true) => (from, to) = (from.max(*years), to.min(*years)),
                    (Comparison::Equal, false) => {}
                }
            }
            (from <= to).then_some((from, to))
        };
        let all = guard.iter().filter_map(of_all);
        all.reduce(|(a, b), (c, d)| (a.min(c), b.max(d))).unwrap_or((1, 0))
    }
}

/// By whether they rely on a consent, then by the grants' digests; the built-in one for erasing is the last.
fn ways(content: &BundleContent) -> Vec<Way> {
    let consent = |basis: &u32| content.bases.get(*basis as usize).is_some_and(|basis| basis.consent);
    let mut ways = Vec::new();
    for (grant, rule) in (0..).zip(&content.grants) {
        ways.extend(rule.ways.iter().enumerate().map(|(alternative, bases)| Way {
            grant: Some(grant),
            alternative,
            bases: bases.clone(),
        }));
    }
    ways.sort_by_key(|way| way.bases.iter().any(consent));
    ways.push(Way {
        grant: None,
        alternative: 0,
        bases: Vec::new(),
    });
    ways
}

/// How many, as an index.
#[must_use]
pub fn count<T>(all: &[T]) -> u32 {
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}
