//! Reports: every format of `kupuya check`, edits, baselines, limits.

mod baseline;
mod fixes;
mod formats;
mod kyrgyz;
mod sarif;
mod schema;
mod trails;

use kupuya::diagnostic::Severity;
use kupuya::laws;
use kupuya::pipeline::{self, Analysis, Level, Options};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax::ast::Date;

/// A project with findings of many kinds: errors of names, of rules and of a pack, an accepted finding, and edits.
const MANY: &str = r#"waive missing_effective "Күнү кийин белгиленет: 100% так эмес"
policy shop "Дүкөндүн купуялуулук саясаты" {
    approved: 2024-01-01
    law:      kg
}
controller company "«Дүкөн» ЖЧК" { email: "info@example.kg" }
subject buyer "Сатып алуучу"
data contacts "Байланыш маалыматтары" {
    phone_no "Телефон номери"
}
purpose delivery "Жеткирүү"
purpose news "Жаңылыктар"
basis agreed "Макулдук" is consent
block about buyer from buyer by company {
    use contacts for delivery under agreed
    use contacts for delivry under agreed
    share contacts with nobody for news under agreed
}
"#;

/// The same without its mistake of syntax, after which what seems to be missing is not told.
fn readable() -> String {
    MANY.replace(
        "block about buyer from buyer by company {",
        "processing work \"Иш\" {\n    about: buyer\n    by: company",
    )
}

/// Analyses one text on a day in 2026.
pub fn analyze(text: &str) -> (Sources, Analysis) {
    analyze_at(text, &[])
}

fn analyze_at(text: &str, levels: &[(&str, Level)]) -> (Sources, Analysis) {
    let mut sources = Sources::default();
    sources.add(Source::new("дүкөн/policy.kup", Origin::Project, text.as_bytes()));
    laws::add_to(&mut sources);
    let options = Options {
        today: Date {
            year: 2026,
            month: 11,
            day: 1,
        },
        law: None,
        levels: levels
            .iter()
            .map(|(code, level)| ((*code).to_owned(), *level))
            .collect(),
    };
    let analysis = pipeline::analyze(&sources, &options);
    (sources, analysis)
}

#[test]
fn the_example_has_findings_of_many_kinds() {
    let (_, analysis) = analyze(&readable());
    let codes = analysis
        .findings
        .iter()
        .map(|found| found.code.as_str())
        .collect::<Vec<_>>();
    for code in ["unknown_name", "consent_not_withdrawable", "pack_ended"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    assert!(codes.iter().any(|code| code.starts_with("kg2008.")), "{codes:?}");
    assert!(analysis.findings.iter().any(|found| !found.fixes.is_empty()));
    assert!(analysis.findings.iter().any(|found| found.labels.len() > 1));
    assert_eq!(analysis.waived.len(), 1);
}

#[test]
fn a_level_drops_or_changes_the_findings_of_a_rule() {
    let code = "consent_not_withdrawable";
    let severity = |level| {
        let (_, analysis) = analyze_at(&readable(), &[(code, level)]);
        let found = analysis.findings.into_iter().find(|found| found.code == code);
        found.map(|found| found.severity)
    };
    assert_eq!(severity(Level::Allow), None);
    assert_eq!(severity(Level::At(Severity::Note)), Some(Severity::Note));
    let (_, names) = analyze_at(MANY, &[("unknown_name", Level::Allow)]);
    assert!(names.findings.iter().any(|found| found.code == "unknown_name"));
}

#[test]
fn every_rule_of_every_pack_can_be_levelled() {
    let (sources, analysis) = analyze(MANY);
    let known = pipeline::levelled(&sources, &analysis.files);
    for rule in &analysis.model.rules {
        assert!(known.contains(&rule.code), "{}", rule.code);
    }
    assert!(
        known.iter().any(|code| code.starts_with("kgdc2025.")),
        "not in force then"
    );
    assert!(known.contains(&"conflict".to_owned()));
    assert!(!known.contains(&"unknown_name".to_owned()));
}

/// What is said of packs that have ended, for a policy with these lines of its own.
fn ended(lines: &str, law: Option<&str>) -> Vec<String> {
    let text = format!(
        "policy shop \"Дүкөн\" {{\n{lines}}}\ncontroller company \"«Дүкөн» ЖЧК\" {{ email: \"info@example.kg\" }}\n"
    );
    let mut sources = Sources::default();
    sources.add(Source::new("policy.kup", Origin::Project, text.as_bytes()));
    laws::add_to(&mut sources);
    let options = Options {
        today: Date {
            year: 2026,
            month: 3,
            day: 1,
        },
        law: law.map(str::to_owned),
        levels: Vec::new(),
    };
    let found = pipeline::analyze(&sources, &options).findings;
    let ended = found.iter().filter(|found| found.code == "pack_ended");
    ended
        .map(|found| {
            let help = found.help.as_ref().map(|help| help.english()).unwrap_or_default();
            format!("{:?}: {}; {help}", found.severity, found.message.english())
        })
        .collect()
}

#[test]
fn a_pack_that_has_ended_is_said_while_the_policy_holds() {
    let old = "    effective: 2025-09-01\n    law:       kg\n";
    assert_eq!(
        ended(old, None),
        [
            "Note: the policy is in force, but `kg2008`, under which it is checked, ended on 2026-02-04; \
             today `kgdc2025` is in force: `kupuya check --law kgdc2025` shows what it asks for"
        ]
    );
    assert!(
        ended(old, Some("kgdc2025")).is_empty(),
        "it is checked under the new one"
    );
    let past = "    effective: 2025-09-01\n    until:     2026-01-31\n    law:       kg\n";
    assert!(ended(past, None).is_empty(), "the policy has ended too");
    let new = "    effective: 2026-02-05\n    law:       kg\n";
    assert!(ended(new, None).is_empty(), "the new pack holds");
}
