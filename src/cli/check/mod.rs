//! `kupuya check`: what is wrong with a policy.

mod compare;
mod fix;
mod levels;
mod show;

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kupuya::checks::narrowing;
use kupuya::diagnostic::{Diagnostic, Text, sorted};
use kupuya::pipeline::{self, Analysis};
use kupuya::report::{self, Accepted, baseline, terminal};

use super::outcome::{Exit, Failure};
use super::project::{self, Project};
use super::{Done, screen};

/// List what is wrong with a policy, with places, reasons and help
#[derive(Args)]
#[command(after_help = "Example: kupuya check examples/megapay --waived")]
pub struct Arguments {
    /// A folder or a .kup file
    #[arg(default_value = ".")]
    project: PathBuf,
    /// List accepted findings too, with the reason of each waiver, and those that a level drops
    #[arg(long)]
    waived: bool,
    /// Add remarks: what promises narrow, with the facts that a request must then give, and what a proof-reader would mark in the notice
    #[arg(long)]
    notes: bool,
    /// Check against this law pack instead of the policy's own; `all` compares all packs
    #[arg(long, value_name = "PACK")]
    law: Option<String>,
    /// Show all law packs side by side: how many of their rules are broken
    #[arg(long, conflicts_with_all = ["fix", "baseline", "write_baseline"])]
    compare: bool,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Make the edits that are safe, then list what is left
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    levels: levels::Levels,
    /// Leave out the findings that this file holds
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    baseline: Option<PathBuf>,
    /// Write the findings of today into this file, for `--baseline`
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Show at most so many findings a file on a terminal, in plain text and on GitHub; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Drawn, for people
    Terminal,
    /// Sentences without drawing: for screen readers and logs
    Plain,
    /// JSON Lines, one finding a line
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

impl Format {
    /// Whether people read it: counts and remarks stand below the findings.
    fn is_read(self) -> bool {
        matches!(self, Format::Terminal | Format::Plain)
    }
}

/// Runs `kupuya check`.
pub fn run(arguments: &Arguments) -> Done {
    let mut project = Project::read(&arguments.project)?;
    project.levels.extend(arguments.levels.given());
    let law = arguments.law.as_deref().filter(|law| *law != "all");
    let mut analysis = project.analyze(law)?;
    if arguments.compare || arguments.law.as_deref() == Some("all") {
        return compare::run(&project, &analysis, arguments.format);
    }
    let mut remarks = Vec::new();
    if arguments.fix {
        remarks.push(fix::run(&arguments.project, &mut project, &mut analysis, law)?);
    }
    let name = |name: &str| seen_from(&arguments.project, name);
    if let Some(file) = &arguments.write_baseline {
        let all = baseline::of(&project.sources, &analysis.findings, name);
        let text = serde_json::to_string_pretty(&all).map_err(Failure::unexpected)?;
        fs::write(file, text + "\n").map_err(Failure::write(file))?;
        let count = report::counted(all.findings.len(), "{n} finding", "{n} findings");
        let wrote = Text::new("wrote {file} with {count}").with("count", count);
        screen::say(wrote.with("file", file.display().to_string()))?;
        return Ok(Exit::Clean);
    }
    if let Some(file) = &arguments.baseline {
        let known = read_baseline(file)?;
        let findings = std::mem::take(&mut analysis.findings);
        let left = baseline::split(known, &project.sources, findings, name);
        analysis.findings = left.new;
        if left.known > 0 {
            let known = report::counted(
                left.known,
                "{n} finding in the baseline",
                "{n} findings in the baseline",
            );
            remarks.push(known);
        }
        for stale in left.stale {
            remarks.push(
                Text::new("{code}: no longer found, though the baseline of {file} holds it: write it anew with --write-baseline")
                    .with("code", stale.code)
                    .with("file", stale.file),
            );
        }
    }
    let mut notes = pipeline::remarks(&analysis, &project.notice, &project.levels, arguments.notes);
    if arguments.notes {
        notes.extend(narrowing::notes(&analysis.model, &analysis.meaning));
    }
    if !notes.is_empty() {
        analysis.findings.extend(notes);
        analysis.findings = sorted(std::mem::take(&mut analysis.findings));
    }
    remarks.extend(withheld(&analysis));
    show::findings(arguments, &project, &analysis)?;
    if arguments.format.is_read() {
        for remark in remarks {
            screen::say(remark)?;
        }
        screen::say(closing(&analysis))?;
        if let Some(reservations) = report::reservations(&analysis.model, &analysis.findings) {
            screen::say(reservations)?;
        }
    } else {
        let language = screen::language();
        remarks
            .iter()
            .for_each(|remark| screen::complain(&remark.told(language)));
    }
    Ok(if project::has_errors(&analysis.findings) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Shows all findings, and how many there are.
pub fn list(project: &Project, analysis: &Analysis) -> Result<(), Failure> {
    project.show(&analysis.findings)?;
    if let Some(withheld) = withheld(analysis) {
        screen::say(withheld)?;
    }
    screen::say(closing(analysis))
}

/// Whether a policy has a meaning. If not, the errors that hide it are drawn on standard error, so that what a command writes
/// is never mixed with them.
pub fn has_meaning(path: &Path, project: &Project, analysis: &Analysis) -> bool {
    let errors: Vec<&Diagnostic> = pipeline::meaningless(analysis).collect();
    for found in &errors {
        screen::complain(terminal::render(&project.sources, found, screen::style_of_errors()).trim_end_matches('\n'));
    }
    if !errors.is_empty() {
        let text = Text::new("{file}: {counts}").with("file", path.display().to_string());
        screen::warn(&text.with("counts", closing(analysis)));
    }
    errors.is_empty()
}

/// How a command ends that also writes what findings stand against: with the remark that it is a draft, if errors do.
pub fn draft(path: &Path, analysis: &Analysis) -> Exit {
    if !project::has_errors(&analysis.findings) {
        return Exit::Clean;
    }
    let draft = Text::new("this is a draft: {counts} (see `kupuya check {project}`)")
        .with("counts", report::summary(&analysis.findings))
        .with("project", path.display().to_string());
    screen::warn(&draft);
    Exit::Findings
}

/// `2 errors, 1 warning; 14 findings waived`.
pub fn closing(analysis: &Analysis) -> Text {
    let open = report::summary(&analysis.findings);
    let waived = report::counted(analysis.waived.len(), "{n} finding waived", "{n} findings waived");
    let allowed = report::counted(analysis.allowed.len(), "{n} finding allowed", "{n} findings allowed");
    let text = match (analysis.waived.len(), analysis.allowed.len()) {
        (0, 0) => return open,
        (_, 0) => Text::new("{open}; {waived} (--waived lists them)").with("waived", waived),
        (0, _) => Text::new("{open}; {allowed} (--waived lists them)").with("allowed", allowed),
        _ => Text::new("{open}; {waived}, {allowed} (--waived lists them)")
            .with("waived", waived)
            .with("allowed", allowed),
    };
    text.with("open", open)
}

/// How many findings wait for a mistake to be mended; `None` if none does.
fn withheld(analysis: &Analysis) -> Option<Text> {
    let waiting = report::counted(
        analysis.withheld.len(),
        "{n} finding that something is missing waits until the errors are mended, since what is broken may hold it",
        "{n} findings that something is missing wait until the errors are mended, since what is broken may hold it",
    );
    (!analysis.withheld.is_empty()).then_some(waiting)
}

/// Findings that do not count, each with the reason: accepted by waivers, then dropped by levels.
fn accepted<'a>(project: &'a Project, analysis: &'a Analysis) -> impl Iterator<Item = (&'a Diagnostic, Accepted<'a>)> {
    let waived = analysis.waived.iter().map(|waived| {
        let waiver = analysis.model.waivers.get(waived.waiver);
        let reason = waiver.map_or("", |waiver| waiver.reason.as_str());
        (&waived.finding, Accepted::Waived(reason))
    });
    let allowed = analysis
        .allowed
        .iter()
        .map(|found| (found, Accepted::Allowed(project.manifest.reason(&found.code))));
    waived.chain(allowed)
}

/// A file's name as seen from the project's folder, with slashes: the same wherever the program is run.
fn seen_from(project: &Path, name: &str) -> String {
    let folder = if project.is_dir() {
        Some(project)
    } else {
        project.parent()
    };
    let file = Path::new(name);
    let inner = folder.and_then(|folder| file.strip_prefix(folder).ok()).unwrap_or(file);
    inner.to_string_lossy().replace('\\', "/")
}

fn read_baseline(file: &Path) -> Result<baseline::Baseline, Failure> {
    let of_file = |text: Text| Failure::Other(text.with("file", file.display().to_string()));
    let text = fs::read_to_string(file).map_err(Failure::read(file))?;
    let known = serde_json::from_str::<baseline::Baseline>(&text)
        .map_err(|error| of_file(Text::new("{file} is no baseline: {error}").with("error", error.to_string())))?;
    if known.version == baseline::VERSION {
        return Ok(known);
    }
    Err(of_file(
        Text::new("{file} is a baseline of format {format}; this program reads {ours}")
            .with("format", known.version.to_string())
            .with("ours", baseline::VERSION.to_string()),
    ))
}
