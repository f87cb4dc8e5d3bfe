//! A project as it is read: a folder with `kupuya.toml`, a folder of `.kup` files, or a single file.
//!
//! The only module that reads files, and it reads them through [`Files`]: the program gives it the disk, an editor puts
//! what it shows over the disk.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use crate::diagnostic::{Severity, Text};
use crate::laws;
use crate::messages::Language;
use crate::notice;
use crate::pipeline::{self, Analysis, Level};
use crate::source::{Origin, Source, Sources};
use crate::syntax::ast::File;

/// Longer files are refused before they are read.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The name of a project's own settings.
pub const MANIFEST: &str = "kupuya.toml";

/// Where the texts of a project come from.
pub trait Files {
    /// Whether something is a folder.
    ///
    /// # Errors
    /// There is no such thing, or it cannot be looked at.
    fn is_folder(&self, path: &Path) -> io::Result<bool>;

    /// How many bytes a file has.
    ///
    /// # Errors
    /// There is no such file, or it cannot be looked at.
    fn size(&self, path: &Path) -> io::Result<u64>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// There is no such file, or it cannot be read.
    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Files that match a pattern, in any order.
    ///
    /// # Errors
    /// The pattern is none, or a folder on the way cannot be read.
    fn matching(&self, pattern: &str) -> Result<Vec<PathBuf>, String>;
}

/// The disk.
#[derive(Clone, Copy, Debug)]
pub struct Disk;

impl Files for Disk {
    fn is_folder(&self, path: &Path) -> io::Result<bool> {
        fs::metadata(path).map(|meta| meta.is_dir())
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        fs::metadata(path).map(|meta| meta.len())
    }

    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn matching(&self, pattern: &str) -> Result<Vec<PathBuf>, String> {
        let mut matched = Vec::new();
        for path in glob::glob(pattern).map_err(|error| error.to_string())? {
            let path = path.map_err(|error| error.to_string())?;
            if path.is_file() {
                matched.push(path);
            }
        }
        Ok(matched)
    }
}

/// What keeps a project from being read.
#[derive(Debug)]
pub enum Unreadable {
    /// A file or folder cannot be read.
    Path {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// Something else, said in full.
    Project(Text),
}

impl Unreadable {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Unreadable {
        let path = path.to_owned();
        move |cause| Unreadable::Path { path, cause }
    }

    fn of(file: &Path, text: Text) -> Unreadable {
        Unreadable::Project(text.with("file", file.display().to_string()))
    }

    /// What is wrong, for people.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Unreadable::Path { path, cause } => Text::new("cannot read {file}: {cause}")
                .with("file", path.display().to_string())
                .with("cause", cause.to_string()),
            Unreadable::Project(text) => text.clone(),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text().english())
    }
}

impl std::error::Error for Unreadable {}

/// `kupuya.toml`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Manifest {
    /// The project's name, for the names of its outputs.
    name: Option<String>,
    /// Patterns of its files.
    sources: Option<Vec<String>>,
    /// Further law packs that `law:` may name.
    packs: Vec<String>,
    /// Levels of rules.
    lints: BTreeMap<String, LevelWord>,
    /// The look of the notice.
    notice: notice::Options,
    /// In which language findings are told.
    language: Option<LanguageWord>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum LanguageWord {
    En,
    Ky,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum LevelWord {
    Allow,
    Note,
    Warning,
    Error,
}

/// A project as read.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its name: from `kupuya.toml`, else that of the folder or file.
    pub name: String,
    /// Its texts, with the packs and the taxonomy.
    pub sources: Sources,
    /// Levels of rules.
    pub levels: Vec<(String, Level)>,
    /// What it chooses about its notice.
    pub notice: notice::Options,
}

impl Project {
    /// Reads a folder or a file.
    ///
    /// # Errors
    /// It cannot be read, holds no `.kup` file, or its `kupuya.toml` is wrong.
    pub fn read(path: &Path, files: &impl Files) -> Result<Project, Unreadable> {
        let folder = files.is_folder(path).map_err(Unreadable::at(path))?;
        let manifest = if folder {
            manifest(path, files)?
        } else {
            Manifest::default()
        };
        let written = if folder {
            own_files(path, &manifest, files)?
        } else {
            vec![path.to_owned()]
        };
        if written.is_empty() {
            let none = Text::new("{file} holds no .kup file; `kupuya new DIR` makes a small policy to start from");
            return Err(Unreadable::of(path, none));
        }
        let mut sources = Sources::default();
        for file in &written {
            sources.add(source(file, Origin::Project, files)?);
        }
        for pack in &manifest.packs {
            sources.add(source(&path.join(pack), Origin::Pack, files)?);
        }
        laws::add_to(&mut sources);
        let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let folder = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = manifest
            .name
            .or_else(|| stem(&folder))
            .unwrap_or_else(|| "policy".to_owned());
        let levels = manifest
            .lints
            .into_iter()
            .map(|(code, word)| (code, level(word)))
            .collect();
        Ok(Project {
            name,
            sources,
            levels,
            notice: manifest.notice,
        })
    }

    /// A level of a rule that does not exist would be a mistake that nobody sees. Takes the trees of the project's
    /// sources, where house rules stand.
    ///
    /// # Errors
    /// A code that is none, or that can have no other level.
    pub fn known_levels(&self, trees: &[Arc<File>]) -> Result<(), Unreadable> {
        if self.levels.is_empty() {
            return Ok(());
        }
        let known = pipeline::levelled(&self.sources, trees);
        for (code, _) in &self.levels {
            if known.contains(code) {
                continue;
            }
            if pipeline::codes().iter().any(|any| any.code == *code) {
                let not_a_rule = Text::new(
                    "`{code}` cannot be given another level: only rules can; without syntax, names and kinds there is no meaning",
                );
                return Err(Unreadable::Project(not_a_rule.with("code", code)));
            }
            let unknown = match nearest(code, known.iter().map(String::as_str)) {
                Some(near) => {
                    Text::new("levels: there is no rule `{code}`; did you mean `{near}`? (`kupuya explain` lists all)")
                        .with("near", near)
                }
                None => Text::new("levels: there is no rule `{code}` (`kupuya explain` lists all)"),
            };
            return Err(Unreadable::Project(unknown.with("code", code)));
        }
        Ok(())
    }

    /// An order of chapters that do not exist would be a mistake that nobody sees.
    ///
    /// # Errors
    /// A name that no chapter of the notice has.
    pub fn known_chapters(&self, analysis: &Analysis) -> Result<(), Unreadable> {
        if self.notice.order.is_empty() {
            return Ok(());
        }
        let (unknown, known) = pipeline::unknown_chapters(analysis, &self.notice);
        let Some(name) = unknown.first() else {
            return Ok(());
        };
        let wrong = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => Text::new(
                "kupuya.toml: notice: order: the notice has no chapter `{name}`; did you mean `{near}`? It has {chapters}",
            )
            .with("near", near),
            None => Text::new("kupuya.toml: notice: order: the notice has no chapter `{name}`; it has {chapters}"),
        };
        let wrong = wrong.with("name", name).with("chapters", known.join(", "));
        Err(Unreadable::Project(wrong))
    }
}

/// The language in which a project wants to be told of its findings; `None` if it does not say so.
///
/// # Errors
/// There is no such project, or its `kupuya.toml` is wrong.
pub fn language(path: &Path, files: &impl Files) -> Result<Option<Language>, Unreadable> {
    if !files.is_folder(path).map_err(Unreadable::at(path))? {
        return Ok(None);
    }
    let word = manifest(path, files)?.language;
    Ok(word.map(|word| match word {
        LanguageWord::En => Language::English,
        LanguageWord::Ky => Language::Kyrgyz,
    }))
}

/// The files that a project is written in, its packs too; a file is its own project.
///
/// # Errors
/// They cannot be listed, or there is none.
pub fn written_files(path: &Path, files: &impl Files) -> Result<Vec<PathBuf>, Unreadable> {
    if !files.is_folder(path).map_err(Unreadable::at(path))? {
        return Ok(vec![path.to_owned()]);
    }
    let manifest = manifest(path, files)?;
    let mut all = own_files(path, &manifest, files)?;
    for pack in manifest.packs.iter().map(|pack| path.join(pack)) {
        if !all.contains(&pack) {
            all.push(pack);
        }
    }
    if all.is_empty() {
        return Err(Unreadable::of(path, Text::new("{file} holds no .kup file")));
    }
    Ok(all)
}

/// Reads one file.
///
/// # Errors
/// It cannot be read, or is too long.
pub fn source(file: &Path, origin: Origin, files: &impl Files) -> Result<Source, Unreadable> {
    let size = files.size(file).map_err(Unreadable::at(file))?;
    if size > LARGEST {
        let long = Text::new("{file} is {size} bytes long; a policy file may have at most {largest}")
            .with("size", size.to_string())
            .with("largest", LARGEST.to_string());
        return Err(Unreadable::of(file, long));
    }
    let bytes = files.bytes(file).map_err(Unreadable::at(file))?;
    Ok(Source::new(file.display().to_string(), origin, &bytes))
}

/// The known code that was perhaps meant, if one is near enough.
pub fn nearest<'a>(code: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|known| (strsim::damerau_levenshtein(code, known), known))
        .min()
        .filter(|(distance, near)| *distance <= near.len() / 3)
        .map(|(_, near)| near)
}

fn level(word: LevelWord) -> Level {
    match word {
        LevelWord::Allow => Level::Allow,
        LevelWord::Note => Level::At(Severity::Note),
        LevelWord::Warning => Level::At(Severity::Warning),
        LevelWord::Error => Level::At(Severity::Error),
    }
}

fn manifest(folder: &Path, files: &impl Files) -> Result<Manifest, Unreadable> {
    let file = folder.join(MANIFEST);
    let bytes = match files.bytes(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Manifest::default()),
        other => other.map_err(Unreadable::at(&file))?,
    };
    let text = String::from_utf8(bytes).map_err(|_| Unreadable::of(&file, Text::new("{file} is no text in UTF-8")))?;
    let wrong = |error: toml::de::Error| Text::new("{file}: {error}").with("error", error.to_string());
    toml::from_str(&text).map_err(|error| Unreadable::of(&file, wrong(error)))
}

/// The files that match, each once: patterns in the order written, since the notice follows it; what one pattern matches
/// sorted by path, so that the same folder gives the same order everywhere.
fn own_files(folder: &Path, manifest: &Manifest, files: &impl Files) -> Result<Vec<PathBuf>, Unreadable> {
    let all = ["*.kup".to_owned()];
    let mut found: Vec<PathBuf> = Vec::new();
    for pattern in manifest.sources.as_deref().unwrap_or(&all) {
        let whole = Path::new(&glob::Pattern::escape(&folder.to_string_lossy())).join(pattern);
        let mut matched = files.matching(&whole.to_string_lossy()).map_err(|error| {
            let wrong = Text::new("kupuya.toml: sources: `{pattern}`: {error}").with("error", error);
            Unreadable::Project(wrong.with("pattern", pattern))
        })?;
        if matched.is_empty() && pattern != "*.kup" {
            let none = Text::new("kupuya.toml: sources: `{pattern}` matches no file");
            return Err(Unreadable::Project(none.with("pattern", pattern)));
        }
        matched.sort();
        matched.retain(|path| !found.contains(path));
        found.extend(matched);
    }
    Ok(found)
}
