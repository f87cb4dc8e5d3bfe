//! Case files: what is said of each, and what its sentences become.

use std::path::Path;

use kupuya::model::Options;
use kupuya::source::Origin;

use super::print::printed;
use super::{read, told};

const BASE: &str = include_str!("base.kup");
const PACKS: &str = include_str!("packs.kup");

fn case(name: &str, options: &Options) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/model/cases/{name}.kup"));
    let text = std::fs::read_to_string(path).unwrap();
    let files = [
        ("test.kup", Origin::Project, text.as_str()),
        ("packs.kup", Origin::Pack, PACKS),
        ("base.kup", Origin::Taxonomy, BASE),
    ];
    let (model, found, sources) = read(&files, options);
    format!("{}\n{}", told(&found, &sources), printed(&model, &sources))
}

macro_rules! cases {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(stringify!($name), case(stringify!($name), &Options::default()));
        })*
    };
}

cases! {
    unknown kinds paths twice cycles empty slots conditions scenarios waivers house reading page
}
