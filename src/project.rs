//! A project as it is read: a folder with `kupuya.toml`, a folder of `.kup` files, or a single file.
//!
//! The only module that reads files, and it reads them through [`Files`]: the program gives it the disk, an editor puts
//! what it shows over the disk.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Argument, Diagnostic, Severity, Text};
use crate::laws;
use crate::manifest::{self, Manifest, Placed};
use crate::messages::Language;
use crate::model::names::nearest_of;
use crate::notice;
use crate::pipeline::{self, Analysis, Level};
use crate::source::{Origin, Source, Sources};
use crate::syntax::ast::File;

/// Longer files are refused before they are read.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The name of a project's own settings.
pub const MANIFEST: &str = manifest::NAME;

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
        let meta = fs::metadata(path)?;
        match (meta.is_file(), meta.is_dir()) {
            (true, _) => Ok(meta.len()),
            (_, true) => Err(io::ErrorKind::IsADirectory.into()),
            // A pipe or a device may never end.
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.size(path)?;
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

/// What the system says of a file, in words of the program where it has some.
#[must_use]
pub fn cause(error: &io::Error) -> Text {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "there is no such file or folder".into(),
        Kind::PermissionDenied => "access is not permitted".into(),
        Kind::IsADirectory => "it is a folder".into(),
        Kind::NotADirectory => "a part of its path is no folder".into(),
        Kind::AlreadyExists => "it exists already".into(),
        Kind::ReadOnlyFilesystem => "the disk is write-protected".into(),
        Kind::StorageFull => "the disk is full".into(),
        Kind::InvalidData => "it is not text in UTF-8".into(),
        Kind::Unsupported => "it is neither a file nor a folder".into(),
        _ => Text::new("{error}").with("error", error.to_string()),
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
    /// `kupuya.toml` is wrong.
    Settings(Box<manifest::Wrong>),
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
                .with("cause", self::cause(cause)),
            Unreadable::Settings(wrong) => wrong.text(),
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

impl Manifest {
    /// A pack that cannot be read, at the place where it is listed.
    fn unreadable_pack(&self, pack: &Placed<String>, error: Unreadable) -> Unreadable {
        let Unreadable::Path { path, cause } = error else {
            return error;
        };
        let message = Text::new("cannot read {file}: {cause}")
            .with("file", path.display().to_string())
            .with("cause", self::cause(&cause));
        let found = Diagnostic::new(
            manifest::BAD_SETTING,
            Severity::Error,
            message,
            pack.span,
            "listed as a pack",
        );
        self.wrong(found).into()
    }
}

impl From<manifest::Wrong> for Unreadable {
    fn from(wrong: manifest::Wrong) -> Unreadable {
        Unreadable::Settings(Box::new(wrong))
    }
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
    /// Its settings as written.
    pub manifest: Manifest,
}

impl Project {
    /// Reads a folder or a file.
    ///
    /// # Errors
    /// It cannot be read, holds no `.kup` file, or its `kupuya.toml` is wrong.
    pub fn read(path: &Path, files: &impl Files) -> Result<Project, Unreadable> {
        let manifest = match files.is_folder(path).map_err(Unreadable::at(path))? {
            true => manifest(path, files)?,
            false => Manifest::default(),
        };
        Project::with(path, manifest, files)
    }

    /// Reads the files that some settings name, whatever settings the project has itself: an editor goes on with those
    /// that it knew last while a person mends them.
    ///
    /// # Errors
    /// It cannot be read, holds no `.kup` file, or the settings name files that are not there.
    pub fn with(path: &Path, manifest: Manifest, files: &impl Files) -> Result<Project, Unreadable> {
        let folder = files.is_folder(path).map_err(Unreadable::at(path))?;
        let written = if folder {
            own_files(path, &manifest, files)?
        } else {
            vec![path.to_owned()]
        };
        if let (true, Some(pack)) = (written.is_empty(), manifest.packs.first()) {
            let message = Text::new("`packs` lists every file of the project, and no file is left for the policy");
            let found = Diagnostic::new(
                manifest::BAD_SETTING,
                Severity::Error,
                message,
                pack.span,
                "taken as a pack",
            )
            .help("list only law packs and house rules; what stands in the project's own files applies without being listed");
            return Err(manifest.wrong(found).into());
        }
        if written.is_empty() {
            let none = Text::new("{file} holds no .kup file; `kupuya new DIR` makes a small policy to start from");
            return Err(Unreadable::of(path, none));
        }
        let mut sources = Sources::default();
        for file in &written {
            sources.add(source(file, Origin::Project, files)?);
        }
        for pack in &manifest.packs {
            let read = source(&path.join(&pack.value), Origin::Pack, files);
            sources.add(read.map_err(|error| manifest.unreadable_pack(pack, error))?);
        }
        laws::add_to(&mut sources);
        let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let folder = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = manifest
            .name
            .clone()
            .or_else(|| stem(&folder))
            .unwrap_or_else(|| "policy".to_owned());
        let lints = manifest.lints.iter();
        let levels = lints.map(|lint| (lint.code.value.clone(), lint.level)).collect();
        Ok(Project {
            name,
            sources,
            levels,
            notice: manifest.notice.clone(),
            manifest,
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
        let Some((code, _)) = self.levels.iter().find(|(code, _)| !known.contains(code)) else {
            return Ok(());
        };
        let (message, help) = if pipeline::codes().iter().any(|any| any.code == *code) {
            let message = Text::new("`{code}` cannot be given another level");
            let help = "only rules can: without syntax, names and kinds there is no meaning";
            (message, Text::new(help))
        } else {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let help = match nearest_of(code, &known) {
                Some(near) => Text::new("did you mean `{near}`? `kupuya explain` lists all").with("near", near),
                None => Text::new("`kupuya explain` lists all"),
            };
            (Text::new("there is no rule `{code}`"), help)
        };
        let message = message.with("code", code);
        match self.manifest.lints.iter().find(|lint| lint.code.value == *code) {
            Some(lint) => {
                let found = Diagnostic::new(
                    manifest::UNKNOWN_SETTING,
                    Severity::Error,
                    message,
                    lint.code.span,
                    "no rule that can have a level",
                );
                Err(self.manifest.wrong(found.help(help)).into())
            }
            None => {
                let whole = Text::new("{message}; {help}")
                    .with("message", message)
                    .with("help", help);
                Err(Unreadable::Project(whole))
            }
        }
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
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let written = |name: &String| self.manifest.order.iter().find(|written| written.value == *name);
        let Some(Placed { value: name, span }) = unknown.first().and_then(written) else {
            return Ok(());
        };
        let message = Text::new("the notice has no chapter `{name}`").with("name", name);
        let found = Diagnostic::new(manifest::BAD_SETTING, Severity::Error, message, *span, "no chapter");
        let chapters = Argument::listed(known.iter().map(|name| format!("`{name}`")));
        let help = match nearest_of(name, &known) {
            Some(near) => Text::new("did you mean `{near}`? It has {chapters}").with("near", near),
            None => Text::new("it has {chapters}"),
        };
        Err(self.manifest.wrong(found.help(help.with("chapters", chapters))).into())
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
    Ok(manifest(path, files)?.language)
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
    for pack in manifest.packs.iter().map(|pack| path.join(&pack.value)) {
        if !all.contains(&pack) {
            all.push(pack);
        }
    }
    if all.is_empty() {
        return Err(Unreadable::of(path, Text::new("{file} holds no .kup file")));
    }
    Ok(all)
}

/// Whether bytes are those of a bundle, whatever their file is called.
#[must_use]
pub fn is_bundle(bytes: &[u8]) -> bool {
    bytes.starts_with(&kupuya_runtime::MAGIC)
}

/// Reads one file.
///
/// # Errors
/// It cannot be read, is too long, or is a bundle.
pub fn source(file: &Path, origin: Origin, files: &impl Files) -> Result<Source, Unreadable> {
    let size = files.size(file).map_err(Unreadable::at(file))?;
    if size > LARGEST {
        let long = Text::new("{file} is {size} bytes long; a policy file may have at most {largest}")
            .with("size", size.to_string())
            .with("largest", LARGEST.to_string());
        return Err(Unreadable::of(file, long));
    }
    let bytes = files.bytes(file).map_err(Unreadable::at(file))?;
    if is_bundle(&bytes) {
        let bundle = Text::new(
            "{file} is a bundle, as services load it: name the policy that it was built from; bundles are taken by `kupuya decide`, `diff`, `filter`, `retention`, `serve` and `verify`",
        );
        return Err(Unreadable::of(file, bundle));
    }
    Ok(Source::new(file.display().to_string(), origin, &bytes))
}

fn manifest(folder: &Path, files: &impl Files) -> Result<Manifest, Unreadable> {
    let file = folder.join(MANIFEST);
    let bytes = match files.bytes(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Manifest::default()),
        other => other.map_err(Unreadable::at(&file))?,
    };
    Ok(Manifest::read(&file.display().to_string(), &bytes)?)
}

/// The files that match, each once: patterns in the order written, since the notice follows it; what one pattern matches
/// sorted by path, so that the same folder gives the same order everywhere.
fn own_files(folder: &Path, manifest: &Manifest, files: &impl Files) -> Result<Vec<PathBuf>, Unreadable> {
    let mut found: Vec<PathBuf> = Vec::new();
    let whole = |pattern: &str| {
        let whole = Path::new(&glob::Pattern::escape(&folder.to_string_lossy())).join(pattern);
        files.matching(&whole.to_string_lossy())
    };
    // What is listed as a pack is no part of the policy, whatever the patterns match.
    let packs: Vec<PathBuf> = manifest.packs.iter().map(|pack| folder.join(&pack.value)).collect();
    let is_policy = |path: &PathBuf| !packs.contains(path);
    let Some(patterns) = &manifest.sources else {
        let mut all = whole("*.kup").map_err(|error| {
            let wrong = Text::new("{file}: {error}").with("error", error);
            Unreadable::of(folder, wrong)
        })?;
        all.sort();
        all.retain(is_policy);
        return Ok(all);
    };
    for Placed { value: pattern, span } in patterns {
        let wrong = |message: Text, here: &'static str| {
            let message = message.with("pattern", pattern);
            let found = Diagnostic::new(manifest::BAD_SETTING, Severity::Error, message, *span, here);
            Unreadable::from(manifest.wrong(found))
        };
        let mut matched = whole(pattern).map_err(|error| {
            let message = Text::new("`{pattern}` is no pattern of files: {error}").with("error", error);
            wrong(message, "cannot be looked for")
        })?;
        if matched.is_empty() && pattern != "*.kup" {
            return Err(wrong(Text::new("`{pattern}` matches no file"), "no such file"));
        }
        matched.sort();
        matched.retain(|path| !found.contains(path));
        found.extend(matched);
    }
    found.retain(is_policy);
    Ok(found)
}
