//! The house: stages look backwards only, and every room is where `src/lib.rs` says.

use std::collections::BTreeSet;
use std::fs;

use crate::sources::{below, root};

/// The modules of the library in the order declared: the corridor.
fn corridor() -> Vec<String> {
    let front = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    front
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// Names after `crate::` in a source, outside comments.
fn mentions(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list
                .split('}')
                .next()
                .unwrap_or("")
                .split(',')
                .map(str::trim)
                .collect::<Vec<_>>(),
            None => vec![rest],
        })
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn stages_look_backwards() {
    let corridor = corridor();
    assert!(corridor.len() > 5, "src/lib.rs declares the corridor");
    let position = |name: &str| corridor.iter().position(|module| module == name);
    let mut wrong = Vec::new();
    for (place, module) in corridor.iter().enumerate() {
        let folder = root().join("src").join(module);
        let mut files = if folder.is_dir() { below(&folder) } else { Vec::new() };
        files.extend(Some(folder.with_extension("rs")).filter(|file| file.is_file()));
        assert!(!files.is_empty(), "{module}");
        for file in files {
            for name in mentions(&fs::read_to_string(&file).unwrap()) {
                match position(&name) {
                    Some(other) if other <= place => {}
                    Some(_) => wrong.push(format!("{} looks forward to `{name}`", file.display())),
                    None => wrong.push(format!("{} names `crate::{name}`, which is no stage", file.display())),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_program_talks_to_the_world() {
    let program = ["main.rs", "cli", "project.rs"].map(|name| root().join("src").join(name));
    let files = below(&root().join("src"));
    let talking = files
        .iter()
        .filter(|file| !program.iter().any(|room| file.starts_with(room)))
        .filter(|file| {
            let text = fs::read_to_string(file).unwrap();
            ["std::fs", "std::env", "std::net", "std::process", "SystemTime"]
                .iter()
                .any(|word| text.contains(word))
        })
        .collect::<Vec<_>>();
    assert!(
        talking.is_empty(),
        "input and output belong into src/cli, reading a project into src/project.rs: {talking:?}"
    );
}

#[test]
fn only_the_graph_names_petgraph_and_only_reports_name_miette() {
    let files = below(&root().join("src"));
    for (library, room) in [
        ("petgraph::", "src/graph"),
        ("miette::", "src/report"),
        ("pest::", "src/syntax"),
    ] {
        let strangers = files
            .iter()
            .filter(|file| !file.starts_with(root().join(room)))
            .filter(|file| fs::read_to_string(file).unwrap().contains(library))
            .collect::<Vec<_>>();
        assert!(strangers.is_empty(), "{library} belongs into {room}: {strangers:?}");
    }
}

/// What the notice says is planned without any language, so that another one needs sentences alone.
#[test]
fn the_plan_knows_no_language() {
    let mut files = below(&root().join("src/notice/plan"));
    files.extend(["document.rs", "digest.rs"].map(|file| root().join("src/notice").join(file)));
    assert!(files.len() > 5, "the plan is there");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let words = text.chars().filter(|letter| ('\u{400}'..='\u{52f}').contains(letter));
        assert_eq!(words.count(), 0, "{} holds words of a language", file.display());
        let outside = mentions(&text).contains("kyrgyz") || text.contains("use kyrgyz");
        assert!(!outside, "{} uses the crate of a language", file.display());
    }
}

/// Only sentences know a language: neither what is planned nor what is checked in a finished text depends on one.
#[test]
fn only_sentences_know_kyrgyz() {
    let mut files = below(&root().join("src/notice/plan"));
    files.push(root().join("src/proofread.rs"));
    files.push(root().join("src/notice/digest.rs"));
    assert!(files.len() > 10);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let kyrgyz = code.filter(|line| line.chars().any(|letter| ('\u{400}'..='\u{52f}').contains(&letter)));
        assert_eq!(kyrgyz.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", file.display());
    }
}
