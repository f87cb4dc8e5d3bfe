//! M9.5: what a way lacks.

use std::collections::BTreeSet;

use kupuya::meaning::SentenceRef;
use kupuya::model::noun::{Id, Location, Purpose};
use kupuya::model::sentence::{Act, End, Guard, Keep, Literal};
use kupuya::syntax::ast::Comparison;
use kupuya_runtime::{Consent, Gap, wire};

use super::basis::Said;
use super::point::Point;
use super::world::V::{self, F, T, U};
use super::world::{World, not};
use super::{Reference, Way};

type Gaps = (BTreeSet<Gap>, BTreeSet<Gap>);

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
                both(self.of_guard(world, &self.model.permissions[index].guard, true, x));
                both(self.of_bases(world, way, x));
            }
            Some(SentenceRef::Keep(index)) => {
                let keep = &self.model.keeps[index];
                both(self.of_guard(world, &keep.guard, true, x));
                if x.act == Act::Store || world.lasting(keep) != F {
                    both(self.of_bases(world, way, x));
                }
                if x.act == Act::Store {
                    both(self.of_term(world, keep));
                }
            }
            _ => {}
        }
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
    fn times(&self, world: &World<'_>, keep: &Keep) -> Vec<String> {
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
    fn of_bases(&self, world: &World<'_>, way: &Way, x: &Point) -> Gaps {
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
                let basis = self.model.bases[*id].path.clone();
                let keep = matches!(way.sentence, Some(SentenceRef::Keep(_)));
                match world.said(*id, purpose, keep) {
                    Said::Nothing => {}
                    Said::Consent(state @ (Consent::Unknown | Consent::NeverGiven)) => {
                        missing.insert(Gap::Consent { basis, state });
                    }
                    Said::Consent(state) => {
                        failed.insert(Gap::Consent { basis, state });
                    }
                    Said::Objected => {
                        failed.insert(Gap::Objection { basis, made: true });
                    }
                    Said::PerhapsObjected => {
                        missing.insert(Gap::Objection { basis, made: false });
                    }
                }
                if let Some(when) = &self.model.bases[*id].detail.when {
                    let (more_missing, more_failed) = self.of_guard(world, when, true, x);
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

    fn of_ban(&self, world: &World<'_>, ban: SentenceRef, way: &Way, x: &Point) -> BTreeSet<Gap> {
        let mut missing = BTreeSet::new();
        match ban {
            SentenceRef::Ban(index) => {
                let ban = &self.model.bans[index];
                if let Some(guard) = &ban.scope.guard {
                    missing.extend(self.of_guard(world, guard, false, x).0);
                }
                for scope in ban.only.iter().filter(|scope| self.applies(ban, scope, x, Some(way))) {
                    if let Some(guard) = &scope.guard {
                        missing.extend(self.of_guard(world, guard, true, x).0);
                    }
                }
            }
            SentenceRef::Keep(index) => {
                let keep = &self.model.keeps[index];
                missing.extend(self.of_guard(world, &keep.guard, false, x).0);
                for way in self.duties(world, index) {
                    missing.extend(self.of_bases(world, &way, x).0);
                }
                missing.extend(self.of_term(world, keep).0);
            }
            SentenceRef::Permission(_) => {}
        }
        missing
    }

    /// The literals that keep a guard from being as it must.
    fn of_guard(&self, world: &World<'_>, guard: &Guard, must: bool, x: &Point) -> Gaps {
        let mut missing = BTreeSet::new();
        let mut failed = BTreeSet::new();
        let wanted = if must { T } else { F };
        if world.guard(guard, Some(x)) == wanted {
            return (missing, failed);
        }
        for (literal, sign) in guard.any.iter().flatten() {
            let wanted = *sign == must;
            match signed(world.literal(*literal, Some(x)), wanted) {
                T => {}
                U => {
                    missing.insert(self.gap(world, *literal, wanted, 3, x));
                }
                F => {
                    failed.insert(self.gap(world, *literal, wanted, 3, x));
                }
            }
        }
        (missing, failed)
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
