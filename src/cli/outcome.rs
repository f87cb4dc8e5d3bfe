//! How a run ends: exit codes, and what can keep the program from running at all.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kupuya::diagnostic::Text;
use kupuya::manifest;
use kupuya::project::Unreadable;
use kupuya::report::terminal;

/// How a run that could be made ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to complain about.
    Clean,
    /// The policy has errors, or a scenario fails.
    Findings,
    /// The request was denied.
    Denied,
    /// What was asked is not known, so that there is no answer.
    NotAnswered,
}

/// What kept the program from running.
#[derive(Debug)]
pub enum Failure {
    /// A file or folder could not be read.
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A file or folder could not be written.
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The output was closed, as by `| head`.
    Closed,
    /// A project that cannot be read.
    Project(Unreadable),
    /// Something else, said in full.
    Other(Text),
    /// A sentence, and a drawing under it.
    Drawn(&'static str, String),
}

impl Failure {
    /// A file that could not be read.
    pub fn read(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        move |cause| Failure::Read { path, cause }
    }

    /// What another library says of a file, in its own words.
    pub fn of(file: &Path, error: impl Display) -> Failure {
        let text = Text::new("{file}: {error}");
        Failure::Other(
            text.with("file", file.display().to_string())
                .with("error", error.to_string()),
        )
    }

    /// What another library says, in its own words.
    pub fn unexpected(error: impl Display) -> Failure {
        Failure::Other(Text::new("{error}").with("error", error.to_string()))
    }

    /// A bundle of our own that our own runtime refuses.
    pub fn bundle(error: impl Display) -> Failure {
        let text = Text::new("the bundle just built does not load: {error}");
        Failure::Other(text.with("error", error.to_string()))
    }

    /// A file that could not be written.
    pub fn write(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        move |cause| Failure::Write { path, cause }
    }

    /// What is said of it on standard error.
    pub fn line(self) -> String {
        let (text, drawing) = self.told();
        format!("kupuya: {}{drawing}", text.told(super::screen::language()))
    }

    /// What is said of it, and what is drawn below.
    fn told(self) -> (Text, String) {
        let of_file = |template, path: PathBuf, cause: io::Error| {
            Text::new(template)
                .with("file", path.display().to_string())
                .with("cause", kupuya::project::cause(&cause))
        };
        let text = match self {
            Failure::Read { path, cause } => of_file("cannot read {file}: {cause}", path, cause),
            Failure::Write { path, cause } => of_file("cannot write {file}: {cause}", path, cause),
            Failure::Closed => Text::new("the output was closed"),
            Failure::Project(Unreadable::Settings(wrong)) => {
                return ("the project's settings are wrong".into(), drawn(&wrong));
            }
            Failure::Project(unreadable) => unreadable.text(),
            Failure::Other(text) => text,
            Failure::Drawn(text, drawing) => return (Text::new(text), format!("\n{drawing}")),
        };
        (text, String::new())
    }
}

/// The findings about `kupuya.toml`, drawn.
fn drawn(wrong: &manifest::Wrong) -> String {
    let style = super::screen::style_of_errors();
    let drawn = wrong
        .found
        .iter()
        .map(|found| terminal::render(&wrong.texts, found, style));
    format!("\n{}", drawn.collect::<String>().trim_end())
}

impl From<Unreadable> for Failure {
    fn from(unreadable: Unreadable) -> Failure {
        Failure::Project(unreadable)
    }
}

impl From<Text> for Failure {
    fn from(text: Text) -> Failure {
        Failure::Other(text)
    }
}

/// The exit code of a run; says on standard error what kept it from running.
pub fn exit_code(done: Result<Exit, Failure>) -> ExitCode {
    match done {
        Ok(Exit::Clean) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Ok(Exit::Findings) => ExitCode::from(1),
        Ok(Exit::NotAnswered) => ExitCode::from(2),
        Ok(Exit::Denied) => ExitCode::from(3),
        Err(failure) => {
            super::screen::complain(&failure.line());
            ExitCode::from(2)
        }
    }
}
