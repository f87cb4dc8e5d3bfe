//! The templates of continuous integration.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use saphyr::{LoadableYamlNode, Yaml};

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
    fs::write(policy.join("shop.kup"), wider()).unwrap();
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
}

/// A gate that cannot compare says so: an unknown revision fails with the way to fetch it, a first push and a new policy have
/// nothing to compare; what an earlier run wrote about changes does not stay.
#[test]
fn a_gate_that_compares_nothing_says_so() {
    let folder = folder("templates", "bases");
    fs::create_dir_all(folder.join("shop")).unwrap();
    git(&folder, &["init", "-q"]);
    git(&folder, &["commit", "-q", "--allow-empty", "-m", "first"]);
    fs::write(folder.join("shop/shop.kup"), shop()).unwrap();
    let zeros = "0000000000000000000000000000000000000000";
    for (base, code, says) in [
        ("", 0, "BASE names no revision"),
        ("$CI_MERGE_REQUEST_DIFF_BASE_SHA", 0, "BASE names no revision"),
        (zeros, 0, "no revision before the first push"),
        ("HEAD", 0, "the policy is not in HEAD yet"),
        ("1234567812345678123456781234567812345678", 1, "fetch-depth: 0"),
    ] {
        fs::create_dir_all(folder.join("kupuya")).unwrap();
        fs::write(folder.join("kupuya/changes.md"), "of an earlier run").unwrap();
        let variables = [
            ("PROJECT", "shop"),
            ("BASE", base),
            ("FAIL_ON", "notify"),
            ("KUPUYA", env!("CARGO_BIN_EXE_kupuya")),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let steps = root().join("editors/ci/run");
        let (ended, said) = script(&folder, steps.to_str().unwrap(), &variables);
        assert!(ended == code && said.contains(says), "{base}: {ended}: {said}");
        assert!(!folder.join("kupuya/changes.md").exists(), "{base}");
    }
}

/// The hook looks at what is staged, not at what stands in the work tree.
#[test]
fn the_hook_looks_at_what_is_staged() {
    let folder = folder("templates", "staged");
    fs::create_dir_all(folder.join("shop")).unwrap();
    git(&folder, &["init", "-q"]);
    git(&folder, &["config", "kupuya.project", "shop"]);
    fs::create_dir_all(folder.join(".git/hooks")).unwrap();
    let hook = folder.join(".git/hooks/pre-commit");
    fs::copy(root().join("editors/ci/pre-commit"), &hook).unwrap();
    let policy = folder.join("shop/shop.kup");
    fs::write(&policy, shop()).unwrap();
    assert_eq!(crate::shell::kupuya(&folder, &["fmt", "shop"]).0, 0);
    let styled = fs::read_to_string(&policy).unwrap();
    let good = || fs::write(&policy, &styled).unwrap();
    let broken = || fs::write(&policy, styled.replacen("from buyer", "from byer", 1)).unwrap();
    let add = || git(&folder, &["add", "-A"]);
    let commit = || {
        let line = "git -c user.name=a -c user.email=a@example.com commit -q -m policy";
        let program = ("KUPUYA".to_owned(), env!("CARGO_BIN_EXE_kupuya").to_owned());
        script(&folder, line, &[program])
    };
    broken();
    add();
    good();
    let (code, out) = commit();
    assert!(code != 0 && out.contains("byer"), "{out}");
    add();
    broken();
    let (code, out) = commit();
    assert_eq!(code, 0, "{out}");
}

/// The policy of README with a purpose that nothing uses, a scenario that fails and a wider permission.
fn wider() -> String {
    shop()
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
        )
}

/// A repository with the templates, the policy of README committed and the wider one on the disk; beside it programs that only write
/// down how they were called, with the files that they were given.
fn sample(name: &str) -> PathBuf {
    let folder = folder("templates", name);
    fs::create_dir_all(folder.join("shop")).unwrap();
    fs::create_dir_all(folder.join("editors/ci")).unwrap();
    fs::create_dir_all(folder.join("bin")).unwrap();
    for file in ["run", "action.yml", "gitlab.yml"] {
        fs::copy(
            root().join("editors/ci").join(file),
            folder.join("editors/ci").join(file),
        )
        .unwrap();
    }
    for program in ["gh", "curl"] {
        let path = folder.join("bin").join(program);
        let script = "#!/bin/sh\nfor word in \"$@\"; do\n  echo \"$word\"\n  file=${word#body@}\n  if [ -f \"$file\" ]; then cat \"$file\"; fi\ndone >> called\n";
        fs::write(&path, script).unwrap();
        let (code, out) = run("chmod", &folder, &["+x", path.to_str().unwrap()]);
        assert_eq!(code, 0, "{out}");
    }
    fs::write(folder.join("shop/shop.kup"), shop()).unwrap();
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-q", "-m", "first"]);
    fs::write(folder.join("shop/shop.kup"), wider()).unwrap();
    folder
}

/// Runs a script as a runner does: the exit code, and all that it says.
fn script(folder: &Path, text: &str, variables: &[(String, String)]) -> (i32, String) {
    let path = format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", text])
        .current_dir(folder)
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("PATH", path)
        .envs(variables.iter().cloned())
        .output()
        .unwrap();
    let all = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), all.concat())
}

fn yaml(file: &str) -> String {
    fs::read_to_string(root().join("editors/ci").join(file)).unwrap()
}

/// What a reviewer must read in the comment: whose consent must be asked for again.
const ASKED: &str = "| `buyer` | `agreed` | `marketing` | ask for consent again |";

/// The steps of the action, as they stand in it: the finding and the scenario as annotations, the change as a comment and in the
/// summary, the findings where code scanning takes them from.
#[test]
fn the_action_shows_a_reviewer_what_is_wrong() {
    let folder = sample("action");
    let summary = folder.join("summary.md");
    let text = yaml("action.yml");
    let action = &Yaml::load_from_str(&text).unwrap()[0];
    let program = env!("CARGO_BIN_EXE_kupuya");
    let values = [
        ("inputs.project", "shop"),
        ("inputs.base", "HEAD"),
        ("inputs.kupuya", program),
        ("github.action_path", "editors/ci"),
        ("github.token", "token"),
        ("github.event.pull_request.number", "7"),
    ];
    let filled = |text: &str| {
        let mut text = text.to_owned();
        for (name, value) in values {
            text = text.replace(&format!("${{{{ {name} }}}}"), value);
        }
        assert!(!text.contains("${{"), "{text}");
        text
    };
    let (mut said, mut ended) = (String::new(), Vec::new());
    for step in action["runs"]["steps"].as_vec().unwrap() {
        let Some(command) = step.as_mapping_get("run").and_then(Yaml::as_str) else {
            let file = step["with"]["sarif_file"].as_str().unwrap();
            let sarif = fs::read_to_string(folder.join(file)).unwrap();
            assert!(sarif.contains("purpose_without_data"), "{sarif}");
            continue;
        };
        let mut variables = vec![
            ("GITHUB_ACTIONS".to_owned(), "true".to_owned()),
            ("GITHUB_STEP_SUMMARY".to_owned(), summary.display().to_string()),
        ];
        for (name, value) in step["env"].as_mapping().unwrap() {
            variables.push((name.as_str().unwrap().to_owned(), filled(value.as_str().unwrap())));
        }
        let (code, out) = script(&folder, &filled(command), &variables);
        ended.push(code);
        said.push_str(&out);
        // What comes after a step that fails says that it runs nevertheless.
        let always = step.as_mapping_get("if").and_then(Yaml::as_str).unwrap_or_default();
        assert!(ended.len() == 1 || always.starts_with("always()"), "{always}");
    }
    assert_eq!(ended, [1, 0], "{said}");
    for part in [
        "::warning file=shop/shop.kup,line=",
        "title=purpose_without_data::",
        ",title=жарнама макулдуксуз жөнөтүлбөйт::",
        "expected allow, got unmet",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let called = fs::read_to_string(folder.join("called")).unwrap();
    assert!(
        called.starts_with("pr\ncomment\n7\n") && called.contains(ASKED),
        "{called}"
    );
    assert!(fs::read_to_string(summary).unwrap().contains(ASKED));
}

/// The job of the template, as it stands in it: its report is one that GitLab reads, and the note is written though the job fails.
#[test]
fn the_job_shows_a_reviewer_what_is_wrong() {
    let folder = sample("job");
    let text = yaml("gitlab.yml");
    let template = &Yaml::load_from_str(&text).unwrap()[0];
    let job = &template["kupuya"];
    let lines = |of: &str| {
        let all = job[of].as_vec().unwrap().iter().map(|line| line.as_str().unwrap());
        all.collect::<Vec<_>>().join("\n")
    };
    let mut variables: Vec<(String, String)> = Vec::new();
    for (name, value) in job["variables"].as_mapping().unwrap() {
        let value = value
            .as_str()
            .unwrap()
            .replace("$CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD");
        variables.push((name.as_str().unwrap().to_owned(), value));
    }
    let of_runner = [
        ("PROJECT", "shop"),
        ("KUPUYA", env!("CARGO_BIN_EXE_kupuya")),
        ("KUPUYA_TOKEN", "token"),
        ("CI_MERGE_REQUEST_IID", "7"),
        ("CI_PROJECT_ID", "1"),
        ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
    ];
    variables.extend(of_runner.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let (code, said) = script(&folder, &lines("script"), &variables);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("purpose_without_data") && said.contains("FAILED"),
        "{said}"
    );
    let (code, after) = script(&folder, &lines("after_script"), &variables);
    assert_eq!(code, 0, "{after}");
    let called = fs::read_to_string(folder.join("called")).unwrap();
    assert!(called.contains(ASKED), "{called}");
    assert!(
        called.ends_with("https://gitlab.example/api/v4/projects/1/merge_requests/7/notes\n"),
        "{called}"
    );
    let report = job["artifacts"]["reports"]["junit"].as_str().unwrap();
    is_junit(&fs::read_to_string(folder.join(report)).unwrap());
}

/// Reports are what readers of JUnit take: of lines that pass and fail, of a policy with errors, and of one without scenarios.
#[test]
fn reports_of_scenarios_are_junit() {
    let folder = folder("templates", "junit");
    let broken = shop().replacen("collect contacts from", "collect contacts form", 1);
    let silent = shop().split("scenario ").next().unwrap().to_owned();
    let marked = shop().replace("\"жарнама макулдуксуз жөнөтүлбөйт\"", "\"<жарнама> & 'макулдук'\"");
    for (text, code, holds) in [
        (shop(), 0, "failures=\"0\" errors=\"0\""),
        (wider(), 1, "<failure message="),
        (broken, 1, "<error message="),
        (silent, 0, "tests=\"0\""),
        (marked, 0, "&lt;жарнама&gt; &amp; "),
    ] {
        fs::write(folder.join("shop.kup"), text).unwrap();
        let (ended, report) = crate::shell::kupuya(&folder, &["test", "shop.kup", "--format", "junit"]);
        assert_eq!(ended, code, "{report}");
        assert!(report.contains(holds), "{holds}: {report}");
        is_junit(&report);
    }
    // The schema refuses what is no report.
    let wrong = "<testsuites name=\"x\" tests=\"1\" failures=\"0\" errors=\"0\"><case/></testsuites>";
    assert!(!faults(wrong).is_empty());
}

fn faults(report: &str) -> Vec<String> {
    let schema = uppsala::parse(include_str!("report/schema/junit.xsd")).unwrap();
    let schema = uppsala::XsdValidator::from_schema(&schema).unwrap();
    let report = uppsala::parse(report).unwrap();
    schema
        .validate(&report)
        .iter()
        .map(|fault| format!("{fault:?}"))
        .collect()
}

fn is_junit(report: &str) {
    assert_eq!(faults(report), Vec::<String>::new(), "{report}");
}
