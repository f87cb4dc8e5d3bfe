//! `kupuya test`: the scenarios of a policy, asked of the built bundle.

use std::path::PathBuf;

use clap::Args;
use kupuya::diagnostic::{Text, visible};
use kupuya::pipeline::{self, Analysis, Outputs};
use kupuya::report::{answer, counted};
use kupuya::scenarios::{self, Line};
use kupuya_runtime::Bundle;

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::{Done, check, screen};

/// Run the scenarios of a policy on its bundle
#[derive(Args)]
#[command(after_help = "Example: kupuya test examples/megapay")]
pub struct Arguments {
    /// A folder or a .kup file
    #[arg(default_value = ".")]
    project: PathBuf,
}

/// Runs `kupuya test`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    let Some(outputs) = pipeline::build(&analysis, &project.notice) else {
        project.show(&analysis.findings)?;
        screen::say(check::closing(&analysis))?;
        screen::say("no scenario was run: a policy with errors has no bundle")?;
        return Ok(Exit::Findings);
    };
    let bundle = Bundle::load(&outputs.bundle).map_err(Failure::bundle)?;
    let results = scenarios::run(&analysis.model, &bundle);
    let lines = || results.iter().flat_map(|result| &result.lines);
    for result in &results {
        let failed = result.lines.iter().filter(|line| !line.passed).count();
        let word = if failed == 0 { "ok" } else { "FAILED" };
        let lines = counted(result.lines.len(), "{n} line", "{n} lines");
        let ran = Text::new("{outcome}  {scenario} ({lines})").with("outcome", Text::new(word));
        screen::say(ran.with("scenario", &result.label).with("lines", lines))?;
        for line in result.lines.iter().filter(|line| !line.passed) {
            screen::write(failure(&project, line))?;
        }
    }
    let failed = lines().filter(|line| !line.passed).count();
    let passed = lines().count() - failed;
    screen::say(counts(passed, failed))?;
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
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
            screen::write(failure(project, line))?;
            failed += 1;
        }
    }
    Ok(failed)
}

/// A line that fails: where, what was expected, what was answered.
pub fn failure(project: &Project, line: &Line) -> String {
    let place = project.sources.get(line.span.source).map_or(String::new(), |source| {
        let (number, column) = source.line_column(line.span.start);
        format!("{}:{number}:{column}: ", visible(&source.name))
    });
    let mut out = format!("    {place}{}\n", project.sources.text(line.span).trim());
    let language = screen::language();
    let expected = Text::new("expected {expected}").with("expected", &line.expected);
    out.push_str(&format!("      {}\n", expected.told(language)));
    for row in answer::render(&line.answer, language).lines() {
        out.push_str(&format!("      {row}\n"));
    }
    out
}
