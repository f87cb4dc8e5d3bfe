//! The terminal: the only place that writes to standard output and standard error.

use std::io::{self, IsTerminal, Write};

use super::outcome::Failure;

/// Writes text to standard output as it is.
pub fn write(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(closed)
}

/// Writes a line to standard output.
pub fn line(text: &str) -> Result<(), Failure> {
    write(&format!("{text}\n"))
}

/// Writes a line to standard error; if even that fails there is nobody to tell.
pub fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether standard output takes colours: a terminal, and `NO_COLOR` is not set.
pub fn colours() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// How wide findings are drawn.
pub const WIDTH: usize = 110;

fn closed(cause: io::Error) -> Failure {
    if cause.kind() == io::ErrorKind::BrokenPipe {
        Failure::Closed
    } else {
        Failure::Other(format!("cannot write to standard output: {cause}"))
    }
}
