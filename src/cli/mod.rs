//! The command line: one file a subcommand, one line each in [`Command`].

mod asking;
mod beside;
mod build;
mod check;
mod decide;
mod diff;
mod explain;
mod export;
mod filter;
mod fmt;
mod graph;
mod help;
mod inflect;
mod keygen;
mod lsp;
mod new;
mod outcome;
mod papers;
mod project;
mod refusal;
mod render;
mod retention;
mod revision;
mod screen;
mod serve;
mod shell;
mod subject;
mod test;
mod tour;
mod verify;
mod watch;
mod what_if;
mod who_receives;
mod why;
mod writing;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use kupuya::messages::Language;
use outcome::{Exit, Failure};

/// Policy as code for privacy: checks a policy as a graph, writes it in Kyrgyz, builds the bundle that services ask.
#[derive(Parser)]
#[command(name = "kupuya", version, max_term_width = 100)]
#[command(
    after_help = "Start with `kupuya new DIR`, or look at a whole policy with `kupuya tour examples/megapay`.\n\n\
    Exit codes: 0 clean, 1 the policy has errors or a scenario fails, 2 could not run, 3 denied."
)]
struct Line {
    #[command(subcommand)]
    command: Command,
    /// The language of messages; `language` in `kupuya.toml` says it for a project
    #[arg(long, global = true, value_enum)]
    language: Option<Tongue>,
}

/// A language of messages, as the command line writes it.
#[derive(Clone, Copy, ValueEnum)]
enum Tongue {
    /// English
    En,
    /// Kyrgyz
    Ky,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Language {
        match tongue {
            Tongue::En => Language::English,
            Tongue::Ky => Language::Kyrgyz,
        }
    }
}

#[derive(Subcommand)]
enum Command {
    New(new::Arguments),
    Check(check::Arguments),
    Render(render::Arguments),
    Build(build::Arguments),
    Test(test::Arguments),
    Decide(decide::Arguments),
    Diff(diff::Arguments),
    Explain(explain::Arguments),
    Export(export::Arguments),
    Filter(filter::Arguments),
    Retention(retention::Arguments),
    Fmt(fmt::Arguments),
    Graph(graph::Arguments),
    Inflect(inflect::Arguments),
    Tour(tour::Arguments),
    WhoReceives(who_receives::Arguments),
    Why(why::Arguments),
    Subject(subject::Arguments),
    WhatIf(what_if::Arguments),
    Keygen(keygen::Arguments),
    Verify(verify::Arguments),
    Completions(shell::Completions),
    Man(shell::Man),
    Lsp(lsp::Arguments),
    Serve(serve::Arguments),
}

/// Runs one command line.
pub fn main() -> ExitCode {
    let mut command = Line::command();
    if refusal::asks_for_kyrgyz(std::env::args()) {
        command = help::in_kyrgyz(command);
    }
    let read = command
        .try_get_matches()
        .and_then(|matches| Line::from_arg_matches(&matches));
    let line = match read {
        Ok(line) => line,
        Err(error) => return refusal::tell(&error),
    };
    if let Some(tongue) = line.language {
        screen::speak(tongue.into());
    }
    let done = match line.command {
        Command::New(arguments) => new::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Render(arguments) => render::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Decide(arguments) => decide::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Filter(arguments) => filter::run(&arguments),
        Command::Retention(arguments) => retention::run(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Graph(arguments) => graph::run(&arguments),
        Command::Inflect(arguments) => inflect::run(&arguments),
        Command::Tour(arguments) => tour::run(&arguments),
        Command::WhoReceives(arguments) => who_receives::run(&arguments),
        Command::Why(arguments) => why::run(&arguments),
        Command::Subject(arguments) => subject::run(&arguments),
        Command::WhatIf(arguments) => what_if::run(&arguments),
        Command::Keygen(arguments) => keygen::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Completions(arguments) => shell::completions(&arguments),
        Command::Man(arguments) => shell::man(&arguments),
        Command::Lsp(arguments) => lsp::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
    };
    outcome::exit_code(done)
}

/// What a subcommand gives back.
type Done = Result<Exit, Failure>;
