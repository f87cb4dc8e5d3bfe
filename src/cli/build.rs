//! `kupuya build`: notice and bundle together, from a policy without errors.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use kupuya::bundle::{self, NotPrevious};
use kupuya::diagnostic::{Argument, Text};
use kupuya::model::Model;
use kupuya::pipeline;
use kupuya_runtime::Bundle;

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::render::{FORMATS, rendered};
use super::writing::put;
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
    /// The bundle of the version before: consents given to it do not cover what this one adds
    #[arg(long, value_name = "OLD.kupb")]
    previous: Option<PathBuf>,
    /// Build without running the scenarios
    #[arg(long)]
    no_test: bool,
}

/// Runs `kupuya build`.
pub fn run(arguments: &Arguments) -> Done {
    let project = Project::read(&arguments.project)?;
    let analysis = project.analyze(None)?;
    check::list(&project, &analysis)?;
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
    let bundle = match &arguments.previous {
        None => outputs.bundle,
        Some(file) => since(&analysis.model, &outputs.bundle, file)?,
    };
    let bundle = match &arguments.sign {
        None => bundle,
        Some(file) => keygen::secret(file)?.sign(&bundle).map_err(Failure::bundle)?,
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

/// The bundle with what it adds to the version before; says which consents must be given anew.
fn since(model: &Model, built: &[u8], previous: &Path) -> Result<Vec<u8>, Failure> {
    let old = keygen::load(previous, &[])?;
    let old = old.content().map_err(|error| Failure::of(previous, error))?;
    let new = Bundle::load(built).map_err(Failure::bundle)?;
    let mut content = new.content().map_err(Failure::bundle)?;
    let anew = bundle::since(model, &mut content, &old).map_err(|wrong| {
        let text = match wrong {
            NotPrevious::NoDay => Text::new("the policy has no `effective`: from when on must consents be given anew?"),
            NotPrevious::OtherPolicy { name } => Text::new("{file} is of another policy, `{name}`").with("name", name),
            NotPrevious::NotBefore { .. } => Text::new("{file} is no version before: it does not begin earlier"),
        };
        Failure::Other(text.with("file", previous.display().to_string()))
    })?;
    for one in &anew {
        let text = Text::new("consents `{basis}` given before {day} do not cover what is new in {rule}: {data}");
        let day = content.begins.map(|day| day.to_string()).unwrap_or_default();
        screen::say(
            text.with("basis", one.basis.clone())
                .with("day", day)
                .with("rule", one.rule.clone())
                .with("data", Argument::listed(one.data.iter().cloned())),
        )?;
    }
    bundle::to_bytes(&content).map_err(Failure::bundle)
}
