//! What the workbench is given and cannot work with: it says so, and never shows half of it as if it were the whole.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{folder, git, kupuya, words};
use crate::sources::shop;

/// A command line, its exit code, and what it says among other things.
type Case = (&'static str, i32, &'static [&'static str]);

/// The policy of README, the same with an error of syntax, of names and of a rule, a bundle, and a text of no policy.
fn bench(name: &str) -> PathBuf {
    let folder = folder("refusals", name);
    let torn = shop().replacen("collect contacts from buyer", "collect contacts form buyer", 1);
    let misnamed = shop().replacen("share   contacts with couriers", "share   contacts with courier", 1);
    let draft = shop().replacen("withdraw: tap at app_shop", "", 1);
    for (file, text) in [
        ("shop.kup", shop()),
        ("torn.kup", torn),
        ("misnamed.kup", misnamed),
        ("draft.kup", draft),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    let (code, out) = kupuya(&folder, &["build", "shop.kup", "-o", "shop.kupb"]);
    assert_eq!(code, 0, "{out}");
    fs::copy(folder.join("shop.kupb"), folder.join("shop.bin")).unwrap();
    folder
}

fn all(folder: &Path, cases: &[Case]) {
    for (line, code, says) in cases {
        let line = words(line);
        let arguments: Vec<&str> = line.iter().map(String::as_str).collect();
        let (ended, told) = kupuya(folder, &arguments);
        assert_eq!(ended, *code, "{arguments:?}: {told}");
        for part in *says {
            assert!(told.contains(part), "{arguments:?} does not say {part}: {told}");
        }
        if *code == 2 {
            assert!(!told.contains("<svg"), "{arguments:?}: {told}");
        }
    }
}

#[test]
fn what_has_no_meaning_is_not_worked_with() {
    let drawn = "nothing was drawn: with errors of syntax or names a policy has no meaning";
    let compared = "nothing was compared: with errors of syntax or names a policy has no meaning";
    let written = "nothing was written: with errors of syntax or names a policy has no meaning";
    let cases: &[(&str, &str)] = &[
        ("graph FILE", drawn),
        ("graph FILE --format html --around contacts", drawn),
        ("graph shop.kup --changes FILE", drawn),
        ("graph FILE --changes shop.kup", drawn),
        ("what-if FILE --law gdpr", compared),
        ("subject buyer --project FILE", written),
        ("diff shop.kup FILE --format json", compared),
        ("diff FILE shop.kup", compared),
    ];
    let folder = bench("meaning");
    for (file, finding) in [
        ("torn.kup", "error[unknown_word]"),
        ("misnamed.kup", "error[unknown_name]"),
    ] {
        for (line, says) in cases {
            let line = words(&line.replace("FILE", file));
            let arguments: Vec<&str> = line.iter().map(String::as_str).collect();
            let (code, told) = kupuya(&folder, &arguments);
            assert_eq!(code, 1, "{arguments:?}: {told}");
            let counts = format!("{file}: 1 error");
            for part in [*says, finding, counts.as_str()] {
                assert!(told.contains(part), "{arguments:?} does not say {part}: {told}");
            }
            assert!(
                !told.contains("<svg") && !told.contains("маалымкат"),
                "{arguments:?}: {told}"
            );
        }
    }
    // What only a rule finds fault with is shown, as a draft.
    all(
        &folder,
        &[
            ("graph draft.kup", 1, &["<svg", "this is a draft: 1 error"]),
            (
                "subject buyer --project draft.kup",
                1,
                &["маалымкат", "this is a draft: 1 error"],
            ),
            (
                "graph shop.kup --changes nowhere.kup",
                2,
                &["cannot read nowhere.kup: there is no such file"],
            ),
            (
                "what-if nowhere.kup --law gdpr",
                2,
                &["cannot read nowhere.kup: there is no such file"],
            ),
        ],
    );
}

#[test]
fn a_bundle_is_called_one() {
    let says: &[&str] = &["shop.kupb is a bundle", "name the policy that it was built from"];
    let lines = [
        "check shop.kupb",
        "render shop.kupb",
        "build shop.kupb -o other.kupb",
        "test shop.kupb",
        "fmt shop.kupb",
        "graph shop.kupb",
        "graph shop.kup --changes shop.kupb",
        "subject buyer --project shop.kupb",
        "what-if shop.kupb --law gdpr",
        "why contacts delivery --project shop.kupb",
        "who-receives contacts --project shop.kupb",
        "tour shop.kupb",
        "export rego shop.kupb -o out.tar.gz",
    ];
    let cases: Vec<Case> = lines.into_iter().map(|line| (line, 2, says)).collect();
    let folder = bench("bundle");
    all(&folder, &cases);
    // What a bundle is, its bytes say, not its name.
    all(
        &folder,
        &[
            ("diff shop.bin shop.kup", 0, &["both versions are the same"]),
            ("check shop.bin", 2, &["shop.bin is a bundle"]),
        ],
    );
}

#[test]
fn what_is_asked_for_and_not_there_is_told_with_what_is() {
    let folder = bench("names");
    fs::write(folder.join("silent.kup"), shop().split("scenario ").next().unwrap()).unwrap();
    all(
        &folder,
        &[
            (
                "graph shop.kup --around contcts",
                2,
                &["`contcts`; did you mean `contacts`?"],
            ),
            (
                "graph shop.kup --around nothing_of_it",
                2,
                &["the project has no data, purpose, recipient or source"],
            ),
            ("graph shop.kup --around phone_no --by country", 0, &["<svg"]),
            (
                "graph shop.kup --around marketing --by country",
                2,
                &["nothing flows through `marketing`"],
            ),
            (
                "test shop.kup --filter жарнамалык",
                2,
                &["near are «жарнама макулдуксуз жөнөтүлбөйт»"],
            ),
            (
                "test shop.kup --filter жарамна",
                2,
                &["near are «жарнама макулдуксуз жөнөтүлбөйт»"],
            ),
            (
                "test shop.kup --filter xyz",
                2,
                &["there are «жарнама макулдуксуз жөнөтүлбөйт»"],
            ),
            ("test silent.kup --filter xyz", 2, &["the policy has no scenario"]),
            (
                "graph shop.kup --format html --notice javascript:alert(1)",
                2,
                &["`javascript:alert(1)` is none"],
            ),
            (
                "graph shop.kup --format html --notice 'JavaScript:alert(1)//x'",
                2,
                &["is none"],
            ),
            (
                "graph shop.kup --format html --notice ' javascript:alert(1)'",
                2,
                &["is none"],
            ),
            (
                "graph shop.kup --format html --notice 'data:text/html,x'",
                2,
                &["is none"],
            ),
            (
                "graph shop.kup --format html --notice HTTPS://dukon.example/privacy",
                0,
                &["HTTPS://dukon.example/privacy"],
            ),
            (
                "graph shop.kup --format html --notice ../privacy/index.html?a=1:2",
                0,
                &["../privacy/index.html?a=1:2"],
            ),
        ],
    );
}

/// Where nothing could be asked, other programs must not read that nothing failed.
#[test]
fn scenarios_of_a_policy_with_errors_are_told_to_programs_too() {
    let folder = bench("broken");
    let (code, tap) = kupuya(&folder, &["test", "torn.kup", "--format", "tap"]);
    assert_eq!(code, 1);
    assert!(tap.starts_with("TAP version 13\n# error unknown_word"), "{tap}");
    assert!(
        tap.ends_with("\nBail out! no scenario was run: a policy with errors has no bundle\n"),
        "{tap}"
    );
    let (code, junit) = kupuya(&folder, &["test", "torn.kup", "--format", "junit"]);
    assert_eq!(code, 1);
    for part in [
        "<?xml ",
        "errors=\"1\"",
        "<error message=\"no scenario was run: ",
        "unknown_word",
    ] {
        assert!(junit.contains(part), "{part}: {junit}");
    }
    let (code, told) = kupuya(&folder, &["test", "torn.kup", "--junit", "out.xml"]);
    assert!(code == 1 && told.contains("error[unknown_word]"), "{told}");
    assert_eq!(fs::read_to_string(folder.join("out.xml")).unwrap(), junit);
}

/// `REV:PATH` is read as git reads it: from the root of the repository, or from here if it begins with a dot.
#[test]
fn a_revision_is_compared_from_below_the_root() {
    let folder = folder("refusals", "below");
    let inside = folder.join("policies/shop");
    fs::create_dir_all(&inside).unwrap();
    fs::write(inside.join("shop.kup"), shop()).unwrap();
    let git = |arguments: &[&str]| git(&folder, arguments);
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    let same: &[&str] = &["both versions are the same"];
    all(
        &inside,
        &[
            ("diff HEAD:. .", 0, same),
            ("diff HEAD:./shop.kup shop.kup", 0, same),
            ("diff HEAD:../shop ../shop", 0, same),
            ("diff HEAD:policies/shop .", 0, same),
            ("diff --git HEAD .", 0, same),
            ("diff HEAD:shop .", 2, &["there is no such file or folder"]),
            ("diff HEAD:../../.. .", 2, &["../../.. is outside of the repository"]),
        ],
    );
    // What is gone from the disk still stands in the revision.
    fs::rename(inside.join("shop.kup"), inside.join("renamed.kup")).unwrap();
    all(&inside, &[("diff HEAD:./shop.kup renamed.kup", 0, same)]);
}
