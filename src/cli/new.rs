//! `kupuya new`: a small commented policy that checks clean.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use kupuya::diagnostic::Text;

use super::outcome::{Exit, Failure};
use super::{Done, screen};

/// Make a small commented policy to start from
#[derive(Args)]
#[command(after_help = "Example: kupuya new my_policy")]
pub struct Arguments {
    /// The folder to make; it must not hold a policy yet
    folder: PathBuf,
}

const POLICY: &str = include_str!("new/policy.kup");
const MANIFEST: &str = include_str!("new/kupuya.toml");

/// Runs `kupuya new`.
pub fn run(arguments: &Arguments) -> Done {
    let folder = &arguments.folder;
    let name = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .ok_or_else(|| Text::new("{folder} names no folder").with("folder", folder.display().to_string()))?;
    let files = [
        (
            folder.join("kupuya.toml"),
            MANIFEST.replace("\"NAME\"", &toml::Value::String(name).to_string()),
        ),
        (folder.join("policy.kup"), POLICY.to_owned()),
    ];
    if let Some((taken, _)) = files.iter().find(|(file, _)| file.exists()) {
        let there = Text::new("{file} is there already; nothing was written");
        return Err(there.with("file", taken.display().to_string()).into());
    }
    if let Some(other) = policy_in(folder)? {
        let there = Text::new("{folder} holds a policy already: {file}; nothing was written");
        let there = there.with("folder", folder.display().to_string());
        return Err(there.with("file", other.display().to_string()).into());
    }
    fs::create_dir_all(folder).map_err(Failure::write(folder))?;
    for (file, text) in &files {
        put(file, text)?;
    }
    let made = Text::new("made {folder}; next: kupuya check {folder}");
    screen::say(made.with("folder", folder.display().to_string()))?;
    Ok(Exit::Clean)
}

/// A `.kup` file in a folder, if it is there and holds one: it would become part of the new policy.
fn policy_in(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let entries = fs::read_dir(folder).map_err(Failure::read(folder))?;
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.sort();
    Ok(found
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "kup")))
}

/// Writes a new file; one that appeared meanwhile is not overwritten.
fn put(file: &Path, text: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    let mut new = fs::File::create_new(file).map_err(Failure::write(file))?;
    new.write_all(text.as_bytes()).map_err(Failure::write(file))
}
