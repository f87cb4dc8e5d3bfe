//! What must be disposed of by when: the runtime against the reference, and by hand.

use std::cell::RefCell;
use std::collections::BTreeMap;

use kupuya::model::sentence::{Act, Disposal};
use kupuya::source::{SourceId, Span, Spanned};
use kupuya::syntax::ast::{Period, Unit};
use kupuya_reference::random::{self, Tape};
use kupuya_reference::{Made, Reference, ToldDeadline, request};
use kupuya_runtime::{Due, Retained, Verdict, wire};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::properties::{cases, tape};

const ZONE: i32 = 6 * 3600;

fn told(retained: &Retained<'_>) -> Vec<ToldDeadline> {
    let items = retained.items.iter().map(|item| ToldDeadline {
        data: item.data.to_owned(),
        by: item.by.map(str::to_owned),
        state: item.state,
        earliest: item.earliest.map(|time| time.instant(ZONE)),
        latest: item.latest.map(|time| time.instant(ZONE)),
        disposal: item.disposal.map(|disposal| match disposal {
            wire::Disposal::Erase => Disposal::Erase,
            wire::Disposal::Anonymise => Disposal::Anonymise,
        }),
    });
    items.collect()
}

/// Turns some bans of a model into caps, and adds keeps, so that blocks have several.
fn model(numbers: &[u16]) -> kupuya::model::Model {
    let mut model = random::model(&mut Tape::new(numbers));
    let mut tape = Tape::new(numbers.get(1..).unwrap_or_default());
    for ban in &mut model.bans {
        ban.scope.source = None;
        ban.scope.purpose = None;
        ban.scope.recipient = None;
        ban.scope.under = None;
        ban.cap = (!tape.once_in(3)).then(|| Spanned {
            value: Period {
                count: u32::try_from(tape.below(4)).unwrap(),
                unit: Unit::Year,
            },
            span: Span {
                source: SourceId(0),
                start: 0,
                end: 0,
            },
        });
    }
    random::keeps(&mut tape, &mut model, 3);
    model
}

#[test]
fn deadlines_are_those_of_the_reference() {
    let seen: RefCell<BTreeMap<Due, u32>> = RefCell::default();
    let strategy = (tape(), prop::collection::vec(tape(), 8));
    let result = TestRunner::new(cases(300)).run(&strategy, |(numbers, requests)| {
        let made = Made::new(model(&numbers));
        let reference = Reference {
            model: &made.model,
            meaning: &made.meaning,
        };
        for numbers in requests {
            let ask = random::ask(&mut Tape::new(&numbers), &made.model);
            let retained = made.bundle.retention(&request(&made.model, &ask));
            let expected = reference.retention(&ask);
            prop_assert_eq!(retained.problems.is_empty(), expected.is_some(), "{:#?}", retained);
            prop_assert_eq!(
                told(&retained),
                expected.unwrap_or_default(),
                "{:#?}\n{:#?}",
                ask,
                retained
            );
            for item in &retained.items {
                prop_assert_eq!(item.state == Due::Unknown, !item.missing.is_empty(), "{:#?}", item);
                *seen.borrow_mut().entry(item.state).or_default() += 1;
            }
        }
        Ok(())
    });
    println!("deadlines: {:?}", seen.borrow());
    if let Err(error) = result {
        panic!("{error}");
    }
    for state in [Due::Due, Due::Hold, Due::Unknown, Due::NotKept] {
        assert!(seen.borrow().get(&state).is_some_and(|count| *count > 20), "{seen:?}");
    }
}

/// With several keeps and caps: what a passed deadline refuses, and what is missing where it may have passed.
#[test]
fn uses_end_with_deadlines_as_in_the_reference() {
    let seen: RefCell<BTreeMap<(Due, Verdict), u32>> = RefCell::default();
    let strategy = (tape(), prop::collection::vec(tape(), 8));
    let result = TestRunner::new(cases(300)).run(&strategy, |(numbers, requests)| {
        let made = Made::new(model(&numbers));
        let reference = Reference {
            model: &made.model,
            meaning: &made.meaning,
        };
        for numbers in requests {
            let ask = random::ask(&mut Tape::new(&numbers), &made.model);
            let request = request(&made.model, &ask);
            let answer = made.bundle.decide(&request);
            prop_assert_eq!(made.bundle.allows(&request), answer.decision, "{:#?}", answer);
            prop_assert_eq!(
                kupuya_reference::told(&answer),
                reference.decide(&ask),
                "{:#?}\n{:#?}",
                ask,
                answer
            );
            for item in &answer.items {
                if let Some(deadline) = item.deadline.as_ref().filter(|_| ask.act == Act::Use) {
                    *seen.borrow_mut().entry((deadline.state, item.verdict)).or_default() += 1;
                }
            }
        }
        Ok(())
    });
    println!("uses by deadline: {:?}", seen.borrow());
    if let Err(error) = result {
        panic!("{error}");
    }
    let seen = seen.borrow();
    let count = |state, verdict| seen.get(&(state, verdict)).copied().unwrap_or(0);
    assert_eq!(count(Due::Due, Verdict::Allow) + count(Due::Unknown, Verdict::Allow), 0);
    for state in [Due::Due, Due::Unknown] {
        assert!(count(state, Verdict::Unmet) > 5, "{seen:?}");
    }
    assert!(count(Due::Hold, Verdict::Allow) > 5, "{seen:?}");
}
