//! The registry: every rule has its two files, every page its parts, and the packs can be read.

use std::collections::BTreeSet;
use std::path::PathBuf;

use kupuya::checks::{RULES, rule_named};
use kupuya::source::{Origin, Sources};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/checks")
}

#[test]
fn rules_stand_in_order_and_are_found_by_code() {
    for pair in RULES.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} before {}", pair[0].code, pair[1].code);
    }
    for rule in RULES {
        assert_eq!(rule_named(rule.code).map(|found| found.summary), Some(rule.summary));
    }
    assert!(rule_named("no_such_rule").is_none());
}

#[test]
fn a_rule_is_a_pair_of_files() {
    let pages: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".md")?.to_owned()))
        .collect();
    let codes: BTreeSet<String> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(pages, codes, "pages in src/checks, and rules in the table");
    for rule in RULES {
        let code = folder().join(format!("{}.rs", rule.code));
        assert_eq!(
            code.is_file(),
            rule.check.is_some(),
            "{}: a check has a file of its own",
            rule.code
        );
    }
}

#[test]
fn a_page_has_its_parts_in_order() {
    for rule in RULES {
        let headings: Vec<&str> = rule.page.lines().filter(|line| line.starts_with('#')).collect();
        let title = format!("# {}", rule.code);
        let expected = [
            title.as_str(),
            "## Why it matters",
            "## Found",
            "## Better",
            "## When to waive",
        ];
        assert_eq!(headings, expected, "{}", rule.code);
        let summary = rule.page.lines().nth(2).unwrap_or("");
        assert!(
            summary.ends_with('.'),
            "{}: a sentence under the title: {summary}",
            rule.code
        );
    }
}

#[test]
fn the_packs_can_be_read() {
    let mut sources = Sources::default();
    kupuya::laws::add_to(&mut sources);
    for (id, source) in sources.iter().filter(|(_, source)| source.origin == Origin::Pack) {
        let (_, found) = kupuya::syntax::parse(id, source);
        let told: Vec<String> = found.iter().map(|one| one.message.english()).collect();
        assert!(told.is_empty(), "{}: {told:#?}", source.name);
    }
}
