//! Kupuya runtime: what services embed.
//!
//! [`Bundle::load`] reads a bundle, [`Bundle::decide`] answers a [`Request`] with an [`Answer`]. Deciding cannot fail:
//! what is wrong with a request is a verdict. It does no input or output, and whatever is not known counts against the
//! request. [`Bundle::resolve`] looks up a request's names once, for asking it often. [`Versions`] chooses among several
//! versions of a policy.
//!
//! ```text
//! bytes ── format ─▶ wire::BundleContent ── bundle ─▶ Bundle ─┐
//!                                                             ├─ decide ─▶ Answer
//! JSON ── json, or serde ─▶ Request ── resolve ─▶ ids, facts ──┘
//! ```
//!
//! The numbers M1 to M17 in comments are the paragraphs of `docs/semantics.md`.
#![deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answer;
mod answer_json;
mod bundle;
mod calendar;
mod classes;
mod deadlines;
mod decide;
mod facts;
mod filter;
mod format;
mod gaps;
mod grounds;
mod json;
mod kleene;
mod names;
mod nearest;
mod obligations;
mod once;
mod point;
mod request;
mod resolve;
mod retention;
mod signature;
mod versions;
mod why;
pub mod wire;

pub use answer::{
    Answer, Consent, Difference, Duty, Gap, Item, Keep, Nearest, Point, Problem, Rule, Slot, Unit as NoticeUnit, Until,
    Verdict, Way,
};
pub use bundle::Bundle;
pub use calendar::{Day, Instant, NotATime, Period, Time, Unit};
pub use deadlines::{Deadline, Due, Retained};
pub use decide::Resolved;
pub use filter::{ANNOTATION, Categories, Fate, FieldMap, Filter, FilterError, MapError};
pub use format::{FORMAT, LANGUAGE, LoadError, MAGIC, to_bytes};
pub use kleene::Truth;
pub use once::document;
pub use request::{Age, AgeBounds, ItemTimes, Record, RecordBy, RecordKind, Request};
pub use signature::{KeyError, PublicKey, SecretKey};
pub use versions::{Engine, Versions, VersionsError};
pub use why::{CapThere, WayThere, Why};

#[cfg(test)]
extern crate self as kupuya_runtime;

#[cfg(test)]
#[path = "../tests/generated/mod.rs"]
mod generated;
