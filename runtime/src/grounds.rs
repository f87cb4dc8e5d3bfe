//! Whether bases hold (M6), and ways with them (M7).

use crate::answer::Consent;
use crate::bundle::{At, Basis, Sides, Way};
use crate::calendar::{Day, Instant};
use crate::facts::{Record, World};
use crate::kleene::Truth;
use crate::request::{RecordBy, RecordKind};
use crate::retention::{NEVER, Span};
use crate::wire::{Act, Giver};

/// What the records say about a basis for a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Records {
    /// Nothing stands in the way.
    Holds,
    /// A consent does not hold, or is not known to.
    Consent(Consent),
    /// An objection has been made.
    Objected,
    /// It is not known whether there is an objection.
    MayBeObjected,
}

impl Records {
    pub(crate) fn truth(self) -> Truth {
        match self {
            Records::Holds => Truth::True,
            Records::Consent(Consent::Unknown) | Records::MayBeObjected => Truth::Unknown,
            Records::Consent(_) | Records::Objected => Truth::False,
        }
    }
}

impl<'a> World<'a> {
    /// holds(b, p): the records and the basis's own guard. For a keep a basis may outlive a withdrawal.
    #[inline]
    fn holds(&self, basis: u32, purpose: Option<u32>, way: &Way<'_>, at: &At) -> Truth {
        let Some(declared) = self.bundle.basis(basis) else {
            return Truth::False;
        };
        let when = declared.when.map_or(Truth::True, |guard| self.guard(guard, at));
        self.records(basis, &declared, purpose, way, at).truth().and(when)
    }

    /// What the records say about a basis. `purpose` is `None` for a verb without purpose in a block without any: then
    /// only consents for all purposes count, and every end.
    #[inline]
    pub(crate) fn records(
        &self,
        basis: u32,
        declared: &Basis,
        purpose: Option<u32>,
        way: &Way<'_>,
        at: &At,
    ) -> Records {
        if !declared.consent && !declared.objectable {
            return Records::Holds;
        }
        let Some(records) = &self.facts.records else {
            return if declared.consent {
                Records::Consent(Consent::Unknown)
            } else {
                Records::MayBeObjected
            };
        };
        let known = records.iter().filter(|record| self.tells(record, basis, purpose));
        if !declared.consent {
            let objected = known.clone().any(|record| record.kind == RecordKind::Object);
            return if objected { Records::Objected } else { Records::Holds };
        }
        let offset = self.bundle.policy.offset;
        let admitted = known.filter(|record| is_end(record) || admits(declared.giver, record));
        let since = if way.later {
            declared.since.max(self.added(basis, purpose, way, at))
        } else {
            declared.since
        };
        let counts = |record: &&Record<'_>| is_end(record) || since.is_none_or(|since| record.at.day(offset) >= since);
        // The latest decides; an end beats a consent of the same instant.
        match admitted
            .clone()
            .filter(counts)
            .max_by_key(|record| (record.at, is_end(record)))
        {
            Some(end) if is_end(end) => {
                // What was withdrawn must have been given for a keep to outlive it.
                let given = admitted.filter(counts).any(|record| !is_end(record));
                if way.keeps && declared.survives_keep && given {
                    Records::Holds
                } else {
                    Records::Consent(Consent::Withdrawn)
                }
            }
            Some(give) if self.lasts(give.at, declared) => Records::Holds,
            Some(_) => Records::Consent(Consent::Expired),
            None if admitted.count() > 0 => Records::Consent(Consent::TooOld),
            None => Records::Consent(Consent::NeverGiven),
        }
    }

    /// From when on a basis does not hold for a purpose, as far as records tell: an interval (M12). `ended`: when what was never
    /// given ended.
    pub(crate) fn held_until(&self, basis: u32, purpose: Option<u32>, way: &Way<'_>, at: &At, ended: Instant) -> Span {
        let Some(declared) = self.bundle.basis(basis) else {
            return (ended, ended);
        };
        let offset = self.bundle.policy.offset;
        let records = self.facts.records.iter().flatten();
        let known = records.filter(|record| self.tells(record, basis, purpose));
        let objected = known.clone().filter(|record| record.kind == RecordKind::Object);
        let since = declared.since.max(self.added(basis, purpose, way, at));
        let counts = |record: &&Record<'_>| {
            admits(declared.giver, record) && since.is_none_or(|since| record.at.day(offset) >= since)
        };
        let given = known.clone().filter(|record| !is_end(record)).filter(counts);
        let given = given.map(|record| record.at).max();
        // Of several ends the first behind the last consent.
        let withdrawn = known.filter(|record| is_end(record) && given.is_some_and(|given| record.at >= given));
        let withdrawn = withdrawn.map(|record| record.at).min();
        let expires = given.map(|given| declared.term.map_or(NEVER, |term| given.plus(term, offset)));
        let by_records = match self.records(basis, &declared, purpose, way, at) {
            Records::Consent(Consent::Unknown) | Records::MayBeObjected => (ended, NEVER),
            Records::Consent(Consent::Withdrawn) => {
                let first = withdrawn.into_iter().chain(expires).min();
                let first = first.filter(|_| withdrawn.is_some()).unwrap_or(ended);
                (first, first)
            }
            Records::Objected => {
                let first = objected.map(|record| record.at).min().unwrap_or(ended);
                (first, first)
            }
            Records::Consent(_) | Records::Holds if !declared.consent => (NEVER, NEVER),
            Records::Holds if withdrawn.is_some() => (NEVER, NEVER),
            Records::Holds | Records::Consent(Consent::Expired) => {
                let expires = expires.unwrap_or(ended);
                (expires, expires)
            }
            Records::Consent(_) => (ended, ended),
        };
        match declared.when.map_or(Truth::True, |guard| self.guard(guard, at)) {
            Truth::True => by_records,
            Truth::False => (by_records.0.min(ended), by_records.1.min(ended)),
            Truth::Unknown => (by_records.0.min(ended), by_records.1),
        }
    }

    /// The day on which a point was added to what a consent covers (M14); `None`: it has always been there.
    #[cold]
    fn added(&self, basis: u32, purpose: Option<u32>, way: &Way<'_>, at: &At) -> Option<Day> {
        let bundle = self.bundle;
        let grant = bundle.grant(way.grant?)?;
        let justified =
            |sides: &Sides| at.act.has_purpose() || purpose.is_none_or(|purpose| bundle.has(sides.purpose, purpose));
        let here = bundle.later(&grant).filter(|(of, region, _)| {
            let sides = bundle.sides(*region);
            *of == basis && sides.is_some_and(|sides| bundle.inside(&sides, at) && justified(&sides))
        });
        // A day that no builder leaves out: if it is, no consent counts.
        here.map(|(.., since)| since.unwrap_or(Day::LAST)).max()
    }

    #[inline]
    fn lasts(&self, given: Instant, declared: &Basis) -> bool {
        let offset = self.bundle.policy.offset;
        declared
            .term
            .is_none_or(|term| self.facts.time < given.plus(term, offset))
    }

    /// A record of the past that says something about a basis for a purpose.
    #[inline]
    fn tells(&self, record: &Record<'_>, basis: u32, purpose: Option<u32>) -> bool {
        record.at <= self.facts.time && self.speaks_about(record, basis) && covers(record, purpose)
    }

    /// A consent speaks about its basis; an end about every basis below it too.
    #[inline]
    fn speaks_about(&self, record: &Record<'_>, basis: u32) -> bool {
        record.basis == basis || is_end(record) && self.bundle.below(self.bundle.t.bases, basis, record.basis)
    }

    /// The purposes for which the bases of a way may hold at a point: the point's own, or those that justify a verb
    /// without purpose.
    pub(crate) fn purposes(&self, sides: Option<Sides>, at: &At) -> impl Iterator<Item = Option<u32>> + use<'a> {
        let bundle = self.bundle;
        let own = at.act.has_purpose();
        let of_box = sides
            .filter(|_| !own)
            .map(|sides| bundle.side(sides.purpose).iter(bundle.t.purposes.count()));
        let mut of_box = of_box.into_iter().flatten().peekable();
        let one = if own { Some(at.purpose) } else { None };
        let none = (one.is_none() && of_box.peek().is_none()).then_some(None);
        one.into_iter().chain(none).chain(of_box.map(Some))
    }

    /// Whether the bases of a way hold: all of them, for one of the purposes. Without bases it never does.
    #[inline]
    pub(crate) fn bases(&self, way: &Way<'_>, sides: Option<Sides>, at: &At) -> Truth {
        if way.bases.is_empty() {
            return Truth::False;
        }
        if at.act.has_purpose() {
            let held = way.bases.iter().map(|basis| self.holds(*basis, at.purpose, way, at));
            return Truth::all(held);
        }
        Truth::any(
            self.purposes(sides, at)
                .map(|purpose| Truth::all(way.bases.iter().map(|basis| self.holds(*basis, purpose, way, at)))),
        )
    }

    /// val(w) at a point (M7).
    #[inline]
    pub(crate) fn way(&self, way: &Way<'_>, region: u32, at: &At) -> Truth {
        let (Some(grant), Some(guard)) = (way.grant, way.guard) else {
            return Truth::True;
        };
        let guard = self.guard(guard, at);
        if guard == Truth::False {
            return guard;
        }
        let sides = self.bundle.sides(region);
        let bases = self.bases(way, sides, at);
        if !way.keeps {
            return guard.and(bases);
        }
        let keep = self.bundle.grant(grant).and_then(|grant| self.bundle.keep(grant.keep?));
        let lasting = keep.map_or(Truth::False, |keep| self.lasting(&keep));
        guard.and(match at.act {
            Act::Anonymise => bases.or(!lasting),
            _ => bases.and(lasting),
        })
    }
}

#[inline]
fn is_end(record: &Record<'_>) -> bool {
    record.kind != RecordKind::Give
}

#[inline]
fn covers(record: &Record<'_>, purpose: Option<u32>) -> bool {
    match (&record.purposes, purpose) {
        (None, _) => true,
        (Some(purposes), Some(purpose)) => purposes.binary_search(&purpose).is_ok(),
        (Some(_), None) => is_end(record),
    }
}

#[inline]
fn admits(giver: Giver, record: &Record<'_>) -> bool {
    record.by_anyone
        || match giver {
            Giver::Person => record.by == RecordBy::Person,
            Giver::Guardian => record.by == RecordBy::Representative,
            Giver::Either => true,
        }
}
