//! The templates of continuous integration.

use std::fs;
use std::process::Command;

use crate::shell::{as_somebody, folder, git, run};
use crate::sources::{root, shop};

/// The steps of the templates on a repository with a finding, a scenario that fails and a wider permission.
#[test]
fn the_templates_show_what_a_reviewer_must_see() {
    let folder = folder("templates", "templates");
    let git = |arguments: &[&str]| git(&folder, arguments);
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
    let (code, out) = run("git", &folder, &as_somebody(&["commit", "-q", "-m", "second"]));
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
