//! Findings in the format asked for.

use kupuya::diagnostic::{Diagnostic, Text};
use kupuya::pipeline::Analysis;
use kupuya::report::{counted, github, json, limit, plain, sarif, terminal};

use super::super::outcome::Failure;
use super::super::project::Project;
use super::super::screen;
use super::{Arguments, Format, accepted};

/// Writes the open findings, then the accepted ones if they are asked for.
pub fn findings(arguments: &Arguments, project: &Project, analysis: &Analysis) -> Result<(), Failure> {
    let (sources, language) = (&project.sources, screen::language());
    let accepted = accepted(project, analysis).filter(|_| arguments.waived);
    if arguments.format == Format::Sarif {
        let open = analysis.findings.iter().map(|found| (found, None));
        let all = open.chain(accepted.map(|(found, why)| (found, Some(why))));
        return screen::line(&sarif::log(
            sources,
            &analysis.model,
            &all.collect::<Vec<_>>(),
            language,
        ));
    }
    if arguments.format == Format::Json {
        for found in &analysis.findings {
            screen::line(&json::line(sources, found, None, language))?;
        }
        for (found, why) in accepted {
            screen::line(&json::line(sources, found, Some(why), language))?;
        }
        return Ok(());
    }
    let (shown, more) = limit::limited(sources, &analysis.findings, arguments.limit);
    for found in shown {
        screen::write(one(arguments.format, project, found))?;
    }
    for (file, count) in more {
        let more = counted(
            count,
            "and {n} more finding in {file}",
            "and {n} more findings in {file}",
        )
        .with("file", file);
        match arguments.format {
            Format::Github => screen::line(&format!("::notice title=kupuya::{}", more.told(language)))?,
            _ => screen::say(Text::new("{more} (--limit 0 shows all)").with("more", more))?,
        }
    }
    for (found, why) in accepted.filter(|_| arguments.format.is_read()) {
        let text = one(arguments.format, project, found);
        screen::write(format!("{}\n  {}\n\n", text.trim_end(), why.text().told(language)))?;
    }
    Ok(())
}

fn one(format: Format, project: &Project, found: &Diagnostic) -> String {
    let (sources, language) = (&project.sources, screen::language());
    match format {
        Format::Plain => plain::render(sources, found, language) + "\n",
        Format::Github => github::line(sources, found, language) + "\n",
        _ => terminal::render(sources, found, screen::style()),
    }
}
