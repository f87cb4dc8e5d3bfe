//! The disk with what editors show over it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kupuya::project::{Disk, Files};

/// Open texts, by path, over the disk.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// The open texts.
    pub open: BTreeMap<PathBuf, Arc<str>>,
}

impl Files for Overlay {
    fn is_folder(&self, path: &Path) -> io::Result<bool> {
        if self.open.contains_key(path) {
            return Ok(false);
        }
        Disk.is_folder(path)
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        match self.open.get(path) {
            Some(text) => Ok(text.len() as u64),
            None => Disk.size(path),
        }
    }

    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.open.get(path) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => Disk.bytes(path),
        }
    }

    fn matching(&self, pattern: &str) -> Result<Vec<PathBuf>, String> {
        let mut matched = Disk.matching(pattern)?;
        let pattern = glob::Pattern::new(pattern).map_err(|error| error.to_string())?;
        let options = glob::MatchOptions {
            require_literal_separator: true,
            ..glob::MatchOptions::default()
        };
        for path in self.open.keys() {
            if pattern.matches_path_with(path, options) && !matched.contains(path) {
                matched.push(path.clone());
            }
        }
        Ok(matched)
    }
}
