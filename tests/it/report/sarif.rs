//! SARIF: valid, as GitHub wants it, and with fingerprints that stay.

use super::{MANY, analyze};
use kupuya::messages::Language;
use kupuya::report::{Accepted, fingerprint, sarif};
use serde_json::Value;

fn log(text: &str) -> Value {
    let (sources, analysis) = analyze(text);
    let reason = |waiver: usize| Some(Accepted::Waived(analysis.model.waivers[waiver].reason.as_str()));
    let open = analysis.findings.iter().map(|found| (found, None));
    let waived = analysis
        .waived
        .iter()
        .map(|waived| (&waived.finding, reason(waived.waiver)));
    let all = open.chain(waived).collect::<Vec<_>>();
    serde_json::from_str(&sarif::log(&sources, &analysis.model, &all, Language::English)).unwrap()
}

#[test]
fn it_fits_the_schema() {
    let schema: Value = serde_json::from_str(include_str!("schema/sarif-schema-2.1.0.json")).unwrap();
    let log = log(MANY);
    let problems = super::schema::problems(&schema, &log);
    assert!(problems.is_empty(), "{problems:#?}");
    let mut broken = log;
    broken["runs"][0]["results"][0]["level"] = "grave".into();
    broken["runs"][0]["results"][1]["colour"] = "red".into();
    assert_eq!(
        super::schema::problems(&schema, &broken).len(),
        2,
        "the test itself sees mistakes"
    );
}

fn said(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

/// The table of what code scanning requires, beyond the schema.
#[test]
fn it_has_what_code_scanning_requires() {
    let log = log(MANY);
    assert!(said(&log["$schema"]));
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    let run = &log["runs"][0];
    assert!(said(&run["tool"]["driver"]["name"]));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(said(&rule["id"]) && said(&rule["help"]["text"]), "{rule}");
        for text in ["shortDescription", "fullDescription"] {
            let text = &rule[text]["text"];
            assert!(said(text) && text.as_str().unwrap().chars().count() <= 1024, "{rule}");
        }
    }
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 5);
    for result in results {
        assert!(said(&result["message"]["text"]), "{result}");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"], "%D0%B4%D2%AF%D0%BA%D3%A9%D0%BD/policy.kup",
            "{result}"
        );
        for word in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(place["region"][word].as_u64().unwrap() > 0, "{result}");
        }
        assert!(
            said(&result["partialFingerprints"]["primaryLocationLineHash"]),
            "{result}"
        );
    }
    let has = |word: &str| results.iter().any(|result| result.get(word).is_some());
    assert!(has("relatedLocations") && has("fixes") && has("suppressions"));
}

#[test]
fn fingerprints_stay_when_lines_are_added() {
    let prints = |text: &str, word: &str| {
        let log = log(text);
        let results = log["runs"][0]["results"].as_array().unwrap().iter();
        results
            .map(|result| result["partialFingerprints"][word].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let before = prints(MANY, "kupuya/v1");
    let mut once = before.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), before.len(), "each finding has its own");
    assert_eq!(
        before,
        prints(&MANY.replace("\nsubject", "\n\n\n\nsubject"), "kupuya/v1")
    );
    let above = format!("\n\n// A remark.\n{MANY}");
    assert_eq!(before, prints(&above, "kupuya/v1"));
    let line_hash = "primaryLocationLineHash";
    assert_eq!(prints(MANY, line_hash), prints(&above, line_hash));
}

/// Texts and hashes from the tests of github/codeql-action.
#[test]
fn line_hashes_are_those_of_the_upload_action() {
    assert_eq!(
        fingerprint::line_hashes(" a\nb\n  \t\tc\n d"),
        [
            "271789c17abda88f:1",
            "54703d4cd895b18:1",
            "180aee12dab6264:1",
            "a23a3dc5e078b07b:1"
        ]
    );
}
