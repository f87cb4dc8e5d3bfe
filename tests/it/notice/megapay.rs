//! The notice of the example.

use std::fs;

/// The files of the example, in the order of its project file.
pub fn files() -> Vec<(String, String)> {
    let folder = super::root().join("examples/megapay");
    let project = fs::read_to_string(folder.join("kupuya.toml")).unwrap();
    let names = project.split('"').filter(|word| word.ends_with(".kup"));
    names
        .map(|name| (name.to_owned(), fs::read_to_string(folder.join(name)).unwrap()))
        .collect()
}

#[test]
fn renders() {
    let document = super::document(&files());
    if let Ok(folder) = std::env::var("KUPUYA_SEE") {
        fs::write(format!("{folder}/megapay.txt"), kupuya::notice::render::text(&document)).unwrap();
        fs::write(
            format!("{folder}/megapay.md"),
            kupuya::notice::render::markdown(&document),
        )
        .unwrap();
        fs::write(
            format!("{folder}/megapay.html"),
            kupuya::notice::render::html(&document),
        )
        .unwrap();
    }
}
