//! What rules about flows share: which data are collected, by which statements, for what.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use crate::diagnostic::{Argument, Text};
use crate::graph::any;
use crate::meaning::SentenceRef;
use crate::model::noun::{Data, Id, Purpose};
use crate::model::sentence::Act;
use crate::syntax::vocabulary::Kind;

/// The statements that do this with a category and name it or one above it; `any` names nothing.
pub fn naming(facts: &Facts<'_>, id: Id<Data>, acts: &[Act]) -> Vec<usize> {
    acts.iter()
        .flat_map(|act| facts.graph.sentences(any(Kind::Data, id), *act))
        .filter_map(|sentence| match sentence {
            SentenceRef::Permission(at) if !facts.model.permissions[at].data.any => Some(at),
            _ => None,
        })
        .collect()
}

/// Whether any statement collects it.
pub fn collected(facts: &Facts<'_>, id: Id<Data>) -> bool {
    !facts.graph.sentences(any(Kind::Data, id), Act::Collect).is_empty()
}

/// For which purposes each category is collected; `None` for all.
pub type Collected = BTreeMap<Id<Data>, Option<BTreeSet<Id<Purpose>>>>;

/// For which purposes each category that is collected is.
pub fn collected_for(facts: &Facts<'_>) -> Collected {
    let mut all = Collected::new();
    for grant in &facts.meaning.grants {
        for region in grant
            .regions
            .iter()
            .filter(|region| region.acts.contains(&Act::Collect))
        {
            let data: Vec<Id<Data>> = match &region.data {
                Some(data) => data.clone(),
                None => facts.model.data.ids().collect(),
            };
            for id in data {
                let known = all.entry(id).or_insert_with(|| Some(BTreeSet::new()));
                match (&region.purpose, known.as_mut()) {
                    (Some(purposes), Some(known)) => known.extend(purposes),
                    _ => *known = None,
                }
            }
        }
    }
    all
}

/// A few names, and how many more there are.
pub fn some(names: &[&str]) -> Argument {
    const SHOWN: usize = 3;
    let shown = Argument::listed(names.iter().take(SHOWN).map(|name| format!("`{name}`")));
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => Text::new("{names} and {more} more")
            .with("names", shown)
            .with("more", more)
            .into(),
    }
}
