//! The notice: what it says, and that its renderings say all of it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::PathBuf;

use kupuya::meaning::{self, Meaning};
use kupuya::model::{Model, Options};
use kupuya::notice::document::Document;
use kupuya::notice::{self, render};
use kupuya::source::Origin;

mod digest;
mod escaping;
mod formats;
mod html;
mod lexicon;
mod linked;
mod options;
mod papers;
mod proofread;
mod removal;
mod units;
mod views;
mod words;

/// A policy with every construct that the notice prints.
pub const EVERYTHING: &str = include_str!("everything.kup");

/// A policy that speaks to the reader.
pub const POLITE: &str = include_str!("polite.kup");

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The examples.
pub const EXAMPLES: [&str; 6] = ["infocom", "mega24", "megapay", "modern", "ogogo", "om"];

/// The files of the largest example.
pub fn megapay() -> Vec<(String, String)> {
    example("megapay")
}

/// The files of an example, in the order of its project file.
pub fn example(name: &str) -> Vec<(String, String)> {
    let folder = root().join("examples").join(name);
    let project = fs::read_to_string(folder.join("kupuya.toml")).unwrap();
    let names = project.split('"').filter(|word| word.ends_with(".kup"));
    names
        .map(|name| (name.to_owned(), fs::read_to_string(folder.join(name)).unwrap()))
        .collect()
}

/// One text as a project.
pub fn one(text: &str) -> Vec<(String, String)> {
    vec![("test.kup".to_owned(), text.to_owned())]
}

/// The model of some files, with the taxonomy, and its meaning.
pub fn meant(files: &[(String, String)]) -> (Model, Meaning) {
    let base = fs::read_to_string(root().join("laws/base.kup")).unwrap();
    let mut all: Vec<(&str, Origin, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), Origin::Project, text.as_str()))
        .collect();
    all.push(("laws/base.kup", Origin::Taxonomy, &base));
    let (model, _, _) = crate::model::read(&all, &Options::default());
    let meaning = meaning::from_model(&model);
    (model, meaning)
}

/// The notice of some files.
pub fn document(files: &[(String, String)]) -> Document {
    let (model, meaning) = meant(files);
    notice::document(&model, &meaning, &notice::Options::default())
}

#[test]
fn everything_in_words() {
    insta::assert_snapshot!(render::text(&document(&one(EVERYTHING))));
}

#[test]
fn polite_in_words() {
    insta::assert_snapshot!(render::text(&document(&one(POLITE))));
}

#[test]
fn sentences_stand_alone() {
    let document = document(&one(EVERYTHING));
    let lines = document
        .units()
        .into_iter()
        .map(|(number, unit)| format!("{number} {}\n", unit.sentence));
    insta::assert_snapshot!(lines.collect::<String>());
}

#[test]
fn the_same_twice() {
    for files in [one(EVERYTHING), one(POLITE), megapay()] {
        let (first, second) = (document(&files), document(&files));
        assert_eq!(first, second);
        assert_eq!(render::html(&first), render::html(&second));
    }
}

#[test]
fn nothing_declared_still_reads() {
    for text in ["", "policy p \"\" {\n}\n", "controller c {\n}\ndata d {\n  e\n}\n"] {
        let document = document(&one(text));
        assert!(render::text(&document).contains("көрсөтүлбөгөн"), "{text}");
    }
}

/// No chapter is empty, numbers count up without gaps, and no text has a doubled space or an empty bracket.
#[test]
fn numbers_and_signs() {
    use kupuya::notice::document::Block;
    for files in [one(EVERYTHING), one(POLITE), megapay()] {
        let document = document(&files);
        for (at, chapter) in document.chapters.iter().enumerate() {
            assert_eq!(chapter.number, (at + 1).to_string());
            let numbers = chapter.blocks.iter().filter_map(|block| match block {
                Block::Heading(_) | Block::Form(_) => None,
                Block::Paragraph(paragraph) => Some(&paragraph.number),
                Block::Table(table) => Some(&table.number),
            });
            let numbers: Vec<&String> = numbers.collect();
            assert!(!numbers.is_empty(), "{} is empty", chapter.heading);
            for (at, number) in numbers.into_iter().enumerate() {
                assert_eq!(*number, format!("{}.{}", chapter.number, at + 1));
            }
        }
        let text = render::text(&document);
        for line in text.lines().filter(|line| !line.is_empty()) {
            let said = line.trim_start();
            for bad in ["  ", "()", " ,", " ;", "..", "::", ";.", ":;", " .", "[", "үчүн үчүн"] {
                assert!(!said.contains(bad), "`{bad}` in: {line}");
            }
        }
    }
}
