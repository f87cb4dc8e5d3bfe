//! Kupuya's decision service: what services ask over HTTP that do not embed the runtime.
//!
//! ```text
//! source ── bundles ─▶ Holder ─┐
//!                              ├─ routes ─▶ answer, line of the log
//! connection ── serve ─▶ Ask ──┘
//! ```
//!
//! [`settings`] says how it is set up (`names`: which of its names the policy does not know), [`app`] holds what all routes
//! share, [`routes`] has one file a route and the table of them, [`authzen`] calls things by the names of AuthZEN 1.0,
//! [`bundles`] brings bundles in force, [`log`] writes down what was decided, [`serve`] listens.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

pub mod app;
pub mod authzen;
pub mod bundles;
pub mod clock;
pub mod log;
pub mod metrics;
mod names;
pub mod problem;
pub mod routes;
mod say;
pub mod serve;
pub mod settings;
mod tokens;
