//! The request: a sentence, or JSON.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use kupuya::ask;
use kupuya::report::terminal;
use kupuya::source::{Origin, Source, Sources};
use kupuya_runtime::Request;
use serde_json::{Map, Value};

use super::super::outcome::Failure;
use super::super::screen;
use super::json;

/// A request from a file of JSON, or from standard input: see `docs/requests.md`.
pub fn from_file(file: &Path) -> Result<Request, Failure> {
    let (name, bytes) = content(file)?;
    parsed(&name, &bytes)
}

/// The same where the command has but one action: it may be left out.
pub fn from_file_about(file: &Path, action: &str) -> Result<Request, Failure> {
    let (name, bytes) = content(file)?;
    let fields: Option<Map<String, Value>> = serde_json::from_slice(&bytes).ok();
    let completed = fields
        .filter(|fields| !fields.contains_key("action"))
        .map(|mut fields| {
            fields.insert("action".to_owned(), action.into());
            serde_json::from_value(fields.into())
        });
    match completed {
        Some(Ok(request)) => Ok(request),
        // What is wrong is shown where it stands in the file.
        _ => parsed(&name, &bytes),
    }
}

fn content(file: &Path) -> Result<(String, Vec<u8>), Failure> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(Failure::read(file))?;
        Ok(("<standard input>".to_owned(), bytes))
    } else {
        Ok((file.display().to_string(), fs::read(file).map_err(Failure::read(file))?))
    }
}

fn parsed(name: &str, bytes: &[u8]) -> Result<Request, Failure> {
    json::read(name, bytes).map_err(|wrong| {
        let (sources, found) = *wrong;
        let drawn = terminal::render(&sources, &found, screen::style_of_errors());
        Failure::Drawn("the request cannot be read", drawn.trim_end().to_owned())
    })
}

/// A sentence as a request; what is wrong with it is drawn under it.
pub fn from_sentence(sentence: &str) -> Result<Request, Failure> {
    let mut sources = Sources::default();
    let source = Source::new("request", Origin::Project, sentence.as_bytes());
    let id = sources.add(source);
    let read = sources.get(id).map(|source| ask::read(id, source));
    let problems = match read {
        Some(Ok(request)) => return Ok(request),
        Some(Err(problems)) => problems,
        None => Vec::new(),
    };
    let style = screen::style_of_errors();
    let drawn = problems
        .iter()
        .map(|problem| terminal::render(&sources, problem, style))
        .collect::<String>();
    // A drawing is no argument of a sentence: it is shown whole.
    Err(Failure::Drawn(
        "the request cannot be read",
        drawn.trim_end().to_owned(),
    ))
}
