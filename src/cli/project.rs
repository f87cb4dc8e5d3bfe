//! Projects on the disk, as commands need them.

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

use kupuya::diagnostic::{Argument, Diagnostic, Severity, Text};
use kupuya::model::names::nearest_of;
use kupuya::pipeline::{self, Analysis, Options};
use kupuya::project::{self, Disk};
use kupuya::source::{Origin, Source};

use super::outcome::Failure;
use super::screen;

/// A project that was read from the disk.
pub struct Project(project::Project);

impl From<project::Project> for Project {
    fn from(project: project::Project) -> Project {
        Project(project)
    }
}

impl Deref for Project {
    type Target = project::Project;

    fn deref(&self) -> &project::Project {
        &self.0
    }
}

impl DerefMut for Project {
    fn deref_mut(&mut self) -> &mut project::Project {
        &mut self.0
    }
}

impl Project {
    /// Reads a folder or a file.
    pub fn read(path: &Path) -> Result<Project, Failure> {
        speak(path)?;
        Ok(Project(project::Project::read(path, &Disk)?))
    }

    /// Analyses it as of today.
    pub fn analyze(&self, law: Option<&str>) -> Result<Analysis, Failure> {
        let options = Options {
            today: today(),
            law: law.map(str::to_owned),
            levels: self.levels.clone(),
        };
        let analysis = screen::patiently("checking", || pipeline::analyze(&self.sources, &options));
        self.known_levels(&analysis.files)?;
        self.known_chapters(&analysis)?;
        if let Some(law) = law {
            self.known_law(law, &analysis)?;
        }
        Ok(analysis)
    }

    /// A law that does not exist is no question about the policy: the packs at hand are listed.
    fn known_law(&self, law: &str, analysis: &Analysis) -> Result<(), Failure> {
        let packs = pipeline::laws_at_hand(&self.sources, &analysis.files);
        if packs.iter().any(|pack| pack == law) {
            return Ok(());
        }
        let text = match nearest_of(law, &packs.iter().map(String::as_str).collect::<Vec<_>>()) {
            Some(near) => {
                Text::new("there is no law pack `{law}`; did you mean `{near}`? There are {packs}").with("near", near)
            }
            None => Text::new("there is no law pack `{law}`; there are {packs}"),
        };
        Err(text.with("law", law).with("packs", Argument::listed(&packs)).into())
    }

    /// Draws findings on standard output.
    pub fn show(&self, findings: &[Diagnostic]) -> Result<(), Failure> {
        for found in findings {
            screen::write(kupuya::report::terminal::render(&self.sources, found, screen::style()))?;
        }
        Ok(())
    }
}

/// Speaks the language that a project wants, unless the command line wants another.
fn speak(path: &Path) -> Result<(), Failure> {
    if let Some(language) = project::language(path, &Disk)? {
        screen::speak(language);
    }
    Ok(())
}

/// The files that a project is written in, its packs too; a file is its own project.
pub fn written_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    speak(path)?;
    Ok(project::written_files(path, &Disk)?)
}

/// Whether any finding stops the build.
pub fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|found| found.severity == Severity::Error)
}

/// Reads one file.
pub fn read(file: &Path, origin: Origin) -> Result<Source, Failure> {
    Ok(project::source(file, origin, &Disk)?)
}

/// Today's civil day.
pub fn today() -> kupuya::syntax::ast::Date {
    kupuya::today::civil(time::OffsetDateTime::now_utc())
}
