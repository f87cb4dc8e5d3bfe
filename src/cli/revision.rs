//! Files as a revision of git has them, read through the program `git`.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use glob::{MatchOptions, Pattern};
use kupuya::diagnostic::Text;
use kupuya::project::Files;

use super::outcome::Failure;

/// The files of a revision, by their paths from the root of the repository.
pub struct Revision {
    root: PathBuf,
    name: String,
    sizes: BTreeMap<PathBuf, u64>,
}

impl Revision {
    /// The revision with a name, of the repository around a folder.
    ///
    /// # Errors
    /// There is no git, no repository, or no such revision.
    pub fn open(near: &Path, name: &str) -> Result<Revision, Failure> {
        let root = git(near, ["rev-parse", "--show-toplevel"])?;
        let root = PathBuf::from(String::from_utf8_lossy(&root).trim_end());
        // What begins with a dash would be read as an option.
        let commit = git(
            &root,
            [
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &format!("{name}^{{commit}}"),
            ],
        );
        let commit = commit.map_err(|_| {
            let text = Text::new("`git` knows no revision `{name}`");
            Failure::from(text.with("name", name))
        })?;
        let commit = String::from_utf8_lossy(&commit).trim_end().to_owned();
        let listed = git(&root, ["ls-tree", "-r", "-l", "-z", "--full-tree", &commit])?;
        let mut sizes = BTreeMap::new();
        for row in listed.split(|byte| *byte == 0) {
            // MODE TYPE OBJECT SIZE, a tab, the path.
            let row = String::from_utf8_lossy(row);
            let Some((head, path)) = row.split_once('\t') else {
                continue;
            };
            if let Some(Ok(size)) = head.split_whitespace().nth(3).map(str::parse) {
                sizes.insert(PathBuf::from(path), size);
            }
        }
        Ok(Revision {
            root,
            name: commit,
            sizes,
        })
    }

    /// A path of the disk as the repository has it; what stands no longer on the disk may still stand in the revision.
    ///
    /// # Errors
    /// It is outside of the repository.
    pub fn inside(&self, path: &Path) -> Result<PathBuf, Failure> {
        let here = Path::new(".").canonicalize().unwrap_or_default();
        let whole = path
            .canonicalize()
            .unwrap_or_else(|_| Path::new("/").join(plain(&here.join(path))));
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        match whole.strip_prefix(&root) {
            Ok(inside) => Ok(or_here(inside.to_owned())),
            Err(_) => {
                let text = Text::new("{path} is outside of the repository {root}");
                let text = text.with("path", path.display().to_string());
                Err(text.with("root", root.display().to_string()).into())
            }
        }
    }

    /// A path behind `REV:` as git reads it: from the root of the repository, or from here if it begins with `.` or `..`.
    ///
    /// # Errors
    /// It is outside of the repository.
    pub fn named(&self, path: &Path) -> Result<PathBuf, Failure> {
        match path.components().next() {
            Some(Component::CurDir | Component::ParentDir) => self.inside(path),
            _ => Ok(or_here(plain(path))),
        }
    }
}

/// The root of a repository has no name of its own.
fn or_here(path: PathBuf) -> PathBuf {
    match path.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => path,
    }
}

/// A path without `.`; `a/../b` is `b`.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for step in path.components() {
        match step {
            Component::ParentDir => {
                out.pop();
            }
            Component::Normal(name) => out.push(name),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    out
}

impl Files for Revision {
    fn is_folder(&self, path: &Path) -> io::Result<bool> {
        let path = plain(path);
        if self.sizes.contains_key(&path) {
            return Ok(false);
        }
        let inside = self.sizes.keys().any(|file| file.starts_with(&path));
        if inside {
            Ok(true)
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        self.sizes
            .get(&plain(path))
            .copied()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        let path = plain(path);
        self.size(&path)?;
        let blob = format!("{}:{}", self.name, path.display());
        run(&self.root, ["cat-file", "blob", &blob]).map_err(io::Error::other)
    }

    fn matching(&self, pattern: &str) -> Result<Vec<PathBuf>, String> {
        let pattern = Pattern::new(&plain(Path::new(pattern)).to_string_lossy()).map_err(|error| error.to_string())?;
        let options = MatchOptions {
            require_literal_separator: true,
            ..MatchOptions::default()
        };
        let files = self
            .sizes
            .keys()
            .filter(|file| pattern.matches_path_with(file, options));
        Ok(files.cloned().collect())
    }
}

fn git<const N: usize>(folder: &Path, arguments: [&str; N]) -> Result<Vec<u8>, Failure> {
    run(folder, arguments).map_err(|error| Failure::of(Path::new("git"), error))
}

fn run<const N: usize>(folder: &Path, arguments: [&str; N]) -> Result<Vec<u8>, String> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let output = Command::new("git")
        .arg(OsStr::new("-C"))
        .arg(folder)
        .args(arguments)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}
