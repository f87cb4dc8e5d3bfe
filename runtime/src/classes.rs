//! Points that no rule tells apart. A request may ask about millions of points; of those that lie in the same boxes, have
//! the same records and the same places, only the first is looked at.

use smallvec::SmallVec;

use crate::bundle::{At, Row, Sides, Striker};
use crate::facts::World;
use crate::format::layout::NONE;
use crate::resolve::Question;
use crate::wire::Act;

/// Below so many points, looking at each is less work than telling them apart.
pub(crate) const FEW: usize = 16;

impl<'a> World<'a> {
    /// The first point of each class, in canonical order. Atoms of one class lie in the same sides of all boxes of the row,
    /// so that the verdicts of points are those of the first points of their classes.
    pub(crate) fn points(&self, question: &Question<'_>, row: Row<'_>, data: u32) -> Vec<At> {
        if let Some(at) = question.only(data) {
            return vec![at];
        }
        let each = |slot: &[Option<u32>], all: &mut Vec<At>, put: fn(&mut At, Option<u32>)| {
            *all = all
                .iter()
                .flat_map(|at| {
                    slot.iter().map(move |atom| {
                        let mut at = *at;
                        put(&mut at, *atom);
                        at
                    })
                })
                .collect();
        };
        let whole = question.count() <= FEW;
        let mut by: Vec<Option<u32>> = question.by.iter().collect();
        let mut source: Vec<Option<u32>> = question.source.iter().collect();
        let mut purpose: Vec<Option<u32>> = question.purpose.iter().collect();
        let mut recipient: Vec<Option<u32>> = question.recipient.iter().collect();
        if !whole {
            let bundle = self.bundle;
            let mut sides: Vec<Sides> = self.sides_of(row).collect();
            if self.differs_by_data(question.act) {
                sides.extend(self.sides_of_keeps(data));
            }
            let controller = |atom| {
                bundle
                    .t
                    .controller_details
                    .get(&bundle.words, atom)
                    .map_or(0, |[_, group]| *group)
            };
            let recipient_at = |atom| {
                bundle
                    .t
                    .recipient_details
                    .get(&bundle.words, atom)
                    .map_or(0, |[.., group]| *group)
            };
            let records = self.facts.records.iter().flatten();
            let records: Vec<&[u32]> = records.filter_map(|record| record.purposes.as_deref()).collect();
            let holds = |side: u32| move |atom| bundle.has(side, atom);
            by = first(by, sides.iter().map(|s| s.by), holds, &[], controller);
            source = first(source, sides.iter().map(|s| s.source), holds, &[], |_| 0);
            purpose = first(purpose, sides.iter().map(|s| s.purpose), holds, &records, |_| 0);
            recipient = first(recipient, sides.iter().map(|s| s.recipient), holds, &[], recipient_at);
        }
        let mut all = vec![question.at(data)];
        each(&by, &mut all, |at, atom| at.by = atom);
        each(&source, &mut all, |at, atom| at.source = atom);
        each(&purpose, &mut all, |at, atom| at.purpose = atom);
        each(&recipient, &mut all, |at, atom| at.recipient = atom);
        all
    }

    /// The boxes by which deadlines of data differ: those of keeps and of what caps them.
    fn sides_of_keeps(&self, data: u32) -> impl Iterator<Item = Sides> + use<'a> {
        let bundle = self.bundle;
        let row = bundle.row(Act::Store, data).into_iter().flat_map(|row| row.ways);
        let keeps = row.filter_map(move |[_, number]| bundle.sides(*number));
        let caps = bundle.t.caps.numbers().filter_map(move |cap| bundle.cap(cap));
        keeps.chain(caps.map(|(_, sides, ..)| sides))
    }

    /// Every box that can matter in a row.
    fn sides_of<'r>(&self, row: Row<'r>) -> impl Iterator<Item = Sides> + use<'a, 'r> {
        let bundle = self.bundle;
        let ways = row.ways.iter().filter_map(|[_, number]| bundle.sides(*number));
        let later = row
            .ways
            .iter()
            .filter_map(|[way, _]| bundle.way(*way))
            .filter(|way| way.later);
        let later = later.filter_map(|way| bundle.grant(way.grant?));
        let later = later.flat_map(|grant| bundle.later(&grant).map(|(_, region, _)| region).collect::<Vec<u32>>());
        let ways = ways.chain(later.filter_map(|number| bundle.sides(number)));
        let strikers = row.strikers.iter().filter_map(|index| bundle.striker(*index));
        ways.chain(strikers.flat_map(move |striker| {
            let (ban, keep) = match striker {
                Striker::Ban { ban, .. } => (bundle.ban(ban), None),
                Striker::Keep { grant, .. } => (None, Some(grant)),
            };
            let limits = ban.and_then(|ban| bundle.part(ban.limits));
            let except: Vec<_> = ban.iter().flat_map(|ban| bundle.excepted(ban)).collect();
            let parts = limits.into_iter().chain(except).map(|part| part.sides);
            let boxes = keep
                .into_iter()
                .flat_map(|grant| bundle.boxes_of(grant))
                .map(|(_, sides)| sides);
            parts.chain(boxes)
        }))
    }
}

/// The first atom of each class: those that the same sides and lists hold, and that have the same group.
fn first<H: Fn(u32) -> bool>(
    atoms: Vec<Option<u32>>,
    sides: impl Iterator<Item = u32>,
    holds: impl Fn(u32) -> H,
    lists: &[&[u32]],
    group: impl Fn(u32) -> u32,
) -> Vec<Option<u32>> {
    if atoms.len() < 2 {
        return atoms;
    }
    // Atoms with one number are of one class so far; what has told them apart counts the numbers.
    let mut classes: Vec<(u32, u32)> = atoms.into_iter().flatten().map(|atom| (atom, group(atom))).collect();
    // Of groups a bundle may have any numbers.
    let mut groups: Vec<u32> = classes.iter().map(|(_, class)| *class).collect();
    groups.sort_unstable();
    groups.dedup();
    for (_, class) in &mut classes {
        let place = groups.binary_search(class).unwrap_or(0);
        *class = u32::try_from(place).unwrap_or(0);
    }
    let mut count = u32::try_from(groups.len()).unwrap_or(0);
    let mut halves: Vec<[u32; 2]> = Vec::new();
    let mut split = |holds: &dyn Fn(u32) -> bool| {
        halves.clear();
        halves.resize(count as usize, [NONE; 2]);
        count = 0;
        for (atom, class) in &mut classes {
            let halves = halves.get_mut(*class as usize);
            if let Some(half) = halves.and_then(|halves| halves.get_mut(usize::from(holds(*atom)))) {
                if *half == NONE {
                    *half = count;
                    count += 1;
                }
                *class = *half;
            }
        }
    };
    let mut seen: SmallVec<[u32; 16]> = SmallVec::new();
    for side in sides {
        if side != 0 && !seen.contains(&side) {
            let holds = holds(side);
            split(&|atom| holds(atom));
            seen.push(side);
        }
    }
    for list in lists {
        split(&|atom| list.binary_search(&atom).is_ok());
    }
    let mut seen = vec![false; count as usize];
    let first = classes.into_iter().filter(|(_, class)| {
        let seen = seen.get_mut(*class as usize);
        seen.is_none_or(|seen| !std::mem::replace(seen, true))
    });
    first.map(|(atom, _)| Some(atom)).collect()
}

#[cfg(test)]
mod tests {
    use super::FEW;
    use crate::generated;
    use crate::request::Request;

    /// A request that leaves everything out asks about each data category for each purpose and recipient. What is looked
    /// at is bounded by the rules, not by the points.
    #[test]
    fn a_wide_request_is_little_work() {
        for (scale, wide) in [(1, 1), (20, 1), (20, 5)] {
            let made = generated::made(scale, wide, 0);
            let request = Request {
                action: "share".to_owned(),
                ..Request::default()
            };
            let (points, looked_at, judged) = made.bundle.work(&request);
            let data = 70 * scale;
            assert_eq!(points, data * 40 * wide * 12 * wide);
            assert!(looked_at <= 60 * data, "{looked_at} of {points} points, {judged} rows");
            assert!(judged <= data, "{judged} of {data}");
            assert_eq!(made.bundle.decide(&request).items.len(), data);
        }
    }

    impl crate::Bundle {
        /// Points asked about, points looked at, rows.
        fn work(&self, request: &Request) -> (usize, usize, usize) {
            let resolved = self.resolve(request).unwrap();
            let (question, world) = resolved.parts();
            let mut rows: Vec<u32> = question
                .data
                .atoms()
                .filter_map(|d| self.row_number(question.act, d))
                .collect();
            rows.sort_unstable();
            let count = question.count();
            assert!(count > FEW);
            let mut seen = std::collections::BTreeSet::new();
            let mut looked_at = 0;
            for data in question.data.atoms() {
                if self.row_number(question.act, data).is_some_and(|row| seen.insert(row)) {
                    let row = self.row(question.act, data).unwrap();
                    looked_at += world.points(question, row, data).len();
                }
            }
            (count * question.data.count(), looked_at, seen.len())
        }
    }

    /// The first points of the classes are told what all points are told.
    #[test]
    fn classes_tell_what_points_tell() {
        let made = generated::made(2, 1, 0);
        let bundle = &made.bundle;
        for action in ["share", "use", "collect"] {
            let request = Request {
                action: action.to_owned(),
                ..Request::default()
            };
            let resolved = bundle.resolve(&request).unwrap();
            let (question, world) = resolved.parts();
            for data in question.data.atoms() {
                let row = bundle.row(question.act, data).unwrap();
                let worst = |points: &mut dyn Iterator<Item = crate::bundle::At>| {
                    let mut worst = None;
                    let mut relied = std::collections::BTreeSet::new();
                    for at in points {
                        let outcome = bundle.point(world, row, &at);
                        if let crate::point::Outcome::Allow(way) = outcome {
                            relied.insert(way);
                        }
                        let verdict = outcome.verdict();
                        if worst.is_none_or(|(worst, _)| verdict > worst) {
                            worst = Some((verdict, at));
                        }
                    }
                    (worst, relied)
                };
                let all = worst(&mut question.points(data));
                assert_eq!(worst(&mut world.points(question, row, data).into_iter()), all);
            }
        }
    }
}
