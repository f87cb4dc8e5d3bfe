//! Text to tree: what is read, what is said of mistakes, and what survives them.

mod hostile;
mod messages;
mod mutation;
mod page;
mod tree;

use kupuya::diagnostic::Diagnostic;
use kupuya::source::{Origin, Source, SourceId};
use kupuya::syntax::{ast::File, parse};

/// A policy that uses every construct.
pub const POLICY: &str = include_str!("policy.kup");

/// Parses a text.
pub fn read(text: &str) -> (File, Vec<Diagnostic>) {
    parse(SourceId(0), &Source::new("test.kup", Origin::Project, text.as_bytes()))
}

/// Findings as a reader sees them.
pub fn told(text: &str, found: &[Diagnostic]) -> String {
    let source = Source::new("test.kup", Origin::Project, text.as_bytes());
    let mut out = String::new();
    for one in found {
        out += &format!("{}: {}\n", one.code, one.message.english());
        for label in &one.labels {
            let (line, column) = source.line_column(label.span.start);
            let under = text
                .get(label.span.start as usize..label.span.end as usize)
                .unwrap_or("?")
                .lines()
                .next()
                .unwrap_or("");
            out += &format!("   {line}:{column} `{under}`: {}\n", label.text.english());
        }
        if let Some(help) = &one.help {
            out += &format!("   help: {}\n", help.english());
        }
        for fix in &one.fixes {
            out += &format!("   fix: {}\n", fix.title.english());
        }
    }
    out
}

#[test]
fn the_policy_of_all_constructs_is_read_without_findings() {
    let (_, found) = read(POLICY);
    assert!(found.is_empty(), "{}", told(POLICY, &found));
}
