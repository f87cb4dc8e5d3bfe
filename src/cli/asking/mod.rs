//! What commands that ask have in common: what is asked, a bundle as services load it or a project built in memory; the
//! request; how the answer is written.

pub mod json;
pub mod request;
pub mod times;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kupuya::diagnostic::{Severity, Text};
use kupuya::pipeline;
use kupuya::report::counted;
use kupuya_runtime::{Bundle, Day, Request, Time};

use super::outcome::Failure;
use super::project::{self, Project};
use super::{check, keygen, screen};

/// What is asked, on the command line.
#[derive(Args)]
pub struct Whom {
    /// The bundle, or a folder or .kup file
    #[arg(value_name = "BUNDLE|PROJECT")]
    from: PathBuf,
    /// Refuse a bundle that is not signed by this public key (PEM); several: by one of them
    #[arg(long, value_name = "KEY.pub.pem")]
    key: Vec<PathBuf>,
}

/// How an answer is written.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// For people
    Terminal,
    /// JSON
    Json,
}

/// What is asked.
pub struct Asked {
    /// The bundle.
    pub bundle: Bundle,
    /// It was built in memory: a request without a day is asked of a day on which the policy is in force.
    draft: bool,
}

impl Asked {
    /// Loads a bundle or builds a project. `None` if the project has errors that leave no meaning: they have been shown.
    pub fn read(whom: &Whom) -> Result<Option<Asked>, Failure> {
        let path = whom.from.as_path();
        let is_project = path.is_dir() || path.extension().is_some_and(|ending| ending == "kup");
        if !is_project {
            let bundle = keygen::load(path, &whom.key)?;
            return Ok(Some(Asked { bundle, draft: false }));
        }
        if !whom.key.is_empty() {
            return Err(Failure::Other(
                Text::new("`--key` is for bundles: {project} is built here, and nobody has signed it")
                    .with("project", path.display().to_string()),
            ));
        }
        let project = Project::read(path)?;
        let analysis = project.analyze(None)?;
        let Some(outputs) = pipeline::draft(&analysis, &project.notice) else {
            check::list(&project, &analysis)?;
            screen::say("nothing was asked: with errors of syntax or names a policy has no meaning")?;
            return Ok(None);
        };
        let bundle = Bundle::load(&outputs.bundle).map_err(Failure::bundle)?;
        let errors = analysis
            .findings
            .iter()
            .filter(|found| found.severity == Severity::Error);
        let asked = Text::new("asked {project}, built in memory").with("project", path.display().to_string());
        let asked = match errors.count() {
            0 => asked,
            n => counted(
                n,
                "{asked}; {n} error of a rule stands, so that `kupuya build` would refuse it",
                "{asked}; {n} errors of rules stand, so that `kupuya build` would refuse it",
            )
            .with("asked", asked),
        };
        screen::warn(&asked);
        Ok(Some(Asked { bundle, draft: true }))
    }

    /// A draft that is not in force today is asked of its first day, and says so.
    pub fn day(&self, request: &mut Request) {
        let bundle = &self.bundle;
        let today = project::today();
        let today = Day::new(today.year, today.month, today.day);
        let runs = |day: Day| {
            bundle.begins().is_none_or(|begins| begins <= day) && bundle.until().is_none_or(|until| day <= until)
        };
        let Some(begins) = bundle.begins() else { return };
        if self.draft && request.time.is_none() && !today.is_some_and(runs) {
            let told = Text::new("it is not in force today: asked of its first day, {day}");
            screen::warn(&told.with("day", begins.to_string()));
            request.time = Some(Time::Day(begins));
        }
    }
}
