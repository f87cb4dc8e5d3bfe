//! `kupuya retention`: what must be erased or anonymised, and by when.

use std::path::PathBuf;

use clap::Args;
use kupuya::report::answer;

use super::asking::times::Times;
use super::asking::{Asked, Format, Whom, request};
use super::outcome::{Exit, Failure};
use super::{Done, screen};

/// Tell by when data must be erased or anonymised
#[derive(Args)]
#[command(
    after_help = "Example: kupuya retention shop.kupb 'contacts about buyer on 2028-11-01' --collected 2025-10-15\n\n\
    The sentence is one of `decide` without its verb: DATA [about …] [by …] [in …] [given …] [on DATE]. \
    Exit code 3 says that something is due, 2 that there is no answer."
)]
pub struct Arguments {
    #[command(flatten)]
    whom: Whom,
    /// The data, and what is known
    #[arg(required_unless_present = "request", conflicts_with = "request")]
    sentence: Option<String>,
    /// The request, as JSON (docs/requests.md), which needs no `action` here; `-` reads standard input
    #[arg(long, value_name = "FILE.json")]
    request: Option<PathBuf>,
    #[command(flatten)]
    times: Times,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

/// Runs `kupuya retention`.
pub fn run(arguments: &Arguments) -> Done {
    let mut request = match &arguments.request {
        Some(file) => request::from_file_about(file, "store")?,
        None => request::from_sentence(&["store", arguments.sentence.as_deref().unwrap_or_default()].join(" "))?,
    };
    let Some(asked) = Asked::read(&arguments.whom)? else {
        return Ok(Exit::Findings);
    };
    asked.day(&mut request);
    arguments.times.add_to(&mut request)?;
    let retained = asked.bundle.retention(&request);
    match arguments.format {
        Format::Terminal => screen::write(answer::render_retention(&retained, screen::language()))?,
        Format::Json => screen::line(&serde_json::to_string_pretty(&retained).map_err(Failure::unexpected)?)?,
    }
    Ok(match retained.refused() {
        Some(_) => Exit::NotAnswered,
        None if retained.any_due() => Exit::Denied,
        None => Exit::Clean,
    })
}
