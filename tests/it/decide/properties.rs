//! Properties of decisions.

use std::cell::RefCell;
use std::collections::BTreeMap;

use kupuya::model::noun::Location;
use kupuya::model::sentence::Act;
use kupuya_runtime::{ItemTimes, Verdict};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use kupuya_reference::random::{self, Tape};
use kupuya_reference::{Ask, Reference};
use kupuya_reference::{Made, request, told};

pub fn cases(count: u32) -> ProptestConfig {
    let cases = std::env::var("KUPUYA_CASES")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(count);
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

pub fn tape() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 150..400)
}

/// The runtime says what the reference says; several requests a model.
#[test]
fn runtime_agrees_with_reference() {
    let seen: RefCell<BTreeMap<Verdict, u32>> = RefCell::default();
    let strategy = (tape(), prop::collection::vec(tape(), 8));
    let result = TestRunner::new(cases(200)).run(&strategy, |(model, requests)| {
        let made = Made::new(random::model(&mut Tape::new(&model)));
        let reference = Reference {
            model: &made.model,
            meaning: &made.meaning,
        };
        for numbers in requests {
            let ask = random::ask(&mut Tape::new(&numbers), &made.model);
            let request = request(&made.model, &ask);
            let answer = made.bundle.decide(&request);
            prop_assert_eq!(told(&answer), reference.decide(&ask), "{:#?}\n{:#?}", ask, answer);
            prop_assert_eq!(made.bundle.allows(&request), answer.decision);
            let whole = serde_json::to_vec(&answer).unwrap();
            let mut bare = request.clone();
            bare.item = bare.item.filter(|item| *item != ItemTimes::default());
            for line in [&request, &bare].map(|request| serde_json::to_vec(request).unwrap()) {
                let mut out = Vec::new();
                prop_assert_eq!(made.bundle.answer_json(&line, &mut out).unwrap(), answer.decision);
                prop_assert_eq!(String::from_utf8_lossy(&out), String::from_utf8_lossy(&whole));
                prop_assert_eq!(made.bundle.allows_json(&line).unwrap(), answer.decision);
            }
            *seen.borrow_mut().entry(answer.verdict).or_default() += 1;
        }
        Ok(())
    });
    println!("verdicts: {:?}", seen.borrow());
    if let Err(error) = result {
        panic!("{error}");
    }
    // A test that only ever sees one verdict shows nothing.
    for verdict in [
        Verdict::Allow,
        Verdict::Unmet,
        Verdict::Undeclared,
        Verdict::Forbidden,
        Verdict::Invalid,
    ] {
        assert!(
            seen.borrow().contains_key(&verdict),
            "no request was answered {verdict:?}"
        );
    }
}

/// M11: what is told of the ways of a point is what its verdict says.
#[test]
fn the_ways_of_a_point_tell_its_verdict() {
    let seen: RefCell<BTreeMap<Verdict, u32>> = RefCell::default();
    let strategy = (tape(), prop::collection::vec(tape(), 8));
    let result = TestRunner::new(cases(100)).run(&strategy, |(model, requests)| {
        let made = Made::new(random::model(&mut Tape::new(&model)));
        for numbers in requests {
            let ask = random::ask(&mut Tape::new(&numbers), &made.model);
            let request = request(&made.model, &ask);
            let answer = made.bundle.decide(&request);
            let told = made.bundle.why(&request);
            prop_assert_eq!(told.len(), answer.items.len());
            for (why, item) in told.iter().zip(&answer.items) {
                let all_struck = !why.ways.is_empty() && why.ways.iter().all(|way| !way.struck_by.is_empty());
                let verdict = if !why.struck_by.is_empty() || all_struck {
                    Verdict::Forbidden
                } else if why.ways.is_empty() {
                    Verdict::Undeclared
                } else if why.ways.iter().any(kupuya_runtime::WayThere::is_open) {
                    Verdict::Allow
                } else {
                    Verdict::Unmet
                };
                prop_assert_eq!(item.verdict, verdict, "{:#?}\n{:#?}", item, why);
                prop_assert_eq!(&item.point.data, &why.point.data);
                *seen.borrow_mut().entry(verdict).or_default() += 1;
            }
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert_eq!(seen.borrow().len(), 4, "{seen:?}");
}

/// M4: what is allowed on partial facts is allowed on each completion; what is forbidden stays forbidden.
#[test]
fn completing_facts_changes_no_allow() {
    let seen = RefCell::new((0_u32, 0_u32));
    let strategy = (tape(), prop::collection::vec((tape(), tape()), 12));
    let result = TestRunner::new(cases(200)).run(&strategy, |(model, requests)| {
        let made = Made::new(random::model(&mut Tape::new(&model)));
        for (numbers, more) in requests {
            let ask = random::ask(&mut Tape::new(&numbers), &made.model);
            let before = made.bundle.decide(&request(&made.model, &ask));
            if !matches!(before.verdict, Verdict::Allow | Verdict::Forbidden) {
                continue;
            }
            let completed = complete(&mut Tape::new(&more), &made, &ask);
            let after = made.bundle.decide(&request(&made.model, &completed));
            // An inconsistent choice is no completion.
            if after.verdict != Verdict::Invalid {
                prop_assert_eq!(
                    before.verdict,
                    after.verdict,
                    "{:#?}\n{:#?}\n{:#?}",
                    ask,
                    completed,
                    after
                );
                let mut seen = seen.borrow_mut();
                match before.verdict {
                    Verdict::Allow => seen.0 += 1,
                    _ => seen.1 += 1,
                }
            }
        }
        Ok(())
    });
    println!("completed: {:?} (allowed, forbidden)", seen.borrow());
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(
        seen.borrow().0 > 20 && seen.borrow().1 > 20,
        "hardly anything was tested: {seen:?}"
    );
}

/// One choice for everything that is not known.
fn complete(tape: &mut Tape<'_>, made: &Made, ask: &Ask) -> Ask {
    let model = &made.model;
    let mut full = ask.clone();
    for fact in model.facts.ids() {
        if !full.facts.iter().any(|(known, _)| *known == fact) {
            full.facts.push((fact, !tape.once_in(2)));
        }
    }
    let (least, most) = full.age.unwrap_or((0, None));
    let age = least + tape.one(&[0, 1, 4, 13, 14, 18, 20, 64, 65, 70]);
    let age = most.map_or(age, |most| age.min(most));
    full.age = Some((age, Some(age)));
    // Who is said to be of no class is of the only one there is; others may be of any.
    if full.about.is_empty() {
        let plain: Vec<_> = model
            .subjects
            .of_project()
            .filter(|(_, noun)| noun.detail.when.is_none())
            .collect();
        match plain.as_slice() {
            [(everyone, _)] => full.about.push(*everyone),
            _ => full.about = tape.some(&model.subjects.ids().collect::<Vec<_>>(), 3),
        }
    }
    for class in model.subjects.ids() {
        let unknown = full.about.iter().any(|high| model.subjects.below(class, *high));
        if unknown && tape.once_in(3) {
            full.about.push(class);
        }
    }
    if full.records.is_none() {
        full.records = Some((0..tape.below(5)).map(|_| random::record(tape, model)).collect());
    }
    // Whether a deadline has passed is looked at where times are given: the one exception (M12).
    let timed = full.collected.is_some() || !full.events.is_empty();
    let by_ends = matches!(full.act, Act::Store | Act::Anonymise | Act::Erase);
    if full.collected.is_none() && (timed || by_ends) {
        full.collected = Some(random::day(tape)).filter(|day| *day <= full.on);
    }
    // Of the places that a recipient has, one.
    if let (Act::Share, None, Some([recipient])) = (full.act, full.place, full.recipient.as_deref())
        && model.recipients.denotation(*recipient).len() == 1
        && let places = &model.recipients[*recipient].detail.locations
        && !places.is_empty()
    {
        full.place = Some(match tape.one(places) {
            Location::In(country) => Location::In(country),
            Location::Abroad => Location::In(model.countries.ids().last().unwrap()),
        });
    }
    full
}

/// The order of sentences changes neither digest nor bytes nor answers.
#[test]
fn order_changes_nothing() {
    let strategy = (tape(), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let result = TestRunner::new(cases(150)).run(&strategy, |(numbers, first, second)| {
        let made = Made::new(random::model(&mut Tape::new(&numbers)));
        let mut other = random::model(&mut Tape::new(&numbers));
        let shift = first.index(other.permissions.len());
        other.permissions.rotate_left(shift);
        other.permissions.reverse();
        if !other.bans.is_empty() {
            let shift = second.index(other.bans.len());
            other.bans.rotate_left(shift);
        }
        other.keeps.reverse();
        for ban in &mut other.bans {
            ban.only.reverse();
        }
        for permission in &mut other.permissions {
            permission.bases.reverse();
        }
        let other = Made::new(other);
        prop_assert_eq!(made.meaning.digest, other.meaning.digest);
        prop_assert_eq!(made.bytes, other.bytes);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
