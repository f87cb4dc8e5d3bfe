//! The law packs and the taxonomy: each is read without findings, can be followed, and each of its rules can be broken.

mod broken;
mod packs;
mod taxonomy;
mod texts;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kupuya::diagnostic::Diagnostic;
use kupuya::model::{self, Model, Options};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax::ast::File;
use kupuya::{checks, graph, laws, meaning, syntax};
use std::sync::Arc;

use crate::edits::{left as edited, made, own};
use crate::model::told;

const COMPLIANT: &str = include_str!("compliant.kup");

/// Texts, trees and findings of the packs.
type Packs = (Sources, Vec<(Arc<File>, Origin)>, Vec<Diagnostic>);

/// The packs, read once.
static READ: LazyLock<Packs> = LazyLock::new(|| {
    let mut sources = Sources::default();
    laws::add_to(&mut sources);
    let mut found = Vec::new();
    let mut files = Vec::new();
    for (id, source) in sources.iter() {
        let (file, errors) = syntax::parse(id, source);
        found.extend(errors);
        files.push((Arc::new(file), source.origin));
    }
    (sources, files, found)
});

/// A policy under a law: its model and all that is found.
fn under(law: &str, policy: &str) -> (Model, Vec<Diagnostic>, Sources) {
    let (mut sources, mut files, mut found) = READ.clone();
    let source = Source::new("test.kup", Origin::Project, policy.as_bytes());
    let (file, errors) = syntax::parse(sources.add(source.clone()), &source);
    found.extend(errors);
    files.push((Arc::new(file), Origin::Project));
    let options = Options {
        law: Some(law.to_owned()),
        ..Options::default()
    };
    let (model, errors) = model::from_syntax(&files, &sources, &options);
    found.extend(errors);
    let meaning = meaning::from_model(&model);
    let graph = graph::from_model(&model, &meaning);
    found.extend(checks::run(&model, &meaning, &graph, &sources));
    (model, found, sources)
}

#[test]
fn every_pack_resolves() {
    for law in ["gdpr", "kg2008", "kgdc2025"] {
        let (model, mut found, sources) = under(law, COMPLIANT);
        let of_pack = |finding: &Diagnostic| {
            let place = finding.labels.first().and_then(|label| sources.get(label.span.source));
            place.is_some_and(|source| source.origin != Origin::Project)
        };
        found.retain(of_pack);
        assert_eq!(told(&found, &sources), "", "{law}");
        assert!(!model.rules.is_empty(), "{law} has no rules");
        for rule in &model.rules {
            let code = &rule.code;
            assert!(
                rule.label.is_some() && rule.cites.is_some(),
                "{code} lacks its label or article"
            );
            assert!(!rule.each.is_empty() || !rule.bans.is_empty(), "{code} checks nothing");
        }
    }
}

#[test]
fn the_digital_code_can_be_followed() {
    let (_, found, sources) = under("kgdc2025", COMPLIANT);
    assert_eq!(told(&found, &sources), "");
}

/// The same shop in Germany.
fn german() -> String {
    COMPLIANT
        .replace("in KG", "in DE")
        .replace("country:       KG", "country:       DE")
        .replace("country:     KG", "country:     DE")
}

#[test]
fn the_regulation_can_be_followed() {
    let (_, found, sources) = under("gdpr", &german());
    assert_eq!(told(&found, &sources), "");
}

#[test]
fn under_the_regulation_a_kyrgyz_shop_lacks_safeguards_alone() {
    let (_, found, _) = under("gdpr", COMPLIANT);
    let codes: BTreeSet<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(
        codes.into_iter().collect::<Vec<_>>(),
        [
            "gdpr.art44.transfer",
            "gdpr.art46.safeguard",
            "transfer_without_safeguard"
        ]
    );
}

/// Breaks the policy in one way, asks whether the rule notices, and makes each edit that it offers: the rule is silent then
/// and no other speaks. `by_hand` are the rules for which there is no edit, since only an author can say what is true.
fn breaks(law: &str, whole: &str, cases: &[(&str, &[(&str, &str)])], untested: &[&str], by_hand: &[&str]) {
    let (model, ..) = under(law, whole);
    let mut left: BTreeSet<String> = model.rules.iter().map(|rule| rule.code.clone()).collect();
    let mut unmended = Vec::new();
    let mut wrong = String::new();
    for (name, edits) in cases {
        let mut policy = whole.to_owned();
        for (from, to) in *edits {
            assert!(policy.contains(from), "{name}: nothing says `{from}`");
            policy = policy.replacen(from, to, 1);
        }
        let code = format!("{law}.{name}");
        let (_, before, sources) = under(law, &policy);
        assert!(
            before.iter().any(|finding| finding.code == code),
            "{code} is silent:\n{}",
            told(&before, &sources)
        );
        left.remove(&code);
        let found = || before.iter().filter(|finding| finding.code == code);
        if found().any(|finding| finding.fixes.is_empty()) {
            unmended.push(*name);
        }
        for fix in found().flat_map(|finding| &finding.fixes) {
            let new = made(&sources, own(&sources), fix);
            let (_, after, _) = under(law, &new);
            let problem = edited(&code, &before, &after);
            if !problem.is_empty() {
                wrong += &format!("{code}, {}: {problem}\n{}\n", fix.title.english(), added(&policy, &new));
            }
            if is_tidy(&policy) && !is_tidy(&new) {
                wrong += &format!("{code}: not in the one style:\n{}\n", added(&policy, &new));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let left: Vec<&str> = left
        .iter()
        .filter_map(|code| code.split_once('.'))
        .map(|(_, name)| name)
        .collect();
    assert_eq!(left, untested, "rules of {law} that nothing here breaks");
    assert_eq!(unmended, by_hand, "rules of {law} without an edit");
}

/// The lines that are new.
fn added(old: &str, new: &str) -> String {
    let old: Vec<&str> = old.lines().collect();
    let lines = new.lines().filter(|line| !old.contains(line));
    lines.map(|line| format!("    {line}\n")).collect()
}

fn is_tidy(text: &str) -> bool {
    let source = Source::new("test.kup", Origin::Project, text.as_bytes());
    kupuya::format::source(kupuya::source::SourceId(0), &source).unchanged
}
