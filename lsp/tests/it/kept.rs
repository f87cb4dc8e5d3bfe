//! A keystroke costs what it changes: other files are not parsed again, and a project without changes is not looked at.

use std::sync::Arc;

use kupuya_lsp::analyst::Analyst;
use kupuya_lsp::document::Document;
use kupuya_lsp::proto::Uri;
use kupuya_lsp::workspace::State;

use crate::client::folder;

#[test]
fn a_keystroke_parses_one_file() {
    let one = |name: &str| format!("data {name} \"маалымат\"\n");
    let files: Vec<(String, String)> = (0..20).map(|n| (format!("f{n}.kup"), one(&format!("d{n}")))).collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let folder = folder(&files);
    let mut state = State {
        folders: vec![folder.path().to_owned()],
        ..State::default()
    };
    let mut analyst = Analyst::default();
    let first = analyst.analyse(&state);
    let parsed = analyst.parsed();
    let path = folder.path().join("f7.kup");
    let uri = Uri::from_file_path(&path).unwrap();
    let open = Document::new(uri, 1, "data d7 \"башка маалымат\"\n");
    Arc::make_mut(&mut state.documents).insert(path, open);
    let second = analyst.analyse(&state);
    assert_eq!(analyst.parsed(), parsed + 1);
    let same = |one: &std::collections::BTreeMap<_, Arc<_>>, other: &std::collections::BTreeMap<_, Arc<_>>| {
        one.values()
            .zip(other.values())
            .all(|(one, other)| Arc::ptr_eq(one, other))
    };
    assert!(!same(&first, &second));
    assert!(same(&second, &analyst.analyse(&state)));
    assert_eq!(analyst.parsed(), parsed + 1);
}
