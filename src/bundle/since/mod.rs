//! What was added since an earlier version (M14): a consent that was given before does not cover it.

mod added;
mod area;
mod bans;
mod both;
mod guards;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::Day;
use kupuya_runtime::wire::{BundleContent, Noun};

use super::reading::renamed;
use crate::model::Model;
use added::Added;
use both::Both;

/// Why a bundle is no earlier version of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPrevious {
    /// The policy says no day from which it is in force.
    NoDay,
    /// It is of another policy.
    OtherPolicy {
        /// Its name.
        name: String,
    },
    /// It begins on the same day or later.
    NotBefore {
        /// When it begins.
        begins: Option<Day>,
    },
}

/// A consent that must be given anew.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reconsent {
    /// The consent.
    pub basis: String,
    /// The sentence, by its printed id.
    pub rule: String,
    /// The data for which something was added.
    pub data: Vec<String>,
}

/// Marks what a policy adds to what its consents cover. Gives the consents that must be given anew from its first day on.
///
/// # Errors
/// See [`NotPrevious`].
pub fn since(model: &Model, content: &mut BundleContent, old: &BundleContent) -> Result<Vec<Reconsent>, NotPrevious> {
    if content.policy != old.policy {
        return Err(NotPrevious::OtherPolicy {
            name: old.policy.clone(),
        });
    }
    let begins = content.begins.ok_or(NotPrevious::NoDay)?;
    if old.begins.is_some_and(|old| old >= begins) {
        return Err(NotPrevious::NotBefore { begins: old.begins });
    }
    let both = Both::new(old, content, &renamed(model));
    let all = Added::new(&both, begins).all();
    let mut anew = Vec::new();
    for (grant, later) in content.grants.iter().zip(&all) {
        let mut by_basis: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
        for one in later.iter().filter(|one| one.since == begins) {
            let named = by_basis.entry(one.basis).or_default();
            let atoms = both.set(1, one.region.data.as_deref());
            named.extend(
                atoms
                    .iter()
                    .filter_map(|atom| Some(content.data.get(*atom as usize)?.path.as_str())),
            );
        }
        anew.extend(by_basis.into_iter().map(|(basis, data)| Reconsent {
            basis: path(content.bases.get(basis as usize).map(|basis| &basis.noun)),
            rule: grant.head.id.clone(),
            data: data.into_iter().map(str::to_owned).collect(),
        }));
    }
    for (grant, later) in content.grants.iter_mut().zip(all) {
        grant.later = later;
    }
    anew.sort();
    Ok(anew)
}

fn path(noun: Option<&Noun>) -> String {
    noun.map(|noun| noun.path.clone()).unwrap_or_default()
}
