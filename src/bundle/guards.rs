//! Literals and guards of a bundle, each once and sorted.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{self, BundleContent};

use super::nouns::Nouns;
use super::{FIRST, day};
use crate::meaning::{Meaning, Strike};
use crate::model::Model;
use crate::model::sentence::{Guard, Literal};
use crate::syntax::ast::Comparison;

/// A guard over wire literals, sorted: the key by which guards are told apart.
type Signed = Vec<Vec<(wire::Literal, bool)>>;

/// The numbers of literals and guards.
#[derive(Clone, Debug)]
pub(super) struct Guards {
    literals: BTreeMap<wire::Literal, u32>,
    guards: BTreeMap<Signed, u32>,
}

impl Guards {
    /// Numbers everything that a bundle's rules and nouns ask for.
    pub(super) fn new(model: &Model, meaning: &Meaning, nouns: &Nouns) -> Guards {
        let mut signed: BTreeSet<Signed> = BTreeSet::new();
        let mut add = |guard: &Guard| {
            signed.insert(translate(guard, nouns));
        };
        model
            .subjects
            .iter()
            .filter_map(|(_, noun)| noun.detail.when.as_ref())
            .for_each(&mut add);
        model
            .bases
            .iter()
            .filter_map(|(_, noun)| noun.detail.when.as_ref())
            .for_each(&mut add);
        meaning.grants.iter().map(|grant| &grant.guard).for_each(&mut add);
        let strikes = meaning
            .bans
            .iter()
            .flat_map(|ban| std::iter::once(&ban.limits).chain(&ban.except));
        let strikes = strikes.chain(meaning.caps.iter().map(|cap| &cap.limits));
        strikes.map(|strike: &Strike| &strike.guard).for_each(&mut add);
        let literals: BTreeSet<wire::Literal> =
            signed.iter().flatten().flatten().map(|(literal, _)| *literal).collect();
        Guards {
            literals: literals.into_iter().zip(0..).collect(),
            guards: signed.into_iter().zip(0..).collect(),
        }
    }

    /// The number of a guard; of none that is there if it was not numbered, which loading refuses.
    pub(super) fn index(&self, nouns: &Nouns, guard: &Guard) -> u32 {
        self.guards.get(&translate(guard, nouns)).copied().unwrap_or(u32::MAX)
    }

    /// Writes literals and guards into a bundle.
    pub(super) fn write(&self, content: &mut BundleContent) {
        content.literals = self.literals.keys().copied().collect();
        let number =
            |(literal, sign): &(wire::Literal, bool)| (self.literals.get(literal).copied().unwrap_or(0), *sign);
        content.guards = self
            .guards
            .keys()
            .map(|guard| guard.iter().map(|all| all.iter().map(number).collect()).collect())
            .collect();
    }
}

fn translate(guard: &Guard, nouns: &Nouns) -> Signed {
    let mut any: Signed = guard
        .any
        .iter()
        .map(|all| {
            let mut all: Vec<_> = all
                .iter()
                .map(|(literal, sign)| (self::literal(*literal, nouns), *sign))
                .collect();
            all.sort_unstable();
            all.dedup();
            all
        })
        .collect();
    any.sort();
    any.dedup();
    any
}

fn literal(literal: Literal, nouns: &Nouns) -> wire::Literal {
    match literal {
        Literal::Fact(fact) => wire::Literal::Fact(nouns.facts.one(fact)),
        Literal::Class(class) => wire::Literal::Class(nouns.subjects.one(class)),
        Literal::Age(is, years) => wire::Literal::Age(comparison(is), years),
        Literal::Date(is, date) => wire::Literal::Date(comparison(is), day(date).unwrap_or(FIRST)),
        Literal::Place(place) => wire::Literal::Place(nouns.place(place)),
    }
}

/// `in` compares nouns in rules only and never reaches a guard.
fn comparison(is: Comparison) -> wire::Comparison {
    match is {
        Comparison::Less => wire::Comparison::Less,
        Comparison::AtMost => wire::Comparison::AtMost,
        Comparison::Equal | Comparison::In => wire::Comparison::Equal,
        Comparison::AtLeast => wire::Comparison::AtLeast,
        Comparison::Greater => wire::Comparison::Greater,
    }
}
