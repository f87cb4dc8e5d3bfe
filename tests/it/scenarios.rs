//! Scenarios told to people and to other programs, what they leave out, and those that are suggested.

use std::fs;
use std::process::Command;

use crate::shell::{folder, kupuya};
use crate::sources::shop;

#[test]
fn a_line_that_fails_says_what_came_and_why() {
    let folder = folder("scenarios", "failing");
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
    assert!(
        code == 1 && junit.contains("tests=\"3\" failures=\"1\" errors=\"0\""),
        "{junit}"
    );
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
    let folder = folder("scenarios", "suggested");
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

/// With what is suggested added to the files, all scenarios pass and nothing more is suggested; of the examples, too.
#[test]
fn what_is_suggested_is_suggested_once() {
    use kupuya::pipeline;
    use kupuya::project::{Disk, Project};
    use kupuya::scenarios::{self, suggest};
    use kupuya::source::{Origin, Source, Sources};
    use kupuya_runtime::Bundle;

    let suggested = |sources: &Sources| -> (Vec<String>, String) {
        let analysis = pipeline::analyze(sources, &crate::sources::options());
        let outputs = pipeline::draft(&analysis, &kupuya::notice::Options::default()).unwrap();
        let bundle = Bundle::load(&outputs.bundle).unwrap();
        let ran = scenarios::run(&analysis.model, &bundle);
        let failed = ran.iter().flat_map(|ran| &ran.lines).filter(|line| !line.passed);
        let failed = failed.map(|line| kupuya::ask::sentence(&line.request)).collect();
        let content = bundle.content().unwrap();
        let all = suggest::suggest(&content, &bundle, &ran);
        let text = all
            .iter()
            .map(|one| format!("scenario \"{}\" {{\n    {}\n}}\n", one.label, one.lines.join("\n    ")));
        (failed, text.collect())
    };
    let ages = shop()
        .replacen("subject buyer", "subject child \"бала\" when age < 14\nsubject buyer", 1)
        .replacen(
            "never share",
            "@no_children\nnever process any about child\n@no_profiles\nnever profile contacts for delivery\nnever share",
            1,
        )
        .split("scenario ")
        .next()
        .unwrap()
        .to_owned();
    let mut all: Vec<(String, Sources)> = Vec::new();
    let mut one = Sources::default();
    one.add(Source::new("shop.kup".to_owned(), Origin::Project, ages.as_bytes()));
    kupuya::laws::add_to(&mut one);
    all.push(("ages".to_owned(), one));
    for example in ["infocom", "mega24", "megapay", "modern", "ogogo", "om"] {
        let folder = crate::sources::root().join("examples").join(example);
        all.push((example.to_owned(), Project::read(&folder, &Disk).unwrap().sources));
    }
    for (name, mut sources) in all {
        let (failed, text) = suggested(&sources);
        assert_eq!(failed, Vec::<String>::new(), "{name}");
        if name == "ages" {
            for part in [
                "allow collect contacts.full_name about buyer from buyer for delivery given age = 30",
                "deny unmet agreed use contacts.phone_no about buyer for marketing given age = 30",
                "deny forbidden profile contacts",
                "about buyer, child",
                "store contacts",
            ] {
                assert!(text.contains(part), "{part}: {text}");
            }
        }
        sources.add(Source::new(
            "suggested.kup".to_owned(),
            Origin::Project,
            text.as_bytes(),
        ));
        let (failed, again) = suggested(&sources);
        assert_eq!((failed, again), (Vec::new(), String::new()), "{name}");
    }
}
