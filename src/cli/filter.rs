//! `kupuya filter`: JSON in, and of it what may be used out.

use std::fs::{self, File};
use std::io::{BufReader, stdin};
use std::path::{Path, PathBuf};

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::report::answer;
use kupuya_runtime::{Fate, FieldMap, Filter, document};

use super::asking::{Asked, Whom, request};
use super::outcome::{Exit, Failure};
use super::{Done, screen};

/// Leave out of JSON what a policy does not allow
#[derive(Args)]
#[command(
    after_help = "Example: kupuya filter megapay.kupb --map fields.toml 'use for payee_choice given agreed' < in.json\n\n\
    The request is a sentence as for `decide`, without data: those are what the map says. The map names each field by \
    its JSON Pointer, `*` for each element of a list; a field that it does not name falls. What fell is told on standard \
    error."
)]
pub struct Arguments {
    #[command(flatten)]
    whom: Whom,
    /// The request, as a sentence without data
    sentence: String,
    /// The data of each field: TOML or JSON, or an annotated JSON Schema or OpenAPI document
    #[arg(long, value_name = "FILE")]
    map: PathBuf,
    /// Where the schema stands in the document: /components/schemas/Order
    #[arg(long, value_name = "POINTER")]
    at: Option<String>,
    /// Read this file instead of standard input
    #[arg(long, value_name = "FILE.json")]
    input: Option<PathBuf>,
    /// Only list the fields of the map, each with what becomes of it
    #[arg(long)]
    list: bool,
}

/// Runs `kupuya filter`.
pub fn run(arguments: &Arguments) -> Done {
    let map = map(&arguments.map, arguments.at.as_deref())?;
    let mut request = request::from_sentence(&with_data(&arguments.sentence)?)?;
    let Some(asked) = Asked::read(&arguments.whom)? else {
        return Ok(Exit::Findings);
    };
    asked.day(&mut request);
    request.data = None;
    if let Err(answer) = asked.bundle.resolve(&request) {
        screen::complain(answer::render(&answer, screen::language()).trim_end());
        return Ok(Exit::Denied);
    }
    let filter = asked.bundle.filter(&map, &request);
    let filter = filter.map_err(|error| Failure::of(&arguments.map, error))?;
    if arguments.list {
        for (field, fate) in filter.fields() {
            screen::line(&told(field, fate).told(screen::language()))?;
        }
        return Ok(Exit::Clean);
    }
    copy(&filter, arguments.input.as_deref())
}

fn copy(filter: &Filter, input: Option<&Path>) -> Done {
    let output = screen::output();
    let copied = match input {
        Some(file) => {
            let from = File::open(file).map_err(Failure::read(file))?;
            filter.json(BufReader::new(from), output)
        }
        None => filter.json(stdin().lock(), output),
    };
    for (field, (fate, times)) in &copied.map_err(Failure::unexpected)? {
        let line = told(field, fate).told(screen::language());
        let times = if *times > 1 {
            format!(" ({times}×)")
        } else {
            String::new()
        };
        screen::complain(&format!("{line}{times}"));
    }
    Ok(Exit::Clean)
}

fn told(field: &str, fate: &Fate) -> Text {
    match fate {
        Fate::Stays => Text::new("{field} stays"),
        Fate::NotNamed => Text::new("{field} falls: the map does not name it"),
        Fate::NotAsked { verdict } => {
            Text::new("{field} falls: the request is {verdict}").with("verdict", verdict.word())
        }
        Fate::Refused { category, verdict } => Text::new("{field} falls: {category} is {verdict}")
            .with("category", category.clone())
            .with("verdict", verdict.word()),
    }
    .with("field", field)
}

/// The sentence with `any` for its data, which it leaves out.
fn with_data(sentence: &str) -> Result<String, Failure> {
    const AFTER: &[&str] = &[
        "about", "from", "with", "for", "by", "in", "given", "on", "place", "unmet",
    ];
    let (verb, rest) = sentence.trim().split_once(' ').unwrap_or((sentence.trim(), ""));
    match rest.split_whitespace().next() {
        Some(data) if !AFTER.contains(&data) => {
            let wrong = Text::new("leave `{data}` out of the request: the map says which data the fields are");
            Err(Failure::Other(wrong.with("data", data)))
        }
        _ => Ok(format!("{verb} any {rest}")),
    }
}

fn map(file: &Path, at: Option<&str>) -> Result<FieldMap, Failure> {
    let text = fs::read_to_string(file).map_err(Failure::read(file))?;
    if file.extension().is_some_and(|ending| ending == "toml") {
        return toml::from_str(&text).map_err(|error| Failure::of(file, error));
    }
    let document = document(text.as_bytes()).map_err(|error| Failure::of(file, error))?;
    if document.get("fields").is_some() && at.is_none() {
        return serde_json::from_value(document).map_err(|error| Failure::of(file, error));
    }
    FieldMap::from_schema(&document, at.unwrap_or_default()).map_err(|error| Failure::of(file, error))
}
