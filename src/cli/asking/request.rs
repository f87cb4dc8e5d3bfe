//! The request: a sentence, or JSON.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use kupuya::ask;
use kupuya::report::terminal;
use kupuya::source::{Origin, Source, Sources};
use kupuya_runtime::Request;

use super::super::outcome::Failure;
use super::super::screen;
use super::json;

/// A request from a file of JSON, or from standard input: see `docs/requests.md`.
pub fn from_file(file: &Path) -> Result<Request, Failure> {
    let (name, bytes) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(Failure::read(file))?;
        ("<standard input>".to_owned(), bytes)
    } else {
        (file.display().to_string(), fs::read(file).map_err(Failure::read(file))?)
    };
    json::read(&name, &bytes).map_err(|wrong| {
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
