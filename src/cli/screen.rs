//! The terminal: the only place that writes to standard output and standard error.

use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use kupuya::diagnostic::Text;
use kupuya::messages::Language;
use kupuya::report::terminal::Style;

use super::outcome::Failure;

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// From now on the program speaks this language. The first one counts: the command line is read before any project.
pub fn speak(language: Language) {
    let _ = LANGUAGE.set(language);
}

/// The language of the program.
pub fn language() -> Language {
    LANGUAGE.get().copied().unwrap_or_default()
}

/// Writes a sentence to standard output, as a line.
pub fn say(text: impl Into<Text>) -> Result<(), Failure> {
    line(&text.into().told(language()))
}

/// Writes text to standard output as it is.
pub fn write(text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_ref()).and_then(|()| out.flush()).map_err(closed)
}

/// Standard output for much text.
pub fn output() -> impl Write {
    io::BufWriter::new(io::stdout().lock())
}

/// Writes a line to standard output.
pub fn line(text: &str) -> Result<(), Failure> {
    write(format!("{text}\n"))
}

/// Writes a line to standard error; if even that fails there is nobody to tell.
pub fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Writes a sentence to standard error, as a line.
pub fn warn(text: &Text) {
    complain(&text.told(language()));
}

/// Whether standard output takes colours: a terminal that is not a dumb one, and `NO_COLOR` is not set.
pub fn colours() -> bool {
    io::stdout().is_terminal() && wanted()
}

/// Whether a terminal is to be written to in colours.
fn wanted() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_none() && set("TERM").is_none_or(|kind| kind != "dumb")
}

/// How findings are drawn on standard output.
pub fn style() -> Style {
    Style {
        colours: colours(),
        width: WIDTH,
        language: language(),
    }
}

/// How findings are drawn on standard error.
pub fn style_of_errors() -> Style {
    Style {
        colours: io::stderr().is_terminal() && wanted(),
        ..style()
    }
}

/// How wide findings are drawn.
pub const WIDTH: usize = 110;

/// Runs what may take long: after a second a line on standard error says that it goes on, if that is a terminal.
pub fn patiently<T>(what: &'static str, run: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return run();
    }
    let (done, end) = mpsc::channel::<()>();
    let what = language().template(what);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut seconds = 0;
            while end.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                seconds += 1;
                let bar = "=".repeat(seconds % 20 + 1);
                let progress = Text::new("{what} [{bar}] {seconds} s").with("what", what);
                let progress = progress.with("bar", format!("{bar:<20}")).with("seconds", seconds);
                let _ = write!(io::stderr().lock(), "\r{}", progress.told(language()));
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
        Text::new("cannot write to standard output: {cause}")
            .with("cause", cause.to_string())
            .into()
    }
}
