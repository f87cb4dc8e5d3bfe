//! Nanoseconds for a decision on a made-up policy, at scale 1 and 100: with names resolved, from strings, from JSON.
//!
//! `cargo bench -p kupuya-runtime`; behind `--`, scales and beginnings of lines choose: `-- 1 strings`. Of several rounds of each part the quickest counts: what else the machine
//! does only adds.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, missing_docs)]

#[path = "../tests/generated/mod.rs"]
mod generated;

use std::cell::RefCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

use kupuya_runtime::{Bundle, Request, Resolved};

const ASKED: usize = 2_000;
const ROUNDS: u32 = 15;
const PART: usize = 20;

fn main() {
    let scales: Vec<usize> = arguments().filter_map(|word| word.parse().ok()).collect();
    for scale in if scales.is_empty() { vec![1, 100] } else { scales } {
        let begun = Instant::now();
        let made = generated::made(scale, 1, ASKED);
        println!(
            "scale {scale}: made, indexed and loaded in {} ms",
            begun.elapsed().as_millis()
        );
        let bytes = kupuya_runtime::to_bytes(&generated::content(scale, 1)).unwrap();
        println!("  {} bytes", bytes.len());
        time("load to first decision", &[&bytes], |bytes| {
            Bundle::load(bytes).unwrap().decide(&made.requests[0]).decision
        });
        let bundle = &made.bundle;
        let resolved: Vec<Resolved<'_>> = made.requests.iter().filter_map(|r| bundle.resolve(r).ok()).collect();
        let allowed = resolved.iter().filter(|resolved| resolved.allows()).count();
        println!("  {allowed} of {} requests are allowed", resolved.len());
        time("ids, allow or not", &resolved, |resolved| resolved.allows());
        let live: Vec<&Resolved<'_>> = resolved.iter().filter(|resolved| resolved.allows()).collect();
        time("ids, allowed ones", &live, |resolved| resolved.allows());
        time("ids, the answer", &resolved, |resolved| resolved.decide().decision);
        time("strings, allow or not", &made.requests, |request| {
            bundle.allows(request)
        });
        time("strings, the answer", &made.requests, |request| {
            bundle.decide(request).decision
        });
        let lines: Vec<String> = made
            .requests
            .iter()
            .map(|r| serde_json::to_string(r).unwrap())
            .collect();
        time("JSON, allow or not", &lines, |line| {
            bundle.allows_json(line.as_bytes()).unwrap()
        });
        let out = RefCell::new(Vec::new());
        time("JSON to JSON", &lines, |line| {
            let mut out = out.borrow_mut();
            out.clear();
            bundle.answer_json(line.as_bytes(), &mut out).unwrap()
        });
        let wide = Request {
            action: "share".to_owned(),
            ..Request::default()
        };
        time("share any, the answer", &[wide], |request| {
            bundle.decide(request).decision
        });
    }
}

fn arguments() -> impl Iterator<Item = String> {
    std::env::args().skip(1).filter(|word| !word.starts_with("--"))
}

fn time<T>(what: &str, all: &[T], ask: impl Fn(&T) -> bool) {
    let mut chosen = arguments().filter(|word| word.parse::<usize>().is_err()).peekable();
    if chosen.peek().is_some() && !chosen.any(|word| what.starts_with(&word)) {
        return;
    }
    // Little at a time, so that some rounds of each part are not disturbed.
    let parts = all.chunks(PART).map(|part| {
        let round = || {
            let begun = Instant::now();
            for one in part {
                black_box(ask(black_box(one)));
            }
            begun.elapsed()
        };
        (0..ROUNDS).map(|_| round()).min().unwrap_or(Duration::MAX)
    });
    let least: Duration = parts.sum();
    println!("  {what:<24} {:>10} ns", least.as_nanos() / all.len().max(1) as u128);
}
