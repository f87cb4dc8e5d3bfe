//! The chain of edges that leads to a finding, as every format shows it.

use super::analyze;
use kupuya::messages::Language;
use kupuya::report::{json, plain, sarif, terminal};
use serde_json::Value;

/// A face is given to a bank that passes it on to a partner, and a photograph is used that a promise rules out.
const CHAINED: &str = r#"policy shop "Саясат" { effective: 2024-01-01 }
controller company "«Дүкөн» ЖЧК" { email: "info@example.kg" }
subject user "Колдонуучу"
data identity "инсандык маалыматтар" {
    photo "сүрөт"
}
data faces "жүздөр" {
    scan "жүздүн сүрөтү" is identity.photo
}
purpose payments "төлөмдөр"
basis order "келишим" is contract
recipient partner "өнөктөш" is third_party in KG
recipient bank "банк" is third_party in KG { onward: partner for payments }
processing x "Төлөм" {
    share faces with bank for payments under order
    use identity for payments under order
}
never share identity with partner
never use identity.photo for payments
"#;

const PASSED_ON: [&str; 3] = [
    "given to `bank`",
    "`bank` passes it on to `partner`",
    "this is ruled out",
];

#[test]
fn a_chain_is_told_step_by_step() {
    let (sources, analysis) = analyze(CHAINED);
    let of = |code: &str| analysis.findings.iter().find(|found| found.code == code).unwrap();
    let steps = |code: &str| {
        of(code)
            .trail
            .iter()
            .map(|step| step.text.english())
            .collect::<Vec<_>>()
    };
    assert_eq!(steps("onward_transfer"), PASSED_ON);
    assert_eq!(
        steps("conflict"),
        [
            "this is permitted",
            "`faces.scan` is declared as `identity.photo`",
            "`identity.photo` is part of `identity`",
            "this is ruled out"
        ]
    );
    let found = of("onward_transfer");
    let style = terminal::Style {
        colours: false,
        width: 100,
        language: Language::English,
    };
    let drawn = terminal::render(&sources, found, style);
    assert!(
        drawn.contains("  2. `bank` passes it on to `partner` (дүкөн/policy.kup:13:"),
        "{drawn}"
    );
    let told = plain::render(&sources, found, Language::English);
    assert!(
        told.contains("  step 3, дүкөн/policy.kup, line 18, column 1: this is ruled out"),
        "{told}"
    );
    let line: Value = serde_json::from_str(&json::line(&sources, found, None, Language::English)).unwrap();
    let texts: Vec<&str> = line["trail"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, PASSED_ON);
}

#[test]
fn a_chain_is_a_code_flow() {
    let (sources, analysis) = analyze(CHAINED);
    let all: Vec<_> = analysis.findings.iter().map(|found| (found, None)).collect();
    let log: Value = serde_json::from_str(&sarif::log(&sources, &analysis.model, &all, Language::English)).unwrap();
    let schema: Value = serde_json::from_str(include_str!("schema/sarif-schema-2.1.0.json")).unwrap();
    assert_eq!(super::schema::problems(&schema, &log), Vec::<String>::new());
    let results = log["runs"][0]["results"].as_array().unwrap();
    let chained = results
        .iter()
        .find(|result| result["ruleId"] == "onward_transfer")
        .unwrap();
    let steps = chained["codeFlows"][0]["threadFlows"][0]["locations"]
        .as_array()
        .unwrap();
    let texts: Vec<&str> = steps
        .iter()
        .map(|step| step["location"]["message"]["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, PASSED_ON);
    let plain = results
        .iter()
        .find(|result| result["ruleId"] == "used_not_collected")
        .unwrap();
    assert!(plain["codeFlows"].is_null(), "no chain, no flow");
}
