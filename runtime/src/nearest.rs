//! The declared way that differs least from an undeclared point (M9.3).

use smallvec::SmallVec;

use crate::answer::{Difference, Nearest, Slot};
use crate::bundle::{At, Bundle, Sides};
use crate::facts::World;
use crate::wire::{Act, Place};

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

/// The least box of all for points that differ in nothing but their data, for the last point asked about.
pub(crate) type Near = Option<(At, Option<Best>)>;

/// A sum of weights, then the box, then the verb: the least is nearest.
type Best = (u32, u32, Act);

impl Bundle {
    /// The nearest way: least sum of weights, then digest, then the first of its boxes and verbs.
    pub(crate) fn nearest(&self, world: &World<'_>, at: &At, near: &mut Near) -> Option<Nearest<'_>> {
        // Boxes with the data differ in the other slots, those without also in the data. Of the former there are few, of
        // the latter one of each shape is enough: that a box of them has the data after all is no harm, it is then also
        // among the former, with less.
        let rows = Act::ALL.into_iter().filter_map(|act| self.row(act, at.data));
        let with = rows.flat_map(|row| row.ways).filter(|[way, _]| self.is_declared(*way));
        let with = with.filter_map(|[_, number]| self.weigh(*number, at)).min();
        let known = At { data: 0, ..*at };
        let least = match near {
            Some((of, least)) if *of == known => *least,
            _ => near.insert((known, self.least(at))).1,
        };
        let without = least.map(|(sum, number, act)| (sum + weight(Slot::Data), number, act));
        let (_, number, act) = with.into_iter().chain(without).min()?;
        let sides = self.sides(number)?;
        let grant = self.grant(sides.grant)?;
        let data = Some(Slot::Data).filter(|_| !self.has(sides.data, at.data));
        let mut slots: SmallVec<[Slot; 6]> = self.differing(&sides, act, at).chain(data).collect();
        slots.sort_by_key(|slot| SLOTS.iter().position(|known| known == slot));
        let difference = |slot| Difference {
            slot,
            declared: self.declared(slot, act, &sides),
        };
        let mut differs: Vec<Difference<'_>> = slots.into_iter().map(difference).collect();
        if world.misplaced(at) {
            differs.push(Difference {
                slot: Slot::Place,
                declared: world.places(at).map(|place| self.place_name(place)).collect(),
            });
        }
        Some(Nearest {
            rule: self.cite(grant.head),
            differs,
        })
    }

    /// What a box differs by, for the best of its verbs.
    fn weigh(&self, number: u32, at: &At) -> Option<Best> {
        let sides = self.sides(number)?;
        let acts = Act::ALL.into_iter().filter(|act| sides.has_act(*act));
        acts.map(|act| (self.differing(&sides, act, at).map(weight).sum::<u32>(), number, act))
            .min()
    }

    /// The least of one box of each shape. Boxes that hold verb and purpose come first, then those that hold the verb, then
    /// all: no later one can be nearer than the weight of what it lacks.
    fn least(&self, at: &At) -> Option<Best> {
        let list = |row: Option<&[u32; 2]>| row.map_or(&[][..], |[start, length]| self.list(*start, *length));
        let purposes = self.t.purposes.count();
        let purpose = at.purpose.unwrap_or(purposes);
        let near = (at.act as u32)
            .checked_mul(purposes + 1)
            .and_then(|first| first.checked_add(purpose));
        let mut best: Option<Best> = None;
        let lists = [
            (list(near.and_then(|row| self.t.near.get(&self.words, row))), 0),
            (
                list(self.t.shapes.get(&self.words, at.act as u32)),
                if at.act.has_purpose() { weight(Slot::Purpose) } else { 0 },
            ),
            (
                list(self.t.shapes.get(&self.words, Act::ALL.len() as u32)),
                weight(Slot::Verb),
            ),
        ];
        for (numbers, bound) in lists {
            if best.is_some_and(|(sum, ..)| sum < bound) {
                break;
            }
            for number in numbers {
                let found = self.weigh(*number, at);
                best = best.into_iter().chain(found).min();
                // The boxes of a list are in order: of those that lack no more, the first is the least.
                if found.is_some_and(|(sum, ..)| sum <= bound) {
                    break;
                }
            }
        }
        best
    }

    /// What a way declares in a slot: its highest nouns.
    fn declared(&self, slot: Slot, act: Act, sides: &Sides) -> Vec<&str> {
        let side = match slot {
            Slot::By => sides.by,
            Slot::Data => sides.data,
            Slot::Source => sides.source,
            Slot::Purpose => sides.purpose,
            Slot::Recipient => sides.recipient,
            _ => return vec![act.word()],
        };
        let kind = self.kind(slot).nouns;
        self.highest(side)
            .into_iter()
            .map(|noun| self.path(kind, noun))
            .collect()
    }

    fn is_declared(&self, way: u32) -> bool {
        self.way(way).is_some_and(|way| way.grant.is_some())
    }

    fn place_name(&self, place: Place) -> &str {
        match place {
            Place::Abroad => "abroad",
            Place::In(country) => self.path(self.t.countries, country),
        }
    }

    /// The slots but the data in which a box differs from a point; a slot that only one of the two verbs has does not count.
    fn differing(&self, sides: &Sides, act: Act, at: &At) -> impl Iterator<Item = Slot> + use<> {
        let source = act.has_source() && at.act.has_source();
        let purpose = act.has_purpose() && at.act.has_purpose();
        let recipient = act.has_recipient() && at.act.has_recipient();
        [
            (Slot::Verb, act != at.act),
            (Slot::By, !self.holds(sides.by, at.by)),
            (Slot::Source, source && !self.holds(sides.source, at.source)),
            (Slot::Purpose, purpose && !self.holds(sides.purpose, at.purpose)),
            (Slot::Recipient, recipient && !self.holds(sides.recipient, at.recipient)),
        ]
        .into_iter()
        .filter(|(_, differs)| *differs)
        .map(|(slot, _)| slot)
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
