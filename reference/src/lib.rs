//! The reference evaluator: docs/semantics.md M3 to M10 word for word, on the model, point by point, without any index.
//!
//! From the meaning it takes only the ids of sentences. Slow on purpose; the runtime must agree with it.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "for tests: a test that cannot go on fails"
)]

mod basis;
mod gap;
mod made;
mod point;
pub mod random;
mod retention;
mod since;
mod world;

pub use made::{Made, request, told};
pub use retention::ToldDeadline;
pub use since::Since;

use std::collections::BTreeSet;

use kupuya::meaning::{Meaning, SentenceRef};
use kupuya::model::Model;
use kupuya::model::noun::{
    Basis, Controller, Country, Data, Fact, Id, Location, Purpose, Recipient, Source, Subject, Table,
};
use kupuya::model::sentence::Act;
use kupuya::syntax::ast::Date;
use kupuya_runtime::{Gap, Instant, RecordBy, RecordKind, Verdict};

use point::Point;
use world::World;

/// A request with its names resolved. `None` in a slot: left out.
#[derive(Clone, Debug)]
pub struct Ask {
    pub act: Act,
    pub by: Option<Vec<Id<Controller>>>,
    pub data: Option<Vec<Id<Data>>>,
    pub source: Option<Vec<Id<Source>>>,
    pub purpose: Option<Vec<Id<Purpose>>>,
    pub recipient: Option<Vec<Id<Recipient>>>,
    pub about: Vec<Id<Subject>>,
    pub place: Option<Location>,
    pub age: Option<(u32, Option<u32>)>,
    pub facts: Vec<(Id<Fact>, bool)>,
    pub records: Option<Vec<Record>>,
    pub collected: Option<Date>,
    pub events: Vec<(Id<Fact>, Option<Date>)>,
    pub on: Date,
}

#[derive(Clone, Debug)]
pub struct Record {
    pub kind: RecordKind,
    pub basis: Id<Basis>,
    pub purposes: Option<Vec<Id<Purpose>>>,
    pub at: Date,
    pub by: RecordBy,
}

/// What the reference tells: as much of an answer as decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub verdict: Verdict,
    pub items: Vec<ToldItem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldItem {
    pub data: String,
    pub verdict: Verdict,
    /// Printed id of the sentence (none: erasing needs none) and bases.
    pub relies_on: BTreeSet<(Option<String>, Vec<String>)>,
    pub forbidden_by: Option<String>,
    pub missing: BTreeSet<Gap>,
    pub failed: BTreeSet<Gap>,
    pub nearest: Option<String>,
}

/// One way (M7).
#[derive(Clone, Debug)]
pub struct Way {
    /// `None`: the built-in way of erasing.
    pub sentence: Option<SentenceRef>,
    pub bases: Vec<Id<Basis>>,
}

/// What one point is told.
#[derive(Clone, Debug)]
pub enum Outcome {
    Undeclared,
    Forbidden(SentenceRef),
    Allow(Way),
    Unmet(Way, BTreeSet<Gap>, BTreeSet<Gap>),
}

pub struct Reference<'a> {
    pub model: &'a Model,
    pub meaning: &'a Meaning,
}

/// Country of the processing, in canonical order of names: least first.
pub type CountryId = Id<Country>;

impl Reference<'_> {
    pub fn decide(&self, ask: &Ask) -> Told {
        // M9.1
        let policy = self.model.policy.as_ref();
        let begins = policy.and_then(|policy| policy.effective.or(policy.approved));
        let until = policy.and_then(|policy| policy.until);
        if begins.is_some_and(|begins| ask.on < begins.value) || until.is_some_and(|until| ask.on > until.value) {
            return Told::nothing(Verdict::NoPolicy);
        }
        let lacks = |named: bool, acts: &[Act]| named && !acts.contains(&ask.act);
        if lacks(ask.source.is_some(), &[Act::Collect])
            || lacks(ask.purpose.is_some(), &PURPOSED)
            || lacks(ask.recipient.is_some(), &[Act::Share])
        {
            return Told::nothing(Verdict::Invalid);
        }
        let empty = [
            ask.by.as_ref().map(Vec::is_empty),
            ask.data.as_ref().map(Vec::is_empty),
            ask.source.as_ref().map(Vec::is_empty),
            ask.purpose.as_ref().map(Vec::is_empty),
            ask.recipient.as_ref().map(Vec::is_empty),
        ];
        let later = ask.collected.is_some_and(|collected| collected > ask.on);
        if later || empty.contains(&Some(true)) {
            return Told::nothing(Verdict::Invalid);
        }
        let Some(world) = World::new(self.model, ask) else {
            return Told::nothing(Verdict::Invalid);
        };
        // M10
        let items: Vec<ToldItem> = atoms(&self.model.data, ask.data.as_deref())
            .into_iter()
            .map(|data| self.item(ask, &world, data))
            .collect();
        let verdict = items.iter().map(|item| item.verdict).max().unwrap();
        Told { verdict, items }
    }

    /// The worst over the points of a data atom (M10).
    fn item(&self, ask: &Ask, world: &World<'_>, data: Id<Data>) -> ToldItem {
        let mut told: Vec<(Point, Outcome)> = Vec::new();
        for point in self.points(ask, data) {
            let outcome = self.point(world, &point);
            told.push((point, outcome));
        }
        let worst = told.iter().map(|(_, outcome)| outcome.verdict()).max().unwrap();
        let (point, outcome) = told.iter().find(|(_, outcome)| outcome.verdict() == worst).unwrap();
        let mut item = ToldItem {
            data: self.model.data[data].path.clone(),
            verdict: worst,
            relies_on: BTreeSet::new(),
            forbidden_by: None,
            missing: BTreeSet::new(),
            failed: BTreeSet::new(),
            nearest: None,
        };
        match outcome {
            Outcome::Undeclared => item.nearest = self.nearest(point),
            Outcome::Forbidden(sentence) => item.forbidden_by = Some(self.id(*sentence).1),
            Outcome::Allow(_) => {
                for (_, outcome) in &told {
                    if let Outcome::Allow(way) = outcome {
                        item.relies_on.insert(self.cite(way));
                    }
                }
            }
            Outcome::Unmet(way, missing, failed) => {
                item.relies_on.insert(self.cite(way));
                item.missing.clone_from(missing);
                item.failed.clone_from(failed);
            }
        }
        item
    }

    fn cite(&self, way: &Way) -> (Option<String>, Vec<String>) {
        let mut bases: Vec<String> = way
            .bases
            .iter()
            .map(|basis| self.model.bases[*basis].path.clone())
            .collect();
        bases.sort();
        (way.sentence.map(|sentence| self.id(sentence).1), bases)
    }

    /// Digest and printed id of a sentence.
    pub fn id(&self, sentence: SentenceRef) -> ([u8; 32], String) {
        let grants = self.meaning.grants.iter().map(|grant| (grant.sentence, &grant.id));
        let bans = self.meaning.bans.iter().map(|ban| (ban.sentence, &ban.id));
        let (_, id) = grants.chain(bans).find(|(other, _)| *other == sentence).unwrap();
        (id.digest, id.printed.clone())
    }
}

impl Told {
    fn nothing(verdict: Verdict) -> Told {
        Told {
            verdict,
            items: Vec::new(),
        }
    }
}

impl Outcome {
    fn verdict(&self) -> Verdict {
        match self {
            Outcome::Undeclared => Verdict::Undeclared,
            Outcome::Forbidden(_) => Verdict::Forbidden,
            Outcome::Allow(_) => Verdict::Allow,
            Outcome::Unmet(..) => Verdict::Unmet,
        }
    }
}

/// The verbs that have a purpose (M3).
pub const PURPOSED: [Act; 5] = [Act::Collect, Act::Use, Act::Profile, Act::Share, Act::Publish];

/// The atoms of a slot, least name first; left out: all.
pub fn atoms<D>(table: &Table<D>, named: Option<&[Id<D>]>) -> Vec<Id<D>> {
    let mut atoms: Vec<Id<D>> = table
        .ids()
        .filter(|atom| named.is_none_or(|named| named.iter().any(|high| table.below(*atom, *high))))
        .collect();
    atoms.sort_by_key(|atom| (table[*atom].origin, table[*atom].path.clone()));
    atoms
}

/// The day on which a civil date falls, for comparing.
pub fn instant(date: Date) -> Instant {
    kupuya_runtime::Day::new(date.year, date.month, date.day)
        .unwrap()
        .begin(6 * 3600)
}
