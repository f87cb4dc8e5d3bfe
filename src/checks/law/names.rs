//! Names in the rules of a pack: kinds, verbs, classes, fields, detectors.

use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity, Text};
use crate::model::names::{NO_BUSINESS, instead_of, nearest_of, of_project};
use crate::model::noun::{AnyNoun, Table};
use crate::model::{Model, Pack, Rule};
use crate::source::{Origin, Span};
use crate::syntax::ast::{Atom, Bound, Path};
use crate::syntax::vocabulary::{self, KINDS, Kind, VERBS, Verb};

use super::atoms::atoms;
use super::detectors::DETECTORS;
use super::fields;

/// What a name in a rule stands for, if it is no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// All nouns of a kind; `policy`.
    Kind(Kind),
    /// The flows with a verb; the keeps.
    Verb(Verb),
    /// All flows.
    Flow,
    /// A noun and what lies below it.
    Class(AnyNoun),
}

/// Reads a name in the scope of a pack: the pack's own nouns, then the taxonomy, then kinds and verbs. House rules see
/// the project's nouns first.
#[must_use]
pub fn resolve(model: &Model, pack: &Pack, name: &str) -> Option<Name> {
    // Kinds and verbs are words of the language; no noun can take them.
    let kind = KINDS
        .iter()
        .find(|entry| entry.word == name)
        .map(|entry| Name::Kind(entry.kind));
    let verb = VERBS
        .iter()
        .find(|(_, word, _)| *word == name)
        .map(|(verb, ..)| Name::Verb(*verb));
    let flow = (name == "flow").then_some(Name::Flow);
    kind.or(verb)
        .or(flow)
        .or_else(|| class(model, pack, name).map(Name::Class))
}

fn class(model: &Model, pack: &Pack, name: &str) -> Option<AnyNoun> {
    let qualified = format!("{}.{name}", pack.name);
    let own = every(model, |path, origin| origin == Origin::Pack && path == qualified);
    let project = || every(model, |path, origin| origin == Origin::Project && path == name);
    let house = || {
        if pack.origin == Origin::Project {
            project()
        } else {
            None
        }
    };
    let outer = || every(model, |path, origin| origin != Origin::Project && path == name);
    let inner = || {
        let prefix = format!("{}.", pack.name);
        let suffix = format!(".{name}");
        every(model, |path, origin| {
            let of_pack = origin == Origin::Pack && path.starts_with(&prefix);
            (of_pack || origin == Origin::Taxonomy) && path.ends_with(&suffix)
        })
    };
    house().or(own).or_else(outer).or_else(inner)
}

/// The first noun of any kind that passes.
fn every(model: &Model, wanted: impl Fn(&str, Origin) -> bool) -> Option<AnyNoun> {
    fn of<D>(table: &Table<D>, kind: Kind, wanted: &impl Fn(&str, Origin) -> bool) -> Option<AnyNoun> {
        let found = table.iter().find(|(_, noun)| wanted(&noun.path, noun.origin));
        found.map(|(id, _)| crate::graph::any(kind, id))
    }
    of(&model.bases, Kind::Basis, &wanted)
        .or_else(|| of(&model.data, Kind::Data, &wanted))
        .or_else(|| of(&model.recipients, Kind::Recipient, &wanted))
        .or_else(|| of(&model.channels, Kind::Channel, &wanted))
        .or_else(|| of(&model.purposes, Kind::Purpose, &wanted))
        .or_else(|| of(&model.rights, Kind::Right, &wanted))
        .or_else(|| of(&model.measures, Kind::Measure, &wanted))
        .or_else(|| of(&model.subjects, Kind::Subject, &wanted))
        .or_else(|| of(&model.controllers, Kind::Controller, &wanted))
        // After the parties, each of which has a source of its name.
        .or_else(|| of(&model.sources, Kind::Source, &wanted))
        .or_else(|| of(&model.duties, Kind::Duty, &wanted))
        .or_else(|| of(&model.terms, Kind::Term, &wanted))
        .or_else(|| of(&model.countries, Kind::Country, &wanted))
        .or_else(|| of(&model.grounds, Kind::Ground, &wanted))
        .or_else(|| of(&model.facts, Kind::Fact, &wanted))
}

/// Names in the `each` sentences of a rule that stand for nothing: errors of the pack.
#[must_use]
pub fn unknown<'r>(model: &Model, pack: &Pack, rule: &'r Rule) -> Vec<(&'r str, Diagnostic)> {
    let mut found = Vec::new();
    let mut ask = |path: &'r Path, fields_too: bool, detectors: bool| {
        for (at, step) in path.steps.iter().enumerate() {
            let is_field = fields_too && fields::is_word(&step.value);
            if !is_field && OUT_OF_REACH.iter().any(|kind| word_of(*kind) == step.value) {
                found.push((step.value.as_str(), out_of_reach(&step.value, step.span, rule)));
                break;
            }
            let known = resolve(model, pack, &step.value).is_some()
                || is_field
                || detectors && DETECTORS.iter().any(|(word, ..)| *word == step.value)
                // A path that names one noun as a whole.
                || at == 0 && !fields_too && resolve(model, pack, &path.text()).is_some();
            let theirs = || of_project(model, &step.value, |_| true).filter(|_| pack.origin != Origin::Project);
            if let Some(noun) = theirs().filter(|_| !known) {
                found.push((
                    step.value.as_str(),
                    of_the_policy(model, &step.value, noun, step.span, rule),
                ));
                break;
            }
            if !known {
                let near = nearest(model, &step.value, fields_too, detectors);
                found.push((step.value.as_str(), unknown_name(&step.value, step.span, rule, near)));
                break;
            }
            if !fields_too && path.steps.len() > 1 {
                break;
            }
        }
    };
    for each in &rule.each {
        ask(&each.noun, false, false);
        each.except.iter().for_each(|path| ask(path, false, false));
        for atom in atoms(each.condition.iter().chain(&each.must)) {
            match atom {
                Atom::Has {
                    paths, except, bound, ..
                } => {
                    paths.iter().for_each(|path| ask(path, true, false));
                    except.iter().for_each(|path| ask(path, false, false));
                    if let Some((_, bound)) = bound
                        && let Bound::Path(path) = &bound.value
                    {
                        ask(path, true, false);
                    }
                }
                Atom::Is { nouns, .. } => nouns.iter().for_each(|path| ask(path, false, true)),
            }
        }
    }
    found
}

/// Kinds that hold nouns and sentences and are none: nothing is stated of them that a rule could ask.
const OUT_OF_REACH: &[Kind] = &[
    Kind::Section,
    Kind::Clause,
    Kind::Processing,
    Kind::Law,
    Kind::Rule,
    Kind::Scenario,
];

fn word_of(kind: Kind) -> &'static str {
    vocabulary::kind(kind).word
}

fn out_of_reach(name: &str, at: Span, rule: &Rule) -> Diagnostic {
    let help = if name == word_of(Kind::Processing) {
        "ask about what stands in the block: `each flow`, a verb such as `each share`, or `each keep`"
    } else {
        "ask about a kind of noun such as `each recipient`, about what is done, such as `each share`, or about `each policy`"
    };
    Diagnostic::new(
        "wrong_kind",
        Severity::Error,
        Text::new("no rule can ask about `{name}`").with("name", name),
        at,
        Text::new("in the rule {rule}").with("rule", rule.code.clone()),
    )
    .because("rules ask about nouns, flows and keeps; a rule about anything else checks nothing")
    .help(help)
}

/// A noun of the policy, which the rule of a pack names.
fn of_the_policy(model: &Model, name: &str, noun: AnyNoun, at: Span, rule: &Rule) -> Diagnostic {
    Diagnostic::new(
        "unknown_name",
        Severity::Error,
        Text::new(NO_BUSINESS).with("name", name),
        at,
        Text::new("in the rule {rule}").with("rule", rule.code.clone()),
    )
    .because("a rule with a name that stands for nothing checks nothing")
    .help(instead_of(model, noun))
}

/// The nearest of the words that may stand there.
fn nearest(model: &Model, name: &str, fields_too: bool, detectors: bool) -> Option<String> {
    let kinds = KINDS.iter().filter(|kind| !OUT_OF_REACH.contains(&kind.kind));
    let kinds = kinds.map(|kind| kind.word).chain(["flow"]);
    let verbs = VERBS.iter().map(|(_, word, _)| *word);
    let fields = fields::words().filter(|_| fields_too);
    let detectors = DETECTORS.iter().map(|(word, ..)| *word).filter(|_| detectors);
    let mut all: Vec<&str> = model.nouns().map(|(_, noun)| noun.path).collect();
    for word in kinds.chain(verbs).chain(fields).chain(detectors) {
        all.push(word);
    }
    nearest_of(name, &all).map(str::to_owned)
}

fn unknown_name(name: &str, at: Span, rule: &Rule, near: Option<String>) -> Diagnostic {
    let found = Diagnostic::new(
        "unknown_name",
        Severity::Error,
        Text::new("`{name}` is no kind, verb, noun, field or detector").with("name", name),
        at,
        Text::new("in the rule {rule}").with("rule", rule.code.clone()),
    )
    .because("a rule with a name that stands for nothing checks nothing");
    match near {
        Some(near) => found
            .help(Text::new("did you mean `{name}`?").with("name", near.clone()))
            .fix(Fix {
                title: Text::new("write `{name}`").with("name", near.clone()),
                edits: vec![(at, near)],
                applicability: Applicability::NeedsReview,
                within: Vec::new(),
            }),
        None => found.help("declare a noun of this name in the pack, or correct the name"),
    }
}
