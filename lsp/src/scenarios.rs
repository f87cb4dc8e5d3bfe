//! The scenarios of a project as they stand: run when first asked for, and kept with the snapshot.

use kupuya::report::answer;
use kupuya::scenarios;
use kupuya::source::Span;
use serde::Serialize;

use crate::snapshot::Snapshot;

/// A scenario that was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ran {
    /// Its label.
    pub label: String,
    /// How many lines hold.
    pub passed: usize,
    /// Those that do not.
    pub failed: Vec<Failed>,
}

/// A line that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failed {
    /// Where it is written.
    #[serde(skip)]
    pub span: Span,
    /// The line.
    pub line: String,
    /// What it expects.
    pub expected: String,
    /// What the runtime answered, in words.
    pub answer: String,
}

/// Runs all scenarios; `None` if syntax or names have errors, since there is no meaning to ask then.
#[must_use]
pub fn run(snapshot: &Snapshot) -> Option<Vec<Ran>> {
    let results = scenarios::run(&snapshot.analysis.model, snapshot.bundle()?);
    let ran = results.iter().map(|result| Ran {
        label: result.label.clone(),
        passed: result.lines.iter().filter(|line| line.passed).count(),
        failed: result
            .lines
            .iter()
            .filter(|line| !line.passed)
            .map(|line| Failed {
                span: line.span,
                line: snapshot.sources.text(line.span).trim().to_owned(),
                expected: line.expected.clone(),
                answer: answer::render(&line.answer, snapshot.frame.language),
            })
            .collect(),
    });
    Some(ran.collect())
}
