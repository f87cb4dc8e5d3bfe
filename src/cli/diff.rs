//! `kupuya diff`: two versions compared by what they mean.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kupuya::diagnostic::Text;
use kupuya::diff::{self, Announced, Diff, Side, Verdict};
use kupuya::notice;
use kupuya::pipeline::Analysis;
use kupuya::project::{self as read, Files};
use kupuya::report::diff::{markdown, terminal};
use kupuya_runtime::Bundle;
use serde::Serialize;

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::render::{Format as Paper, rendered};
use super::revision::Revision;
use super::writing::give;
use super::{Done, check, keygen, screen};

/// Compare two versions of a policy by what they mean
#[derive(Args)]
#[command(after_help = "Example: kupuya diff --git HEAD~1 examples/ogogo\n\n\
    OLD and NEW are folders, .kup files, bundles, or what a revision of git has: `HEAD~1:examples/ogogo`. A change of \
    words, of order, of comments or of names of clauses asks for nothing; names of nouns that changed are known by `was`.")]
pub struct Arguments {
    /// The version before; with `--git` the only path, in that revision and as it stands now
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The version after
    #[arg(value_name = "NEW", required_unless_present = "git", conflicts_with = "git")]
    new: Option<PathBuf>,
    /// Compare what a revision of git has with what stands on the disk
    #[arg(long, value_name = "REV")]
    git: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// The format of `--format notice`
    #[arg(long = "as", value_enum, default_value_t = Paper::Markdown, value_name = "FORMAT")]
    paper: Paper,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// End with 1 if people must be told (`notify`), only if consent must be asked for again (`reconsent`), or if anything
    /// changes (`change`)
    #[arg(long, value_enum, value_name = "FROM", num_args = 0..=1, require_equals = true, default_missing_value = "notify")]
    exit_code: Option<Threshold>,
}

/// How a comparison is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people at a terminal
    Terminal,
    /// For a pull request
    Markdown,
    /// JSON
    Json,
    /// The notice of changes that people are given
    Notice,
}

/// From what on `--exit-code` ends with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Threshold {
    /// Anything changes
    Change,
    /// People must be told
    Notify,
    /// Consent must be asked for again
    Reconsent,
}

/// A comparison as JSON.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    diff: &'a Diff,
    /// How long before people are told; null: NEW is a bundle, which does not say it.
    announced: Option<&'a [Announced]>,
}

/// A version, and what it was made from if it is a project.
struct Version {
    side: Side,
    project: Option<(Analysis, notice::Options)>,
}

/// Runs `kupuya diff`.
pub fn run(arguments: &Arguments) -> Done {
    let (old, new) = match (&arguments.git, &arguments.new) {
        (Some(name), _) => {
            let path = arguments.old.as_path();
            let near = if path.is_dir() {
                path
            } else {
                path.parent().unwrap_or(path)
            };
            let revision = Revision::open(near, name)?;
            let inside = revision.inside(path)?;
            (version(&inside, &revision)?, on_disk(path)?)
        }
        (None, Some(new)) => (anywhere(&arguments.old)?, anywhere(new)?),
        (None, None) => return Ok(Exit::Clean),
    };
    let (Some(old), Some(new)) = (old, new) else {
        screen::warn(&"nothing was compared: with errors of syntax or names a policy has no meaning".into());
        return Ok(Exit::Findings);
    };
    let found = screen::patiently("comparing", || diff::diff(&old.side, &new.side));
    let announced = new
        .project
        .as_ref()
        .map(|(analysis, _)| diff::announced(&analysis.model));
    let announced = announced.as_deref();
    let language = screen::language();
    let text = match arguments.format {
        Format::Terminal => terminal::render(&found, announced, language).into_bytes(),
        Format::Markdown => markdown::render(&found, announced, language).into_bytes(),
        Format::Json => {
            let told = Told {
                diff: &found,
                announced,
            };
            let json = serde_json::to_string_pretty(&told).map_err(Failure::unexpected)?;
            format!("{json}\n").into_bytes()
        }
        Format::Notice => notice(&new, &found, announced.unwrap_or_default(), arguments.paper)?,
    };
    give(arguments.output.as_deref(), text)?;
    Ok(ends(arguments.exit_code, &found))
}

/// The notice of changes, which the new version's project writes.
fn notice(new: &Version, found: &Diff, announced: &[Announced], paper: Paper) -> Result<Vec<u8>, Failure> {
    let Some((analysis, options)) = &new.project else {
        return Err(Text::new(
            "the notice of changes is written from a project: NEW is a bundle, which has no words of its own",
        )
        .into());
    };
    let changes = diff::changes(found, announced);
    rendered(
        &notice::change_notice(&analysis.model, &analysis.meaning, options, &changes),
        paper,
    )
}

fn ends(threshold: Option<Threshold>, found: &Diff) -> Exit {
    let reached = match threshold {
        None => false,
        Some(Threshold::Change) => !found.changes.is_empty(),
        Some(Threshold::Notify) => found.verdict >= Verdict::Notify,
        Some(Threshold::Reconsent) => found.verdict >= Verdict::Reconsent,
    };
    if reached { Exit::Findings } else { Exit::Clean }
}

/// A version on the disk, or in a revision of git: `REV:PATH`.
fn anywhere(from: &Path) -> Result<Option<Version>, Failure> {
    let text = from.to_string_lossy();
    match text.split_once(':') {
        Some((name, path)) if !from.exists() && !name.is_empty() => {
            let revision = Revision::open(Path::new("."), name)?;
            version(&revision.named(Path::new(path))?, &revision)
        }
        _ => on_disk(from),
    }
}

/// Whether a version is a bundle: what is called so, and what is one under another name.
fn is_bundle(path: &Path, files: &impl Files) -> bool {
    let named = path.extension().is_some_and(|ending| ending == "kupb");
    named || files.bytes(path).is_ok_and(|bytes| read::is_bundle(&bytes))
}

fn on_disk(path: &Path) -> Result<Option<Version>, Failure> {
    if is_bundle(path, &read::Disk) {
        return of_bundle(keygen::load(path, &[])?).map(Some);
    }
    of_project(path, &Project::read(path)?)
}

fn version(path: &Path, files: &Revision) -> Result<Option<Version>, Failure> {
    if is_bundle(path, files) {
        let bytes = files.bytes(path).map_err(Failure::read(path))?;
        let bundle = Bundle::load(&bytes).map_err(|error| Failure::of(path, error))?;
        return of_bundle(bundle).map(Some);
    }
    of_project(path, &Project::from(read::Project::read(path, files)?))
}

fn of_bundle(bundle: Bundle) -> Result<Version, Failure> {
    let side = Side::new(bundle, diff::reading::Renamed::new()).map_err(Failure::bundle)?;
    Ok(Version { side, project: None })
}

/// A project is built in memory: findings of rules do not keep two versions from being compared.
fn of_project(path: &Path, project: &Project) -> Result<Option<Version>, Failure> {
    let analysis = project.analyze(None)?;
    if !check::has_meaning(path, project, &analysis) {
        return Ok(None);
    }
    let Some(side) = Side::of(&analysis, &project.notice).map_err(Failure::bundle)? else {
        return Ok(None);
    };
    Ok(Some(Version {
        side,
        project: Some((analysis, project.notice.clone())),
    }))
}
