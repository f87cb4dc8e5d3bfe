//! `kupuya check --compare`: one policy under every law pack.

use kupuya::diagnostic::{Diagnostic, Text};
use kupuya::pipeline::{self, Analysis};
use kupuya::report::compare::{Counts, Row, lines, table};

use super::super::outcome::{Exit, Failure};
use super::super::project::Project;
use super::super::{Done, screen};
use super::Format;

/// Shows the table. Findings that no pack has a part in are the same under each, and stand below it once.
///
/// # Errors
/// A format that has no place for counts.
pub fn run(project: &Project, own: &Analysis, format: Format) -> Done {
    if matches!(format, Format::Sarif | Format::Github) {
        let text = "a comparison is a table of counts: write it with `--format terminal`, `plain` or `json`";
        return Err(Failure::Other(Text::new(text)));
    }
    let mut rows = Vec::new();
    for (pack, from, until) in pipeline::packs_at_hand(&project.sources, &own.files) {
        let analysis = project.analyze(Some(&pack))?;
        let prefix = format!("{pack}.");
        let of_pack = |found: &&Diagnostic| found.code.starts_with(&prefix);
        let open = analysis.findings.iter().filter(of_pack);
        let open = Counts::of(open.map(|found| found.severity));
        let rules = || {
            analysis
                .model
                .rules
                .iter()
                .filter(|rule| rule.code.starts_with(&prefix))
        };
        rows.push(Row {
            in_force: (from, until),
            rules: rules().count(),
            presence: rules().filter(|rule| rule.presence).count(),
            open,
            waived: analysis
                .waived
                .iter()
                .map(|waived| &waived.finding)
                .filter(of_pack)
                .count(),
            pack,
        });
    }
    let of_no_pack = own
        .findings
        .iter()
        .filter(|found| !rows.iter().any(|row| found.code.starts_with(&format!("{}.", row.pack))))
        .cloned()
        .collect::<Vec<_>>();
    if format == Format::Json {
        let apart = Counts::of(of_no_pack.iter().map(|found| found.severity));
        for line in lines(&rows, apart) {
            screen::line(&line)?;
        }
        return Ok(Exit::Clean);
    }
    screen::write(table(&rows, screen::language()))?;
    let apart = Text::new("apart from the packs: {counts}");
    screen::say(apart.with("counts", kupuya::report::summary(&of_no_pack)))?;
    screen::say("presence: rules that look only whether something is stated")?;
    Ok(Exit::Clean)
}
