//! Scenarios: the tests of a policy, asked of its bundle through the runtime that services embed.

pub mod coverage;
pub mod suggest;

use kupuya_runtime::{Answer, Bundle, Consent, Gap, Request, Verdict};

use crate::ask;
use crate::model::Model;
use crate::model::names::nearest_of;
use crate::model::noun::AnyNoun;
use crate::model::sentence::Expectation;
use crate::source::Span;
use crate::syntax::ast::Outcome;
use crate::syntax::vocabulary::Kind;

/// A scenario that was run.
#[derive(Clone, Debug)]
pub struct Ran<'a> {
    /// Its label.
    pub label: String,
    /// Its lines.
    pub lines: Vec<Line<'a>>,
}

/// A line that was asked.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Where it is written.
    pub span: Span,
    /// What it expects, in words of the language.
    pub expected: String,
    /// The request that it asks.
    pub request: Request,
    /// What the runtime answered.
    pub answer: Answer<'a>,
    /// Whether that is what it expects.
    pub passed: bool,
}

/// Runs every scenario on a bundle.
#[must_use]
pub fn run<'a>(model: &Model, bundle: &'a Bundle) -> Vec<Ran<'a>> {
    let line = |on, line: &Expectation| {
        let mut question = line.question.clone();
        question.on = question
            .on
            .or(on)
            .or(model.policy.as_ref().and_then(crate::model::Policy::begins));
        let request = ask::from_question(model, &question);
        let answer = bundle.decide(&request);
        let passed = fits(model, line, &answer);
        Line {
            span: line.span,
            expected: expected(model, line),
            request,
            answer,
            passed,
        }
    };
    model
        .scenarios
        .iter()
        .map(|scenario| Ran {
            label: scenario.label.value.clone(),
            lines: scenario
                .lines
                .iter()
                .map(|expectation| line(scenario.on, expectation))
                .collect(),
        })
        .collect()
}

/// The labels in which a word is near to a text that none has: a letter or two apart, or the same stem.
#[must_use]
pub fn near<'l>(text: &str, labels: &'l [String]) -> Vec<&'l str> {
    let text = text.to_lowercase();
    let wanted: Vec<&str> = words(&text).collect();
    let is_near = |label: &&String| {
        let label = label.to_lowercase();
        let words: Vec<&str> = words(&label).collect();
        wanted.iter().any(|wanted| {
            let begins = |word: &&str| {
                wanted
                    .chars()
                    .zip(word.chars())
                    .take_while(|(one, other)| one == other)
                    .count()
            };
            nearest_of(wanted, &words).is_some() || words.iter().any(|word| begins(word) >= STEM)
        })
    };
    labels.iter().filter(is_near).map(String::as_str).collect()
}

/// So many first letters are the same in forms of one word.
const STEM: usize = 5;

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.chars().count() > 2)
}

fn fits(model: &Model, line: &Expectation, answer: &Answer<'_>) -> bool {
    let verdict = match line.outcome {
        Outcome::Allow => return answer.decision,
        Outcome::Deny => return !answer.decision,
        Outcome::Forbidden => Verdict::Forbidden,
        Outcome::Undeclared => Verdict::Undeclared,
        Outcome::Unmet => Verdict::Unmet,
        Outcome::Invalid => Verdict::Invalid,
        Outcome::NoPolicy => Verdict::NoPolicy,
    };
    let gaps = answer
        .items
        .iter()
        .flat_map(|item| item.missing.iter().chain(&item.failed))
        .collect::<Vec<_>>();
    answer.verdict == verdict
        && line
            .unmet
            .iter()
            .all(|noun| gaps.iter().any(|gap| is_about(model, gap, *noun)))
}

/// Whether a gap is about a noun that the line names after `unmet`.
fn is_about(model: &Model, gap: &Gap, noun: AnyNoun) -> bool {
    let path = path(model, noun);
    match gap {
        Gap::Fact { name, .. } => noun.kind == Kind::Fact && *name == path,
        Gap::Class { name, .. } => noun.kind == Kind::Subject && *name == path,
        Gap::Consent { basis, state } => noun.kind == Kind::Basis && *basis == path && *state != Consent::Unknown,
        Gap::Objection { basis, .. } => noun.kind == Kind::Basis && *basis == path,
        Gap::Place { place, .. } => noun.kind == Kind::Country && *place == path,
        Gap::Age { .. } | Gap::Date { .. } | Gap::NoBasis | Gap::Retention { .. } => false,
    }
}

fn expected(model: &Model, line: &Expectation) -> String {
    let word = match line.outcome {
        Outcome::Allow => "allow",
        Outcome::Deny => "deny",
        Outcome::Forbidden => "deny forbidden",
        Outcome::Undeclared => "deny undeclared",
        Outcome::Unmet => "deny unmet",
        Outcome::Invalid => "deny invalid",
        Outcome::NoPolicy => "deny no_policy",
    };
    let names = line
        .unmet
        .iter()
        .map(|noun| path(model, *noun))
        .collect::<Vec<_>>()
        .join(", ");
    if names.is_empty() {
        word.to_owned()
    } else {
        format!("{word} {names}")
    }
}

/// The qualified name of a noun, as answers call it.
fn path(model: &Model, noun: AnyNoun) -> String {
    model.noun(noun).map(|noun| noun.path.to_owned()).unwrap_or_default()
}
