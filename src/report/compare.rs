//! Packs side by side: how much each asks of one policy.

use serde::Serialize;

use crate::diagnostic::{Severity, Text};
use crate::messages::Language;
use crate::syntax::ast::Date;

/// What one pack says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub pack: String,
    /// The first and the last day on which it is in force.
    pub in_force: (Option<Date>, Option<Date>),
    /// Its rules that count on the policy's day.
    pub rules: usize,
    /// Those of them that look only whether something is stated.
    pub presence: usize,
    /// Open findings of its rules.
    pub open: Counts,
    /// Accepted findings of its rules.
    pub waived: usize,
}

/// Findings by how much they weigh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Counts {
    /// Counts findings.
    #[must_use]
    pub fn of(severities: impl IntoIterator<Item = Severity>) -> Counts {
        let mut counts = Counts::default();
        for severity in severities {
            match severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }
}

/// A row as JSON; without a pack: what is the same under each.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pack: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    presence: Option<usize>,
    #[serde(flatten)]
    open: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<usize>,
}

/// JSON Lines: one for each pack, and a last one for the findings that no pack has a part in.
#[must_use]
pub fn lines(rows: &[Row], apart: Counts) -> Vec<String> {
    let of_pack = |row: &Row| -> serde_json::Result<String> {
        serde_json::to_string(&Line {
            pack: Some(&row.pack),
            from: row.in_force.0.map(|day| day.to_string()),
            until: row.in_force.1.map(|day| day.to_string()),
            rules: Some(row.rules),
            presence: Some(row.presence),
            open: row.open,
            waived: Some(row.waived),
        })
    };
    let last = serde_json::to_string(&Line {
        pack: None,
        from: None,
        until: None,
        rules: None,
        presence: None,
        open: apart,
        waived: None,
    });
    rows.iter().map(of_pack).chain([last]).flatten().collect()
}

fn period((from, until): (Option<Date>, Option<Date>)) -> Text {
    match (from, until) {
        (Some(from), Some(until)) => Text::new("{from} to {until}")
            .with("from", from.to_string())
            .with("until", until.to_string()),
        (Some(from), None) => Text::new("from {day}").with("day", from.to_string()),
        (None, Some(until)) => Text::new("until {day}").with("day", until.to_string()),
        (None, None) => Text::new("not stated"),
    }
}

const HEADS: [&str; 8] = [
    "pack", "in force", "rules", "presence", "errors", "warnings", "notes", "waived",
];

/// The table, with a line for each pack.
#[must_use]
pub fn table(rows: &[Row], language: Language) -> String {
    let cells = |row: &Row| {
        let Counts {
            errors,
            warnings,
            notes,
        } = row.open;
        let numbers = [row.rules, row.presence, errors, warnings, notes, row.waived];
        let mut cells = vec![row.pack.clone(), period(row.in_force).told(language)];
        cells.extend(numbers.iter().map(usize::to_string));
        cells
    };
    let mut lines = vec![
        HEADS
            .iter()
            .map(|head| language.template(head).to_owned())
            .collect::<Vec<_>>(),
    ];
    lines.extend(rows.iter().map(cells));
    let widths = (0..HEADS.len())
        .map(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0))
        .collect::<Vec<_>>();
    let mut out = String::new();
    for line in lines {
        let padded = line.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            // Words to the left, numbers to the right.
            if column < 2 {
                format!("{cell:width$}")
            } else {
                format!("{cell:>width$}")
            }
        });
        out.push_str(padded.collect::<Vec<_>>().join("  ").trim_end());
        out.push('\n');
    }
    out
}
