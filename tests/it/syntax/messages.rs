//! What is said of mistakes: every file of `cases/` has a snapshot of its findings that a person has read.

use super::{read, told};
use kupuya::syntax::codes;
use std::collections::BTreeSet;
use std::path::Path;

fn cases() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/syntax/cases");
    let mut all: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "kup"))
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    all
}

#[test]
fn the_cases_are_told_as_they_were_read() {
    insta::with_settings!({ snapshot_path => "cases", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, text) in cases() {
            insta::assert_snapshot!(name.as_str(), told(&text, &read(&text).1));
        }
    });
}

/// Codes of whole files have their tests among the hostile inputs.
const OF_FILES: &[&str] = &[
    codes::BYTE_ORDER_MARK,
    codes::HIDDEN_CHARACTER,
    codes::LONG_LINE,
    codes::LOOK_ALIKE_LETTER,
    codes::MIXED_LINE_ENDS,
    codes::NOT_UTF8,
    codes::TOO_DEEP,
    codes::TOO_LONG,
    codes::TOO_MANY_ERRORS,
];

#[test]
fn every_code_has_a_case() {
    let seen: BTreeSet<String> = cases()
        .iter()
        .flat_map(|(_, text)| read(text).1)
        .map(|one| one.code)
        .chain(OF_FILES.iter().map(|code| (*code).to_owned()))
        .collect();
    for known in codes::ALL {
        assert!(seen.contains(known.code), "no case of {}", known.code);
    }
    for code in seen {
        assert!(
            codes::ALL.iter().any(|known| known.code == code),
            "{code} is not in the table"
        );
    }
}

#[test]
fn no_message_names_a_rule_of_the_grammar() {
    let grammar = include_str!("../../../grammar/kupuya.pest");
    let rules: Vec<&str> = grammar
        .lines()
        .filter_map(|line| line.split_once(" = ").map(|(name, _)| name))
        .filter(|name| name.contains('_'))
        .collect();
    for (name, text) in cases() {
        let said = told(&text, &read(&text).1);
        for rule in &rules {
            assert!(!said.contains(rule), "{name}: {rule}");
        }
    }
}
