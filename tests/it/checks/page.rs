//! docs/findings.md: what it says of the published policies is what the checker finds in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kupuya::laws;
use kupuya::pipeline::{self, Options};
use kupuya::source::{Origin, Source, Sources};
use kupuya::syntax::ast::Date;

const PAGE: &str = include_str!("../../../docs/findings.md");

/// The policies by the names of the page.
const POLICIES: &[(&str, &str)] = &[
    ("MegaPay", "megapay"),
    ("MEGA24", "mega24"),
    ("Инфоком", "infocom"),
    ("OGOGO", "ogogo"),
    ("om.kg", "om"),
];

/// Every code found in a policy, accepted or not.
fn found(folder: &str, law: Option<&str>) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(folder);
    let mut sources = Sources::default();
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "kup"))
        .collect();
    paths.sort();
    for path in paths {
        let name = path.display().to_string();
        sources.add(Source::new(name, Origin::Project, &std::fs::read(path).unwrap()));
    }
    laws::add_to(&mut sources);
    let options = Options {
        today: Date {
            year: 2026,
            month: 1,
            day: 1,
        },
        law: law.map(str::to_owned),
        levels: Vec::new(),
    };
    let analysis = pipeline::analyze(&sources, &options);
    let waived = analysis.waived.into_iter().map(|waived| waived.finding);
    // A noun of the old law that the new one does not have is an error, for which some findings wait.
    analysis
        .findings
        .into_iter()
        .chain(analysis.withheld)
        .chain(waived)
        .map(|found| found.code)
        .collect()
}

/// The rows of the table under a heading: the policies named, and the codes of the last column.
fn rows(heading: &str) -> Vec<(String, Vec<&'static str>, Vec<&'static str>)> {
    let section = PAGE
        .split("\n## ")
        .find(|section| section.starts_with(heading))
        .unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(2);
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [kind, reported, rule] = cells[..] else {
            panic!("three cells: {row}")
        };
        let all = reported.starts_with("all five");
        let named = POLICIES.iter().filter(|(name, _)| all || reported.contains(name));
        let codes = rule
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|code| kupuya::checks::rule_named(code).is_some() || code.contains('.'));
        (
            kind.to_owned(),
            named.map(|(_, folder)| *folder).collect(),
            codes.collect(),
        )
    })
    .collect()
}

#[test]
fn what_the_page_says_of_published_policies_is_found_in_them() {
    let mut wrong = String::new();
    for (heading, law) in [
        ("Which rule finds it", None),
        ("What the Digital Code would change", Some("kgdc2025")),
    ] {
        let found: BTreeMap<&str, BTreeSet<String>> = POLICIES
            .iter()
            .map(|(_, folder)| (*folder, found(folder, law)))
            .collect();
        let rows = rows(heading);
        assert!(rows.len() > 10, "{heading}: {}", rows.len());
        for (kind, policies, codes) in rows {
            for policy in &policies {
                // Some rows name a rule of the Code too, for those who check the policy under it.
                let under_own = codes
                    .iter()
                    .filter(|code| law.is_some() || !code.starts_with("kgdc2025."));
                let mut under_own = under_own.peekable();
                if under_own.peek().is_some() && !under_own.any(|code| found[policy].contains(*code)) {
                    wrong += &format!("{kind}: {policy} has none of {codes:?}\n");
                }
            }
            for code in &codes {
                for (policy, found) in &found {
                    if found.contains(*code) && !policies.contains(policy) {
                        wrong += &format!("{kind}: {policy} has {code} too\n");
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
