//! A loaded bundle: indices checked, orders closed, boxes as sets, and for each verb and data atom the ways and bans that
//! can matter there.

use crate::check;
use crate::format::{self, LoadError};
use crate::order::{Order, Set};
use crate::wire::{self, Act, BundleContent, Noun, Region, Strike, Under};

/// A bundle, ready to decide. Share it freely: deciding takes `&self`.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub(crate) content: BundleContent,
    pub(crate) orders: Orders,
    /// The boxes of each grant.
    pub(crate) regions: Vec<Vec<Sides>>,
    /// Ways in the order in which they are relied on: without consent first, then by digest (M9.4). The last, if any, is
    /// the built-in one for erasing.
    pub(crate) ways: Vec<Way>,
    pub(crate) strikers: Vec<Striker>,
    rows: Vec<Row>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) act: Act,
    pub(crate) by: Option<u32>,
    pub(crate) data: u32,
    pub(crate) source: Option<u32>,
    pub(crate) purpose: Option<u32>,
    pub(crate) recipient: Option<u32>,
}

/// A box as sets.
#[derive(Clone, Debug)]
pub(crate) struct Sides {
    acts: Set,
    pub(crate) by: Option<Set>,
    pub(crate) data: Option<Set>,
    pub(crate) source: Option<Set>,
    pub(crate) purpose: Option<Set>,
    pub(crate) recipient: Option<Set>,
}

impl Sides {
    fn new(region: &Region) -> Sides {
        let set = |side: &Option<Vec<u32>>| side.as_ref().map(|atoms| Set::of(atoms.iter().copied()));
        Sides {
            acts: Set::of(region.acts.iter().map(|act| *act as u32)),
            by: set(&region.by),
            data: set(&region.data),
            source: set(&region.source),
            purpose: set(&region.purpose),
            recipient: set(&region.recipient),
        }
    }

    pub(crate) fn has_act(&self, act: Act) -> bool {
        self.acts.has(act as u32)
    }

    pub(crate) fn has_data(&self, data: u32) -> bool {
        self.data.as_ref().is_none_or(|set| set.has(data))
    }

    /// x ∈ X. A side counts only where the verb has that slot.
    pub(crate) fn has(&self, at: &At) -> bool {
        self.has_act(at.act)
            && inside(&self.by, at.by)
            && self.has_data(at.data)
            && (!at.act.has_source() || inside(&self.source, at.source))
            && (!at.act.has_purpose() || inside(&self.purpose, at.purpose))
            && (!(at.act.has_recipient() || at.act == Act::Publish) || inside(&self.recipient, at.recipient))
    }
}

fn inside(side: &Option<Set>, atom: Option<u32>) -> bool {
    match (side, atom) {
        (None, _) => true,
        (Some(set), Some(atom)) => set.has(atom),
        (Some(_), None) => false,
    }
}

/// One way of a grant (M7).
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// The grant; `None` for erasing, which needs none.
    pub(crate) grant: Option<u32>,
    /// What it relies on.
    pub(crate) bases: Vec<u32>,
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

/// What can matter for one verb and data atom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Way and box, in the order of the ways.
    pub(crate) ways: Vec<(u32, u32)>,
    /// Strikers, by digest.
    pub(crate) strikers: Vec<u32>,
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
        let regions: Vec<Vec<Sides>> = content
            .grants
            .iter()
            .map(|grant| grant.regions.iter().map(Sides::new).collect())
            .collect();
        let ways = ways(&content);
        let strikers = strikers(&content, &orders, &ways);
        let mut bundle = Bundle {
            content,
            orders,
            regions,
            ways,
            strikers,
            rows: Vec::new(),
        };
        bundle.rows = bundle.make_rows();
        Ok(bundle)
    }

    /// What the bundle holds.
    #[must_use]
    pub fn content(&self) -> &BundleContent {
        &self.content
    }

    /// What can matter for a verb and data atom.
    pub(crate) fn row(&self, act: Act, data: u32) -> Option<&Row> {
        self.rows.get(act as usize * self.orders.data.len() + data as usize)
    }

    pub(crate) fn grant(&self, index: u32) -> Option<&wire::Grant> {
        self.content.grants.get(index as usize)
    }

    pub(crate) fn sides(&self, grant: u32, region: u32) -> Option<&Sides> {
        self.regions.get(grant as usize)?.get(region as usize)
    }

    fn make_rows(&self) -> Vec<Row> {
        let mut rows = Vec::with_capacity(Act::ALL.len() * self.orders.data.len());
        for act in Act::ALL {
            for data in (0..).take(self.orders.data.len()) {
                let mut row = Row::default();
                for (index, way) in (0..).zip(&self.ways) {
                    let Some(grant) = way.grant else {
                        if act == Act::Erase {
                            row.ways.push((index, 0));
                        }
                        continue;
                    };
                    let regions = self.regions.get(grant as usize).into_iter().flatten();
                    let covering = (0..)
                        .zip(regions)
                        .filter(|(_, sides)| sides.has_act(act) && sides.has_data(data));
                    row.ways.extend(covering.map(|(region, _)| (index, region)));
                }
                for (index, striker) in (0..).zip(&self.strikers) {
                    let matters = match striker {
                        Striker::Ban { limits, .. } => limits.sides.has_act(act) && limits.sides.has_data(data),
                        Striker::Keep { grant, .. } => {
                            let mut regions = self.regions.get(*grant as usize).into_iter().flatten();
                            act == Act::Erase && regions.any(|sides| sides.has_data(data))
                        }
                    };
                    if matters {
                        row.strikers.push(index);
                    }
                }
                rows.push(row);
            }
        }
        rows
    }
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
        }));
    }
    // Stable: within a sort by consent, the order of the grants, which is that of their digests.
    ways.sort_by_key(|way| consent(&way.bases));
    ways.push(Way {
        grant: None,
        bases: Vec::new(),
    });
    ways
}

fn strikers(content: &BundleContent, orders: &Orders, ways: &[Way]) -> Vec<Striker> {
    let part = |strike: &Strike| Part {
        sides: Sides::new(&strike.region),
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
