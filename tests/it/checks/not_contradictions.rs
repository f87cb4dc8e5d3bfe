//! The corpus of docs/not-contradictions.md: pairs that look like contradictions and are none.

use super::pages::SHORT;
use super::run::check;

#[test]
fn what_differs_in_something_is_clean() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/not-contradictions.md")).unwrap();
    let mut blocks = page
        .split("```kup\n")
        .skip(1)
        .map(|part| part.split("```").next().unwrap());
    let nouns = blocks.next().unwrap();
    let mut wrong = String::new();
    let mut seen = 0;
    for block in blocks {
        seen += 1;
        let told = check(&format!("{nouns}{block}")).told_of(|code| !SHORT.contains(&code));
        if !told.is_empty() {
            wrong += &format!("{block}\n{told}\n");
        }
    }
    assert!(seen >= 40, "{seen} pairs");
    assert!(wrong.is_empty(), "{wrong}");
}
