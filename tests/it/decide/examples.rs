//! Whole policies as text: their scenarios, and single decisions that say something by themselves.

use std::fmt::Write as _;

use kupuya::ask;
use kupuya::meaning;
use kupuya::model::{Model, Options};
use kupuya::source::{Origin, Source, SourceId};
use kupuya::syntax;
use kupuya::syntax::ast::Outcome;
use kupuya_runtime::{Answer, Bundle, Due, Gap, Request, Verdict, Versions, VersionsError};

use crate::model::megapay::folder;
use crate::model::read;

const BASE: &str = include_str!("../../../laws/base.kup");

fn bundle(text: &str) -> (Model, Bundle) {
    let files = [
        ("test.kup", Origin::Project, text),
        ("laws/base.kup", Origin::Taxonomy, BASE),
    ];
    let (model, found, sources) = read(&files, &Options::default());
    let errors = found
        .iter()
        .filter(|one| one.severity == kupuya::diagnostic::Severity::Error);
    assert_eq!(errors.count(), 0, "{}", crate::model::told(&found, &sources));
    let meaning = meaning::from_model(&model);
    let content = kupuya::bundle::from_meaning(&model, &meaning, None);
    (model, Bundle::from_content(&content).unwrap())
}

/// A sentence as on the command line.
fn sentence(text: &str) -> Request {
    let source = Source::new("request", Origin::Project, text.as_bytes());
    let (sentence, found) = syntax::parse_request(SourceId(0), &source);
    assert!(found.is_empty(), "{found:?}");
    ask::request(&sentence.unwrap()).unwrap()
}

fn decide<'a>(bundle: &'a Bundle, text: &str) -> Answer<'a> {
    bundle.decide(&sentence(text))
}

/// Every line of every scenario of a policy that is not answered as it expects.
fn wrong(model: &Model, bundle: &Bundle) -> String {
    let mut wrong = String::new();
    for line in model.scenarios.iter().flat_map(|scenario| &scenario.lines) {
        let request = ask::from_question(model, &line.question);
        let answer = bundle.decide(&request);
        let expected = match line.outcome {
            Outcome::Allow => answer.verdict == Verdict::Allow,
            Outcome::Deny => answer.verdict != Verdict::Allow,
            Outcome::Forbidden => answer.verdict == Verdict::Forbidden,
            Outcome::Undeclared => answer.verdict == Verdict::Undeclared,
            Outcome::Unmet => answer.verdict == Verdict::Unmet,
            Outcome::Invalid => answer.verdict == Verdict::Invalid,
            Outcome::NoPolicy => answer.verdict == Verdict::NoPolicy,
        };
        if !expected {
            let asked = serde_json::to_string(&request).unwrap();
            let told = serde_json::to_string(&answer).unwrap();
            let _ = writeln!(wrong, "expected {:?}: {asked}\n    {told}", line.outcome);
        }
    }
    wrong
}

fn megapay() -> (Model, Bundle) {
    let example = folder("examples/megapay");
    let mut files: Vec<(&str, Origin, &str)> = Vec::new();
    files.extend(
        example
            .iter()
            .map(|(name, text)| (name.as_str(), Origin::Project, text.as_str())),
    );
    files.push(("laws/base.kup", Origin::Taxonomy, BASE));
    let laws: Vec<(String, String)> = folder("laws")
        .into_iter()
        .filter(|(name, _)| name != "laws/base.kup")
        .collect();
    files.extend(
        laws.iter()
            .map(|(name, text)| (name.as_str(), Origin::Pack, text.as_str())),
    );
    let (model, _, _) = read(&files, &Options::default());
    let meaning = meaning::from_model(&model);
    let content = kupuya::bundle::from_meaning(&model, &meaning, None);
    let bytes = kupuya::bundle::to_bytes(&content).unwrap();
    (model, Bundle::load(&bytes).unwrap())
}

#[test]
fn scenarios_of_megapay() {
    let (model, bundle) = megapay();
    assert!(model.scenarios.len() > 5);
    let wrong = wrong(&model, &bundle);
    assert!(wrong.is_empty(), "{wrong}");
}

/// Of a guard that is an `or`, the conjunction that lacks least is told: not also the other class of people.
#[test]
fn a_guard_tells_of_its_nearest_conjunction() {
    let (_, bundle) = megapay();
    let answer = decide(
        &bundle,
        "use phone_contacts about user for payee_choice by company given agreed",
    );
    let item = answer.items.first().unwrap();
    let told = serde_json::to_string(&(&item.missing, &item.failed)).unwrap();
    assert_eq!(told, r#"[[{"kind":"fact","name":"contacts_allowed","must":true}],[]]"#);
}

const TRANSFERS: &str = r#"
policy p "Купуялуулук саясаты" {
    effective: 2026-01-01
}
controller company "Компания"
subject user  "Колдонуучу"
subject child "бала" when age < 18
data identity "Маалыматтар" {
    full_name "аты-жөнү"
    passport  "паспорт"
}
data contacts "байланыштар"
purpose payments  "төлөмдөрдү жүргүзүү"
purpose marketing "сунуштарды жөнөтүү"
basis agreed "макулдук" is consent {
    term: 1 year
}
basis aml "мыйзам" is legal_duty
recipient banks    "банктар" is third_party in KG
recipient partners "өнөктөштөр" is third_party in RU
fact contacts_allowed "Колдонуучу уруксат берген"
fact profile_deleted  "профиль өчүрүлгөн"

processing transfers "Которуу" {
    by:    company
    about: user
    under: agreed

    collect identity, contacts from user
    @use_contacts
    use     contacts for payments when contacts_allowed
    use     identity for payments under agreed or aml
    share   identity.passport with banks, partners for payments
    keep    identity for 5 years under aml
}
@no_children
never collect any about child
share any only in KG or under consent
share any with partners only when not profile_deleted
"#;

#[test]
fn verdicts_with_their_reasons() {
    let (_, bundle) = bundle(TRANSFERS);
    let told = |text: &str| {
        let answer = decide(&bundle, text);
        let item = answer.items.first();
        let reasons = item.map_or_else(String::new, |item| {
            let mut reasons = String::new();
            if let Some(rule) = &item.forbidden_by {
                let _ = write!(reasons, " by {}", rule.id);
            }
            for way in &item.relies_on {
                let _ = write!(reasons, " under {}", way.bases.join("+"));
            }
            for gap in &item.missing {
                let _ = write!(reasons, " missing {}", serde_json::to_string(gap).unwrap());
            }
            for gap in &item.failed {
                let _ = write!(reasons, " failed {}", serde_json::to_string(gap).unwrap());
            }
            for slot in item.nearest.iter().flat_map(|nearest| &nearest.differs) {
                let _ = write!(reasons, " not {:?} but {}", slot.slot, slot.declared.join("+"));
            }
            reasons
        });
        format!("{}{reasons}", answer.verdict.word())
    };
    let day = "on 2026-02-01";
    assert_eq!(
        told(&format!(
            "use contacts for payments given agreed, contacts_allowed {day}"
        )),
        "allow under agreed"
    );
    assert_eq!(
        told(&format!("use contacts for payments given agreed {day}")),
        r#"unmet under agreed missing {"kind":"fact","name":"contacts_allowed","must":true}"#
    );
    assert_eq!(
        told(&format!("use contacts for payments given contacts_allowed {day}")),
        r#"unmet under agreed missing {"kind":"consent","basis":"agreed","state":"never_given"}"#
    );
    assert_eq!(
        told(&format!("use identity.passport for payments {day}")),
        "allow under aml"
    );
    assert_eq!(
        told(&format!("use contacts for marketing given agreed {day}")),
        "undeclared not Purpose but payments"
    );
    assert_eq!(
        told(&format!("collect passport for payments given agreed, age = 15 {day}")),
        "forbidden by no_children"
    );
    assert_eq!(
        told(&format!("collect passport from user for payments given agreed {day}")),
        "unmet under agreed missing {\"kind\":\"class\",\"name\":\"child\",\"must\":false,\
         \"needs\":[{\"kind\":\"age\",\"is\":\"<\",\"years\":18,\"must\":false}]}"
    );
    assert_eq!(
        told(&format!("share passport with banks for payments given agreed {day}")),
        "allow under agreed"
    );
    assert_eq!(
        told(&format!("share passport with partners for payments given agreed {day}")),
        r#"unmet under agreed missing {"kind":"fact","name":"profile_deleted","must":false}"#
    );
    assert_eq!(
        told(&format!(
            "share passport with banks for payments in RU given agreed {day}"
        )),
        "undeclared not Place but KG"
    );
    assert_eq!(told(&format!("erase contacts {day}")), "allow under ");
    assert_eq!(told("use contacts for payments on 2025-12-31"), "no_policy");
}

#[test]
fn requests_that_cannot_be_asked() {
    let (_, bundle) = bundle(TRANSFERS);
    let problems = |text: &str| {
        let answer = decide(&bundle, text);
        format!(
            "{} {}",
            answer.verdict.word(),
            serde_json::to_string(&answer.problems).unwrap()
        )
    };
    let day = "on 2026-02-01";
    assert_eq!(
        problems(&format!("use full_names for payments {day}")),
        r#"undeclared [{"problem":"unknown_name","slot":"data","name":"full_names","nearest":["identity.full_name"]}]"#
    );
    assert_eq!(
        problems(&format!("use contacts about child for payments given age = 20 {day}")),
        r#"invalid [{"problem":"no_such_age"}]"#
    );
    let refused = |json: &str| serde_json::from_str::<Request>(json).map(|request| bundle.decide(&request).verdict);
    assert!(refused(r#"{"action":"use","data":["contacts"],"purpose":["payments"],"colour":"red"}"#).is_err());
    assert!(refused(r#"{"action":"use","age":{"at_least":3,"most":4}}"#).is_err());
    assert!(refused(r#"{"action":"use","time":"2026-02-30"}"#).is_err());
    assert_eq!(
        refused(r#"{"action":"use","data":[],"time":"2026-02-01"}"#).unwrap(),
        Verdict::Invalid
    );
    assert_eq!(
        refused(r#"{"action":"process","time":"2026-02-01"}"#).unwrap(),
        Verdict::Invalid
    );
    assert_eq!(
        refused(r#"{"action":"store","purpose":["payments"],"time":"2026-02-01"}"#).unwrap(),
        Verdict::Invalid
    );
}

#[test]
fn keeps_last_as_long_as_their_items() {
    let (_, bundle) = bundle(TRANSFERS);
    let ask = |action: &str, collected: Option<&str>| {
        let item = collected.map_or_else(String::new, |day| format!(r#","item":{{"collected":"{day}"}}"#));
        let json = format!(r#"{{"action":"{action}","data":["passport"],"time":"2026-02-01"{item}}}"#);
        let answer = bundle.decide(&serde_json::from_str(&json).unwrap());
        answer.verdict
    };
    assert_eq!(ask("store", Some("2025-01-01")), Verdict::Allow);
    assert_eq!(ask("store", Some("2020-01-01")), Verdict::Unmet);
    assert_eq!(ask("store", None), Verdict::Unmet);
    // Data that a legal duty holds are not erased before.
    assert_eq!(ask("erase", Some("2025-01-01")), Verdict::Forbidden);
    assert_eq!(ask("erase", Some("2020-01-01")), Verdict::Allow);
    assert_eq!(ask("erase", None), Verdict::Unmet);
}

/// Where the times of the item are told, what should have been erased is used no more, though its basis holds (M12).
#[test]
fn a_passed_deadline_ends_every_use() {
    let (_, bundle) = bundle(TRANSFERS);
    let ask = |collected: &str, consent: &str| {
        let json = format!(
            r#"{{"action":"use","data":["passport"],"purpose":["payments"],"time":"2026-02-01",
            "item":{{"collected":"{collected}"}}{consent}}}"#
        );
        let answer = bundle.decide(&serde_json::from_str(&json).unwrap());
        let item = answer.items.into_iter().next().unwrap();
        let deadline = item.deadline.unwrap();
        (
            item.verdict,
            item.failed,
            deadline.state,
            deadline.latest.unwrap().to_string(),
        )
    };
    let failed = vec![Gap::Retention {
        passed: true,
        needs: Vec::new(),
    }];
    let lasts = (Verdict::Allow, Vec::new(), Due::Hold, "2030-01-01".to_owned());
    assert_eq!(ask("2025-01-01", ""), lasts);
    let passed = (Verdict::Unmet, failed, Due::Due, "2025-01-01".to_owned());
    assert_eq!(ask("2020-01-01", ""), passed);
    assert_eq!(ask("2020-01-01", r#","given":["agreed"]"#), passed);
}

#[test]
fn each_version_ends_where_the_next_begins() {
    let old = TRANSFERS
        .replace("2026-01-01", "2025-01-01")
        .replace("term: 1 year", "term: 2 years");
    let (_, old) = bundle(&old);
    let (_, new) = bundle(TRANSFERS);
    let twice = Versions::new(vec![new.clone(), new.clone()]).err();
    assert_eq!(twice, Some(VersionsError::SameBeginning { begins: new.begins() }));
    let versions = Versions::new(vec![new.clone(), old.clone()]).unwrap();
    let verdict = |day: &str| {
        let answer = versions.decide(&sentence(&format!("use identity for payments on {day}")));
        (answer.verdict, answer.meaning)
    };
    assert_eq!(verdict("2024-12-31").0, Verdict::NoPolicy);
    assert_eq!(verdict("2025-12-31"), (Verdict::Allow, old.meaning()));
    assert_eq!(verdict("2026-01-01"), (Verdict::Allow, new.meaning()));
}
