//! The runtime, Cedar and regorus on one policy and its exports, at 1, 10 and 100 times its size: first that they answer
//! the same, then what a decision costs, and how many times as much as ours.
//!
//! `cargo bench --manifest-path peers/Cargo.toml`. Requests are in each engine's own form beforehand: what is measured
//! is deciding, with the clauses it rests on. Of several rounds of each part the quickest counts: what else the machine
//! does only adds.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../../runtime/tests/generated/mod.rs"]
mod generated;

use std::hint::black_box;
use std::time::{Duration, Instant};

use kupuya::export;
use kupuya::export::cedar::questions;
use kupuya::export::closed::Closed;
use kupuya_peers::cedar::Cedar;
use kupuya_peers::opa::Opa;
use kupuya_peers::told::{as_cedar, of_answer, of_cedar, of_rego};
use kupuya_runtime::{Bundle, Resolved};

const SCALES: [usize; 3] = [1, 10, 100];
/// Requests of each scale.
const ASKED: usize = 2_000;
/// Requests measured at a time, and how often.
const PART: usize = 20;
const ROUNDS: usize = 7;
/// No engine is compared or measured longer than this at a scale.
const LONGEST: Duration = Duration::from_secs(20);

/// One engine at one scale: loading, and one decision.
struct Cost {
    engine: &'static str,
    load: Duration,
    decision: Duration,
}

fn main() {
    let all = SCALES.map(measured);
    println!("\nA decision, and how many times the runtime's");
    table(&all, |cost| cost.decision);
    println!("\nLoading, to ready");
    table(&all, |cost| cost.load);
}

fn measured(scale: usize) -> Vec<Cost> {
    let content = generated::content(scale, 1);
    let requests = generated::made(scale, 1, ASKED).requests;
    let bytes = kupuya_runtime::to_bytes(&content).unwrap();
    let closed = Closed::new(&content);
    let rego_files = export::rego::from_content(&content).unwrap();
    let cedar_files = export::cedar::from_content(&content).unwrap();
    let (load, bundle) = timed(|| Bundle::load(&bytes).unwrap());
    let (load_rego, opa) = timed(|| Opa::new(&rego_files, &content.policy));
    let (load_cedar, cedar) = timed(|| Cedar::load(&cedar_files));

    let mut allowed = 0;
    let equal = as_long_as_may_be(&requests, |request| {
        let answer = bundle.decide(request);
        assert_eq!(of_rego(&opa.decide(request)), of_answer(&answer), "{request:#?}");
        assert_eq!(of_cedar(&cedar, &closed, request), as_cedar(&answer), "{request:#?}");
        allowed += usize::from(answer.decision);
    });
    println!(
        "{scale}x: {} data, {} statements, {} bans; {equal} answers equal, {allowed} of them allow",
        content.data.len(),
        content.grants.len(),
        content.bans.len(),
    );

    let resolved = requests.iter().map(|request| bundle.resolve(request).unwrap());
    let resolved = resolved.collect::<Vec<Resolved<'_>>>();
    let inputs = requests.iter().map(Opa::input).collect::<Vec<_>>();
    let asked = requests.iter().map(|request| {
        let questions = questions(&closed, request).unwrap();
        questions.iter().map(|one| cedar.request(one)).collect::<Vec<_>>()
    });
    let asked = asked.collect::<Vec<_>>();
    let cost = |engine, load, decision| Cost { engine, load, decision };
    vec![
        cost(
            "runtime, from strings",
            load,
            each(&requests, |request| bundle.decide(request).decision),
        ),
        cost(
            "runtime, names resolved",
            load,
            each(&resolved, |resolved| resolved.decide().decision),
        ),
        cost(
            "Cedar",
            load_cedar,
            each(&asked, |points| points.iter().all(|point| cedar.decide(point).0)),
        ),
        cost(
            "regorus, interpreter",
            load_rego,
            each(&inputs, |input| opa.answer(input.clone()) == regorus::Value::Null),
        ),
    ]
}

fn timed<T>(make: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let made = make();
    (begun.elapsed(), made)
}

/// How many it was done with.
fn as_long_as_may_be<T>(all: &[T], mut each: impl FnMut(&T)) -> usize {
    let begun = Instant::now();
    all.iter()
        .take_while(|_| begun.elapsed() < LONGEST)
        .map(&mut each)
        .count()
}

/// A decision, on average over the quickest rounds of all parts.
fn each<T>(all: &[T], decide: impl Fn(&T) -> bool) -> Duration {
    let mut whole = Duration::ZERO;
    let mut asked = 0;
    as_long_as_may_be(&all.chunks(PART).collect::<Vec<_>>(), |part| {
        let round = |_| {
            timed(|| {
                for one in *part {
                    black_box(decide(black_box(one)));
                }
            })
            .0
        };
        whole += (0..ROUNDS).map(round).min().unwrap_or_default();
        asked += u32::try_from(part.len()).unwrap_or(u32::MAX);
    });
    whole / asked.max(1)
}

fn table(all: &[Vec<Cost>], of: impl Fn(&Cost) -> Duration) {
    println!("| engine | {} |", SCALES.map(|scale| format!("{scale}x")).join(" | "));
    println!("| --- |{}", " ---: |".repeat(SCALES.len()));
    for (line, first) in all[0].iter().enumerate() {
        let cells = all.iter().map(|costs| {
            let (own, ours) = (of(&costs[line]), of(&costs[0]));
            let times = own.as_secs_f64() / ours.as_secs_f64().max(f64::MIN_POSITIVE);
            let places = if times < 10.0 { 1 } else { 0 };
            format!("{own:.2?} ({times:.places$}×)")
        });
        println!("| {} | {} |", first.engine, cells.collect::<Vec<_>>().join(" | "));
    }
}
