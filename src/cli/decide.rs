//! `kupuya decide`: asks a bundle.

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kupuya::ask;
use kupuya::report::{answer, terminal};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax;
use kupuya_runtime::{Bundle, Request};

use super::outcome::{Exit, Failure};
use super::{Done, screen};

/// Ask a bundle whether something may be done
#[derive(Args)]
#[command(
    after_help = "Example: kupuya decide megapay.kupb 'use phone_contacts about user for payee_choice given agreed'\n\n\
    The request is a sentence of the language: VERB DATA [about …] [from …] [with …] [for …] [by …] [in …] \
    [given …] [on DATE]. Without `given` nothing is known about consents; `given` lists all there are."
)]
pub struct Arguments {
    /// The bundle
    bundle: PathBuf,
    /// The request, as a sentence
    #[arg(required_unless_present = "request", conflicts_with = "request")]
    sentence: Option<String>,
    /// The request, as JSON
    #[arg(long, value_name = "FILE.json")]
    request: Option<PathBuf>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Terminal,
    /// JSON
    Json,
}

/// Runs `kupuya decide`.
pub fn run(arguments: &Arguments) -> Done {
    let bytes = fs::read(&arguments.bundle).map_err(Failure::read(&arguments.bundle))?;
    let bundle =
        Bundle::load(&bytes).map_err(|error| Failure::Other(format!("{}: {error}", arguments.bundle.display())))?;
    let request = match &arguments.request {
        Some(file) => {
            let text = fs::read(file).map_err(Failure::read(file))?;
            serde_json::from_slice(&text).map_err(|error| Failure::Other(format!("{}: {error}", file.display())))?
        }
        None => read(arguments.sentence.as_deref().unwrap_or_default())?,
    };
    let answered = bundle.decide(&request);
    match arguments.format {
        Format::Terminal => screen::write(&answer::render(&answered))?,
        Format::Json => {
            let json = serde_json::to_string_pretty(&answered).map_err(|error| Failure::Other(error.to_string()))?;
            screen::line(&json)?;
        }
    }
    Ok(if answered.decision { Exit::Clean } else { Exit::Denied })
}

/// A sentence as a request; what is wrong with it is drawn under it.
fn read(sentence: &str) -> Result<Request, Failure> {
    let mut sources = Sources::default();
    let source = Source::new("request", Origin::Project, sentence.as_bytes());
    let id = sources.add(source);
    let (parsed, mut problems) = match sources.get(id) {
        Some(source) => syntax::parse_request(id, source),
        None => (None, Vec::new()),
    };
    if let Some(parsed) = parsed.filter(|_| problems.is_empty()) {
        match ask::request(&parsed) {
            Ok(request) => return Ok(request),
            Err(mut wrong) => problems.append(&mut wrong),
        }
    }
    let drawn = problems
        .iter()
        .map(|problem| terminal::render(&sources, problem, false, screen::WIDTH))
        .collect::<String>();
    Err(Failure::Other(format!(
        "the request cannot be read\n{}",
        drawn.trim_end()
    )))
}
