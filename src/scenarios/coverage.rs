//! Which statements and promises of a policy its scenarios exercise: those that an answer rests on, or is forbidden by.

use std::collections::BTreeSet;

use kupuya_runtime::wire::{BundleContent, Head};

use super::Ran;

/// What is exercised, and what is not.
#[derive(Clone, Debug)]
pub struct Coverage<'c> {
    /// How many statements, keeps and promises there are.
    pub all: usize,
    /// Those that no line exercises, in the order of the source.
    pub never: Vec<&'c Head>,
}

/// The coverage of a policy by its scenarios.
#[must_use]
pub fn coverage<'c>(content: &'c BundleContent, ran: &[Ran<'_>]) -> Coverage<'c> {
    let mut cited: BTreeSet<&str> = BTreeSet::new();
    let items = ran
        .iter()
        .flat_map(|ran| &ran.lines)
        .flat_map(|line| &line.answer.items);
    for item in items {
        cited.extend(
            item.relies_on
                .iter()
                .filter_map(|way| way.rule.as_ref())
                .map(|rule| rule.id),
        );
        cited.extend(item.forbidden_by.iter().map(|rule| rule.id));
        cited.extend(item.keep.iter().map(|keep| keep.rule.id));
    }
    let grants = content.grants.iter().map(|grant| &grant.head);
    let heads: Vec<&Head> = grants.chain(content.bans.iter().map(|ban| &ban.head)).collect();
    let mut never: Vec<&Head> = heads
        .iter()
        .copied()
        .filter(|head| !cited.contains(head.id.as_str()))
        .collect();
    never.sort_by_key(|head| head.written.as_ref().map(|at| (at.file.clone(), at.line, at.column)));
    Coverage {
        all: heads.len(),
        never,
    }
}
