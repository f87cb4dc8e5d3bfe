//! Completions of shells, and manual pages.

use std::collections::BTreeSet;

use crate::shell::{folder, kupuya};

#[test]
fn completions_and_manual_pages_name_every_command() {
    let folder = folder("program", "shell");
    let (code, bash) = kupuya(&folder, &["completions", "bash"]);
    assert_eq!(code, 0);
    let (_, help) = kupuya(&folder, &["--help"]);
    let (_, rest) = help.split_once("Commands:\n").unwrap();
    let commands: BTreeSet<&str> = rest
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() > 20, "{commands:?}");
    assert_eq!(kupuya(&folder, &["man", "--out-dir", "man"]).0, 0);
    for command in commands {
        assert!(bash.contains(command), "{command}");
        assert!(folder.join(format!("man/kupuya-{command}.1")).is_file(), "{command}");
    }
    // Who says nothing is told where to start.
    let (_, lost) = kupuya(&folder, &[]);
    assert!(lost.contains("kupuya new DIR"), "{lost}");
}
