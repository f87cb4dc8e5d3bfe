//! What editors are given says what the language says: words from the vocabulary, snippets that are read without errors.

use kupuya::source::{Origin, Source, SourceId};
use kupuya::syntax::parse;
use kupuya::syntax::vocabulary::{CONNECTORS, FLAGS, KINDS, OTHER_WORDS, VERBS};
use serde_json::{Value, json};

fn file(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("editors")
        .join(name)
}

fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut words: Vec<String> = words.into_iter().map(|word| word.replace(' ', "\\s+")).collect();
    // The longest first: `at most` before `at`.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    format!(
        "(?<![\\p{{L}}\\p{{N}}_.])(?:{})(?![\\p{{L}}\\p{{N}}_])",
        words.join("|")
    )
}

fn grammar() -> Value {
    let rule = |name: &str, pattern: String| json!({"name": format!("{name}.kupuya"), "match": pattern});
    json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "Kupuya",
        "scopeName": "source.kupuya",
        "fileTypes": ["kup"],
        "patterns": [
            rule("comment.line.documentation", "^\\s*///(?!/).*$".to_owned()),
            rule("comment.line.double-slash", "//.*$".to_owned()),
            rule("string.unquoted.prose", "^\\s*\\|.*$".to_owned()),
            {
                "name": "string.quoted.double.kupuya",
                "begin": "\"",
                "end": "\"|$",
                "patterns": [
                    rule("constant.character.escape", "\\\\[\"\\\\]".to_owned()),
                    rule("variable.other.reference", "\\[[^\\]\"]*\\]".to_owned()),
                ],
            },
            rule("entity.name.tag", "@[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*".to_owned()),
            rule("constant.numeric.date", "\\b\\d{4}-\\d{2}-\\d{2}\\b".to_owned()),
            rule(
                "constant.numeric.period",
                "\\b\\d+\\s+(?:working\\s+)?(?:hour|day|week|month|year)s?\\b".to_owned(),
            ),
            rule("constant.numeric", "\\b\\d+\\b".to_owned()),
            rule("variable.other.property", "^\\s*[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*(?=\\s*:)".to_owned()),
            rule("storage.type", words(KINDS.iter().map(|kind| kind.word))),
            rule("keyword.control", words(VERBS.iter().map(|(_, word, _)| *word))),
            rule("storage.modifier", words(FLAGS.iter().map(|(word, _)| *word))),
            rule(
                "keyword.operator.word",
                words(CONNECTORS.iter().map(|(_, word)| *word).chain(OTHER_WORDS.iter().copied())),
            ),
            rule("keyword.operator", "<=|>=|<|>|=|\\.\\.".to_owned()),
        ],
    })
}

/// With `KUPUYA_UPDATE` set the grammar is written anew.
#[test]
fn the_textmate_grammar_has_the_words_of_the_vocabulary() {
    let new = serde_json::to_string_pretty(&grammar()).unwrap() + "\n";
    let path = file("vscode/syntaxes/kupuya.tmLanguage.json");
    if std::env::var_os("KUPUYA_UPDATE").is_some() {
        std::fs::write(&path, &new).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == new,
        "run the test with KUPUYA_UPDATE=1"
    );
}

/// A snippet with its own words in the place of its holes.
fn filled(body: &str) -> String {
    let mut out = String::new();
    let mut rest = body;
    while let Some((before, hole)) = rest.split_once("${") {
        let (inside, after) = hole.split_once('}').unwrap();
        let words = inside.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let word = words.trim_start_matches([':', '|']).split([',', '|']).next().unwrap();
        out.push_str(before);
        out.push_str(word);
        rest = after;
    }
    out + rest
}

#[test]
fn snippets_are_read_without_errors() {
    let snippets: Value =
        serde_json::from_str(&std::fs::read_to_string(file("vscode/snippets/kupuya.json")).unwrap()).unwrap();
    for (name, snippet) in snippets.as_object().unwrap() {
        let lines = snippet["body"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line.as_str().unwrap());
        let text = filled(&lines.collect::<Vec<_>>().join("\n")) + "\n";
        let found = parse(
            SourceId(0),
            &Source::new("snippet.kup", Origin::Project, text.as_bytes()),
        )
        .1;
        assert!(found.is_empty(), "{name}:\n{text}\n{found:?}");
    }
}
