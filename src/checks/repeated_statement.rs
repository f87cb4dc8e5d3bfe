//! `repeated_statement`: a statement permits nothing that another does not permit too.

use super::near::Near;
use super::worlds;
use super::{Facts, edit, finding};
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::graph::span_of;
use crate::meaning::{Grant, Region, SentenceRef, SlotKind};
use crate::model::Model;
use crate::model::noun::Id;
use crate::model::sentence::{Act, Obligation};

pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let Facts { model, meaning, .. } = *facts;
    let near = Near::of(meaning);
    let place = |grant: &Grant| span_of(model, grant.sentence);
    let mut found = Vec::new();
    for small in &meaning.grants {
        let (SentenceRef::Permission(at), Some(first)) = (small.sentence, small.regions.first()) else {
            continue;
        };
        // A condition that is impossible has been reported where it is written.
        if model.permissions[at].when.is_never() {
            continue;
        }
        // Of two that say the same, the later repeats the earlier.
        let repeats = |large: &&Grant| {
            matches!(large.sentence, SentenceRef::Permission(_))
                && large.sentence != small.sentence
                && covers(model, large, small)
                && (place(large) < place(small) || !covers(model, small, large))
        };
        let others = near.statements(first).map(|(_, grant)| grant).filter(repeats);
        let Some(large) = others.min_by_key(|large| place(large)) else {
            continue;
        };
        let span = place(small);
        found.push(
            finding(
                "repeated_statement",
                "this statement permits nothing that another does not permit too",
                span,
                "nothing is added here",
            )
            .and(span_of(model, large.sentence), "says the same or more")
            .because("a reader looks for what the second sentence adds, and a change of one leaves the other standing")
            .help("remove it, or say in it what the other does not")
            .fix(Fix {
                title: "remove the statement".into(),
                edits: vec![edit::remove(facts.sources, span)],
                applicability: Applicability::NeedsReview,
                within: Vec::new(),
            }),
        );
    }
    found
}

/// Whether all that one statement permits the other permits too, on the same bases and with no less to do afterwards.
fn covers(model: &Model, large: &Grant, small: &Grant) -> bool {
    let ways = || small.ways.iter().all(|way| !way.is_empty() && large.ways.contains(way));
    let regions = || {
        let mut regions = small.regions.iter();
        let held = |act, region| large.regions.iter().any(|other| holds(act, other, region));
        !small.regions.is_empty() && regions.all(|region| region.acts.iter().all(|act| held(*act, region)))
    };
    let guard = || worlds::find(model, &[&small.guard], &[&large.guard], &[]).is_none();
    let duties = || {
        let known: Vec<_> = then(model, large).iter().map(duty).collect();
        then(model, small).iter().all(|one| known.contains(&duty(one)))
    };
    ways() && regions() && duties() && guard()
}

fn then<'a>(model: &'a Model, grant: &Grant) -> &'a [Obligation] {
    match grant.sentence {
        SentenceRef::Permission(at) => &model.permissions[at].then,
        SentenceRef::Keep(at) => &model.keeps[at].then,
        SentenceRef::Ban(at) => &model.bans[at].then,
    }
}

fn duty(one: &Obligation) -> impl PartialEq + use<> {
    (one.what, one.to.clone(), one.within)
}

/// Whether a box holds what another permits of one act. A slot that the act lacks limits nothing; the purposes justify
/// also what has none (M7).
fn holds(act: Act, large: &Region, small: &Region) -> bool {
    large.acts.contains(&act)
        && within(&small.by, &large.by)
        && within(&small.data, &large.data)
        && within(&small.purpose, &large.purpose)
        && (!act.has(SlotKind::Source) || within(&small.source, &large.source))
        && (!act.has(SlotKind::Recipient) || within(&small.recipient, &large.recipient))
}

fn within<D>(small: &Option<Vec<Id<D>>>, large: &Option<Vec<Id<D>>>) -> bool {
    match (small, large) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(small), Some(large)) => {
            small.len() <= large.len() && small.iter().all(|atom| large.binary_search(atom).is_ok())
        }
    }
}
