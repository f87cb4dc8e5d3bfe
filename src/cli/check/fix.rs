//! `kupuya check --fix`: the safe edits, written, and the policy read again.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use kupuya::diagnostic::Text;
use kupuya::fixes;
use kupuya::pipeline::Analysis;
use kupuya::report::counted;

use super::super::outcome::Failure;
use super::super::project::Project;

/// An edit may uncover the next one, but not without end.
const ROUNDS: usize = 8;

/// Makes edits until none is left; project and analysis are those of the texts as they then are.
pub fn run(path: &Path, project: &mut Project, analysis: &mut Analysis, law: Option<&str>) -> Result<Text, Failure> {
    let mut made = 0;
    let mut files = std::collections::BTreeSet::new();
    for _ in 0..ROUNDS {
        let fixed = fixes::apply(&project.sources, &analysis.findings);
        if fixed.made == 0 {
            break;
        }
        for (id, text) in &fixed.texts {
            if let Some(source) = project.sources.get(*id) {
                let mark = if source.byte_order_mark { "\u{feff}" } else { "" };
                put(Path::new(&source.name), &format!("{mark}{text}"))?;
                files.insert(source.name.clone());
            }
        }
        made += fixed.made;
        let levels = std::mem::take(&mut project.levels);
        *project = Project::read(path)?;
        project.levels = levels;
        *analysis = project.analyze(law)?;
    }
    Ok(match made {
        0 => Text::new("no safe edit to make"),
        _ => Text::new("made {edits} in {files}")
            .with("edits", counted(made, "{n} edit", "{n} edits"))
            .with("files", counted(files.len(), "{n} file", "{n} files")),
    })
}

/// Writes a file whole or not at all: beside it first, then in its place.
fn put(file: &Path, text: &str) -> Result<(), Failure> {
    // A link stays a link: what it points to is written.
    let target = fs::canonicalize(file).map_err(Failure::write(file))?;
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = target.with_file_name(name);
    let write = || {
        let mut new = fs::File::create_new(&beside)?;
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        fs::set_permissions(&beside, fs::metadata(&target)?.permissions())?;
        fs::rename(&beside, &target)
    };
    write().map_err(|cause| {
        let _ = fs::remove_file(&beside);
        Failure::write(file)(cause)
    })
}
