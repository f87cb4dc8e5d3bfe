//! `kupuya lsp`: starts the language server, a program of its own beside this one.

use std::process::Command;

use clap::Args;
use kupuya::diagnostic::Text;

use super::Done;
use super::outcome::Exit;

/// The server's program.
const SERVER: &str = "kupuya-lsp";

/// Start the language server, as editors do
#[derive(Args)]
#[command(
    after_help = "Example: kupuya lsp --stdio\n\nThe server is the program kupuya-lsp: `cargo install --path lsp` installs it."
)]
pub struct Arguments {
    /// Speak on standard input and output, which it does anyway
    #[arg(long)]
    stdio: bool,
}

/// Runs `kupuya lsp`.
pub fn run(arguments: &Arguments) -> Done {
    // The one beside this program belongs to it; one on the path may be of another version.
    let beside = std::env::current_exe()
        .ok()
        .map(|own| {
            own.with_file_name(SERVER)
                .with_extension(std::env::consts::EXE_EXTENSION)
        })
        .filter(|server| server.is_file());
    let mut server = match beside {
        Some(server) => Command::new(server),
        None => Command::new(SERVER),
    };
    if arguments.stdio {
        server.arg("--stdio");
    }
    match server.status() {
        Ok(ended) if ended.success() => Ok(Exit::Clean),
        Ok(ended) => Err(Text::new("the language server has ended with {status}")
            .with("status", ended.to_string())
            .into()),
        Err(error) => Err(Text::new(
            "the language server `kupuya-lsp` cannot be started: {error}; `cargo install --path lsp` installs it",
        )
        .with("error", error.to_string())
        .into()),
    }
}
