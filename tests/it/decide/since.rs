//! Consents given to the version before do not cover what a version adds (M14).

use std::cell::RefCell;
use std::collections::BTreeMap;

use kupuya::model::Model;
use kupuya::model::sentence::{Act, Guard};
use kupuya::source::{SourceId, Span, Spanned};
use kupuya::syntax::ast::Date;
use kupuya_reference::random::{self, Tape};
use kupuya_reference::{Made, Reference, request};
use kupuya_runtime::{Bundle, Verdict};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::properties::{cases, tape};

fn always(model: &mut Model) {
    for permission in &mut model.permissions {
        permission.guard = Guard::always();
    }
    for keep in &mut model.keeps {
        keep.guard = Guard::always();
    }
    if let Some(policy) = &mut model.policy {
        (policy.effective, policy.approved, policy.until) = (None, None, None);
    }
}

/// A version, and one with more statements that begins on a day.
fn versions(numbers: &[u16], more: &[u16], begins: Date) -> (Made, Made) {
    let [old, new] = [false, true].map(|is_new| {
        let mut model = random::model(&mut Tape::new(numbers));
        let mut tape = Tape::new(more);
        if is_new {
            let count = tape.below(3) + 1;
            random::permissions(&mut tape, &mut model, count);
        }
        always(&mut model);
        if let (true, Some(policy)) = (is_new, &mut model.policy) {
            policy.effective = Some(Spanned {
                value: begins,
                span: Span {
                    source: SourceId(0),
                    start: 0,
                    end: 0,
                },
            });
        }
        Made::new(model)
    });
    (old, new)
}

#[test]
fn what_was_added_needs_a_new_consent() {
    let seen: RefCell<BTreeMap<(Verdict, Verdict), u32>> = RefCell::default();
    let strategy = (tape(), tape(), prop::collection::vec(tape(), 16));
    let result = TestRunner::new(cases(300)).run(&strategy, |(numbers, more, requests)| {
        let begins = random::day(&mut Tape::new(&more));
        let (old, new) = versions(&numbers, &more, begins);
        let mut content = new.bundle.content().unwrap();
        kupuya::bundle::since(&new.model, &mut content, &old.bundle.content().unwrap()).unwrap();
        let bytes = kupuya::bundle::to_bytes(&content).unwrap();
        let bundle = Bundle::load(&bytes).unwrap();
        prop_assert_eq!(bundle.content().unwrap(), content);
        let of = |made: &Made| (made.model.clone(), made.meaning.clone());
        let ((old_model, old_meaning), (new_model, new_meaning)) = (of(&old), of(&new));
        let before = Reference {
            model: &old_model,
            meaning: &old_meaning,
        };
        let reference = Reference {
            model: &new_model,
            meaning: &new_meaning,
        };
        // Every other request is about a statement that the old version lacks.
        let mut added = new.model.clone();
        added.permissions.drain(..old.model.permissions.len());
        for (index, numbers) in requests.into_iter().enumerate() {
            let about = if index % 2 == 0 { &new.model } else { &added };
            let ask = random::ask(&mut Tape::new(&numbers), about);
            if matches!(ask.act, Act::Store | Act::Anonymise | Act::Erase) {
                continue;
            }
            let request = request(&new.model, &ask);
            let answer = bundle.decide(&request);
            let expected = reference.decide_since(&ask, &before, begins);
            prop_assert_eq!(answer.verdict, expected, "{:#?}\n{:#?}", ask, answer);
            prop_assert_eq!(bundle.allows(&request), answer.decision);
            let without = new.bundle.decide(&request).verdict;
            *seen.borrow_mut().entry((without, answer.verdict)).or_default() += 1;
        }
        Ok(())
    });
    println!("without and with the version before: {:?}", seen.borrow());
    if let Err(error) = result {
        panic!("{error}");
    }
    for (without, with) in [(Verdict::Allow, Verdict::Allow), (Verdict::Allow, Verdict::Unmet)] {
        assert!(seen.borrow().contains_key(&(without, with)), "{seen:?}");
    }
}
