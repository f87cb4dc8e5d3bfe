//! What docs/diff.md shows is what the command says.

use std::fs;
use std::process::Command;

use crate::shell::folder;
use crate::sources::root;
use crate::sources::shop;

fn block(page: &str, language: &str) -> String {
    let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_page_shows_what_the_command_says() {
    let page = root().join("docs/diff.md");
    let text = fs::read_to_string(&page).unwrap();
    let folder = folder("diff", "page");
    fs::write(folder.join("shop.kup"), shop()).unwrap();
    let statement = block(&text, "kup");
    assert!(statement.starts_with("    "), "a statement of the block");
    let new = shop().replacen("    keep ", &format!("{statement}    keep "), 1);
    fs::write(folder.join("new.kup"), new.replace("2025-09-01", "2026-01-01")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_kupuya"))
        .args(["diff", "shop.kup", "new.kup"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(block(&text, "text"), told);
}
