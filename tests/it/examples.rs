//! The examples, whole: notice, findings, scenarios and decisions are compared with the files beside them.
//! `UPDATE=1 cargo test` writes those files anew; read the difference before you commit it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn examples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect::<Vec<_>>();
    found.retain(|path| path.join("kupuya.toml").is_file());
    found.sort();
    assert!(!found.is_empty());
    found
}

/// Runs the program in the example's folder, so that paths in its output are short.
fn run(example: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kupuya"))
        .args(arguments)
        .current_dir(example)
        .output()
        .unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// Compares with what was read before; with `UPDATE` set it is written anew.
pub fn compare(file: &Path, got: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, got).unwrap();
        return;
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    let line = expected.lines().zip(got.lines()).position(|(a, b)| a != b);
    let line = line.unwrap_or_else(|| expected.lines().count().min(got.lines().count()));
    assert!(
        expected == got,
        "{} differs at line {}:\n- {}\n+ {}\n(`UPDATE=1 cargo test` writes it anew)",
        file.display(),
        line + 1,
        expected.lines().nth(line).unwrap_or(""),
        got.lines().nth(line).unwrap_or(""),
    );
}

/// One golden a notice: how the other formats are written shows `notice/formats.rs`.
#[test]
fn notices_are_as_read() {
    for example in examples() {
        let (code, notice) = run(&example, &["render", ".", "--format", "markdown"]);
        assert_eq!(code, 0, "{}", example.display());
        compare(&example.join("golden/notice.md"), &notice);
    }
}

/// What sentences and fields say is bound to what the program decides; own wording is bound to what it covers only. So
/// the clauses and the `|` texts of a policy stay under 15 % of its notice, which is counted without summary and table.
#[test]
fn own_wording_stays_small() {
    for example in examples() {
        let mut own = 0;
        for entry in fs::read_dir(&example).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "kup") {
                let text = fs::read_to_string(&path).unwrap();
                own += text.lines().map(own_wording).sum::<usize>();
            }
        }
        let notice = fs::read_to_string(example.join("golden/notice.md")).unwrap();
        let clauses = notice
            .split("\n## ")
            .filter(|chapter| chapter.starts_with(|first: char| first.is_ascii_digit()));
        let all: usize = clauses.map(|chapter| chapter.chars().count()).sum();
        assert!(own * 100 < all * 15, "{}: {own} of {all} characters", example.display());
    }
}

/// How many characters of own wording a line of a source has: a `|` line, or the label of a clause.
fn own_wording(line: &str) -> usize {
    let line = line.trim();
    let prose = line.strip_prefix("| ").or_else(|| {
        let clause = line.strip_prefix("clause ")?;
        clause.split('"').nth(1)
    });
    prose.map_or(0, |prose| prose.chars().count())
}

/// Papers beside the policy: of the published policy under the old law, and of the model under the new one.
#[test]
fn papers_are_as_read() {
    const PAPERS: &[(&str, &str, &[&str])] = &[
        ("megapay", "short", &["short"]),
        ("megapay", "consent-agreed", &["consent", "--basis", "agreed"]),
        (
            "megapay",
            "transfer-partners.agents",
            &["transfer", "--recipient", "partners.agents"],
        ),
        ("modern", "short", &["short"]),
        (
            "modern",
            "consent-offers_agreed",
            &["consent", "--basis", "offers_agreed"],
        ),
        (
            "modern",
            "consent-guardian_agreed",
            &["consent", "--basis", "guardian_agreed"],
        ),
        (
            "modern",
            "transfer-foreign_systems",
            &["transfer", "--recipient", "foreign_systems"],
        ),
        ("modern", "transfer-hosting", &["transfer", "--recipient", "hosting"]),
    ];
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for (example, file, asked) in PAPERS {
        let example = examples.join(example);
        let line: Vec<&str> = ["render", ".", "--document"].iter().chain(*asked).copied().collect();
        let (code, paper) = run(&example, &line);
        assert_eq!(code, 0, "{file}");
        compare(&example.join(format!("golden/{file}.md")), &paper);
    }
}

/// What a person is handed out on a request for access: one with whose data something is done, and one with whose nothing is.
#[test]
fn extracts_are_as_read() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/modern");
    for class in ["user", "child"] {
        let (code, extract) = run(&example, &["subject", class, "--format", "markdown"]);
        assert_eq!(code, 0, "{class}");
        compare(&example.join(format!("golden/subject-{class}.md")), &extract);
    }
}

#[test]
fn findings_are_as_read() {
    for example in examples() {
        let (code, findings) = run(&example, &["check", ".", "--waived"]);
        assert_eq!(code, 0, "{}: {findings}", example.display());
        compare(&example.join("golden/findings.txt"), &findings);
    }
}

/// A reader of an example's page learns of everything that is found in it.
#[test]
fn pages_name_every_finding() {
    for example in examples() {
        let findings = fs::read_to_string(example.join("golden/findings.txt")).unwrap();
        let page = fs::read_to_string(example.join("README.md")).unwrap();
        let heads = findings.lines().filter(|line| !line.starts_with(' '));
        let codes = heads.filter_map(|line| Some(line.split_once('[')?.1.split_once("]:")?.0));
        for code in codes {
            assert!(page.contains(&format!("`{code}`")), "{}: {code}", example.display());
        }
    }
}

#[test]
fn scenarios_pass() {
    for example in examples() {
        let (code, results) = run(&example, &["test", "."]);
        assert_eq!(code, 0, "{}: {results}", example.display());
    }
}

/// Questions and answers: `golden/decisions.txt` has lines `$ SENTENCE`, each followed by what `decide` prints.
#[test]
fn decisions_are_as_read() {
    for example in examples() {
        let file = example.join("golden/decisions.txt");
        let asked = fs::read_to_string(&file).unwrap();
        let bundle = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("{}.kupb", example.file_name().unwrap().to_str().unwrap()));
        let (code, built) = run(&example, &["build", ".", "-o", bundle.to_str().unwrap()]);
        assert_eq!(code, 0, "{built}");
        let mut answered = String::new();
        for question in asked.lines().filter_map(|line| line.strip_prefix("$ ")) {
            let (_, answer) = run(&example, &["decide", bundle.to_str().unwrap(), question]);
            answered.push_str(&format!("$ {question}\n{answer}\n"));
        }
        compare(&file, &answered);
    }
}

/// The policy that people copy has nothing to report, and nothing that was silenced.
#[test]
fn the_model_has_no_finding() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/modern");
    let (code, findings) = run(&model, &["check", ".", "--waived", "--notes", "--format", "json"]);
    assert_eq!((code, findings.as_str()), (0, ""));
}

/// Each waiver accepts a finding that is really there: without its line the finding stands, with place and help.
#[test]
fn a_waiver_removed_brings_its_finding_back() {
    for example in examples() {
        let (_, waived) = run(&example, &["check", ".", "--waived", "--format", "json"]);
        let waived = waived
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .filter(|finding| finding["waived"].is_string())
            .collect::<Vec<_>>();
        for finding in &waived {
            assert!(finding["places"][0]["line"].is_u64(), "{finding}");
            assert!(finding["help"].is_string() || finding["why"].is_string(), "{finding}");
        }
        let copy = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("{}-unwaived", example.file_name().unwrap().to_str().unwrap()));
        let _ = fs::remove_dir_all(&copy);
        fs::create_dir_all(&copy).unwrap();
        for entry in fs::read_dir(&example).unwrap() {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|ending| ending == "kup" || ending == "toml")
            {
                let text = fs::read_to_string(&path).unwrap();
                // A waiver ends with its reason, on its own line or on a later one.
                let mut waiver = false;
                let without = text.lines().map(|line| {
                    waiver |= line.trim_start().starts_with("waive ");
                    let dropped = waiver;
                    waiver &= !line.trim_end().ends_with('"');
                    if dropped { "" } else { line }
                });
                fs::write(
                    copy.join(path.file_name().unwrap()),
                    without.collect::<Vec<_>>().join("\n"),
                )
                .unwrap();
            }
        }
        let (_, open) = run(&copy, &["check", ".", "--format", "json"]);
        let open = open
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .collect::<Vec<_>>();
        for finding in &waived {
            let same = |other: &&serde_json::Value| {
                other["code"] == finding["code"] && other["places"][0]["line"] == finding["places"][0]["line"]
            };
            assert!(open.iter().any(|other| same(&other)), "{finding}");
        }
    }
}
