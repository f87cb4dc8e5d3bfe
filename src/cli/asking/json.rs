//! A request in JSON, and what is wrong with it in words: which field, what it takes, what was perhaps meant.

use kupuya::diagnostic::{Argument, Diagnostic, Severity, Text};
use kupuya::model::names::nearest_of;
use kupuya::source::{Origin, Source, SourceId, Sources, Span};
use kupuya_runtime::Request;

/// What the fields of a request take, as `docs/requests.md` says it. Lists have no number in their path here.
const TAKES: &[(&str, &str)] = &[
    ("action", "a verb in quotes, such as `\"share\"`"),
    ("data", "a list of names, such as `[\"contacts\"]`"),
    ("by", "a list of names, such as `[\"contacts\"]`"),
    ("source", "a list of names, such as `[\"contacts\"]`"),
    ("purpose", "a list of names, such as `[\"contacts\"]`"),
    ("recipient", "a list of names, such as `[\"contacts\"]`"),
    ("about", "a list of names, such as `[\"contacts\"]`"),
    ("given", "a list of names, such as `[\"contacts\"]`"),
    ("place", "the name of a country or group in quotes, or `\"abroad\"`"),
    (
        "age",
        "a number of years, or bounds: `{\"at_least\": 14, \"at_most\": 17}`",
    ),
    ("facts", "names of facts, each `true` or `false`: `{\"roaming\": true}`"),
    (
        "records",
        "a list of records: `[{\"kind\": \"give\", \"basis\": \"…\", \"at\": \"2026-01-31\"}]`",
    ),
    ("records.kind", "`\"give\"`, `\"withdraw\"` or `\"object\"`"),
    ("records.by", "`\"self\"` or `\"representative\"`"),
    (
        "records.at",
        "a time in quotes: `2026-01-31` or `2026-01-31T12:00:00+06:00`",
    ),
    ("item", "times: `{\"collected\": \"2026-01-31\", \"events\": {}}`"),
    (
        "item.collected",
        "a time in quotes: `2026-01-31` or `2026-01-31T12:00:00+06:00`",
    ),
    (
        "item.events",
        "a time in quotes: `2026-01-31` or `2026-01-31T12:00:00+06:00`",
    ),
    ("time", "a time in quotes: `2026-01-31` or `2026-01-31T12:00:00+06:00`"),
];

/// Reads a request, or says what is wrong with it.
pub fn read(name: &str, bytes: &[u8]) -> Result<Request, Box<(Sources, Diagnostic)>> {
    let mut sources = Sources::default();
    let source = Source::new(name, Origin::Project, bytes);
    let mut json = serde_json::Deserializer::from_str(&source.text);
    let read: Result<Request, _> = serde_path_to_error::deserialize(&mut json);
    let found = match (read, json.end()) {
        (Ok(request), Ok(())) => return Ok(request),
        (Ok(_), Err(after)) => problem(&source.text, "", &after),
        (Err(wrong), _) => problem(&source.text, &wrong.path().to_string(), wrong.inner()),
    };
    sources.add(source);
    Err(Box::new((sources, found)))
}

fn problem(text: &str, path: &str, error: &serde_json::Error) -> Diagnostic {
    let said = error.to_string();
    let mut words = said.split('`').skip(1).step_by(2);
    let written = words.next().unwrap_or_default();
    let known: Vec<&str> = words.collect();
    let path = if path == "." { "" } else { path };
    let at = place(text, error);
    let quoted = Span {
        start: at.end.saturating_sub(u32::try_from(written.len() + 2).unwrap_or(0)),
        ..at
    };
    let is_quoted = text.get(quoted.start as usize..quoted.end as usize) == Some(&format!("\"{written}\""));
    let at = if is_quoted { quoted } else { at };
    let new = |message: Text, here: &'static str| Diagnostic::new("", Severity::Error, message, at, here);
    if said.starts_with("unknown field") {
        let holder = path.rsplit_once('.').map_or("", |(holder, _)| holder);
        let message = match holder {
            "" => Text::new("a request has no key `{key}`"),
            holder => Text::new("`{path}` has no key `{key}`").with("path", holder),
        };
        let found = new(message.with("key", written), "not known here");
        return match nearest_of(written, &known) {
            Some(near) => found.help(Text::new("did you mean `{near}`?").with("near", near)),
            None => {
                let all = Argument::listed(known.iter().map(|key| format!("`{key}`")));
                found.help(Text::new("its keys are {keys}").with("keys", all))
            }
        };
    }
    if said.starts_with("missing field") {
        let message = match path {
            "" => Text::new("the request lacks `{key}`"),
            path => Text::new("`{path}` lacks `{key}`").with("path", path),
        };
        return new(message.with("key", written), "it should stand before this");
    }
    if said.starts_with("duplicate field") || said.contains("` stands twice") {
        return new(Text::new("`{key}` stands twice").with("key", written), "again here");
    }
    let steps = path.split('.').map(|step| step.split('[').next().unwrap_or(step));
    let mut field = steps.collect::<Vec<_>>().join(".");
    let takes = loop {
        match TAKES.iter().find(|(of, _)| *of == field) {
            Some((_, takes)) => break Some(*takes),
            None => match field.rsplit_once('.') {
                Some((above, _)) => field = above.to_owned(),
                None => break None,
            },
        }
    };
    match takes.filter(|_| error.is_data()) {
        Some(takes) => {
            let message = Text::new("`{path}` takes {expected}").with("path", path);
            new(message.with("expected", Text::new(takes)), "another form")
        }
        None if error.is_data() => new(
            Text::new("a request is an object: `{\"action\": \"use\", …}`"),
            "another form",
        ),
        None => {
            let plain = said.rsplit_once(" at line ").map_or(said.as_str(), |(plain, _)| plain);
            new(
                Text::new("this is no JSON: {error}").with("error", plain),
                "cannot be read from here on",
            )
        }
    }
}

/// The last byte that was read.
fn place(text: &str, error: &serde_json::Error) -> Span {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let start = lines.map(str::len).sum::<usize>();
    let mut from = (start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let end = text[from..]
        .chars()
        .next()
        .filter(|next| *next != '\n')
        .map_or(from, |next| from + next.len_utf8());
    Span {
        source: SourceId(0),
        start: u32::try_from(from).unwrap_or(u32::MAX),
        end: u32::try_from(end).unwrap_or(u32::MAX),
    }
}
