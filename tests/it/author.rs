//! The author's workbench: scenarios told to other programs, questions, pictures, templates of continuous integration.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kupuya::picture::widths::width;
use kupuya::picture::{Options, Picture, flows, layout};
use kupuya::pipeline;
use kupuya::project::{Disk, Project};
use kupuya::syntax::ast::Date;

use crate::sources::root;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("author").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn shop() -> String {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, rest) = text.split_once("```kup\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

fn run(program: &str, folder: &Path, arguments: &[&str]) -> (i32, String) {
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

fn kupuya(folder: &Path, arguments: &[&str]) -> (i32, String) {
    run(env!("CARGO_BIN_EXE_kupuya"), folder, arguments)
}

#[test]
fn a_line_that_fails_says_what_came_and_why() {
    let folder = folder("failing");
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
    assert!(code == 1 && junit.contains("tests=\"3\" failures=\"1\""), "{junit}");
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
    let folder = folder("suggested");
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

#[test]
fn questions_are_answered() {
    let folder = folder("questions");
    fs::write(folder.join("shop.kup"), shop()).unwrap();
    let (code, why) = kupuya(&folder, &["why", "phone_no", "marketing", "--project", "shop.kup"]);
    assert!(code == 0 && why.contains("under agreed"), "{why}");
    let (code, none) = kupuya(
        &folder,
        &["why", "full_name", "marketing", "couriers", "--project", "shop.kup"],
    );
    assert!(
        code == 3 && none.contains("no clause lets full_name be given to couriers"),
        "{none}"
    );
    let (code, extract) = kupuya(&folder, &["subject", "buyer", "--project", "shop.kup"]);
    assert!(
        code == 0 && extract.contains("Маалыматтар менен эмне кылынат"),
        "{extract}"
    );
    let (code, nobody) = kupuya(&folder, &["subject", "byer", "--project", "shop.kup"]);
    assert!(code == 2 && nobody.contains("did you mean `buyer`?"), "{nobody}");
    let (_, other) = kupuya(&folder, &["what-if", "shop.kup", "--law", "gdpr"]);
    assert!(other.contains("under gdpr: "), "{other}");
    let (code, notice) = kupuya(&folder, &["diff", "shop.kup", "shop.kup", "--format", "notice"]);
    assert!(code == 0 && notice.contains("сөздөрү гана такталды"), "{notice}");
}

fn picture(example: &str, around: Option<&str>, depth: usize) -> Picture {
    let project = Project::read(&root().join("examples").join(example), &Disk).unwrap();
    let options = pipeline::Options {
        today: Date {
            year: 2026,
            month: 1,
            day: 1,
        },
        law: None,
        levels: Vec::new(),
    };
    let analysis = pipeline::analyze(&project.sources, &options);
    let document = pipeline::document(&analysis, &project.notice);
    let options = Options {
        around: around.map(str::to_owned),
        depth,
    };
    flows(&analysis.model, &analysis.meaning, &document, &options)
}

#[test]
fn no_two_boxes_overlap_and_each_holds_its_label() {
    for (example, around, depth) in [
        ("megapay", None, 0),
        ("ogogo", None, 1),
        ("ogogo", Some("face_photo"), 0),
    ] {
        let picture = picture(example, around, depth);
        assert!(
            picture.nodes.len() > 3 && picture.edges.len() > 2,
            "{example}: {}",
            picture.nodes.len()
        );
        let drawn = layout(&picture);
        for (at, one) in drawn.nodes.iter().enumerate() {
            assert_eq!(
                one.lines.join(" ").replace(' ', ""),
                picture.nodes[at].label.replace([' ', '\n'], ""),
                "{example}"
            );
            assert!(
                one.lines.iter().all(|line| width(line, 13.0) + 12.0 < one.width),
                "{example}: {:?}",
                one.lines
            );
            assert!(one.lines.len() as f64 * 17.0 < one.height, "{example}: {:?}", one.lines);
            assert!(
                one.x >= 0.0 && one.x + one.width <= drawn.width && one.y >= 64.0 && one.y + one.height <= drawn.height
            );
            for other in &drawn.nodes[at + 1..] {
                let apart = one.x + one.width <= other.x
                    || other.x + other.width <= one.x
                    || one.y + one.height <= other.y
                    || other.y + other.height <= one.y;
                assert!(apart, "{example}: {:?} and {:?}", one.lines, other.lines);
            }
        }
    }
}

#[test]
fn pictures_mark_what_changed() {
    let folder = folder("pictures");
    fs::write(folder.join("old.kup"), shop()).unwrap();
    let more = "    share   contacts with bank for delivery under order\n    keep ";
    let new = shop().replacen("    keep ", more, 1);
    let bank = "recipient bank \"банк\" is third_party in KG\nrecipient couriers";
    fs::write(folder.join("new.kup"), new.replacen("recipient couriers", bank, 1)).unwrap();
    let (code, svg) = kupuya(&folder, &["graph", "new.kup", "--changes", "old.kup"]);
    assert!(
        code == 0 && svg.contains("class=\"node recipient new\"") && svg.contains("class=\"line new\""),
        "{svg}"
    );
    assert!(!svg.contains(" gone\""), "{svg}");
    let (_, page) = kupuya(&folder, &["graph", "new.kup", "--format", "html"]);
    assert!(page.contains("<script>") && page.contains("Издөө"), "{page}");
    let (code, none) = kupuya(&folder, &["graph", "new.kup", "--around", "nothing"]);
    assert_eq!((code, none.as_str()), (2, "kupuya: nothing flows through `nothing`\n"));
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    let folder = folder("shell");
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

/// The steps of the templates on a repository with a finding, a scenario that fails and a wider permission.
#[test]
fn the_templates_show_what_a_reviewer_must_see() {
    let folder = folder("templates");
    let git = |arguments: &[&str]| {
        let names = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"];
        let (code, out) = run("git", &folder, &[&names, arguments].concat());
        assert_eq!(code, 0, "git {arguments:?}: {out}");
    };
    let policy = folder.join("shop");
    fs::create_dir_all(&policy).unwrap();
    fs::write(policy.join("shop.kup"), shop()).unwrap();
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    let steps = root().join("editors/ci/run");
    let start = |fail_on: &str| {
        let output = Command::new(&steps)
            .current_dir(&folder)
            .env("KUPUYA", env!("CARGO_BIN_EXE_kupuya"))
            .env("PROJECT", "shop")
            .env("BASE", "HEAD")
            .env("FAIL_ON", fail_on)
            .env_remove("GITHUB_ACTIONS")
            .env_remove("GITHUB_STEP_SUMMARY")
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(start("").0, 0);
    let wider = shop()
        .replacen(
            "    keep ",
            "    use     contacts for marketing under agreed\n    keep ",
            1,
        )
        .replacen("deny unmet agreed ", "allow ", 1)
        .replacen(
            "purpose delivery",
            "purpose ghost \"элести көрсөтүү\"\npurpose delivery",
            1,
        );
    fs::write(policy.join("shop.kup"), wider).unwrap();
    let (code, told) = start("");
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("FAILED") && told.contains("ask for consent again"),
        "{told}"
    );
    let read = |name: &str| fs::read_to_string(folder.join("kupuya").join(name)).unwrap();
    assert!(
        read("findings.sarif").contains("purpose_without_data"),
        "{}",
        read("findings.sarif")
    );
    assert!(read("scenarios.xml").contains("<failure "));
    assert!(read("changes.md").contains("| `buyer` | `agreed` | `marketing` | ask for consent again |"));
    // The hook refuses the commit, too.
    fs::create_dir_all(folder.join(".git/hooks")).unwrap();
    fs::copy(
        root().join("editors/ci/pre-commit"),
        folder.join(".git/hooks/pre-commit"),
    )
    .unwrap();
    git(&["config", "kupuya.project", "shop"]);
    git(&["add", "-A"]);
    let names = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"];
    let (code, out) = run(
        "git",
        &folder,
        &[&names[..], &["commit", "-q", "-m", "second"]].concat(),
    );
    assert_ne!(code, 0, "{out}");
    // What the templates name is there.
    for file in ["action.yml", "gitlab.yml"] {
        let text = fs::read_to_string(root().join("editors/ci").join(file)).unwrap();
        assert!(
            text.contains("kupuya/scenarios.xml") || text.contains("kupuya/findings.sarif"),
            "{file}"
        );
    }
}
