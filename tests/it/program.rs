//! The program as a user runs it: exit codes, files, messages.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

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

/// A folder of this test alone, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A consent is given to one version; the next shares more under it.
#[test]
fn a_consent_does_not_cover_what_a_later_version_adds() {
    let home = folder("since");
    let readme = include_str!("../../README.md");
    let policy = readme.split("```kup\n").nth(1).unwrap().split("```").next().unwrap();
    let policy = policy.split("\nscenario").next().unwrap();
    let more = policy
        .replace("effective: 2025-09-01", "effective: 2026-03-01")
        .replace(
            "use     contacts.phone_no for marketing under agreed",
            "use     contacts for marketing under agreed",
        )
        .replace(
            "collect contacts.phone_no from buyer for marketing",
            "collect contacts from buyer for marketing",
        );
    fs::write(home.join("old.kup"), policy).unwrap();
    fs::write(home.join("new.kup"), more).unwrap();
    let at = |name: &str| text(&home.join(name)).to_owned();
    let built = kupuya(&["build", &at("old.kup"), "-o", &at("old.kupb")]);
    assert_eq!(code(&built), 0, "{}", out(&built));
    let built = kupuya(&[
        "build",
        &at("new.kup"),
        "-o",
        &at("new.kupb"),
        "--previous",
        &at("old.kupb"),
    ]);
    assert_eq!(code(&built), 0, "{}{}", out(&built), err(&built));
    assert!(
        out(&built).contains("consents `agreed` given before 2026-03-01 do not cover what is new in"),
        "{}",
        out(&built)
    );
    let ask = |data: &str, given: &str| {
        let request = format!(
            r#"{{"action": "use", "data": ["{data}"], "purpose": ["marketing"], "about": ["buyer"], "time": "2026-04-01",
            "records": [{{"kind": "give", "basis": "agreed", "at": "{given}"}}]}}"#
        );
        fs::write(home.join("request.json"), request).unwrap();
        let asked = kupuya(&["decide", &at("new.kupb"), "--request", &at("request.json")]);
        (code(&asked), out(&asked))
    };
    assert_eq!(ask("phone_no", "2025-10-01").0, 0);
    assert_eq!(ask("full_name", "2026-03-01").0, 0);
    let (code_of_old, told) = ask("full_name", "2025-10-01");
    assert_eq!(code_of_old, 3, "{told}");
    assert!(told.contains("consent `agreed` was given before it counts"), "{told}");
    let other = kupuya(&[
        "build",
        &at("old.kup"),
        "-o",
        &at("x.kupb"),
        "--previous",
        &at("new.kupb"),
    ]);
    assert_eq!(code(&other), 2);
    assert!(err(&other).contains("does not begin earlier"), "{}", err(&other));
}

#[test]
fn a_new_policy_checks_clean_and_passes_its_scenarios() {
    let home = folder("new");
    let project = home.join("саясат");
    assert_eq!(code(&kupuya(&["new", text(&project)])), 0);
    let check = kupuya(&["check", text(&project)]);
    assert_eq!((code(&check), out(&check).as_str()), (0, "no findings\n"));
    let test = kupuya(&["test", text(&project)]);
    assert_eq!(code(&test), 0, "{}", out(&test));
    let again = kupuya(&["new", text(&project)]);
    assert_eq!(code(&again), 2);
    assert!(err(&again).contains("is there already"), "{}", err(&again));
}

/// The look of the notice, from the page for authors.
#[test]
fn a_project_chooses_how_its_notice_looks() {
    let project = folder("look");
    fs::write(project.join("policy.kup"), include_str!("../../src/cli/new/policy.kup")).unwrap();
    let render = |toml: &str, more: &[&str]| {
        fs::write(project.join("kupuya.toml"), toml).unwrap();
        let arguments = [&["render", text(&project)], more].concat();
        let output = kupuya(&arguments);
        (code(&output), out(&output), err(&output))
    };
    let (_, usual, _) = render("", &[]);
    let page = include_str!("../../grammar/README.md");
    let example = page
        .split("```toml\n")
        .find(|block| block.starts_with("[notice]"))
        .unwrap();
    let example = example.split("```").next().unwrap();
    let (done, same, problem) = render(&example.replace("order =", "# order ="), &[]);
    assert_eq!((done, same.as_str()), (0, usual.as_str()), "{problem}");
    let (done, moved, problem) = render(example, &[]);
    assert_eq!(done, 0, "{problem}");
    assert_ne!(moved, usual);
    let (_, counted, _) = render("[notice]\nnumbering = \"continuous\"\nlists = \"number\"\n", &[]);
    assert!(
        counted.contains("\n## II\\. ") && counted.contains("\n1) "),
        "{counted}"
    );
    let (_, bare, _) = render("[notice]\nsummary = false\noverview = false\n", &[]);
    let (_, without, _) = render("", &["--without", "summary,overview"]);
    assert!(bare == without && usual.len() > bare.len());
    let (done, _, problem) = render("[notice]\norder = [\"right\"]\n", &[]);
    assert_eq!(done, 2);
    assert!(
        problem.contains("no chapter `right`\n") && problem.contains("did you mean `rights`?"),
        "{problem}"
    );
    let (done, _, problem) = render("[notice]\nnumbering = \"roman\"\n", &[]);
    assert!(
        done == 2 && problem.contains("`numbering` takes `decimal` or `continuous`, not `roman`"),
        "{problem}"
    );
}

#[test]
fn a_single_file_is_a_project() {
    let file = folder("single").join("policy.kup");
    fs::write(&file, include_str!("../../src/cli/new/policy.kup")).unwrap();
    let check = kupuya(&["check", text(&file)]);
    assert_eq!((code(&check), out(&check).as_str()), (0, "no findings\n"));
}

#[test]
fn build_writes_notice_and_bundle_together_and_nothing_for_a_policy_with_errors() {
    let home = folder("build");
    let project = home.join("shop");
    kupuya(&["new", text(&project)]);
    let to = home.join("out");
    assert_eq!(code(&kupuya(&["build", text(&project), "--out-dir", text(&to)])), 0);
    for ending in ["md", "html", "txt", "kupb"] {
        assert!(to.join(format!("shop.{ending}")).is_file(), "shop.{ending}");
    }
    let first = fs::read(to.join("shop.kupb")).unwrap();
    kupuya(&["build", text(&project), "-o", text(&home.join("again.kupb"))]);
    assert_eq!(
        first,
        fs::read(home.join("again.kupb")).unwrap(),
        "same sources, same bytes"
    );

    let policy = project.join("policy.kup");
    let broken = fs::read_to_string(&policy)
        .unwrap()
        .replace("for delivery under order", "for delivry under order");
    fs::write(&policy, broken).unwrap();
    let none = home.join("none");
    let build = kupuya(&["build", text(&project), "--out-dir", text(&none)]);
    assert_eq!(code(&build), 1);
    assert!(out(&build).contains("unknown_name"), "{}", out(&build));
    assert!(!none.exists());
}

#[test]
fn decisions_have_exit_codes_and_cite_the_notice() {
    let home = folder("decide");
    let project = home.join("shop");
    kupuya(&["new", text(&project)]);
    kupuya(&["build", text(&project), "--out-dir", text(&home)]);
    let bundle = home.join("shop.kupb");
    let notice = fs::read_to_string(home.join("shop.txt")).unwrap();
    let cases = [
        (
            "use contacts.phone_no for news about buyer given agreed",
            0,
            "relies on agreed",
        ),
        (
            "use contacts.phone_no for news about buyer",
            3,
            "missing: consent `agreed` was never given",
        ),
        (
            "use contacts.full_name for news about buyer given agreed",
            3,
            "undeclared",
        ),
        (
            "share contacts with couriers for news about buyer given agreed",
            3,
            "forbidden",
        ),
        ("use contacts for nws about buyer", 3, "nearest: news"),
    ];
    for (question, exit, says) in cases {
        let decide = kupuya(&["decide", text(&bundle), question]);
        assert_eq!(code(&decide), exit, "{question}: {}", out(&decide));
        assert!(out(&decide).contains(says), "{question}: {}", out(&decide));
        let cited = out(&decide);
        let paragraphs = cited
            .lines()
            .filter_map(|line| line.trim().strip_prefix("clause ")?.split(' ').next());
        for paragraph in paragraphs {
            assert!(
                notice.contains(&format!("{paragraph}. ")),
                "{paragraph} is a paragraph of the notice"
            );
        }
    }
    let request = home.join("request.json");
    fs::write(
        &request,
        r#"{"action": "use", "data": ["phone_no"], "purpose": ["news"], "given": ["agreed"]}"#,
    )
    .unwrap();
    let decide = kupuya(&["decide", text(&bundle), "--request", text(&request), "--format", "json"]);
    assert_eq!(code(&decide), 0, "{}{}", out(&decide), err(&decide));
    let answer: serde_json::Value = serde_json::from_str(&out(&decide)).unwrap();
    assert_eq!(answer["decision"], true);
}

#[test]
fn the_request_of_a_conflict_can_be_tried_before_anything_is_waived() {
    let file = folder("why").join("policy.kup");
    let policy = include_str!("../../src/cli/new/policy.kup").to_owned();
    let policy = policy
        + "processing more \"Дагы\" {\n    about: buyer\n    use contacts.phone_no for news under order\n}\n"
        + "@asked\nnever use contacts for news under agreed\n";
    fs::write(&file, policy).unwrap();
    let check = kupuya(&["check", text(&file), "--format", "plain"]);
    assert_eq!(code(&check), 1, "{}", out(&check));
    let shown = out(&check);
    let request = shown.split("so `").nth(1).unwrap().split('`').next().unwrap();
    let why = kupuya(&["decide", "--why", text(&file), request]);
    // The other way still allows it.
    assert_eq!(code(&why), 0, "{}{}", out(&why), err(&why));
    assert!(err(&why).contains("1 error of a rule stands"), "{}", err(&why));
    let told = out(&why);
    for says in ["way 1, under order", "way 2, under agreed", "forbidden by", "(asked)"] {
        assert!(told.contains(says), "{says}: {told}");
    }
    let json = kupuya(&["decide", "--why", text(&file), request, "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(answer["why"][0]["ways"][1]["struck_by"][0]["id"], "asked");
    fs::write(&file, "policy p \"Саясат\" {\n    effective 2025-01-01\n}\n").unwrap();
    let broken = kupuya(&["decide", text(&file), request]);
    assert_eq!(code(&broken), 1);
    assert!(out(&broken).contains("nothing was asked"), "{}", out(&broken));
}

#[test]
fn a_policy_whose_scenario_fails_is_not_built_unless_asked() {
    let home = folder("failing");
    let file = home.join("policy.kup");
    let policy = include_str!("../../src/cli/new/policy.kup");
    fs::write(
        &file,
        policy.replace("deny forbidden    share", "allow             share"),
    )
    .unwrap();
    let bundle = home.join("out.kupb");
    let build = kupuya(&["build", text(&file), "-o", text(&bundle)]);
    assert_eq!(code(&build), 1, "{}", out(&build));
    assert!(out(&build).contains("a scenario fails"), "{}", out(&build));
    assert!(!bundle.exists());
    assert_eq!(
        code(&kupuya(&["build", text(&file), "-o", text(&bundle), "--no-test"])),
        0
    );
    assert!(bundle.exists());
}

#[test]
fn input_never_speaks_to_the_terminal() {
    let file = folder("escape").join("\u{1b}[31mpolicy.kup");
    let policy = include_str!("../../src/cli/new/policy.kup");
    fs::write(&file, policy.replace("аты-жөнү", "аты\u{1b}[31m\u{202E}жөнү")).unwrap();
    let question = "use contacts for \u{1b}news about buyer given agr\u{9b}eed";
    for arguments in [
        vec!["check", text(&file)],
        vec!["check", text(&file), "--format", "plain"],
        vec!["decide", text(&file), question],
        vec!["explain", "\u{1b}[31m"],
    ] {
        let output = kupuya(&arguments);
        let said = out(&output) + &err(&output);
        assert!(
            !said.contains(['\u{1b}', '\u{9b}', '\u{202E}']),
            "{arguments:?}: {said:?}"
        );
        assert!(!said.is_empty());
    }
}

#[test]
fn what_cannot_run_exits_with_two_and_says_why() {
    let home = folder("two");
    let empty = home.join("empty");
    fs::create_dir_all(&empty).unwrap();
    let wrong = home.join("wrong");
    fs::create_dir_all(&wrong).unwrap();
    fs::write(wrong.join("kupuya.toml"), "sorces = []\n").unwrap();
    let not_a_bundle = home.join("no.kupb");
    fs::write(&not_a_bundle, b"nothing").unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["check", "no/such/place"], "cannot read no/such/place"),
        (&["check", text(&empty)], "holds no .kup file"),
        (&["check", text(&wrong)], "did you mean `sources`?"),
        (&["decide", text(&not_a_bundle), "use x for y"], "no.kupb"),
        (&["explain", "conflct"], "did you mean `conflict`?"),
        (&["inflect", "дарек", "--features", "pl.9.dat"], "pl.9.dat"),
        (&["frobnicate"], "frobnicate"),
        (
            &["check", "examples/megapay", "--law", "kgdc2026"],
            "did you mean `kgdc2025`?",
        ),
        (&["inflect", ""], "no word to inflect"),
        (&["new", "examples/megapay/"], "is there already"),
        (&["new", "tests/it/fmt"], "holds a policy already"),
    ];
    for (arguments, says) in cases {
        let output = kupuya(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(says), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn every_subcommand_has_help_with_an_example() {
    let help = out(&kupuya(&["--help"]));
    let commands = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect::<Vec<_>>();
    assert!(commands.len() >= 9, "{commands:?}");
    for command in commands {
        let help = out(&kupuya(&[command, "--help"]));
        assert!(help.contains(&format!("Example: kupuya {command}")), "{help}");
    }
}

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

#[test]
fn inflection_gives_the_form_asked_for() {
    let form = kupuya(&["inflect", "MegaPay мобилдик тиркемеси", "--features", "sg.-.loc"]);
    assert_eq!(out(&form), "MegaPay мобилдик тиркемесинде\n");
}

#[test]
fn safe_edits_are_made_and_the_rest_stays_said() {
    let file = folder("fix").join("policy.kup");
    let good = include_str!("../../src/cli/new/policy.kup");
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
fn a_tour_fails_where_a_scenario_fails_and_shows_it() {
    let home = folder("tour");
    let policy = include_str!("../../src/cli/new/policy.kup");
    fs::write(home.join("policy.kup"), policy).unwrap();
    let good = kupuya(&["tour", text(&home)]);
    assert_eq!(code(&good), 0, "{}", err(&good));
    assert!(out(&good).ends_with(" passed, 0 failed\n") && out(&good).contains("    as expected\n"));
    let line = policy.lines().find(|line| line.trim().starts_with("deny ")).unwrap();
    let wrong = line.split_whitespace().collect::<Vec<_>>();
    let at = wrong
        .iter()
        .position(|word| ["use", "share", "collect"].contains(word))
        .unwrap();
    let asked = format!("allow {}", wrong[at..].join(" "));
    let torn = format!("    allow\u{20}   {}", wrong[at..].join("  "));
    fs::write(home.join("policy.kup"), policy.replace(line, &torn)).unwrap();
    let bad = kupuya(&["tour", text(&home)]);
    assert_eq!(code(&bad), 1);
    let said = out(&bad);
    assert!(
        said.contains(&format!("  {asked}\n    FAILED: expected allow\n")),
        "{said}"
    );
    assert!(
        said.contains("Scenarios that fail (kupuya test)") && said.ends_with(" passed, 1 failed\n"),
        "{said}"
    );
}

#[test]
fn levels_come_from_the_project_and_the_command_line() {
    let home = folder("levels");
    let policy = include_str!("../../src/cli/new/policy.kup").to_owned() + "purpose other \"Башка\"\n";
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
    let policy = include_str!("../../src/cli/new/policy.kup").to_owned();
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
}

#[test]
fn a_file_with_many_findings_is_cut_and_says_so() {
    let file = folder("limit").join("policy.kup");
    let mut policy = include_str!("../../src/cli/new/policy.kup").to_owned();
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

#[test]
fn a_project_and_the_command_line_choose_the_language() {
    let folder = folder("language");
    let run = |more: &[&str]| {
        let arguments = [&["check", text(&folder)], more].concat();
        out(&kupuya(&arguments))
    };
    assert_eq!(code(&kupuya(&["new", text(&folder)])), 0);
    assert!(run(&[]).contains("no findings"));
    assert!(run(&["--language", "ky"]).contains("байкоолор жок"));
    let manifest = folder.join("kupuya.toml");
    let written = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, format!("language = \"ky\"\n{written}")).unwrap();
    assert!(run(&[]).contains("байкоолор жок"));
    assert!(run(&["--language", "en"]).contains("no findings"));

    fs::write(&manifest, "language = \"ky\"\nsources = [\"nowhere/*.kup\"]\n").unwrap();
    let output = kupuya(&["check", text(&folder)]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("үлгүсүнө бир да файл туура келбейт"),
        "{}",
        err(&output)
    );
    let page = out(&kupuya(&["explain", "conflict", "--language", "ky"]));
    assert!(page.contains("## Эмне үчүн маанилүү") && page.contains("never share identity.face_photo"));
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

/// The service is a program of its own: whether it is there or not, what went wrong is told.
#[test]
fn serve_starts_the_program_beside() {
    let output = kupuya(&["serve", "--bundle", "x.kupb", "--no-such-option"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("kupuya-service"), "{}", err(&output));
}
