//! Findings in the format asked for.

use kupuya::diagnostic::Diagnostic;
use kupuya::pipeline::Analysis;
use kupuya::report::{counted, github, json, limit, plain, sarif, terminal};

use super::super::outcome::Failure;
use super::super::project::Project;
use super::super::screen;
use super::{Arguments, Format, waived};

/// Writes the open findings, then the accepted ones if they are asked for.
pub fn findings(arguments: &Arguments, project: &Project, analysis: &Analysis) -> Result<(), Failure> {
    let sources = &project.sources;
    let accepted = waived(analysis).filter(|_| arguments.waived);
    if arguments.format == Format::Sarif {
        let open = analysis.findings.iter().map(|found| (found, None));
        let all = open.chain(accepted.map(|(found, reason)| (found, Some(reason))));
        return screen::line(&sarif::log(sources, &analysis.model, &all.collect::<Vec<_>>()));
    }
    if arguments.format == Format::Json {
        for found in &analysis.findings {
            screen::line(&json::line(sources, found, None))?;
        }
        for (found, reason) in accepted {
            screen::line(&json::line(sources, found, Some(reason)))?;
        }
        return Ok(());
    }
    let (shown, more) = limit::limited(sources, &analysis.findings, arguments.limit);
    for found in shown {
        screen::write(&one(arguments.format, project, found))?;
    }
    for (file, count) in more {
        let count = counted(count, "more finding");
        screen::line(&match arguments.format {
            Format::Github => format!("::notice title=kupuya::and {count} in {file}"),
            _ => format!("and {count} in {file} (--limit 0 shows all)"),
        })?;
    }
    for (found, reason) in accepted.filter(|_| arguments.format.is_read()) {
        let text = one(arguments.format, project, found);
        screen::write(&format!("{}\n  waived: {reason}\n\n", text.trim_end()))?;
    }
    Ok(())
}

fn one(format: Format, project: &Project, found: &Diagnostic) -> String {
    let sources = &project.sources;
    match format {
        Format::Plain => plain::render(sources, found) + "\n",
        Format::Github => github::line(sources, found) + "\n",
        _ => terminal::render(sources, found, screen::colours(), screen::WIDTH),
    }
}
