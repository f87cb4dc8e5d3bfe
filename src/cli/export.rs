//! `kupuya export`: a policy for engines that people already run.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use kupuya::export::{self, File};
use kupuya::pipeline;
use kupuya_runtime::wire::BundleContent;

use super::outcome::{Exit, Failure};
use super::project::Project;
use super::writing::put;
use super::{Done, check, screen};

/// Write a policy for OPA or Cedar
#[derive(Args)]
#[command(after_help = "Example: kupuya export rego examples/megapay -o bundle.tar.gz")]
pub struct Arguments {
    #[command(subcommand)]
    engine: Engine,
}

#[derive(Subcommand)]
enum Engine {
    /// An OPA bundle: a Rego module, the rules as data, and the manifest
    #[command(after_help = "Example: kupuya export rego examples/megapay -o bundle.tar.gz")]
    Rego {
        /// A folder or a .kup file
        #[arg(default_value = ".")]
        project: PathBuf,
        /// Write the bundle to this file
        #[arg(short, long, value_name = "FILE.tar.gz")]
        output: PathBuf,
    },
    /// Schema, entities and policies for Cedar
    #[command(after_help = "Example: kupuya export cedar examples/megapay --out-dir cedar")]
    Cedar {
        /// A folder or a .kup file
        #[arg(default_value = ".")]
        project: PathBuf,
        /// Write the files into this folder
        #[arg(long, value_name = "DIR")]
        out_dir: PathBuf,
    },
}

/// Runs `kupuya export`.
pub fn run(arguments: &Arguments) -> Done {
    match &arguments.engine {
        Engine::Rego { project, output } => {
            let Some(content) = content(project)? else {
                return Ok(Exit::Findings);
            };
            let files = export::rego::from_content(&content).map_err(|refused| refused.text())?;
            let bytes = packed(&files).map_err(Failure::write(output))?;
            put(output, &bytes)?;
        }
        Engine::Cedar { project, out_dir } => {
            let Some(content) = content(project)? else {
                return Ok(Exit::Findings);
            };
            let files = export::cedar::from_content(&content).map_err(|refused| refused.text())?;
            fs::create_dir_all(out_dir).map_err(Failure::write(out_dir))?;
            for (name, text) in &files {
                put(&out_dir.join(name), text.as_bytes())?;
            }
        }
    }
    Ok(Exit::Clean)
}

/// What the bundle of a policy without errors holds.
fn content(path: &Path) -> Result<Option<BundleContent>, Failure> {
    let project = Project::read(path)?;
    let analysis = project.analyze(None)?;
    check::list(&project, &analysis)?;
    let content = pipeline::content(&analysis, &project.notice);
    if content.is_none() {
        screen::say("nothing was written: errors must be mended or waived with a reason first")?;
    }
    Ok(content)
}

/// A tar archive, packed; the same files make the same bytes.
fn packed(files: &[File]) -> std::io::Result<Vec<u8>> {
    let packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let mut archive = tar::Builder::new(packer);
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, text.as_bytes())?;
    }
    archive.into_inner()?.finish()
}
