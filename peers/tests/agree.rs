//! Reference evaluator, runtime, exported Rego and exported Cedar decide the same, with the same clauses.
//!
//! `KUPUYA_DECISIONS` says how many decisions are made: 100,000, if it says nothing.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;

use kupuya::export;
use kupuya::export::closed::Closed;
use kupuya_peers::cedar::Cedar;
use kupuya_peers::opa::Opa;
use kupuya_peers::told::{as_cedar, of_answer, of_cedar, of_rego};
use kupuya_reference::random::{self, Tape};
use kupuya_reference::{Made, Reference, request, told};

/// Requests asked of one policy.
const REQUESTS: usize = 500;

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

#[test]
fn four_engines_agree() {
    let wanted = std::env::var("KUPUYA_DECISIONS").map_or(100_000, |count| count.parse().unwrap());
    let mut numbers = Numbers(11);
    let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut decisions, mut in_cedar, mut refused) = (0_usize, 0_usize, 0_usize);
    while decisions < wanted {
        let made = Made::new(random::model(&mut Tape::new(&numbers.tape(300))));
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
        refused += usize::from(cedar.is_none());
        for _ in 0..REQUESTS {
            let ask = random::ask(&mut Tape::new(&numbers.tape(60)), &made.model);
            let request = request(&made.model, &ask);
            let answer = made.bundle.decide(&request);
            let why = || format!("{request:#?}\n{answer:#?}");
            assert_eq!(told(&answer), reference.decide(&ask), "reference\n{}", why());
            assert_eq!(of_rego(&opa.decide(&request)), of_answer(&answer), "Rego\n{}", why());
            if let Some(cedar) = &cedar {
                assert_eq!(
                    of_cedar(cedar, &closed, &request),
                    as_cedar(&answer),
                    "Cedar\n{}",
                    why()
                );
                in_cedar += 1;
            }
            *verdicts.entry(answer.verdict.word().to_owned()).or_default() += 1;
            decisions += 1;
        }
    }
    println!("{decisions} decisions, {in_cedar} of them in Cedar too ({refused} policies refused): {verdicts:?}");
    for verdict in ["allow", "unmet", "undeclared", "forbidden", "invalid", "no_policy"] {
        assert!(verdicts.contains_key(verdict), "nothing was answered {verdict}");
    }
    assert!(in_cedar * 2 > decisions, "Cedar was hardly asked");
}
