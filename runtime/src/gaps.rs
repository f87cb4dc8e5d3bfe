//! What a way lacks: missing and failed (M9.5).

use std::collections::BTreeSet;

use crate::answer::{Consent, Gap};
use crate::bundle::{At, Basis, Striker, Way};
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
/// Among how many literals a choice is made; of more, all are told.
const CHOOSABLE: usize = 12;

impl World<'_> {
    /// What a way lacks at a point: of its guard, its bases, its term, and of the bans that are not yet harmless.
    pub(crate) fn gaps(&self, way: &Way<'_>, index: u32, region: u32, strikers: &[u32], at: &At) -> Gaps {
        let mut gaps = Gaps::default();
        if let Some(grant) = way.grant.and_then(|grant| self.bundle.grant(grant)) {
            self.guard_gaps(grant.guard, at, &mut gaps);
            let lasting = grant
                .keep
                .and_then(|keep| self.bundle.keep(keep))
                .map(|keep| (keep, self.lasting(&keep)));
            let ended = lasting.as_ref().is_some_and(|(_, lasting)| *lasting == Truth::False);
            if !(at.act == Act::Anonymise && ended) {
                gaps.add(self.bases_gaps(way, region, at));
            }
            match lasting {
                Some((keep, Truth::Unknown)) if at.act == Act::Store => {
                    gaps.missing.insert(Gap::Retention {
                        passed: false,
                        needs: self.unknown_times(&keep),
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
        self.term_gaps(at, &mut gaps);
        for striker in strikers.iter().filter_map(|s| self.bundle.striker(*s)) {
            if self.strikes(&striker, Some(index), at) == Truth::Unknown {
                self.ban_gaps(&striker, index, at, &mut gaps);
            }
        }
        gaps
    }

    /// The bases of a way, for the purpose for which they lack least.
    pub(crate) fn bases_gaps(&self, way: &Way<'_>, region: u32, at: &At) -> Gaps {
        let mut none = Gaps::default();
        if way.bases.is_empty() {
            none.failed.insert(Gap::NoBasis);
            return none;
        }
        let sides = self.bundle.sides(region).filter(|_| way.grant.is_some());
        if self.bases(way, sides, at) == Truth::True {
            return none;
        }
        let for_purpose = |purpose: Option<u32>| {
            let mut gaps = Gaps::default();
            for basis in way.bases {
                let Some(declared) = self.bundle.basis(*basis) else {
                    continue;
                };
                self.record_gaps(*basis, &declared, purpose, way, at, &mut gaps);
                if let Some(guard) = declared.when {
                    self.guard_gaps(guard, at, &mut gaps);
                }
            }
            gaps
        };
        self.purposes(sides, at)
            .map(for_purpose)
            .min_by_key(Gaps::size)
            .unwrap_or_default()
    }

    /// What the records lack about a basis.
    fn record_gaps(&self, basis: u32, declared: &Basis, purpose: Option<u32>, way: &Way<'_>, at: &At, gaps: &mut Gaps) {
        let said = self.records(basis, declared, purpose, way, at);
        let basis = || self.bundle.path(self.bundle.t.bases, basis).to_owned();
        let (into, gap) = match said {
            Records::Holds => return,
            Records::Consent(state @ (Consent::Unknown | Consent::NeverGiven)) => {
                (&mut gaps.missing, Gap::Consent { basis: basis(), state })
            }
            Records::Consent(state) => (&mut gaps.failed, Gap::Consent { basis: basis(), state }),
            Records::Objected => (
                &mut gaps.failed,
                Gap::Objection {
                    basis: basis(),
                    made: true,
                },
            ),
            Records::MayBeObjected => (
                &mut gaps.missing,
                Gap::Objection {
                    basis: basis(),
                    made: false,
                },
            ),
        };
        into.insert(gap);
    }

    /// The least choice of unknown literals that would make harmless a ban that is neither true nor harmless.
    fn ban_gaps(&self, striker: &Striker<'_>, way: u32, at: &At, gaps: &mut Gaps) {
        let mut choices: Vec<BTreeSet<Gap>> = Vec::new();
        match striker {
            Striker::Ban { ban, .. } => {
                let Some(ban) = self.bundle.ban(*ban) else { return };
                let limits = self.bundle.part(ban.limits);
                choices.extend(limits.and_then(|limits| self.falsifying(limits.guard, at)));
                for part in self
                    .bundle
                    .excepted(&ban)
                    .filter(|part| self.bundle.applies(part, Some(way), at))
                {
                    let least = self.least_of(part.guard, at);
                    choices.extend(least.filter(|gaps| gaps.failed.is_empty()).map(|gaps| gaps.missing));
                }
            }
            Striker::Keep { grant, ways } => {
                let Some(declared) = self.bundle.grant(*grant) else {
                    return;
                };
                choices.extend(self.falsifying(declared.guard, at));
                if let Some(keep) = declared.keep.and_then(|keep| self.bundle.keep(keep))
                    && self.lasting(&keep) == Truth::Unknown
                {
                    let needs = self.unknown_times(&keep);
                    choices.push(BTreeSet::from([Gap::Retention { passed: false, needs }]));
                }
                if choices.is_empty() {
                    choices.push(self.duty_gaps(*grant, ways, at));
                }
            }
        }
        let least = choices.into_iter().min_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        gaps.missing.extend(least.into_iter().flatten());
    }

    /// What the legal duty of a keep hangs on, where only its bases are not known.
    fn duty_gaps(&self, grant: u32, ways: &[u32], at: &At) -> BTreeSet<Gap> {
        let mut gaps = BTreeSet::new();
        for (way, region) in self.keep_ways(grant, ways, at) {
            let sides = self.bundle.sides(region);
            if self.bases(&way, sides, at) != Truth::Unknown {
                continue;
            }
            for purpose in self.purposes(sides, at) {
                let mut found = Gaps::default();
                for basis in way.bases {
                    let Some(declared) = self.bundle.basis(*basis) else {
                        continue;
                    };
                    self.record_gaps(*basis, &declared, purpose, &way, at, &mut found);
                    gaps.extend(
                        declared
                            .when
                            .and_then(|guard| self.falsifying(guard, at))
                            .into_iter()
                            .flatten(),
                    );
                }
                gaps.extend(found.missing);
            }
        }
        gaps
    }

    /// What a guard lacks to be true: that of its conjunction that lacks least. Nothing if it is true.
    pub(crate) fn guard_gaps(&self, guard: u32, at: &At, gaps: &mut Gaps) {
        if self.guard(guard, at) != Truth::True {
            gaps.add(self.least_of(guard, at).unwrap_or_default());
        }
    }

    /// What the conjunction of a guard lacks that lacks least: fewest failed, fewest missing, then in order.
    fn least_of(&self, guard: u32, at: &At) -> Option<Gaps> {
        let lacking = self.bundle.conjunctions(guard).map(|all| {
            let mut gaps = Gaps::default();
            for signed in all {
                let into = match self.signed(*signed, at) {
                    Truth::True => continue,
                    Truth::Unknown => &mut gaps.missing,
                    Truth::False => &mut gaps.failed,
                };
                into.extend(self.gap(signed >> 1, signed & 1 == 1, DEPTH, at));
            }
            gaps
        });
        lacking.min_by(|a, b| (a.size(), &a.failed, &a.missing).cmp(&(b.size(), &b.failed, &b.missing)))
    }

    /// The least choice of unknown literals that makes a guard false; `None` unless the guard is unknown. All of them
    /// where there are more than [`CHOOSABLE`], or where no choice will do.
    fn falsifying(&self, guard: u32, at: &At) -> Option<BTreeSet<Gap>> {
        if self.guard(guard, at) != Truth::Unknown {
            return None;
        }
        let open = |all: &&[u32]| all.iter().all(|signed| self.signed(*signed, at) != Truth::False);
        let conjunctions: Vec<&[u32]> = self.bundle.conjunctions(guard).filter(open).collect();
        let literals = conjunctions.iter().flat_map(|all| all.iter().copied());
        let unknown: BTreeSet<u32> = literals
            .filter(|signed| self.signed(*signed, at) == Truth::Unknown)
            .collect();
        let told = |chosen: &[u32]| -> BTreeSet<Gap> {
            let gaps = chosen
                .iter()
                .filter_map(|signed| self.gap(signed >> 1, signed & 1 == 0, DEPTH, at));
            gaps.collect()
        };
        let unknown: Vec<u32> = unknown.into_iter().collect();
        let choices = if unknown.len() <= CHOOSABLE {
            0..1_u32 << unknown.len()
        } else {
            0..0
        };
        let choices = choices.map(|choice| -> Vec<u32> {
            let numbered = (0..).zip(&unknown);
            let taken = numbered.filter(|(number, _)| choice >> number & 1 == 1);
            taken.map(|(_, signed)| *signed).collect()
        });
        let least = choices
            .filter(|chosen| !chosen.iter().any(|signed| chosen.contains(&(signed ^ 1))))
            .filter(|chosen| {
                conjunctions
                    .iter()
                    .all(|all| all.iter().any(|signed| chosen.contains(signed)))
            })
            .map(|chosen| told(&chosen))
            .min_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        Some(least.unwrap_or_else(|| told(&unknown)))
    }

    fn gap(&self, literal: u32, must: bool, depth: u32, at: &At) -> Option<Gap> {
        let (bundle, t) = (self.bundle, &self.bundle.t);
        Some(match bundle.literal(literal)? {
            Literal::Fact(fact) => Gap::Fact {
                name: bundle.path(t.facts, fact).to_owned(),
                must,
            },
            Literal::Class(class) => Gap::Class {
                name: bundle.path(t.subjects, class).to_owned(),
                must,
                needs: self.needs(class, self.literal(literal, at), must, depth, at),
            },
            Literal::Age(is, years) => Gap::Age { is, years, must },
            Literal::Date(is, day) => Gap::Date { is, day, must },
            Literal::Place(place) => Gap::Place {
                place: match place {
                    Place::Abroad => "abroad".to_owned(),
                    Place::In(country) => bundle.path(t.countries, country).to_owned(),
                },
                must,
            },
        })
    }

    /// For a class with a guard: the literals of it that have the class's value.
    fn needs(&self, class: u32, value: Truth, must: bool, depth: u32, at: &At) -> Vec<Gap> {
        let Some(guard) = self.bundle.class_guard(class).filter(|_| depth > 0) else {
            return Vec::new();
        };
        let literals = self.bundle.conjunctions(guard).flatten();
        let found: BTreeSet<Gap> = literals
            .map(|signed| (signed >> 1, signed & 1 == 1))
            .filter(|(literal, sign)| {
                let wanted = *sign == must;
                self.literal(*literal, at).signed(wanted) == value.signed(must)
            })
            .filter_map(|(literal, sign)| self.gap(literal, sign == must, depth - 1, at))
            .collect();
        found.into_iter().collect()
    }
}
