//! The server as a client sees it: messages in, messages out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod acts;
mod client;
mod document;
mod features;
mod first;
mod folders;
mod kept;
mod model;
mod names;
mod offers;
mod own;
mod readme;
mod style;
mod treesitter;
mod vscode;
mod ways;
mod wild;
mod writing;
