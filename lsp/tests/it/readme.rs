//! The page of the server names tests that there are, and every feature that the server says it has.

use std::path::Path;

use serde_json::json;

use crate::client::{Client, folder};

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

#[test]
fn the_tests_that_the_page_names_are_there() {
    let readme = readme();
    let pieces = readme.split('`').skip(1).step_by(2);
    let named = pieces.filter_map(|piece| piece.split_once("::"));
    let mut seen = 0;
    for (module, test) in named {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/{module}.rs"));
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let (before, _) = text
            .split_once(&format!("fn {test}("))
            .unwrap_or_else(|| panic!("there is no test {module}::{test}"));
        let attribute = before
            .trim_end()
            .lines()
            .rev()
            .find(|line| line.trim_start().starts_with("#["));
        assert!(
            attribute.is_some_and(|line| line.contains("test")),
            "{module}::{test} is no test"
        );
        seen += 1;
    }
    assert!(seen > 40, "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_capability_has_its_row() {
    let folder = folder(&[]);
    let client = Client::start(folder.path(), json!({})).await;
    let readme = readme();
    for capability in client.hello["capabilities"].as_object().unwrap().keys() {
        let known = readme
            .lines()
            .any(|line| line.starts_with('|') && line.contains(&format!("`{capability}`")));
        assert!(known, "{capability} stands in no row");
    }
}
