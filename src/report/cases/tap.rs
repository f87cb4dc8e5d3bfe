//! The Test Anything Protocol, version 13.

use std::fmt::Write;

use super::{Case, plain};

/// The whole output.
#[must_use]
pub fn tap(cases: &[Case]) -> String {
    let mut out = format!("TAP version 13\n1..{}\n", cases.len());
    for (number, case) in (1..).zip(cases) {
        let word = if case.failure.is_some() { "not ok" } else { "ok" };
        // A number sign would begin a directive.
        let name = plain(&format!("{}: {}", case.scenario, case.line))
            .replace('#', "№")
            .replace('\n', " ");
        let _ = writeln!(out, "{word} {number} - {name}");
        if let Some(failure) = &case.failure {
            let _ = writeln!(
                out,
                "  ---\n  at: '{}:{}'\n  message: |",
                case.file.replace('\'', "''"),
                case.number
            );
            for line in plain(failure).lines() {
                let _ = writeln!(out, "    {line}");
            }
            out.push_str("  ...\n");
        }
    }
    out
}
