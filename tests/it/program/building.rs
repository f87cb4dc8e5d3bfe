//! New policies, notices and bundles.

use std::fs;

use super::{code, err, folder, kupuya, out, text};
use crate::sources::shop;

/// A consent is given to one version; the next shares more under it.
#[test]
fn a_consent_does_not_cover_what_a_later_version_adds() {
    let home = folder("since");
    let shop = shop();
    let policy = shop.split("\nscenario").next().unwrap();
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
    fs::write(
        project.join("policy.kup"),
        include_str!("../../../src/cli/new/policy.kup"),
    )
    .unwrap();
    let render = |toml: &str, more: &[&str]| {
        fs::write(project.join("kupuya.toml"), toml).unwrap();
        let arguments = [&["render", text(&project)], more].concat();
        let output = kupuya(&arguments);
        (code(&output), out(&output), err(&output))
    };
    let (_, usual, _) = render("", &[]);
    let page = include_str!("../../../grammar/README.md");
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
    fs::write(&file, include_str!("../../../src/cli/new/policy.kup")).unwrap();
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
fn a_policy_whose_scenario_fails_is_not_built_unless_asked() {
    let home = folder("failing");
    let file = home.join("policy.kup");
    let policy = include_str!("../../../src/cli/new/policy.kup");
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
