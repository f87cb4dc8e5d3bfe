//! The server as a client sees it: messages in, messages out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod client;
mod document;
mod features;
mod first;
mod kept;
mod own;
mod ways;
mod wild;
mod writing;
