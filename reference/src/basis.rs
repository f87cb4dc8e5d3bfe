//! M6: does a basis hold. And when does a keep end (M12, as much as M7 needs).

use kupuya::model::noun::{Basis, Giver, Id, Purpose};
use kupuya::model::sentence::{End, Keep};
use kupuya::source::Origin;
use kupuya::syntax::ast::{Period, Unit};
use kupuya_runtime::{Consent, Instant, RecordBy, RecordKind};

use super::point::Point;
use super::world::V::{self, F, T, U};
use super::world::{World, and};
use super::{Record, instant};

/// What the records say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Nothing,
    Consent(Consent),
    Objected,
    PerhapsObjected,
}

impl World<'_> {
    pub fn is(&self, basis: Id<Basis>, class: &str) -> bool {
        let bases = &self.model.bases;
        bases
            .iter()
            .any(|(id, noun)| noun.origin == Origin::Taxonomy && noun.path == class && bases.below(basis, id))
    }

    pub fn holds(&self, basis: Id<Basis>, purpose: Option<Id<Purpose>>, keep: bool, point: &Point) -> V {
        let records = match self.said(basis, purpose, keep) {
            Said::Nothing => T,
            Said::Consent(Consent::Unknown) | Said::PerhapsObjected => U,
            Said::Consent(_) | Said::Objected => F,
        };
        let when = &self.model.bases[basis].detail.when;
        and(records, when.as_ref().map_or(T, |guard| self.guard(guard, Some(point))))
    }

    pub fn said(&self, basis: Id<Basis>, purpose: Option<Id<Purpose>>, keep: bool) -> Said {
        let declared = &self.model.bases[basis].detail;
        let now = instant(self.ask.on);
        if self.is(basis, "consent") {
            let Some(all) = &self.ask.records else {
                return Said::Consent(Consent::Unknown);
            };
            // The records that cover p and are at or before t; without gives that `giver` does not admit …
            let records: Vec<&Record> = all
                .iter()
                .filter(|record| instant(record.at) <= now)
                .filter(|record| self.covers(record, basis, purpose))
                .filter(|record| {
                    record.kind != RecordKind::Give
                        || match declared.giver {
                            Giver::Itself => record.by == RecordBy::Person,
                            Giver::Guardian => record.by == RecordBy::Representative,
                            Giver::Either => true,
                        }
                })
                .collect();
            // … or that precede `since`.
            let recent = |record: &&&Record| {
                record.kind != RecordKind::Give || declared.from.is_none_or(|from| record.at >= from.value)
            };
            let counted: Vec<&Record> = records.iter().filter(recent).copied().collect();
            // The latest decides, an end before a give at equal times.
            let Some(latest) = counted.iter().map(|record| record.at).max() else {
                return Said::Consent(if records.is_empty() {
                    Consent::NeverGiven
                } else {
                    Consent::TooOld
                });
            };
            let mut of_latest = counted.iter().filter(|record| record.at == latest);
            if of_latest.any(|record| record.kind != RecordKind::Give) {
                let was_given = counted.iter().any(|record| record.kind == RecordKind::Give);
                return if keep && declared.survives_keep && was_given {
                    Said::Nothing
                } else {
                    Said::Consent(Consent::Withdrawn)
                };
            }
            let lasts = declared.term.is_none_or(|term| now < add(instant(latest), term.value));
            return if lasts {
                Said::Nothing
            } else {
                Said::Consent(Consent::Expired)
            };
        }
        if declared.objectable {
            let Some(all) = &self.ask.records else {
                return Said::PerhapsObjected;
            };
            let objected = all.iter().any(|record| {
                record.kind == RecordKind::Object && instant(record.at) <= now && self.covers(record, basis, purpose)
            });
            return if objected { Said::Objected } else { Said::Nothing };
        }
        Said::Nothing
    }

    /// The records about a basis and purpose that count, at or before the instant asked about.
    pub fn counted(&self, basis: Id<Basis>, purpose: Option<Id<Purpose>>) -> Vec<&Record> {
        let declared = &self.model.bases[basis].detail;
        let all = self.ask.records.iter().flatten();
        all.filter(|record| record.at <= self.ask.on && self.covers(record, basis, purpose))
            .filter(|record| {
                let admitted = match declared.giver {
                    Giver::Itself => record.by == RecordBy::Person,
                    Giver::Guardian => record.by == RecordBy::Representative,
                    Giver::Either => true,
                };
                let recent = declared.from.is_none_or(|from| record.at >= from.value);
                record.kind != RecordKind::Give || admitted && recent
            })
            .collect()
    }

    pub fn covers(&self, record: &Record, basis: Id<Basis>, purpose: Option<Id<Purpose>>) -> bool {
        let end = record.kind != RecordKind::Give;
        let about = if end {
            self.model.bases.below(basis, record.basis)
        } else {
            basis == record.basis
        };
        about
            && match (&record.purposes, purpose) {
                (None, _) => true,
                (Some(named), Some(purpose)) => named.iter().any(|high| self.model.purposes.below(purpose, *high)),
                (Some(_), None) => end,
            }
    }

    /// now < end (M7, M12).
    pub fn lasting(&self, keep: &Keep) -> V {
        let now = instant(self.ask.on);
        let (low, high) = self.keep_end(keep);
        if now < low {
            T
        } else if high <= now {
            F
        } else {
            U
        }
    }

    pub fn keep_end(&self, keep: &Keep) -> (Instant, Instant) {
        let (low, high) = self.collected();
        let mut end = match &keep.end {
            Some(end) => self.end(end),
            None if keep.at_most.is_some() => (FAR, FAR),
            None => (PAST, PAST),
        };
        if let Some(period) = keep.at_least {
            end = (end.0.max(add(low, period.value)), end.1.max(add(high, period.value)));
        }
        if let Some(period) = keep.at_most {
            end = (end.0.min(add(low, period.value)), end.1.min(add(high, period.value)));
        }
        end
    }

    fn collected(&self) -> (Instant, Instant) {
        self.ask.collected.map_or((PAST, FAR), |at| (instant(at), instant(at)))
    }

    pub fn end(&self, end: &End) -> (Instant, Instant) {
        match end {
            End::Date(date) => (instant(*date), instant(*date)),
            End::Event(event) => {
                let collected = self.ask.collected.map_or(PAST, instant);
                if let Some((_, at)) = self.ask.events.iter().find(|(known, _)| known == event) {
                    return at.map_or((FAR, FAR), |at| (instant(at), instant(at)));
                }
                match self.ask.facts.iter().find(|(known, _)| known == event) {
                    Some((_, false)) => (FAR, FAR),
                    Some((_, true)) => (collected, instant(self.ask.on)),
                    None => (collected, FAR),
                }
            }
            End::After(period, None) => {
                let (low, high) = self.collected();
                (add(low, *period), add(high, *period))
            }
            End::After(period, Some(end)) => {
                let (low, high) = self.end(end);
                (add(low, *period), add(high, *period))
            }
            End::Or(ends) => {
                let ends: Vec<_> = ends.iter().map(|end| self.end(end)).collect();
                (
                    ends.iter().map(|e| e.0).min().unwrap(),
                    ends.iter().map(|e| e.1).min().unwrap(),
                )
            }
            End::And(ends) => {
                let ends: Vec<_> = ends.iter().map(|end| self.end(end)).collect();
                (
                    ends.iter().map(|e| e.0).max().unwrap(),
                    ends.iter().map(|e| e.1).max().unwrap(),
                )
            }
        }
    }
}

pub const FAR: Instant = Instant(i64::MAX);
pub const PAST: Instant = Instant(i64::MIN);

/// Calendar arithmetic is the runtime's, which tests it apart.
pub fn add(at: Instant, period: Period) -> Instant {
    if at == FAR || at == PAST {
        return at;
    }
    let unit = match period.unit {
        Unit::Hour => kupuya_runtime::Unit::Hour,
        Unit::Day => kupuya_runtime::Unit::Day,
        Unit::WorkingDay => kupuya_runtime::Unit::WorkingDay,
        Unit::Week => kupuya_runtime::Unit::Week,
        Unit::Month => kupuya_runtime::Unit::Month,
        Unit::Year => kupuya_runtime::Unit::Year,
    };
    let count = period.count;
    at.plus(kupuya_runtime::Period { count, unit }, 6 * 3600)
}
