//! What is asked: a bundle as services load it, or a project built in memory.

use std::fs;
use std::path::Path;

use kupuya::diagnostic::Severity;
use kupuya::pipeline;
use kupuya_runtime::{Bundle, Day, Request, Time};

use super::super::outcome::Failure;
use super::super::project::{self, Project};
use super::super::{check, screen};

/// What is asked.
pub struct Asked {
    /// The bundle.
    pub bundle: Bundle,
    /// It was built in memory: a request without a day is asked of a day on which the policy is in force.
    draft: bool,
}

impl Asked {
    /// Loads a bundle or builds a project. `None` if the project has errors that leave no meaning: they have been shown.
    pub fn read(path: &Path) -> Result<Option<Asked>, Failure> {
        let is_project = path.is_dir() || path.extension().is_some_and(|ending| ending == "kup");
        if !is_project {
            let bytes = fs::read(path).map_err(Failure::read(path))?;
            let bundle =
                Bundle::load(&bytes).map_err(|error| Failure::Other(format!("{}: {error}", path.display())))?;
            return Ok(Some(Asked { bundle, draft: false }));
        }
        let project = Project::read(path)?;
        let analysis = project.analyze(None)?;
        let Some(outputs) = pipeline::draft(&analysis) else {
            project.show(&analysis.findings)?;
            screen::line(&check::closing(&analysis))?;
            screen::line("nothing was asked: with errors of syntax or names a policy has no meaning")?;
            return Ok(None);
        };
        let bundle = Bundle::load(&outputs.bundle)
            .map_err(|error| Failure::Other(format!("the bundle just built does not load: {error}")))?;
        let errors = analysis
            .findings
            .iter()
            .filter(|found| found.severity == Severity::Error);
        let stand = match errors.count() {
            0 => String::new(),
            1 => "; 1 error of a rule stands, so that `kupuya build` would refuse it".to_owned(),
            n => format!("; {n} errors of rules stand, so that `kupuya build` would refuse it"),
        };
        screen::complain(&format!("asked {}, built in memory{stand}", path.display()));
        Ok(Some(Asked { bundle, draft: true }))
    }

    /// A draft that is not in force today is asked of its first day, and says so.
    pub fn day(&self, request: &mut Request) {
        let content = self.bundle.content();
        let today = project::today();
        let today = Day::new(today.year, today.month, today.day);
        let runs = |day: Day| {
            content.begins.is_none_or(|begins| begins <= day) && content.until.is_none_or(|until| day <= until)
        };
        let Some(begins) = content.begins else { return };
        if self.draft && request.time.is_none() && !today.is_some_and(runs) {
            screen::complain(&format!("it is not in force today: asked of its first day, {begins}"));
            request.time = Some(Time::Day(begins));
        }
    }
}
