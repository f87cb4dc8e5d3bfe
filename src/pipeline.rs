//! The order of the stages: the only place that knows it.

use std::sync::Arc;

use crate::bundle::{self, SourceMap};
use crate::checks;
use crate::diagnostic::{Diagnostic, Severity, sorted};
use crate::graph::{self, FlowGraph};
use crate::manifest;
use crate::meaning::{self, Meaning};
use crate::messages::Language;
use crate::model::{self, Model, packs};
use crate::notice;
use crate::notice::document::Document;
use crate::proofread;
use crate::source::{Origin, Sources};
use crate::syntax::ast::{Date, File, Node};
use crate::syntax::vocabulary::Kind;
use crate::syntax::{self, Trees};
use crate::today;
use crate::waivers::{self, Waived};

pub use crate::manifest::Level;

/// How an analysis is to be made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Today: waivers run out by it.
    pub today: Date,
    /// A pack to check against instead of the policy's own.
    pub law: Option<String>,
    /// Levels of rules, by code; later entries win.
    pub levels: Vec<(String, Level)>,
}

/// Everything that is known about a project. Made from any text, however broken.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The trees, one a source.
    pub files: Vec<Arc<File>>,
    /// The model.
    pub model: Model,
    /// Its meaning.
    pub meaning: Meaning,
    /// Its flows.
    pub graph: FlowGraph,
    /// Open findings, by place.
    pub findings: Vec<Diagnostic>,
    /// Accepted findings, by place.
    pub waived: Vec<Waived>,
    /// Findings that their level drops, by place.
    pub allowed: Vec<Diagnostic>,
    /// Where its sentences are written.
    pub source_map: SourceMap,
}

impl Analysis {
    /// Whether a finding stops the build.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|found| found.severity == Severity::Error)
    }
}

/// What a build writes.
#[derive(Clone, Debug)]
pub struct Outputs {
    /// The notice.
    pub document: Document,
    /// The bundle.
    pub bundle: Vec<u8>,
}

/// Reads, resolves and checks all sources.
#[must_use]
pub fn analyze(sources: &Sources, options: &Options) -> Analysis {
    analyze_again(&mut Trees::default(), sources, options)
}

/// The same, for who asks again and again: of texts that are as they were, the trees are kept.
#[must_use]
pub fn analyze_again(trees: &mut Trees, sources: &Sources, options: &Options) -> Analysis {
    let mut found = Vec::new();
    let mut files = Vec::new();
    for (id, source) in sources.iter() {
        let (file, problems) = trees.of(id, source);
        found.extend(problems);
        files.push((file, source.origin));
    }
    let (model, mut problems) = model::from_syntax(
        &files,
        sources,
        &model::Options {
            day: None,
            law: options.law.clone(),
        },
    );
    found.append(&mut problems);
    let meaning = meaning::from_model(&model);
    let graph = graph::from_model(&model, &meaning);
    found.append(&mut checks::run(&model, &meaning, &graph, sources));
    // Who asks for a law by its name does not need to hear that it has ended.
    if options.law.is_none() {
        found.append(&mut today::check(&model, &packs::heads(&files), options.today));
    }
    let (found, allowed) = at_their_levels(&model, found, &options.levels);
    let waivable = |code: &str| is_rule(&model, code);
    let known = known_codes(&model);
    let (findings, waived) = waivers::apply(&model, found, options.today, waivable, &known);
    let findings = without_what_follows(&model, findings);
    let files = files.into_iter().map(|(file, _)| file).collect();
    Analysis {
        files,
        source_map: SourceMap::new(&model, sources),
        model,
        meaning,
        graph,
        findings: sorted(findings),
        waived,
        allowed: sorted(allowed),
    }
}

/// Findings that something is not there: after an error of syntax or names it may stand in what could not be read.
const ABSENCES: &[&str] = &[
    "data_without_purpose",
    "missing_effective",
    "no_retention",
    "purpose_without_data",
    "shared_not_collected",
    "unused_noun",
    "unused_waiver",
    "used_not_collected",
];

/// One mistake gives one error: what only follows from it is left out until it is mended.
fn without_what_follows(model: &Model, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let of_stage = |code: &str| {
        let mut stages = syntax::codes::ALL.iter().chain(model::codes::ALL);
        stages.any(|known| known.code == code) && !is_rule(model, code)
    };
    let mut errors = findings.iter().filter(|found| found.severity == Severity::Error);
    if errors.any(|found| of_stage(&found.code)) {
        findings.retain(|found| !ABSENCES.contains(&found.code.as_str()));
    }
    findings
}

/// The notice, of a draft too.
#[must_use]
pub fn document(analysis: &Analysis, options: &notice::Options) -> Document {
    notice::document(&analysis.model, &analysis.meaning, options)
}

/// A paper beside the notice, or the notice itself.
#[must_use]
pub fn paper(analysis: &Analysis, options: &notice::Options, paper: notice::plan::Paper) -> Document {
    notice::paper(&analysis.model, &analysis.meaning, options, paper)
}

/// Remarks about the text of the notice: those that a level asks for, and with `all` every other, too.
#[must_use]
pub fn remarks(
    analysis: &Analysis,
    notice: &notice::Options,
    levels: &[(String, Level)],
    all: bool,
) -> Vec<Diagnostic> {
    let level = |code: &str| levels.iter().rev().find(|(of, _)| of == code).map(|(_, level)| *level);
    let asked = |code: &str| matches!(level(code), Some(Level::At(_))) || all && level(code).is_none();
    if !proofread::ALL.iter().any(|known| asked(known.code)) {
        return Vec::new();
    }
    let document = document(analysis, notice);
    let mut found = proofread::notes(&analysis.model, &document, notice);
    found.retain(|remark| asked(&remark.code));
    at_their_levels(&analysis.model, found, levels).0
}

/// The names in `order` that no chapter of the notice has, and the names that there are.
#[must_use]
pub fn unknown_chapters(analysis: &Analysis, options: &notice::Options) -> (Vec<String>, Vec<String>) {
    let plan = notice::plan::plan(&analysis.model, options);
    let unknown = plan.unknown_names(&options.order).into_iter().map(str::to_owned);
    (unknown.collect(), plan.names().map(str::to_owned).collect())
}

/// The gate: notice and bundle of a policy without errors; `None` if it has some.
#[must_use]
pub fn build(analysis: &Analysis, options: &notice::Options) -> Option<Outputs> {
    if analysis.has_errors() {
        return None;
    }
    outputs(analysis, options)
}

/// Notice and bundle of a draft: findings of rules stand, as if each were waived. `None` where syntax or names have errors,
/// since there is no meaning to ask then.
#[must_use]
pub fn draft(analysis: &Analysis, options: &notice::Options) -> Option<Outputs> {
    let mut errors = analysis
        .findings
        .iter()
        .filter(|found| found.severity == Severity::Error);
    if errors.any(|found| !is_rule(&analysis.model, &found.code)) {
        return None;
    }
    outputs(analysis, options)
}

/// What the bundle of a policy without errors holds, for other engines; `None` if it has some.
#[must_use]
pub fn content(analysis: &Analysis, options: &notice::Options) -> Option<kupuya_runtime::wire::BundleContent> {
    let document = document(analysis, options);
    let content = || bundle::from_meaning(&analysis.model, &analysis.meaning, Some(&document));
    (!analysis.has_errors()).then(content)
}

fn outputs(analysis: &Analysis, options: &notice::Options) -> Option<Outputs> {
    let document = document(analysis, options);
    let written = &analysis.source_map;
    let content = bundle::with_source_map(&analysis.model, &analysis.meaning, Some(&document), written);
    let bundle = bundle::to_bytes(&content).ok()?;
    Some(Outputs { document, bundle })
}

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
fn known_codes(model: &Model) -> Vec<String> {
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

/// The rules of the law packs that the program carries, with pages made of what the packs say.
#[must_use]
pub fn rules_of_packs(language: Language) -> Vec<Code> {
    let pages = checks::law::pages::all(language).into_iter();
    pages
        .map(|page| Code {
            code: page.code,
            summary: page.summary,
            page: page.text,
        })
        .collect()
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
    let outside = files.iter().filter(|file| {
        sources
            .get(file.source)
            .is_some_and(|source| source.origin != Origin::Taxonomy)
    });
    for item in outside.flat_map(|file| &file.items) {
        let Node::Declaration(law) = &item.node else { continue };
        let Some(name) = law.name.as_ref().filter(|_| law.kind == Kind::Law) else {
            continue;
        };
        all.extend(law.items.iter().filter_map(|item| match &item.node {
            Node::Declaration(rule) if rule.kind == Kind::Rule => {
                Some(format!("{}.{}", name.text(), rule.name.as_ref()?.text()))
            }
            _ => None,
        }));
    }
    all.sort();
    all.dedup();
    all
}

/// The names by which a law can be asked for: of packs and of their families, sorted.
#[must_use]
pub fn laws_at_hand(sources: &Sources, files: &[Arc<File>]) -> Vec<String> {
    let origin = |file: &Arc<File>| sources.get(file.source).map(|source| source.origin);
    let with_origin: Vec<(Arc<File>, Origin)> = files
        .iter()
        .filter(|file| origin(file) == Some(Origin::Pack))
        .map(|file| (Arc::clone(file), Origin::Pack))
        .collect();
    let mut names: Vec<String> = packs::heads(&with_origin)
        .into_iter()
        .flat_map(|head| std::iter::once(head.name).chain(head.family))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The law packs at hand with their first and last days, in the order of their files.
#[must_use]
pub fn packs_at_hand(sources: &Sources, files: &[Arc<File>]) -> Vec<(String, Option<Date>, Option<Date>)> {
    let with_origin = files
        .iter()
        .filter_map(|file| Some((file.clone(), sources.get(file.source)?.origin)))
        .filter(|(_, origin)| *origin == Origin::Pack)
        .collect::<Vec<_>>();
    packs::heads(&with_origin)
        .into_iter()
        .map(|head| (head.name, head.from, head.until))
        .collect()
}

/// What is left of the findings, and what their levels drop.
fn at_their_levels(
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
