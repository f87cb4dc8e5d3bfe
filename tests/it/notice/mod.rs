//! The notice.

use std::fs;
use std::path::PathBuf;

use kupuya::meaning::{self, Meaning};
use kupuya::model::{Model, Options};
use kupuya::notice::document::Document;
use kupuya::notice::{self, Language};
use kupuya::source::Origin;

mod megapay;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The model of some files, with the taxonomy, and its meaning.
fn meant(files: &[(String, String)]) -> (Model, Meaning) {
    let base = fs::read_to_string(root().join("laws/base.kup")).unwrap();
    let mut all: Vec<(&str, Origin, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), Origin::Project, text.as_str()))
        .collect();
    all.push(("laws/base.kup", Origin::Taxonomy, &base));
    let (model, _, _) = crate::model::read(&all, &Options::default());
    let meaning = meaning::from_model(&model);
    (model, meaning)
}

fn document(files: &[(String, String)]) -> Document {
    let (model, meaning) = meant(files);
    notice::document(&model, &meaning, Language::Kyrgyz)
}
