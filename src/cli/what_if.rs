//! `kupuya what-if`: what another law would change: what it finds, and what it allows and forbids.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use kupuya::diagnostic::{Diagnostic, Severity, Text};
use kupuya::diff::{self, Side};
use kupuya::report::counted;
use kupuya::report::diff::terminal;

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::{Done, check, screen};

/// Tell what another law would change: what it finds in a policy, and what it allows and forbids
#[derive(Args)]
#[command(after_help = "Example: kupuya what-if examples/modern --law kgdc2025")]
pub struct Arguments {
    /// A folder or a .kup file
    #[arg(default_value = ".")]
    project: PathBuf,
    /// The law pack
    #[arg(long, value_name = "PACK")]
    law: String,
}

/// Runs `kupuya what-if`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let own = project.analyze(None)?;
    if !check::has_meaning(&arguments.project, &project, &own) {
        screen::warn(&"nothing was compared: with errors of syntax or names a policy has no meaning".into());
        return Ok(Exit::Findings);
    }
    let other = project.analyze(Some(&arguments.law))?;
    let key = |found: &Diagnostic| (found.code.clone(), found.place());
    let known: BTreeSet<_> = own
        .findings
        .iter()
        .chain(own.waived.iter().map(|waived| &waived.finding))
        .map(key)
        .collect();
    let there: BTreeSet<_> = other.findings.iter().map(key).collect();
    let new: Vec<Diagnostic> = other
        .findings
        .iter()
        .filter(|found| !known.contains(&key(found)))
        .cloned()
        .collect();
    let gone = own.findings.iter().filter(|found| !there.contains(&key(found))).count();
    project.show(&new)?;
    let text = Text::new("under {law}: {new}, {gone}").with("law", &arguments.law);
    let gone = counted(gone, "{n} finding is gone", "{n} findings are gone");
    let found = counted(new.len(), "{n} new finding", "{n} new findings");
    screen::say(text.with("new", found).with("gone", gone))?;
    let side = |analysis| Side::of(analysis, &project.notice).map_err(Failure::bundle);
    match side(&own)?.zip(side(&other)?) {
        Some((before, after)) => {
            let found = screen::patiently("comparing", || diff::diff(&before, &after));
            if found.changes.is_empty() {
                screen::say("what may be done stays as it is")?;
            } else {
                screen::line("")?;
                screen::write(terminal::render(&found, Some(&[]), screen::language()))?;
            }
        }
        // A name of the policy's own law that the other has not.
        None => {
            let text = Text::new("what may be done was not compared: under {law} the policy has errors of names");
            screen::say(text.with("law", &arguments.law))?;
        }
    }
    let errors = new.iter().any(|found| found.severity == Severity::Error);
    Ok(if errors { Exit::Findings } else { Exit::Clean })
}
