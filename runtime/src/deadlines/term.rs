//! A deadline that has passed stands in the way of every use, where the request tells times of the item (M12).

use crate::answer::Gap;
use crate::bundle::{At, Bundle};
use crate::facts::World;
use crate::gaps::Gaps;
use crate::kleene::Truth;
use crate::wire::Act;

use super::{Deadline, Due};

impl World<'_> {
    /// Whether the deadline of the data is looked at: times of the item are given, and the verb neither keeps the data, which has
    /// ends of its own, nor disposes of them.
    #[inline]
    pub(crate) fn timed(&self, act: Act) -> bool {
        let given = self.facts.collected.is_some() || !self.facts.events.is_empty();
        given && !matches!(act, Act::Store | Act::Anonymise | Act::Erase)
    }

    /// Whether what is decided hangs on more of the data than the rules of their row: on deadlines, or on caps of keeping.
    pub(crate) fn differs_by_data(&self, act: Act) -> bool {
        self.timed(act) || act == Act::Store && self.bundle.has_caps()
    }

    /// Whether the deadline has not passed; with none, or where it is not looked at, it has not. Storing has the ends of its
    /// keeps, and the caps on them.
    #[inline]
    pub(crate) fn in_term(&self, at: &At) -> Truth {
        if at.act == Act::Store {
            self.bundle.within_caps(self, at)
        } else if self.timed(at.act) {
            self.before_deadline(at)
        } else {
            Truth::True
        }
    }

    #[cold]
    fn before_deadline(&self, at: &At) -> Truth {
        match self.bundle.deadline(self, &at.stored()).state {
            Due::Hold | Due::NotKept => Truth::True,
            Due::Unknown => Truth::Unknown,
            Due::Due => Truth::False,
        }
    }

    /// What the deadline lacks.
    pub(crate) fn term_gaps(&self, at: &At, gaps: &mut Gaps) {
        if at.act == Act::Store {
            self.bundle.cap_gaps(self, at, gaps);
        }
        if !self.timed(at.act) {
            return;
        }
        let deadline = self.bundle.deadline(self, &at.stored());
        match deadline.state {
            Due::Hold | Due::NotKept => {}
            Due::Unknown => gaps.missing.extend(deadline.missing),
            Due::Due => {
                gaps.failed.insert(Gap::Retention {
                    passed: true,
                    needs: Vec::new(),
                });
            }
        }
    }
}

impl Bundle {
    /// The deadline of the data of a point, where times of the item are given and a keep covers them (M13).
    pub(crate) fn told_deadline<'a>(&'a self, world: &World<'a>, at: &At) -> Option<Deadline<'a>> {
        let given = world.facts.collected.is_some() || !world.facts.events.is_empty();
        let deadline = given.then(|| self.deadline(world, &at.stored()))?;
        Some(deadline).filter(|deadline| deadline.state != Due::NotKept)
    }
}
