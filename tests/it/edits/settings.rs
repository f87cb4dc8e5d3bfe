//! Edits of the settings of a project: made in `kupuya.toml`, whose own reader finds them.

use super::cases::Made;
use super::made;
use kupuya::manifest::Manifest;

/// Settings with one mistake each.
const WRONG: &[&str] = &[
    "langauge = \"ky\"\n",
    "[notice]\nnumbring = \"decimal\"\n",
    "language = \"kyy\"\n",
];

/// Makes the edits of each; what was made.
pub fn try_all(wrong: &mut String) -> Vec<Made> {
    let mut all = Vec::new();
    for text in WRONG {
        let Err(found) = Manifest::read("kupuya.toml", text.as_bytes()) else {
            *wrong += &format!("nothing is wrong with {text}");
            continue;
        };
        for one in &found.found {
            let place = one.place().unwrap();
            assert!(!one.fixes.is_empty(), "{text}");
            for fix in &one.fixes {
                let new = made(&found.texts, place.source, fix);
                match Manifest::read("kupuya.toml", new.as_bytes()) {
                    Ok(_) => all.push((one.code.clone(), one.message.template, fix.title.template)),
                    Err(left) => *wrong += &format!("{text} became {new}: {}\n", left.text().english()),
                }
            }
        }
    }
    all
}
