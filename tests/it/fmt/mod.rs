//! The one style: nothing is lost, nothing changes what it says, and formatting twice is formatting once.

mod gaps;

use super::syntax::{POLICY, read, told};
use kupuya::format;
use kupuya::source::{Origin, Source, SourceId};
use std::fs;
use std::path::{Path, PathBuf};

/// Formats a text; a problem of the formatter fails the test.
fn formatted(text: &str) -> String {
    let done = format::source(SourceId(0), &Source::new("test.kup", Origin::Project, text.as_bytes()));
    assert!(
        done.problem.is_none(),
        "the formatter has changed what is said:\n{text}"
    );
    assert_eq!(done.unchanged, done.text == text);
    done.text
}

/// All letters but blanks, sorted: what must be the same before and after.
fn letters(text: &str) -> Vec<char> {
    let mut all: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    all.sort_unstable();
    all
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.kup` file of the given folders.
fn files(folders: &[&str]) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "kup") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    for folder in folders {
        walk(&root().join(folder), &mut found);
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

#[test]
fn twice_is_once_and_nothing_is_lost() {
    for (path, text) in files(&["examples", "laws", "src", "tests"]) {
        let once = formatted(&text);
        assert_eq!(once, formatted(&once), "{}", path.display());
        assert_eq!(letters(&text), letters(&once), "{}", path.display());
    }
}

/// `kupuya fmt --check src/cli/new/policy.kup` stays silent.
#[test]
fn what_is_delivered_is_formatted() {
    for (path, text) in files(&["examples", "laws", "src"]) {
        assert!(formatted(&text) == text, "run: kupuya fmt {}", path.display());
    }
}

#[test]
fn the_examples_of_the_page_stay_what_they_say() {
    let page = fs::read_to_string(root().join("grammar/README.md")).unwrap();
    for block in page.split("```kup\n").skip(1) {
        let text = block.split("```").next().unwrap();
        let once = formatted(text);
        assert_eq!(once, formatted(&once));
    }
}

/// With `UPDATE` set the expected text is written anew.
#[test]
fn an_ugly_file_becomes_a_tidy_one() {
    let ugly = include_str!("ugly.kup");
    let (_, found) = read(ugly);
    assert!(found.is_empty(), "{}", told(ugly, &found));
    let tidy = formatted(ugly);
    let file = root().join("tests/it/fmt/tidy.kup");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &tidy).unwrap();
    }
    assert_eq!(tidy, fs::read_to_string(&file).unwrap());
}

#[test]
fn line_ends_stay_those_of_the_file() {
    let text = POLICY.replace('\n', "\r\n");
    let once = formatted(&text);
    assert_eq!(once, formatted(POLICY).replace('\n', "\r\n"));
}

#[test]
fn broken_lines_are_copied_and_the_others_formatted() {
    let text = "data  a \"б\"\n  share   a wth,, b   // why\ndata   c   \"д\" { is   is }\nfact   e   \"ж\"\n";
    let once = formatted(text);
    assert!(once.contains("\n  share   a wth,, b   // why\n"), "{once}");
    assert!(once.contains("\ndata   c   \"д\" { is   is }\n"), "{once}");
    assert!(once.contains("\nfact e \"ж\"\n"), "{once}");
}
