//! `kupuya tour`: findings, notice and decisions of a policy in one go, for a first look.

use std::path::PathBuf;

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::report::answer;
use kupuya::{pipeline, scenarios};
use kupuya_runtime::Bundle;

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::render::{Format, rendered};
use super::{Done, check, screen};

/// Show what a policy has: findings, notice, and its scenarios as decisions
#[derive(Args)]
#[command(after_help = "Example: kupuya tour examples/megapay")]
pub struct Arguments {
    /// A folder or a .kup file
    project: PathBuf,
}

/// Runs `kupuya tour`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    heading("Findings (kupuya check --waived)")?;
    project.show(&analysis.findings)?;
    for waived in &analysis.waived {
        let reason = analysis
            .model
            .waivers
            .get(waived.waiver)
            .map_or("", |waiver| waiver.reason.as_str());
        let place = waived.finding.place().and_then(|span| {
            let source = project.sources.get(span.source)?;
            Some(format!("{}:{}", source.name, source.line_column(span.start).0))
        });
        screen::line(&format!(
            "{}: {}",
            place.unwrap_or_default(),
            waived.finding.message.told(screen::language())
        ))?;
        let accepted = Text::new("waived ({code}): {reason}").with("code", &waived.finding.code);
        let accepted = accepted.with("reason", reason).told(screen::language());
        screen::line(&format!("    {accepted}"))?;
    }
    screen::say(check::closing(&analysis))?;
    let Some(outputs) = pipeline::build(&analysis, &project.notice) else {
        return Ok(Exit::Findings);
    };
    heading("Notice (kupuya render --format text)")?;
    screen::write(rendered(&outputs.document, Format::Text)?)?;
    heading("Decisions (kupuya decide), asked by the policy's own scenarios")?;
    let bundle = Bundle::load(&outputs.bundle).map_err(Failure::bundle)?;
    for scenario in scenarios::run(&analysis.model, &bundle) {
        screen::line(&format!("{}:", scenario.label))?;
        for line in scenario.lines {
            screen::line(&format!("\n  {}", project.sources.text(line.span).trim()))?;
            for row in answer::render(&line.answer, screen::language()).lines() {
                screen::line(&format!("    {row}"))?;
            }
        }
        screen::line("")?;
    }
    Ok(Exit::Clean)
}

fn heading(text: &'static str) -> Result<(), Failure> {
    let text = screen::language().template(text);
    screen::line(&format!("\n{text}\n{}\n", "=".repeat(text.chars().count())))
}
