//! `kupuya completions` and `kupuya man`: what shells and `man` want to know, made from the command line itself.

use std::fs;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::outcome::{Exit, Failure};
use super::{Done, Line, screen};

/// Write completions for a shell
#[derive(Args)]
#[command(after_help = "Example: kupuya completions bash > ~/.local/share/bash-completion/completions/kupuya")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Write the manual pages, one for each command
#[derive(Args)]
#[command(after_help = "Example: kupuya man --out-dir ~/.local/share/man/man1")]
pub struct Man {
    /// Into this folder
    #[arg(long, value_name = "DIR")]
    out_dir: PathBuf,
}

/// Runs `kupuya completions`.
pub fn completions(arguments: &Completions) -> Done {
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, &mut Line::command(), "kupuya", &mut out);
    screen::write(out)?;
    Ok(Exit::Clean)
}

/// Runs `kupuya man`.
pub fn man(arguments: &Man) -> Done {
    let folder = &arguments.out_dir;
    fs::create_dir_all(folder).map_err(Failure::write(folder))?;
    clap_mangen::generate_to(Line::command(), folder).map_err(Failure::write(folder))?;
    Ok(Exit::Clean)
}
