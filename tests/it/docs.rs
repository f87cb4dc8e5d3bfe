//! What README and pages show, run: the policy checks clean and passes its scenarios, and commands do what they say.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::shell::words;
use crate::sources::{blocks, root, shop};

fn kupuya(folder: &Path, arguments: &[String]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kupuya"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_policy_of_the_readme_is_clean() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    fs::create_dir_all(&folder).unwrap();
    let policies = blocks("README.md", "kup");
    assert_eq!(policies.len(), 1);
    fs::write(folder.join("shop.kup"), &policies[0]).unwrap();
    let check = kupuya(&folder, &["check".into(), "shop.kup".into()]);
    assert_eq!(check, (0, "no findings\n".to_owned()));
    let test = kupuya(&folder, &["test".into(), "shop.kup".into()]);
    assert_eq!(test.0, 0, "{}", test.1);
}

/// What README shows of Rust, in the crate's own example.
#[path = "../../runtime/examples/embed.rs"]
mod embed;

#[test]
fn the_service_of_the_readme_answers() {
    let source = fs::read_to_string(root().join("runtime/examples/embed.rs")).unwrap();
    assert_eq!(blocks("README.md", "rust"), [source]);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme-service");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("shop.kup"), shop()).unwrap();
    for command in [
        "keygen shop.pem",
        "build shop.kup --out-dir out --sign shop.pem",
        "verify out/shop.html out/shop.kupb --key shop.pub.pem",
    ] {
        let (code, out) = kupuya(&folder, &words(command));
        assert_eq!(code, 0, "kupuya {command}: {out}");
    }
    let (bundle, key) = (
        fs::read(folder.join("out/shop.kupb")).unwrap(),
        fs::read_to_string(folder.join("shop.pub.pem")).unwrap(),
    );
    let engine = embed::engine(&bundle, &key).unwrap();
    let request =
        r#"{"action":"use","data":["contacts"],"purpose":["delivery"],"about":["buyer"],"time":"2026-01-01"}"#;
    let (allowed, json) = embed::answer(&engine, request).unwrap();
    assert!(
        allowed && json.starts_with(r#"{"verdict":"allow","decision":true"#),
        "{json}"
    );
    assert!(json.contains("\"sentence\":"), "{json}");
    let (allowed, json) = embed::answer(&engine, &request.replace("delivery", "marketing")).unwrap();
    assert!(!allowed, "{json}");
    fs::write(folder.join("other.kup"), shop().replace("3 years", "4 years")).unwrap();
    let (code, out) = kupuya(&folder, &words("build other.kup -o other.kupb"));
    assert_eq!(code, 0, "{out}");
    let unsigned = fs::read(folder.join("other.kupb")).unwrap();
    assert!(embed::engine(&unsigned, &key).is_err());
    let (code, out) = kupuya(&folder, &words("verify out/shop.html other.kupb"));
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("differ in"), "{out}");
}

#[test]
fn the_commands_of_the_pages_run() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme-commands");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("examples")).unwrap();
    for name in ["megapay", "modern"] {
        let example = folder.join("examples").join(name);
        fs::create_dir_all(&example).unwrap();
        for entry in fs::read_dir(root().join("examples").join(name)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, example.join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    for page in [
        "README.md",
        "docs/check.md",
        "docs/commands.md",
        "docs/diff.md",
        "docs/graph.md",
        "docs/papers.md",
        "docs/questions.md",
        "docs/shell.md",
        "docs/test.md",
    ] {
        let lines = blocks(page, "sh").join("\n");
        let commands = lines
            .lines()
            .filter_map(|line| line.strip_prefix("kupuya "))
            .collect::<Vec<_>>();
        assert!(commands.len() >= 2, "{page}: {commands:?}");
        for command in commands {
            let (code, out) = kupuya(&folder, &words(command));
            assert_eq!(code, 0, "kupuya {command}: {out}");
        }
    }
}

/// What the page of papers says is refused, is refused with these words.
#[test]
fn the_refusals_of_the_page_are_told() {
    let shown = blocks("docs/papers.md", "console").join("\n");
    let mut told = shown.lines();
    let mut count = 0;
    while let Some(command) = told.next().and_then(|line| line.strip_prefix("$ kupuya ")) {
        let output = Command::new(env!("CARGO_BIN_EXE_kupuya"))
            .args(words(command))
            .current_dir(root())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert_eq!(told.next(), Some(String::from_utf8(output.stderr).unwrap().trim_end()));
        count += 1;
    }
    assert!(count >= 3);
}

/// Every command has an example on a page of `docs/`, and what stands there runs: here, or in the tests of the page.
#[test]
fn every_command_has_an_example_that_runs() {
    let (_, help) = crate::shell::kupuya(root(), &["--help"]);
    let commands = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let commands = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let pages = fs::read_dir(root().join("docs"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let pages = pages.map(|name| format!("docs/{}", name.to_str().unwrap()));
    let pages: Vec<String> = pages.collect();
    let of = |language: &str| pages.iter().flat_map(|page| blocks(page, language)).collect::<String>();
    // A language server and a service do not end by themselves.
    let others = of("console");
    let others = others.lines().filter_map(|line| line.strip_prefix("$ "));
    let others = others.filter(|line| line.starts_with("kupuya lsp") || line.starts_with("kupuya serve"));
    let examples = of("sh");
    let examples: Vec<&str> = examples.lines().chain(others).collect();
    let mut count = 0;
    for command in commands.filter(|command| !command.is_empty() && *command != "help") {
        let shown = examples
            .iter()
            .any(|line| line.starts_with(&format!("kupuya {command} ")));
        assert!(shown, "no example of `kupuya {command}` in docs/");
        count += 1;
    }
    assert!(count >= 25, "{help}");
}
