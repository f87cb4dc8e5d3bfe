//! `kupuya serve`: starts the decision service, a program of its own beside this one.

use std::ffi::OsString;

use clap::Args;
use kupuya::diagnostic::Text;

use super::Done;
use super::beside::{beside, run_in_place};
use super::outcome::Exit;

/// The service's program.
const SERVICE: &str = "kupuya-service";

/// Start the decision service, which is asked over HTTP
#[derive(Args)]
#[command(after_help = "Example: kupuya serve --bundle shop.kupb\n\n\
    All options are those of the program kupuya-service: `kupuya-service --help` lists them. \
    `cargo install --path service` installs it.")]
pub struct Arguments {
    /// The options of the service
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTIONS")]
    options: Vec<OsString>,
}

/// Runs `kupuya serve`.
pub fn run(arguments: &Arguments) -> Done {
    let mut service = beside(SERVICE);
    service.args(&arguments.options);
    match run_in_place(service) {
        Ok(ended) if ended.success() => Ok(Exit::Clean),
        Ok(ended) => Err(Text::new("the decision service has ended with {status}")
            .with("status", ended.to_string())
            .into()),
        Err(error) => Err(Text::new(
            "the decision service `kupuya-service` cannot be started: {error}; `cargo install --path service` installs it",
        )
        .with("error", error.to_string())
        .into()),
    }
}
