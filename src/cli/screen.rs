//! The terminal: the only place that writes to standard output and standard error.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

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

/// Runs what may take long: after a second a line on standard error says that it goes on, if that is a terminal.
pub fn patiently<T>(what: &str, run: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return run();
    }
    let (done, end) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut seconds = 0;
            while end.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                seconds += 1;
                let bar = "=".repeat(seconds % 20 + 1);
                let _ = write!(io::stderr().lock(), "\r{what} [{bar:<20}] {seconds} s");
            }
            if seconds > 0 {
                let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
            }
        });
        let result = run();
        drop(done);
        result
    })
}

fn closed(cause: io::Error) -> Failure {
    if cause.kind() == io::ErrorKind::BrokenPipe {
        Failure::Closed
    } else {
        Failure::Other(format!("cannot write to standard output: {cause}"))
    }
}
