//! How a run ends: exit codes, and what can keep the program from running at all.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How a run that could be made ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to complain about.
    Clean,
    /// The policy has errors, or a scenario fails.
    Findings,
    /// The request was denied.
    Denied,
}

/// What kept the program from running.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file or folder could not be read.
    #[error("cannot read {}: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A file or folder could not be written.
    #[error("cannot write {}: {cause}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The output was closed, as by `| head`.
    #[error("the output was closed")]
    Closed,
    /// A project that cannot be read.
    #[error(transparent)]
    Project(#[from] kupuya::project::Unreadable),
    /// Something else, said in full.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    /// A file that could not be read.
    pub fn read(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        move |cause| Failure::Read { path, cause }
    }

    /// A file that could not be written.
    pub fn write(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_owned();
        move |cause| Failure::Write { path, cause }
    }
}

/// The exit code of a run; says on standard error what kept it from running.
pub fn exit_code(done: Result<Exit, Failure>) -> ExitCode {
    match done {
        Ok(Exit::Clean) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Ok(Exit::Findings) => ExitCode::from(1),
        Ok(Exit::Denied) => ExitCode::from(3),
        Err(failure) => {
            super::screen::complain(&format!("kupuya: {failure}"));
            ExitCode::from(2)
        }
    }
}
