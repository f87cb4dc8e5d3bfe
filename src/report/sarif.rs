//! SARIF 2.1.0, with what GitHub code scanning asks for beyond the schema.

use serde_json::{Map, Value, json};

use super::fingerprint::{fingerprints, line_hashes};
use super::{Accepted, notes, severity_word};
use crate::checks::law::pages;
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::fixes;
use crate::messages::Language;
use crate::model::Model;
use crate::pipeline;
use crate::source::{Origin, Sources, Span};

/// Where the schema is published.
pub const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The base of the packs that the program carries: they are no files of the repository.
const PACKS: &str = "PACKS";

/// GitHub takes at most so many characters of a description.
const DESCRIPTION: usize = 1024;

/// A finding, and why it does not count if it does not.
pub type Found<'a> = (&'a Diagnostic, Option<Accepted<'a>>);

/// One run as a SARIF log, indented. An accepted finding comes with the reason.
#[must_use]
pub fn log(sources: &Sources, model: &Model, found: &[Found<'_>], language: Language) -> String {
    let mut codes = found.iter().map(|(found, _)| found.code.as_str()).collect::<Vec<_>>();
    codes.sort_unstable();
    codes.dedup();
    let marks = fingerprints(sources, found.iter().map(|(found, _)| *found));
    let results = found
        .iter()
        .zip(marks)
        .map(|((found, accepted), mark)| result(sources, &codes, found, *accepted, &mark, language));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "kupuya",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules(model, &codes, found, language),
            }},
            "language": language.tag(),
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                PACKS: { "description": { "text": language.template("The law packs and the taxonomy that the program carries.") } },
            },
            "results": results.collect::<Vec<_>>(),
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

/// The rules that found something, each with its page.
fn rules(model: &Model, codes: &[&str], found: &[Found<'_>], language: Language) -> Vec<Value> {
    let pages = pipeline::codes();
    codes
        .iter()
        .map(|code| {
            let known = pages.iter().find(|known| known.code == *code);
            let of_pack = model.rules.iter().find(|rule| rule.code == *code);
            let summary = match (known, of_pack) {
                (Some(known), _) => language
                    .translation(&known.summary)
                    .unwrap_or(&known.summary)
                    .to_owned(),
                (None, Some(rule)) => rule.summary().told(language),
                (None, None) => (*code).to_owned(),
            };
            let page = match (known, of_pack) {
                (Some(known), _) => language.page(&known.page).unwrap_or_else(|| known.page.clone()),
                (None, Some(rule)) => pages::of(rule, language).text,
                (None, None) => format!("# {code}\n\n{summary}\n"),
            };
            let heaviest = found.iter().filter(|(found, _)| found.code == *code);
            let level = heaviest.map(|(found, _)| found.severity).max();
            let mut tags = vec!["privacy"];
            if of_pack.is_some() {
                tags.push("law");
            }
            if of_pack.is_some_and(|rule| rule.presence) {
                tags.push("presence-only");
            }
            json!({
                "id": code,
                "name": code,
                "shortDescription": { "text": cut(&summary) },
                "fullDescription": { "text": cut(&summary) },
                "help": { "text": page, "markdown": page },
                "defaultConfiguration": { "level": level.map_or("warning", severity_word) },
                "properties": { "tags": tags },
            })
        })
        .collect()
}

fn cut(text: &str) -> String {
    text.chars().take(DESCRIPTION).collect()
}

fn result(
    sources: &Sources,
    codes: &[&str],
    found: &Diagnostic,
    accepted: Option<Accepted<'_>>,
    mark: &str,
    language: Language,
) -> Value {
    let mut message = found.message.told(language);
    for (word, note) in notes(found, language) {
        message.push_str(&format!("\n{word}: {note}"));
    }
    let mut labels = found.labels.iter();
    let first = labels.next();
    let mut prints = Map::new();
    prints.insert("kupuya/v1".to_owned(), json!(mark));
    if let Some(hash) = first.and_then(|label| line_hash(sources, label.span)) {
        prints.insert("primaryLocationLineHash".to_owned(), json!(hash));
    }
    let mut result = json!({
        "ruleId": found.code,
        "ruleIndex": codes.binary_search(&found.code.as_str()).unwrap_or(0),
        "level": severity_word(found.severity),
        "message": { "text": message },
        "locations": first.map(|label| location(sources, label.span, &label.text.told(language))).into_iter().collect::<Vec<_>>(),
        "partialFingerprints": prints,
    });
    let related = labels
        .enumerate()
        .map(|(index, label)| {
            let mut place = location(sources, label.span, &label.text.told(language));
            place["id"] = json!(index + 1);
            place
        })
        .collect::<Vec<_>>();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if !found.trail.is_empty() {
        let steps = found.trail.iter().map(|label| {
            let place = location(sources, label.span, &label.text.told(language));
            json!({ "location": place })
        });
        result["codeFlows"] = json!([{ "threadFlows": [{ "locations": steps.collect::<Vec<_>>() }] }]);
    }
    let fixes = found.fixes.iter().filter(|fix| !fix.is_empty());
    let fixes = fixes.map(|one| fix(sources, one, language)).collect::<Vec<_>>();
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    let suppression = match accepted {
        None => return result,
        Some(Accepted::Waived(reason)) => json!({ "kind": "inSource", "justification": reason }),
        Some(Accepted::Allowed(Some(reason))) => json!({ "kind": "external", "justification": reason }),
        Some(Accepted::Allowed(None)) => json!({ "kind": "external" }),
    };
    result["suppressions"] = json!([suppression]);
    result
}

fn line_hash(sources: &Sources, span: Span) -> Option<String> {
    let source = sources.get(span.source)?;
    let (line, _) = source.line_column(span.start);
    line_hashes(&source.text).into_iter().nth(line - 1)
}

fn location(sources: &Sources, span: Span, text: &str) -> Value {
    json!({
        "physicalLocation": { "artifactLocation": artifact(sources, span), "region": region(sources, span) },
        "message": { "text": text },
    })
}

fn artifact(sources: &Sources, span: Span) -> Value {
    let Some(source) = sources.get(span.source) else {
        return json!({});
    };
    let embedded = source.origin != Origin::Project && source.name.starts_with("laws/");
    let uri = uri(&source.name);
    if embedded {
        json!({ "uri": uri, "uriBaseId": PACKS })
    } else {
        json!({ "uri": uri })
    }
}

fn region(sources: &Sources, span: Span) -> Value {
    let at = |offset| {
        sources
            .get(span.source)
            .map_or((1, 1), |source| source.line_column(offset))
    };
    let ((line, column), (end_line, end_column)) = (at(span.start), at(span.end));
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}

fn fix(sources: &Sources, fix: &Fix, language: Language) -> Value {
    let all = fixes::edits(sources, fix);
    let mut files = all.iter().map(|(span, _)| span.source).collect::<Vec<_>>();
    files.sort_unstable();
    files.dedup();
    let changes = files.into_iter().filter_map(|file| {
        let edits = || all.iter().filter(|(span, _)| span.source == file);
        let (first, _) = edits().next()?;
        let replacements = edits().map(
            |(span, text)| json!({ "deletedRegion": region(sources, *span), "insertedContent": { "text": text } }),
        );
        Some(json!({
            "artifactLocation": artifact(sources, *first),
            "replacements": replacements.collect::<Vec<_>>(),
        }))
    });
    json!({
        "description": { "text": fix.title.told(language) },
        "artifactChanges": changes.collect::<Vec<_>>(),
        "properties": { "safe": fix.applicability == Applicability::Safe },
    })
}

/// A path as a reference: slashes, no `./`, other bytes than plain letters escaped; a whole path is a file's.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut out = String::new();
    let whole = path.starts_with('/') || path.as_bytes().get(1) == Some(&b':');
    if whole {
        out.push_str("file:///");
    }
    for byte in path.trim_start_matches("./").trim_start_matches('/').bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) || (whole && byte == b':') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
