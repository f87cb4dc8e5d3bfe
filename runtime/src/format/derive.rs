//! What follows from content and is found when a bundle is built: orders, ways in the order of M9.4, what can forbid, what can
//! matter for each verb and data atom, and where to look for the nearest way.

use std::collections::{BTreeMap, HashSet};

use super::LoadError;
use super::layout::Name;
use super::order::{Order, Set};
use super::rows::{self, Rows};
use crate::wire::{Act, BundleContent, Noun, Region, Under};

pub(super) struct Derived {
    pub(super) orders: Orders,
    pub(super) ways: Vec<Way>,
    pub(super) strikers: Vec<Striker>,
    /// For each ban, the ways that its parts speak about: the limits, then the alternatives. `None`: all.
    pub(super) bans: Vec<Vec<Option<Set>>>,
    pub(super) rows: Rows,
    /// For each verb and purpose, and none, the boxes of different shape that hold both.
    pub(super) near: Vec<Vec<u32>>,
    /// For each verb, and any, the boxes of different shape that hold it.
    pub(super) shapes: Vec<Vec<u32>>,
    pub(super) controller_groups: Vec<u32>,
    pub(super) recipient_groups: Vec<u32>,
}

/// One way of a grant (M7).
pub(super) struct Way {
    /// The grant; `None` for erasing, which needs none.
    pub(super) grant: Option<u32>,
    /// What it relies on.
    pub(super) bases: Vec<u32>,
    /// The guard of the grant.
    pub(super) guard: Option<u32>,
    /// One of the bases is a consent.
    pub(super) consent: bool,
    /// It is one of a keep.
    pub(super) keeps: bool,
    /// Something was added later to what its consents cover.
    pub(super) later: bool,
}

/// What can forbid: a ban, or a keep under a legal duty, which forbids erasing (M8).
pub(super) enum Striker {
    /// A ban; `point`: it does not depend on the way.
    Ban { ban: u32, point: bool },
    /// A keep, with those of its ways that rest on a legal duty.
    Keep { grant: u32, ways: Vec<u32> },
}

/// The orders of the kinds.
pub(super) struct Orders {
    pub(super) controllers: Order,
    subjects: Order,
    pub(super) data: Order,
    pub(super) sources: Order,
    pub(super) purposes: Order,
    bases: Order,
    pub(super) recipients: Order,
    facts: Order,
    countries: Order,
}

impl Derived {
    pub(super) fn new(content: &BundleContent) -> Result<Derived, LoadError> {
        let orders = Orders::new(content)?;
        check(content, &orders)?;
        let ways = ways(content);
        let strikers = strikers(content, &ways);
        let about = |under: &Option<Under>| {
            under.as_ref().map(|under| {
                let numbered = (0..).zip(&ways);
                let related = numbered.filter(|(_, way)| relates(under, &way.bases, &orders.bases));
                Set::of(related.map(|(index, _)| index))
            })
        };
        let bans = content.bans.iter().map(|ban| {
            let parts = std::iter::once(&ban.limits).chain(&ban.except);
            parts.map(|part| about(&part.under)).collect()
        });
        let bans = bans.collect();
        let rows = rows::rows(content, &ways, &strikers);
        let (near, shapes) = shapes(content);
        Ok(Derived {
            controller_groups: alike(content.controllers.iter().map(|controller| controller.country)),
            recipient_groups: alike(content.recipients.iter().map(|recipient| &recipient.places)),
            orders,
            ways,
            strikers,
            bans,
            rows,
            near,
            shapes,
        })
    }
}

/// What is computed here must not be led astray by indices that point nowhere; the rest is looked at in the tables.
fn check(content: &BundleContent, orders: &Orders) -> Result<(), LoadError> {
    let inside = |kind: &str, atoms: &Option<Vec<u32>>, order: &Order| {
        let count = order.len();
        match atoms.iter().flatten().find(|atom| **atom as usize >= count) {
            Some(atom) => Err(LoadError::malformed(format!("there is no {kind} number {atom}"))),
            None if atoms.iter().all(|atoms| atoms.is_sorted_by(|a, b| a < b)) => Ok(()),
            None => Err(LoadError::malformed(format!("a {kind} of a box is out of order"))),
        }
    };
    let grants = content.grants.iter();
    let grants = grants.flat_map(|grant| grant.regions.iter().chain(grant.later.iter().map(|one| &one.region)));
    let bans = content
        .bans
        .iter()
        .flat_map(|ban| std::iter::once(&ban.limits).chain(&ban.except));
    let regions = grants
        .chain(bans.map(|part| &part.region))
        .chain(content.caps.iter().map(|cap| &cap.region));
    for region in regions {
        inside("controller", &region.by, &orders.controllers)?;
        inside("data category", &region.data, &orders.data)?;
        inside("source", &region.source, &orders.sources)?;
        inside("purpose", &region.purpose, &orders.purposes)?;
        inside("recipient", &region.recipient, &orders.recipients)?;
    }
    Ok(())
}

impl Orders {
    fn new(content: &BundleContent) -> Result<Orders, LoadError> {
        fn order<'a>(kind: &str, nouns: impl Iterator<Item = &'a Noun>) -> Result<Order, LoadError> {
            Order::new(nouns.map(|noun| noun.above.as_slice()))
                .ok_or_else(|| LoadError::malformed(format!("a {kind} lies below one that is not there")))
        }
        Ok(Orders {
            controllers: order("controller", content.controllers.iter().map(|c| &c.noun))?,
            subjects: order("subject", content.subjects.iter().map(|s| &s.noun))?,
            data: order("data category", content.data.iter())?,
            sources: order("source", content.sources.iter())?,
            purposes: order("purpose", content.purposes.iter())?,
            bases: order("basis", content.bases.iter().map(|b| &b.noun))?,
            recipients: order("recipient", content.recipients.iter().map(|r| &r.noun))?,
            facts: order("fact", content.facts.iter())?,
            countries: order("country", content.countries.iter())?,
        })
    }

    pub(super) fn of(&self, table: Name) -> Option<&Order> {
        Some(match table {
            Name::Controllers => &self.controllers,
            Name::Subjects => &self.subjects,
            Name::Data => &self.data,
            Name::Sources => &self.sources,
            Name::Purposes => &self.purposes,
            Name::Bases => &self.bases,
            Name::Recipients => &self.recipients,
            Name::Facts => &self.facts,
            Name::Countries => &self.countries,
            _ => return None,
        })
    }
}

/// Equal ones have one number.
fn alike<T: Ord>(all: impl Iterator<Item = T>) -> Vec<u32> {
    let mut known: BTreeMap<T, u32> = BTreeMap::new();
    let number = |one| {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        *known.entry(one).or_insert(next)
    };
    all.map(number).collect()
}

fn ways(content: &BundleContent) -> Vec<Way> {
    let consent = |bases: &[u32]| {
        let is_consent = |basis: &u32| content.bases.get(*basis as usize).is_some_and(|basis| basis.consent);
        bases.iter().any(is_consent)
    };
    let mut ways = Vec::new();
    for (index, grant) in (0..).zip(&content.grants) {
        ways.extend(grant.ways.iter().map(|bases| Way {
            grant: Some(index),
            bases: bases.clone(),
            guard: Some(grant.guard),
            consent: consent(bases),
            keeps: grant.keep.is_some(),
            later: grant.later.iter().any(|one| bases.contains(&one.basis)),
        }));
    }
    // Stable: within a sort by consent, the order of the grants, which is that of their digests.
    ways.sort_by_key(|way| way.consent);
    ways.push(Way {
        grant: None,
        bases: Vec::new(),
        guard: None,
        consent: false,
        keeps: false,
        later: false,
    });
    ways
}

fn strikers(content: &BundleContent, ways: &[Way]) -> Vec<Striker> {
    let mut found: Vec<(&str, Striker)> = Vec::new();
    for (index, ban) in (0..).zip(&content.bans) {
        let mut parts = std::iter::once(&ban.limits).chain(&ban.except);
        let point = parts.all(|part| part.under.is_none());
        found.push((&ban.head.digest, Striker::Ban { ban: index, point }));
    }
    let is_duty = |basis: &u32| content.bases.get(*basis as usize).is_some_and(|basis| basis.legal_duty);
    let mut duties: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (index, way) in (0..)
        .zip(ways)
        .filter(|(_, way)| way.keeps && way.bases.iter().any(is_duty))
    {
        if let Some(grant) = way.grant {
            duties.entry(grant).or_default().push(index);
        }
    }
    for (grant, ways) in duties {
        if let Some(declared) = content.grants.get(grant as usize) {
            found.push((&declared.head.digest, Striker::Keep { grant, ways }));
        }
    }
    found.sort_by_key(|(digest, _)| *digest);
    found.into_iter().map(|(_, striker)| striker).collect()
}

/// rel(S, w): the formula after `under`, each name read as "relies on a basis at or below it" (M8).
fn relates(under: &Under, bases: &[u32], order: &Order) -> bool {
    match under {
        Under::Basis(high) => bases.iter().any(|low| order.below(*low, *high)),
        Under::Not(inner) => !relates(inner, bases, order),
        Under::And(all) => all.iter().all(|one| relates(one, bases, order)),
        Under::Or(any) => any.iter().any(|one| relates(one, bases, order)),
    }
}

/// Boxes that differ in nothing but their data, by the first of each: for each verb and purpose, and for each verb.
fn shapes(content: &BundleContent) -> (Vec<Vec<u32>>, Vec<Vec<u32>>) {
    let purposes = content.purposes.len();
    let mut near = vec![Vec::new(); Act::ALL.len() * (purposes + 1)];
    let mut of_act = vec![Vec::new(); Act::ALL.len() + 1];
    let mut seen: HashSet<Region> = HashSet::new();
    let regions = content.grants.iter().flat_map(|grant| &grant.regions);
    for (number, region) in (0..).zip(regions) {
        let shape = Region {
            data: None,
            ..region.clone()
        };
        if !seen.insert(shape) {
            continue;
        }
        let add = |list: Option<&mut Vec<u32>>| {
            if let Some(list) = list {
                list.push(number);
            }
        };
        add(of_act.last_mut());
        for act in &region.acts {
            let act = *act as usize;
            add(of_act.get_mut(act));
            let first = act * (purposes + 1);
            match &region.purpose {
                // A box with every purpose also holds the empty place of it.
                None => (first..=first + purposes).for_each(|at| add(near.get_mut(at))),
                Some(atoms) => atoms.iter().for_each(|atom| add(near.get_mut(first + *atom as usize))),
            }
        }
    }
    (near, of_act)
}
