//! `kupuya check`: what is wrong with a policy.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kupuya::report::{self, json};

use super::outcome::Exit;
use super::project::Project;
use super::{Done, screen};

/// List what is wrong with a policy, with places, reasons and help
#[derive(Args)]
#[command(after_help = "Example: kupuya check examples/megapay --waived")]
pub struct Arguments {
    /// A folder or a .kup file
    #[arg(default_value = ".")]
    project: PathBuf,
    /// List accepted findings too, with the reason of each waiver
    #[arg(long)]
    waived: bool,
    /// Check against this law pack instead of the policy's own
    #[arg(long, value_name = "PACK")]
    law: Option<String>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Drawn, for people
    Terminal,
    /// JSON Lines, one finding a line
    Json,
}

/// Runs `kupuya check`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(arguments.law.as_deref());
    let reason = |waiver: usize| {
        analysis
            .model
            .waivers
            .get(waiver)
            .map_or("", |waiver| waiver.reason.as_str())
    };
    match arguments.format {
        Format::Json => {
            for found in &analysis.findings {
                screen::line(&json::line(&project.sources, found, None))?;
            }
            for waived in analysis.waived.iter().filter(|_| arguments.waived) {
                screen::line(&json::line(
                    &project.sources,
                    &waived.finding,
                    Some(reason(waived.waiver)),
                ))?;
            }
        }
        Format::Terminal => {
            project.show(&analysis.findings)?;
            if arguments.waived {
                for waived in &analysis.waived {
                    project.show(std::slice::from_ref(&waived.finding))?;
                    screen::line(&format!("  waived: {}\n", reason(waived.waiver)))?;
                }
            }
            screen::line(&closing(&analysis))?;
        }
    }
    Ok(if analysis.has_errors() {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// `2 errors, 1 warning; 14 findings waived`.
pub fn closing(analysis: &kupuya::pipeline::Analysis) -> String {
    let open = report::summary(&analysis.findings);
    match analysis.waived.len() {
        0 => open,
        1 => format!("{open}; 1 finding waived (--waived lists it)"),
        n => format!("{open}; {n} findings waived (--waived lists them)"),
    }
}
