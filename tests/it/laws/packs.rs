//! Several packs beside each other: laws, packs of the project, house rules of its own files.

use kupuya::diagnostic::{Diagnostic, Severity};
use kupuya::laws;
use kupuya::pipeline::{self, Analysis, Options};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax::ast::Date;

const POLICY: &str = include_str!("../../../src/cli/new/policy.kup");

/// House rules that the policy breaks.
const HOUSE: &str =
    "law house \"Ички эрежелер\" {\n    rule short \"кыска\" is error { each policy must have published }\n}\n";

fn check(law: &str, own: &str, pack: &str, asked: Option<&str>) -> Analysis {
    let policy = POLICY.replacen("2025-09-01\n", &format!("2025-09-01\n    {law}\n"), 1);
    let mut sources = Sources::default();
    sources.add(Source::new("policy.kup", Origin::Project, policy.as_bytes()));
    sources.add(Source::new("own.kup", Origin::Project, own.as_bytes()));
    sources.add(Source::new("pack.kup", Origin::Pack, pack.as_bytes()));
    laws::add_to(&mut sources);
    let today = Date {
        year: 2025,
        month: 12,
        day: 1,
    };
    let options = Options {
        today,
        law: asked.map(str::to_owned),
        levels: Vec::new(),
    };
    pipeline::analyze(&sources, &options)
}

fn packs(analysis: &Analysis) -> Vec<&str> {
    analysis.model.packs.iter().map(|pack| pack.name.as_str()).collect()
}

fn found<'a>(analysis: &'a Analysis, code: &str) -> Vec<&'a Diagnostic> {
    analysis.findings.iter().filter(|found| found.code == code).collect()
}

#[test]
fn a_noun_of_a_pack_that_is_not_chosen_is_told_with_its_pack() {
    let own = "basis power \"ыйгарым укук\" is state_request\n";
    let chosen = check("law: kg", own, "", None);
    assert!(found(&chosen, "unknown_name").is_empty());
    let other = check("law: kg", own, "", Some("kgdc2025"));
    let told: Vec<String> = found(&other, "unknown_name")
        .iter()
        .map(|one| one.message.english())
        .collect();
    assert_eq!(
        told,
        ["`state_request` is declared by the pack `kg2008`, which is not chosen"]
    );
    assert!(other.findings.iter().any(|found| found.code.starts_with("kgdc2025.")));
    let slip = check(
        "law: kg",
        "basis power \"ыйгарым укук\" is state_requst\n",
        "",
        Some("kgdc2025"),
    );
    assert_eq!(
        found(&slip, "unknown_name")[0].message.english(),
        "`state_requst` is not declared"
    );
}

#[test]
fn a_pack_is_told_that_it_does_not_see_the_nouns_of_the_policy() {
    let rules = "law house \"Ички эрежелер\" {\n    rule gone \"кетсин\" is error { each data must have own }\n    rule kept \"калсын\" is error { never collect any for own }\n}\n";
    let noun = "purpose own \"өз максат\" is marketing\n";
    let inside = check("law: kg", &format!("{noun}{rules}"), "", None);
    assert!(found(&inside, "unknown_name").is_empty(), "house rules see them");
    let told = check("law: kg, house", noun, rules, None);
    let unknown = found(&told, "unknown_name");
    assert_eq!(unknown.len(), 2, "{:?}", told.findings);
    for one in unknown {
        assert!(
            one.message.english().starts_with("`own` is a noun of the policy"),
            "{}",
            one.message.english()
        );
        let help = one.help.as_ref().unwrap().english();
        assert!(help.starts_with("ask about `marketing`"), "{help}");
        assert!(one.fixes.is_empty(), "the same word again is no cure");
    }
}

#[test]
fn a_policy_names_several_packs() {
    let both = check("law: kg, house", "", HOUSE, None);
    assert_eq!(packs(&both), ["kg2008", "house"]);
    assert_eq!(found(&both, "house.short").len(), 1);
    assert_eq!(
        found(&both, "house.short")[0].severity,
        Severity::Error,
        "nothing to be read in"
    );
    assert!(both.findings.iter().any(|found| found.code.starts_with("kg2008.")));
    // Another law takes the place of the first; house rules stay.
    let other = check("law: kg, house", "", HOUSE, Some("kgdc2025"));
    assert_eq!(packs(&other), ["kgdc2025", "house"]);
    assert_eq!(found(&other, "pack_ended").len(), 0);
}

#[test]
fn house_rules_of_own_files_stand_beside_the_law() {
    let own = check("law: kg", HOUSE, "", None);
    assert_eq!(packs(&own), ["house", "kg2008"]);
    assert_eq!(found(&own, "house.short").len(), 1);
    // Named all the same, they count once.
    assert_eq!(packs(&check("law: kg, house", HOUSE, "", None)), ["house", "kg2008"]);
}

#[test]
fn rules_beside_a_law_are_its_own() {
    let beside = "law house \"Ички эрежелер\" {}\nrule house.short \"кыска\" is error { each policy must have published }\nrule brief \"кыска\" is error { each policy must have published }\n";
    let own = check("law: kg", beside, "", None);
    let codes: Vec<&str> = own.model.rules.iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(codes[..2], ["house.short", "house.brief"]);
    let known = pipeline::is_rule(&own.model, "house.short");
    assert!(known);
}

#[test]
fn a_rule_of_no_law_is_refused() {
    let stray = "rule short is error { each policy must have published }\nrule brief is error { each policy must have published }\n";
    let told = check("law: kg", stray, "", None);
    let [one] = found(&told, "misplaced_rule")[..] else {
        panic!("one mistake, one finding");
    };
    assert!(
        one.message.english().ends_with("this one and 1 more"),
        "{}",
        one.message.english()
    );
}

#[test]
fn of_a_family_one_pack_counts() {
    let rival = HOUSE.replacen("{\n", "{\n    family: kg\n", 1);
    for (own, pack) in [(rival.as_str(), ""), ("", rival.as_str())] {
        let told = check("law: kg", own, pack, None);
        let [one] = found(&told, "two_of_a_family")[..] else {
            panic!("{:?}", told.findings);
        };
        assert_eq!(one.labels.len(), 2, "both places");
        assert_eq!(packs(&told), ["kg2008"], "the law is not replaced");
    }
    let told = check("law: kg2008, kgdc2025", "", "", None);
    let [one] = found(&told, "two_of_a_family")[..] else {
        panic!("{:?}", told.findings);
    };
    assert!(!one.message.english().contains("both count"), "one begins later");
    let dated = |label: &kupuya::diagnostic::Label| label.text.english().ends_with("in force from 2026-02-05 on");
    assert_eq!(
        one.labels.iter().filter(|label| dated(label)).count(),
        1,
        "{:?}",
        one.labels
    );
    // Packs that follow each other in time are no rivals.
    let later = rival.replacen("family: kg", "family: kg\n    from: 2030-01-01", 1);
    assert_eq!(found(&check("law: kg", "", &later, None), "two_of_a_family").len(), 0);
}

#[test]
fn a_pack_that_nothing_applies_is_told() {
    let told = check("law: kg", "", HOUSE, None);
    let [one] = found(&told, "unused_pack")[..] else {
        panic!("{:?}", told.findings);
    };
    assert_eq!(one.fixes[0].edits[0].1, ", house");
    let later = HOUSE.replacen("{\n", "{\n    from: 2030-01-01\n", 1);
    assert_eq!(found(&check("law: kg", &later, "", None), "unused_pack").len(), 1);
    // A name that is misspelt is one mistake.
    assert_eq!(found(&check("law: kg, hause", "", HOUSE, None), "unused_pack").len(), 0);
}

#[test]
fn mistakes_in_packs_left_out_are_told() {
    let wrong = HOUSE.replacen("each policy must have published", "each polcy must have published", 1);
    for (own, pack) in [
        ("", wrong.clone()),
        (&*wrong.replacen("{\n", "{\n    from: 2030-01-01\n", 1), String::new()),
    ] {
        let told = check("law: kg", own, &pack, None);
        assert_eq!(found(&told, "unknown_name").len(), 1, "{:?}", told.findings);
    }
    assert_eq!(
        found(&check("law: kg, house", "", &wrong, None), "unknown_name").len(),
        1
    );
}

#[test]
fn levels_and_pages_know_house_rules() {
    let mut sources = Sources::default();
    sources.add(Source::new("own.kup", Origin::Project, HOUSE.as_bytes()));
    laws::add_to(&mut sources);
    let analysis = pipeline::analyze(
        &sources,
        &Options {
            today: Date {
                year: 2025,
                month: 12,
                day: 1,
            },
            law: None,
            levels: Vec::new(),
        },
    );
    assert!(pipeline::levelled(&sources, &analysis.files).contains(&"house.short".to_owned()));
    let pages = pipeline::rules_of_packs(&sources, &analysis.files, kupuya::messages::Language::English);
    let page = pages.iter().find(|page| page.code == "house.short").unwrap();
    assert!(page.page.contains("each policy must have published"), "{}", page.page);
}
