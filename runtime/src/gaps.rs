//! What a way lacks: missing and failed (M9.5).

use std::collections::BTreeSet;

use crate::answer::{Consent, Gap};
use crate::bundle::{At, Part, Striker, Way};
use crate::facts::World;
use crate::grounds::Records;
use crate::kleene::Truth;
use crate::wire::{Act, Literal, Place};

/// What stands between a way and `allow`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gaps {
    /// Not known, and consents never given.
    pub(crate) missing: BTreeSet<Gap>,
    /// Known to fail.
    pub(crate) failed: BTreeSet<Gap>,
}

impl Gaps {
    fn add(&mut self, other: Gaps) {
        self.missing.extend(other.missing);
        self.failed.extend(other.failed);
    }

    /// Fewest failed, then fewest missing.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.failed.len(), self.missing.len())
    }
}

/// How deep a class's guard is shown: a class in a guard of a class, and no further.
const DEPTH: u32 = 3;

impl World<'_> {
    /// What a way lacks at a point: of its guard, its bases, its term, and of the bans that are not yet harmless.
    pub(crate) fn gaps(&self, way: &Way, index: u32, region: u32, strikers: &[u32], at: &At) -> Gaps {
        let mut gaps = Gaps::default();
        if let Some(grant) = way.grant.and_then(|grant| self.bundle.grant(grant)) {
            self.guard_gaps(grant.guard, true, at, &mut gaps);
            let lasting = grant.keep.as_ref().map(|keep| (keep, self.lasting(keep)));
            let ended = lasting.as_ref().is_some_and(|(_, lasting)| *lasting == Truth::False);
            if !(at.act == Act::Anonymise && ended) {
                gaps.add(self.bases_gaps(way, region, at));
            }
            match lasting {
                Some((keep, Truth::Unknown)) if at.act == Act::Store => {
                    gaps.missing.insert(Gap::Retention {
                        passed: false,
                        needs: self.unknown_times(keep),
                    });
                }
                Some((_, Truth::False)) if at.act == Act::Store => {
                    gaps.failed.insert(Gap::Retention {
                        passed: true,
                        needs: Vec::new(),
                    });
                }
                _ => {}
            }
        }
        for striker in strikers.iter().filter_map(|s| self.bundle.strikers.get(*s as usize)) {
            if self.strikes(striker, Some(index), at) == Truth::Unknown {
                self.ban_gaps(striker, index, at, &mut gaps);
            }
        }
        gaps
    }

    /// The bases of a way, for the purpose for which they lack least.
    fn bases_gaps(&self, way: &Way, region: u32, at: &At) -> Gaps {
        let mut none = Gaps::default();
        if way.bases.is_empty() {
            none.failed.insert(Gap::NoBasis);
            return none;
        }
        let sides = way.grant.and_then(|grant| self.bundle.sides(grant, region));
        if self.bases(way, sides, at) == Truth::True {
            return none;
        }
        let keeping = self.is_keep(way);
        let for_purpose = |purpose: Option<u32>| {
            let mut gaps = Gaps::default();
            for basis in &way.bases {
                let Some(declared) = self.bundle.content.bases.get(*basis as usize) else {
                    continue;
                };
                let name = declared.noun.path.clone();
                match self.records(*basis, declared, purpose, keeping) {
                    Records::Holds => {}
                    Records::Consent(state) => {
                        let gap = Gap::Consent { basis: name, state };
                        match state {
                            Consent::Unknown | Consent::NeverGiven => gaps.missing.insert(gap),
                            Consent::Withdrawn | Consent::Expired | Consent::TooOld => gaps.failed.insert(gap),
                        };
                    }
                    Records::Objected => {
                        gaps.failed.insert(Gap::Objection {
                            basis: name,
                            made: true,
                        });
                    }
                    Records::MayBeObjected => {
                        gaps.missing.insert(Gap::Objection {
                            basis: name,
                            made: false,
                        });
                    }
                }
                if let Some(guard) = declared.when {
                    self.guard_gaps(guard, true, at, &mut gaps);
                }
            }
            gaps
        };
        self.purposes(sides, at)
            .into_iter()
            .map(for_purpose)
            .min_by_key(Gaps::size)
            .unwrap_or_default()
    }

    /// The unknown literals of a ban that is neither true nor harmless, as they must be to make it harmless.
    fn ban_gaps(&self, striker: &Striker, way: u32, at: &At, gaps: &mut Gaps) {
        match striker {
            Striker::Ban { limits, except, .. } => {
                let mut found = Gaps::default();
                self.guard_gaps(limits.guard, false, at, &mut found);
                for part in except.iter().filter(|part| applies(part, Some(way), at)) {
                    self.guard_gaps(part.guard, true, at, &mut found);
                }
                gaps.missing.extend(found.missing);
            }
            Striker::Keep { grant, ways } => {
                let of_keep = self.keep_ways(*grant, ways, at);
                for (way, region) in of_keep {
                    gaps.missing.extend(self.bases_gaps(way, region, at).missing);
                }
                let Some(grant) = self.bundle.grant(*grant) else { return };
                let mut found = Gaps::default();
                self.guard_gaps(grant.guard, false, at, &mut found);
                gaps.missing.extend(found.missing);
                if let Some(keep) = &grant.keep
                    && self.lasting(keep) == Truth::Unknown
                {
                    gaps.missing.insert(Gap::Retention {
                        passed: false,
                        needs: self.unknown_times(keep),
                    });
                }
            }
        }
    }

    /// The literals of a guard that keep it from being as it must be: unknown ones missing, others failed. Nothing if it
    /// is so already.
    fn guard_gaps(&self, guard: u32, must: bool, at: &At, gaps: &mut Gaps) {
        if self.guard(guard, at).signed(must) == Truth::True {
            return;
        }
        for (literal, sign) in self
            .bundle
            .content
            .guards
            .get(guard as usize)
            .into_iter()
            .flatten()
            .flatten()
        {
            let wanted = *sign == must;
            let into = match self.literal(*literal, at).signed(wanted) {
                Truth::True => continue,
                Truth::Unknown => &mut gaps.missing,
                Truth::False => &mut gaps.failed,
            };
            into.extend(self.gap(*literal, wanted, DEPTH, at));
        }
    }

    fn gap(&self, literal: u32, must: bool, depth: u32, at: &At) -> Option<Gap> {
        let content = &self.bundle.content;
        Some(match *content.literals.get(literal as usize)? {
            Literal::Fact(fact) => Gap::Fact {
                name: content.facts.get(fact as usize)?.path.clone(),
                must,
            },
            Literal::Class(class) => Gap::Class {
                name: content.subjects.get(class as usize)?.noun.path.clone(),
                must,
                needs: self.needs(class, self.literal(literal, at), must, depth, at),
            },
            Literal::Age(is, years) => Gap::Age { is, years, must },
            Literal::Date(is, day) => Gap::Date { is, day, must },
            Literal::Place(place) => Gap::Place {
                place: match place {
                    Place::Abroad => "abroad".to_owned(),
                    Place::In(country) => content.countries.get(country as usize)?.path.clone(),
                },
                must,
            },
        })
    }

    /// For a class with a guard: the literals of it that have the class's value.
    fn needs(&self, class: u32, value: Truth, must: bool, depth: u32, at: &At) -> Vec<Gap> {
        let content = &self.bundle.content;
        let guard = content.subjects.get(class as usize).and_then(|subject| subject.when);
        let Some(guard) = guard.filter(|_| depth > 0) else {
            return Vec::new();
        };
        let literals = content.guards.get(guard as usize).into_iter().flatten().flatten();
        let found: BTreeSet<Gap> = literals
            .filter(|(literal, sign)| {
                let wanted = *sign == must;
                self.literal(*literal, at).signed(wanted) == value.signed(must)
            })
            .filter_map(|(literal, sign)| self.gap(*literal, *sign == must, depth - 1, at))
            .collect();
        found.into_iter().collect()
    }
}

/// Whether a part of a ban speaks about a point and way; without a way, only a part that names no bases does.
pub(crate) fn applies(part: &Part, way: Option<u32>, at: &At) -> bool {
    part.sides.has(at)
        && match (&part.ways, way) {
            (None, _) => true,
            (Some(ways), Some(way)) => ways.has(way),
            (Some(_), None) => false,
        }
}
