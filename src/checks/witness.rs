//! A witness as a sentence of the language, which `kupuya decide` accepts.

use super::pairs::{Conflict, Point, SLOTS, path};
use super::worlds::{Spot, World};
use crate::diagnostic::Witness;
use crate::model::Model;
use crate::model::noun::{Basis, Id};
use crate::model::sentence::Act;
use crate::syntax::ast::Date;
use crate::syntax::vocabulary::Kind;

/// `share identity.face_photo about user with partners for payments given agreed`.
#[must_use]
pub fn sentence(model: &Model, conflict: &Conflict) -> String {
    let slot = |kind| slot_path(model, &conflict.point, kind);
    let mut words = vec![conflict.act.word().to_owned()];
    words.push(slot(Kind::Data).unwrap_or_else(|| "any".to_owned()));
    let about = about(model, &conflict.world);
    let mut say = |word: &str, what: Option<String>| {
        if let Some(what) = what {
            words.push(format!("{word} {what}"));
        }
    };
    say("about", about);
    say("from", slot(Kind::Source));
    // What is published goes to everyone; the verb says it already.
    say("with", slot(Kind::Recipient).filter(|_| conflict.act == Act::Share));
    say("for", slot(Kind::Purpose));
    say("by", slot(Kind::Controller).filter(|_| model.controllers.len() > 1));
    if let Some(spot) = conflict.world.spot {
        words.push(match spot {
            Spot::In(country) => format!("in {}", model.countries[country].path),
            Spot::Elsewhere => "abroad".to_owned(),
        });
    }
    let known = known(model, &conflict.way, &conflict.world);
    if !known.is_empty() {
        words.push(format!("given {}", known.join(", ")));
    }
    if let Some(Date { year, month, day }) = conflict.world.date {
        words.push(format!("on {year:04}-{month:02}-{day:02}"));
    }
    words.join(" ")
}

/// The request that shows a conflict.
#[must_use]
pub fn of(model: &Model, conflict: &Conflict) -> Witness {
    Witness {
        sentence: sentence(model, conflict),
        collected: None,
    }
}

/// Whether a basis is a consent.
#[must_use]
pub fn is_consent(model: &Model, basis: Id<Basis>) -> bool {
    let above = model.bases.up(basis).into_iter().map(|id| &model.bases[id]);
    above
        .into_iter()
        .any(|noun| noun.path == "consent" && noun.origin != crate::source::Origin::Project)
}

fn slot_path(model: &Model, point: &Point, kind: Kind) -> Option<String> {
    let at = SLOTS.iter().position(|slot| *slot == kind)?;
    point.get(at).copied().flatten().map(|atom| path(model, kind, atom))
}

/// The lowest classes that hold: those above them follow.
fn about(model: &Model, world: &World) -> Option<String> {
    let held: Vec<_> = world
        .classes
        .iter()
        .filter(|(_, holds)| *holds)
        .map(|(id, _)| *id)
        .collect();
    let mut names: Vec<&str> = held
        .iter()
        .filter(|high| {
            !held
                .iter()
                .any(|low| low != *high && model.subjects.below(*low, **high))
        })
        .map(|id| model.subjects[*id].path.as_str())
        .collect();
    names.sort_unstable();
    (!names.is_empty()).then(|| names.join(", "))
}

fn known(model: &Model, way: &[Id<Basis>], world: &World) -> Vec<String> {
    let mut consents: Vec<String> = way
        .iter()
        .filter(|basis| is_consent(model, **basis))
        .map(|basis| model.bases[*basis].path.clone())
        .collect();
    consents.sort_unstable();
    let facts = world.facts.iter().map(|(fact, holds)| {
        let not = if *holds { "" } else { "not " };
        format!("{not}{}", model.facts[*fact].path)
    });
    let age = world.age.map(|age| format!("age = {age}"));
    consents.into_iter().chain(facts).chain(age).collect()
}
