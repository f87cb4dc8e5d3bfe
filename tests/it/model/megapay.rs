//! The example that everybody reads must resolve.

use std::path::Path;

use kupuya::diagnostic::Severity;
use kupuya::model::{Options, codes};
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

#[test]
fn the_example_resolves() {
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
    let (model, mut found, sources) = read(&files, &Options::default());
    found.retain(|finding| {
        let ours = codes::ALL.iter().any(|(code, _)| *code == finding.code);
        let law_missing = finding.code == codes::UNKNOWN_LAW && laws.len() == 1;
        ours && finding.severity == Severity::Error && !law_missing
    });
    assert_eq!(told(&found, &sources), "");
    assert!(model.permissions.len() > 20 && !model.keeps.is_empty() && !model.scenarios.is_empty());
}
