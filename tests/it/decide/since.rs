//! Consents given to the version before do not cover what a version adds (M14).

use std::cell::RefCell;
use std::collections::BTreeMap;

use kupuya::bundle::Reconsent;
use kupuya::diff::reading::Renamed;
use kupuya::diff::{Kind, Side, Verdict as Asked};
use kupuya::model::Model;
use kupuya::model::sentence::{Act, Guard};
use kupuya::source::{SourceId, Span, Spanned};
use kupuya::syntax::ast::Date;
use kupuya_reference::random::{self, Tape};
use kupuya_reference::{Ask, Made, Record, Reference, request};
use kupuya_runtime::{Bundle, RecordBy, RecordKind, Verdict};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};

use super::properties::{cases, tape};
use crate::diff::random::whole;

fn always(model: &mut Model) {
    for permission in &mut model.permissions {
        permission.guard = Guard::always();
    }
    for keep in &mut model.keeps {
        keep.guard = Guard::always();
    }
}

/// A model, the same as it was edited, and the day from which it is in force so.
fn relaxed(numbers: &[u16], edits: &[u16]) -> (Made, After, Date) {
    let mut tape = Tape::new(numbers);
    let mut model = random::model(&mut tape);
    random::caps(&mut tape, &mut model);
    begin(&mut model, None);
    let mut tape = Tape::new(edits);
    let begins = random::day(&mut tape);
    if tape.once_in(2) {
        always(&mut model);
    }
    let old = Made::new(model.clone());
    if tape.once_in(3) {
        random::edit(&mut tape, &mut model);
    } else {
        random::relax(&mut tape, &mut model);
    }
    let new = after(&old, model, begins);
    (old, new, begins)
}

/// Has no day in force but one to begin with.
fn begin(model: &mut Model, begins: Option<Date>) {
    let span = Span {
        source: SourceId(0),
        start: 0,
        end: 0,
    };
    if let Some(policy) = &mut model.policy {
        (policy.approved, policy.until) = (None, None);
        policy.effective = begins.map(|value| Spanned { value, span });
    }
}

/// A version after another, with what it adds.
struct After {
    made: Made,
    bundle: Bundle,
    anew: Vec<Reconsent>,
}

fn after(old: &Made, mut model: Model, begins: Date) -> After {
    begin(&mut model, Some(begins));
    let made = Made::new(model);
    let mut content = made.bundle.content().unwrap();
    let anew = kupuya::bundle::since(&made.model, &mut content, &old.bundle.content().unwrap()).unwrap();
    let bundle = Bundle::load(&kupuya::bundle::to_bytes(&content).unwrap()).unwrap();
    assert_eq!(bundle.content().unwrap(), content);
    After { made, bundle, anew }
}

fn reference(made: &Made) -> Reference<'_> {
    Reference {
        model: &made.model,
        meaning: &made.meaning,
    }
}

/// What the runtime answers with and without the version before, if that can be compared.
fn answers(old: &Made, new: &After, ask: &Ask, begins: Date) -> Result<Option<[Verdict; 2]>, TestCaseError> {
    let request = request(&new.made.model, ask);
    let plain = new.made.bundle.decide(&request).verdict;
    if matches!(plain, Verdict::Invalid | Verdict::NoPolicy) {
        return Ok(None);
    }
    let answer = new.bundle.decide(&request);
    prop_assert_eq!(new.bundle.allows(&request), answer.decision);
    let Some(since) = reference(&new.made).since(ask, &reference(old), begins) else {
        return Ok(None);
    };
    prop_assert_eq!(since.plain, plain == Verdict::Allow);
    prop_assert!(
        !answer.decision || since.may,
        "allowed with a consent that was given before: {:#?}\n{:#?}\nbefore: {:#?}\nnow: {:#?}",
        ask,
        answer,
        told_of(&old.bundle),
        told_of(&new.bundle)
    );
    Ok(Some([plain, answer.verdict]))
}

fn told_of(bundle: &Bundle) -> String {
    let content = bundle.content().unwrap();
    let rules = (&content.grants, &content.bans, &content.caps, &content.bases);
    format!("{rules:#?}\n{:?}\n{:?}", content.guards, content.literals)
}

/// A request about one point with a consent to everything.
fn willing(tape: &mut Tape<'_>, model: &Model) -> Option<Ask> {
    let mut ask = whole(tape, model)?;
    if !matches!(ask.act, Act::Store | Act::Anonymise) {
        // Times of an item are among the facts for verbs that dispose of it (M14).
        (ask.collected, ask.events) = (None, Vec::new());
    }
    let given = model.bases.of_project().map(|(basis, _)| Record {
        kind: RecordKind::Give,
        basis,
        purposes: None,
        at: random::day(tape),
        by: if tape.once_in(3) {
            RecordBy::Representative
        } else {
            RecordBy::Person
        },
    });
    let given: Vec<Record> = given.collect();
    let said = ask.records.get_or_insert_default();
    if !tape.once_in(4) {
        said.clear();
    }
    said.extend(given);
    Some(ask)
}

type Seen = RefCell<BTreeMap<[Verdict; 2], u32>>;

/// A test that only ever sees one answer shows nothing.
fn both_are_seen(seen: &Seen) {
    for with in [Verdict::Allow, Verdict::Unmet] {
        assert!(seen.borrow().contains_key(&[Verdict::Allow, with]), "{seen:?}");
    }
}

/// Statements that were added, in whatever version, need a new consent; those that stand in both need none.
#[test]
fn what_was_added_needs_a_new_consent() {
    let seen: Seen = RefCell::default();
    let strategy = (tape(), tape(), prop::collection::vec(tape(), 16));
    let result = TestRunner::new(cases(300)).run(&strategy, |(numbers, more, requests)| {
        let begins = random::day(&mut Tape::new(&more));
        let mut model = random::model(&mut Tape::new(&numbers));
        always(&mut model);
        begin(&mut model, None);
        let old = Made::new(model.clone());
        let mut tape = Tape::new(&more);
        let count = tape.below(3) + 1;
        random::permissions(&mut tape, &mut model, count);
        always(&mut model);
        let new = after(&old, model, begins);
        // Every other request is about a statement that the old version lacks.
        let mut added = new.made.model.clone();
        added.permissions.drain(..old.model.permissions.len());
        for (index, numbers) in requests.into_iter().enumerate() {
            let about = if index % 2 == 0 { &new.made.model } else { &added };
            let ask = random::ask(&mut Tape::new(&numbers), about);
            if matches!(ask.act, Act::Store | Act::Anonymise | Act::Erase) || ask.collected.is_some() {
                continue;
            }
            let Some(told) = answers(&old, &new, &ask, begins)? else {
                continue;
            };
            let since = reference(&new.made).since(&ask, &reference(&old), begins).unwrap();
            prop_assert!(
                !since.must || told[1] == Verdict::Allow,
                "{:#?}\n{}",
                ask,
                told_of(&new.bundle)
            );
            *seen.borrow_mut().entry(told).or_default() += 1;
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    both_are_seen(&seen);
}

/// Whatever lets a version go further than the one before: promises and bounds, the terms of consents, classes, places. Nothing
/// that the version before refused is allowed with a consent that was given to it.
#[test]
fn what_was_relaxed_needs_a_new_consent() {
    let seen: Seen = RefCell::default();
    let strategy = (tape(), tape(), prop::collection::vec(tape(), 48));
    let result = TestRunner::new(cases(400)).run(&strategy, |(numbers, edits, requests)| {
        let (old, new, begins) = relaxed(&numbers, &edits);
        for numbers in requests {
            let Some(ask) = willing(&mut Tape::new(&numbers), &new.made.model) else {
                continue;
            };
            if ask.act == Act::Erase {
                continue;
            }
            if let Some(told) = answers(&old, &new, &ask, begins)? {
                *seen.borrow_mut().entry(told).or_default() += 1;
            }
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    both_are_seen(&seen);
}

/// Where a comparison of both versions says that consents must be asked for anew because more is allowed, the bundle says it too.
#[test]
fn what_a_comparison_asks_for_is_marked() {
    let asked: RefCell<BTreeMap<(bool, bool), u32>> = RefCell::default();
    let result = TestRunner::new(cases(64)).run(&(tape(), tape()), |(numbers, edits)| {
        let (old, new, _) = relaxed(&numbers, &edits);
        let [before, now] =
            [&old.bundle, &new.made.bundle].map(|bundle| Side::new(bundle.clone(), Renamed::new()).unwrap());
        let found = kupuya::diff::diff(&before, &now);
        let widened = found
            .of(Kind::Widened)
            .find(|change| change.verdict == Asked::Reconsent);
        prop_assert!(
            widened.is_none() || !new.anew.is_empty(),
            "{:#?}\nbefore: {}\nnow: {}",
            widened,
            told_of(&old.bundle),
            told_of(&new.bundle)
        );
        *asked
            .borrow_mut()
            .entry((widened.is_some(), !new.anew.is_empty()))
            .or_default() += 1;
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    println!("widened, marked: {:?}", asked.borrow());
    assert!(asked.borrow().contains_key(&(true, true)) && asked.borrow().contains_key(&(false, false)));
}

/// A version that says the same as the one before asks nobody anew.
#[test]
fn what_stands_unchanged_adds_nothing() {
    let result = TestRunner::new(cases(300)).run(&tape(), |numbers| {
        let mut tape = Tape::new(&numbers);
        let mut model = random::model(&mut tape);
        random::caps(&mut tape, &mut model);
        begin(&mut model, None);
        let old = Made::new(model.clone());
        let new = after(&old, model, random::day(&mut tape));
        prop_assert_eq!(new.anew, Vec::new(), "{}", told_of(&old.bundle));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
