//! A bundle's content made ready for other engines: orders closed, ways and bans in the order of M9.

mod kind;
mod rows;

use std::collections::BTreeSet;

use kupuya_runtime::wire::{BundleContent, Comparison, Guard, Literal, Place, Region, Strike, Under};

pub use kind::Kind;
pub use rows::Row;

/// A set of atoms.
pub type Atoms = BTreeSet<u32>;

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
