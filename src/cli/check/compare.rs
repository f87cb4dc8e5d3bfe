//! `kupuya check --compare`: one policy under every law pack.

use kupuya::diagnostic::{Diagnostic, Severity, Text};
use kupuya::pipeline::{self, Analysis};
use kupuya::report::compare::{Row, table};
use kupuya::syntax::ast::Date;

use super::super::outcome::Exit;
use super::super::project::Project;
use super::super::{Done, screen};

/// Shows the table. Findings that no pack has a part in are the same under each, and stand below it once.
pub fn run(project: &Project, own: &Analysis) -> Done {
    let mut rows = Vec::new();
    for (pack, from, until) in pipeline::packs_at_hand(&project.sources, &own.files) {
        let analysis = project.analyze(Some(&pack))?;
        let prefix = format!("{pack}.");
        let of_pack = |found: &&Diagnostic| found.code.starts_with(&prefix);
        let open = analysis.findings.iter().filter(of_pack);
        let mut counts = [0; 3];
        for found in open {
            counts[match found.severity {
                Severity::Error => 0,
                Severity::Warning => 1,
                Severity::Note => 2,
            }] += 1;
        }
        let rules = || {
            analysis
                .model
                .rules
                .iter()
                .filter(|rule| rule.code.starts_with(&prefix))
        };
        rows.push(Row {
            in_force: period(from, until),
            rules: rules().count(),
            presence: rules().filter(|rule| rule.presence).count(),
            open: counts,
            waived: analysis
                .waived
                .iter()
                .map(|waived| &waived.finding)
                .filter(of_pack)
                .count(),
            pack,
        });
    }
    screen::write(table(&rows, screen::language()))?;
    let of_no_pack = own
        .findings
        .iter()
        .filter(|found| !rows.iter().any(|row| found.code.starts_with(&format!("{}.", row.pack))))
        .cloned()
        .collect::<Vec<_>>();
    let apart = Text::new("apart from the packs: {counts}");
    screen::say(apart.with("counts", kupuya::report::summary(&of_no_pack)))?;
    screen::say("presence: rules that look only whether something is stated")?;
    Ok(Exit::Clean)
}

fn period(from: Option<Date>, until: Option<Date>) -> Text {
    let day = |date: Date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    match (from, until) {
        (Some(from), Some(until)) => Text::new("{from} to {until}")
            .with("from", day(from))
            .with("until", day(until)),
        (Some(from), None) => Text::new("from {day}").with("day", day(from)),
        (None, Some(until)) => Text::new("until {day}").with("day", day(until)),
        (None, None) => Text::new("not stated"),
    }
}
