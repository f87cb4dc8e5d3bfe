//! M9.5: what a way lacks.

use std::collections::BTreeSet;

use kupuya::meaning::SentenceRef;
use kupuya::model::noun::{Basis, Id, Location, Purpose};
use kupuya::model::sentence::{Act, End, Guard, Keep, Literal};
use kupuya::syntax::ast::Comparison;
use kupuya_runtime::{Consent, Gap, wire};

use super::basis::Said;
use super::point::Point;
use super::world::V::{self, F, T, U};
use super::world::{World, not};
use super::{Reference, Way};

pub type Gaps = (BTreeSet<Gap>, BTreeSet<Gap>);

impl Reference<'_> {
    /// (missing, failed): the way's own literals and consents, and the unknown literals of its bans.
    pub fn gaps(&self, world: &World<'_>, way: &Way, bans: &[SentenceRef], x: &Point) -> Gaps {
        let mut missing = BTreeSet::new();
        let mut failed = BTreeSet::new();
        let mut both = |(more_missing, more_failed): Gaps| {
            missing.extend(more_missing);
            failed.extend(more_failed);
        };
        match way.sentence {
            Some(SentenceRef::Permission(index)) => {
                both(self.of_guard(world, &self.model.permissions[index].guard, x));
                both(self.of_bases(world, way, x));
            }
            Some(SentenceRef::Keep(index)) => {
                let keep = &self.model.keeps[index];
                both(self.of_guard(world, &keep.guard, x));
                if x.act == Act::Store || world.lasting(keep) != F {
                    both(self.of_bases(world, way, x));
                }
                if x.act == Act::Store {
                    both(self.of_term(world, keep));
                }
            }
            _ => {}
        }
        both(self.of_deadline(world, x));
        for ban in bans.iter().filter(|ban| self.ban(world, **ban, x, Some(way)) == U) {
            missing.extend(self.of_ban(world, *ban, way, x));
        }
        (missing, failed)
    }

    fn of_term(&self, world: &World<'_>, keep: &Keep) -> Gaps {
        let gap = |passed| Gap::Retention {
            passed,
            needs: if passed { Vec::new() } else { self.times(world, keep) },
        };
        match world.lasting(keep) {
            T => Gaps::default(),
            U => (BTreeSet::from([gap(false)]), BTreeSet::new()),
            F => (BTreeSet::new(), BTreeSet::from([gap(true)])),
        }
    }

    /// The times that the end of a keep depends on and that are not known.
    pub fn times(&self, world: &World<'_>, keep: &Keep) -> Vec<String> {
        fn walk(reference: &Reference<'_>, world: &World<'_>, end: &End, found: &mut BTreeSet<String>) {
            match end {
                End::Event(event) => {
                    let (low, high) = world.end(end);
                    if low != high {
                        found.insert(reference.model.facts[*event].path.clone());
                    }
                }
                End::Date(_) => {}
                End::After(_, None) => {
                    if world.ask.collected.is_none() {
                        found.insert("collected".to_owned());
                    }
                }
                End::After(_, Some(end)) => walk(reference, world, end, found),
                End::Or(ends) | End::And(ends) => ends.iter().for_each(|end| walk(reference, world, end, found)),
            }
        }
        let mut found = BTreeSet::new();
        if let Some(end) = &keep.end {
            walk(self, world, end, &mut found);
        }
        if (keep.at_least.is_some() || keep.at_most.is_some()) && world.ask.collected.is_none() {
            found.insert("collected".to_owned());
        }
        found.into_iter().collect()
    }

    /// The bases, for the purpose for which they lack least.
    pub fn of_bases(&self, world: &World<'_>, way: &Way, x: &Point) -> Gaps {
        if way.bases.is_empty() {
            return (BTreeSet::new(), BTreeSet::from([Gap::NoBasis]));
        }
        if self.bases(world, way, x) == T {
            return Gaps::default();
        }
        let for_purpose = |purpose: Option<Id<Purpose>>| {
            let mut missing = BTreeSet::new();
            let mut failed = BTreeSet::new();
            for id in &way.bases {
                let keep = matches!(way.sentence, Some(SentenceRef::Keep(_)));
                let (more_missing, more_failed) = self.of_records(world, *id, purpose, keep);
                missing.extend(more_missing);
                failed.extend(more_failed);
                if let Some(when) = &self.model.bases[*id].detail.when {
                    let (more_missing, more_failed) = self.of_guard(world, when, x);
                    missing.extend(more_missing);
                    failed.extend(more_failed);
                }
            }
            (missing, failed)
        };
        let mut all: Vec<Gaps> = self.purposes(way, x).into_iter().map(for_purpose).collect();
        all.sort_by_key(|(missing, failed)| (failed.len(), missing.len()));
        all.swap_remove(0)
    }

    fn of_records(&self, world: &World<'_>, id: Id<Basis>, purpose: Option<Id<Purpose>>, keep: bool) -> Gaps {
        let basis = self.model.bases[id].path.clone();
        let (missing, failed) = match world.said(id, purpose, keep) {
            Said::Nothing => (None, None),
            Said::Consent(state @ (Consent::Unknown | Consent::NeverGiven)) => {
                (Some(Gap::Consent { basis, state }), None)
            }
            Said::Consent(state) => (None, Some(Gap::Consent { basis, state })),
            Said::Objected => (None, Some(Gap::Objection { basis, made: true })),
            Said::PerhapsObjected => (Some(Gap::Objection { basis, made: false }), None),
        };
        (missing.into_iter().collect(), failed.into_iter().collect())
    }

    /// The least of the choices that make a ban harmless.
    fn of_ban(&self, world: &World<'_>, ban: SentenceRef, way: &Way, x: &Point) -> BTreeSet<Gap> {
        let mut choices: Vec<BTreeSet<Gap>> = Vec::new();
        match ban {
            SentenceRef::Ban(index) => {
                let ban = &self.model.bans[index];
                if let Some(guard) = &ban.scope.guard {
                    choices.extend(self.falsifying(world, guard, x));
                }
                for scope in ban.only.iter().filter(|scope| self.applies(ban, scope, x, Some(way))) {
                    if let Some(guard) = &scope.guard {
                        // A conjunction with a failed literal is no choice: the literal is known.
                        let lacking = guard.any.iter().map(|all| self.of_conjunction(world, all, x));
                        choices.extend(
                            lacking
                                .filter(|(_, failed)| failed.is_empty())
                                .map(|(missing, _)| missing),
                        );
                    }
                }
            }
            SentenceRef::Keep(index) => {
                let keep = &self.model.keeps[index];
                choices.extend(self.falsifying(world, &keep.guard, x));
                if world.lasting(keep) == U {
                    choices.push(self.of_term(world, keep).0);
                }
                if choices.is_empty() {
                    choices.push(self.of_duties(world, index, x));
                }
            }
            SentenceRef::Permission(_) => {}
        }
        choices.sort_by_key(|choice| (choice.len(), choice.clone()));
        choices.into_iter().next().unwrap_or_default()
    }

    /// What a legal duty hangs on, where only its bases are not known.
    fn of_duties(&self, world: &World<'_>, keep: usize, x: &Point) -> BTreeSet<Gap> {
        let mut gaps = BTreeSet::new();
        for way in self.duties(world, keep) {
            if self.bases(world, &way, x) != U {
                continue;
            }
            for basis in &way.bases {
                for purpose in self.purposes(&way, x) {
                    gaps.extend(self.of_records(world, *basis, purpose, true).0);
                }
                if let Some(when) = &self.model.bases[*basis].detail.when {
                    gaps.extend(self.falsifying(world, when, x).into_iter().flatten());
                }
            }
        }
        gaps
    }

    /// What a guard lacks to be true: its conjunction that lacks least.
    pub fn of_guard(&self, world: &World<'_>, guard: &Guard, x: &Point) -> Gaps {
        if world.guard(guard, Some(x)) == T {
            return Gaps::default();
        }
        let mut lacking: Vec<Gaps> = guard.any.iter().map(|all| self.of_conjunction(world, all, x)).collect();
        lacking.sort_by_key(|(missing, failed)| (failed.len(), missing.len(), failed.clone(), missing.clone()));
        lacking.into_iter().next().unwrap_or_default()
    }

    fn of_conjunction(&self, world: &World<'_>, all: &[(Literal, bool)], x: &Point) -> Gaps {
        let mut gaps = Gaps::default();
        for (literal, sign) in all {
            match signed(world.literal(*literal, Some(x)), *sign) {
                T => {}
                U => {
                    gaps.0.insert(self.gap(world, *literal, *sign, 3, x));
                }
                F => {
                    gaps.1.insert(self.gap(world, *literal, *sign, 3, x));
                }
            }
        }
        gaps
    }

    /// The least of all sets of unknown literals that make a guard false that is unknown: whatever else holds, no
    /// conjunction of it can be true. If there is none, or more than twelve literals: all.
    fn falsifying(&self, world: &World<'_>, guard: &Guard, x: &Point) -> Option<BTreeSet<Gap>> {
        if world.guard(guard, Some(x)) != U {
            return None;
        }
        let value = |(literal, sign): &(Literal, bool)| signed(world.literal(*literal, Some(x)), *sign);
        let open: Vec<_> = guard
            .any
            .iter()
            .filter(|all| !all.iter().any(|one| value(one) == F))
            .collect();
        let mut unknown: Vec<(Literal, bool)> = Vec::new();
        for one in open.iter().flat_map(|all| all.iter()).filter(|one| value(one) == U) {
            if !unknown.contains(one) {
                unknown.push(*one);
            }
        }
        let told = |chosen: &[(Literal, bool)]| -> BTreeSet<Gap> {
            chosen
                .iter()
                .map(|(literal, sign)| self.gap(world, *literal, !sign, 3, x))
                .collect()
        };
        let mut choices: Vec<Vec<(Literal, bool)>> = vec![Vec::new()];
        for one in unknown.iter().take(if unknown.len() > 12 { 0 } else { 12 }) {
            let opposite = (one.0, !one.1);
            let with: Vec<_> = choices
                .iter()
                .filter(|choice| !choice.contains(&opposite))
                .cloned()
                .collect();
            choices.extend(with.into_iter().map(|mut choice| {
                choice.push(*one);
                choice
            }));
        }
        choices.retain(|choice| open.iter().all(|all| all.iter().any(|one| choice.contains(one))));
        let mut sets: Vec<BTreeSet<Gap>> = choices.iter().map(|choice| told(choice)).collect();
        sets.sort_by_key(|set| (set.len(), set.clone()));
        Some(sets.into_iter().next().unwrap_or_else(|| told(&unknown)))
    }

    fn gap(&self, world: &World<'_>, literal: Literal, must: bool, depth: u32, x: &Point) -> Gap {
        match literal {
            Literal::Fact(fact) => Gap::Fact {
                name: self.model.facts[fact].path.clone(),
                must,
            },
            Literal::Class(class) => {
                let noun = &self.model.subjects[class];
                let value = signed(world.literal(literal, Some(x)), must);
                let mut needs = BTreeSet::new();
                for (inner, sign) in noun
                    .detail
                    .when
                    .iter()
                    .filter(|_| depth > 0)
                    .flat_map(|g| g.any.iter().flatten())
                {
                    let wanted = *sign == must;
                    if signed(world.literal(*inner, Some(x)), wanted) == value {
                        needs.insert(self.gap(world, *inner, wanted, depth - 1, x));
                    }
                }
                Gap::Class {
                    name: noun.path.clone(),
                    must,
                    needs: needs.into_iter().collect(),
                }
            }
            Literal::Age(is, years) => Gap::Age {
                is: comparison(is),
                years,
                must,
            },
            Literal::Date(is, date) => Gap::Date {
                is: comparison(is),
                day: kupuya_runtime::Day::new(date.year, date.month, date.day).unwrap(),
                must,
            },
            Literal::Place(place) => Gap::Place {
                place: match place {
                    Location::Abroad => "abroad".to_owned(),
                    Location::In(country) => self.model.countries[country].path.clone(),
                },
                must,
            },
        }
    }
}

fn signed(value: V, sign: bool) -> V {
    if sign { value } else { not(value) }
}

fn comparison(is: Comparison) -> wire::Comparison {
    match is {
        Comparison::Less => wire::Comparison::Less,
        Comparison::AtMost => wire::Comparison::AtMost,
        Comparison::Equal => wire::Comparison::Equal,
        Comparison::AtLeast => wire::Comparison::AtLeast,
        Comparison::Greater => wire::Comparison::Greater,
        Comparison::In => unreachable!(),
    }
}
