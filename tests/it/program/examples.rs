//! The examples that `--help` shows, run as they stand there.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::shell::{git, kupuya};
use crate::sources::{root, shop};

/// The example lines of every command's help.
fn examples() -> Vec<String> {
    let (_, help) = kupuya(root(), &["--help"]);
    let commands = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let commands = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let mut all = Vec::new();
    for command in commands.filter(|command| !command.is_empty() && *command != "help") {
        let (_, help) = kupuya(root(), &[command, "--help"]);
        let shown = help.lines().filter_map(|line| {
            let line = line.trim_start();
            let line = line.strip_prefix("Example: ").unwrap_or(line);
            line.starts_with("kupuya ").then(|| line.to_owned())
        });
        let before = all.len();
        all.extend(shown);
        assert!(all.len() > before, "{command} shows no example: {help}");
    }
    all
}

/// A repository in which everything stands that the examples name.
fn home() -> std::path::PathBuf {
    let home = super::folder("help");
    for name in ["megapay", "modern", "ogogo"] {
        let example = home.join("examples").join(name);
        fs::create_dir_all(&example).unwrap();
        for entry in fs::read_dir(root().join("examples").join(name)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, example.join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    fs::write(home.join("shop.kup"), shop()).unwrap();
    fs::write(
        home.join("fields.toml"),
        "[fields]\n\"/phone_contacts\" = \"phone_contacts\"\n",
    )
    .unwrap();
    fs::write(home.join("in.json"), "{\"phone_contacts\": []}\n").unwrap();
    fs::create_dir_all(home.join(".local/share/bash-completion/completions")).unwrap();
    for message in ["first", "second"] {
        fs::write(home.join("message"), message).unwrap();
        for line in [
            &["init", "-q"][..],
            &["add", "examples", "message"],
            &["commit", "-q", "-m", message],
        ] {
            git(&home, line);
        }
    }
    for line in [
        &["build", "examples/megapay", "-o", "megapay.kupb"][..],
        &["build", "shop.kup", "-o", "shop.kupb"],
        &["build", "examples/megapay", "--out-dir", "out"],
    ] {
        let (code, out) = kupuya(&home, line);
        assert_eq!(code, 0, "{out}");
    }
    home
}

fn shell(home: &Path, line: &str) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_kupuya")).parent().unwrap();
    let mut command = Command::new("sh");
    command
        .args(["-c", line])
        .current_dir(home)
        .env("HOME", home)
        .env(
            "PATH",
            format!("{}:{}", program.display(), std::env::var("PATH").unwrap()),
        )
        .stdin(Stdio::null());
    command
}

#[test]
fn every_example_of_help_runs() {
    let home = home();
    let all = examples();
    assert!(all.len() > 25, "{all:?}");
    for line in all {
        if line.starts_with("kupuya serve ") {
            serves(&home, &line);
            continue;
        }
        let output = shell(&home, &line).output().unwrap();
        let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let told = told.concat();
        match output.status.code() {
            Some(0) => {}
            // A request that is denied is answered, and so is one about what has to go.
            Some(3) => {
                let answers = ["kupuya decide ", "kupuya retention "];
                assert!(answers.iter().any(|head| line.starts_with(head)), "{line}: {told}");
            }
            // Where only this package was built there is no server beside it, and that is told.
            Some(2) if line.starts_with("kupuya lsp ") => {
                assert!(told.contains("`kupuya-lsp` cannot be started"), "{line}: {told}");
            }
            code => panic!("{line} ends with {code:?}: {told}"),
        }
    }
}

/// A service does not end by itself: it listens, or is not there, and that is told. A port that is free is asked for.
fn serves(home: &Path, line: &str) {
    let mut service = shell(home, &format!("exec {line} --listen 127.0.0.1:0"))
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = String::new();
    for told in BufReader::new(service.stderr.take().unwrap()).lines() {
        said.push_str(&told.unwrap());
        said.push('\n');
        if said.contains("listening on ") {
            break;
        }
    }
    let _ = service.kill();
    service.wait().unwrap();
    assert!(
        said.contains("listening on http") || said.contains("`kupuya-service` cannot be started"),
        "{line}: {said}"
    );
}
