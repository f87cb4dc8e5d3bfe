//! `kupuya build`: notice and bundle together, from a policy without errors.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::pipeline;

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::render::{FORMATS, rendered};
use super::{Done, check, keygen, screen, test};

/// Check a policy, then write its notice and its bundle
#[derive(Args)]
#[command(after_help = "Example: kupuya build examples/megapay --out-dir out")]
pub struct Arguments {
    /// A folder or a .kup file
    #[arg(default_value = ".")]
    project: PathBuf,
    /// Write the notice in every format and the bundle into this folder
    #[arg(long, value_name = "DIR", required_unless_present = "output")]
    out_dir: Option<PathBuf>,
    /// Write the bundle alone to this file
    #[arg(short, long, value_name = "FILE.kupb")]
    output: Option<PathBuf>,
    /// Sign the bundle with this secret key, as `kupuya keygen` makes it
    #[arg(long, value_name = "KEY.pem")]
    sign: Option<PathBuf>,
    /// Build without running the scenarios
    #[arg(long)]
    no_test: bool,
}

/// Runs `kupuya build`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    project.show(&analysis.findings)?;
    screen::say(check::closing(&analysis))?;
    let Some(outputs) = pipeline::build(&analysis, &project.notice) else {
        screen::say("nothing was written: errors must be mended or waived with a reason first")?;
        return Ok(Exit::Findings);
    };
    if !arguments.no_test {
        let failed = test::run_quietly(&project, &analysis, &outputs)?;
        if failed > 0 {
            screen::say("nothing was written: a scenario fails (--no-test builds all the same)")?;
            return Ok(Exit::Findings);
        }
    }
    let bundle = match &arguments.sign {
        None => outputs.bundle,
        Some(file) => keygen::secret(file)?.sign(&outputs.bundle).map_err(Failure::bundle)?,
    };
    if let Some(folder) = &arguments.out_dir {
        fs::create_dir_all(folder).map_err(Failure::write(folder))?;
        for (format, ending) in FORMATS {
            let bytes = rendered(&outputs.document, *format)?;
            put(&folder.join(format!("{}.{ending}", project.name)), &bytes)?;
        }
        put(&folder.join(format!("{}.kupb", project.name)), &bundle)?;
    }
    if let Some(file) = &arguments.output {
        put(file, &bundle)?;
    }
    Ok(Exit::Clean)
}

/// Writes a file and says so.
pub fn put(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(file, bytes).map_err(Failure::write(file))?;
    screen::say(
        Text::new("wrote {file} ({n} bytes)")
            .with("file", file.display().to_string())
            .with("n", bytes.len()),
    )
}
