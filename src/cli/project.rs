//! Reading a project: a folder with `kupuya.toml`, a folder of `.kup` files, or a single file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kupuya::diagnostic::Severity;
use kupuya::laws;
use kupuya::pipeline::{self, Analysis, Level, Options};
use kupuya::source::{Origin, Source, Sources};
use serde::Deserialize;

use super::outcome::Failure;
use super::screen;

/// Files over this size are cut off before they are parsed, which then says so.
const LARGEST: u64 = 64 * 1024 * 1024;

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
pub struct Project {
    /// Its name: from `kupuya.toml`, else that of the folder or file.
    pub name: String,
    /// Its texts, with the packs and the taxonomy.
    pub sources: Sources,
    /// Levels of rules.
    pub levels: Vec<(String, Level)>,
}

impl Project {
    /// Reads a folder or a file.
    pub fn read(path: &Path) -> Result<Project, Failure> {
        let meta = fs::metadata(path).map_err(Failure::read(path))?;
        let manifest = if meta.is_dir() {
            manifest(path)?
        } else {
            Manifest::default()
        };
        let files = if meta.is_dir() {
            files(path, manifest.sources.as_deref().unwrap_or(&["*.kup".to_owned()]))?
        } else {
            vec![path.to_owned()]
        };
        if files.is_empty() {
            return Err(Failure::Other(format!(
                "{} holds no .kup file; `kupuya new DIR` makes a small policy to start from",
                path.display()
            )));
        }
        let mut sources = Sources::default();
        for file in &files {
            sources.add(read(file, Origin::Project)?);
        }
        for pack in &manifest.packs {
            sources.add(read(&path.join(pack), Origin::Pack)?);
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
        Ok(Project { name, sources, levels })
    }

    /// Analyses it as of today.
    pub fn analyze(&self, law: Option<&str>) -> Result<Analysis, Failure> {
        let options = Options {
            today: today(),
            law: law.map(str::to_owned),
            levels: self.levels.clone(),
        };
        let analysis = screen::patiently("checking", || pipeline::analyze(&self.sources, &options));
        self.known_levels(&analysis)?;
        Ok(analysis)
    }

    /// A level of a rule that does not exist would be a mistake that nobody sees.
    fn known_levels(&self, analysis: &Analysis) -> Result<(), Failure> {
        if self.levels.is_empty() {
            return Ok(());
        }
        let known = pipeline::levelled(&self.sources, &analysis.files);
        for (code, _) in &self.levels {
            if known.contains(code) {
                continue;
            }
            if pipeline::codes().iter().any(|any| any.code == *code) {
                return Err(Failure::Other(format!(
                    "`{code}` cannot be given another level: only rules can; without syntax, names and kinds there is no meaning"
                )));
            }
            return Err(Failure::Other(format!(
                "levels: there is no rule `{code}`{} (`kupuya explain` lists all)",
                nearest(code, known.iter().map(String::as_str))
            )));
        }
        Ok(())
    }

    /// Draws findings on standard output.
    pub fn show(&self, findings: &[kupuya::diagnostic::Diagnostic]) -> Result<(), Failure> {
        for found in findings {
            screen::write(&kupuya::report::terminal::render(
                &self.sources,
                found,
                screen::colours(),
                screen::WIDTH,
            ))?;
        }
        Ok(())
    }
}

/// The files that a project is written in, its packs too; a file is its own project.
pub fn written_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let meta = fs::metadata(path).map_err(Failure::read(path))?;
    if !meta.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let manifest = manifest(path)?;
    let mut all = files(path, manifest.sources.as_deref().unwrap_or(&["*.kup".to_owned()]))?;
    for pack in manifest.packs.iter().map(|pack| path.join(pack)) {
        if !all.contains(&pack) {
            all.push(pack);
        }
    }
    if all.is_empty() {
        return Err(Failure::Other(format!("{} holds no .kup file", path.display())));
    }
    Ok(all)
}

/// Whether any finding stops the build.
pub fn has_errors(findings: &[kupuya::diagnostic::Diagnostic]) -> bool {
    findings.iter().any(|found| found.severity == Severity::Error)
}

/// `; did you mean ...?`, if a known code is near enough.
pub fn nearest<'a>(code: &str, known: impl Iterator<Item = &'a str>) -> String {
    known
        .map(|known| (strsim::damerau_levenshtein(code, known), known))
        .min()
        .filter(|(distance, near)| *distance <= near.len() / 3)
        .map(|(_, near)| format!("; did you mean `{near}`?"))
        .unwrap_or_default()
}

fn level(word: LevelWord) -> Level {
    match word {
        LevelWord::Allow => Level::Allow,
        LevelWord::Note => Level::At(Severity::Note),
        LevelWord::Warning => Level::At(Severity::Warning),
        LevelWord::Error => Level::At(Severity::Error),
    }
}

fn manifest(folder: &Path) -> Result<Manifest, Failure> {
    let file = folder.join("kupuya.toml");
    if !file.exists() {
        return Ok(Manifest::default());
    }
    let text = fs::read_to_string(&file).map_err(Failure::read(&file))?;
    toml::from_str(&text).map_err(|error| Failure::Other(format!("{}: {error}", file.display())))
}

/// The files that match, each once: patterns in the order written, since the notice follows it; what one pattern matches
/// sorted by path, so that the same folder gives the same order everywhere.
fn files(folder: &Path, patterns: &[String]) -> Result<Vec<PathBuf>, Failure> {
    let mut found: Vec<PathBuf> = Vec::new();
    for pattern in patterns {
        let whole = Path::new(&glob::Pattern::escape(&folder.to_string_lossy())).join(pattern);
        let paths = glob::glob(&whole.to_string_lossy())
            .map_err(|error| Failure::Other(format!("kupuya.toml: sources: `{pattern}`: {error}")))?;
        let mut matched = Vec::new();
        for path in paths {
            let path = path.map_err(|error| Failure::Other(error.to_string()))?;
            if path.is_file() {
                matched.push(path);
            }
        }
        if matched.is_empty() && pattern != "*.kup" {
            return Err(Failure::Other(format!(
                "kupuya.toml: sources: `{pattern}` matches no file"
            )));
        }
        matched.sort();
        matched.retain(|path| !found.contains(path));
        found.extend(matched);
    }
    Ok(found)
}

/// Reads one file.
pub fn read(file: &Path, origin: Origin) -> Result<Source, Failure> {
    let size = fs::metadata(file).map_err(Failure::read(file))?.len();
    if size > LARGEST {
        return Err(Failure::Other(format!(
            "{} is {size} bytes long; a policy file may have at most {LARGEST}",
            file.display()
        )));
    }
    let bytes = fs::read(file).map_err(Failure::read(file))?;
    Ok(Source::new(file.display().to_string(), origin, &bytes))
}

/// Today's civil day in Bishkek, where the dates of a policy are read.
pub fn today() -> kupuya::syntax::ast::Date {
    let bishkek = time::UtcOffset::from_hms(6, 0, 0).unwrap_or(time::UtcOffset::UTC);
    let now = time::OffsetDateTime::now_utc().to_offset(bishkek);
    kupuya::syntax::ast::Date {
        year: u16::try_from(now.year()).unwrap_or(u16::MAX),
        month: now.month().into(),
        day: now.day(),
    }
}
