//! The page for authors: its examples are read, its tables are those of the vocabulary; and the grammar knows all words.

use super::{read, told};
use kupuya::syntax::vocabulary::{COMMON_FIELDS, CONNECTORS, FieldWord, KINDS, OTHER_WORDS, Shape, VERBS};
use std::path::{Path, PathBuf};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar").join(name)
}

fn text_of(name: &str) -> String {
    std::fs::read_to_string(file(name)).unwrap()
}

/// The examples of a page.
fn examples(page: &str) -> Vec<&str> {
    let blocks = page.split("```kup\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap()).collect()
}

#[test]
fn every_example_of_the_page_is_read() {
    for page in ["README.md", "README.ky.md"] {
        let page = text_of(page);
        for text in examples(&page) {
            let (_, found) = read(text);
            assert!(found.is_empty(), "{text}\n{}", told(text, &found));
        }
        assert!(examples(&page).len() > 15, "the page has examples");
    }
}

/// Who reads the page in Kyrgyz misses nothing: the same examples, the same tables, the same verbs, as many chapters.
#[test]
fn the_page_in_kyrgyz_says_the_same() {
    let (english, kyrgyz) = (text_of("README.md"), text_of("README.ky.md"));
    assert_eq!(examples(&english), examples(&kyrgyz));
    // What a line names in its first column, or which table begins there.
    let names = |page: &str| -> Vec<String> {
        let lines = page
            .lines()
            .filter(|line| line.starts_with("| `") || line.starts_with("<!-- "));
        let first = |line: &str| line.split(" | ").next().unwrap().to_owned();
        // The first table tells the shapes of lines in words.
        lines.map(first).skip(2).collect()
    };
    assert_eq!(names(&english), names(&kyrgyz));
    let depths = |page: &str| -> Vec<String> {
        let heads = page.lines().filter(|line| line.starts_with('#'));
        heads.map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(depths(&english), depths(&kyrgyz));
    for text in kyrgyz.lines() {
        assert!(kyrgyz_letters(text), "{text}");
    }
}

/// No letters that only look Kyrgyz.
fn kyrgyz_letters(text: &str) -> bool {
    kyrgyz::look_alikes(text).is_empty()
}

fn takes(shape: Shape) -> String {
    let names = |kinds: &[kupuya::syntax::vocabulary::Kind]| {
        let words: Vec<&str> = kinds
            .iter()
            .filter_map(|kind| KINDS.iter().find(|entry| entry.kind == *kind))
            .map(|entry| entry.word)
            .collect();
        if words.len() > 4 {
            "any noun".to_owned()
        } else {
            words.join(", ")
        }
    };
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Texts => "texts".to_owned(),
        Shape::Word([]) => "a name".to_owned(),
        Shape::Word(words) => words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(", "),
        Shape::Names(kinds) => format!("names: {}", names(kinds)),
        Shape::Formula(kinds) => format!("formula: {}", names(kinds)),
        Shape::Date => "date".to_owned(),
        Shape::Period => "period".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Places => "places".to_owned(),
        Shape::Means => "means `at` channel".to_owned(),
        Shape::Countries => "countries".to_owned(),
        Shape::Onward => "recipients `for` purposes".to_owned(),
    }
}

fn table(fields: &[FieldWord]) -> String {
    let mut out = String::from("| field | takes | says |\n| --- | --- | --- |\n");
    for field in fields {
        out += &format!("| `{}` | {} | {} |\n", field.word, takes(field.shape), field.meaning);
    }
    out
}

/// With `KUPUYA_UPDATE` set the page is written anew.
#[test]
fn the_tables_are_those_of_the_vocabulary() {
    let page = text_of("README.md");
    let mut new = String::new();
    let mut seen = Vec::new();
    let mut parts = page.split("<!-- fields of ");
    new += parts.next().unwrap();
    for part in parts {
        let (word, rest) = part.split_once(" -->").unwrap();
        let (_, rest) = rest.split_once("<!-- end -->").unwrap();
        let fields = match word {
            "any" => COMMON_FIELDS,
            _ => KINDS.iter().find(|kind| kind.word == word).unwrap().fields,
        };
        seen.push(word.to_owned());
        new += &format!("<!-- fields of {word} -->\n{}<!-- end -->{rest}", table(fields));
    }
    for kind in KINDS.iter().filter(|kind| !kind.fields.is_empty()) {
        assert!(seen.iter().any(|word| word == kind.word), "no table of {}", kind.word);
    }
    if std::env::var_os("KUPUYA_UPDATE").is_some() {
        std::fs::write(file("README.md"), &new).unwrap();
    }
    assert!(page == new, "run the test with KUPUYA_UPDATE=1");
}

#[test]
fn the_verbs_of_the_page_are_those_of_the_vocabulary() {
    let page = text_of("README.md");
    for (_, word, meaning) in VERBS {
        assert!(page.contains(&format!("| `{word}` | {meaning} |")), "{word}");
    }
}

#[test]
fn the_grammar_knows_the_words_of_the_vocabulary() {
    let grammar = text_of("kupuya.pest");
    let rule = |name: &str| {
        let start = grammar.find(&format!("\n{name} = ")).unwrap();
        grammar[start + 1..].lines().next().unwrap().to_owned()
    };
    let has = |rule: &str, word: &str| rule.contains(&format!("\"{word}\""));
    for kind in KINDS {
        assert!(has(&rule("kind"), kind.word), "{}", kind.word);
    }
    for (_, word, _) in VERBS {
        assert!(has(&rule("verb"), word), "{word}");
    }
    for word in CONNECTORS
        .iter()
        .map(|(_, word)| *word)
        .filter(|word| !word.contains(' '))
    {
        assert!(has(&rule("reserved"), word), "{word}");
        let known = has(&rule("connector"), word) || has(&grammar, word);
        assert!(known, "{word}");
    }
    // `enforced` stands behind `is` like a name.
    for word in OTHER_WORDS.iter().filter(|word| **word != "enforced") {
        assert!(has(&rule("reserved"), word), "{word}");
    }
}

#[test]
fn every_rule_of_the_grammar_has_a_sentence() {
    let grammar = text_of("kupuya.pest");
    let lines: Vec<&str> = grammar.lines().collect();
    for pair in lines.windows(2) {
        let is_rule = pair[1]
            .split_once(" = ")
            .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
        if is_rule {
            assert!(pair[0].starts_with("/// "), "{}", pair[1]);
        }
    }
}
