//! The program as a user runs it: exit codes, files, messages.

mod asking;
mod building;
mod checking;
mod completions;
mod examples;
mod speaking;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn kupuya(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kupuya"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A folder of one test of the program alone, empty.
fn folder(name: &str) -> PathBuf {
    crate::shell::folder("program", name)
}
