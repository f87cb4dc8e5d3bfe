//! What counts as added in a new version (M14), in words.

use std::collections::BTreeMap;

use kupuya::diff::{Side, Verdict, diff};
use kupuya::model::Model;
use kupuya::notice::Options;
use kupuya::pipeline;
use kupuya::source::{Origin, Source, Sources};

use crate::sources::options;

const POLICY: &str = r#"
policy p "Сыноо саясаты" { effective: <day> }
controller firm "«Фирма» ЖЧК" { email: "a@b.kg" }
subject person "адам"
subject child "бала" is person when age < 18
channel app "тиркеме" is app
data contacts "байланыштар" <flag> { phone_no "телефон" mail "почта" <more> }
purpose delivery "жеткирүү"
purpose ads "жарнама"
basis agreed "макулдук" is consent { given: tap at app withdraw: tap at app <consent> }
basis wished "каалоо" is consent { given: tap at app withdraw: tap at app }
basis order "келишим" is contract
recipient couriers "курьерлер" is third_party in KG
fact opted "адам тандаган"
fact closed "эсеп жабылган"
processing p1 "Иштетүү" {
    about: person
    collect contacts from person for ads under agreed
    <use>
    <keep>
}
<after>
"#;

/// What stands at the marks of the policy; at the others what stands there usually.
type Said = &'static [(&'static str, &'static str)];

const USE: &str = "use contacts for ads under agreed";
const OPTED: Said = &[("<use>", "use contacts for ads under agreed when opted")];
const CHILD: Said = &[("<use>", "use contacts for ads about child under agreed")];
const ONLY: Said = &[("<after>", "use contacts only for delivery or for ads when opted")];
const KEEP: Said = &[("<keep>", "keep contacts for ads for 3 years under agreed")];
const CAP: Said = &[KEEP[0], ("<after>", "keep contacts only at most 1 year")];
const YEAR: Said = &[("<consent>", "term: 1 year")];
const GUARDIAN: Said = &[("<consent>", "giver: guardian")];
const FROM: Said = &[("<consent>", "from: 2024-03-01")];
const BOTH: Said = &[("<use>", "use contacts for ads under agreed and wished")];
const ORDERED: Said = &[("<use>", "use contacts for ads under agreed and order")];
const OPEN: Said = &[("<flag>", "is open")];
const USUAL: Said = &[];

/// What one version says, what the next, and whether consents must be given anew.
const CASES: &[(Said, Said, bool)] = &[
    (USUAL, USUAL, false),
    // Promises and restrictions.
    (
        &[("<after>", "never use contacts.phone_no for ads about child")],
        USUAL,
        true,
    ),
    (ONLY, USUAL, true),
    (USUAL, ONLY, false),
    (ONLY, ONLY, false),
    (
        &[("<after>", "never use contacts for ads about child")],
        &[("<after>", "never use contacts.phone_no for ads about child")],
        true,
    ),
    (
        &[("<after>", "never use contacts.phone_no for ads about child")],
        &[("<after>", "never use contacts for any")],
        false,
    ),
    (
        &[("<after>", "never use contacts about child")],
        &[("<after>", "never use contacts when age < 21")],
        false,
    ),
    (
        &[("<after>", "never use contacts when age < 21")],
        &[("<after>", "never use contacts about child")],
        true,
    ),
    // A promise that the statement keeps by itself.
    (ONLY, OPTED, false),
    (
        &[("<after>", "never use contacts about child")],
        &[("<use>", "use contacts for ads under agreed when age >= 18")],
        false,
    ),
    // Guards.
    (USUAL, OPTED, false),
    (OPTED, USUAL, true),
    (USUAL, CHILD, false),
    (CHILD, USUAL, true),
    (
        &[("<use>", "use contacts for ads under agreed when age < 30")],
        CHILD,
        false,
    ),
    // Bounds and ends.
    (CAP, KEEP, true),
    (KEEP, CAP, false),
    (CAP, CAP, false),
    (
        CAP,
        &[(
            "<keep>",
            "keep contacts for ads for 3 years at most 12 months under agreed",
        )],
        false,
    ),
    (
        KEEP,
        &[("<keep>", "keep contacts for ads for 2 years under agreed")],
        false,
    ),
    (
        KEEP,
        &[(
            "<keep>",
            "keep contacts for ads until closed at most 400 days under agreed",
        )],
        false,
    ),
    (
        KEEP,
        &[("<keep>", "keep contacts for ads until closed under agreed")],
        true,
    ),
    // The terms of a consent.
    (YEAR, USUAL, true),
    (YEAR, &[("<consent>", "term: 2 years")], true),
    (&[("<consent>", "term: 400 days")], YEAR, false),
    (USUAL, YEAR, false),
    (GUARDIAN, USUAL, true),
    (USUAL, GUARDIAN, true),
    (FROM, USUAL, true),
    (USUAL, FROM, false),
    // Grounds: what holds always is none that somebody must have given.
    (BOTH, USUAL, true),
    (USUAL, ORDERED, false),
    (ORDERED, USUAL, false),
    // Data that are open.
    (USUAL, &[("<more>", "fax \"факс\"")], true),
    (OPEN, &[OPEN[0], ("<more>", "fax \"факс\"")], false),
    (USUAL, &[OPEN[0], ("<more>", "fax \"факс\"")], true),
];

fn text(said: Said, day: &str) -> String {
    let usual = [("<day>", day), ("<use>", USE)];
    let rest = ["<flag>", "<more>", "<consent>", "<keep>", "<after>"].map(|mark| (mark, ""));
    let all = said.iter().copied().chain(usual).chain(rest);
    all.fold(POLICY.to_owned(), |text, (mark, words)| text.replace(mark, words))
}

/// Each version once.
#[derive(Default)]
struct Versions(BTreeMap<String, (Model, Side)>);

impl Versions {
    fn read(&mut self, text: &str) {
        self.0.entry(text.to_owned()).or_insert_with(|| {
            let mut sources = Sources::default();
            sources.add(Source::new("p.kup".to_owned(), Origin::Project, text.as_bytes()));
            kupuya::laws::add_to(&mut sources);
            let analysis = pipeline::analyze(&sources, &options());
            let side = Side::of(&analysis, &Options::default()).unwrap();
            let side = side.unwrap_or_else(|| panic!("{text}: {:#?}", analysis.findings));
            (analysis.model, side)
        });
    }
}

/// A consent that a sentence relies on beside the one that it relied on before was not given for that, although no more is
/// allowed.
#[test]
fn a_consent_more_was_not_given_for_it() {
    let mut versions = Versions::default();
    let texts = [text(USUAL, "2025-01-01"), text(BOTH, "2026-01-01")];
    for text in &texts {
        versions.read(text);
    }
    let [(_, before), (model, now)] = texts.each_ref().map(|text| &versions.0[text]);
    let anew = kupuya::bundle::since(model, &mut now.content.clone(), &before.content).unwrap();
    let bases: Vec<&str> = anew.iter().map(|one| one.basis.as_str()).collect();
    assert_eq!(bases, ["wished"]);
    assert!(diff(before, now).verdict < Verdict::Reconsent);
}

#[test]
fn versions_in_words() {
    let mut versions = Versions::default();
    for (before, now, asks) in CASES {
        let told = format!("{before:?} → {now:?}");
        let texts = [text(before, "2025-01-01"), text(now, "2026-01-01")];
        for text in &texts {
            versions.read(text);
        }
        let [(_, before), (model, now)] = texts.each_ref().map(|text| &versions.0[text]);
        let mut content = now.content.clone();
        let anew = kupuya::bundle::since(model, &mut content, &before.content).unwrap();
        assert_eq!(!anew.is_empty(), *asks, "{told}: {anew:?}");
        let found = diff(before, now);
        let reconsent = found.verdict == Verdict::Reconsent;
        assert_eq!(reconsent, *asks, "{told}: {:#?}", found.changes);
    }
}
