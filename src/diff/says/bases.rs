//! Whether the bases of a way hold (M6, M7, M14).

use kupuya_runtime::Day;
use kupuya_runtime::wire::{Grant, Region};

use super::Saying;
use crate::diff::DEPTH;
use crate::diff::consents::{Reach, counts, lasts, reach};
use crate::diff::covered::{self, Covered, Justified};
use crate::diff::formula::{Said, Values, all, any, is, not, told};
use crate::diff::questions::Question;
use crate::diff::reading::Sort;
use crate::diff::worlds::{Ended, Recorded};

impl<'a> Saying<'a> {
    /// All bases of a way hold, for one of the purposes.
    pub(super) fn bases(&self, point: &Covered<'_>, grant: &Grant, bases: &[u32], justified: Justified<'_>) -> Said {
        if bases.is_empty() {
            return is(Values::FALSE);
        }
        let for_purpose = |purpose: Option<u32>, reached: Option<Reach>| {
            all(bases
                .iter()
                .map(|basis| self.holds(point, grant, *basis, purpose, reached)))
        };
        if self.act.has_purpose() {
            return for_purpose(point.at[3], None);
        }
        let count = u32::try_from(self.version().content.purposes.len()).unwrap_or(u32::MAX);
        let mut purposes: Vec<Option<u32>> = match justified {
            Some(atoms) => atoms.iter().copied().map(Some).collect(),
            None => (0..count).map(Some).collect(),
        };
        if purposes.is_empty() {
            purposes.push(None);
        }
        let focus = self.question(|question| match question {
            Question::Focus(choices) => Some(choices.as_slice()),
            _ => None,
        });
        let Some((number, choices)) = focus else {
            return any(self
                .told_apart(purposes, grant)
                .into_iter()
                .map(|purpose| for_purpose(purpose, None)));
        };
        any(choices.iter().enumerate().map(|(choice, focus)| {
            let picked = told(
                number,
                (0..choices.len()).map(|one| Values::of(one == choice)).collect(),
            );
            let each = purposes.iter().map(|purpose| {
                let reached = focus.map(|focus| reach(self.version(), focus.of(self.side), *purpose));
                for_purpose(*purpose, reached)
            });
            all([picked, any(each)])
        }))
    }

    /// Of purposes that nothing tells apart, the first.
    pub(super) fn told_apart(&self, purposes: Vec<Option<u32>>, grant: &Grant) -> Vec<Option<u32>> {
        if grant.later.is_empty() {
            return purposes.into_iter().take(1).collect();
        }
        purposes
    }

    /// holds(b, p) (M6). `reached`: how the purpose stands to the one that records are about, if they are about one.
    pub(super) fn holds(
        &self,
        point: &Covered<'_>,
        grant: &Grant,
        basis: u32,
        purpose: Option<u32>,
        reached: Option<Reach>,
    ) -> Said {
        let version = self.version();
        let Some(declared) = version.content.bases.get(basis as usize) else {
            return is(Values::FALSE);
        };
        let when = declared
            .when
            .map_or_else(|| is(Values::TRUE), |guard| self.guard(guard, Some(point), DEPTH));
        if !declared.consent && !declared.objectable {
            return when;
        }
        let since = declared.since.max(self.added(point, grant, basis, purpose));
        let covered = reached.is_none_or(|reached| reached != Reach::Other) && (reached.is_none() || purpose.is_some());
        let ends = |ended: Option<Ended>| match ended {
            None => false,
            Some(Ended::Withdrawn) => declared.consent,
            Some(Ended::Objected) => true,
            Some(Ended::ButFocus) => reached != Some(Reach::Itself),
        };
        let (mut counted, mut lasting, mut ended) = (Vec::new(), Vec::new(), Vec::new());
        for (number, question) in self.questions.all.iter().enumerate() {
            let Question::Basis(pair, choices) = question else {
                continue;
            };
            let Some(own) = pair.of(self.side) else { continue };
            let told = |value: &dyn Fn(&Recorded) -> bool| {
                told(number, choices.iter().map(|one| Values::of(value(one))).collect())
            };
            if own == basis {
                let counts = |one: &_| covered && counts(version, declared, one, since);
                counted.push(told(&counts));
                lasting.push(told(&|one| {
                    counts(one) && lasts(version, declared, one, self.questions.day)
                }));
            }
            if version.orders.is_below(Sort::Basis, basis, own) {
                ended.push(told(&|one| ends(one.end)));
            }
        }
        let ended = any(ended);
        if !declared.consent {
            return all([when, not(&ended)]);
        }
        let (counted, lasting) = (any(counted), any(lasting));
        let held = match grant.keep.is_some() && declared.survives_keep {
            true => any([all([ended.clone(), counted]), all([not(&ended), lasting])]),
            false => all([lasting, not(&ended)]),
        };
        all([when, held])
    }

    /// The day on which a point was added to what a consent covers (M14).
    pub(super) fn added(&self, point: &Covered<'_>, grant: &Grant, basis: u32, purpose: Option<u32>) -> Option<Day> {
        let justified = |region: &Region| {
            let named = |purpose: u32| {
                region
                    .purpose
                    .as_ref()
                    .is_none_or(|atoms| atoms.binary_search(&purpose).is_ok())
            };
            self.act.has_purpose() || purpose.is_none_or(named)
        };
        let here = grant.later.iter().filter(|later| {
            later.basis == basis && covered::inside(&later.region, self.act, point.at) && justified(&later.region)
        });
        here.map(|later| later.since).max()
    }
}
