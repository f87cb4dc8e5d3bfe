//! `kupuya lsp`: starts the language server, a program of its own beside this one.

use clap::Args;
use kupuya::diagnostic::Text;

use super::Done;
use super::beside::{beside, run_in_place};
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
    let mut server = beside(SERVER);
    if arguments.stdio {
        server.arg("--stdio");
    }
    match run_in_place(server) {
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
