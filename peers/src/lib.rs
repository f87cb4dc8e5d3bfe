//! Exported policies in the engines they are exported for, and what their answers must have in common with ours.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "for tests: a test that cannot go on fails"
)]

pub mod cedar;
pub mod opa;
pub mod told;
