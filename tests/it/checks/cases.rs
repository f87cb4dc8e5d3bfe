//! Cases: a file in `cases/`, and what is found in it. A new file is a new case.

use std::path::PathBuf;

use super::run::check;

#[test]
fn what_is_found() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/checks/cases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap();
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(name, format!("{text}\n{}", check(&text).told()));
        });
    }
}
