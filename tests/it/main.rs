//! Integration tests: one binary, one module a subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod checks;
mod decide;
mod diff;
mod docs;
mod editors;
mod edits;
mod examples;
mod fmt;
mod house;
mod laws;
mod manifest;
mod messages;
mod model;
mod notice;
mod one_mistake;
mod pages;
mod pictures;
mod program;
mod questions;
mod refusals;
mod report;
mod scenarios;
mod shell;
mod sources;
mod syntax;
mod templates;
mod verify;
mod waiting;
mod watch;
