//! What README shows, run: its policy checks clean and passes its scenarios, and its commands do what they say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The fenced blocks of a page in a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let open = format!("```{language}\n");
    text.split(&open)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

fn kupuya(folder: &Path, arguments: &[String]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kupuya"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// The words of a shell line; single quotes hold a word together.
fn words(line: &str) -> Vec<String> {
    line.split('\'')
        .enumerate()
        .flat_map(|(i, part)| {
            if i % 2 == 1 {
                vec![part.to_owned()]
            } else {
                part.split_whitespace().map(str::to_owned).collect()
            }
        })
        .collect()
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

#[test]
fn the_commands_of_the_readme_run() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme-commands");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("examples")).unwrap();
    let example = folder.join("examples/megapay");
    fs::create_dir_all(&example).unwrap();
    for entry in fs::read_dir(root().join("examples/megapay")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, example.join(path.file_name().unwrap())).unwrap();
        }
    }
    let lines = blocks("README.md", "sh").join("\n");
    let commands = lines
        .lines()
        .filter_map(|line| line.strip_prefix("kupuya "))
        .collect::<Vec<_>>();
    assert!(commands.len() >= 2, "{commands:?}");
    for command in commands {
        let (code, out) = kupuya(&folder, &words(command));
        assert_eq!(code, 0, "kupuya {command}: {out}");
    }
}
