//! What must be done where a way is relied on (M13).

use kupuya_runtime::wire::Obligation;

use super::{Open, Owed, Saying};
use crate::diff::DEPTH;
use crate::diff::announce::hours;
use crate::diff::consents::relates;
use crate::diff::covered::Covered;
use crate::diff::formula::{Said, all, not, sure};
use crate::diff::reading::Sort;

impl<'a> Saying<'a> {
    /// What must be done where a way is relied on (M13).
    pub(super) fn duties(
        &self,
        point: &Covered<'_>,
        ways: &[Open<'_>],
        relied: &[Said],
        shared: &dyn Fn(Sort, &str) -> String,
    ) -> Vec<(Owed, Option<u64>, Said)> {
        let mut duties = Vec::new();
        let mut add = |then: &[Obligation], when: &Said| {
            duties.extend(
                then.iter()
                    .map(|one| (owed(one, shared), one.within.map(hours), when.clone())),
            );
        };
        for (way, relied) in ways.iter().zip(relied) {
            if let Some((grant, _)) = way.grant {
                add(&grant.then, relied);
            }
            for (ban, _) in point.bans.iter().filter(|(ban, _)| !ban.then.is_empty()) {
                let under = ban.limits.under.as_ref();
                if under.is_none_or(|under| relates(self.version(), under, way.bases)) {
                    let guard = self.guard(ban.limits.guard, Some(point), DEPTH);
                    add(&ban.then, &all([relied.clone(), not(&sure(&not(&guard)))]));
                }
            }
        }
        duties
    }
}

/// What an obligation asks for, in names of both versions.
pub fn owed(one: &Obligation, shared: &dyn Fn(Sort, &str) -> String) -> Owed {
    owed_to(&one.what, one.to.iter().map(String::as_str), shared)
}

/// What is owed to whom, in names of both versions: whatever kind of noun it is owed to.
pub fn owed_to<'t>(what: &str, to: impl Iterator<Item = &'t str>, shared: &dyn Fn(Sort, &str) -> String) -> Owed {
    let name = |path: &str| {
        let kinds = [Sort::Recipient, Sort::Subject, Sort::By];
        let names = kinds.into_iter().map(|sort| shared(sort, path));
        names
            .into_iter()
            .find(|name| name != path)
            .unwrap_or_else(|| path.to_owned())
    };
    let mut to: Vec<String> = to.map(name).collect();
    to.sort();
    (what.to_owned(), to)
}
