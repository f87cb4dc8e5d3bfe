//! Reference evaluator, runtime, exported Rego and exported Cedar decide the same, with the same clauses.
//!
//! `KUPUYA_DECISIONS` says how many decisions are made: 100,000, if it says nothing. Each processor takes policies in turn.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use kupuya::export;
use kupuya::export::cedar::questions;
use kupuya::export::closed::Closed;
use kupuya_peers::cedar::Cedar;
use kupuya_peers::opa::Opa;
use kupuya_peers::told::{as_cedar, of_answer, of_cedar, of_rego};
use kupuya_reference::random::{self, Tape};
use kupuya_reference::{Made, Reference, request, told};
use kupuya_runtime::Request;

/// Requests asked of one policy.
const REQUESTS: u64 = 500;

/// Numbers that only look random: the same on every run.
struct Numbers(u64);

impl Numbers {
    fn tape(&mut self, length: usize) -> Vec<u16> {
        let next = |_| {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            u16::try_from(self.0 >> 48).unwrap()
        };
        (0..length).map(next).collect()
    }
}

/// Whether a deadline would decide (M12).
fn of_deadline(request: &Request) -> bool {
    let times = request.item.as_ref();
    let given = times.is_some_and(|item| item.collected.is_some() || !item.events.is_empty());
    given && !["store", "anonymise", "erase"].contains(&request.action.as_str())
}

/// What was asked, and what was told.
#[derive(Default)]
struct Tally {
    decisions: usize,
    in_cedar: usize,
    /// Policies that Cedar cannot say.
    refused: usize,
    /// Requests that were asked again without times of the item.
    deadlines: usize,
    verdicts: BTreeMap<String, usize>,
}

#[test]
fn four_engines_agree() {
    let wanted = std::env::var("KUPUYA_DECISIONS").map_or(100_000, |count| count.parse().unwrap());
    let policies = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let tally = std::thread::scope(|scope| {
        let one = || {
            let mut tally = Tally::default();
            loop {
                let policy = policies.fetch_add(1, Ordering::Relaxed);
                if policy * REQUESTS >= wanted {
                    return tally;
                }
                compare(policy, &mut tally);
            }
        };
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
        let mut whole = Tally::default();
        for part in all {
            // The message of a difference has been printed by its thread.
            let part = part.join().unwrap();
            whole.decisions += part.decisions;
            whole.in_cedar += part.in_cedar;
            whole.refused += part.refused;
            whole.deadlines += part.deadlines;
            for (verdict, count) in part.verdicts {
                *whole.verdicts.entry(verdict).or_default() += count;
            }
        }
        whole
    });
    let Tally {
        decisions,
        in_cedar,
        refused,
        deadlines,
        verdicts,
    } = tally;
    println!(
        "{decisions} decisions, {in_cedar} of them in Cedar too ({refused} policies refused, {deadlines} requests asked again \
         without times): {verdicts:?}"
    );
    for verdict in ["allow", "unmet", "undeclared", "forbidden", "invalid", "no_policy"] {
        assert!(verdicts.contains_key(verdict), "nothing was answered {verdict}");
    }
    assert!(deadlines > 0, "no deadline was refused");
    assert!(in_cedar * 2 > decisions, "Cedar was hardly asked");
}

/// Asks every engine about one policy. Policies are numbered, so that each run has the same ones, whatever the machine.
fn compare(policy: u64, tally: &mut Tally) {
    let mut numbers = Numbers(policy.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut model = random::model(&mut Tape::new(&numbers.tape(300)));
    random::caps(&mut Tape::new(&numbers.tape(60)), &mut model);
    let made = Made::new(model);
    let content = kupuya::bundle::from_meaning(&made.model, &made.meaning, None);
    let closed = Closed::new(&content);
    let reference = Reference {
        model: &made.model,
        meaning: &made.meaning,
    };
    let rego = export::rego::from_content(&content).unwrap();
    let opa = Opa::new(&rego, &content.policy);
    // Months after other periods need a calendar, which Cedar has not: it is told so, and is not asked.
    let cedar = export::cedar::from_content(&content)
        .map(|files| Cedar::new(&files))
        .ok();
    tally.refused += usize::from(cedar.is_none());
    for _ in 0..REQUESTS {
        let mut ask = random::ask(&mut Tape::new(&numbers.tape(60)), &made.model);
        let mut request = request(&made.model, &ask);
        // Deadlines are not exported: that is said, and then asked without times.
        if of_deadline(&request) {
            let told = opa.decide(&request);
            assert!(told["verdict"] == "invalid" || told["verdict"] == "no_policy", "{told}");
            assert!(questions(&closed, &request).is_err());
            (ask.collected, ask.events) = (None, Vec::new());
            request = kupuya_reference::request(&made.model, &ask);
            tally.deadlines += 1;
        }
        let answer = made.bundle.decide(&request);
        let why = || format!("policy {policy}\n{request:#?}\n{answer:#?}");
        assert_eq!(told(&answer), reference.decide(&ask), "reference\n{}", why());
        assert_eq!(of_rego(&opa.decide(&request)), of_answer(&answer), "Rego\n{}", why());
        if let Some(cedar) = &cedar {
            assert_eq!(
                of_cedar(cedar, &closed, &request),
                as_cedar(&answer),
                "Cedar\n{}",
                why()
            );
            tally.in_cedar += 1;
        }
        *tally.verdicts.entry(answer.verdict.word().to_owned()).or_default() += 1;
        tally.decisions += 1;
    }
}
