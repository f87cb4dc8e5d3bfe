//! What packs say to people: in both languages, and in Kyrgyz without a word of English.

use std::collections::BTreeMap;

use super::{COMPLIANT, under};
use kupuya::messages::Language;
use kupuya::pipeline;

/// Names that have no other writing.
const LATIN: &[&str] = &["GDPR", "COM"];

/// A text without what stands in backticks.
fn outside(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn rules_say_all_in_both_languages() {
    let mut wrong = String::new();
    for law in ["gdpr", "kg2008", "kgdc2025"] {
        for rule in under(law, COMPLIANT).0.rules {
            let pairs = [
                ("label", &rule.label, &rule.english),
                ("why", &rule.why, &rule.why_english),
                ("help", &rule.help, &rule.help_english),
            ];
            for (word, kyrgyz, english) in pairs {
                if kyrgyz.is_some() != english.is_some() {
                    wrong += &format!("{}: {word} in one language only\n", rule.code);
                }
                let Some((kyrgyz, english)) = kyrgyz.as_ref().zip(english.as_ref()) else {
                    continue;
                };
                let code = |text: &str| {
                    let mut code: Vec<String> = text.split('`').skip(1).step_by(2).map(str::to_owned).collect();
                    code.sort();
                    code
                };
                if code(&kyrgyz.value) != code(&english.value) {
                    wrong += &format!("{}: {word} shows other code in the two languages\n", rule.code);
                }
                let bare = LATIN
                    .iter()
                    .fold(outside(&kyrgyz.value), |text, word| text.replace(word, ""));
                if bare.chars().any(|letter| letter.is_ascii_alphabetic()) {
                    wrong += &format!("{}: {word} is not Kyrgyz: {bare}\n", rule.code);
                }
            }
            if rule.help.is_none() {
                wrong += &format!("{}: no help\n", rule.code);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn pages_of_rules_are_in_one_language() {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let pages = pipeline::rules_carried(Language::Kyrgyz);
    for page in &pages {
        *rules.entry(page.code.split('.').next().unwrap()).or_default() += 1;
        let prose: String = page.page.split("```").step_by(2).collect();
        let prose = outside(&prose.replace(&page.code, ""));
        // Letters of parts of articles are Latin: 5(1)(a).
        let mut words = prose.split(|letter: char| !letter.is_ascii_alphabetic());
        let strange = words.find(|word| word.len() > 1);
        assert!(strange.is_none(), "{}: {prose}", page.code);
        assert!(
            page.page.lines().filter(|line| line.starts_with("## ")).count() >= 3,
            "{}",
            page.page
        );
    }
    assert_eq!(
        rules.into_iter().collect::<Vec<_>>(),
        [("gdpr", 50), ("kg2008", 22), ("kgdc2025", 69)]
    );
}
