//! `kupuya fmt`: the one style.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use kupuya::diagnostic::Text;
use kupuya::format::{self, Formatted};
use kupuya::source::{Origin, Source, SourceId};
use similar::TextDiff;

use super::outcome::{Exit, Failure};
use super::{Done, project, screen};

/// Write the files of a policy in the one style
#[derive(Args)]
#[command(
    after_help = "Comments and notes stay where they are, the order never changes, and lines that cannot be read are left alone. \
    A file that is no text is left alone too, and the exit code is 1.\n\n\
    Example: kupuya fmt examples/megapay --check"
)]
pub struct Arguments {
    /// Folders or .kup files; `-` reads standard input and writes standard output
    #[arg(default_value = ".")]
    files: Vec<PathBuf>,
    /// Write nothing; list the files that would change, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change, and exit with 1 if anything would
    #[arg(long)]
    diff: bool,
}

/// Runs `kupuya fmt`.
pub fn run(arguments: &Arguments) -> Done {
    let (mut changed, mut left) = (false, false);
    for argument in &arguments.files {
        if argument.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let input = Path::new("<standard input>");
            io::stdin().read_to_end(&mut bytes).map_err(Failure::read(input))?;
            let source = Source::new("<standard input>", Origin::Project, &bytes);
            let done = format::source(SourceId(0), &source);
            left |= told(&source, &done);
            // What does not change goes out as it came in, byte by byte.
            match done.unchanged {
                true if !arguments.check && !arguments.diff => screen::write(&bytes)?,
                _ => changed |= one(arguments, &source, &done, None)?,
            }
        } else {
            for file in project::written_files(argument)? {
                let source = project::read(&file, Origin::Project)?;
                let done = format::source(SourceId(0), &source);
                left |= told(&source, &done);
                changed |= one(arguments, &source, &done, Some(&file))?;
            }
        }
    }
    Ok(if left || changed && (arguments.check || arguments.diff) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Says why a text was left as it was, if it was.
fn told(source: &Source, done: &Formatted) -> bool {
    if let Some(problem) = &done.problem {
        let told = problem.message.told(screen::language());
        screen::complain(&format!("kupuya: {}: {told}", source.name));
    }
    done.problem.is_some()
}

/// Puts a formatted text where it belongs; says whether it changed. Without a file it goes to standard output.
fn one(arguments: &Arguments, source: &Source, done: &Formatted, file: Option<&Path>) -> Result<bool, Failure> {
    let changed = !done.unchanged;
    if arguments.diff && changed {
        let diff = TextDiff::from_lines(source.text.as_str(), done.text.as_str());
        let (old, new) = (format!("a/{}", source.name), format!("b/{}", source.name));
        screen::write(diff.unified_diff().header(&old, &new).to_string())?;
    }
    if arguments.check && changed {
        screen::line(&source.name)?;
    }
    if arguments.check || arguments.diff {
        return Ok(changed);
    }
    // A byte-order mark is no part of the text, and stays.
    let mark = if source.byte_order_mark { "\u{feff}" } else { "" };
    let marked = format!("{mark}{}", done.text);
    match file {
        Some(file) if changed => {
            replace(file, &marked)?;
            screen::say(Text::new("formatted {file}").with("file", &source.name))?;
        }
        Some(_) => {}
        None => screen::write(&marked)?,
    }
    Ok(changed)
}

/// Puts a text in place of a file: whole or not at all. Behind a link the file that it points to is replaced.
fn replace(file: &Path, text: &str) -> Result<(), Failure> {
    let file = &file.canonicalize().map_err(Failure::write(file))?;
    let mut name = file.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.new", std::process::id()));
    let new = file.with_file_name(name);
    let written = fs::metadata(file).and_then(|meta| {
        let mut out = fs::File::create_new(&new)?;
        out.write_all(text.as_bytes())?;
        out.set_permissions(meta.permissions())?;
        out.sync_all()?;
        fs::rename(&new, file)
    });
    written.map_err(|cause| {
        // What could not be put in place is not left lying about.
        let _ = fs::remove_file(&new);
        Failure::Write {
            path: file.clone(),
            cause,
        }
    })
}
