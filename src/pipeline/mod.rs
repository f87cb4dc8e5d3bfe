//! The order of the stages: the only place that knows it.

mod known;
mod packs;
mod unread;

use std::sync::Arc;

use crate::bundle::{self, SourceMap};
use crate::checks;
use crate::diagnostic::{Diagnostic, Severity, sorted};
use crate::graph::{self, FlowGraph};
use crate::meaning::{self, Meaning};
use crate::model::{self, Model};
use crate::notice;
use crate::notice::document::Document;
use crate::proofread;
use crate::source::Sources;
use crate::syntax::Trees;
use crate::syntax::ast::{Date, File};
use crate::today;
use crate::waivers::{self, Waived};

pub use crate::manifest::Level;
pub use known::{Code, codes, is_rule, levelled, rules_carried, rules_of_packs};
use known::{at_their_levels, known_codes};
pub use packs::{laws_at_hand, packs_at_hand};

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
    /// Findings that something is missing which may stand in what could not be read, by place.
    pub withheld: Vec<Diagnostic>,
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
    for ((file, problems), (_, source)) in trees.all(sources).into_iter().zip(sources.iter()) {
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
    let asked = options.law.as_deref();
    found.append(&mut today::check(
        &model,
        &model::packs::heads(&files),
        options.today,
        asked,
    ));
    found.append(&mut packs::mistakes_of_those_left_out(&files, sources, &model, &found));
    let (found, allowed) = at_their_levels(&model, found, &options.levels);
    let waivable = |code: &str| is_rule(&model, code);
    let known = known_codes(&model);
    let (findings, waived) = waivers::apply(&model, found, options.today, waivable, &known);
    let files: Vec<Arc<File>> = files.into_iter().map(|(file, _)| file).collect();
    let (findings, withheld) = unread::split(&model, &files, sources, findings);
    Analysis {
        files,
        source_map: SourceMap::new(&model, sources),
        model,
        meaning,
        graph,
        findings: sorted(findings),
        waived,
        allowed: sorted(allowed),
        withheld: sorted(withheld),
    }
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
    if meaningless(analysis).next().is_some() {
        return None;
    }
    outputs(analysis, options)
}

/// Errors of syntax, names and kinds: while one stands, a policy has no meaning, whatever else could be read of it.
pub fn meaningless(analysis: &Analysis) -> impl Iterator<Item = &Diagnostic> {
    let errors = analysis
        .findings
        .iter()
        .filter(|found| found.severity == Severity::Error);
    errors.filter(|found| !is_rule(&analysis.model, &found.code))
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
