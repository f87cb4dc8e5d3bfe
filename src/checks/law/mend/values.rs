//! What stands in a new field until its author knows better: the bound of the rule, or a blank of the right shape.

use super::super::atoms::atoms;
use super::super::names::{self, Name};
use super::super::project::Project;
use super::Bound;
use crate::model::noun::{AnyNoun, Id};
use crate::model::{Model, Pack};
use crate::syntax::ast::{Atom, Comparison, Quantity};
use crate::syntax::vocabulary::{FieldWord, Kind, Shape};

/// A text that its author fills in.
const BLANK: &str = "\"…\"";

/// The value of a field of a noun; `None` where nothing of that shape can be left blank.
pub fn of(project: &Project<'_>, pack: &Pack, noun: AnyNoun, field: &FieldWord, bound: &Bound) -> Option<String> {
    if let Some((sign, value)) = bound {
        return match (sign, field.shape) {
            (Comparison::AtMost | Comparison::AtLeast | Comparison::Equal, Shape::Period | Shape::Number) => {
                Some(value.clone())
            }
            (Comparison::In, Shape::Means) => Some(means(project.model, value)),
            (_, Shape::Means) => None,
            _ => None,
        };
    }
    match field.shape {
        Shape::Text | Shape::Texts => Some(BLANK.to_owned()),
        Shape::Word(words) => words.first().map(|word| (*word).to_owned()),
        Shape::Period => Some("1 year".to_owned()),
        Shape::Places => Some("site \"https://…\"".to_owned()),
        Shape::Countries => project
            .model
            .home
            .map(|home| project.model.countries[home].path.clone()),
        Shape::Means => Some(means_of(project, pack, noun, field.word)),
        Shape::Names(_) | Shape::Formula(_) | Shape::Date | Shape::Number | Shape::Onward => None,
    }
}

/// By what means and where: what the rules leave open, the way of giving for the way back, else the usual one.
fn means_of(project: &Project<'_>, pack: &Pack, noun: AnyNoun, word: &str) -> String {
    if let Some(left) = left_open(project, pack, noun, word) {
        return means(project.model, &left);
    }
    let given = (noun.kind == Kind::Basis && word == "withdraw")
        .then(|| project.model.bases[Id::new(noun.index)].detail.given.first())
        .flatten();
    if let Some(given) = given {
        return project.sources.text(given.span).to_owned();
    }
    let usual = match word {
        "given" | "accepted" => "checkbox",
        "withdraw" => "tap",
        "changes" => "email",
        _ => "electronic_request",
    };
    means(project.model, usual)
}

/// The first means that `must have no WORD except …` leaves open for this noun.
fn left_open(project: &Project<'_>, pack: &Pack, noun: AnyNoun, word: &str) -> Option<String> {
    let rules = project.model.rules.iter().flat_map(|rule| &rule.each);
    let of_noun = rules.filter(|each| {
        let name = names::resolve(project.model, pack, &each.noun.text());
        matches!(name, Some(Name::Class(class)) if project.model.below(noun, class))
    });
    atoms(of_noun.flat_map(|each| &each.must))
        .filter_map(|atom| match atom {
            Atom::Has {
                quantity: Quantity::No,
                paths,
                except,
                ..
            } if paths.iter().any(|path| path.text() == word) => except.first().map(|path| path.text()),
            _ => None,
        })
        .next()
}

/// A means at a channel of the project.
pub fn means(model: &Model, by: &str) -> String {
    let known = model.channels.iter().any(|(_, channel)| channel.path == by);
    let at = model
        .channels
        .of_project()
        .map(|(_, channel)| channel.path.as_str())
        .next();
    match (known, at) {
        (true, Some(at)) => format!("{by} at {at}"),
        (false, Some(at)) => format!("at {at}"),
        (_, None) => by.to_owned(),
    }
}
