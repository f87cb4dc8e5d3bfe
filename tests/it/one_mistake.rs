//! One mistake in a policy that was clean gives one finding: nothing that only follows from it is told.

use kupuya::diagnostic::Diagnostic;
use kupuya::messages::Language;
use kupuya::pipeline::{self, Options};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax::ast::Date;
use kupuya::{laws, report};

const POLICY: &str = include_str!("../../src/cli/new/policy.kup");

/// What is replaced, by what, and the code of the one finding.
const MISTAKES: &[(&str, &str, &str)] = &[
    // A promise or a declaration in the block of another one.
    (
        "    use     contacts for",
        "    never publish contacts\n    use     contacts for",
        "misplaced",
    ),
    (
        "    use     contacts for",
        "    never publish contacts\n\n    // So.\n    use     contacts for",
        "misplaced",
    ),
    (
        "    use     contacts for",
        "    fact late \"кечикти\"\n    use     contacts for",
        "misplaced",
    ),
    (
        "    use     contacts for",
        "    data more \"дагы\" {\n        one \"бир\"\n    }\n    use     more.one, contacts for",
        "misplaced",
    ),
    (
        "    phone_no  \"",
        "    purpose other \"башка\"\n    phone_no  \"",
        "misplaced",
    ),
    // Names that are none, or are lost.
    ("data contacts \"", "data \"", "missing_name"),
    ("data contacts \"", "data data \"", "reserved_word"),
    ("data contacts \"", "data 1contacts \"", "bad_name"),
    ("data contacts \"", "data all-contacts \"", "bad_name"),
    ("data contacts \"", "data all contacts \"", "bad_name"),
    ("    phone_no  \"", "    \"", "missing_name"),
    ("    phone_no  \"", "    phone no \"", "bad_name"),
    ("purpose news ", "purpose for ", "reserved_word"),
    ("purpose news ", "purpose ", "missing_name"),
    ("purpose news ", "purpose \"news\" ", "bad_name"),
    ("recipient couriers \"", "recipient \"", "missing_name"),
    ("subject buyer \"", "subject \"", "missing_name"),
    ("basis order ", "basis ", "missing_name"),
    ("controller company \"", "controller \"", "missing_name"),
    ("channel shop_site \"", "channel \"", "missing_name"),
    // What nobody sees.
    (
        "use     contacts for",
        "use     con\u{200B}tacts for",
        "hidden_character",
    ),
    ("use     contacts for", "use \u{202E} contacts for", "hidden_character"),
    ("data contacts \"", "data con\u{7}tacts \"", "hidden_character"),
    // A word that a sign cuts in two.
    ("is third_party in KG", "is third-party in KG", "unexpected_word"),
    // Numbers in words.
    ("for 3 years", "for three years", "wrong_value"),
    ("deadline: 7 days", "deadline: seven days", "wrong_value"),
    // Texts without quotes.
    ("\"info@shop.example\"", "info@shop.example", "wrong_value"),
    (
        "\"«Дүкөн» ЖЧК\" {\n    alias:   \"Компания\"",
        "\"«Дүкөн» ЖЧК\" {\n    alias:   Компания",
        "wrong_value",
    ),
    // What a torn line seems to lack.
    (
        "use     contacts for delivery",
        "use     contacts fr delivery",
        "unknown_word",
    ),
    (
        "use     contacts for delivery",
        "use     contacts delivery",
        "missing_comma",
    ),
    (
        "share   contacts with couriers for delivery",
        "share   contacts wth couriers for delivery",
        "unknown_word",
    ),
    ("    about: buyer", "    about buyer", "missing_colon"),
    ("    about: buyer", "    abuot: buyer", "unknown_field"),
    (
        "share   contacts with couriers for delivery",
        "share   contacts to couriers for delivery",
        "unknown_word",
    ),
    // A ban whose rest cannot be read is no wider ban, a statement no wider statement.
    (
        "never share contacts with couriers for news",
        "never share contacts with couriers fro news",
        "unknown_word",
    ),
    (
        "never share contacts with couriers for news",
        "never share contacts with couriers unles agreed",
        "missing_comma",
    ),
    (
        "never share contacts with couriers for news",
        "never share contacts abot buyer with couriers for news",
        "unknown_word",
    ),
    (
        "never share contacts with couriers for news",
        "never share contacts with couriers\n    unles agreed",
        "unknown_kind",
    ),
    (
        "never share contacts with couriers for news",
        "share contacts with couriers only fro delivery",
        "unknown_word",
    ),
    (
        "    use     contacts.phone_no for news under agreed",
        "    share   contacts with couriers for delivery under agreed wen buyer",
        "unknown_word",
    ),
    // The code of a country in small letters.
    ("third_party in KG", "third_party in kg", "unknown_name"),
    // English verbs that are none of the language.
    ("then erase", "then delete", "unknown_name"),
    ("never share contacts with", "never sell contacts with", "unknown_verb"),
    ("never share contacts with", "never give contacts with", "unknown_verb"),
    // A declaration of an unreadable kind: its name is not missing.
    ("recipient couriers", "receiver couriers", "unknown_kind"),
    ("purpose news ", "goal news ", "unknown_kind"),
    // A field that lost its colon has said what it says.
    ("    withdraw: tap", "    withdraw tap", "missing_colon"),
    ("    channel:  email", "    channel email", "missing_colon"),
    ("    email:   ", "    email ", "missing_colon"),
    // A purpose, a source, a basis that is none.
    (
        "delivery, news under order or",
        "delivry, news under order or",
        "unknown_name",
    ),
    ("from buyer", "from buier", "unknown_name"),
    (
        "news under order or agreed",
        "news under ordr or agreed",
        "unknown_name",
    ),
    (
        "news under order or agreed",
        "news undr order or agreed",
        "unknown_word",
    ),
    // A condition that never holds.
    (
        "with couriers for delivery under order",
        "with couriers for delivery under order when age < 10 and age > 12",
        "impossible_condition",
    ),
    // A comparison that cannot be read, and an age that nobody has.
    (
        "with couriers for delivery under order",
        "with couriers for delivery under order when age >= 99999999999",
        "wrong_value",
    ),
    (
        "never share contacts with couriers for news",
        "never share contacts with couriers for news when date >= 2025-02-31",
        "bad_date",
    ),
    (
        "never share contacts with couriers for news",
        "never share contacts with couriers for news when date >= 31.12.2025",
        "bad_date",
    ),
    (
        "subject buyer \"Сатып алуучу\"",
        "subject buyer \"Сатып алуучу\" when age 90..18",
        "wrong_value",
    ),
    (
        "    keep    contacts for",
        "    use     contacts for delivery under order when age < 0\n    keep    contacts for",
        "impossible_condition",
    ),
    (
        "never share contacts with couriers for news",
        "never never share contacts for news",
        "duplicate_word",
    ),
    // Values.
    ("effective: 2025-09-01", "effective: \"2025-09-01\"", "wrong_value"),
    ("effective: 2025-09-01", "effective: 2025-13-01", "bad_date"),
    ("for 3 years", "for \"3 years\"", "wrong_value"),
    (
        "purpose delivery ",
        "waive unused_noun\npurpose delivery ",
        "missing_value",
    ),
    ("аты-жөнү", "аты\u{202E}жөнү", "hidden_character"),
    ("аты-жөнү", "аты\u{7}жөнү", "hidden_character"),
    ("// To whom.", "// To \u{2066}whom.", "hidden_character"),
    // Names.
    (
        "use     contacts for delivery",
        "use     contcats for delivery",
        "unknown_name",
    ),
    (
        "use     contacts.phone_no for",
        "use     contacts.fone_no for",
        "unknown_name",
    ),
];

fn analyze(text: &str) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    sources.add(Source::new("policy.kup", Origin::Project, text.as_bytes()));
    laws::add_to(&mut sources);
    let today = Date {
        year: 2026,
        month: 1,
        day: 1,
    };
    let options = Options {
        today,
        law: None,
        levels: Vec::new(),
    };
    let findings = pipeline::analyze(&sources, &options).findings;
    (sources, findings)
}

fn findings(text: &str) -> Vec<String> {
    let (sources, all) = analyze(text);
    let plain = |one| report::plain::render(&sources, one, Language::English);
    all.iter().map(|one| format!("{}: {}", one.code, plain(one))).collect()
}

/// The texts that the edits of a finding make, each alone.
fn edited(text: &str) -> Vec<(String, String)> {
    let (sources, all) = analyze(text);
    let each = all.iter().flat_map(|found| &found.fixes);
    let made = each.map(|fix| {
        let mut edits = kupuya::fixes::edits(&sources, fix);
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        let mut text = text.to_owned();
        for (span, new) in edits {
            text.replace_range(span.start as usize..span.end as usize, &new);
        }
        (fix.title.english(), text)
    });
    made.collect()
}

/// Edits that leave a choice to a person: the name that is made need not be the one that is used elsewhere.
const NOT_ALL: &[&str] = &["write `all_contacts`", "write `phone_no`"];

#[test]
fn every_edit_of_one_mistake_mends_it() {
    let mut tried = 0;
    let mut wrong = String::new();
    for (right, mistake, code) in MISTAKES {
        for (title, text) in edited(&POLICY.replacen(right, mistake, 1)) {
            tried += 1;
            let told = findings(&text);
            if told
                .iter()
                .any(|one| one.starts_with("error") || one.starts_with(&format!("{code}: ")))
                || !told.is_empty() && !NOT_ALL.contains(&title.as_str())
            {
                wrong += &format!("{mistake:?}, {title}:\n{}\n", told.join("\n"));
            }
        }
    }
    assert!(tried > 10, "{tried}");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn one_mistake_gives_one_finding() {
    assert!(findings(POLICY).is_empty());
    let mut wrong = String::new();
    for (right, mistake, code) in MISTAKES {
        assert!(POLICY.contains(right), "{right}");
        let told = findings(&POLICY.replacen(right, mistake, 1));
        let one = matches!(told.as_slice(), [one] if one.starts_with(&format!("{code}: ")));
        if !one {
            wrong += &format!("{mistake:?} should be one {code}:\n{}\n", told.join("\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
