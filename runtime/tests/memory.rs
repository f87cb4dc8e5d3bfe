//! Asking a resolved request again takes no memory where it is allowed. The only test of its program: others would be
//! counted with it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod generated;

use std::alloc::System;

use kupuya_runtime::Resolved;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[test]
fn the_allow_path_takes_no_memory() {
    let made = generated::made(3, 1, 500);
    let resolved: Vec<Resolved<'_>> = made.requests.iter().map(|r| made.bundle.resolve(r).unwrap()).collect();
    let allowed: Vec<&Resolved<'_>> = resolved.iter().filter(|resolved| resolved.allows()).collect();
    assert!(allowed.len() > 100, "{} of {}", allowed.len(), resolved.len());
    assert!(allowed.len() < 400, "{} of {}", allowed.len(), resolved.len());
    // The harness may allocate in another thread meanwhile: the least of a few rounds counts.
    let rounds = (0..5).map(|_| {
        let region = Region::new(COUNTING);
        assert!(allowed.iter().all(|resolved| resolved.allows()));
        region.change().allocations
    });
    assert_eq!(rounds.min(), Some(0));
}
