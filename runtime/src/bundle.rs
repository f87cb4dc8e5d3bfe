//! A loaded bundle: indices checked, orders closed, boxes as sets, and for each verb and data atom the ways and bans that
//! can matter there.

use std::collections::{BTreeMap, HashSet};

use crate::check;
use crate::format::{self, LoadError};
use crate::names::AllNames;
use crate::order::{Order, Set, Side};
use crate::rows::Rows;
use crate::wire::{self, Act, BundleContent, Noun, Region, Strike, Under};

/// A bundle, ready to decide. Share it freely: deciding takes `&self`.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub(crate) content: BundleContent,
    pub(crate) orders: Orders,
    /// The boxes of all grants, in the order of the grants.
    pub(crate) boxes: Vec<Sides>,
    /// Where the boxes of each grant begin; one more for the end.
    starts: Vec<u32>,
    /// Ways in the order in which they are relied on: without consent first, then by digest (M9.4). The last, if any, is
    /// the built-in one for erasing.
    pub(crate) ways: Vec<Way>,
    pub(crate) strikers: Vec<Striker>,
    pub(crate) rows: Rows,
    pub(crate) names: AllNames,
    /// Boxes that differ in nothing but their data, by the first of each.
    pub(crate) shapes: Vec<u32>,
    /// Guards that need no look at their conjunctions.
    pub(crate) guards: Vec<Short>,
    /// Recipients that are declared to be in the same places.
    pub(crate) neighbours: Vec<Set>,
    /// Controllers of the same country.
    pub(crate) controllers_by_country: Vec<Set>,
}

/// A guard at a glance.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Short {
    /// Always so.
    Known(bool),
    /// One literal with its sign.
    One(u32, bool),
    /// As written.
    Long,
}

/// The orders of the kinds.
#[derive(Clone, Debug)]
pub(crate) struct Orders {
    pub(crate) controllers: Order,
    pub(crate) subjects: Order,
    pub(crate) data: Order,
    pub(crate) sources: Order,
    pub(crate) purposes: Order,
    pub(crate) bases: Order,
    pub(crate) recipients: Order,
    pub(crate) countries: Order,
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

/// A box.
#[derive(Clone, Debug)]
pub(crate) struct Sides {
    /// The grant, or 0.
    pub(crate) grant: u32,
    /// A bit for each verb.
    acts: u8,
    pub(crate) by: Side,
    pub(crate) data: Side,
    pub(crate) source: Side,
    pub(crate) purpose: Side,
    pub(crate) recipient: Side,
}

impl Sides {
    fn new(grant: u32, region: &Region) -> Sides {
        Sides {
            grant,
            acts: region.acts.iter().fold(0, |acts, act| acts | 1 << *act as u8),
            by: Side::new(region.by.as_ref()),
            data: Side::new(region.data.as_ref()),
            source: Side::new(region.source.as_ref()),
            purpose: Side::new(region.purpose.as_ref()),
            recipient: Side::new(region.recipient.as_ref()),
        }
    }

    pub(crate) fn has_act(&self, act: Act) -> bool {
        self.acts >> act as u8 & 1 == 1
    }

    pub(crate) fn has_data(&self, data: u32) -> bool {
        self.data.has(data)
    }

    /// x ∈ X. A side counts only where the verb has that slot.
    pub(crate) fn has(&self, at: &At) -> bool {
        self.has_act(at.act) && self.has_data(at.data) && self.has_rest(at)
    }

    /// As `has`, where verb and data are known to lie in the box.
    pub(crate) fn has_rest(&self, at: &At) -> bool {
        self.by.holds(at.by)
            && (!at.act.has_purpose() || self.purpose.holds(at.purpose))
            && (!(at.act.has_recipient() || at.act == Act::Publish) || self.recipient.holds(at.recipient))
            && (!at.act.has_source() || self.source.holds(at.source))
    }

    /// Erasing anything.
    pub(crate) fn erasing() -> Sides {
        let acts = vec![Act::Erase];
        Sides::new(
            0,
            &Region {
                acts,
                ..Region::default()
            },
        )
    }

    /// As this, of the data of another.
    pub(crate) fn of_data(&self, other: &Sides) -> Sides {
        let data = other.data.clone();
        Sides { data, ..self.clone() }
    }

    /// Everything but the data.
    fn shape(&self) -> (u8, &Side, &Side, &Side, &Side) {
        (self.acts, &self.by, &self.source, &self.purpose, &self.recipient)
    }
}

/// One way of a grant (M7).
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// The grant; `None` for erasing, which needs none.
    pub(crate) grant: Option<u32>,
    /// What it relies on.
    pub(crate) bases: Vec<u32>,
    /// The guard of the grant.
    pub(crate) guard: Option<u32>,
    /// It is one of a keep.
    pub(crate) keeps: bool,
}

/// What can forbid: a ban, or a keep under a legal duty, which forbids erasing (M8).
#[derive(Clone, Debug)]
pub(crate) enum Striker {
    /// A ban.
    Ban {
        ban: u32,
        /// Does not depend on the way.
        point: bool,
        limits: Part,
        except: Vec<Part>,
    },
    /// A keep, with those of its ways that rest on a legal duty.
    Keep { grant: u32, ways: Vec<u32> },
}

/// One part of a ban.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) sides: Sides,
    pub(crate) guard: u32,
    /// The ways that `under` speaks about; `None`: all, and points without a way.
    pub(crate) ways: Option<Set>,
}

impl Bundle {
    /// Reads a bundle. Any bytes give a bundle or an error.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub fn load(bytes: &[u8]) -> Result<Bundle, LoadError> {
        Bundle::from_content(format::from_bytes(bytes)?)
    }

    /// Takes content as it stands, without bytes.
    ///
    /// # Errors
    /// [`LoadError::Malformed`] if an index points nowhere or rules are not in order.
    pub fn from_content(content: BundleContent) -> Result<Bundle, LoadError> {
        let orders = Orders::new(&content)?;
        check::content(&content)?;
        let mut boxes = Vec::new();
        let mut starts = vec![0];
        for (index, grant) in (0..).zip(&content.grants) {
            boxes.extend(grant.regions.iter().map(|region| Sides::new(index, region)));
            starts.push(u32::try_from(boxes.len()).map_err(|_| LoadError::malformed("there are too many boxes"))?);
        }
        let ways = ways(&content);
        let strikers = strikers(&content, &orders, &ways);
        let rows = Rows::new(&boxes, &starts, &ways, &strikers, orders.data.len());
        let mut seen = HashSet::new();
        let numbered = (0..).zip(&boxes);
        let shapes = numbered.filter(|(_, sides)| seen.insert(sides.shape()));
        let shapes = shapes.map(|(index, _)| index).collect();
        Ok(Bundle {
            names: AllNames::new(&content),
            guards: content.guards.iter().map(short).collect(),
            neighbours: alike(content.recipients.iter().map(|recipient| &recipient.places)),
            controllers_by_country: alike(content.controllers.iter().map(|controller| controller.country)),
            content,
            orders,
            boxes,
            starts,
            ways,
            strikers,
            rows,
            shapes,
        })
    }

    /// What the bundle holds.
    #[must_use]
    pub fn content(&self) -> &BundleContent {
        &self.content
    }

    pub(crate) fn grant(&self, index: u32) -> Option<&wire::Grant> {
        self.content.grants.get(index as usize)
    }

    pub(crate) fn sides(&self, index: u32) -> Option<&Sides> {
        self.boxes.get(index as usize)
    }

    /// The boxes of a grant.
    pub(crate) fn boxes_of(&self, grant: u32) -> impl Iterator<Item = (u32, &Sides)> {
        let bound = |grant: u32| self.starts.get(grant as usize).copied().unwrap_or(0);
        let range = bound(grant)..bound(grant.saturating_add(1));
        range.filter_map(|index| Some((index, self.sides(index)?)))
    }
}

fn short(guard: &wire::Guard) -> Short {
    match guard.as_slice() {
        [] => Short::Known(false),
        any if any.iter().any(Vec::is_empty) => Short::Known(true),
        [all] => match all.as_slice() {
            [(literal, sign)] => Short::One(*literal, *sign),
            _ => Short::Long,
        },
        _ => Short::Long,
    }
}

/// The indices of equal ones.
fn alike<T: Ord>(all: impl Iterator<Item = T>) -> Vec<Set> {
    let mut found: BTreeMap<T, Set> = BTreeMap::new();
    for (index, one) in (0..).zip(all) {
        found.entry(one).or_default().insert(index);
    }
    found.into_values().collect()
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
            countries: order("country", content.countries.iter())?,
        })
    }
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
            keeps: grant.keep.is_some(),
        }));
    }
    // Stable: within a sort by consent, the order of the grants, which is that of their digests.
    ways.sort_by_key(|way| consent(&way.bases));
    ways.push(Way {
        grant: None,
        bases: Vec::new(),
        guard: None,
        keeps: false,
    });
    ways
}

fn strikers(content: &BundleContent, orders: &Orders, ways: &[Way]) -> Vec<Striker> {
    let part = |strike: &Strike| Part {
        sides: Sides::new(0, &strike.region),
        guard: strike.guard,
        ways: strike.under.as_ref().map(|under| {
            let related = (0..)
                .zip(ways)
                .filter(|(_, way)| relates(under, &way.bases, &orders.bases));
            Set::of(related.map(|(index, _)| index))
        }),
    };
    let mut found: Vec<(&str, Striker)> = Vec::new();
    for (index, ban) in (0..).zip(&content.bans) {
        let limits = part(&ban.limits);
        let except: Vec<Part> = ban.except.iter().map(part).collect();
        let striker = Striker::Ban {
            ban: index,
            point: limits.ways.is_none() && except.iter().all(|part| part.ways.is_none()),
            limits,
            except,
        };
        found.push((&ban.head.digest, striker));
    }
    let is_duty = |basis: &u32| content.bases.get(*basis as usize).is_some_and(|basis| basis.legal_duty);
    for (index, grant) in (0..).zip(&content.grants).filter(|(_, grant)| grant.keep.is_some()) {
        let duties = (0..)
            .zip(ways)
            .filter(|(_, way)| way.grant == Some(index) && way.bases.iter().any(is_duty));
        let ways: Vec<u32> = duties.map(|(way, _)| way).collect();
        if !ways.is_empty() {
            found.push((&grant.head.digest, Striker::Keep { grant: index, ways }));
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
