//! Points that no rule tells apart. A request may ask about millions of points; of those that lie in the same boxes, have
//! the same records and the same places, only the first is looked at.

use crate::bundle::{At, Sides, Striker};
use crate::facts::World;
use crate::order::{Set, Side};
use crate::resolve::Question;
use crate::rows::Row;

/// Below so many points, looking at each is less work than telling them apart.
pub(crate) const FEW: usize = 16;

impl World<'_> {
    /// The first point of each class, in canonical order. Atoms of one class lie in the same sides of all boxes of the row,
    /// so that the verdicts of points are those of the first points of their classes.
    pub(crate) fn points(&self, question: &Question<'_>, row: &Row, data: u32) -> Vec<At> {
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
            let sides: Vec<&Sides> = self.sides_of(row).collect();
            let records = self.facts.records.iter().flatten();
            let records = records.filter_map(|record| record.purposes.as_ref());
            let countries = self.bundle.controllers_by_country.iter();
            by = first(by, sides.iter().map(|s| &s.by), countries);
            source = first(source, sides.iter().map(|s| &s.source), [].iter());
            purpose = first(purpose, sides.iter().map(|s| &s.purpose), records);
            recipient = first(
                recipient,
                sides.iter().map(|s| &s.recipient),
                self.bundle.neighbours.iter(),
            );
        }
        let mut all = vec![question.at(data)];
        each(&by, &mut all, |at, atom| at.by = atom);
        each(&source, &mut all, |at, atom| at.source = atom);
        each(&purpose, &mut all, |at, atom| at.purpose = atom);
        each(&recipient, &mut all, |at, atom| at.recipient = atom);
        all
    }

    /// Every box that can matter in a row.
    fn sides_of<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = &'a Sides> {
        let bundle = self.bundle;
        let ways = row.ways.iter().filter_map(|(_, number)| bundle.sides(*number));
        let strikers = row.strikers.iter();
        let strikers = strikers.filter_map(|index| bundle.strikers.get(*index as usize));
        ways.chain(strikers.flat_map(move |striker| {
            let (parts, keep) = match striker {
                Striker::Ban { limits, except, .. } => {
                    let parts = std::iter::once(limits).chain(except);
                    (Some(parts.map(|part| &part.sides)), None)
                }
                Striker::Keep { grant, .. } => (None, Some(bundle.boxes_of(*grant).map(|(_, sides)| sides))),
            };
            parts.into_iter().flatten().chain(keep.into_iter().flatten())
        }))
    }
}

/// The first atom of each class: those that the same sides and sets hold.
fn first<'a>(
    atoms: Vec<Option<u32>>,
    sides: impl Iterator<Item = &'a Side>,
    sets: impl Iterator<Item = &'a Set>,
) -> Vec<Option<u32>> {
    if atoms.len() < 2 {
        return atoms;
    }
    let mut classes = vec![Set::of(atoms.into_iter().flatten())];
    let mut split = |holds: &dyn Fn(u32) -> bool| {
        let halves = classes.iter().flat_map(|class| {
            let (inside, outside) = class.split(holds);
            [inside, outside]
        });
        classes = halves.filter(|class| !class.is_empty()).collect();
    };
    let mut seen: Vec<&Side> = Vec::new();
    for side in sides {
        if *side != Side::Any && !seen.contains(&side) {
            split(&|atom| side.has(atom));
            seen.push(side);
        }
    }
    sets.for_each(|set| split(&|atom| set.has(atom)));
    let mut first: Vec<Option<u32>> = classes.iter().map(|class| class.iter().next()).collect();
    first.sort_unstable();
    first
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
                .iter()
                .filter_map(|d| self.rows.number(question.act, *d))
                .collect();
            rows.sort_unstable();
            let count = question.count();
            assert!(count > FEW);
            let mut seen = std::collections::BTreeSet::new();
            let mut looked_at = 0;
            for data in &question.data {
                if self
                    .rows
                    .number(question.act, *data)
                    .is_some_and(|row| seen.insert(row))
                {
                    let row = self.rows.get(question.act, *data).unwrap();
                    looked_at += world.points(question, row, *data).len();
                }
            }
            (count * question.data.len(), looked_at, seen.len())
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
            for data in &question.data {
                let row = bundle.rows.get(question.act, *data).unwrap();
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
                let all = worst(&mut question.points(*data));
                assert_eq!(worst(&mut world.points(question, row, *data).into_iter()), all);
            }
        }
    }
}
