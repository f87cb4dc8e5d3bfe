//! Programs run as a user runs them, each test in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of one test alone, empty.
pub fn folder(subject: &str, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(subject).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs a program in a folder: its exit code, and all that it says. No settings of the machine's owner reach it.
pub fn run(program: &str, folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("KUPUYA", env!("CARGO_BIN_EXE_kupuya"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env_remove("GITHUB_ACTIONS")
        .output()
        .unwrap();
    let all = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), all.concat())
}

/// Runs `kupuya` in a folder.
pub fn kupuya(folder: &Path, arguments: &[&str]) -> (i32, String) {
    run(env!("CARGO_BIN_EXE_kupuya"), folder, arguments)
}

/// The arguments of `git` for somebody who has a name.
pub fn as_somebody<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    let names = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"];
    [&names, arguments].concat()
}

/// Runs `git` in a folder; it must do what it is told.
pub fn git(folder: &Path, arguments: &[&str]) {
    let (code, out) = run("git", folder, &as_somebody(arguments));
    assert_eq!(code, 0, "git {arguments:?}: {out}");
}

/// The words of a shell line; single quotes hold a word together.
pub fn words(line: &str) -> Vec<String> {
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
