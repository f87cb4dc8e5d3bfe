//! What an error may have swallowed: a finding that something is missing waits until the text that could hold it is read.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::is_rule;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::names::nearest_of;
use crate::model::{self, Model};
use crate::source::{Sources, Span};
use crate::syntax::ast::{Declaration, File, Item, Node};
use crate::syntax::vocabulary::{KINDS, Kind, VERBS, kind};
use crate::syntax::{self, codes as broken};

/// Findings of built-in rules that something is not there, and which kinds of declarations could bring it, beside the one
/// at their place: `processing` stands for a sentence, `any` for whatever there is.
const ABSENCES: &[(&str, &[&str])] = &[
    ("consent_not_withdrawable", &[]),
    ("data_without_purpose", &["processing"]),
    ("duty_without_owner", &[]),
    ("missing_effective", &["policy"]),
    ("missing_policy", &["policy"]),
    ("no_basis", &[]),
    ("no_contact", &[]),
    ("no_purpose", &["processing"]),
    ("no_retention", &["processing"]),
    ("no_source", &[]),
    ("purpose_creep", &["processing"]),
    ("purpose_without_data", &["processing"]),
    ("right_without_channel", &[]),
    ("shared_not_collected", &["processing"]),
    ("transfer_without_safeguard", &["recipient", "country"]),
    ("unused_noun", &["any"]),
    ("used_not_collected", &["processing"]),
];

/// Errors after which nobody knows where a block ends, or what a file holds at all.
const WHOLE: &[&str] = &[
    broken::MISSING_BRACE,
    broken::NOT_UTF8,
    broken::STRAY_BRACE,
    broken::TOO_DEEP,
    broken::TOO_LONG,
    broken::TOO_MANY_ERRORS,
];

/// What may be lost.
#[derive(Debug, Default)]
struct Lost {
    /// Anything.
    whole: bool,
    /// Kinds of declarations of which one may be lost, or a field of one, by their words.
    words: BTreeSet<&'static str>,
    /// Declarations and sentences that have lost something.
    blocks: Vec<Span>,
}

impl Lost {
    fn is_nothing(&self) -> bool {
        !self.whole && self.words.is_empty() && self.blocks.is_empty()
    }

    /// Whether what a finding misses may be lost.
    fn may_hold(&self, place: Option<Span>, words: &[&str]) -> bool {
        self.whole
            || words.contains(&"any") && !self.is_nothing()
            || words.iter().any(|word| self.words.contains(word))
            || place.is_some_and(|place| self.blocks.iter().any(|block| begins_in(*block, place)))
    }

    /// Adds what an error at a place within these items may have taken.
    fn add(&mut self, items: &[Item], place: Span, sources: &Sources) {
        let Some(item) = items.iter().find(|item| begins_in(item.span, place)) else {
            self.whole = true;
            return;
        };
        match &item.node {
            Node::Declaration(declaration) => self.add_within(declaration, place, sources),
            Node::Sentence(_) => self.sentence(item.span),
            Node::Error => self.unknown(item.span, sources),
            // Rules and scenarios bring nothing that a policy could lack.
            Node::Field(_) | Node::Each(_) | Node::Expectation(_) => {}
        }
    }

    fn add_within(&mut self, declaration: &Declaration, place: Span, sources: &Sources) {
        let of_kind = kind(declaration.kind).word;
        match declaration.kind {
            // Only names may be wanted from here.
            Kind::Law | Kind::Rule | Kind::Scenario => {
                self.words.insert(of_kind);
                return;
            }
            Kind::Section if declaration.items.iter().any(|item| begins_in(item.span, place)) => {
                return self.add(&declaration.items, place, sources);
            }
            _ => {}
        }
        match declaration.items.iter().find(|item| begins_in(item.span, place)) {
            Some(item) => match &item.node {
                Node::Declaration(inner) => return self.add_within(inner, place, sources),
                Node::Sentence(_) => return self.sentence(item.span),
                // Perhaps a child of the same kind, or a sentence.
                _ => {}
            },
            // A name or what the noun is: sentences may mean something else by it, or nothing.
            None => {
                self.words.insert(kind(Kind::Processing).word);
            }
        }
        self.words.insert(of_kind);
        self.blocks.push(declaration.span);
    }

    fn sentence(&mut self, span: Span) {
        self.words.insert(kind(Kind::Processing).word);
        self.blocks.push(span);
    }

    /// What could not be read at all: a sentence or a declaration, as its first word says.
    fn unknown(&mut self, span: Span, sources: &Sources) {
        let first = sources.text(span).split_whitespace().next().unwrap_or_default();
        let verbs = VERBS.iter().map(|(_, verb, _)| *verb).chain(["never"]);
        if verbs.clone().any(|verb| verb == first) {
            return self.sentence(span);
        }
        let kinds = KINDS.iter().map(|kind| kind.word);
        match nearest_of(first, &kinds.chain(verbs.clone()).collect::<Vec<_>>()) {
            Some(near) if verbs.clone().any(|verb| verb == near) => self.sentence(span),
            // The sentences of a section may be lost with it.
            Some(near) if near != kind(Kind::Section).word => {
                let word = KINDS.iter().find(|kind| kind.word == near);
                self.words.extend(word.map(|kind| kind.word));
                self.words.insert(kind(Kind::Processing).word);
            }
            _ => self.whole = true,
        }
    }
}

/// Whether a place begins in another one; what is broken may end anywhere.
fn begins_in(outer: Span, inner: Span) -> bool {
    outer.source == inner.source && outer.start <= inner.start && inner.start <= outer.end
}

/// What the errors of syntax and names may have taken.
fn lost(model: &Model, files: &[Arc<File>], sources: &Sources, findings: &[Diagnostic]) -> Lost {
    let mut lost = Lost::default();
    let of_stage = |code: &str| {
        let mut stages = syntax::codes::ALL.iter().chain(model::codes::ALL);
        stages.any(|known| known.code == code) && !is_rule(model, code)
    };
    let errors = findings.iter().filter(|found| found.severity == Severity::Error);
    for found in errors.filter(|found| of_stage(&found.code)) {
        // Of a name that stands for nothing each use means nothing.
        let all = model::codes::ALL.iter().any(|known| known.code == found.code);
        let places = found.labels.iter().take(if all { found.labels.len() } else { 1 });
        for place in places.map(|label| label.span) {
            match files.iter().find(|file| file.source == place.source) {
                Some(file) if !WHOLE.contains(&found.code.as_str()) => lost.add(&file.items, place, sources),
                _ => lost.whole = true,
            }
        }
    }
    lost
}

/// One mistake gives one error: findings, and those that wait until it is mended, since they may only follow from it.
pub(super) fn split(
    model: &Model,
    files: &[Arc<File>],
    sources: &Sources,
    findings: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let lost = lost(model, files, sources, &findings);
    if lost.is_nothing() {
        return (findings, Vec::new());
    }
    findings.into_iter().partition(|found| {
        let built_in = ABSENCES.iter().find(|(code, _)| *code == found.code);
        let words = built_in.map(|(_, words)| *words).or(found.absent.as_deref());
        words.is_none_or(|words| !lost.may_hold(found.place(), words))
    })
}
