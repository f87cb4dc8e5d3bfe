//! Files that are about to be renamed: a project that lists its files by name goes on listing them.

use std::collections::HashMap;
use std::path::Path;

use kupuya::project::MANIFEST;

use crate::positions::Lines;
use crate::proto::{FileRename, TextEdit, Uri, WorkspaceEdit};
use crate::workspace::{State, path_of};

/// The edits of `kupuya.toml` that go with renames of files or folders; `None` if there are none.
#[must_use]
pub fn will_rename(state: &State, renames: &[FileRename]) -> Option<WorkspaceEdit> {
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for rename in renames {
        let (Ok(old), Ok(new)) = (rename.old_uri.parse::<Uri>(), rename.new_uri.parse::<Uri>()) else {
            continue;
        };
        let (old, new) = (path_of(&old), path_of(&new));
        for folder in old.ancestors().skip(1) {
            let manifest = folder.join(MANIFEST);
            let Some(text) = text(state, &manifest) else { continue };
            if let (Some(old), Some(new)) = (inside(&old, folder), inside(&new, folder)) {
                let uri = match state.documents.get(&manifest) {
                    Some(document) => Some(document.uri.clone()),
                    None => Uri::from_file_path(&manifest),
                };
                let lines = Lines::of(&text);
                let edits = names(&text, &old).map(|at| TextEdit {
                    range: lines.range(&text, at..at + old.len(), state.encoding),
                    new_text: new.clone(),
                });
                changes.entry(uri?).or_default().extend(edits);
            }
            break;
        }
    }
    changes.retain(|_, edits| !edits.is_empty());
    (!changes.is_empty()).then(|| WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    })
}

fn text(state: &State, path: &Path) -> Option<String> {
    match state.documents.get(path) {
        Some(document) => Some(document.text.to_string()),
        None => std::fs::read_to_string(path).ok(),
    }
}

/// A path as a manifest writes it, seen from its folder.
fn inside(path: &Path, folder: &Path) -> Option<String> {
    let steps = path.strip_prefix(folder).ok()?.components();
    let steps = steps
        .map(|step| step.as_os_str().to_str())
        .collect::<Option<Vec<_>>>()?;
    Some(steps.join("/"))
}

/// Where a path begins a string of a manifest: as the whole of it, or as a folder in it.
fn names<'t>(text: &'t str, path: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(path)
        .map(|(at, _)| at)
        .filter(move |at| text[..*at].ends_with('"') && text[at + path.len()..].starts_with(['"', '/']))
}
