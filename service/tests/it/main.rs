//! The service as its clients see it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod authzen;
mod bundles;
mod doors;
mod examples;
mod limits;
mod log;
mod native;
mod openapi;
mod running;
mod settings;
mod shop;
mod store;
