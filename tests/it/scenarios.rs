//! Scenarios told to people and to other programs, what they leave out, and those that are suggested.

use std::fs;
use std::process::Command;

use crate::shell::{folder, kupuya};
use crate::sources::shop;

#[test]
fn a_line_that_fails_says_what_came_and_why() {
    let folder = folder("scenarios", "failing");
    let wrong = shop().replace("deny unmet agreed ", "allow ");
    fs::write(folder.join("shop.kup"), wrong).unwrap();
    let (code, told) = kupuya(&folder, &["test", "shop.kup"]);
    assert_eq!(code, 1, "{told}");
    for part in [
        "expected allow, got unmet",
        "missing: ",
        "way 1, under agreed",
        "clause ",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let (code, tap) = kupuya(&folder, &["test", "shop.kup", "--format", "tap"]);
    assert!(
        code == 1 && tap.starts_with("TAP version 13\n1..3\nnot ok 1 - "),
        "{tap}"
    );
    let (code, junit) = kupuya(&folder, &["test", "shop.kup", "--format", "junit"]);
    assert!(
        code == 1 && junit.contains("tests=\"3\" failures=\"1\" errors=\"0\""),
        "{junit}"
    );
    assert!(
        junit.contains("<failure message=\"expected allow, got unmet\">"),
        "{junit}"
    );
    let (code, filtered) = kupuya(&folder, &["test", "shop.kup", "--filter", "couriers"]);
    assert_eq!(
        (code, filtered.lines().last()),
        (0, Some("1 passed, 0 failed")),
        "{filtered}"
    );
}

#[test]
fn what_is_suggested_passes_and_covers_more() {
    let folder = folder("scenarios", "suggested");
    fs::write(folder.join("shop.kup"), shop()).unwrap();
    let (_, before) = kupuya(&folder, &["test", "shop.kup", "--coverage"]);
    assert!(before.contains("never: shop.kup:"), "{before}");
    let output = Command::new(env!("CARGO_BIN_EXE_kupuya"))
        .args(["test", "shop.kup", "--suggest"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let suggested = String::from_utf8(output.stdout).unwrap();
    assert!(
        suggested.contains("deny unmet agreed ") && suggested.contains("allow "),
        "{suggested}"
    );
    fs::write(folder.join("shop.kup"), format!("{}\n{suggested}", shop())).unwrap();
    let (code, after) = kupuya(&folder, &["test", "shop.kup", "--coverage"]);
    assert_eq!(code, 0, "{after}");
    let never = |told: &str| told.lines().filter(|line| line.starts_with("never: ")).count();
    assert!(never(&after) < never(&before), "{before}{after}");
}
