//! Limits of retention are exact: on random small policies those keeps exceed them that the definition of M11 gives, taken
//! at its word over every point, every world and times of collection and of events.

use kupuya::checks::{caps, witness};
use kupuya::meaning::{CapMeaning, Grant, SentenceRef, Strike};
use kupuya::model::Model;
use kupuya::model::noun::{Data, Id};
use kupuya::model::sentence::{End, Keep};
use kupuya::source::{Origin, Source, SourceId};
use kupuya::syntax::ast::{Period, Unit};
use kupuya_runtime::{Bundle, Due, ItemTimes, Time};
use proptest::prelude::*;
use proptest::sample::select;

use super::exact::{ABOUT, NOUNS, PLACE, Point, TAXONOMY, UNDER, WHEN, data, matches, maybe, points, possible, worlds};
use super::run::{Run, check_over};

const ENDS: &[&str] = &[
    "until f",
    "until f or g",
    "until f and g at least 40 days",
    "until g at most 20 days",
    "until f for p at least 5 weeks",
    "for 30 days",
    "for 30 days after g",
    "for 10 days at least 40 days",
    "for 100 days at most 20 days",
    "for q at most 50 days",
    "at least 50 days",
    "until 2024-07-01",
    "until 2024-07-01 and f",
    "until 2024-07-01 at least 45 days",
];

fn policy() -> impl Strategy<Value = String> {
    let uses = prop::collection::vec((data(), select(vec!["p", "q"])), 1..3);
    let keep = (
        data(),
        maybe(ABOUT),
        select(ENDS),
        select(UNDER),
        maybe(WHEN),
        maybe(PLACE),
    );
    let keep = keep.prop_map(|(data, about, end, under, when, place)| {
        // A date that conditions and ends could tell apart would need a day for each.
        format!("keep {data}{about} {end} {under}{when}{place} then erase")
    });
    let most = select(vec!["1 day", "30 days", "31 days", "6 weeks", "60 days"]);
    let cap = (data(), maybe(ABOUT), maybe(WHEN), maybe(PLACE), most);
    let cap =
        cap.prop_map(|(data, about, when, place, most)| format!("keep {data}{about}{when}{place} only at most {most}"));
    let all = (
        uses,
        prop::collection::vec(keep, 1..3),
        prop::collection::vec(cap, 1..4),
    );
    all.prop_map(|(uses, keeps, caps)| {
        let uses: Vec<String> = uses
            .iter()
            .map(|(data, purpose)| format!("use {data} for {purpose} under k"))
            .collect();
        format!(
            "{NOUNS}\nprocessing x \"x\" {{\n    {}\n    {}\n}}\n{}\n",
            uses.join("\n    "),
            keeps.join("\n    "),
            caps.join("\n")
        )
    })
}

/// Days after the first of January 2024.
type Day = i64;

const NEVER: Day = i64::MAX / 4;
/// The first of July 2024.
const JULY: Day = 182;

fn days(period: Period) -> Day {
    let count = Day::from(period.count);
    match period.unit {
        Unit::Day => count,
        Unit::Week => count * 7,
        other => panic!("not generated: {other:?}"),
    }
}

/// The end of a keep, given when the data were collected and when f and g happened (M12).
fn end(model: &Model, keep: &Keep, collected: Day, events: [Day; 2]) -> Option<Day> {
    fn of(model: &Model, end: &End, collected: Day, events: [Day; 2]) -> Day {
        let inner = |end: &End| of(model, end, collected, events);
        match end {
            End::Event(fact) => events[usize::from(model.facts[*fact].name == "g")],
            End::Date(_) => JULY,
            End::After(period, Some(event)) => inner(event) + days(*period),
            End::After(period, None) => collected + days(*period),
            End::Or(all) => all.iter().map(inner).min().unwrap(),
            End::And(all) => all.iter().map(inner).max().unwrap(),
        }
    }
    let least = keep.at_least.map(|period| collected + days(period.value));
    let most = keep.at_most.map(|period| collected + days(period.value));
    let written = keep.end.as_ref().map(|end| of(model, end, collected, events));
    let end = written.into_iter().chain(least).max();
    end.map_or(most, |end| Some(most.map_or(end, |most| most.min(end))))
}

/// Whether a keep ends later than a cap, whenever things happen.
fn surely_later(model: &Model, keep: &Keep, cap: &CapMeaning) -> bool {
    let after = [0, 1, 29, 30, 59, 400, NEVER];
    [0, 100, JULY - 20, 1000].into_iter().all(|collected| {
        let times = after.iter().flat_map(|f| after.map(|g| [collected + f, collected + g]));
        let mut ends = times.map(|events| end(model, keep, collected, events));
        ends.all(|end| end.is_some_and(|end| end > collected + days(cap.at_most)))
    })
}

/// Where the keeps of the same block apply that name the data of a point by nouns below those of this one (M12).
fn lesser(run: &Run, keep: usize, (_, point): &Point) -> Vec<Strike> {
    let model = &run.model;
    let data: Id<Data> = Id::new(point[0].unwrap());
    let names = |at: usize| -> Vec<Id<Data>> {
        let slot = &model.keeps[at].data;
        let names = slot.names.iter().map(|name| name.value);
        names
            .filter(|name| !slot.any && model.data.below(data, *name))
            .collect()
    };
    let under = |low: Id<Data>, high: Id<Data>| low != high && model.data.below(low, high);
    let mut found = Vec::new();
    for other in &run.meaning.grants {
        let SentenceRef::Keep(at) = other.sentence else {
            continue;
        };
        let (low, high) = (names(at), names(keep));
        let less = !low.is_empty() && high.iter().all(|high| low.iter().any(|low| under(*low, *high)));
        if less && model.keeps[at].stated.block == model.keeps[keep].stated.block {
            found.extend(other.regions.iter().map(|region| Strike {
                region: region.clone(),
                under: None,
                guard: other.guard.clone(),
            }));
        }
    }
    found
}

fn agree(run: &Run) -> Result<usize, TestCaseError> {
    let model = &run.model;
    let worlds = worlds(model);
    let mut found = 0;
    for cap in &run.meaning.caps {
        for grant in &run.meaning.grants {
            let SentenceRef::Keep(keep) = grant.sentence else {
                continue;
            };
            let meets = grant.regions.iter().any(|region| {
                points(model, region).iter().any(|point| {
                    grant.ways.iter().any(|way| {
                        let here = worlds.iter().filter(|facts| possible(model, grant, point, way, facts));
                        let lesser = lesser(run, keep, point);
                        let beaten = |facts: &_| lesser.iter().any(|one| matches(model, one, point, way, facts));
                        let here = here.filter(|facts| !beaten(*facts));
                        let mut here = here.peekable();
                        here.peek().is_some() && here.all(|facts| matches(model, &cap.limits, point, way, facts))
                    })
                })
            });
            let expected = meets && surely_later(model, &model.keeps[keep], cap);
            let told = caps::exceeds(model, &run.meaning, cap, grant);
            prop_assert_eq!(told.is_some(), expected, "{:?} {:?}", cap.sentence, grant.sentence);
            if let Some(conflict) = told {
                found += 1;
                witnessed(run, cap, grant, &witness::sentence(model, &conflict))?;
            }
        }
    }
    Ok(found)
}

/// On the day on which the cap has passed the keep still lasts, the data are due, and `decide --why` says by which sentence.
fn witnessed(run: &Run, cap: &CapMeaning, grant: &Grant, sentence: &str) -> Result<(), TestCaseError> {
    let source = Source::new("request", Origin::Project, sentence.as_bytes());
    let (parsed, wrong) = kupuya::syntax::parse_request(SourceId(0), &source);
    prop_assert!(wrong.is_empty(), "{sentence}: {wrong:?}");
    let mut request = kupuya::ask::request(&parsed.unwrap()).unwrap();
    let first = kupuya_runtime::Day::new(2024, 1, 1).unwrap();
    let most = days(cap.at_most);
    let now = match request.time {
        Some(Time::Day(day)) => day,
        _ => first.plus_days(most),
    };
    request.time = Some(Time::Day(now));
    request.item = Some(ItemTimes {
        collected: Some(Time::Day(now.plus_days(-most))),
        ..ItemTimes::default()
    });
    let content = kupuya::bundle::from_meaning(&run.model, &run.meaning, None);
    let bundle = Bundle::from_content(&content).unwrap();
    // A noun stands for all below it, which need be neither kept nor limited.
    let asked = |path: &str| request.data.iter().flatten().all(|name| name == path || name == "any");
    let named = bundle
        .why(&request)
        .into_iter()
        .filter(|why| asked(why.point.data))
        .any(|why| {
            let mut caps = why.caps.iter();
            caps.any(|one| one.rule.id == cap.id.printed && one.passed == Some(true))
        });
    prop_assert!(named, "`decide --why` of {sentence} does not name the cap");
    let retained = bundle.retention(&request);
    prop_assert!(retained.problems.is_empty(), "{sentence}: {:?}", retained.problems);
    let mut items = retained.items.iter().filter(|item| asked(item.data));
    let due = items.any(|item| item.state == Due::Due);
    let alone = run
        .meaning
        .grants
        .iter()
        .filter(|other| matches!(other.sentence, SentenceRef::Keep(_)));
    let alone = alone.count() == 1 && grant.ways.len() == 1;
    prop_assert!(!alone || due, "{sentence}: {:?}", retained.items);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn limits_are_exceeded_as_the_definition_says(text in policy()) {
        let run = check_over(TAXONOMY, &text);
        agree(&run).map_err(|wrong| TestCaseError::fail(format!("{wrong}\n{text}")))?;
    }
}

#[test]
fn a_keep_of_a_lesser_noun_decides_for_it_where_it_applies() {
    let keeps = |part: &str| {
        format!(
            "{NOUNS}\nprocessing x \"x\" {{\n    use a for p under k\n    keep a for 90 days under k then erase\n    {part}\n}}\nkeep a.b only at most 60 days\n"
        )
    };
    let cases = [
        ("keep a.b for 30 days under k then erase", 0),
        ("keep a.b for 30 days under k when f then erase", 1),
        ("keep a.b for 70 days under k then erase", 1),
        ("keep a.c for 30 days under k then erase", 1),
    ];
    for (part, expected) in cases {
        let run = check_over(TAXONOMY, &keeps(part));
        assert_eq!(agree(&run).unwrap(), expected, "{part}\n{}", run.told());
    }
}

#[test]
fn limits_are_exceeded_among_the_random_policies() {
    let text = format!(
        "{NOUNS}\nprocessing x \"x\" {{\n    use a for p under k\n    keep a about v for 40 days under k when f then erase\n}}\nkeep a.b only at most 30 days\nkeep a about u only at most 30 days\nkeep a when f only at most 39 days\nkeep a about m only at most 1 day\nkeep a only at most 40 days\nkeep a in RU only at most 1 day\n"
    );
    let run = check_over(TAXONOMY, &text);
    assert_eq!(agree(&run).unwrap(), 3, "{}", run.told());
}
