//! Properties of comparisons over policies made at random.

use std::cell::RefCell;
use std::collections::BTreeMap;

use kupuya::diff::reading::Renamed;
use kupuya::diff::{Kind, Side};
use kupuya::model::noun::{Id, Subject};
use kupuya::source::Origin;
use kupuya_reference::random::{self, Tape};
use kupuya_reference::{Made, request};
use kupuya_runtime::Verdict;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use super::{compared, told, witnesses_hold};
use crate::decide::properties::{cases, tape};

fn made(numbers: &[u16], more: Option<&[u16]>) -> Made {
    let mut model = random::model(&mut Tape::new(numbers));
    if let Some(more) = more {
        let mut tape = Tape::new(more);
        let count = tape.below(3) + 1;
        random::permissions(&mut tape, &mut model, count);
    }
    if let Some(policy) = &mut model.policy {
        (policy.effective, policy.approved, policy.until) = (None, None, None);
    }
    Made::new(model)
}

fn side(made: &Made) -> Side {
    Side::new(made.bundle.clone(), Renamed::new()).unwrap()
}

/// A policy against itself with statements added: nothing against itself, the same both ways, each difference with a request
/// that shows it, and hardly a request that differs without a difference.
#[test]
fn what_is_added_shows_and_nothing_else() {
    let seen: RefCell<BTreeMap<Kind, usize>> = RefCell::default();
    let caught = RefCell::new([0usize; 2]);
    let strategy = (tape(), tape(), prop::collection::vec(tape(), 24));
    // The same policies on every run. The search does not try every world: a request that differs is missed now and then, where
    // a place or several controllers decide. What is missed is counted.
    let same = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let result = TestRunner::new_with_rng(cases(24), same).run(&strategy, |(numbers, more, requests)| {
        let (old, new) = (made(&numbers, None), made(&numbers, Some(&more)));
        let (before, after) = (side(&old), side(&new));
        prop_assert_eq!(told(&compared(&before, &before), false), Vec::<String>::new());
        let there = compared(&before, &after);
        witnesses_hold(&there, &before, &after);
        prop_assert_eq!(told(&there, false), told(&compared(&after, &before), true));
        for change in &there.changes {
            *seen.borrow_mut().entry(change.kind).or_default() += 1;
        }
        for numbers in requests {
            let ask = random::ask(&mut Tape::new(&numbers), &new.model);
            let mut request = request(&new.model, &ask);
            request.item = None;
            let (then, now) = (old.bundle.decide(&request), new.bundle.decide(&request));
            let never = matches!(then.verdict, Verdict::Forbidden | Verdict::Undeclared);
            // Versions are compared for each class that a policy declares itself; what shows only for who is of several at once
            // is looked for, and not always found.
            let own = |class: &Id<Subject>| new.model.subjects[*class].origin == Origin::Project;
            if never && now.decision && ask.about.len() == 1 && ask.about.iter().all(own) {
                let verb = request.action.clone();
                let wide = there.of(Kind::Widened).any(|change| change.verb == verb);
                caught.borrow_mut()[usize::from(!wide)] += 1;
            }
        }
        Ok(())
    });
    println!(
        "differences: {:?}; widened requests found and missed: {:?}",
        seen.borrow(),
        caught.borrow()
    );
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(seen.borrow().contains_key(&Kind::Widened), "{seen:?}");
    let [found, missed] = *caught.borrow();
    assert!(found > 0 && missed * 5 <= found, "{missed} missed, {found} found");
}
