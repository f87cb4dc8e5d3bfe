//! Every way of a request, each with what strikes it and what it lacks (M11): what an answer leaves out, for people who
//! ask why.

use serde::Serialize;

use crate::answer::{Gap, Point, Rule, Verdict, Way};
use crate::bundle::{At, Bundle, Row, Striker};
use crate::calendar::Time;
use crate::decide::Resolved;
use crate::facts::World;
use crate::kleene::Truth;
use crate::request::Request;
use crate::wire::Act;

/// The worst point of a data atom, the one that its answer is about, with all that speaks for and against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why<'a> {
    /// The point.
    pub point: Point<'a>,
    /// Bans that hold whatever the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub struck_by: Vec<Rule<'a>>,
    /// Every way that covers the point, in the order in which they are relied on.
    pub ways: Vec<WayThere<'a>>,
    /// Limits of retention on the data, whatever lets them be kept (M12): where data are stored, or times of the item told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<CapThere<'a>>,
}

/// A limit of retention at a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CapThere<'a> {
    /// The restriction.
    pub rule: Rule<'a>,
    /// When the data must be gone; `None` if it is not told when they were collected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gone_by: Option<Time>,
    /// Whether that has passed; `None` if it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<bool>,
}

/// A way at a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WayThere<'a> {
    /// The way.
    #[serde(flatten)]
    pub way: Way<'a>,
    /// Bans that hold for this way and not for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub struck_by: Vec<Rule<'a>>,
    /// What is not known, and consents never given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Gap>,
    /// What is known to stand in its way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<Gap>,
}

impl WayThere<'_> {
    /// Whether the request is allowed by it, where no ban strikes the point.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.struck_by.is_empty() && self.missing.is_empty() && self.failed.is_empty()
    }
}

impl Bundle {
    /// Every way of a request, for each data atom in the order of the answer; nothing for a request that cannot be asked.
    #[must_use]
    pub fn why(&self, request: &Request) -> Vec<Why<'_>> {
        self.resolve(request).map(|resolved| resolved.why()).unwrap_or_default()
    }

    fn ways_at(&self, world: &World<'_>, row: Row<'_>, at: &At) -> Why<'_> {
        let hold = |way: Option<u32>| -> Vec<Rule<'_>> {
            let strikers = self
                .strikers_of(row)
                .filter(|(_, striker)| striker.is_point() == way.is_none());
            let holding =
                strikers.filter(|(_, striker): &(u32, Striker<'_>)| world.strikes(striker, way, at) == Truth::True);
            holding.filter_map(|(index, _)| self.cite_striker(index)).collect()
        };
        let ways = self.covering(row, at).filter_map(|(index, region, way)| {
            let gaps = world.gaps(&way, index, region, row.strikers, at);
            Some(WayThere {
                way: self.cite_way(index)?,
                struck_by: hold(Some(index)),
                missing: gaps.missing.into_iter().collect(),
                failed: gaps.failed.into_iter().collect(),
            })
        });
        // Of a recipient outside its declared places nothing is said, neither for it nor against it (M9.1).
        if world.misplaced(at) {
            return Why {
                point: self.name(at),
                struck_by: Vec::new(),
                ways: Vec::new(),
                caps: Vec::new(),
            };
        }
        Why {
            point: self.name(at),
            struck_by: hold(None),
            ways: ways.collect(),
            caps: if at.act == Act::Store || world.timed(at.act) {
                self.caps_there(world, &at.stored())
            } else {
                Vec::new()
            },
        }
    }
}

impl<'a> Resolved<'a> {
    /// As [`Bundle::why`].
    #[must_use]
    pub fn why(&self) -> Vec<Why<'a>> {
        let (question, world) = self.parts();
        let bundle = world.bundle;
        let each = question.data.atoms().filter_map(|data| {
            let row = bundle.row(question.act, data)?;
            let mut worst: Option<(At, Verdict)> = None;
            for at in world.points(question, row, data) {
                let verdict = bundle.point(world, row, &at).verdict();
                if worst.is_none_or(|(_, worst)| verdict > worst) {
                    worst = Some((at, verdict));
                }
            }
            worst.map(|(at, _)| bundle.ways_at(world, row, &at))
        });
        each.collect()
    }
}
