//! Several versions in one service: the one in force at the request's time decides, and they are exchanged while requests are
//! answered.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod generated;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kupuya_runtime::{Bundle, Day, Engine, Request, Resolved, Time, Verdict, Versions};

fn shared<T: Send + Sync>() {}

#[test]
fn everything_can_be_shared() {
    shared::<Bundle>();
    shared::<Versions>();
    shared::<Engine>();
    shared::<Resolved<'_>>();
}

fn day(year: u16) -> Day {
    Day::new(year, 1, 1).unwrap()
}

/// A version that begins with a year; without grants nothing is allowed.
fn version(year: u16, grants: bool) -> Bundle {
    let mut content = generated::content(1, 1);
    content.begins = Some(day(year));
    content.version = Some(year.to_string());
    if !grants {
        content.grants.clear();
    }
    Bundle::from_content(&content).unwrap()
}

#[test]
fn the_version_in_force_then_decides() {
    let made = generated::made(1, 1, 200);
    let request = made.allowed();
    let versions = Versions::new(vec![version(2028, true), version(2025, true), version(2027, false)]).unwrap();
    let at = |year: u16| {
        let request = Request {
            time: Some(Time::Day(day(year))),
            ..request.clone()
        };
        let answer = versions.decide(&request);
        let mut json = Vec::new();
        let line = serde_json::to_vec(&request).unwrap();
        assert_eq!(versions.answer_json(&line, &mut json).unwrap(), answer.decision);
        assert_eq!(json, serde_json::to_vec(&answer).unwrap());
        assert_eq!(versions.allows(&request), answer.decision);
        let version = versions.at(Time::Day(day(year)).instant(21_600)).version();
        (version.unwrap().to_owned(), answer.verdict)
    };
    assert_eq!(at(2024), ("2025".to_owned(), Verdict::NoPolicy));
    assert_eq!(at(2026), ("2025".to_owned(), Verdict::Allow));
    assert_eq!(at(2027), ("2027".to_owned(), Verdict::Undeclared));
    assert_eq!(at(2029), ("2028".to_owned(), Verdict::Allow));
}

/// Each answer is that of one set of versions, whole, whenever they are exchanged.
#[test]
fn versions_are_exchanged_while_requests_are_answered() {
    let made = generated::made(1, 1, 200);
    let request = made.allowed();
    let sets = [true, false].map(|grants| Versions::new(vec![version(2025, grants)]).unwrap());
    let engine = Engine::new(sets[0].clone());
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let readers = [0, 1].map(|_| {
            scope.spawn(|| {
                let mut answered = 0_u32;
                while !done.load(Ordering::Relaxed) || answered == 0 {
                    let current = engine.current();
                    let verdict = current.decide(request).verdict;
                    assert_eq!(verdict == Verdict::Allow, current.allows(request));
                    assert!(matches!(verdict, Verdict::Allow | Verdict::Undeclared), "{verdict:?}");
                    answered += 1;
                }
                answered
            })
        });
        for number in 1..=500 {
            engine.exchange(sets[number % 2].clone());
        }
        done.store(true, Ordering::Relaxed);
        assert!(readers.into_iter().all(|reader| reader.join().unwrap() > 0));
    });
    assert!(engine.current().allows(request));
}
