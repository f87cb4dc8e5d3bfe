//! The files of the program and its pages, for tests that read them.

use std::fs;
use std::path::{Path, PathBuf};

use kupuya::pipeline::Options;
use kupuya::syntax::ast::Date;

/// A check on the first day of 2026, by the policy's own law.
pub fn options() -> Options {
    Options {
        today: Date {
            year: 2026,
            month: 1,
            day: 1,
        },
        law: None,
        levels: Vec::new(),
    }
}

/// The folder of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of Rust below a folder, in order.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The fenced blocks of a page in a language.
pub fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let open = format!("```{language}\n");
    let rest = text.split(&open).skip(1);
    rest.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The policy of README.
pub fn shop() -> String {
    blocks("README.md", "kup").swap_remove(0)
}
