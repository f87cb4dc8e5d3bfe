//! Edits: each that is marked safe, once made, leaves its code gone and brings no new one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::analyze;
use kupuya::checks::RULES;
use kupuya::diagnostic::{Applicability, Diagnostic, Fix, Severity, Text};
use kupuya::fixes;
use kupuya::source::{Origin, Source, SourceId, Sources, Span};

/// The blocks of all pages, and the cases of syntax that have a safe edit.
fn texts() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for rule in RULES {
        let blocks = rule.page.split("```kup\n").skip(1);
        all.extend(blocks.map(|block| (rule.code.to_owned(), block.split("```").next().unwrap().to_owned())));
    }
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/syntax/cases");
    for path in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|ending| ending == "kup") {
            let text = fs::read_to_string(&path).unwrap();
            let source = Source::new("case.kup", Origin::Project, text.as_bytes());
            // Packs are read for every text: only cases with an edit are worth it.
            let (_, found) = kupuya::syntax::parse(SourceId(0), &source);
            if found.iter().any(|found| fixes::safe(found).is_some()) {
                all.push((path.display().to_string(), text));
            }
        }
    }
    all.sort();
    all
}

fn counts(found: &[Diagnostic]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for one in found {
        *counts.entry(one.code.clone()).or_default() += 1;
    }
    counts
}

/// Codes that stand only in the way of others: behind a mistake of syntax, names and rules are not yet looked at.
fn uncovered(code: &str) -> bool {
    kupuya::syntax::codes::ALL.iter().all(|known| known.code != code)
}

#[test]
fn a_safe_edit_mends_its_finding_and_breaks_nothing() {
    let mut tried = 0;
    let mut wrong = String::new();
    for (name, text) in texts() {
        let (sources, analysis) = analyze(&text);
        let before = counts(&analysis.findings);
        for found in analysis.findings.iter().filter(|found| fixes::safe(found).is_some()) {
            let fixed = fixes::apply(&sources, std::slice::from_ref(found));
            let Some(new) = fixed.texts.get(&SourceId(0)) else {
                wrong += &format!("{name}: {} is not applied\n", found.code);
                continue;
            };
            tried += 1;
            let after = counts(&analyze(new).1.findings);
            let left = after.get(&found.code).copied().unwrap_or(0);
            if left >= before[&found.code] {
                wrong += &format!("{name}: {} stays after its edit:\n{new}\n", found.code);
            }
            let of_syntax = !uncovered(&found.code);
            for (code, count) in &after {
                let grown = *count > before.get(code).copied().unwrap_or(0);
                if grown && !(of_syntax && uncovered(code)) {
                    wrong += &format!("{name}: the edit of {} brings {code}:\n{new}\n", found.code);
                }
            }
        }
    }
    assert!(tried > 5, "{tried}");
    assert!(wrong.is_empty(), "{wrong}");
}

fn span(start: u32, end: u32) -> Span {
    Span {
        source: SourceId(0),
        start,
        end,
    }
}

fn edit(edits: &[(u32, u32, &str)], applicability: Applicability) -> Diagnostic {
    let fix = Fix {
        title: Text::new("mend"),
        edits: edits
            .iter()
            .map(|(start, end, text)| (span(*start, *end), (*text).to_owned()))
            .collect(),
        applicability,
        within: Vec::new(),
    };
    Diagnostic::new("conflict", Severity::Error, "wrong", span(0, 1), "here").fix(fix)
}

fn applied(origin: Origin, text: &[u8], found: &[Diagnostic]) -> (usize, Option<String>) {
    let mut sources = Sources::default();
    sources.add(Source::new("a.kup", origin, text));
    let fixed = fixes::apply(&sources, found);
    (fixed.made, fixed.texts.get(&SourceId(0)).cloned())
}

#[test]
fn edits_that_meet_are_made_one_at_a_time_and_whole() {
    use Applicability::{NeedsReview, Safe};
    let all = [
        edit(&[(0, 2, "AB"), (6, 8, "GH")], Safe),
        edit(&[(3, 4, "D"), (7, 8, "x")], Safe),
        edit(&[(4, 4, "-")], Safe),
        edit(&[(4, 4, "+")], Safe),
        edit(&[(2, 3, "C")], NeedsReview),
    ];
    let made = applied(Origin::Project, b"abcdefgh", &all);
    assert_eq!(made, (2, Some("ABcd-efGH".to_owned())));
    assert_eq!(applied(Origin::Pack, b"abcdefgh", &all).0, 0, "packs are not touched");
    assert_eq!(
        applied(Origin::Project, b"abcdefg\xff", &all).0,
        0,
        "nor what was not text"
    );
}
