//! The declared way that differs least from an undeclared point (M9.3).

use std::collections::HashMap;

use crate::answer::{Difference, Nearest, Slot};
use crate::bundle::{At, Bundle, Sides};
use crate::decide::cite;
use crate::facts::World;
use crate::order::{Order, Set, Side};
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

/// The least box of all for points that differ in nothing but their data: found once for a request.
pub(crate) type Near = HashMap<At, Option<Best>>;

/// A sum of weights, then the box, then the verb: the least is nearest.
type Best = (u32, u32, Act);

impl Bundle {
    /// The nearest way: least sum of weights, then digest, then the first of its boxes and verbs.
    pub(crate) fn nearest(&self, world: &World<'_>, at: &At, near: &mut Near) -> Option<Nearest> {
        // Boxes with the data differ in the other slots, those without also in the data. Of the former there are few, of
        // the latter one of each shape is enough: that a box of them has the data after all is no harm, it is then also
        // among the former, with less.
        let weigh = |number: u32| {
            let sides = self.sides(number)?;
            let acts = Act::ALL.into_iter().filter(|act| sides.has_act(*act));
            acts.map(|act| (differing(sides, act, at).map(weight).sum::<u32>(), number, act))
                .min()
        };
        let rows = Act::ALL.into_iter().filter_map(|act| self.rows.get(act, at.data));
        let with = rows.flat_map(|row| &row.ways).filter(|(way, _)| self.is_declared(*way));
        let with = with.filter_map(|(_, number)| weigh(*number)).min();
        let least = near.entry(At { data: 0, ..*at });
        let least = *least.or_insert_with(|| self.shapes.iter().filter_map(|number| weigh(*number)).min());
        let without = least.map(|(sum, number, act)| (sum + weight(Slot::Data), number, act));
        let (_, number, act) = with.into_iter().chain(without).min()?;
        let sides = self.sides(number)?;
        let grant = self.grant(sides.grant)?;
        let data = Some(Slot::Data).filter(|_| !sides.has_data(at.data));
        let mut slots: Vec<Slot> = differing(sides, act, at).chain(data).collect();
        slots.sort_by_key(|slot| SLOTS.iter().position(|known| known == slot));
        let mut differs: Vec<Difference> = slots
            .into_iter()
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
        fn names<'a>(side: &Side, order: &Order, noun: impl Fn(u32) -> Option<&'a Noun>) -> Vec<String> {
            let highest = match side {
                Side::Any => Vec::new(),
                side => order.highest(&Set::of(side.iter(order.len()))),
            };
            highest
                .into_iter()
                .filter_map(|i| Some(noun(i)?.path.clone()))
                .collect()
        }
        let c = &self.content;
        let o = &self.orders;
        match slot {
            Slot::Verb => vec![act.word().to_owned()],
            Slot::By => names(&sides.by, &o.controllers, |i| {
                c.controllers.get(i as usize).map(|c| &c.noun)
            }),
            Slot::Data => names(&sides.data, &o.data, |i| c.data.get(i as usize)),
            Slot::Source => names(&sides.source, &o.sources, |i| c.sources.get(i as usize)),
            Slot::Purpose => names(&sides.purpose, &o.purposes, |i| c.purposes.get(i as usize)),
            Slot::Recipient => names(&sides.recipient, &o.recipients, |i| {
                c.recipients.get(i as usize).map(|r| &r.noun)
            }),
            _ => Vec::new(),
        }
    }

    fn is_declared(&self, way: u32) -> bool {
        self.ways.get(way as usize).is_some_and(|way| way.grant.is_some())
    }

    fn place_name(&self, place: Place) -> Option<String> {
        match place {
            Place::Abroad => Some("abroad".to_owned()),
            Place::In(country) => Some(self.content.countries.get(country as usize)?.path.clone()),
        }
    }
}

/// The order in which slots are told.
const SLOTS: [Slot; 6] = [
    Slot::Verb,
    Slot::By,
    Slot::Data,
    Slot::Source,
    Slot::Purpose,
    Slot::Recipient,
];

/// The slots but the data in which a box differs from a point; a slot that only one of the two verbs has does not count.
fn differing<'a>(sides: &'a Sides, act: Act, at: &'a At) -> impl Iterator<Item = Slot> + 'a {
    let source = act.has_source() && at.act.has_source();
    let purpose = act.has_purpose() && at.act.has_purpose();
    let recipient = act.has_recipient() && at.act.has_recipient();
    [
        (Slot::Verb, act != at.act),
        (Slot::By, !sides.by.holds(at.by)),
        (Slot::Source, source && !sides.source.holds(at.source)),
        (Slot::Purpose, purpose && !sides.purpose.holds(at.purpose)),
        (Slot::Recipient, recipient && !sides.recipient.holds(at.recipient)),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(slot, _)| slot)
}
