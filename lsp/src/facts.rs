//! What the project says of one noun: where it goes, why, on what ground, for how long, and in which clauses.

use std::collections::BTreeSet;

use kupuya::graph;
use kupuya::meaning::{Grant, Region, SentenceRef};
use kupuya::model::Model;
use kupuya::model::noun::AnyNoun;
use kupuya::model::sentence::{End, Keep};
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

/// Facts about a noun. Sides of a sentence that mean everything are left out, and what stands beside the noun on its own.
#[must_use]
pub fn of_noun(snapshot: &Snapshot, noun: AnyNoun) -> Facts {
    let model = &snapshot.analysis.model;
    let faces = snapshot.faces(noun);
    let mut facts = Facts::default();
    for grant in &snapshot.analysis.meaning.grants {
        let on_basis = bases(grant).any(|basis| basis == noun);
        for region in &grant.regions {
            let mut sides = Sides::of(region);
            // Purposes that a sentence only takes from its neighbours in the block are none that it names.
            if !names_purposes(model, grant.sentence) {
                sides.purposes.clear();
            }
            let by = region.by.iter().flatten().any(|id| id.any() == noun);
            if !(on_basis || by || sides.hold(&faces)) {
                continue;
            }
            facts.sentences.insert(grant.sentence);
            let tell = |side: &[AnyNoun], told: &mut BTreeSet<AnyNoun>| {
                if !side.iter().any(|one| faces.contains(one)) {
                    let declared = written(model, side).into_iter().map(|one| snapshot.declared(one));
                    told.extend(declared);
                }
            };
            tell(&sides.data, &mut facts.data);
            tell(&sides.sources, &mut facts.sources);
            tell(&sides.purposes, &mut facts.purposes);
            tell(&sides.recipients, &mut facts.recipients);
            if !on_basis {
                facts.bases.extend(bases(grant));
            }
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

/// How long a keep lasts, in words of the language: `5 years after account_closed`, `until closed, at most 1 day`.
#[must_use]
pub fn term(model: &Model, keep: &Keep) -> Option<String> {
    let end = keep.end.as_ref().map(|end| match end {
        End::After(..) => written_end(model, end),
        End::Date(_) | End::Event(_) | End::Or(_) | End::And(_) => format!("until {}", written_end(model, end)),
    });
    let least = keep.at_least.map(|period| format!("at least {}", period.value));
    let most = keep.at_most.map(|period| format!("at most {}", period.value));
    let parts = [end, least, most].into_iter().flatten().collect::<Vec<_>>();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn written_end(model: &Model, end: &End) -> String {
    let several = |all: &[End], word: &str| {
        let all = all.iter().map(|one| match one {
            End::Or(_) | End::And(_) => format!("({})", written_end(model, one)),
            End::Event(_) | End::Date(_) | End::After(..) => written_end(model, one),
        });
        all.collect::<Vec<_>>().join(word)
    };
    match end {
        End::Event(fact) => model.facts[*fact].path.clone(),
        End::Date(date) => date.to_string(),
        End::After(period, None) => period.to_string(),
        End::After(period, Some(start)) => format!("{period} after {}", written_end(model, start)),
        End::Or(all) => several(all, " or "),
        End::And(all) => several(all, " and "),
    }
}

/// Whether a sentence says for what it is, itself or by a field of its block.
fn names_purposes(model: &Model, sentence: SentenceRef) -> bool {
    match sentence {
        SentenceRef::Permission(at) => model.permissions.get(at).is_some_and(|one| one.purpose.is_some()),
        SentenceRef::Keep(at) => model.keeps.get(at).is_some_and(|one| one.purpose.is_some()),
        SentenceRef::Ban(_) => false,
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

/// The sides of a region as nouns of any kind.
struct Sides {
    data: Vec<AnyNoun>,
    sources: Vec<AnyNoun>,
    purposes: Vec<AnyNoun>,
    recipients: Vec<AnyNoun>,
}

impl Sides {
    /// Whether one of these stands on any side.
    fn hold(&self, nouns: &[AnyNoun]) -> bool {
        let sides = [&self.data, &self.sources, &self.purposes, &self.recipients];
        sides.into_iter().flatten().any(|one| nouns.contains(one))
    }

    fn of(region: &Region) -> Sides {
        Sides {
            data: region.data.iter().flatten().map(|id| id.any()).collect(),
            sources: region.source.iter().flatten().map(|id| id.any()).collect(),
            purposes: region.purpose.iter().flatten().map(|id| id.any()).collect(),
            recipients: region.recipient.iter().flatten().map(|id| id.any()).collect(),
        }
    }
}
