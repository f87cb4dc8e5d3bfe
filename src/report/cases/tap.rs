//! The Test Anything Protocol, version 13.

use std::fmt::Write;

use super::{Broken, Case, plain};

/// The whole output where nothing could be asked: whoever reads it must not take it for a run without a failure.
#[must_use]
pub fn tap_broken(broken: &Broken) -> String {
    let mut out = String::from("TAP version 13\n");
    for error in &broken.errors {
        for line in plain(error).lines() {
            let _ = writeln!(out, "# {line}");
        }
    }
    let _ = writeln!(out, "Bail out! {}", plain(&broken.reason).replace('\n', " "));
    out
}

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
