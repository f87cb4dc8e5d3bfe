//! `kupuya subject`: everything that is done with the data of a class of people, to be handed out on a request for access.

use std::path::PathBuf;

use clap::Args;
use kupuya::papers::{Wanted, papers};
use kupuya::pipeline;

use super::outcome::Exit;
use super::project::Project;
use super::render::{Format, rendered};
use super::writing::give;
use super::{Done, check, screen};

/// Write everything that is done with the data of a class of people, to hand out on a request for access
#[derive(Args)]
#[command(after_help = "Example: kupuya subject user --project examples/megapay --format html -o user.html")]
pub struct Arguments {
    /// The class of people
    subject: String,
    /// A folder or a .kup file
    #[arg(long, default_value = ".")]
    project: PathBuf,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs `kupuya subject`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    if !check::has_meaning(&arguments.project, &project, &analysis) {
        screen::warn(&"nothing was written: with errors of syntax or names a policy has no meaning".into());
        return Ok(Exit::Findings);
    }
    let found = papers(&analysis.model, Wanted::Extract(&arguments.subject))?;
    for (_, paper) in found {
        let document = pipeline::paper(&analysis, &project.notice, paper);
        let bytes = rendered(&document, arguments.format)?;
        give(arguments.output.as_deref(), bytes)?;
    }
    Ok(check::draft(&arguments.project, &analysis))
}
