//! What is asked for each class of people, and for each purpose that rests on one of their consents.

use std::collections::{BTreeMap, BTreeSet};

use kupuya_runtime::wire::{BundleContent, Literal, Origin};
use serde::Serialize;

use super::kinds::Verdict;
use super::names::Naming;
use super::reading::Sort;
use super::side::Side;
use super::{Change, Place, Uncompared};

/// A class of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The class; none if the policy declares none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The most that is asked for them.
    pub verdict: Verdict,
    /// Each purpose that rests on a consent of theirs.
    pub consents: Vec<Covered>,
}

/// A purpose that rests on a consent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Covered {
    /// The consent.
    pub basis: String,
    /// The purpose.
    pub purpose: String,
    /// What is asked.
    pub verdict: Verdict,
}

/// The verdict for everybody, from the changes.
pub fn people(after: &Side, naming: &Naming<'_>, changes: &[Change], uncompared: &[Uncompared]) -> Vec<Person> {
    let content = &after.content;
    let own = (0..)
        .zip(&content.subjects)
        .filter(|(_, class)| class.noun.origin == Origin::Project);
    let mut classes: Vec<Option<u32>> = own.map(|(number, _)| Some(number)).collect();
    if classes.is_empty() {
        classes.push(None);
    }
    classes
        .into_iter()
        .map(|class| person(content, naming, class, changes, uncompared))
        .collect()
}

fn person(
    content: &BundleContent,
    naming: &Naming<'_>,
    class: Option<u32>,
    changes: &[Change],
    uncompared: &[Uncompared],
) -> Person {
    let name = class
        .and_then(|class| content.subjects.get(class as usize))
        .map(|class| class.noun.path.clone());
    let concerns = |place: &Place| match &name {
        None => true,
        Some(name) => place
            .about
            .iter()
            .any(|about| about == "any" || naming.is_below(Sort::Subject, name, about)),
    };
    let of_mine = || {
        changes
            .iter()
            .flat_map(|change| change.places.iter().map(move |place| (change, place)))
    };
    let of_mine = || of_mine().filter(|(_, place)| concerns(place));
    // What was not compared may be anything.
    let unsure = || {
        let places = uncompared
            .iter()
            .flat_map(|one| one.places.iter().map(move |place| (one.verdict, place)));
        places.filter(|(_, place)| concerns(place))
    };
    let mut consents: BTreeMap<(String, String), Verdict> = BTreeMap::new();
    for grant in content
        .grants
        .iter()
        .filter(|grant| class.is_none_or(|class| about(content, naming, grant.guard, class)))
    {
        let bases: BTreeSet<u32> = grant.ways.iter().flatten().copied().collect();
        let consent = |basis: &u32| content.bases.get(*basis as usize).filter(|basis| basis.consent);
        for basis in bases.iter().filter_map(consent) {
            let purposes = grant.regions.iter().flat_map(|region| region.purpose.iter().flatten());
            for purpose in purposes.filter_map(|purpose| content.purposes.get(*purpose as usize)) {
                if purpose.origin == Origin::Project {
                    consents
                        .entry((basis.noun.path.clone(), purpose.path.clone()))
                        .or_default();
                }
            }
        }
    }
    for ((basis, purpose), verdict) in &mut consents {
        let covers = |place: &Place| {
            let mut purposes = place.purpose.iter();
            purposes.any(|changed| changed == "any" || naming.is_below(Sort::Purpose, purpose, changed))
        };
        let asked = of_mine().filter(|(change, place)| change.bases_after.contains(basis) && covers(place));
        let asked = asked.map(|(change, _)| change.verdict);
        let unsure = unsure().filter(|(_, place)| covers(place)).map(|(verdict, _)| verdict);
        *verdict = asked.chain(unsure).max().unwrap_or_default();
    }
    let consents = consents.into_iter().map(|((basis, purpose), verdict)| Covered {
        basis,
        purpose,
        verdict,
    });
    Person {
        verdict: {
            let asked = of_mine().map(|(change, _)| change.verdict);
            asked
                .chain(unsure().map(|(verdict, _)| verdict))
                .max()
                .unwrap_or_default()
        },
        subject: name,
        consents: consents.collect(),
    }
}

/// Whether a guard may hold of a person of a class.
fn about(content: &BundleContent, naming: &Naming<'_>, guard: u32, class: u32) -> bool {
    let name = |number: u32| {
        content
            .subjects
            .get(number as usize)
            .map_or("", |class| class.noun.path.as_str())
    };
    let possible = |(literal, sign): &(u32, bool)| match content.literals.get(*literal as usize) {
        Some(Literal::Class(wanted)) => naming.is_below(Sort::Subject, name(class), name(*wanted)) == *sign,
        _ => true,
    };
    let guard = content.guards.get(guard as usize);
    guard.is_some_and(|guard| guard.iter().any(|all| all.iter().all(possible)))
}
