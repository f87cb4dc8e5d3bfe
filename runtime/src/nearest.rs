//! The declared way that differs least from an undeclared point (M9.3).

use crate::answer::{Difference, Nearest, Slot};
use crate::bundle::{At, Bundle, Sides};
use crate::decide::cite;
use crate::facts::World;
use crate::order::{Order, Set};
use crate::wire::{Act, Noun, Place};

/// What each differing slot weighs. Source and controller are not named by M9: they weigh as data and as recipient do.
fn weight(slot: Slot) -> u32 {
    match slot {
        Slot::Data | Slot::Source => 1,
        Slot::Purpose => 2,
        Slot::Recipient | Slot::By => 3,
        Slot::Verb => 4,
        _ => 0,
    }
}

impl Bundle {
    /// The nearest way: least sum of weights, then digest, then the first of its boxes and verbs.
    pub(crate) fn nearest(&self, world: &World<'_>, at: &At) -> Option<Nearest> {
        let mut best: Option<(u32, &crate::wire::Grant, Act, &Sides)> = None;
        for (grant, regions) in self.content.grants.iter().zip(&self.regions) {
            for sides in regions {
                for act in Act::ALL.into_iter().filter(|act| sides.has_act(*act)) {
                    let sum = differing(sides, act, at).map(weight).sum();
                    if best.as_ref().is_none_or(|(least, ..)| sum < *least) {
                        best = Some((sum, grant, act, sides));
                    }
                }
            }
        }
        let (_, grant, act, sides) = best?;
        let mut differs: Vec<Difference> = differing(sides, act, at)
            .map(|slot| Difference {
                slot,
                declared: self.declared(slot, act, sides),
            })
            .collect();
        if world.misplaced(at) {
            differs.push(Difference {
                slot: Slot::Place,
                declared: world
                    .places(at)
                    .iter()
                    .filter_map(|place| self.place_name(*place))
                    .collect(),
            });
        }
        Some(Nearest {
            rule: cite(&grant.head),
            differs,
        })
    }

    /// What a way declares in a slot: its highest nouns.
    fn declared(&self, slot: Slot, act: Act, sides: &Sides) -> Vec<String> {
        fn names<'a>(set: Option<&Set>, order: &Order, noun: impl Fn(u32) -> Option<&'a Noun>) -> Vec<String> {
            let highest = set.map_or_else(Vec::new, |set| order.highest(set));
            highest
                .into_iter()
                .filter_map(|i| Some(noun(i)?.path.clone()))
                .collect()
        }
        let c = &self.content;
        let o = &self.orders;
        match slot {
            Slot::Verb => vec![act.word().to_owned()],
            Slot::By => names(sides.by.as_ref(), &o.controllers, |i| {
                c.controllers.get(i as usize).map(|c| &c.noun)
            }),
            Slot::Data => names(sides.data.as_ref(), &o.data, |i| c.data.get(i as usize)),
            Slot::Source => names(sides.source.as_ref(), &o.sources, |i| c.sources.get(i as usize)),
            Slot::Purpose => names(sides.purpose.as_ref(), &o.purposes, |i| c.purposes.get(i as usize)),
            Slot::Recipient => names(sides.recipient.as_ref(), &o.recipients, |i| {
                c.recipients.get(i as usize).map(|r| &r.noun)
            }),
            _ => Vec::new(),
        }
    }

    fn place_name(&self, place: Place) -> Option<String> {
        match place {
            Place::Abroad => Some("abroad".to_owned()),
            Place::In(country) => Some(self.content.countries.get(country as usize)?.path.clone()),
        }
    }
}

/// The slots in which a box differs from a point; a slot that only one of the two verbs has does not count.
fn differing<'a>(sides: &'a Sides, act: Act, at: &'a At) -> impl Iterator<Item = Slot> + 'a {
    let outside = |side: &Option<Set>, atom: Option<u32>| match (side, atom) {
        (Some(set), Some(atom)) => !set.has(atom),
        (Some(_), None) => true,
        (None, _) => false,
    };
    let source = act.has_source() && at.act.has_source();
    let purpose = act.has_purpose() && at.act.has_purpose();
    let recipient = act.has_recipient() && at.act.has_recipient();
    [
        (Slot::Verb, act != at.act),
        (Slot::By, outside(&sides.by, at.by)),
        (Slot::Data, !sides.has_data(at.data)),
        (Slot::Source, source && outside(&sides.source, at.source)),
        (Slot::Purpose, purpose && outside(&sides.purpose, at.purpose)),
        (Slot::Recipient, recipient && outside(&sides.recipient, at.recipient)),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(slot, _)| slot)
}
