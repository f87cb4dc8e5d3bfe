//! The tree-sitter grammar has the words of the vocabulary; and what the compiler reads in every file of the project is
//! written down for `editors/tree-sitter/check.sh`, which compares it with what tree-sitter reads.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use kupuya::source::{Origin, Source, SourceId};
use kupuya::syntax::ast::{Item, Node};
use kupuya::syntax::parse;
use kupuya::syntax::vocabulary::{CONNECTORS, FLAGS, KINDS, OTHER_WORDS, VERBS};
use serde_json::json;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// With `KUPUYA_UPDATE` set the file is written anew.
fn is_as_told(name: &str, new: &str) {
    let path = root().join("editors/tree-sitter").join(name);
    if std::env::var_os("KUPUYA_UPDATE").is_some() {
        std::fs::write(&path, new).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == new,
        "{name}: run the test with KUPUYA_UPDATE=1, then editors/tree-sitter/generate.sh"
    );
}

/// Words that open a line by themselves: the grammar names them where they stand.
const APART: [&str; 5] = ["never", "allow", "deny", "each", "waive"];

/// Each word once, in the first list that has it.
fn words() -> Vec<(&'static str, BTreeSet<&'static str>)> {
    let mut seen: BTreeSet<&str> = APART.into();
    let lists: [(&str, Vec<&str>); 5] = [
        ("kinds", KINDS.iter().map(|kind| kind.word).collect()),
        ("verbs", VERBS.iter().map(|(_, word, _)| *word).collect()),
        ("flags", FLAGS.iter().map(|(word, _)| *word).collect()),
        ("connectors", CONNECTORS.iter().map(|(_, word)| *word).collect()),
        ("others", OTHER_WORDS.to_vec()),
    ];
    let single = lists.into_iter().map(|(name, words)| {
        let words = words.into_iter().flat_map(|word| word.split(' '));
        (name, words.filter(|word| seen.insert(word)).collect())
    });
    single.collect()
}

#[test]
fn the_grammar_has_the_words_of_the_vocabulary() {
    let mut told = json!({});
    for (name, words) in words() {
        told[name] = json!(words);
    }
    is_as_told("words.json", &(serde_json::to_string_pretty(&told).unwrap() + "\n"));
    // As the compiler's own grammar has it: `joining`.
    let connecting = CONNECTORS.iter().map(|(_, word)| word.split(' ').next().unwrap());
    let joining: BTreeSet<&str> = connecting
        .chain(["only", "and", "or", "where", "must", "has", "have", "be"])
        .collect();
    let list = joining.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>();
    let header = format!(
        "// Words that carry a line over its end; written by a test from the vocabulary.\nstatic const char *const JOINING[] = {{\n    {},\n}};\n",
        list.join(",\n    ")
    );
    is_as_told("src/joining.h", &header);
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with("node_modules") {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "kup") {
            found.push(path);
        }
    }
}

/// Declarations, sentences and fields, whatever they stand in.
fn count(items: &[Item], counts: &mut [usize; 3]) {
    for item in items {
        match &item.node {
            Node::Declaration(declaration) => {
                counts[0] += 1;
                count(&declaration.items, counts);
            }
            Node::Sentence(_) => counts[1] += 1,
            Node::Field(_) => counts[2] += 1,
            Node::Each(_) | Node::Expectation(_) | Node::Error => {}
        }
    }
}

#[test]
fn the_corpus_tells_what_the_compiler_reads() {
    let mut all = Vec::new();
    for folder in ["examples", "laws", "src", "tests"] {
        files(&root().join(folder), &mut all);
    }
    let mut told = String::new();
    let mut lines = BTreeSet::new();
    for path in all {
        let bytes = std::fs::read(&path).unwrap();
        let source = Source::new("corpus.kup", Origin::Project, &bytes);
        let (file, problems) = parse(SourceId(0), &source);
        if problems.is_empty() && source.bad_bytes.is_empty() {
            let mut counts = [0; 3];
            count(&file.items, &mut counts);
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            lines.insert(format!("{name} {} {} {}", counts[0], counts[1], counts[2]));
        }
    }
    assert!(lines.len() > 50, "{}", lines.len());
    for line in lines {
        writeln!(told, "{line}").unwrap();
    }
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus.txt"), told).unwrap();
}
