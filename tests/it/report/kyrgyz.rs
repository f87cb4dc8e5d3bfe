//! Every format in Kyrgyz, as people read it.

use super::{MANY, analyze};
use kupuya::messages::Language::Kyrgyz;
use kupuya::notice::Options;
use kupuya::report::{self, answer, github, json, plain, sarif, terminal};
use kupuya::{pipeline, scenarios};
use kupuya_runtime::Bundle;
use serde_json::Value;

#[test]
fn findings_are_told_in_kyrgyz() {
    let (sources, analysis) = analyze(MANY);
    let style = terminal::Style {
        colours: false,
        width: 100,
        language: Kyrgyz,
    };
    let mut out = String::new();
    for found in &analysis.findings {
        out += &terminal::render(&sources, found, style);
    }
    out += &format!("{}\n", report::summary(&analysis.findings).told(Kyrgyz));
    let reservations = report::reservations(&analysis.model, &analysis.findings).unwrap();
    out += &reservations.told(Kyrgyz);
    insta::assert_snapshot!("terminal", out);

    let plain = analysis
        .findings
        .iter()
        .map(|found| plain::render(&sources, found, Kyrgyz));
    insta::assert_snapshot!("plain", plain.collect::<String>());

    let lines = analysis
        .findings
        .iter()
        .map(|found| github::line(&sources, found, Kyrgyz) + "\n");
    insta::assert_snapshot!("github", lines.collect::<String>());
}

#[test]
fn json_keeps_its_keys_and_closed_words() {
    let (sources, analysis) = analyze(MANY);
    for found in &analysis.findings {
        let line: Value = serde_json::from_str(&json::line(&sources, found, None, Kyrgyz)).unwrap();
        assert!(["error", "warning", "note"].contains(&line["severity"].as_str().unwrap()));
        assert_eq!(line["message"], found.message.told(Kyrgyz).as_str());
        assert_eq!(line["places"][0]["text"], found.labels[0].text.told(Kyrgyz).as_str());
    }
}

#[test]
fn sarif_says_its_language() {
    let (sources, analysis) = analyze(MANY);
    let all = analysis.findings.iter().map(|found| (found, None)).collect::<Vec<_>>();
    let log: Value = serde_json::from_str(&sarif::log(&sources, &analysis.model, &all, Kyrgyz)).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["language"], "ky");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let unknown = rules.iter().find(|rule| rule["id"] == "unknown_name").unwrap();
    assert_eq!(
        unknown["shortDescription"]["text"],
        "Аталыш жарыяланган эч нерсени билдирбейт."
    );
    let page = unknown["help"]["markdown"].as_str().unwrap();
    assert!(
        page.contains("## Эмне үчүн маанилүү\n\n") && page.contains("```kup\n"),
        "{page}"
    );
    for result in run["results"].as_array().unwrap() {
        let text = result["message"]["text"].as_str().unwrap();
        assert!(text.contains(|letter| ('а'..='я').contains(&letter)), "{text}");
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
    }
}

#[test]
fn answers_are_told_in_kyrgyz() {
    let policy = include_str!("../../../src/cli/new/policy.kup");
    let (sources, analysis) = analyze(policy);
    let bundle = Bundle::load(&pipeline::build(&analysis, &Options::default()).unwrap().bundle).unwrap();
    let mut out = String::new();
    for ran in scenarios::run(&analysis.model, &bundle) {
        for line in ran.lines {
            let told = answer::render(&line.answer, Kyrgyz);
            // Clauses are the business of the notice.
            let told = told.lines().filter(|line| !line.contains("-пункт ("));
            let told = told.map(|line| format!("{line}\n")).collect::<String>();
            out += &format!("{}\n{told}\n", sources.text(line.span).trim());
        }
    }
    insta::assert_snapshot!("answers", out);
}
