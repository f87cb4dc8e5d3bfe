//! M14: a consent that was given before a version does not cover what that version added.

use kupuya::syntax::ast::Date;
use kupuya_runtime::{RecordKind, Verdict};

use super::point::Point;
use super::world::World;
use super::{Ask, Outcome, Reference, Way, atoms};

/// What may be answered to a request to a version before which there was another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// The version before would have allowed each of its points, or this one does without any consent that was given before it:
    /// more must not be allowed.
    pub may: bool,
    /// It is allowed, and by what stands in both versions alike at each point that needs consents given before: less must not be
    /// allowed, if nothing but sentences that permit was added.
    pub must: bool,
    /// Whether it is allowed if there was no version before.
    pub plain: bool,
}

impl Reference<'_> {
    /// Asks both versions about each point: `old` is the version before, and this one begins on a day. The nouns are those of one
    /// model. `None`: the facts contradict each other in a version.
    pub fn since(&self, ask: &Ask, old: &Reference<'_>, begins: Date) -> Option<Since> {
        let mut without = ask.clone();
        if let Some(records) = &mut without.records {
            records.retain(|record| record.kind != RecordKind::Give || record.at >= begins);
        }
        let now = World::new(self.model, ask)?;
        let then = World::new(old.model, ask)?;
        let anew = World::new(self.model, &without)?;
        let points = atoms(&self.model.data, ask.data.as_deref()).into_iter();
        let points: Vec<Point> = points.flat_map(|data| self.points(ask, data)).collect();
        let mut since = Since {
            may: true,
            must: true,
            plain: true,
        };
        for x in &points {
            let allows = |of: &Reference<'_>, world: &World<'_>| of.point(world, x).verdict() == Verdict::Allow;
            let relied = match self.point(&now, x) {
                Outcome::Allow(way) => Some(way),
                _ => None,
            };
            let anew = allows(self, &anew);
            since.plain &= relied.is_some();
            since.may &= relied.is_some() && (anew || allows(old, &then));
            since.must &= relied.is_some_and(|way| anew || old.has(self, &way));
        }
        Some(since)
    }

    /// Whether a sentence with the form of another version's is in this one.
    fn has(&self, other: &Reference<'_>, way: &Way) -> bool {
        let digest = way.sentence.map(|sentence| other.id(sentence).0);
        self.ways()
            .iter()
            .any(|way| way.sentence.map(|sentence| self.id(sentence).0) == digest)
    }
}
