//! One mistake in a policy that was clean gives one finding: nothing that only follows from it is told.

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
    // What a torn line seems to lack.
    (
        "use     contacts for delivery",
        "use     contacts fr delivery",
        "missing_comma",
    ),
    (
        "use     contacts for delivery",
        "use     contacts delivery",
        "missing_comma",
    ),
    (
        "share   contacts with couriers for delivery",
        "share   contacts wth couriers for delivery",
        "missing_comma",
    ),
    ("    about: buyer", "    about buyer", "missing_colon"),
    ("    about: buyer", "    abuot: buyer", "unknown_field"),
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

fn findings(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    sources.add(Source::new("policy.kup", Origin::Project, text.as_bytes()));
    laws::add_to(&mut sources);
    let options = Options {
        today: Date {
            year: 2026,
            month: 1,
            day: 1,
        },
        law: None,
        levels: Vec::new(),
    };
    let all = pipeline::analyze(&sources, &options).findings;
    all.iter()
        .map(|one| {
            format!(
                "{}: {}",
                one.code,
                report::plain::render(&sources, one, kupuya::messages::Language::English)
            )
        })
        .collect()
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
