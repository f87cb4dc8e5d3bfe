//! What is asked: a bundle as services load it, or a project built in memory.

use std::path::{Path, PathBuf};

use kupuya::diagnostic::{Severity, Text};
use kupuya::pipeline;
use kupuya::report::counted;
use kupuya_runtime::{Bundle, Day, Request, Time};

use super::super::outcome::Failure;
use super::super::project::{self, Project};
use super::super::{check, keygen, screen};

/// What is asked.
pub struct Asked {
    /// The bundle.
    pub bundle: Bundle,
    /// It was built in memory: a request without a day is asked of a day on which the policy is in force.
    draft: bool,
}

impl Asked {
    /// Loads a bundle or builds a project. `None` if the project has errors that leave no meaning: they have been shown.
    pub fn read(path: &Path, keys: &[PathBuf]) -> Result<Option<Asked>, Failure> {
        let is_project = path.is_dir() || path.extension().is_some_and(|ending| ending == "kup");
        if !is_project {
            let bundle = keygen::load(path, keys)?;
            return Ok(Some(Asked { bundle, draft: false }));
        }
        let project = Project::read(path)?;
        let analysis = project.analyze(None)?;
        let Some(outputs) = pipeline::draft(&analysis, &project.notice) else {
            project.show(&analysis.findings)?;
            screen::say(check::closing(&analysis))?;
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
