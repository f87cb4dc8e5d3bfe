//! A bundle in a file, looked at again and again: this works on any file system, and with links that are exchanged.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{Fetched, Source};

/// What tells that a file may have changed. Compared for being equal alone: clocks and file times may go back.
pub type Print = (Option<SystemTime>, u64, u64);

/// A file.
pub struct File {
    path: PathBuf,
    every: Duration,
    seen: Option<(Print, blake3::Hash)>,
}

impl File {
    /// The file at a path.
    pub fn new(path: &Path, every: Duration) -> File {
        File {
            path: path.to_owned(),
            every,
            seen: None,
        }
    }
}

/// The print of a file.
pub fn print(path: &Path) -> Result<Print, String> {
    let told = std::fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&told);
    #[cfg(not(unix))]
    let number = 0;
    Ok((told.modified().ok(), told.len(), number))
}

/// The bytes of a file.
pub fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

impl Source for File {
    fn sort(&self) -> &'static str {
        "file"
    }

    fn fetch(&mut self) -> Result<Fetched, String> {
        // The print first: what is written while it is read is read again.
        let print = print(&self.path)?;
        if self.seen.is_some_and(|(seen, _)| seen == print) {
            return Ok(Fetched::Same);
        }
        let bytes = bytes(&self.path)?;
        let digest = blake3::hash(&bytes);
        let before = self.seen.replace((print, digest));
        if before.is_some_and(|(_, before)| before == digest) {
            return Ok(Fetched::Same);
        }
        Ok(Fetched::New(vec![bytes]))
    }

    fn taken(&mut self, _: bool) {}

    fn pause(&self, _: u32) -> Duration {
        self.every
    }
}
