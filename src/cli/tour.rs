//! `kupuya tour`: findings, notice and decisions of a policy in one go, for a first look.

use std::path::{Path, PathBuf};

use clap::Args;
use kupuya::diagnostic::{Diagnostic, Text, visible};
use kupuya::report::{answer, counted, wrap};
use kupuya::scenarios::{self, Line};
use kupuya::{pipeline, source::Span};
use kupuya_runtime::Bundle;

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::render::{Format, rendered};
use super::{Done, check, screen, test};

/// Show what a policy has: findings, notice, and its scenarios as decisions
#[derive(Args)]
#[command(after_help = "Example: kupuya tour examples/megapay")]
pub struct Arguments {
    /// A folder or a .kup file
    project: PathBuf,
}

/// A first look shows so many findings of each sort; `check` shows all.
const FINDINGS: usize = 5;

/// Runs `kupuya tour`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    heading("Findings (kupuya check --waived)")?;
    let (shown, more) = first(&analysis.findings);
    project.show(shown)?;
    and_more(more, &arguments.project, false)?;
    let (shown, more) = first(&analysis.waived);
    for waived in shown {
        let waiver = analysis.model.waivers.get(waived.waiver);
        let reason = waiver.map_or("", |waiver| waiver.reason.as_str());
        accepted(&project, &waived.finding, reason)?;
    }
    and_more(more, &arguments.project, true)?;
    screen::say(check::closing(&analysis))?;
    let Some(outputs) = pipeline::build(&analysis, &project.notice) else {
        screen::say("here the tour ends: a policy with errors has no notice and no bundle")?;
        return Ok(Exit::Findings);
    };
    heading("Notice (kupuya render --format text)")?;
    screen::write(rendered(&outputs.document, Format::Text)?)?;
    heading("Decisions (kupuya decide), asked by the policy's own scenarios")?;
    let bundle = Bundle::load(&outputs.bundle).map_err(Failure::bundle)?;
    let results = scenarios::run(&analysis.model, &bundle);
    for scenario in &results {
        screen::line(&format!("{}:\n", visible(&scenario.label)))?;
        for line in &scenario.lines {
            decision(&project, line)?;
        }
    }
    let lines = || results.iter().flat_map(|scenario| &scenario.lines);
    let failed = lines().filter(|line| !line.passed).count();
    if failed > 0 {
        heading("Scenarios that fail (kupuya test)")?;
        for line in lines().filter(|line| !line.passed) {
            screen::write(test::failure(&project, &bundle, line))?;
        }
    }
    screen::say(test::counts(lines().count() - failed, failed))?;
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}

/// The first few, and how many are left.
fn first<T>(all: &[T]) -> (&[T], usize) {
    let shown = all.get(..FINDINGS).unwrap_or(all);
    (shown, all.len() - shown.len())
}

fn and_more(more: usize, project: &Path, waived: bool) -> Result<(), Failure> {
    if more == 0 {
        return Ok(());
    }
    let text = match waived {
        true => counted(
            more,
            "… and {n} more: `kupuya check {project} --waived` shows it",
            "… and {n} more: `kupuya check {project} --waived` shows them",
        ),
        false => counted(
            more,
            "… and {n} more: `kupuya check {project}` shows it",
            "… and {n} more: `kupuya check {project}` shows them",
        ),
    };
    screen::say(text.with("project", project.display().to_string()))?;
    screen::line("")
}

/// A finding that a waiver accepts, on two lines.
fn accepted(project: &Project, found: &Diagnostic, reason: &str) -> Result<(), Failure> {
    let place = found.place().map(|span| place(project, span)).unwrap_or_default();
    let message = found.message.told(screen::language());
    screen::line(&format!("{place}: {message}"))?;
    let accepted = Text::new("waived ({code}): {reason}").with("code", &found.code);
    folded(4, &accepted.with("reason", reason).told(screen::language()))?;
    screen::line("")
}

fn place(project: &Project, span: Span) -> String {
    let Some(source) = project.sources.get(span.source) else {
        return String::new();
    };
    format!("{}:{}", visible(&source.name), source.line_column(span.start).0)
}

/// A line of a scenario as a question, what it expects, and the answer.
fn decision(project: &Project, line: &Line) -> Result<(), Failure> {
    let language = screen::language();
    folded(2, &asked(project.sources.text(line.span)))?;
    let outcome = match line.passed {
        true => Text::new("as expected"),
        false => Text::new("FAILED: expected {expected}").with("expected", &line.expected),
    };
    folded(4, &outcome.told(language))?;
    for row in answer::render(&line.answer, language).lines() {
        let depth = row.len() - row.trim_start().len();
        folded(4 + depth, row.trim_start())?;
    }
    screen::line("")
}

/// A line as it is read aloud: without the blanks and line ends that only align it.
fn asked(written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    visible(&words.join(" ")).into_owned()
}

/// A text in lines that fit the screen.
fn folded(indent: usize, text: &str) -> Result<(), Failure> {
    for (at, row) in wrap(text, screen::WIDTH - indent).into_iter().enumerate() {
        let hang = if at == 0 { 0 } else { 2 };
        screen::line(&format!("{}{row}", " ".repeat(indent + hang)))?;
    }
    Ok(())
}

fn heading(text: &'static str) -> Result<(), Failure> {
    let text = screen::language().template(text);
    screen::line(&format!("\n{text}\n{}\n", "=".repeat(text.chars().count())))
}
