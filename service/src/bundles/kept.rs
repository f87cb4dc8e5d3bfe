//! The last good bundles on disk: one file, exchanged whole, with a digest of its own.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The first bytes.
const MAGIC: &[u8; 8] = b"KUPKEPT1";

/// The file in a directory.
pub fn path(directory: &Path) -> PathBuf {
    directory.join("last-good.kept")
}

/// Keeps bundles: a digest, then each with its length before it. A crash leaves the old file or the new one.
///
/// # Errors
/// What the file system says.
pub fn keep(directory: &Path, bundles: &[Vec<u8>]) -> io::Result<()> {
    let mut content = Vec::new();
    for bytes in bundles {
        content.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        content.extend_from_slice(bytes);
    }
    fs::create_dir_all(directory)?;
    let (path, new) = (path(directory), directory.join("last-good.new"));
    let mut file = File::create(&new)?;
    file.write_all(MAGIC)?;
    file.write_all(blake3::hash(&content).as_bytes())?;
    file.write_all(&content)?;
    file.sync_all()?;
    fs::rename(&new, &path)?;
    // That the name stands for the new file must be on disk too; not every system lets a directory be opened.
    if let Ok(directory) = File::open(directory) {
        directory.sync_all()?;
    }
    Ok(())
}

/// The bundles that were kept; `None` if none were.
///
/// # Errors
/// What is wrong with the file, in a sentence.
pub fn kept(directory: &Path) -> Result<Option<Vec<Vec<u8>>>, String> {
    let path = path(directory);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{}: {error}", path.display())),
    };
    match parts(&bytes) {
        Some(parts) => Ok(Some(parts)),
        None => Err(format!("{} is damaged", path.display())),
    }
}

fn parts(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (digest, mut rest) = rest.split_at_checked(32)?;
    if blake3::hash(rest).as_bytes() != digest {
        return None;
    }
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk::<8>()?;
        let (part, after) = after.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        parts.push(part.to_vec());
        rest = after;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::{keep, kept, parts, path};

    #[test]
    fn what_is_kept_comes_back_and_damage_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("deep/down");
        assert_eq!(kept(&home).unwrap(), None);
        let bundles = vec![b"one".to_vec(), Vec::new(), b"three".to_vec()];
        keep(&home, &bundles).unwrap();
        assert_eq!(kept(&home).unwrap(), Some(bundles));
        let good = std::fs::read(path(&home)).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert_eq!(parts(&bad), None, "byte {at}");
            assert_eq!(parts(&good[..at]), None, "cut at {at}");
        }
    }
}
