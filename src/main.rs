//! The program `kupuya`: reads the command line, calls one subcommand, turns its result into an exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
