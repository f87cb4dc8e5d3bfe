//! Programs that belong to this one and stand beside it.

use std::io;
use std::process::{Command, ExitStatus};

/// The program of a name: the one beside this program belongs to it; one on the path may be of another version.
pub fn beside(name: &str) -> Command {
    let own = std::env::current_exe().ok();
    let beside = own.map(|own| own.with_file_name(name).with_extension(std::env::consts::EXE_EXTENSION));
    match beside.filter(|program| program.is_file()) {
        Some(program) => Command::new(program),
        None => Command::new(name),
    }
}

/// Runs a program in the place of this one, so that signals reach it: it ends in good order when it is told to.
#[cfg(unix)]
pub fn run_in_place(mut program: Command) -> io::Result<ExitStatus> {
    Err(std::os::unix::process::CommandExt::exec(&mut program))
}

#[cfg(not(unix))]
pub fn run_in_place(mut program: Command) -> io::Result<ExitStatus> {
    program.status()
}
