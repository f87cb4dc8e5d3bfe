//! Files that commands write.

use std::fs;
use std::path::Path;

use kupuya::diagnostic::Text;

use super::outcome::Failure;
use super::screen;

/// Writes a file and says so.
pub fn put(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(file, bytes).map_err(Failure::write(file))?;
    screen::say(
        Text::new("wrote {file} ({n} bytes)")
            .with("file", file.display().to_string())
            .with("n", bytes.len()),
    )
}

/// Writes what a command gives: to the file that was named, else to standard output.
pub fn give(file: Option<&Path>, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    match file {
        Some(file) => fs::write(file, bytes).map_err(Failure::write(file)),
        None => screen::write(bytes),
    }
}
