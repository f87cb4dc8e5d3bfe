//! A case for each place that titles an edit.

use super::{left, made, own, places, settings};
use crate::checks::run::{Run, check, check_over, check_with};
use kupuya::diagnostic::Diagnostic;
use kupuya::syntax::ast::Date;
use kupuya::{pipeline, waivers};

/// The policy that `kupuya new` makes: clean.
const POLICY: &str = include_str!("../../../src/cli/new/policy.kup");

/// A code, what is replaced in the policy, and by what. Every edit of that code is made.
const CASES: &[(&str, &str, &str)] = &[
    // Headers.
    ("unknown_kind", "recipient couriers", "recipent couriers"),
    ("bad_name", "measure encryption", "measure full encryption"),
    ("bad_name", "purpose delivery ", "purpose \"delivery\" "),
    (
        "missing_brace",
        "measure encryption",
        "processing extra \"Кошумча\"\n\nmeasure encryption",
    ),
    (
        "duplicate_word",
        "\"жеткирүү кызматы\"",
        "\"жеткирүү кызматы\" \"дагы\"",
    ),
    (
        "missing_word",
        "\"жеткирүү кызматы\" is third_party",
        "\"жеткирүү кызматы\" third_party",
    ),
    // What is missing.
    (
        "missing_label",
        "purpose delivery \"буйрутманы жеткирүү\"",
        "purpose delivery",
    ),
    (
        "no_retention",
        "    keep    contacts for 3 years under order then erase\n",
        "",
    ),
    (
        "no_purpose",
        "    keep    contacts for 3 years under order then erase\n}",
        "}\nprocessing keeping \"Сактоо\" {\n    about: buyer\n    keep contacts for 3 years under order then erase\n}",
    ),
    (
        "misplaced_rule",
        "measure encryption",
        "rule short is warning { each controller must have address }\nmeasure encryption",
    ),
    (
        "conflict",
        "// A promise",
        "keep contacts only at most 1 year\n// A promise",
    ),
    // Braces and brackets.
    ("missing_brace", "    protects: contacts\n}", "    protects: contacts"),
    (
        "missing_brace",
        "\"маалыматтарды шифрлөө\" is encryption {",
        "\"маалыматтарды шифрлөө\" is encryption",
    ),
    ("stray_brace", "    about: buyer\n\n", "    about: buyer\n}\n"),
    (
        "stray_brace",
        "    protects: contacts\n}",
        "    protects: contacts\n}\n}",
    ),
    ("stray_brace", "    deadline: 7 days\n", "    deadline: 7 days {\n"),
    ("missing_brace", "under order or agreed", "under (order or agreed"),
    ("stray_brace", "under order or agreed", "under order or agreed)"),
    (
        "duplicate_word",
        "share   contacts with couriers",
        "share   contacts contacts with couriers",
    ),
    // Letters.
    ("hidden_character", "аты-жөнү", "аты\u{202E}жөнү"),
    ("look_alike_letter", "// Who answers", "// Whо answers"),
    ("look_alike_letter", "measure encryption", "measure encrуption"),
    // Lines.
    (
        "missing_word",
        "    deny undeclared   use contacts.full_name",
        "    use contacts.full_name",
    ),
    (
        "duplicate_word",
        "never share contacts",
        "@one\n@two\nnever share contacts",
    ),
    ("unclosed_string", "\"телефон номери\"", "\"телефон номери"),
    ("wrong_quotes", "\"телефон номери\"", "«телефон номери»"),
    ("bad_date", "2025-09-01", "01.09.2025"),
    ("bad_date", "2025-09-01", "2025-09-31"),
    // Sentences.
    ("missing_comma", "for delivery, news", "for delivery news"),
    (
        "unexpected_word",
        "never share contacts with couriers for news",
        "never share contacts only under order",
    ),
    (
        "unknown_word",
        "share   contacts with couriers",
        "share   contacts wth couriers",
    ),
    ("unknown_word", "deny undeclared ", "deny undecared "),
    ("unknown_word", "never share", "nver share"),
    ("wrong_value", "for 3 years", "for three years"),
    // Rules.
    (
        "unknown_name",
        "measure encryption",
        "law house \"Үй\" {\n    rule short \"кыска\" is warnin {\n        each controller must have address\n    }\n}\nmeasure encryption",
    ),
    (
        "unknown_name",
        "measure encryption",
        "law house \"Үй\" {\n    rule short \"кыска\" is warning {\n        each contrller must have address\n    }\n}\nmeasure encryption",
    ),
    // Fields.
    ("wrong_value", "\"info@shop.example\"", "info@shop.example"),
    (
        "wrong_value",
        "\"https://shop.example\"\n}\n\n// Which",
        "https://shop.example\n}\n\n// Which",
    ),
    ("unknown_field", "    about: buyer", "    abuot: buyer"),
    ("missing_colon", "    about: buyer", "    about buyer"),
    (
        "missing_comma",
        "email:   \"info@shop.example\"",
        "email:   \"info@shop.example\" \"a@shop.example\"",
    ),
    ("wrong_value", "effective: 2025-09-01", "effective: \"2025-09-01\""),
    (
        "wrong_value",
        "    withdraw: tap at shop_site\n",
        "    withdraw: tap at shop_site\n    giver:    gardian\n",
    ),
    // Formulas.
    ("unexpected_word", "for delivery, news", "for delivery and news"),
    ("unexpected_word", "under order or agreed", "under order, agreed"),
    (
        "mixed_and_or",
        "under order or agreed",
        "under order or agreed and order",
    ),
    (
        "missing_word",
        "measure encryption",
        "law own \"Ички\" {\n    rule own.r is note {\n        consent must have withdraw\n    }\n}\nmeasure encryption",
    ),
    (
        "unexpected_word",
        "measure encryption",
        "law own \"Ички\" {\n    rule own.r is note {\n        each consent have withdraw\n    }\n}\nmeasure encryption",
    ),
    // Names.
    ("unknown_name", "    use     contacts for", "    use     contcats for"),
    ("unknown_name", "    use     contacts for", "    use     соntacts for"),
    ("stray_brace", "    about: buyer\n\n", "    about: buyer {\n\n"),
    (
        "stray_brace",
        "with couriers for news\n\n// A right",
        "with couriers for news\n{\n\n// A right",
    ),
    (
        "missing_line_end",
        "    url: \"https://shop.example\"\n}\n\n// Which data, as a tree.\ndata contacts",
        "    url: \"https://shop.example\"\n} data contacts",
    ),
    ("wrong_value", "for 3 years", "for \"3 years\""),
    (
        "missing_value",
        "email:   \"info@shop.example\"",
        "email:   \"info@shop.example\",",
    ),
    (
        "missing_value",
        "email:   \"info@shop.example\"",
        "email:   , \"info@shop.example\"",
    ),
    ("unknown_verb", "    use     contacts for", "    usee    contacts for"),
    (
        "unused_waiver",
        "measure encryption",
        "waive unused_nun \"ушундай\"\nfact late \"кечиккен\"\n\nmeasure encryption",
    ),
    // Rules.
    ("empty_promise", "never share contacts with", "never share contact with"),
    (
        "conflict",
        "    use     contacts.phone_no for news under agreed\n",
        "    use     contacts.phone_no for news under agreed\n    share   contacts.phone_no with couriers for news under agreed\n",
    ),
    (
        "conflict",
        "for news\n\n// A right",
        "for delivery\nuse contacts only under order\n\n// A right",
    ),
    (
        "conflict",
        "never share contacts with couriers for news",
        "never share contacts.phone_no with couriers for delivery",
    ),
    (
        "conflict",
        "never share contacts with couriers for news",
        "use contacts only under order",
    ),
    ("consent_not_withdrawable", "    withdraw: tap at shop_site\n", ""),
    (
        "missing_effective",
        "    effective: 2025-09-01",
        "    approved:  2025-09-01",
    ),
    ("right_without_channel", "    channel:  email at shop_site\n", ""),
    (
        "right_without_channel",
        " is access {\n    channel:  email at shop_site\n    deadline: 7 days\n}",
        " is access",
    ),
    (
        "repeated_statement",
        "    use     contacts for delivery under order\n",
        "    use     contacts for delivery under order\n    use     contacts.full_name for delivery under order\n",
    ),
    (
        "unused_noun",
        "measure encryption",
        "fact late \"кечиккен\"\n\nmeasure encryption",
    ),
    (
        "unused_term",
        "measure encryption",
        "term wallet \"Капчык\" \"акчанын эсеби\"\n\nmeasure encryption",
    ),
];

/// Projects of their own, whole.
const WHOLE: &[(&str, &str)] = &[(
    "no_basis",
    r#"subject user "Колдонуучу"
data contacts "байланыштар"
purpose payments "төлөмдөр"
channel here "тиркеме" is app
basis agreed "макулдук" is consent { withdraw: settings at here }
processing x "Төлөмдөр" {
    collect contacts from user for payments under agreed
    use     contacts for payments
    keep    contacts for 1 year under agreed then erase
}
"#,
)];

/// A pack that asks for nothing.
const PACK: &str = "law house \"Ички эрежелер\" { from: 2020-01-01 }";

/// A taxonomy with a noun that another has taken the place of.
const TAXONOMY: &str = r#"data person_name "аты-жөнү" { replaced_by: "full_name" }
data full_name "толук аты-жөнү"
basis contract "келишим"
recipient third_party "үчүнчү жак"
country KG "Кыргыз Республикасы"
"#;
const REPLACED: &str = r#"subject user "Колдонуучу"
data names "аты-жөнү" is person_name
purpose payments "төлөмдөр"
basis order "келишим" is contract
processing x "Төлөмдөр" {
    collect names from user for payments under order
    use     names for payments under order
    keep    names for 1 year under order then erase
}
"#;

/// All that is found, after waivers.
fn findings(run: Run) -> (kupuya::source::Sources, Vec<Diagnostic>) {
    let today = Date {
        year: 2026,
        month: 1,
        day: 1,
    };
    let codes: Vec<String> = pipeline::codes().into_iter().map(|code| code.code).collect();
    let (found, _) = waivers::apply(
        &run.model,
        run.found,
        today,
        |code| pipeline::is_rule(&run.model, code),
        &codes,
    );
    (run.sources, found)
}

/// What was made: code, message and title.
pub type Made = (String, &'static str, &'static str);

/// Makes every edit of a code in a text, each alone.
fn try_all(code: &str, text: &str, read: impl Fn(&str) -> Run, all: &mut Vec<Made>, wrong: &mut String) {
    let (sources, before) = findings(read(text));
    let mut tried = 0;
    for found in before.iter().filter(|found| found.code == code) {
        for fix in &found.fixes {
            tried += 1;
            let new = made(&sources, own(&sources), fix);
            let (_, after) = findings(read(&new));
            let left = left(code, &before, &after);
            if left.is_empty() {
                all.push((found.code.clone(), found.message.template, fix.title.template));
            } else {
                let title = fix.title.english();
                *wrong += &format!("{code}, {title}: {left}\n{}\n", difference(text, &new));
            }
        }
    }
    if tried == 0 {
        let told: Vec<String> = before
            .iter()
            .map(|one| format!("{}: {}", one.code, one.message.english()))
            .collect();
        *wrong += &format!("{code} has no edit: {told:#?}\n");
    }
}

/// The lines that an edit changed.
fn difference(old: &str, new: &str) -> String {
    let old: Vec<&str> = old.lines().collect();
    let changed = new.lines().filter(|line| !old.contains(line));
    changed.map(|line| format!("    {line}\n")).collect()
}

#[test]
fn every_edit_of_a_finding_is_made_in_a_case() {
    let mut wrong = String::new();
    let mut all = settings::try_all(&mut wrong);
    assert!(check(POLICY).found.is_empty(), "{}", check(POLICY).told());
    for (code, from, to) in CASES {
        let text = POLICY.replacen(from, to, 1);
        if text == POLICY {
            wrong += &format!("{code}: nothing says `{from}`\n");
        }
        try_all(code, &text, check, &mut all, &mut wrong);
    }
    for (code, text) in WHOLE {
        try_all(code, text, check, &mut all, &mut wrong);
    }
    let under = |text: &str| check_with(text, None, &[PACK]);
    let law = POLICY.replacen(
        "    effective: 2025-09-01",
        "    effective: 2025-09-01\n    law:       hause",
        1,
    );
    try_all("unknown_law", &law, under, &mut all, &mut wrong);
    let unnamed = law.replace("hause", "gdpr");
    try_all("unused_pack", &unnamed, under, &mut all, &mut wrong);
    let over = |text: &str| check_over(TAXONOMY, text);
    try_all("replaced_noun", REPLACED, over, &mut all, &mut wrong);
    // Those of law packs are tried on every rule, in `laws`.
    let places = places::all();
    assert!(places.len() > 50, "{}", places.len());
    for place in places.iter().filter(|place| !place.name.starts_with("src/checks/law/")) {
        let covered = all.iter().any(|(code, message, title)| {
            *title == place.title
                && (place.codes.is_empty() || place.codes.contains(code))
                && (place.messages.is_empty() || place.messages.contains(*message))
        });
        if !covered {
            wrong += &format!("no case makes this edit: {}: {}\n", place.name, place.title);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
