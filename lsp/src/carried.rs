//! Texts that the program carries, law packs and the taxonomy, as files that an editor can open.

use std::fs;
use std::path::PathBuf;

use kupuya::source::Source;

/// A file with the text of a source that has none on the disk; written when first asked for. `None` if there is no folder
/// to write to.
#[must_use]
pub fn file(source: &Source) -> Option<PathBuf> {
    let name = source.name.strip_prefix("laws/")?;
    let folder = std::env::temp_dir()
        .join(format!("kupuya-{}", env!("CARGO_PKG_VERSION")))
        .join("laws");
    let path = folder.join(name);
    if fs::read_to_string(&path).is_ok_and(|text| text == source.text) {
        return Some(path);
    }
    fs::create_dir_all(&folder).ok()?;
    fs::write(&path, &source.text).ok()?;
    Some(path)
}
