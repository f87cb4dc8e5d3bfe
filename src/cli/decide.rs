//! `kupuya decide`: asks a bundle, or a project that is built in memory.

use std::path::PathBuf;

use clap::Args;
use kupuya::report::answer;
use kupuya_runtime::{Answer, Why};
use serde::Serialize;

use super::asking::times::Times;
use super::asking::{Asked, Format, Whom, request};
use super::outcome::{Exit, Failure};
use super::{Done, screen};

/// Ask a bundle or a policy whether something may be done
#[derive(Args)]
#[command(
    after_help = "Example: kupuya decide megapay.kupb 'use phone_contacts about user for payee_choice given agreed'\n\
    Example: kupuya decide --why examples/megapay 'use phone_contacts about user for payee_choice given agreed'\n\n\
    The request is a sentence of the language: VERB DATA [about …] [from …] [with …] [for …] [by …] [in …] \
    [given …] [on DATE]. Without `given` nothing is known about consents; `given` lists all there are.\n\n\
    A project is built in memory, also while findings of rules stand against it, so that the request of a conflict can \
    be tried."
)]
pub struct Arguments {
    #[command(flatten)]
    whom: Whom,
    /// The request, as a sentence
    #[arg(required_unless_present = "request", conflicts_with = "request")]
    sentence: Option<String>,
    /// The request, as JSON (docs/requests.md); `-` reads standard input
    #[arg(long, value_name = "FILE.json")]
    request: Option<PathBuf>,
    #[command(flatten)]
    times: Times,
    /// List every way that covers the request, each with the ban that strikes it or what it lacks
    #[arg(long)]
    why: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

/// An answer with its reasons, as JSON.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    answer: &'a Answer<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a [Why<'a>]>,
}

/// Runs `kupuya decide`.
pub fn run(arguments: &Arguments) -> Done {
    let mut request = match &arguments.request {
        Some(file) => request::from_file(file)?,
        None => request::from_sentence(arguments.sentence.as_deref().unwrap_or_default())?,
    };
    let Some(asked) = Asked::read(&arguments.whom)? else {
        return Ok(Exit::Findings);
    };
    asked.day(&mut request);
    arguments.times.add_to(&mut request)?;
    let answered = asked.bundle.decide(&request);
    let why = arguments.why.then(|| asked.bundle.why(&request));
    match arguments.format {
        Format::Terminal => {
            let language = screen::language();
            screen::write(answer::render(&answered, language))?;
            screen::write(answer::render_why(why.as_deref().unwrap_or_default(), language))?;
        }
        Format::Json => {
            let explained = Explained {
                answer: &answered,
                why: why.as_deref(),
            };
            let json = serde_json::to_string_pretty(&explained).map_err(Failure::unexpected)?;
            screen::line(&json)?;
        }
    }
    Ok(if answered.decision { Exit::Clean } else { Exit::Denied })
}
