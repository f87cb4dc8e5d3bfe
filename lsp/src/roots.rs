//! Which projects there are: a folder with `kupuya.toml`, a folder of `.kup` files, or a file on its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kupuya::project::MANIFEST;

/// Folders are not looked into beyond this depth: a workspace may hold anything.
const DEEPEST: usize = 8;

/// So many folders are looked into at most.
const MOST: usize = 10_000;

/// The project that a file belongs to. Inside the editor's folders that is the nearest folder with settings, or else the
/// file's own folder; outside of them, the nearest folder with settings, or else the file alone.
#[must_use]
pub fn of_file(file: &Path, folders: &[PathBuf]) -> PathBuf {
    let home = folders.iter().find(|folder| file.starts_with(folder));
    for above in file.ancestors().skip(1) {
        if above.join(MANIFEST).is_file() {
            return above.to_owned();
        }
        if home.is_some_and(|home| home == above) {
            break;
        }
    }
    match (home, file.parent()) {
        (Some(_), Some(parent)) => parent.to_owned(),
        _ => file.to_owned(),
    }
}

/// The projects inside a folder: folders with settings, and folders of `.kup` files that lie in none of those.
#[must_use]
pub fn inside(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![(folder.to_owned(), 0)];
    let mut seen = 0;
    while let Some((folder, depth)) = open.pop() {
        seen += 1;
        if seen > MOST {
            break;
        }
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let (mut below, mut written, mut settled) = (Vec::new(), false, false);
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth < DEEPEST && !passed_over(&name) => below.push(entry.path()),
                Ok(kind) if kind.is_file() => {
                    settled |= name == MANIFEST;
                    written |= name.ends_with(".kup");
                }
                _ => {}
            }
        }
        if settled || written {
            found.insert(folder);
        }
        if !settled {
            open.extend(below.into_iter().map(|below| (below, depth + 1)));
        }
    }
    found
}

/// Folders in which nobody keeps policies.
fn passed_over(name: &str) -> bool {
    name.starts_with('.') || name == "target" || name == "node_modules"
}
