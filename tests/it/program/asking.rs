//! Decisions, tours, forms of words.

use std::fs;

use super::{code, err, folder, kupuya, out, text};

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
fn retention_and_filter_tell_no_answer_from_an_answer() {
    let home = folder("no_answer");
    let project = home.join("shop");
    kupuya(&["new", text(&project)]);
    kupuya(&["build", text(&project), "--out-dir", text(&home)]);
    let bundle = home.join("shop.kupb");
    for (data, collected, exit) in [
        ("contacts given order", "2025-09-01", 3),
        ("contacts given order", "2029-12-01", 0),
        ("contakts given order", "2025-09-01", 2),
    ] {
        let sentence = format!("{data} on 2030-01-01");
        let asked = kupuya(&["retention", text(&bundle), &sentence, "--collected", collected]);
        assert_eq!(code(&asked), exit, "{sentence}: {}{}", out(&asked), err(&asked));
    }
    // The call has one action only, which need not be said.
    let request = home.join("request.json");
    fs::write(&request, r#"{"data": ["contacts"], "time": "2025-10-01"}"#).unwrap();
    let asked = kupuya(&["retention", text(&bundle), "--request", text(&request)]);
    assert_eq!(code(&asked), 0, "{}{}", out(&asked), err(&asked));
    fs::write(&request, r#"{"data": ["contacts"], "tme": "2025-10-01"}"#).unwrap();
    let asked = kupuya(&["retention", text(&bundle), "--request", text(&request)]);
    assert!(code(&asked) == 2 && err(&asked).contains("`tme`"), "{}", err(&asked));
    let keyed = kupuya(&["decide", text(&project), "--key", "some.pub.pem", "use contacts"]);
    assert!(
        code(&keyed) == 2 && err(&keyed).contains("`--key` is for bundles"),
        "{}",
        err(&keyed)
    );

    let map = home.join("fields.toml");
    fs::write(&map, "[fields]\n\"/id\" = []\n").unwrap();
    let record = home.join("record.json");
    fs::write(&record, "{\"id\": 1}").unwrap();
    let filter = |sentence: &str| {
        kupuya(&[
            "filter",
            text(&bundle),
            "--map",
            text(&map),
            sentence,
            "--input",
            text(&record),
        ])
    };
    let good = filter("use for news");
    assert_eq!(
        (code(&good), out(&good).as_str()),
        (0, "{\"id\":1}\n"),
        "{}",
        err(&good)
    );
    let unknown = filter("use for nws");
    assert_eq!((code(&unknown), out(&unknown).as_str()), (3, ""));
    assert!(err(&unknown).contains("nearest: news"), "{}", err(&unknown));
    let named = filter("use contacts for news");
    assert!(
        code(&named) == 2 && err(&named).contains("leave `contacts` out"),
        "{}",
        err(&named)
    );

    // Two keys are made, or none.
    let key = home.join("policy.pem");
    fs::write(home.join("policy.pub.pem"), "mine").unwrap();
    assert_eq!(code(&kupuya(&["keygen", text(&key)])), 2);
    assert!(!key.exists());
}

#[test]
fn the_request_of_a_conflict_can_be_tried_before_anything_is_waived() {
    let file = folder("why").join("policy.kup");
    let policy = include_str!("../../../src/cli/new/policy.kup").to_owned();
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
fn a_limit_of_retention_is_told_with_the_ways() {
    let file = folder("limits").join("policy.kup");
    let policy = include_str!("../../../src/cli/new/policy.kup").to_owned();
    fs::write(&file, policy + "@brief\nkeep contacts only at most 1 year\n").unwrap();
    let check = kupuya(&["check", text(&file), "--format", "plain"]);
    assert_eq!(code(&check), 1, "{}", out(&check));
    let shown = out(&check);
    let request = shown.split("for example `").nth(1).unwrap().split('`').next().unwrap();
    let why = kupuya(&["decide", "--why", text(&file), request]);
    let told = out(&why);
    for says in ["the data have a limit, which begins with their collection", "(brief)"] {
        assert!(told.contains(says), "{says}: {told}{}", err(&why));
    }
    let asked = file.with_file_name("request.json");
    let about = |time: &str| {
        let request = format!(
            r#"{{"action": "store", "data": ["contacts"], "about": ["buyer"], "given": ["order"], "time": "{time}",
                "item": {{"collected": "2025-09-01"}}}}"#
        );
        fs::write(&asked, request).unwrap();
        out(&kupuya(&["decide", "--why", text(&file), "--request", text(&asked)]))
    };
    let before = about("2025-10-01");
    assert!(before.contains("the data must be gone by 2026-09-01"), "{before}");
    let after = about("2026-10-01");
    assert!(after.contains("the data must be gone since 2026-09-01"), "{after}");
}

#[test]
fn a_tour_fails_where_a_scenario_fails_and_shows_it() {
    let home = folder("tour");
    let policy = include_str!("../../../src/cli/new/policy.kup");
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
fn inflection_gives_the_form_asked_for() {
    let form = kupuya(&["inflect", "MegaPay мобилдик тиркемеси", "--features", "sg.-.loc"]);
    assert_eq!(out(&form), "MegaPay мобилдик тиркемесинде\n");
}
