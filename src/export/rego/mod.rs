//! An OPA bundle: a Rego module that reads rules, the rules as data, and the manifest.
//!
//! The module is the same for every policy but for its name, the ends of keeps and the depth of classes. The data are
//! indexed by verb and data atom, so that a decision does not grow with the policy. regorus runs it in its interpreter; its
//! virtual machine misreads it.

mod data;
mod ends;

pub use ends::parts;

use std::collections::BTreeMap;

use kupuya_runtime::wire::BundleContent;
use serde::Serialize;

use super::closed::Closed;
use super::{File, Refused};

const MODULE: &str = include_str!("policy.rego");

/// Words that are no names in Rego.
const KEYWORDS: &[&str] = &[
    "as", "contains", "default", "else", "every", "false", "if", "import", "in", "not", "null", "package", "some",
    "true", "with", "data", "input",
];

/// `.manifest` (OPA, bundle file format).
#[derive(Serialize)]
struct Manifest<'a> {
    revision: &'a str,
    roots: [String; 2],
    rego_version: u32,
    metadata: BTreeMap<&'static str, String>,
}

/// The files of an OPA bundle, by path.
///
/// # Errors
/// What Rego cannot say.
pub fn from_content(content: &BundleContent) -> Result<Vec<File>, Refused> {
    let name = content.policy.as_str();
    let plain = |text: &str| {
        let mut letters = text.chars();
        letters
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
            && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    if KEYWORDS.contains(&name) || !plain(name) {
        return Err(Refused::Name(name.to_owned()));
    }
    let closed = Closed::new(content);
    let module = MODULE
        .replace("{{name}}", name)
        .replace("{{classes}}", ends::classes(&closed).trim_end())
        .replace("{{ends}}", ends::keep_ends(&closed)?.trim_end());
    let json = |value: Result<String, serde_json::Error>| value.map_err(|error| Refused::Json(error.to_string()));
    let data = json(serde_json::to_string(&data::Data::new(&closed)?))?;
    let mut metadata = BTreeMap::from([("language", content.language.to_string())]);
    metadata.extend(content.version.clone().map(|version| ("version", version)));
    metadata.extend(content.begins.map(|day| ("begins", day.to_string())));
    metadata.extend(content.until.map(|day| ("until", day.to_string())));
    let manifest = json(serde_json::to_string_pretty(&Manifest {
        revision: &content.meaning,
        roots: [format!("kupuya/policy/{name}"), format!("kupuya/bundle/{name}")],
        rego_version: 1,
        metadata,
    }))?;
    Ok(vec![
        (".manifest".to_owned(), manifest + "\n"),
        (format!("kupuya/bundle/{name}/data.json"), data + "\n"),
        (format!("kupuya/policy/{name}/policy.rego"), module),
    ])
}
