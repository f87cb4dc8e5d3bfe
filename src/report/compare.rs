//! Packs side by side: how much each asks of one policy.

use crate::diagnostic::Text;
use crate::messages::Language;

/// What one pack says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub pack: String,
    /// From when and until when it is in force.
    pub in_force: Text,
    /// Its rules that count on the policy's day.
    pub rules: usize,
    /// Those of them that look only whether something is stated.
    pub presence: usize,
    /// Open findings of its rules: errors, warnings, notes.
    pub open: [usize; 3],
    /// Accepted findings of its rules.
    pub waived: usize,
}

const HEADS: [&str; 8] = [
    "pack", "in force", "rules", "presence", "errors", "warnings", "notes", "waived",
];

/// The table, with a line for each pack.
#[must_use]
pub fn table(rows: &[Row], language: Language) -> String {
    let cells = |row: &Row| {
        let [errors, warnings, notes] = row.open;
        let numbers = [row.rules, row.presence, errors, warnings, notes, row.waived];
        let mut cells = vec![row.pack.clone(), row.in_force.told(language)];
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
