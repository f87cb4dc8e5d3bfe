//! Kupuya: policy as code for privacy.
//!
//! One corridor from text to decision; the modules below stand in its order, and each looks only at those above it:
//!
//! 1. `syntax::parse`: text to tree. Never fails. `laws` has the packs and the taxonomy that are read with a policy.
//! 2. `model::from_syntax`: names to typed ids.
//! 3. `meaning::from_model`: sentences to normal forms, with digests.
//! 4. `graph::from_model`: who gets which data, for what, on what ground.
//! 5. `checks::run`, `waivers::apply`, `today`: findings, those accepted, and those that a day brings; `fixes`: their edits.
//! 6. `notice::document`, `notice::render`: the policy that people read; `papers`: which others there are beside it;
//!    `proofread`: what a proof-reader would mark in them.
//! 7. `bundle::from_meaning`: the bundle that services ask, through the crate `kupuya-runtime`; `verify`: whether a page and
//!    a bundle say the same. `export` writes what it holds for other engines.
//! 8. `ask::read`, `ask::from_question`: a request written as a sentence; `scenarios`: those of a policy, asked of its bundle;
//!    `diff`: two versions, asked the same; `picture`: the data flow drawn.
//!
//! `pipeline` is the only place that calls them in this order. `project` is a folder of sources with its settings
//! (`manifest`), `report` is how findings and answers are shown, `format::source` puts a text into the one style through
//! `syntax` alone. `source`, `messages`, `diagnostic` and `codes` are handrails along the whole length. No module here
//! prints or asks for the time, and only `project` reads files: the program in `src/cli` does the rest.

pub mod source;

pub mod messages;

pub mod diagnostic;

pub mod codes;

pub mod laws;

pub mod syntax;

pub mod format;

pub mod model;

pub mod meaning;

pub mod graph;

pub mod checks;

pub mod waivers;

pub mod today;

pub mod fixes;

pub mod notice;

pub mod papers;

pub mod proofread;

pub mod bundle;
pub mod verify;

pub mod export;

pub mod ask;

pub mod manifest;

pub mod pipeline;

pub mod project;

pub mod scenarios;

pub mod diff;

pub mod picture;

pub mod report;
