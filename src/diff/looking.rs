//! The search at places that no rule tells apart.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::Verdict;
use kupuya_runtime::wire::Act;

use super::asking::{self, Asking, Deadline, Point, Told};
use super::kinds::{KINDS, Kind};
use super::merge::{Grounds, Kept, Seen};
use super::names::Naming;
use super::points::Spot;
use super::reading::{Pair, Sort};
use super::worlds::World;

/// What decides at a point: where all of it is alike, so are the differences. By verb, rules, what is around, whether what is
/// stored is used, and which atoms either version knows; where a request asks about more than one point, by the nouns that it
/// names too.
type Deciding = (
    &'static str,
    [BTreeSet<u32>; 2],
    Vec<u32>,
    [bool; 2],
    Vec<[bool; 2]>,
    Option<Point>,
);

/// What was found, by number of what decides, class, and whether other classes were tried too.
pub type Known = BTreeMap<(usize, Option<Pair>, bool), asking::Found>;

/// Looks at places.
pub struct Looking<'l, 'a, 's> {
    /// Who asks both versions.
    pub asking: &'l Asking<'a>,
    /// How nouns are called.
    pub naming: &'l Naming<'a>,
    /// All classes of people of both versions.
    pub classes: &'l [Pair],
    /// What was found before.
    pub known: Known,
    /// What decides at points, each with its number.
    pub alike: BTreeMap<Deciding, usize>,
    /// The differences.
    pub seen: Vec<Seen<'s>>,
    /// Where not all was tried: the place, for whom, for what kind of difference.
    pub cut: Vec<(&'s Spot, Option<Pair>, Kind)>,
}

impl<'s> Looking<'_, '_, 's> {
    /// Looks at one place for people of each class, and then, for the kinds of differences that do not show for them, for people who
    /// are of other classes too; but not of one for which that kind shows anyway.
    pub fn look(&mut self, spot: &'s Spot, classes: &[Option<Pair>]) {
        let kinds = possible(spot);
        if classes.is_empty() || kinds.is_empty() {
            return;
        }
        let points = self.naming.points(spot).into_iter();
        let points: Vec<(Point, usize)> = points.map(|point| (point, self.alike(spot, point))).collect();
        let mut alone: BTreeMap<Option<Pair>, BTreeSet<Kind>> = BTreeMap::new();
        for class in classes {
            let wanted = || kinds.iter().map(|kind| (*kind, Vec::new())).collect();
            let shown = points
                .iter()
                .flat_map(|at| self.at(spot, *at, *class, false, &wanted))
                .collect();
            alone.insert(*class, shown);
        }
        let everyone = self.classes;
        for class in classes {
            let shows = |kind: Kind, class: &Option<Pair>| alone.get(class).is_some_and(|kinds| kinds.contains(&kind));
            let wanted = || {
                let with = |kind: &Kind| {
                    let others = everyone.iter().filter(|other| Some(**other) != *class);
                    let others: Vec<Pair> = others.filter(|other| !shows(*kind, &Some(**other))).copied().collect();
                    Some((*kind, others)).filter(|(_, others)| !others.is_empty() && !shows(*kind, class))
                };
                kinds.iter().filter_map(with).collect()
            };
            for at in &points {
                self.at(spot, *at, *class, true, &wanted);
            }
        }
    }

    /// The number of what decides at a point.
    fn alike(&mut self, spot: &Spot, point: Point) -> usize {
        let there = point
            .iter()
            .flatten()
            .map(|pair| [pair.before.is_some(), pair.after.is_some()]);
        let deciding = (
            spot.act.word(),
            spot.terms.clone(),
            spot.around.clone(),
            spot.used,
            there.collect(),
            self.asking.is_wide(spot, point).then_some(point),
        );
        let next = self.alike.len();
        *self.alike.entry(deciding).or_insert(next)
    }

    /// What shows at a point for people of a class; `wanted` are the kinds that are looked for, each with the other classes.
    fn at(
        &mut self,
        spot: &'s Spot,
        (point, alike): (Point, usize),
        class: Option<Pair>,
        others: bool,
        wanted: &dyn Fn() -> BTreeMap<Kind, Vec<Pair>>,
    ) -> BTreeSet<Kind> {
        let (asking, naming) = (self.asking, self.naming);
        let found = self
            .known
            .entry((alike, class, others))
            .or_insert_with(|| asking.differences(spot, point, class, &wanted()));
        self.cut.extend(found.cut.iter().map(|(kind, _)| (spot, class, *kind)));
        let mut kinds = BTreeSet::new();
        for ((kind, _), world) in &found.worlds {
            if !asking.shows(*kind, spot, point, world) {
                continue;
            }
            kinds.insert(*kind);
            let [before, after] = [0, 1].map(|side| asking.told(side, spot, point, world));
            let kept = asking.kept(*kind, spot, point, world);
            let kept = kept.filter(|_| matches!(kind, Kind::KeptLonger | Kind::KeptShorter));
            let grounds = match &kept {
                None => {
                    let rules = [&before, &after].map(|told| cited(*kind, told).into_iter().collect());
                    Grounds {
                        relied: rules.clone(),
                        rules,
                        bases: [before.bases, after.bases],
                    }
                }
                Some(kept) => keeping((asking, naming), *kind, spot, point, world, kept),
            };
            self.seen.push(Seen {
                kind: *kind,
                spot,
                point,
                class,
                grounds,
                world: world.clone(),
                kept: kept.map(|kept| Kept {
                    deadlines: kept.map(|one| one.at),
                }),
            });
        }
        kinds
    }
}

/// What keeping an item on relies on where it is kept, and what ended it where it has to go. What both versions say is cited in
/// neither.
fn keeping(
    (asking, naming): (&Asking<'_>, &Naming<'_>),
    kind: Kind,
    spot: &Spot,
    point: Point,
    world: &World,
    kept: &[Deadline; 2],
) -> Grounds {
    let on = usize::from(kind == Kind::KeptLonger);
    let own = |side: usize| {
        let changed = kept[side]
            .rules
            .iter()
            .filter(|rule| !kept[1 - side].rules.contains(rule));
        Some(changed.cloned().collect::<Vec<String>>()).filter(|rules| !rules.is_empty())
    };
    let mut grounds = Grounds::default();
    for side in [0, 1] {
        let rules = own(side).unwrap_or_else(|| kept[side].rules.clone());
        let all = &kept[side].rules;
        let relied = asking.keeping(side, spot, point, world, all).filter(|_| side == on);
        (grounds.rules[side], grounds.relied[side], grounds.bases[side]) = match relied {
            Some((rule, bases)) => {
                let others = own(side).unwrap_or_default().into_iter().filter(|other| *other != rule);
                let cited = std::iter::once(rule.clone()).chain(others).collect();
                (cited, vec![rule], bases)
            }
            None => {
                let shared = |path: &str| asking.shared(Sort::Basis, side, path);
                let bases = naming.bases_of(side, &rules, side == on, shared);
                (rules.clone(), rules, bases)
            }
        };
    }
    grounds
}

/// The rule that is cited for what a version says. Beside a promise stands only what decides: the way that lacks least may be one
/// for other people.
fn cited(kind: Kind, told: &Told) -> Option<String> {
    let promise = matches!(kind, Kind::PromiseLost | Kind::PromiseGiven);
    let decides = matches!(told.verdict, Verdict::Allow | Verdict::Forbidden);
    told.rule.clone().filter(|_| decides || !promise)
}

/// The kinds that can show at a place. Most places of two large versions are spoken of by one ban alone, and of a noun that the
/// other version has not: nothing needs to be searched there.
fn possible(spot: &Spot) -> Vec<Kind> {
    // Of a noun that one version has not, nothing can be promised there. All atoms of a slot are alike in that.
    let mut first = spot.slots.iter().filter_map(|slot| slot.first());
    let in_both = first.all(|pair| pair.before.is_some() && pair.after.is_some());
    // What is erased has a way of its own, and what must be kept forbids it.
    let allows = |side: usize| !spot.grants[side].is_empty() || spot.act == Act::Erase;
    let forbids = |side: usize| !spot.bans[side].is_empty() || spot.act == Act::Erase;
    let can = |kind: Kind| match kind {
        Kind::Widened => allows(1),
        Kind::Narrowed => allows(0),
        Kind::BasisChanged | Kind::DutyWeaker | Kind::DutyStronger => allows(0) && allows(1),
        Kind::PromiseLost => in_both && forbids(0),
        Kind::PromiseGiven => in_both && forbids(1),
        Kind::KeptLonger | Kind::KeptShorter => spot.act == Act::Store,
    };
    let kinds = KINDS.iter().map(|(kind, ..)| *kind);
    kinds.filter(|kind| can(*kind)).collect()
}
