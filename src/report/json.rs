//! JSON Lines: one finding a line, places as file, line, column and bytes.

use kupuya_runtime::Request;
use serde::Serialize;

use super::{Accepted, severity_word};
use crate::ask;
use crate::diagnostic::{self, Applicability, Diagnostic, Text, Verified};
use crate::fixes;
use crate::messages::Language;
use crate::source::{Origin, Source, SourceId, Sources, Span};

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'static str,
    message: String,
    places: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    trail: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Witness<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    law: Option<Law<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<Option<&'a str>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: u32,
    end: u32,
    text: String,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: String,
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    insert: String,
}

/// A request that shows the finding: for people and for programs.
#[derive(Serialize)]
struct Witness<'a> {
    sentence: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    collected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Request>,
}

#[derive(Serialize)]
struct Law<'a> {
    pack: &'a str,
    article: &'a str,
    verified: &'static str,
    presence: bool,
}

fn place(sources: &Sources, span: Span, text: String) -> Place<'_> {
    let source = sources.get(span.source);
    let at = |offset| source.map_or((1, 1), |source| source.line_column(offset));
    let ((line, column), (end_line, end_column)) = (at(span.start), at(span.end));
    let file = source.map_or("", |source| source.name.as_str());
    Place {
        file,
        line,
        column,
        end_line,
        end_column,
        start: span.start,
        end: span.end,
        text,
    }
}

fn fix<'a>(sources: &'a Sources, fix: &'a diagnostic::Fix, language: Language) -> Fix<'a> {
    let edit = |(span, insert): (Span, String)| Edit {
        place: place(sources, span, String::new()),
        insert,
    };
    let safe = fix.applicability == Applicability::Safe;
    Fix {
        title: fix.title.told(language),
        safe,
        edits: fixes::edits(sources, fix).into_iter().map(edit).collect(),
    }
}

fn witness(found: &diagnostic::Witness) -> Witness<'_> {
    let text = Source::new("request", Origin::Project, found.sentence.as_bytes());
    let mut request = ask::read(SourceId(0), &text).ok();
    let collected = found.collected.as_ref().and_then(|day| day.parse().ok());
    if let (Some(request), Some(collected)) = (&mut request, collected) {
        request.item.get_or_insert_default().collected = Some(collected);
    }
    Witness {
        sentence: &found.sentence,
        collected: found.collected.as_deref(),
        request,
    }
}

fn verified_word(verified: Verified) -> &'static str {
    match verified {
        Verified::Final => "final",
        Verified::Text => "text",
        Verified::Second => "second",
        Verified::Memory => "memory",
    }
}

/// One finding as a line of JSON, without the line end: keys and closed words in English, sentences in the language.
/// `accepted` says why it does not count.
#[must_use]
pub fn line(sources: &Sources, diagnostic: &Diagnostic, accepted: Option<Accepted<'_>>, language: Language) -> String {
    let told = |text: &Text| text.told(language);
    let (waived, allowed) = match accepted {
        None => (None, None),
        Some(Accepted::Waived(reason)) => (Some(reason), None),
        Some(Accepted::Allowed(reason)) => (None, Some(reason)),
    };
    let places = |labels: &[diagnostic::Label]| {
        labels
            .iter()
            .map(|label| place(sources, label.span, told(&label.text)))
            .collect()
    };
    let finding = Finding {
        code: &diagnostic.code,
        severity: severity_word(diagnostic.severity),
        message: told(&diagnostic.message),
        places: places(&diagnostic.labels),
        trail: places(&diagnostic.trail),
        why: diagnostic.why.as_ref().map(told),
        help: diagnostic.help.as_ref().map(told),
        fixes: diagnostic
            .fixes
            .iter()
            .map(|found| fix(sources, found, language))
            .collect(),
        witness: diagnostic.witness.as_ref().map(witness),
        law: diagnostic.citation.as_ref().map(|citation| Law {
            pack: &citation.pack,
            article: &citation.article,
            verified: verified_word(citation.verified),
            presence: citation.presence,
        }),
        waived,
        allowed,
    };
    serde_json::to_string(&finding).unwrap_or_default()
}
