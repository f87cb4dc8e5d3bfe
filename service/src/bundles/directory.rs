//! A directory of bundles: the versions of one policy. Files that do not end in `.kupb` are not looked at.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::file::{self, Print};
use super::{Fetched, Source};

/// A directory.
pub struct Directory {
    path: PathBuf,
    every: Duration,
    seen: Option<BTreeMap<PathBuf, Print>>,
}

impl Directory {
    /// The directory at a path.
    pub fn new(path: &Path, every: Duration) -> Directory {
        Directory {
            path: path.to_owned(),
            every,
            seen: None,
        }
    }

    fn files(&self) -> Result<BTreeMap<PathBuf, Print>, String> {
        let wrong = |error: std::io::Error| format!("{}: {error}", self.path.display());
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(&self.path).map_err(wrong)? {
            let path = entry.map_err(wrong)?.path();
            if path.extension().is_some_and(|ending| ending == "kupb") {
                let print = file::print(&path)?;
                files.insert(path, print);
            }
        }
        if files.is_empty() {
            return Err(format!("{}: there is no file NAME.kupb in it", self.path.display()));
        }
        Ok(files)
    }
}

impl Source for Directory {
    fn sort(&self) -> &'static str {
        "directory"
    }

    fn fetch(&mut self) -> Result<Fetched, String> {
        let files = self.files()?;
        if self.seen.as_ref() == Some(&files) {
            return Ok(Fetched::Same);
        }
        let bytes: Result<Vec<Vec<u8>>, String> = files.keys().map(|path| file::bytes(path)).collect();
        let bytes = bytes?;
        self.seen = Some(files);
        Ok(Fetched::New(bytes))
    }

    fn taken(&mut self, _: bool) {}

    fn pause(&self, _: u32) -> Duration {
        self.every
    }
}
