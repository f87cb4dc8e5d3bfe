//! Which ways a version opens at a point, and what strikes them (M7 to M9).

use kupuya_runtime::wire::{Act, Ban, Grant, Strike};

use super::{Open, Saying};
use crate::diff::DEPTH;
use crate::diff::consents::relates;
use crate::diff::covered::{Covered, Justified};
use crate::diff::formula::{Said, Values, all, any, is, not, sure};

impl<'a> Saying<'a> {
    /// The ways that cover a point, in their order: those without a consent first, then as the grants stand.
    pub(super) fn ways<'c>(&self, point: &'c Covered<'_>) -> Vec<Open<'c>> {
        let consent = |bases: &[u32]| {
            let mut bases = bases
                .iter()
                .filter_map(|basis| self.version().content.bases.get(*basis as usize));
            bases.any(|basis| basis.consent)
        };
        let grants = point.grants.iter();
        let mut ways: Vec<(bool, Open<'c>)> = grants
            .flat_map(|(_, grant, justified)| {
                grant.ways.iter().map(move |bases| {
                    let open = Open {
                        grant: Some((*grant, *justified)),
                        bases,
                        open: is(Values::TRUE),
                    };
                    (consent(bases), open)
                })
            })
            .collect();
        ways.sort_by_key(|(consent, _)| *consent);
        let mut ways: Vec<Open<'c>> = ways.into_iter().map(|(_, way)| way).collect();
        if self.act == Act::Erase {
            ways.push(Open {
                grant: None,
                bases: &[],
                open: is(Values::TRUE),
            });
        }
        let held = self.held(point);
        let misplaced = self.misplaced(point);
        let within = self.within_caps(point);
        for way in &mut ways {
            let value = match way.grant {
                None => is(Values::TRUE),
                Some((grant, justified)) => self.value(point, grant, way.bases, justified),
            };
            let strikes = point
                .bans
                .iter()
                .map(|(ban, except)| not(&self.strike(point, ban, except, Some(way.bases))));
            let parts = [value, not(&misplaced), not(&held), within.clone()];
            way.open = sure(&all(parts.into_iter().chain(strikes)));
        }
        ways
    }

    /// A ban at a point or a way strikes it for certain (M9.2).
    pub(super) fn forbidden(&self, point: &Covered<'_>, ways: &[Open<'_>]) -> Said {
        let strike = |ban: &Ban, except: &[&Strike], way: Option<&[u32]>| sure(&self.strike(point, ban, except, way));
        let of_point = |ban: &Ban| ban.limits.under.is_none() && ban.except.iter().all(|part| part.under.is_none());
        let bans = point.bans.iter().filter(|(ban, _)| of_point(ban));
        let mut causes: Vec<Said> = bans.map(|(ban, except)| strike(ban, except, None)).collect();
        causes.push(sure(&self.held(point)));
        if !ways.is_empty() {
            let struck = |way: &Open<'_>| {
                any(point
                    .bans
                    .iter()
                    .map(|(ban, except)| strike(ban, except, Some(way.bases))))
            };
            causes.push(all(ways.iter().map(struck)));
        }
        any(causes)
    }

    /// ban(x, w) (M8).
    pub(super) fn strike(&self, point: &Covered<'_>, ban: &Ban, except: &[&Strike], way: Option<&[u32]>) -> Said {
        let applies = |part: &Strike| match (&part.under, way) {
            (None, _) => true,
            (Some(under), Some(bases)) => relates(self.version(), under, bases),
            (Some(_), None) => false,
        };
        if !applies(&ban.limits) {
            return is(Values::FALSE);
        }
        let excepted = except
            .iter()
            .filter(|part| applies(part))
            .map(|part| self.guard(part.guard, Some(point), DEPTH));
        all([self.guard(ban.limits.guard, Some(point), DEPTH), not(&any(excepted))])
    }

    /// A keep under a legal duty forbids erasing as long as it lasts (M8).
    pub(super) fn held(&self, point: &Covered<'_>) -> Said {
        let duty = |bases: &&Vec<u32>| {
            let mut bases = bases
                .iter()
                .filter_map(|basis| self.version().content.bases.get(*basis as usize));
            bases.any(|basis| basis.legal_duty)
        };
        any(point.holding.iter().map(|(_, grant, justified)| {
            let held = grant
                .ways
                .iter()
                .filter(duty)
                .map(|bases| self.bases(point, grant, bases, *justified));
            let lasting = grant
                .keep
                .as_ref()
                .map_or_else(|| is(Values::FALSE), |keep| self.lasting(keep));
            all([any(held), self.guard(grant.guard, Some(point), DEPTH), lasting])
        }))
    }

    /// val(w) (M7).
    pub(super) fn value(&self, point: &Covered<'_>, grant: &Grant, bases: &[u32], justified: Justified<'_>) -> Said {
        let guard = self.guard(grant.guard, Some(point), DEPTH);
        let held = self.bases(point, grant, bases, justified);
        let held = match &grant.keep {
            None => held,
            Some(keep) if self.act == Act::Anonymise => any([held, not(&self.lasting(keep))]),
            Some(keep) => all([held, self.lasting(keep)]),
        };
        all([guard, held])
    }
}
