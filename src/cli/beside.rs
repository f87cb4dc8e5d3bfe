//! Programs that belong to this one and stand beside it.

use std::process::Command;

/// The program of a name: the one beside this program belongs to it; one on the path may be of another version.
pub fn beside(name: &str) -> Command {
    let own = std::env::current_exe().ok();
    let beside = own.map(|own| own.with_file_name(name).with_extension(std::env::consts::EXE_EXTENSION));
    match beside.filter(|program| program.is_file()) {
        Some(program) => Command::new(program),
        None => Command::new(name),
    }
}
