//! What the project says of one noun: where it goes, why, on what ground, for how long, and in which clauses.

use std::collections::BTreeSet;

use kupuya::graph;
use kupuya::meaning::{Grant, Region, SentenceRef};
use kupuya::model::Model;
use kupuya::model::noun::AnyNoun;
use kupuya::notice::document::{Document as Notice, Stated};

use crate::snapshot::Snapshot;

/// The sentences that speak about a noun, with what they join it to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Statements and keeps.
    pub sentences: BTreeSet<SentenceRef>,
    /// Data.
    pub data: BTreeSet<AnyNoun>,
    /// Where from.
    pub sources: BTreeSet<AnyNoun>,
    /// For what.
    pub purposes: BTreeSet<AnyNoun>,
    /// On what ground.
    pub bases: BTreeSet<AnyNoun>,
    /// To whom.
    pub recipients: BTreeSet<AnyNoun>,
    /// Clauses of the notice that say so, by number, each with its sentence.
    pub clauses: Vec<(String, String)>,
}

/// Facts about a noun. Sides of a sentence that mean everything are left out.
#[must_use]
pub fn of_noun(snapshot: &Snapshot, noun: AnyNoun) -> Facts {
    let model = &snapshot.analysis.model;
    let mut facts = Facts::default();
    for grant in &snapshot.analysis.meaning.grants {
        let on_basis = grant.ways.iter().flatten().any(|basis| basis.any() == noun);
        for region in &grant.regions {
            if !(on_basis || speaks_of(region, noun)) {
                continue;
            }
            let region = Sides::of(region);
            facts.sentences.insert(grant.sentence);
            facts.data.extend(written(model, &region.data));
            facts.sources.extend(written(model, &region.sources));
            facts.purposes.extend(written(model, &region.purposes));
            facts.recipients.extend(written(model, &region.recipients));
            facts.bases.extend(bases(grant));
        }
    }
    let units = snapshot.notice_at_hand().map(Notice::units).unwrap_or_default();
    let about = |states: Stated| match states {
        Stated::Sentence(sentence) => facts.sentences.contains(&sentence),
        Stated::Noun(other) => other == noun,
        Stated::Closing | Stated::Clause(_) => false,
    };
    let mut seen = BTreeSet::new();
    facts.clauses = units
        .into_iter()
        .filter(|(number, unit)| about(unit.states) && seen.insert((*number).to_owned()))
        .map(|(number, unit)| (number.to_owned(), unit.sentence.clone()))
        .collect();
    facts
}

/// The clauses of the notice that say a sentence.
#[must_use]
pub fn clauses_of(snapshot: &Snapshot, sentence: SentenceRef) -> Vec<(String, String)> {
    let units = snapshot.notice_at_hand().map(Notice::units).unwrap_or_default();
    units
        .into_iter()
        .filter(|(_, unit)| unit.states == Stated::Sentence(sentence))
        .map(|(number, unit)| (number.to_owned(), unit.sentence.clone()))
        .collect()
}

/// The sentence that stands at a byte of a source.
#[must_use]
pub fn sentence_at(snapshot: &Snapshot, source: kupuya::source::SourceId, byte: u32) -> Option<SentenceRef> {
    let model = &snapshot.analysis.model;
    let permissions = (0..model.permissions.len()).map(SentenceRef::Permission);
    let keeps = (0..model.keeps.len()).map(SentenceRef::Keep);
    let bans = (0..model.bans.len()).map(SentenceRef::Ban);
    permissions.chain(keeps).chain(bans).find(|sentence| {
        let span = graph::span_of(model, *sentence);
        span.source == source && span.start <= byte && byte <= span.end
    })
}

/// Everything that lies above a noun, by its block and by what it `is`, the nearest first.
#[must_use]
pub fn above(model: &Model, noun: AnyNoun) -> Vec<AnyNoun> {
    let mut found: Vec<AnyNoun> = model.directly_above(noun).collect();
    let mut next = 0;
    while let Some(one) = found.get(next).copied() {
        next += 1;
        let further = model.directly_above(one).filter(|other| !found.contains(other));
        let further = further.collect::<Vec<_>>();
        found.extend(further);
    }
    found
}

/// How long a keep lasts, in words of the language.
#[must_use]
pub fn term(keep: &kupuya::model::sentence::Keep) -> Option<String> {
    use kupuya::model::sentence::End;
    match keep.end.as_ref()? {
        End::After(period, _) => Some(period.to_string()),
        End::Date(date) => Some(format!("until {date}")),
        End::Event(_) | End::Or(_) | End::And(_) => Some("until an event".to_owned()),
    }
}

fn bases(grant: &Grant) -> impl Iterator<Item = AnyNoun> + '_ {
    grant.ways.iter().flatten().map(|basis| basis.any())
}

/// Of a side that holds a noun and all that lies below it, the noun alone: what was written, more or less.
fn written(model: &Model, side: &[AnyNoun]) -> Vec<AnyNoun> {
    let among: BTreeSet<AnyNoun> = side.iter().copied().collect();
    side.iter()
        .copied()
        .filter(|noun| !model.directly_above(*noun).any(|above| among.contains(&above)))
        .collect()
}

/// Whether a noun stands on any side of a region.
fn speaks_of(region: &Region, noun: AnyNoun) -> bool {
    region.data.iter().flatten().any(|id| id.any() == noun)
        || region.source.iter().flatten().any(|id| id.any() == noun)
        || region.purpose.iter().flatten().any(|id| id.any() == noun)
        || region.recipient.iter().flatten().any(|id| id.any() == noun)
        || region.by.iter().flatten().any(|id| id.any() == noun)
}

/// The sides of a region as nouns of any kind.
struct Sides {
    data: Vec<AnyNoun>,
    sources: Vec<AnyNoun>,
    purposes: Vec<AnyNoun>,
    recipients: Vec<AnyNoun>,
}

impl Sides {
    fn of(region: &Region) -> Sides {
        Sides {
            data: region.data.iter().flatten().map(|id| id.any()).collect(),
            sources: region.source.iter().flatten().map(|id| id.any()).collect(),
            purposes: region.purpose.iter().flatten().map(|id| id.any()).collect(),
            recipients: region.recipient.iter().flatten().map(|id| id.any()).collect(),
        }
    }
}
