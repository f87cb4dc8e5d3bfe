//! The clauses of two versions side by side: which say the same in other words or elsewhere, and which are new or gone.

use std::collections::BTreeMap;

use kupuya_runtime::wire::{BundleContent, Head, Region, Unit};
use serde::Serialize;

use super::reading::Sort;
use super::terms::Terms;

/// What happened to a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It says the same in other words.
    Worded,
    /// It says the same in another place.
    Moved,
    /// It is new.
    New,
    /// It is gone.
    Gone,
}

/// A clause of either version that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// What happened to it.
    pub fate: Fate,
    /// As it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Cited>,
    /// As it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Cited>,
}

/// A clause as it is cited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cited {
    /// The printed id of its rule.
    pub rule: String,
    /// The number of its paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
}

impl Cited {
    /// The clause of a rule.
    #[must_use]
    pub fn of(head: &Head) -> Cited {
        Cited {
            rule: head.id.clone(),
            paragraph: head.unit.as_ref().map(|unit: &Unit| unit.paragraph.clone()),
            sentence: head.unit.as_ref().map(|unit| unit.sentence.clone()),
        }
    }

    /// The clause with a printed id.
    #[must_use]
    pub fn named(content: &BundleContent, id: &str) -> Option<Cited> {
        heads(content).into_iter().find(|head| head.id == id).map(Cited::of)
    }
}

fn heads(content: &BundleContent) -> Vec<&Head> {
    let grants = content.grants.iter().map(|grant| &grant.head);
    let bans = content.bans.iter().map(|ban| &ban.head);
    grants
        .chain(bans)
        .chain(content.caps.iter().map(|cap| &cap.head))
        .collect()
}

/// Every rule of a version by what it says in names of both versions.
fn said<'c>(content: &'c BundleContent, terms: &Terms<'_>) -> BTreeMap<String, &'c Head> {
    let place = |region: &Region| {
        let side = |sort: Sort, all: &Option<Vec<u32>>| {
            all.as_ref().map(|all| {
                let mut names: Vec<&str> = all.iter().map(|number| terms.name(sort, *number)).collect();
                names.sort_unstable();
                names.join(" ")
            })
        };
        let by = side(Sort::By, &region.by);
        let (data, source) = (side(Sort::Data, &region.data), side(Sort::Source, &region.source));
        let (purpose, to) = (
            side(Sort::Purpose, &region.purpose),
            side(Sort::Recipient, &region.recipient),
        );
        format!("{:?} {by:?} {data:?} {source:?} {purpose:?} {to:?}", region.acts)
    };
    let places = |regions: &[Region]| {
        let mut all: Vec<String> = regions.iter().map(place).collect();
        all.sort();
        all.join(";")
    };
    let mut said = BTreeMap::new();
    for grant in &content.grants {
        let text = format!("{} {}", places(&grant.regions), terms.grant(grant, None));
        said.entry(text).or_insert(&grant.head);
    }
    for ban in &content.bans {
        let except: Vec<usize> = (0..ban.except.len()).collect();
        let regions: Vec<Region> = ban.except.iter().map(|strike| strike.region.clone()).collect();
        let text = format!(
            "{} {} {}",
            place(&ban.limits.region),
            places(&regions),
            terms.ban(ban, &except)
        );
        said.entry(text).or_insert(&ban.head);
    }
    for cap in &content.caps {
        let text = format!("{} {}", place(&cap.region), terms.cap(cap));
        said.entry(text).or_insert(&cap.head);
    }
    said
}

/// The clauses that are not as they were.
#[must_use]
pub fn clauses(contents: [&BundleContent; 2], terms: [&Terms<'_>; 2]) -> Vec<Clause> {
    let before = said(contents[0], terms[0]);
    let after = said(contents[1], terms[1]);
    let mut clauses = Vec::new();
    for (text, head) in &after {
        let now = Cited::of(head);
        let Some(old) = before.get(text) else {
            clauses.push(Clause {
                fate: Fate::New,
                before: None,
                after: Some(now),
            });
            continue;
        };
        let old = Cited::of(old);
        let fate = match (old.sentence == now.sentence, old.paragraph == now.paragraph) {
            (true, true) => continue,
            (false, _) => Fate::Worded,
            (true, false) => Fate::Moved,
        };
        clauses.push(Clause {
            fate,
            before: Some(old),
            after: Some(now),
        });
    }
    for (_, head) in before.iter().filter(|(text, _)| !after.contains_key(*text)) {
        clauses.push(Clause {
            fate: Fate::Gone,
            before: Some(Cited::of(head)),
            after: None,
        });
    }
    clauses.sort_by_key(|clause| {
        let place = clause
            .after
            .as_ref()
            .or(clause.before.as_ref())
            .and_then(|cited| cited.paragraph.clone());
        (clause.fate, numbers(place.as_deref().unwrap_or_default()), place)
    });
    clauses
}

/// A paragraph's number as numbers, so that 4.10 stands behind 4.9.
pub fn numbers(paragraph: &str) -> Vec<u32> {
    paragraph
        .split('.')
        .map(|step| step.parse().unwrap_or(u32::MAX))
        .collect()
}
