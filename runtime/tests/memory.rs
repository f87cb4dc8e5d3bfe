//! Where a request is allowed no memory is taken: not by a resolved one, not from strings, not from JSON. The only test of its
//! program: others would be counted with it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod generated;

use std::alloc::System;

use kupuya_runtime::{Request, Resolved};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The harness may allocate in another thread meanwhile: the least of a few rounds counts.
fn taken(ask: impl Fn() -> bool) -> usize {
    let rounds = (0..5).map(|_| {
        let region = Region::new(COUNTING);
        assert!(ask());
        region.change().allocations
    });
    rounds.min().unwrap()
}

#[test]
fn the_allow_path_takes_no_memory() {
    let made = generated::made(3, 1, 500);
    let bundle = &made.bundle;
    let allowed: Vec<Request> = made.requests.iter().filter(|r| bundle.allows(r)).cloned().collect();
    assert!((100..400).contains(&allowed.len()), "{}", allowed.len());
    // Two categories in one request, and what is given in one list.
    let several = |request: &Request| Request {
        data: Some([request.data.clone().unwrap(), request.data.clone().unwrap()].concat()),
        given: Some(vec![
            request.records.as_ref().unwrap()[0].basis.clone(),
            "not fact1".to_owned(),
        ]),
        records: None,
        ..request.clone()
    };
    let several = allowed.iter().map(several).filter(|request| bundle.allows(request));
    let several: Vec<Request> = several.collect();
    assert!(several.len() > 100, "{}", several.len());
    for requests in [allowed, several] {
        let lines = requests.iter().map(|request| serde_json::to_vec(request).unwrap());
        let lines: Vec<Vec<u8>> = lines.collect();
        let resolved: Vec<Resolved<'_>> = requests.iter().map(|r| bundle.resolve(r).unwrap()).collect();
        assert_eq!(taken(|| resolved.iter().all(|resolved| resolved.allows())), 0, "ids");
        assert_eq!(
            taken(|| requests.iter().all(|request| bundle.allows(request))),
            0,
            "strings"
        );
        assert_eq!(
            taken(|| lines.iter().all(|line| bundle.allows_json(line).unwrap())),
            0,
            "JSON"
        );
    }
}
