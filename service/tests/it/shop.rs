//! Bundles for the tests: the policy of README, and changes of it.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kupuya::pipeline::{self, Options};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax::ast::Date;
use kupuya_runtime::SecretKey;

/// The folder of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The fenced blocks of a page in a language.
pub fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let open = format!("```{language}\n");
    let rest = text.split(&open).skip(1);
    rest.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The policy of README.
pub static TEXT: LazyLock<String> = LazyLock::new(|| blocks("README.md", "kup").remove(0));

/// Its bundle.
pub static SHOP: LazyLock<Vec<u8>> = LazyLock::new(|| built(&TEXT));

/// The bundle of the policy after a change of its text.
pub fn changed(from: &str, to: &str) -> Vec<u8> {
    assert!(TEXT.contains(from), "{from}");
    built(&TEXT.replacen(from, to, 1))
}

/// The bundle of a policy.
pub fn built(text: &str) -> Vec<u8> {
    let mut sources = Sources::default();
    kupuya::laws::add_to(&mut sources);
    sources.add(Source::new("shop.kup", Origin::Project, text.as_bytes()));
    let today = Date {
        year: 2026,
        month: 1,
        day: 15,
    };
    let options = Options {
        today,
        law: None,
        levels: Vec::new(),
    };
    let analysis = pipeline::analyze(&sources, &options);
    let outputs = pipeline::draft(&analysis, &kupuya::notice::Options::default());
    outputs.unwrap_or_else(|| panic!("{:?}", analysis.findings)).bundle
}

/// A key that signs.
pub fn key(number: u8) -> SecretKey {
    SecretKey::from_seed(&[number; 32])
}

/// What a request and an answer say of the meaning.
pub fn meaning(bundle: &[u8]) -> String {
    kupuya_runtime::Bundle::load(bundle).unwrap().meaning().to_owned()
}
