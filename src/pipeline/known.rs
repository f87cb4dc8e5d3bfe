//! Every code that a finding can have: its page, whether it can be accepted, and what its level makes of it.

use std::sync::Arc;

use super::packs::with_origins;
use crate::diagnostic::Diagnostic;
use crate::manifest::{self, Level};
use crate::messages::Language;
use crate::model::packs;
use crate::model::{self, Model};
use crate::source::Sources;
use crate::syntax::ast::File;
use crate::{checks, proofread, syntax, today, waivers};

/// A code that a finding can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub code: String,
    /// The pattern found, in one sentence.
    pub summary: String,
    /// Its page, in Markdown.
    pub page: String,
}

/// Every code, sorted: of syntax and names, of waivers, and the rules with their pages.
#[must_use]
pub fn codes() -> Vec<Code> {
    let stages = [
        syntax::codes::ALL,
        model::codes::ALL,
        waivers::ALL,
        today::ALL,
        manifest::ALL,
        proofread::ALL,
    ];
    let plain = stages
        .into_iter()
        .flatten()
        .filter(|known| checks::rule_named(known.code).is_none());
    let plain = plain.map(|known| Code {
        code: known.code.to_owned(),
        summary: known.summary.to_owned(),
        page: known.page.to_owned(),
    });
    let rules = checks::RULES.iter().map(|rule| Code {
        code: rule.code.to_owned(),
        summary: rule.summary.to_owned(),
        page: rule.page.to_owned(),
    });
    let mut all = plain.chain(rules).collect::<Vec<_>>();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    all
}

/// Codes that a waiver may name: built-in ones, and those of the rules in force.
pub(super) fn known_codes(model: &Model) -> Vec<String> {
    let of_packs = model.rules.iter().map(|rule| rule.code.clone());
    codes().into_iter().map(|code| code.code).chain(of_packs).collect()
}

/// Rules whose findings leave no meaning to accept, or are about waivers themselves (M17).
const NEVER_WAIVED: &[&str] = &[
    "cycle",
    "declared_twice",
    "expired_waiver",
    "unknown_name",
    "unused_waiver",
];

/// The rules of the law packs and house rules at hand, with pages made of what they say.
#[must_use]
pub fn rules_of_packs(sources: &Sources, files: &[Arc<File>], language: Language) -> Vec<Code> {
    let files = with_origins(sources, files);
    let pages = checks::law::pages::all(sources, &files, language).into_iter();
    pages
        .map(|page| Code {
            code: page.code,
            summary: page.summary,
            page: page.text,
        })
        .collect()
}

/// The rules of the packs that the program carries, with their pages.
#[must_use]
pub fn rules_carried(language: Language) -> Vec<Code> {
    let mut sources = Sources::default();
    crate::laws::add_to(&mut sources);
    let trees = sources.iter().map(|(id, source)| Arc::new(syntax::parse(id, source).0));
    rules_of_packs(&sources, &trees.collect::<Vec<_>>(), language)
}

/// Only findings of rules can be accepted or given another level: without syntax, names and kinds there is no meaning.
#[must_use]
pub fn is_rule(model: &Model, code: &str) -> bool {
    built_in(code) || model.rules.iter().any(|rule| rule.code == code)
}

fn built_in(code: &str) -> bool {
    let mut of_stages = today::ALL.iter().chain(proofread::ALL);
    let of_stage = of_stages.any(|known| known.code == code);
    (of_stage || checks::rule_named(code).is_some()) && !NEVER_WAIVED.contains(&code)
}

/// Every code that may be given another level: the built-in rules, and those of all packs and house rules at hand, in
/// force or not, since a project may be checked under each. Sorted.
#[must_use]
pub fn levelled(sources: &Sources, files: &[Arc<File>]) -> Vec<String> {
    let mut all = codes()
        .into_iter()
        .map(|code| code.code)
        .filter(|code| built_in(code))
        .collect::<Vec<_>>();
    let files = with_origins(sources, files);
    let heads = packs::heads(&files).into_iter();
    all.extend(heads.flat_map(|head| head.rules).map(|(code, _)| code));
    all.sort();
    all.dedup();
    all
}

/// What is left of the findings, and what their levels drop.
pub(super) fn at_their_levels(
    model: &Model,
    found: Vec<Diagnostic>,
    levels: &[(String, Level)],
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let level = |code: &str| {
        levels
            .iter()
            .rev()
            .find(|(of, _)| of == code && is_rule(model, code))
            .map(|(_, level)| *level)
    };
    let (allowed, mut left): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|finding| level(&finding.code) == Some(Level::Allow));
    for finding in &mut left {
        if let Some(Level::At(severity)) = level(&finding.code) {
            finding.severity = severity;
        }
    }
    (left, allowed)
}
