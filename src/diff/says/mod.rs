//! What one version says at a point, as formulas over the questions: M4 to M9, M12 and M13 word for word.

mod bases;
mod duties;
mod guards;
mod keeps;
mod places;
mod ways;

use std::collections::BTreeSet;

use kupuya_runtime::wire::{Act, Grant};

use super::covered::{Covered, Justified};
use super::formula::{Said, Values, all, any, is, not};
use super::questions::{Gathering, Question, Questions};
use super::reading::Sort;
use super::side::Side;
pub use duties::{owed, owed_to};

/// What a version says at a point, or at all points that a request asks about.
pub struct Says {
    /// It allows it.
    pub allowed: Said,
    /// It forbids it.
    pub forbidden: Said,
    /// The recipient is where it declares it to be: elsewhere it says nothing.
    pub placed: Said,
    /// The ways, in the order in which they are relied on; of several points those of the first.
    pub ways: Vec<Way>,
    /// What must be done, by whom it is asked for: what to whom, within how many hours.
    pub duties: Vec<(Owed, Option<u64>, Said)>,
    /// What is kept here has to go.
    pub due: Said,
    /// What is kept here may be kept on.
    pub hold: Said,
    /// Nothing says how long it may be kept.
    pub unkept: Said,
    /// What lets it be kept on, in the order in which that is relied on.
    pub keeps: Vec<Way>,
}

/// What must be done, and to whom, in names of both versions.
pub type Owed = (String, Vec<String>);

/// A way (M7).
pub struct Way {
    /// The statement or keep, by printed id; none: erasing needs none.
    pub rule: Option<String>,
    /// What it relies on, in names of both versions.
    pub bases: BTreeSet<String>,
    /// It holds and nothing strikes it.
    pub open: Said,
    /// It is the first that is open.
    pub relied: Said,
}

/// One version, about to say what it says.
pub struct Saying<'a> {
    /// What the questions were made from.
    pub gathering: &'a Gathering<'a>,
    /// Which version.
    pub side: usize,
    /// The questions.
    pub questions: &'a Questions,
    /// The verb.
    pub act: Act,
}

/// A way on its way.
struct Open<'c> {
    grant: Option<(&'c Grant, Justified<'c>)>,
    bases: &'c [u32],
    open: Said,
}

impl Says {
    /// Of a version that declares nothing here.
    pub fn nothing() -> Says {
        let no = || is(Values::FALSE);
        Says {
            allowed: no(),
            forbidden: no(),
            placed: is(Values::TRUE),
            ways: Vec::new(),
            duties: Vec::new(),
            due: no(),
            hold: no(),
            unkept: is(Values::TRUE),
            keeps: Vec::new(),
        }
    }
}

impl<'a> Saying<'a> {
    fn version(&self) -> &'a Side {
        self.gathering.sides[self.side]
    }

    /// The first question of a kind, with its number.
    fn question<T: ?Sized>(&self, of: impl Fn(&'a Question) -> Option<&'a T>) -> Option<(usize, &'a T)> {
        let mut numbered = self.questions.all.iter().enumerate();
        numbered.find_map(|(number, question)| Some((number, of(question)?)))
    }

    /// What it says at some points; a request about all of them is told the worst.
    pub fn says(&self, points: &[Covered<'_>], shared: &dyn Fn(Sort, &str) -> String) -> Says {
        let mut says = Says::nothing();
        let (mut allowed, mut forbidden, mut placed) = (Vec::new(), Vec::new(), Vec::new());
        for (number, point) in points.iter().enumerate() {
            let (ways, misplaced) = (self.ways(point), self.misplaced(point));
            allowed.push(any(ways.iter().map(|way| way.open.clone())));
            forbidden.push(all([not(&misplaced), self.forbidden(point, &ways)]));
            placed.push(not(&misplaced));
            if number > 0 {
                continue;
            }
            let named = |bases: &[u32]| {
                let path = |basis: &u32| self.version().path(Sort::Basis, *basis).unwrap_or_default();
                bases.iter().map(|basis| shared(Sort::Basis, path(basis))).collect()
            };
            let chain = relied(ways.iter().map(|way| &way.open));
            says.duties = self.duties(point, &ways, &chain, shared);
            let told = ways.iter().zip(chain).map(|(way, relied)| Way {
                rule: way.grant.map(|(grant, _)| grant.head.id.clone()),
                bases: named(way.bases),
                open: way.open.clone(),
                relied,
            });
            says.ways = told.collect();
            if self.act == Act::Store {
                let kept = self.kept(point);
                let chain = relied(kept.ways.iter().map(|way| &way.open));
                let told = kept.ways.into_iter().zip(chain).map(|(way, relied)| Way {
                    bases: named(&way.bases),
                    rule: Some(way.rule),
                    open: way.open,
                    relied,
                });
                says.keeps = told.collect();
                (says.due, says.hold, says.unkept) = (kept.due, kept.hold, kept.unkept);
            }
        }
        (says.allowed, says.forbidden, says.placed) = (all(allowed), any(forbidden), all(placed));
        says
    }
}

/// Of ways in their order, for each that it is the first that is open.
fn relied<'s>(open: impl Iterator<Item = &'s Said>) -> Vec<Said> {
    let mut before: Vec<Said> = Vec::new();
    let mut relied = Vec::new();
    for one in open {
        relied.push(all([one.clone(), not(&any(before.iter().cloned()))]));
        before.push(one.clone());
    }
    relied
}
