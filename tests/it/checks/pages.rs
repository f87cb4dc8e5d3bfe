//! The blocks of every page: what is drawn in *Found* is what is found, and *Better* is free of it.
//!
//! A comment `//   ^^^^ code` says that a finding of that code stands on the line above it, under the carets. Carets that
//! follow the slashes at once begin in the first column, where nothing else could be drawn.

use super::run::{Run, check};
use kupuya::checks::{RULES, Rule};
use kupuya::syntax::ast::Date;
use kupuya::waivers;

/// The blocks under a heading.
pub fn blocks<'a>(page: &'a str, heading: &str) -> Vec<&'a str> {
    let section = page
        .split("\n## ")
        .find(|section| section.starts_with(heading))
        .unwrap();
    let parts = section.split("```kup\n").skip(1);
    parts.map(|part| part.split("```").next().unwrap()).collect()
}

/// What is drawn: line and columns, from 1, the last one excluded.
pub fn drawn(block: &str, code: &str) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut line = 0;
    for (at, text) in block.lines().enumerate() {
        let drawing = text.strip_prefix("//").and_then(|rest| {
            let (carets, name) = rest.trim_start().split_once(' ')?;
            let is_drawing = !carets.is_empty() && carets.chars().all(|c| c == '^');
            is_drawing.then_some((rest.len() - rest.trim_start().len(), carets.len(), name.trim()))
        });
        match drawing {
            None => line = at + 1,
            Some((blanks, carets, name)) => {
                assert_eq!(name, code);
                let start = if blanks == 0 { 1 } else { blanks + 3 };
                found.push((line, start, blanks + 3 + carets));
            }
        }
    }
    found
}

fn produced(run: &Run, code: &str) -> Vec<(usize, usize, usize)> {
    let own = run.found.iter().filter(|found| found.code == code);
    own.map(|found| run.place(found.place().unwrap())).collect()
}

/// What a short block cannot have.
pub const SHORT: &[&str] = &[
    "no_retention",
    "no_source",
    "purpose_without_data",
    "shared_not_collected",
    "unused_noun",
    "used_not_collected",
];

/// What other rules find would make a page a bad example, but for what a short block cannot have.
fn others(run: &Run, rule: &Rule) -> String {
    run.told_of(|code| code != rule.code && !SHORT.contains(&code))
}

/// What is left after the waivers.
fn waived(mut run: Run) -> Run {
    let today = Date {
        year: 2026,
        month: 1,
        day: 1,
    };
    (run.found, _) = waivers::apply(&run.model, run.found, today, |_| true, &[]);
    run
}

#[test]
fn what_a_page_draws_is_found() {
    let mut wrong = String::new();
    for rule in RULES {
        for (heading, has_findings) in [("Found", true), ("Better", false)] {
            let blocks = blocks(rule.page, heading);
            assert!(!blocks.is_empty(), "{}: a block under {heading}", rule.code);
            for block in blocks {
                let run = waived(check(block));
                let (drawn, found) = (drawn(block, rule.code), produced(&run, rule.code));
                if drawn.is_empty() == has_findings || drawn != found {
                    wrong += &format!(
                        "{}:\n{block}\n{drawn:?} drawn, {found:?} found:\n{}\n",
                        rule.code,
                        run.told()
                    );
                }
                let others = others(&run, rule);
                if !others.is_empty() {
                    wrong += &format!("{}, found beside it:\n{block}\n{others}\n", rule.code);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
