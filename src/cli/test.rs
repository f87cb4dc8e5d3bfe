//! `kupuya test`: the scenarios of a policy, asked of the built bundle.

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kupuya::diagnostic::{Argument, Severity, Text, visible};
use kupuya::pipeline::{self, Analysis, Outputs};
use kupuya::report::cases::{self, Broken, Case};
use kupuya::report::{answer, counted, plain};
use kupuya::scenarios::{self, Line, Ran, coverage, suggest};
use kupuya_runtime::Bundle;

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::{Done, check, screen};

/// So many labels are told where none was found.
const MOST: usize = 8;

/// Run the scenarios of a policy on its bundle
#[derive(Args)]
#[command(after_help = "Example: kupuya test examples/megapay --coverage")]
pub struct Arguments {
    /// A folder or a .kup file
    #[arg(default_value = ".")]
    project: PathBuf,
    /// Only scenarios whose label has this text, and lines that have it
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// How the outcome is written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Write the outcome to a file for continuous integration, too
    #[arg(long, value_name = "FILE.xml")]
    junit: Option<PathBuf>,
    /// Tell which statements and promises no scenario exercises
    #[arg(long)]
    coverage: bool,
    /// Write scenarios that are missing, instead of running those there are: each consent and condition left out, each promise
    #[arg(long, conflicts_with_all = ["format", "junit", "coverage", "filter"])]
    suggest: bool,
}

/// How an outcome is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Terminal,
    /// JUnit's XML
    Junit,
    /// The Test Anything Protocol
    Tap,
    /// Annotations of GitHub Actions
    Github,
}

/// Runs `kupuya test`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    let Some(outputs) = pipeline::build(&analysis, &project.notice) else {
        return not_run(arguments, &project, &analysis);
    };
    let bundle = Bundle::load(&outputs.bundle).map_err(Failure::bundle)?;
    let mut results = scenarios::run(&analysis.model, &bundle);
    if arguments.suggest {
        return suggest(&bundle, &results);
    }
    if let Some(text) = &arguments.filter {
        keep(&project, &mut results, text)?;
    }
    let cases = cases(&project, &bundle, &results);
    match arguments.format {
        Format::Terminal => show(&project, &bundle, &results)?,
        Format::Junit => screen::write(cases::junit(&project.name, &cases))?,
        Format::Tap => screen::write(cases::tap(&cases))?,
        Format::Github => screen::write(cases::github(&cases))?,
    }
    if let Some(file) = &arguments.junit {
        fs::write(file, cases::junit(&project.name, &cases)).map_err(Failure::write(file))?;
    }
    let failed = cases.iter().filter(|case| case.failure.is_some()).count();
    if arguments.format == Format::Terminal {
        screen::say(counts(cases.len() - failed, failed))?;
        if arguments.coverage {
            covered(&bundle, &results)?;
        }
    }
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}

/// A policy with errors has no bundle to ask. Other programs are told so in their format: a file without a failure would pass.
fn not_run(arguments: &Arguments, project: &Project, analysis: &Analysis) -> Done {
    let reason = Text::new("no scenario was run: a policy with errors has no bundle");
    let errors = analysis
        .findings
        .iter()
        .filter(|found| found.severity == Severity::Error);
    let broken = Broken {
        reason: reason.told(screen::language()),
        errors: errors
            .map(|found| plain::render(&project.sources, found, screen::language()))
            .collect(),
    };
    match arguments.format {
        Format::Terminal => {
            check::list(project, analysis)?;
            screen::say(reason)?;
        }
        Format::Junit => screen::write(cases::junit_broken(&project.name, &broken))?,
        Format::Tap => screen::write(cases::tap_broken(&broken))?,
        Format::Github => screen::write(cases::github_broken(&broken))?,
    }
    if let Some(file) = &arguments.junit {
        fs::write(file, cases::junit_broken(&project.name, &broken)).map_err(Failure::write(file))?;
    }
    Ok(Exit::Findings)
}

/// Leaves the scenarios and lines that have a text.
///
/// # Errors
/// There are none: who looks for them learns what they are called.
fn keep(project: &Project, results: &mut Vec<Ran<'_>>, text: &str) -> Result<(), Failure> {
    let labels: Vec<String> = results.iter().map(|result| result.label.clone()).collect();
    let wanted = text.to_lowercase();
    let has = |words: &str| words.to_lowercase().contains(&wanted);
    for result in results.iter_mut().filter(|result| !has(&result.label)) {
        result.lines.retain(|line| has(project.sources.text(line.span)));
    }
    results.retain(|result| !result.lines.is_empty());
    if !results.is_empty() {
        return Ok(());
    }
    let quoted = |labels: &[&str]| Argument::listed(labels.iter().map(|label| format!("«{label}»")));
    let near = scenarios::near(text, &labels);
    let text = Text::new(match (near.is_empty(), labels.is_empty()) {
        (false, _) => "no scenario has `{text}` in its label or its lines; near are {near}",
        (true, false) => "no scenario has `{text}` in its label or its lines; there are {all}",
        (true, true) => "no scenario has `{text}` in its label or its lines: the policy has no scenario",
    })
    .with("text", text);
    let all: Vec<&str> = labels.iter().map(String::as_str).take(MOST).collect();
    Err(text.with("near", quoted(&near)).with("all", quoted(&all)).into())
}

fn show(project: &Project, bundle: &Bundle, results: &[Ran<'_>]) -> Result<(), Failure> {
    for result in results {
        let failed = result.lines.iter().filter(|line| !line.passed).count();
        let word = if failed == 0 { "ok" } else { "FAILED" };
        let lines = counted(result.lines.len(), "{n} line", "{n} lines");
        let ran = Text::new("{outcome}  {scenario} ({lines})").with("outcome", Text::new(word));
        screen::say(ran.with("scenario", &result.label).with("lines", lines))?;
        for line in result.lines.iter().filter(|line| !line.passed) {
            screen::write(failure(project, bundle, line))?;
        }
    }
    Ok(())
}

/// The lines as other programs are told of them.
fn cases(project: &Project, bundle: &Bundle, results: &[Ran<'_>]) -> Vec<Case> {
    let case = |ran: &Ran<'_>, line: &Line<'_>| {
        let source = project.sources.get(line.span.source);
        Case {
            scenario: ran.label.clone(),
            line: one_line(project.sources.text(line.span)),
            file: source.map(|source| source.name.clone()).unwrap_or_default(),
            number: source.map_or(0, |source| source.line_column(line.span.start).0),
            failure: (!line.passed).then(|| told(bundle, line)),
        }
    };
    results
        .iter()
        .flat_map(|ran| ran.lines.iter().map(move |line| case(ran, line)))
        .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What no scenario exercises.
fn covered(bundle: &Bundle, results: &[Ran<'_>]) -> Result<(), Failure> {
    let content = bundle.content().map_err(Failure::bundle)?;
    let coverage = coverage::coverage(&content, results);
    let text = Text::new("{n} of {all} statements and promises are exercised");
    screen::say(
        text.with("n", coverage.all - coverage.never.len())
            .with("all", coverage.all),
    )?;
    for head in coverage.never {
        let place = head
            .written
            .as_ref()
            .map(|at| format!("{}:{}", at.file, at.line))
            .unwrap_or_default();
        let text = match &head.unit {
            Some(unit) => Text::new("never: {place}: clause {paragraph} ({id})").with("paragraph", &unit.paragraph),
            None => Text::new("never: {place}: rule {id}"),
        };
        screen::say(text.with("place", place).with("id", &head.id))?;
    }
    Ok(())
}

/// Scenarios that nobody has written yet, as they would stand in a file.
fn suggest(bundle: &Bundle, results: &[Ran<'_>]) -> Done {
    let content = bundle.content().map_err(Failure::bundle)?;
    let suggested = suggest::suggest(&content, bundle, results);
    for one in &suggested {
        screen::line(&format!("scenario \"{}\" {{", one.label))?;
        for line in &one.lines {
            screen::line(&format!("    {line}"))?;
        }
        screen::line("}")?;
    }
    screen::warn(&counted(
        suggested.len(),
        "{n} scenario is suggested",
        "{n} scenarios are suggested",
    ));
    Ok(Exit::Clean)
}

/// `12 passed, 0 failed`.
pub fn counts(passed: usize, failed: usize) -> Text {
    Text::new("{passed} passed, {failed} failed")
        .with("passed", passed)
        .with("failed", failed)
}

/// Runs the scenarios, shows only lines that fail, and gives their number.
pub fn run_quietly(project: &Project, analysis: &Analysis, outputs: &Outputs) -> Result<usize, Failure> {
    let bundle = Bundle::load(&outputs.bundle).map_err(Failure::bundle)?;
    let results = scenarios::run(&analysis.model, &bundle);
    let mut failed = 0;
    for result in &results {
        for line in result.lines.iter().filter(|line| !line.passed) {
            screen::say(Text::new("scenario `{scenario}` fails").with("scenario", &result.label))?;
            screen::write(failure(project, &bundle, line))?;
            failed += 1;
        }
    }
    Ok(failed)
}

/// A line that fails: where, what was expected, what was answered, and what every way that covers it lacks.
pub fn failure(project: &Project, bundle: &Bundle, line: &Line) -> String {
    let place = project.sources.get(line.span.source).map_or(String::new(), |source| {
        let (number, column) = source.line_column(line.span.start);
        format!("{}:{number}:{column}: ", visible(&source.name))
    });
    let mut out = format!("    {place}{}\n", project.sources.text(line.span).trim());
    for row in told(bundle, line).lines() {
        out.push_str(&format!("      {row}\n"));
    }
    out
}

fn told(bundle: &Bundle, line: &Line<'_>) -> String {
    let language = screen::language();
    let text = Text::new("expected {expected}, got {got}").with("expected", &line.expected);
    let got = text.with("got", line.answer.verdict.word()).told(language);
    let answer = answer::render(&line.answer, language);
    let why = if line.answer.decision {
        String::new()
    } else {
        answer::render_why(&bundle.why(&line.request), language)
    };
    format!("{got}\n{answer}{why}")
}
