//! How long before a new version works people must be told: what the policy itself promises, and what laws ask for.

use kupuya_runtime::{Period, Unit};
use serde::Serialize;

use crate::bundle;
use crate::model::Model;
use crate::syntax::ast::{Atom, Bound, Comparison, Test};

/// The field that says it.
const FIELD: &str = "change_notice";

/// A period before which changes are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Announced {
    /// The period.
    pub period: Period,
    /// The rule of law that asks for it; none: the policy itself promises it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Its article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cites: Option<String>,
}

/// What is promised and asked for, the longest first.
#[must_use]
pub fn announced(model: &Model) -> Vec<Announced> {
    let own = model.policy.as_ref().and_then(|policy| policy.change_notice);
    let mut all: Vec<Announced> = own
        .iter()
        .map(|period| Announced {
            period: bundle::period(period.value),
            rule: None,
            cites: None,
        })
        .collect();
    for rule in &model.rules {
        let tests = rule.each.iter().filter_map(|each| each.must.as_ref());
        all.extend(tests.flat_map(asked).map(|period| Announced {
            period,
            rule: Some(rule.code.clone()),
            cites: rule.cites.as_ref().map(|cites| cites.value.clone()),
        }));
    }
    all.sort_by_key(|one| std::cmp::Reverse(hours(one.period)));
    all
}

/// The periods that a test asks of the field.
fn asked(test: &Test) -> Vec<Period> {
    let mut found = Vec::new();
    for atom in test.alternatives.iter().flatten() {
        if let Atom::Has {
            paths,
            bound: Some((is, bound)),
            ..
        } = atom
            && paths.iter().any(|path| path.text() == FIELD)
            && matches!(is, Comparison::AtLeast | Comparison::Equal | Comparison::Greater)
            && let Bound::Period(period) = bound.value
        {
            found.push(bundle::period(period));
        }
    }
    found
}

/// A period in hours, at its longest; a working day is longer than a day, since a weekend may lie in it.
pub(super) fn hours(period: Period) -> u64 {
    let count = u64::from(period.count);
    count.saturating_mul(match period.unit {
        Unit::Hour => 1,
        Unit::Day => 24,
        Unit::WorkingDay => 24 * 3,
        Unit::Week => 24 * 7,
        Unit::Month => 24 * 31,
        Unit::Year => 24 * 366,
    })
}
