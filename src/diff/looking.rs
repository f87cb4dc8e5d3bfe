//! The search at places that no rule tells apart.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::Act;

use super::asking::{self, Asking, Point};
use super::kinds::{KINDS, Kind};
use super::merge::{Kept, Seen};
use super::names::Naming;
use super::points::Spot;
use super::reading::{Pair, Sort};

/// Where the rules say the same and what is around is the same, so are the differences: by verb, rules, what is around, whether
/// what is stored is used, which atoms either version knows, class, and whether other classes were tried too. Where a request asks about
/// more than one point, by the nouns that it names.
pub type Known = BTreeMap<
    (
        &'static str,
        [BTreeSet<u32>; 2],
        Vec<u32>,
        [bool; 2],
        Vec<[bool; 2]>,
        Option<Pair>,
        bool,
        Option<Point>,
    ),
    asking::Found,
>;

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
    /// The differences.
    pub seen: Vec<Seen<'s>>,
    /// Where not all was tried: the place, for whom, for what kind of difference.
    pub cut: Vec<(&'s Spot, Option<Pair>, Kind)>,
}

impl<'s> Looking<'_, '_, 's> {
    /// Looks at one place for people of each class, and then, for the kinds of differences that do not show for them, for people who
    /// are of other classes too; but not of one for which that kind shows anyway.
    pub fn look(&mut self, spot: &'s Spot, classes: &[Option<Pair>]) {
        let mut alone: BTreeMap<Option<Pair>, BTreeSet<Kind>> = BTreeMap::new();
        for class in classes {
            let wanted = self.wanted(spot, |_| Some(Vec::new()));
            let kinds = self.naming.points(spot).into_iter();
            let kinds = kinds
                .flat_map(|point| self.at(spot, point, *class, &wanted, false))
                .collect();
            alone.insert(*class, kinds);
        }
        for class in classes {
            let shows = |kind: Kind, class: &Option<Pair>| alone.get(class).is_some_and(|kinds| kinds.contains(&kind));
            let wanted = self.wanted(spot, |kind| {
                let others = self.classes.iter().filter(|other| Some(**other) != *class);
                let others: Vec<Pair> = others.filter(|other| !shows(kind, &Some(**other))).copied().collect();
                Some(others).filter(|others| !others.is_empty() && !shows(kind, class))
            });
            for point in self.naming.points(spot) {
                self.at(spot, point, *class, &wanted, true);
            }
        }
    }

    /// The kinds that can show at a place, with what is told of each.
    fn wanted(&self, spot: &Spot, others: impl Fn(Kind) -> Option<Vec<Pair>>) -> BTreeMap<Kind, Vec<Pair>> {
        // Of a noun that one version has not, nothing can be promised there. All atoms of a slot are alike in that.
        let mut first = spot.slots.iter().filter_map(|slot| slot.first());
        let in_both = first.all(|pair| pair.before.is_some() && pair.after.is_some());
        let can = |kind: Kind| match kind {
            Kind::PromiseLost | Kind::PromiseGiven => in_both,
            Kind::KeptLonger | Kind::KeptShorter => spot.act == Act::Store,
            _ => true,
        };
        let kinds = KINDS.iter().map(|(kind, ..)| *kind).filter(|kind| can(*kind));
        kinds.filter_map(|kind| Some((kind, others(kind)?))).collect()
    }

    fn at(
        &mut self,
        spot: &'s Spot,
        point: Point,
        class: Option<Pair>,
        wanted: &BTreeMap<Kind, Vec<Pair>>,
        others: bool,
    ) -> BTreeSet<Kind> {
        let (asking, naming) = (self.asking, self.naming);
        let there = point
            .iter()
            .flatten()
            .map(|pair| [pair.before.is_some(), pair.after.is_some()]);
        let key = (
            spot.act.word(),
            spot.terms.clone(),
            spot.around.clone(),
            spot.used,
            there.collect(),
            class,
            others,
            asking.is_wide(spot, point).then_some(point),
        );
        let found = self
            .known
            .entry(key)
            .or_insert_with(|| asking.differences(spot, point, class, wanted));
        self.cut.extend(found.cut.iter().map(|kind| (spot, class, *kind)));
        let mut kinds = BTreeSet::new();
        for (kind, world) in &found.worlds {
            if !asking.shows(*kind, spot, point, world) {
                continue;
            }
            kinds.insert(*kind);
            let [before, after] = [0, 1].map(|side| asking.told(side, spot, point, world));
            let kept = asking.kept(*kind, spot, point, world);
            let kept = kept.filter(|_| matches!(kind, Kind::KeptLonger | Kind::KeptShorter));
            let (rules, bases) = match &kept {
                None => (
                    [before.rule, after.rule].map(|rule| rule.into_iter().collect()),
                    [before.bases, after.bases],
                ),
                Some(kept) => {
                    let rules = [0, 1].map(|side| kept[side].rules.clone());
                    let shared = |side: usize| move |path: &str| asking.shared(Sort::Basis, side, path);
                    let bases = [0, 1].map(|side| naming.bases_of(side, &rules[side], shared(side)));
                    (rules, bases)
                }
            };
            self.seen.push(Seen {
                kind: *kind,
                spot,
                point,
                class,
                rules,
                bases,
                world: world.clone(),
                kept: kept.map(|kept| Kept {
                    deadlines: kept.map(|one| one.at),
                }),
            });
        }
        kinds
    }
}
