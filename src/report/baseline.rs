//! A baseline: the findings that an old project had when it began, so that only new ones are shown.

use serde::{Deserialize, Serialize};

use super::fingerprint::fingerprints;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// The format of the file; others are refused.
pub const VERSION: u32 = 1;

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The format.
    pub version: u32,
    /// The findings, by file.
    pub findings: Vec<Entry>,
}

/// One finding in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file, as seen from the project.
    pub file: String,
    /// The code.
    pub code: String,
    /// What tells it from others of the file, whatever the line.
    pub fingerprint: String,
}

/// What a baseline leaves.
#[derive(Clone, Debug)]
pub struct Left {
    /// Findings that it does not hold.
    pub new: Vec<Diagnostic>,
    /// How many it holds.
    pub known: usize,
    /// Its entries without a finding.
    pub stale: Vec<Entry>,
}

/// The baseline of these findings. `name` gives a file's name as seen from the project.
#[must_use]
pub fn of(sources: &Sources, findings: &[Diagnostic], name: impl Fn(&str) -> String) -> Baseline {
    let mut findings = entries(sources, findings, &name);
    findings.sort();
    Baseline {
        version: VERSION,
        findings,
    }
}

/// Takes out what a baseline holds.
#[must_use]
pub fn split(baseline: Baseline, sources: &Sources, findings: Vec<Diagnostic>, name: impl Fn(&str) -> String) -> Left {
    let mut rest = baseline.findings;
    let entries = entries(sources, &findings, &name);
    let all = findings.len();
    let mut new = Vec::new();
    for (found, entry) in findings.into_iter().zip(entries) {
        match rest.iter().position(|known| *known == entry) {
            Some(at) => {
                rest.remove(at);
            }
            None => new.push(found),
        }
    }
    Left {
        known: all - new.len(),
        new,
        stale: rest,
    }
}

fn entries(sources: &Sources, findings: &[Diagnostic], name: &impl Fn(&str) -> String) -> Vec<Entry> {
    let file = |found: &Diagnostic| {
        let source = found.place().and_then(|span| sources.get(span.source));
        source.map_or_else(String::new, |source| name(&source.name))
    };
    findings
        .iter()
        .zip(fingerprints(sources, findings.iter()))
        .map(|(found, fingerprint)| Entry {
            file: file(found),
            code: found.code.clone(),
            fingerprint,
        })
        .collect()
}
