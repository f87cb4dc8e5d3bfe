//! The example that everybody reads must resolve.

use std::path::Path;

use kupuya::diagnostic::Severity;
use kupuya::model::{Model, Options, codes};
use kupuya::source::Origin;

use super::{read, told};

/// Every `.kup` file of a folder with its text, sorted by name.
pub fn folder(path: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all: Vec<(String, String)> = std::fs::read_dir(root.join(path))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "kup"))
        .map(|file| {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            (format!("{path}/{name}"), std::fs::read_to_string(&file).unwrap())
        })
        .collect();
    all.sort();
    all
}

/// What this stage calls an error when the example is read under a law; the policy's own if none is named.
fn errors(law: Option<&str>) -> (Model, String) {
    let (example, laws) = (folder("examples/megapay"), folder("laws"));
    let mut files: Vec<(&str, Origin, &str)> = Vec::new();
    for (name, text) in &example {
        files.push((name, Origin::Project, text));
    }
    for (name, text) in &laws {
        let origin = match name.as_str() {
            "laws/base.kup" => Origin::Taxonomy,
            _ => Origin::Pack,
        };
        files.push((name, origin, text));
    }
    let options = Options {
        law: law.map(str::to_owned),
        day: None,
    };
    let (model, mut found, sources) = read(&files, &options);
    found.retain(|finding| {
        let ours = codes::ALL.iter().any(|known| known.code == finding.code);
        ours && finding.severity == Severity::Error
    });
    (model, told(&found, &sources))
}

#[test]
fn the_example_resolves() {
    let (model, said) = errors(None);
    assert_eq!(said, "");
    assert!(model.permissions.len() > 20 && !model.keeps.is_empty() && !model.scenarios.is_empty());
    assert!(!model.rules.is_empty());
}

#[test]
fn every_law_resolves() {
    for (name, _) in folder("laws") {
        let pack = name.trim_start_matches("laws/").trim_end_matches(".kup");
        if pack != "base" {
            let (model, said) = errors(Some(pack));
            assert_eq!(said, "", "under {pack}");
            assert!(!model.rules.is_empty(), "{pack} has rules");
        }
    }
}
