//! `kupuya retention`: what must be erased or anonymised, and by when.

use std::path::PathBuf;

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::report::answer;
use kupuya_runtime::Time;

use super::asking::{Asked, Format, Whom, request};
use super::outcome::{Exit, Failure};
use super::{Done, screen};

/// Tell by when data must be erased or anonymised
#[derive(Args)]
#[command(
    after_help = "Example: kupuya retention megapay.kupb 'identity about user given agreed on 2026-01-01' \
    --collected 2025-06-01 --event account_closed=2025-12-01\n\n\
    The sentence is one of `decide` without its verb: DATA [about …] [by …] [in …] [given …] [on DATE]. \
    Exit code 3 says that something is due."
)]
pub struct Arguments {
    #[command(flatten)]
    whom: Whom,
    /// The data, and what is known
    #[arg(required_unless_present = "request", conflicts_with = "request")]
    sentence: Option<String>,
    /// The request, as JSON
    #[arg(long, value_name = "FILE.json")]
    request: Option<PathBuf>,
    /// When the item was collected
    #[arg(long, value_name = "DATE")]
    collected: Option<String>,
    /// When an event happened: NAME=DATE, or NAME=never for one that has not; several
    #[arg(long, value_name = "NAME=DATE")]
    event: Vec<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

/// Runs `kupuya retention`.
pub fn run(arguments: &Arguments) -> Done {
    let mut request = match &arguments.request {
        Some(file) => request::from_file(file)?,
        None => request::from_sentence(&["store", arguments.sentence.as_deref().unwrap_or_default()].join(" "))?,
    };
    let Some(asked) = Asked::read(&arguments.whom)? else {
        return Ok(Exit::Findings);
    };
    asked.day(&mut request);
    if arguments.collected.is_some() || !arguments.event.is_empty() {
        let item = request.item.get_or_insert_default();
        if let Some(collected) = &arguments.collected {
            item.collected = Some(time(collected)?);
        }
        for event in &arguments.event {
            let (name, at) = event.split_once('=').ok_or_else(|| no_event(event))?;
            let at = if at == "never" { None } else { Some(time(at)?) };
            item.events.insert(name.to_owned(), at);
        }
    }
    let retained = asked.bundle.retention(&request);
    match arguments.format {
        Format::Terminal => screen::write(answer::render_retention(&retained, screen::language()))?,
        Format::Json => screen::line(&serde_json::to_string_pretty(&retained).map_err(Failure::unexpected)?)?,
    }
    let refused = retained.refused().is_some();
    Ok(if refused || retained.any_due() {
        Exit::Denied
    } else {
        Exit::Clean
    })
}

fn time(text: &str) -> Result<Time, Failure> {
    text.parse().map_err(|_| {
        let wrong = Text::new("`{text}` is no time: write 2026-01-31 or 2026-01-31T12:00:00+06:00");
        Failure::Other(wrong.with("text", text))
    })
}

fn no_event(text: &str) -> Failure {
    let wrong = Text::new("`{text}` is no event: write NAME=2026-01-31, or NAME=never for one that has not happened");
    Failure::Other(wrong.with("text", text))
}
