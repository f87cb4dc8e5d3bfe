//! Which law counts, and which of its rules; questions from outside.

use kupuya::model::{Options, question};
use kupuya::source::{Origin, Source, SourceId};
use kupuya::syntax::ast::Date;
use kupuya::syntax::parse_request;

use super::{read, told};

/// The packs and rules that count, and what is said.
fn law(head: &str, options: &Options) -> String {
    let text = format!("policy p \"Саясат\" {{\n{head}\n}}\ncontroller c \"Компания\"\n");
    let files = [
        ("test.kup", Origin::Project, text.as_str()),
        ("packs.kup", Origin::Pack, include_str!("packs.kup")),
        ("base.kup", Origin::Taxonomy, include_str!("base.kup")),
    ];
    let (model, found, sources) = read(&files, options);
    let rules: Vec<&str> = model.rules.iter().map(|rule| rule.code.as_str()).collect();
    let home = model.home.map(|id| model.countries[id].path.clone());
    format!("{}{} home {home:?}", told(&found, &sources), rules.join(" "))
}

const fn day(year: u16, month: u8, day: u8) -> Date {
    Date { year, month, day }
}

#[test]
fn the_day_picks_the_law() {
    let mut out = String::new();
    let mut show = |head: &str, law_asked: Option<&str>, day_asked: Option<Date>| {
        let options = Options {
            law: law_asked.map(str::to_owned),
            day: day_asked,
        };
        let shown = head.replace('\n', ", ");
        out += &format!("## {shown} / {law_asked:?} / {day_asked:?}\n{}\n", law(head, &options));
    };
    let old = "effective: 2022-10-17\nlaw: kg";
    show(old, None, None);
    show("approved: 2026-02-05\nlaw: kg", None, None);
    show("effective: 2028-01-01\nlaw: kgdc2025", None, None);
    // A law that is tried out on an old policy counts as on its own first day.
    show("effective: 2022-10-17\nlaw: kgdc2025", None, None);
    show("effective: 2022-10-17", None, None);
    show("law: kg2008", None, None);
    // Not there.
    show("effective: 2022-10-17\nlaw: kgdc2026", None, None);
    show("effective: 1999-10-17\nlaw: kg", None, None);
    show("law: kg", None, None);
    // From outside.
    show(old, Some("kgdc2025"), None);
    show(old, None, Some(day(2029, 1, 1)));
    show("", Some("kg"), Some(day(2029, 1, 1)));
    show(old, Some("eu"), None);
    insta::assert_snapshot!(out);
}

#[test]
fn a_question_is_resolved_against_a_model() {
    let text =
        "controller c \"Компания\"\ndata phone \"телефон\"\npurpose ads \"жарнама\"\nbasis agreed \"x\" is consent\n";
    let files = [
        ("test.kup", Origin::Project, text),
        ("base.kup", Origin::Taxonomy, include_str!("base.kup")),
    ];
    let (model, ..) = read(&files, &Options::default());
    let ask = |text: &str| {
        let source = Source::new("request", Origin::Project, text.as_bytes());
        let (sentence, errors) = parse_request(SourceId(9), &source);
        assert!(errors.is_empty(), "{errors:?}");
        question(&model, &sentence.unwrap())
    };
    let asked = ask("use phone for ads given agreed, age = 15 on 2026-01-01").unwrap();
    assert_eq!((asked.data.len(), asked.purpose.len(), asked.consents.len()), (1, 1, 1));
    assert_eq!((asked.age, asked.on), (Some((15, Some(15))), Some(day(2026, 1, 1))));
    let wrong = ask("use phon for ads").unwrap_err();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].message.english(), "`phon` is not declared");
}
