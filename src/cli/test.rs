//! `kupuya test`: the scenarios of a policy, asked of the built bundle.

use std::path::PathBuf;

use clap::Args;
use kupuya::pipeline;
use kupuya::scenarios::{self, Line};

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
    let Some(outputs) = pipeline::build(&analysis) else {
        project.show(&analysis.findings)?;
        screen::line(&check::closing(&analysis))?;
        screen::line("no scenario was run: a policy with errors has no bundle")?;
        return Ok(Exit::Findings);
    };
    let results = scenarios::run(&analysis.model, &outputs.bundle)
        .map_err(|error| Failure::Other(format!("the bundle just built does not load: {error}")))?;
    let lines = || results.iter().flat_map(|result| &result.lines);
    for result in &results {
        let failed = result.lines.iter().filter(|line| !line.passed).count();
        let word = if failed == 0 { "ok" } else { "FAILED" };
        screen::line(&format!("{word}  {} ({} lines)", result.label, result.lines.len()))?;
        for line in result.lines.iter().filter(|line| !line.passed) {
            screen::write(&failure(&project, line))?;
        }
    }
    let failed = lines().filter(|line| !line.passed).count();
    screen::line(&format!("{} passed, {failed} failed", lines().count() - failed))?;
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}

fn failure(project: &Project, line: &Line) -> String {
    let place = project.sources.get(line.span.source).map_or(String::new(), |source| {
        let (number, column) = source.line_column(line.span.start);
        format!("{}:{number}:{column}: ", source.name)
    });
    let mut out = format!("    {place}{}\n", project.sources.text(line.span).trim());
    out.push_str(&format!("      expected {}\n", line.expected));
    for row in kupuya::report::answer::render(&line.answer).lines() {
        out.push_str(&format!("      {row}\n"));
    }
    out
}
