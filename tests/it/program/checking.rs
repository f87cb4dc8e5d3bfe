//! Findings, their edits, levels and baselines; the one style.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::{code, err, folder, kupuya, out, text};

#[test]
fn every_code_has_a_page() {
    for line in out(&kupuya(&["explain"])).lines() {
        let code_word = line.split_whitespace().next().unwrap();
        let page = out(&kupuya(&["explain", code_word]));
        assert!(page.starts_with(&format!("# {code_word}\n")), "{page}");
    }
}

#[test]
fn findings_as_json_lines_have_places() {
    let file = folder("json").join("policy.kup");
    fs::write(&file, "policy p \"Саясат\"\ndata contacts \"байланыштар\"\n").unwrap();
    let check = kupuya(&["check", text(&file), "--format", "json"]);
    assert_eq!(code(&check), 1);
    let found = out(&check)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect::<Vec<serde_json::Value>>();
    assert!(found.iter().any(|finding| finding["code"] == "missing_controller"));
    assert!(
        found.iter().all(|finding| finding["places"][0]["line"].is_u64()),
        "{found:?}"
    );
}

/// The witness of docs/check.md is that of the policy of README with a limit, and what its request asks is denied.
#[test]
fn the_witness_of_a_finding_is_denied_when_it_is_asked() {
    let home = folder("witness");
    let limited =
        crate::sources::shop() + "keep contacts only at most 1 year\nnever share contacts with couriers for delivery\n";
    fs::write(home.join("shop.kup"), limited).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kupuya"));
        command.args(arguments).current_dir(&home).output().unwrap()
    };
    let found = out(&run(&["check", "shop.kup", "--format", "json"]));
    let found = found.lines().map(|line| serde_json::from_str(line).unwrap());
    let witnesses: Vec<serde_json::Value> = found.map(|one: serde_json::Value| one["witness"].clone()).collect();
    assert_eq!(witnesses.len(), 2, "{witnesses:?}");
    let shown = crate::sources::blocks("docs/check.md", "json").swap_remove(0);
    assert!(
        witnesses.contains(&serde_json::from_str(&shown).unwrap()),
        "{witnesses:?}"
    );
    for witness in &witnesses {
        fs::write(home.join("request.json"), witness["request"].to_string()).unwrap();
        let mut asked = vec!["decide", "shop.kup", "--why", witness["sentence"].as_str().unwrap()];
        asked.extend(
            witness["collected"]
                .as_str()
                .into_iter()
                .flat_map(|day| ["--collected", day]),
        );
        let of_json = run(&["decide", "shop.kup", "--why", "--request", "request.json"]);
        assert_eq!(code(&of_json), 3, "{}", out(&of_json));
        assert_eq!(out(&run(&asked)), out(&of_json));
    }
    let console = crate::sources::blocks("docs/check.md", "console").swap_remove(0);
    let asked = crate::shell::words(console.trim().strip_prefix("$ kupuya ").unwrap());
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    assert_eq!(code(&run(&asked)), 3);
}

#[test]
fn safe_edits_are_made_and_the_rest_stays_said() {
    let file = folder("fix").join("policy.kup");
    let good = include_str!("../../../src/cli/new/policy.kup");
    let bad = good.replace("effective: 2025", "effective 2025") + "purpose other \"Башка\"\n";
    fs::write(&file, format!("\u{feff}{bad}")).unwrap();
    assert_eq!(code(&kupuya(&["check", text(&file)])), 1);
    let fix = kupuya(&["check", text(&file), "--fix", "--format", "plain"]);
    assert_eq!(code(&fix), 0, "{}", out(&fix));
    assert!(out(&fix).contains("made 1 edit in 1 file"), "{}", out(&fix));
    assert!(out(&fix).contains("purpose_without_data"), "{}", out(&fix));
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written, format!("\u{feff}{good}purpose other \"Башка\"\n"));
    assert_eq!(
        fs::read_dir(file.parent().unwrap()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
    let again = kupuya(&["check", text(&file), "--fix"]);
    assert!(out(&again).contains("no safe edit to make"), "{}", out(&again));
}

#[test]
fn levels_come_from_the_project_and_the_command_line() {
    let home = folder("levels");
    let policy = include_str!("../../../src/cli/new/policy.kup").to_owned() + "purpose other \"Башка\"\n";
    fs::write(home.join("policy.kup"), policy).unwrap();
    let manifest = |lints: &str| fs::write(home.join("kupuya.toml"), format!("[lints]\n{lints}\n")).unwrap();
    let rule = "purpose_without_data";
    manifest("unused_noun = \"allow\"\npurpose_without_data = \"error\"");
    assert_eq!(code(&kupuya(&["check", text(&home)])), 1);
    let allowed = kupuya(&["check", text(&home), "--allow", rule]);
    let (n, said) = (code(&allowed), out(&allowed));
    let counted = "no findings; 1 finding allowed (--waived lists them)\n";
    assert_eq!((n, said.as_str()), (0, counted));
    assert_eq!(code(&kupuya(&["check", text(&home), "--warn", rule])), 0);
    assert_eq!(
        code(&kupuya(&["check", text(&home), "--warn", rule, "--deny", rule])),
        1
    );
    let wrong = kupuya(&["check", text(&home), "--deny", "conflct"]);
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("did you mean `conflict`?"), "{}", err(&wrong));
    manifest("purpose_without_data = { level = \"allow\", reason = \"Кийин айтылат\" }");
    let listed = out(&kupuya(&["check", text(&home), "--waived", "--format", "plain"]));
    assert!(listed.contains("allowed: Кийин айтылат\n"), "{listed}");
    let json = out(&kupuya(&["check", text(&home), "--waived", "--format", "json"]));
    assert!(json.contains("\"allowed\":\"Кийин айтылат\""), "{json}");
    let sarif = out(&kupuya(&["check", text(&home), "--waived", "--format", "sarif"]));
    assert!(sarif.contains("\"kind\": \"external\""), "{sarif}");
    manifest("");
    let nothing = out(&kupuya(&["check", text(&home), "--allow", rule, "--waived"]));
    assert!(nothing.contains("allowed, and no reason is given"), "{nothing}");
    manifest("unused_nuon = \"allow\"");
    let wrong = kupuya(&["check", text(&home)]);
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("did you mean `unused_noun`?"), "{}", err(&wrong));
}

#[test]
fn a_baseline_hides_what_was_there_and_says_what_is_gone() {
    let home = folder("baseline");
    let policy = include_str!("../../../src/cli/new/policy.kup").to_owned();
    let write = |more: &str| fs::write(home.join("policy.kup"), format!("{more}{policy}")).unwrap();
    write("purpose other \"Башка\"\n");
    let file = home.join("baseline.json");
    let first = kupuya(&["check", text(&home), "--write-baseline", text(&file)]);
    assert_eq!(code(&first), 0, "{}", err(&first));
    assert!(fs::read_to_string(&file).unwrap().contains("\"file\": \"policy.kup\""));
    write("\n\npurpose other \"Башка\"\n");
    let known = kupuya(&["check", text(&home), "--baseline", text(&file)]);
    assert!(
        out(&known).ends_with("in the baseline\nno findings\n"),
        "{}",
        out(&known)
    );
    write("");
    let gone = kupuya(&["check", text(&home), "--baseline", text(&file)]);
    assert!(out(&gone).contains("no longer found"), "{}", out(&gone));
    fs::write(&file, "{\"version\": 9, \"findings\": []}").unwrap();
    assert_eq!(code(&kupuya(&["check", text(&home), "--baseline", text(&file)])), 2);
}

#[test]
fn packs_are_shown_side_by_side() {
    let table = kupuya(&["check", "examples/megapay", "--compare"]);
    assert_eq!(code(&table), 0);
    for pack in ["pack ", "gdpr ", "kg2008 ", "kgdc2025 "] {
        assert!(
            out(&table).lines().any(|line| line.starts_with(pack)),
            "{}",
            out(&table)
        );
    }
    assert_eq!(
        out(&table),
        out(&kupuya(&["check", "examples/megapay", "--law", "all"]))
    );
    let lines = out(&kupuya(&["check", "examples/megapay", "--compare", "--format", "json"]));
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let packs: Vec<&str> = lines.iter().filter_map(|line| line["pack"].as_str()).collect();
    assert_eq!(packs, ["gdpr", "kg2008", "kgdc2025"]);
    assert_eq!(lines.len(), 4, "and what is the same under each");
    assert!(lines.iter().all(|line| line["errors"].is_u64()), "{lines:?}");
    let refused = kupuya(&["check", "examples/megapay", "--compare", "--format", "sarif"]);
    assert_eq!(code(&refused), 2, "{}", out(&refused));
}

#[test]
fn a_file_with_many_findings_is_cut_and_says_so() {
    let file = folder("limit").join("policy.kup");
    let mut policy = include_str!("../../../src/cli/new/policy.kup").to_owned();
    for n in 0..30 {
        policy += &format!("purpose c{n} \"Шарт {n}\"\n");
    }
    fs::write(&file, policy).unwrap();
    let cut = out(&kupuya(&["check", text(&file)]));
    assert!(
        cut.contains(&format!("and 10 more findings in {}", text(&file))),
        "{cut}"
    );
    assert!(cut.contains("30 warnings"), "{cut}");
    let annotations = out(&kupuya(&["check", text(&file), "--format", "github", "--limit", "1"]));
    assert_eq!(annotations.lines().count(), 2, "{annotations}");
    assert!(annotations.lines().all(|line| line.starts_with("::")), "{annotations}");
}

/// What is no text comes out as it went in, and the exit code says that it was not formatted.
#[test]
fn fmt_leaves_alone_what_is_no_text() {
    let home = folder("fmt_bytes");
    for (name, bytes) in [
        ("bytes.kup", &b"policy a \"\xff \xd0\xb1\" {\n}\n"[..]),
        ("long.kup", &vec![b'\n'; 5 << 20][..]),
    ] {
        let file = home.join(name);
        fs::write(&file, bytes).unwrap();
        let done = kupuya(&["fmt", "--check", text(&file)]);
        assert_eq!(code(&done), 1, "{name}");
        assert!(err(&done).contains(name), "{}", err(&done));
        assert_eq!(code(&kupuya(&["fmt", text(&file)])), 1, "{name}");
        assert!(fs::read(&file).unwrap() == bytes, "{name}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_kupuya"))
            .args(["fmt", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let given = bytes.to_owned();
        let writer = std::thread::spawn(move || input.write_all(&given));
        let done = child.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        assert_eq!(done.status.code(), Some(1), "{name}");
        assert!(done.stdout == bytes, "{name}");
    }
}
