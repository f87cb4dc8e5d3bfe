//! M14: a consent that was given before a version does not cover what that version added.

use kupuya::model::noun::{Basis, Id};
use kupuya::syntax::ast::Date;
use kupuya_runtime::{RecordKind, Verdict};

use super::point::Point;
use super::world::World;
use super::{Ask, Reference, atoms};

impl Reference<'_> {
    /// The verdict on a request, where `old` is the version before and this one begins on a day. For statements whose guards
    /// are the same in both; the nouns are those of one model.
    pub fn decide_since(&self, ask: &Ask, old: &Reference<'_>, begins: Date) -> Verdict {
        let plain = self.decide(ask);
        if plain.items.is_empty() {
            return plain.verdict;
        }
        let points = atoms(&self.model.data, ask.data.as_deref()).into_iter();
        let points: Vec<Point> = points.flat_map(|data| self.points(ask, data)).collect();
        let verdicts = points.iter().map(|x| {
            let counts = |record: &super::Record| {
                record.kind != RecordKind::Give || record.at >= begins || old.covers_with(record.basis, x)
            };
            let mut ask = ask.clone();
            if let Some(records) = &mut ask.records {
                records.retain(counts);
            }
            let world = World::new(self.model, &ask).unwrap();
            self.point(&world, x).verdict()
        });
        verdicts.max().unwrap()
    }

    /// Whether a point lies in a way that relies on a consent.
    fn covers_with(&self, consent: Id<Basis>, x: &Point) -> bool {
        self.ways()
            .iter()
            .any(|way| way.bases.contains(&consent) && self.covers(way, x))
    }
}
